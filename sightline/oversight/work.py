"""What oversight offers to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Data protection",
        "oversight:unusual",
        permission=Permission.JOURNAL_SAMPLE,
        order=96,
        also=("/data-protection/",),
    )
]
