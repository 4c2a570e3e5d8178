"""What partners offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Partners",
        "partners:list",
        permission=Permission.PARTNERS_VIEW,
        order=70,
        also=("/owners/", "/leads/", "/groups/", "/lists/"),
    )
]
