"""What background work offers to others. The permission goes by its name: `access` stands above."""

from sightline.screens.navigation import NavItem

navigation = [NavItem("Background work", "jobs:list", permission="jobs_view", order=90, also=("/outbox/",))]
