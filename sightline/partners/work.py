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
    ),
    NavItem(
        "Declarations",
        "partners:declarations",
        permission=Permission.PARTNERS_WRITE,
        order=93,
        hint="Who has declared their interests and signed for confidentiality this year, and who has not.",
    ),
]
