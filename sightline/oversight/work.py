"""What oversight offers to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Access reviews",
        "oversight:reviews",
        permission=Permission.ACCESS_MANAGE,
        order=92,
        also=("/access-reviews/", "/support/"),
        hint="Each quarter: does everybody still need what they may open? And when the supplier was let in.",
    ),
    NavItem(
        "Data protection",
        "oversight:unusual",
        permission=Permission.JOURNAL_SAMPLE,
        order=96,
        also=("/data-protection/",),
        hint="Unusual access to be looked into, and the monthly sample of the journal.",
    ),
]
