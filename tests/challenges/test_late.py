"""What is late climbs: the unit chases it, then whoever asked is asked what they do; all of it ends with the answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sightline.challenges.choices import Deed, RiskDeed, ScrutinyDeed
from sightline.challenges.rules.scoring import Score
from sightline.challenges.services import refresh_work
from sightline.messages.models import WorkItem
from tests.access.people import World, world
from tests.challenges.making import done, make_challenge, make_risk, make_scrutiny, risk_done, scrutiny_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def late_for(on: date | None = None) -> set[tuple[str, str]]:
    """Who chases what after the nightly look, as kind and scope."""
    now = timezone.now()
    if on:
        now = now.replace(year=on.year, month=on.month, day=on.day)
    refresh_work(now=now)
    found = WorkItem.objects.filter(kind__endswith="_late").values_list("kind", "for_scope")
    return set(found)


def test_a_late_answer_climbs_and_ends_with_the_answer(made: World) -> None:
    due = timezone.localdate()
    asked = make_challenge(made.agency, made.group, raised_on=due, due_on=due)
    assert late_for(due + timedelta(days=6)) == set()
    assert late_for(due + timedelta(days=7)) == {("challenge_late", "unit")}
    both = {("challenge_late", "unit"), ("challenge_late", f"group:{made.group.key}")}
    assert late_for(due + timedelta(days=21)) == both
    (told, _) = WorkItem.objects.filter(kind="challenge_late").values_list("sentence", flat=True)
    assert made.agency.name in told
    done(asked, Deed.ANSWER, as_at=due)
    assert late_for(due + timedelta(days=30)) == set()


def test_partners_who_do_not_answer_the_scrutineer_are_chased_by_name(made: World) -> None:
    due = timezone.localdate()
    entry = make_scrutiny(made.agency, made.group, seen_on=due, due_on=due)
    scrutiny_done(entry, ScrutinyDeed.RESPOND, partner=0, as_at=due)
    assert late_for(due + timedelta(days=21)) == {
        ("scrutiny_late", "unit"),
        ("scrutiny_late", "may:scrutiny_write"),
    }
    told = WorkItem.objects.get(kind="scrutiny_late", for_scope="unit").sentence
    assert (made.group.name in told, made.agency.name in told) == (True, False)


def test_a_review_that_is_late_is_chased_by_the_unit(made: World) -> None:
    risk = make_risk(made.agency, raised_on=timezone.localdate(), review_months=1)
    late = risk.current_review_on + timedelta(days=14)
    assert late_for(late - timedelta(days=1)) == set()
    assert late_for(late) == {("risk_review_late", "unit")}
    risk_done(risk, RiskDeed.REVIEW, score=Score(2, 2), as_at=timezone.localdate())
    assert not WorkItem.objects.exists()
