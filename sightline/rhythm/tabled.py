"""A return can stand on the agenda of a meeting."""

from __future__ import annotations

from sightline.access.tabling import Kind
from sightline.rhythm.models import Return
from sightline.rhythm.selectors.returns import returns_visible_to

offered = [Kind("Return", Return, "rhythm:return", returns_visible_to)]
