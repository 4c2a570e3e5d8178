"""What the line of sight offers to others."""

from __future__ import annotations

from sightline.access.choices import Permission
from sightline.screens.navigation import NavItem

navigation = [NavItem("Loose threads", "sight:loose", permission=Permission.PLANS_VIEW, order=35)]
