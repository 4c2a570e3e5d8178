"""What the dashboards offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [
    NavItem("What needs you", "dashboards:home", order=0),
    NavItem("Dashboard", "dashboards:board", permission=Permission.PLANS_VIEW, order=10),
]
