"""What Wealdshire says of itself, and a view it shares with everyone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sightline.access.models import User
from sightline.demo.services.partners import People
from sightline.partners.services import change_notice
from sightline.plans.models import Plan
from sightline.saved.choices import Sharing
from sightline.saved.services import save_view


def load_statutory(words: dict[str, Any], people: People) -> None:
    """Fill in the statutory pages as they stood prepared a year ago and reviewed last month; share the view."""
    days = {
        "statement_prepared_on": people.on - timedelta(days=365),
        "statement_reviewed_on": people.on - timedelta(days=30),
    }
    now = people.moment(people.on)
    change_notice(words["notice"] | days, 0, by=people.manager, now=now)
    plan = Plan.objects.filter(name__icontains="safeguarding").order_by("pk").first()
    if plan and people.manager.user_id:
        owner = User.objects.get(pk=people.manager.user_id)
        address = f"/plans/{plan.key}/?delivery=red"
        save_view(owner, words["view"]["name"], address, Sharing.EVERYONE, by=people.manager, now=now)
