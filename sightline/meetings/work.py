"""What meetings offer to others."""

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [NavItem("Meetings", "meetings:list", permission=Permission.PLANS_VIEW, order=33)]
