"""What waits for the next meeting; the order, leads and times of an agenda; what is taken off it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import MeetingDeed, MeetingKind
from sightline.meetings.models import Item, Meeting
from sightline.meetings.services import ItemGiven, MeetingGiven, edit_item, edit_meeting, take_off_item
from sightline.meetings.services.planning import plan_series
from sightline.meetings.services.settling import settle_all
from sightline.requests.services import take_gaps
from sightline.screens.words import day as day_in_words
from tests.access.people import World, enter, world
from tests.meetings.making import MET, make_item, make_meeting, make_paper, make_series, minuted, moved
from tests.plans.making import make_plan
from tests.rhythm.making import make_cycle, make_return, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(number)


def at(meeting: Meeting) -> list[str]:
    """What stands on its agenda, in its order."""
    found = Item.objects.filter(meeting=meeting, withdrawn_because="").order_by("order", "pk")
    return list(found.values_list("title", flat=True))


def move_to(meeting: Meeting, on: date, **given: Any) -> Meeting:
    meeting.refresh_from_db()
    return edit_meeting(meeting, meeting.version, MeetingGiven(on, **given), by=SYSTEM, now=timezone.now())


def page(client: Client, meeting: Meeting) -> str:
    return client.get(f"/meetings/{meeting.pk}/").content.decode()


def test_a_deferred_item_goes_to_the_next_meeting_also_one_planned_in_between(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    met, far = make_meeting(made.group, in_days(-7)), make_meeting(made.group, in_days(60))
    minuted(make_item(met, "Neglect"), defer=True)
    assert at(far) == ["Neglect"]
    day = make_meeting(made.group, in_days(20), kind=MeetingKind.DEVELOPMENT)
    assert (at(day), at(far)) == ([], ["Neglect"])
    between = make_meeting(made.group, in_days(30))
    assert (at(between), at(far)) == (["Neglect"], [])
    shown = page(unit, between)
    assert f"Carried from the meeting on {day_in_words(met.held_on)}, moved here from" in shown
    assert "No longer on this agenda" in page(unit, far)
    told = Entry.objects.get(type="meetings.item_moved")
    assert (str(far) in told.before, str(between) in told.after) == (True, True)
    moved(between, MeetingDeed.CANCEL, because="The room is taken")
    assert at(far) == ["Neglect"]
    move_to(far, in_days(70))
    assert at(far) == ["Neglect"]


def test_what_was_minuted_taken_off_or_belongs_to_a_meeting_that_is_over_is_not_moved(made: World) -> None:
    over, far = make_meeting(made.group, in_days(-2)), make_meeting(made.group, in_days(60))
    first = make_meeting(made.group, in_days(-9))
    for title in ("Minuted", "Taken off", "Waits"):
        minuted(make_item(first, title), defer=True)
    make_item(over, "Of a day that is over")
    carried = {each.title: each for each in Item.objects.exclude(follows=None)}
    assert {each.meeting for each in carried.values()} == {over}
    Item.objects.filter(pk__in=[each.pk for each in carried.values()]).update(meeting=far)
    minuted(carried["Minuted"], "Said before the meeting.")
    take_off_item(carried["Taken off"], 1, "Not needed", by=SYSTEM)
    soon = make_meeting(made.group, in_days(5))
    assert (at(soon), at(far), at(over)) == (["Waits"], ["Minuted"], ["Of a day that is over"])


def test_what_was_raised_for_a_meeting_that_is_cancelled_or_moved_is_heard_at_the_next(made: World) -> None:
    soon, later = make_meeting(made.group, in_days(10)), make_meeting(made.group, in_days(40))
    paper = make_paper(make_item(soon, "A question"))
    moved(soon, MeetingDeed.CANCEL, because="Snow")
    assert (at(soon), at(later)) == ([], ["A question"])
    paper.refresh_from_db()
    assert paper.item.meeting == later
    after = make_meeting(made.group, in_days(80))
    move_to(later, in_days(90))
    assert (at(later), at(after)) == ([], ["A question"])
    # It comes to stand nearer again: nobody put the item there, so it stays where it is heard first.
    later = move_to(later, in_days(85))
    assert at(after) == ["A question"]
    # With no meeting to go to, it waits on the one that was cancelled until there is one.
    moved(later, MeetingDeed.CANCEL, because="None needed")
    moved(after, MeetingDeed.CANCEL, because="Elections")
    assert at(after) == ["A question"]
    instead = make_meeting(made.group, in_days(50))
    assert at(instead) == ["A question"]


def test_the_day_after_a_series_was_planned_what_waits_stands_on_its_first_meeting(made: World) -> None:
    met, far = make_meeting(made.group, in_days(-7)), make_meeting(made.group, in_days(60))
    minuted(make_item(met, "Neglect"), defer=True)
    series = make_series(made.group, "")
    days = {"day-0": in_days(30), "day-1": in_days(45)}
    first, _ = plan_series(series, days, None, None, version=series.version, by=SYSTEM, now=timezone.now())
    assert [settle_all(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert (at(first), at(far)) == (["Neglect"], [])


def test_a_gap_goes_to_the_next_meeting_and_no_development_day(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    make_meeting(made.group, in_days(3), kind=MeetingKind.DEVELOPMENT)
    far = make_meeting(made.group, in_days(60))
    make_cycle(made.group, due=-5)
    take_gaps(now=timezone.now())
    [gap] = at(far)
    assert gap.startswith("Did not come: ")
    assert "Did not come" in page(unit, far).partition("Owed for this meeting")[2]
    assert at(make_meeting(made.group, in_days(30))) == [gap]


def test_what_is_owed_for_a_meeting_leads_to_the_return_that_came(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    far = make_meeting(made.group, in_days(20))
    due = owed(make_cycle(made.group, made.group, due=5))
    assert "/group-returns/" not in page(unit, far).partition("Owed for this meeting")[2]
    found = make_return(made.group, due.period_from, due.period_until, due)
    assert f'href="/group-returns/{found.pk}/"' in page(unit, far).partition("Owed for this meeting")[2]


def test_the_minutes_lead_on_to_who_came_and_to_what_the_chair_says(made: World) -> None:
    met = make_meeting(made.group, in_days(-2))
    address = f"/meetings/{met.pk}"
    chair = enter(Client(), made.person("chair"))
    after = chair.get(f"{address}/minutes/").content.decode().partition("What comes next")[2]
    assert f'href="{address}/attending/"' in after
    assert f'href="{address}/"' in after
    assert "The meeting took place" in after
    moved(met, MeetingDeed.HOLD)
    after = chair.get(f"{address}/minutes/").content.decode().partition("What comes next")[2]
    assert f'href="{address}/check/"' in after
    assert "The chair has checked the minutes" in after
    assert "The meeting took place" not in after


def test_what_was_open_at_the_last_meeting_comes_up_after_two_and_after_a_development_day(
    made: World,
) -> None:
    unit = enter(Client(), made.person("unit"))
    first = make_meeting(made.group, in_days(-90))
    plan = make_plan(made.group)
    item = make_item(first, "Neglect")
    minuted(item, line="Write to heads — 12 July 2026", decision="Adopt the tool.")
    minuted(item, "Said.", line="Ask the nurses — 12 July 2026", plan=plan)
    make_meeting(made.group, in_days(-60), kind=MeetingKind.DEVELOPMENT)
    make_meeting(made.group, in_days(-30))
    shown = page(unit, make_meeting(made.group, in_days(30)))
    assert shown.count("Write to heads") == 2
    assert "Ask the nurses" in shown
    action = plan.actions.get()
    type(action).objects.filter(pk=action.pk).update(state="complete", current_state_since=in_days(-1))
    assert "Ask the nurses" not in page(unit, Meeting.objects.latest("held_on"))


def test_the_order_leads_and_times_of_an_agenda(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    series = make_series(made.group, "Apologies | Chair | 5\nMinutes\nExceptions | Unit | 20")
    meeting = make_meeting(made.group, in_days(9), series=series, starts_at=time(10), ends_at=time(10, 30))
    apologies, minutes, exceptions = meeting.items.order_by("order")
    assert [each.led for each in (apologies, minutes, exceptions)] == [
        "Chair, 5 minutes",
        "",
        "Unit, 20 minutes",
    ]
    sent = {"title": "Exceptions", "tier": "T1", "lead": "Unit", "lasts": "26", "place": "2", "seen": "1"}
    edit = f"/meetings/items/{exceptions.pk}/edit/"
    assert unit.get(edit).context["form"]["place"].value() == 3
    assert unit.post(edit, sent).status_code == 302
    assert at(meeting) == ["Apologies", "Exceptions", "Minutes"]
    shown = page(unit, meeting)
    assert [
        each in shown for each in ("10:00 · 5 minutes · Chair", "10:05 · 26 minutes · Unit", "10:31 · ")
    ] == [True] * 3
    assert "The items take 1 minute longer than the meeting." in shown
    assert unit.post(edit, sent | {"place": "99", "seen": "2"}).status_code == 302
    assert at(meeting) == ["Apologies", "Minutes", "Exceptions"]
    assert "Somebody else saved this" in unit.post(edit, sent).content.decode()


def test_an_item_is_taken_off_with_a_reason_that_its_page_tells(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    meeting = make_meeting(made.group, in_days(9))
    kept, gone = make_item(meeting, "Kept"), make_item(meeting, "Gone")
    edit = f"/meetings/items/{gone.pk}/edit/"
    sent = {"title": "Gone", "tier": "T1", "place": "2", "seen": "1", "take_off": "on"}
    assert "Write why it is taken off" in unit.post(edit, sent).content.decode()
    there = f"#item-{gone.pk}"
    assert there in unit.get("/search/?q=Gone").content.decode()
    unit.post(edit, sent | {"reason": "Dealt with by e-mail"})
    assert there not in unit.get("/search/?q=Gone").content.decode()
    assert at(meeting) == ["Kept"]
    assert "Taken off: Dealt with by e-mail" in page(unit, meeting)
    assert "Gone" not in unit.get(f"/meetings/{meeting.pk}/pack/").content.decode()
    minuted(kept, "Said.")
    with pytest.raises(Unacceptable, match="Something was minuted"):
        take_off_item(kept, 1, "Why not", by=SYSTEM)


def test_what_was_deferred_and_became_confidential_is_so_on_the_next_agenda(made: World) -> None:
    earlier, later = (
        make_meeting(made.group, MET),
        make_meeting(made.group, timezone.localdate() + timedelta(9)),
    )
    item = make_item(earlier, "Vermilion", text="Cobalt")
    minuted(item, defer=True)
    carried = Item.objects.get(meeting=later, follows=item)
    item.refresh_from_db()
    edit_item(item, item.version, ItemGiven("Vermilion", "Cobalt", Tier.T2), by=SYSTEM)
    carried.refresh_from_db()
    assert (carried.tier, carried.title, carried.version) == (Tier.T2, "Vermilion", 2)
    assert Entry.objects.filter(type="meetings.item_edited", subject_id=str(carried.pk)).exists()
