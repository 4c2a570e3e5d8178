"""What groups hear of: meetings, minutes, decisions, plans, terms of reference and rounds that closed."""

import datetime as dt

import pytest
from django.utils import timezone

from sightline.access.tabling import Tabled
from sightline.events.choices import SYSTEM, Tier
from sightline.meetings.choices import How, MeetingDeed
from sightline.meetings.services import (
    DecisionGiven,
    ItemGiven,
    MeetingGiven,
    add_item,
    do,
    edit_meeting,
    plan_meeting,
    take_decision,
)
from sightline.messages.models import News
from sightline.messages.services import make_notices
from sightline.plans.choices import PlanState
from sightline.plans.services import change_plan_state
from tests.access.people import World, world
from tests.governance.making import make_terms
from tests.meetings.making import came, make_meeting, moved, seat_of
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def made() -> World:
    return world()


def told() -> list[tuple[str, str]]:
    """Kinds and for whom, since it was asked last."""
    found = list(News.objects.order_by("pk").values_list("kind", "for_scope"))
    News.objects.all().delete()
    return found


def test_a_meeting_is_told_of_when_it_is_called_moved_and_cancelled_and_not_when_it_is_over(
    made: World,
) -> None:
    group, now = made.group, timezone.now()
    ahead = timezone.localdate() + 30 * DAY
    meeting = plan_meeting(group, MeetingGiven(ahead), by=SYSTEM, now=now)
    meeting = edit_meeting(meeting, meeting.version, MeetingGiven(ahead + DAY), by=SYSTEM, now=now)
    do(meeting, MeetingDeed.CANCEL, version=meeting.version, because="Nobody can come", by=SYSTEM, now=now)
    scope = f"group:{group.key}"
    assert told() == [(f"meeting_{what}", scope) for what in ("called", "moved", "cancelled")]
    make_meeting(group, ahead - 90 * DAY)
    assert told() == [], "entered afterwards"


def test_minutes_that_were_approved_lately_are_told_of_and_those_of_years_ago_are_not(made: World) -> None:
    seat = seat_of(made.group, made.agency)
    for ago, expected in ((1, ["minutes_approved"]), (400, [])):
        on = timezone.localdate() - ago * DAY
        before, later = make_meeting(made.group, on - 30 * DAY), make_meeting(made.group, on)
        later = came(later, seats={seat: "present"})
        before = moved(before, MeetingDeed.HOLD, MeetingDeed.CHECK)
        moved(before, MeetingDeed.APPROVE, approved_at=later)
        assert [kind for kind, _ in told()] == expected


def test_owners_hear_of_a_decision_on_theirs_and_nobody_of_a_confidential_one(made: World) -> None:
    now, on = timezone.now(), timezone.localdate()
    meeting, action = make_meeting(made.group, on), make_action(make_plan(made.group), made.agency)
    about = Tabled("plans", "action", str(action.pk), action.reference, f"/actions/{action.reference}/")
    item = add_item(meeting, ItemGiven("An action", about=about), by=SYSTEM, now=now)
    told()
    for tier, where in ((Tier.T1, item), (Tier.T2, item), (Tier.T1, None), (Tier.T2, None)):
        how = How.MEETING if where else How.WRITTEN
        take_decision(made.group, DecisionGiven("It goes on.", how, on, tier, where), by=SYSTEM, now=now)
    assert told() == [
        ("decision_on_yours", f"agency:{made.agency.key}"),
        ("decision_taken", f"group:{made.group.key}"),
    ]


def test_a_plan_and_terms_of_reference_are_told_of_to_the_group(made: World) -> None:
    now, scope = timezone.now(), f"group:{made.group.key}"
    plan = make_plan(made.group)
    change_plan_state(
        plan,
        PlanState.APPROVED,
        as_at=timezone.localdate(),
        reason="Done",
        group=made.group,
        minute="6",
        by=SYSTEM,
        now=now,
    )
    assert told() == [("plan_approved", scope)]
    make_terms(made.group, starts_on=timezone.localdate())
    assert told() == [], "the first version changes nothing"
    make_terms(made.group, "It meets monthly.", starts_on=timezone.localdate())
    assert told() == [("terms_changed", scope)]
    assert make_notices(now) == 0, "nothing is left to be told"
