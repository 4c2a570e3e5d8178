"""What saved views offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [NavItem("Saved views", "saved:list", permission=Permission.PLANS_VIEW, order=61, is_own=True)]
