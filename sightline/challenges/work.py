"""What challenges offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Challenges",
        "challenges:list",
        permission=Permission.PARTNERS_VIEW,
        order=35,
    )
]
