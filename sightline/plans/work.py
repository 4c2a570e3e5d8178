"""What plans offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem("Plans", "plans:list", permission=Permission.PLANS_VIEW, order=20, also=("/changes/",)),
    NavItem(
        "Imports",
        "plans:imports",
        permission=Permission.IMPORT_RUN,
        order=90,
        hint="Papers that were uploaded, what was understood of each, and what became of it.",
    ),
    NavItem(
        "Sources",
        "plans:sources",
        permission=Permission.PLANS_VIEW,
        order=25,
        also=("/recommendations/", "/themes/"),
    ),
    NavItem("Actions", "plans:actions", permission=Permission.PLANS_VIEW, order=22),
    # Reports are drafted from the exceptions, and read from their page.
    NavItem(
        "Exceptions", "plans:exceptions", permission=Permission.PLANS_VIEW, order=30, also=("/reports/",)
    ),
]
