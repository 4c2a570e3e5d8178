"""What the dashboards offer to others."""

from sightline.screens.navigation import NavItem

navigation = [NavItem("What needs you", "dashboards:home", order=0)]
