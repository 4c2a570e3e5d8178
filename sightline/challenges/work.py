"""What these logs offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Challenge and risk",
        "challenges:list",
        permission=Permission.PARTNERS_VIEW,
        order=35,
        also=("/risks/", "/scrutiny/"),
    )
]
