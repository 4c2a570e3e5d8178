"""What whole exports offer to the navigation."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Export everything",
        "carrying:exports",
        permission=Permission.EXPORT_WHOLE,
        order=98,
        hint="All records of the partnership in open formats, to take away.",
    )
]
