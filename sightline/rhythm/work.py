"""What the yearly rhythm offers to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [NavItem("Forward plan", "rhythm:ahead", permission=Permission.PLANS_VIEW, order=34)]
