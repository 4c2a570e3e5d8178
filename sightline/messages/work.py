"""What this app offers to the navigation."""

from sightline.screens.navigation import NavItem

navigation = [NavItem("Notifications", "outbox:notices", order=60, is_own=True)]
