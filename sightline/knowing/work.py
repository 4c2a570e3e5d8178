"""What this app offers to the navigation."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Break-glass",
        "knowing:uses",
        permission=Permission.GLASS_REVIEW,
        order=94,
        hint="Who opened a restricted record without being on its list, and whether that was right.",
    )
]
