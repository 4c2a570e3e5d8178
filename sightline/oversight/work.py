"""What oversight offers to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Access reviews",
        "oversight:reviews",
        permission=Permission.ACCESS_MANAGE,
        order=94,
        also=("/access-reviews/", "/support/"),
    ),
    NavItem(
        "Data protection",
        "oversight:unusual",
        permission=Permission.JOURNAL_SAMPLE,
        order=96,
        also=("/data-protection/",),
    ),
]
