"""What retention offers to the navigation."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Retention",
        "retention:overview",
        permission=Permission.RETENTION_KEEP,
        order=97,
        hint="How long everything is kept, what is due to go, legal holds, and certificates of what has gone.",
    )
]
