"""Who told nothing in a round of updates is silent once it closes: now, and as it stood."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.jobs.worker import run_all
from sightline.messages.models import News
from sightline.partners.models import Group
from sightline.plans import services
from sightline.plans.models import Action, Plan, RoundClosing
from sightline.plans.selectors.history import facts_of
from sightline.plans.selectors.rounds import GROUP_KIND
from sightline.plans.selectors.then import end_of
from sightline.plans.services.closing import keep_closing
from sightline.requests.kinds import Closing
from sightline.requests.services import close_past, close_round
from tests.plans.making import complete, make_action, make_agency, make_group, make_person, make_plan
from tests.requests.making import make_round

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def begun(plan: Plan, text: str, at: datetime, **given: Any) -> Action:
    return make_action(plan, text=text, as_at=at.date(), now=at, **given)


def told(action: Action, at: datetime) -> None:
    services.record_update(action, "Ten were asked", as_at=at.date(), by=SYSTEM, now=at)


def silent() -> set[str]:
    return set(Action.objects.filter(current_exceptions__contains=",silent,").values_list("text", flat=True))


def of_plan(group: Group, now: datetime) -> tuple[Plan, dict[str, Action]]:
    """A plan with an action of every lot in a round that opens ten days ago."""
    plan, long_ago = make_plan(group), now - 40 * DAY
    made = {text: begun(plan, text, long_ago) for text in ("quiet", "heard", "heard before", "done")}
    made["restricted"] = begun(plan, "restricted", long_ago, tier=Tier.T2)
    told(made["heard before"], now - 11 * DAY)
    return plan, made


def test_a_closed_round_makes_silent_who_told_nothing_in_it_and_nobody_else() -> None:
    now = timezone.now()
    plan, made = of_plan(make_group(), now)
    other = begun(make_plan(), "of another plan", now - 40 * DAY)
    found = make_round(plan, (make_person(make_agency()), ("agency", 1)), now=now - 10 * DAY)
    told(made["heard"], now - 10 * DAY)
    complete(made["done"], (now - 2 * DAY).date(), now - 2 * DAY)
    begun(plan, "begun later", now - 3 * DAY)
    run_all()
    assert silent() == set()
    close_round(found, by=SYSTEM, now=now)
    assert News.objects.get().kind == "round_closed"
    run_all()
    assert silent() == {"quiet", "heard before", "restricted"}
    assert RoundClosing.objects.filter(round_number=found.pk).count() == 4
    # As it stood the day before nobody was silent, and as it was known then of today neither.
    today, before = timezone.localdate(now), timezone.localdate(now - DAY)
    for on, known_by in ((before, end_of(before)), (before, None), (today, now - DAY)):
        assert facts_of([made["quiet"]], on, known_by)[made["quiet"].pk].asked_from is None
    asked_from = {pk: facts.asked_from for pk, facts in facts_of([made["quiet"], other], today).items()}
    assert asked_from == {made["quiet"].pk: found.opens_on, other.pk: None}
    told(made["quiet"], now)
    assert silent() == {"heard before", "restricted"}


def test_a_round_that_is_closed_by_itself_counts_from_its_last_day() -> None:
    now = timezone.now()
    plan, made = of_plan(make_group(), now)
    found = make_round(plan, (make_person(make_agency()), ("agency", 1)), now=now - 10 * DAY, days=8)
    assert close_past(now=now) == 1
    assert set(RoundClosing.objects.values_list("as_at", flat=True)) == {found.closes_on}
    run_all()
    assert silent() == set(made)


def test_a_round_of_a_group_is_about_its_running_plans_that_every_member_reads() -> None:
    now, group = timezone.now(), make_group()
    for name, given in (("One", {}), ("Two", {}), ("Restricted plan", {"tier": Tier.T2})):
        begun(make_plan(group, name, **given), name, now - 40 * DAY)
    begun(make_plan(make_group()), "of another group", now - 40 * DAY)
    day = timezone.localdate(now)
    keep_closing(Closing(GROUP_KIND, group.pk, 7, day - 9 * DAY, day), now)
    run_all()
    assert silent() == {"One", "Two"}
