"""Conflicts of interest of Wealdshire: declared by people themselves, and kept for somebody by the unit."""

from __future__ import annotations

from typing import Any

from sightline.access.models import User
from sightline.demo.services.partners import People
from sightline.knowing.services import declare_conflict


def load_knowing(words: dict[str, Any], people: People) -> None:
    """Declare them as their people and the unit would."""
    now = people.moment(people.on)
    for told in (*words["declared"], *words["kept_by_the_unit"]):
        user = User.objects.get(email=told["who"])
        by = user.actor if told in words["declared"] else people.manager
        declare_conflict(user, reference=told["reference"], reason=told["reason"], by=by, now=now)
