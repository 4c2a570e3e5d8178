"""What background work offers to others. The permission goes by its name: `access` stands above."""

from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Background work",
        "jobs:list",
        permission="jobs_view",
        order=98,
        also=("/outbox/",),
        hint="What Sightline does by itself: reading papers, sending e-mail, counting. What waits, and what failed.",
    )
]
