"""What a round of updates leaves when it closes: who was asked about and told nothing is silent from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from sightline.events.choices import SYSTEM, Tier
from sightline.jobs.services import enqueue
from sightline.messages.services import tell_news
from sightline.partners.models import Group
from sightline.plans.choices import OPEN_STATES
from sightline.plans.models import Action, Plan, RoundClosing
from sightline.plans.selectors.rounds import GROUP_KIND, all_about
from sightline.plans.services.current import CHUNK, refresh_current
from sightline.plans.services.keeping import add_rows, held_together
from sightline.requests.kinds import Closing

ROUND_JOB = "plans.round_closed"


def keep_closing(closing: Closing, now: datetime) -> None:
    """Keep with every open action that was there when the round opened that it asked, in the caller's transaction.

    Of whatever tier: the round is about the plan, and what is restricted is asked about without e-mail. What lists
    read is made anew by a job, for it is more work the more actions there are.
    """
    asked = Action.objects.filter(
        all_about(closing.kind, closing.record), state__in=OPEN_STATES, opened_on__lte=closing.opened_on
    )
    add_rows(
        [
            RoundClosing(
                action_id=number,
                round_number=closing.number,
                opened_on=closing.opened_on,
                as_at=closing.closed_on,
                recorded_at=now,
            )
            for number in asked.order_by("pk").values_list("pk", flat=True)
        ]
    )
    enqueue(ROUND_JOB, {"number": closing.number}, by=SYSTEM)
    _tell(closing, now)


def _tell(closing: Closing, now: datetime) -> None:
    """Whoever reads the group hears that it closed. No round is opened about a plan that not every member reads."""
    of_group = closing.kind == GROUP_KIND
    plan = None if of_group else Plan.objects.select_related("group").get(pk=closing.record)
    group = plan.group if plan else Group.objects.get(pk=closing.record)
    if group is not None:
        title, tier = (plan.name, plan.tier) if plan else (group.name, Tier.T1)
        url = reverse("plans:plan", args=[plan.key]) if plan else reverse("plans:list")
        heard, on = [f"group:{group.key}"], closing.closed_on
        tell_news(heard, "round_closed", title, url, tier=tier, on=on, by=SYSTEM, now=now)


def refresh_asked(number: int, *, now: datetime) -> int:
    """Make anew what lists and first pages say of the actions that the round of this number asked about.

    Some hundred at a time, so that nobody waits for all of them. Returns how many.
    """
    closings = RoundClosing.objects.filter(round_number=number).order_by("action")
    numbers = list(closings.values_list("action", flat=True))
    for start in range(0, len(numbers), CHUNK):
        with transaction.atomic():
            some = Action.objects.filter(pk__in=numbers[start : start + CHUNK])
            refresh_current(held_together(some).values(), now=now)
    return len(numbers)
