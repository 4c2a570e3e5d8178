"""What groups are owed: laid out ahead, come or called off, gaps, and the forward plan."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from sightline.access.models import Membership, User
from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import MeetingDeed
from sightline.meetings.models import Meeting
from sightline.meetings.services import do
from sightline.messages.models import Notice, WorkItem
from sightline.messages.services import make_notices
from sightline.partners.models import Group
from sightline.partners.services import create_group
from sightline.requests import owing
from sightline.requests.choices import OwedDeed, OwedState
from sightline.requests.models import Cycle, Owed
from sightline.requests.rules import months_on
from sightline.requests.services import OwedGiven, end_cycle, end_with_groups, lay_out_ahead, take_gaps
from sightline.rhythm.models import CalendarFeed
from sightline.rhythm.services import (
    end_calendar,
    forget_ended_calendars,
    make_calendar,
    refresh_work,
    tell_owed,
)
from tests.access.people import World, enter, world
from tests.meetings.making import make_meeting
from tests.rhythm.making import AHEAD, everything_ahead, in_days, make_cycle, make_return, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_it_is_laid_out_eighteen_months_ahead_and_further_as_days_pass(made: World) -> None:
    cycle = make_cycle(made.group, due=10)
    last = months_on(in_days(0), 18)
    days = list(Owed.objects.filter(cycle=cycle).values_list("due_on", flat=True))
    assert len(days) == 6
    assert days[-1] <= last
    assert lay_out_ahead(now=timezone.now()) == 0
    later = timezone.now() + timedelta(days=20)
    assert lay_out_ahead(now=later) == 1
    assert Owed.objects.filter(cycle=cycle).count() == 7


def test_what_is_ended_is_owed_no_more_and_what_was_due_stays(made: World) -> None:
    cycle = make_cycle(made.group, due=-30)
    with pytest.raises(StaleRecord):
        end_cycle(cycle, 9, in_days(0), by=SYSTEM)
    end_cycle(cycle, 1, in_days(0), by=SYSTEM)
    assert list(Owed.objects.values_list("due_on", flat=True)) == [in_days(-30)]
    assert lay_out_ahead(now=timezone.now()) == 0


def told(found: Owed, what: OwedDeed, on: date | None = None, words: str = "") -> Owed:
    return tell_owed(found, what, OwedGiven(on, words), version=found.version, by=SYSTEM, now=timezone.now())


def test_a_gap_is_the_units_where_no_group_owes_it_until_it_comes(made: World) -> None:
    found = owed(make_cycle(made.group, due=-3))
    refresh_work(now=timezone.now())
    assert [item.for_scope for item in WorkItem.objects.filter(kind="owed")] == ["unit"]
    assert found.state_on(in_days(0)) == OwedState.GAP
    with pytest.raises(Unacceptable, match="lies ahead"):
        told(found, OwedDeed.CAME, in_days(1))
    found = told(found, OwedDeed.CAME, in_days(0), "By e-mail")
    assert not WorkItem.objects.filter(kind="owed").exists()
    with pytest.raises(Unacceptable, match="cannot be done"):
        told(found, OwedDeed.CALL_OFF, words="Late")
    found = told(found, OwedDeed.TAKE_BACK)
    assert (found.came_on, found.came_words) == (None, "")
    with pytest.raises(Unacceptable, match="why"):
        told(found, OwedDeed.CALL_OFF)
    assert told(found, OwedDeed.CALL_OFF, words="Not this time").state_on(in_days(0)) == OwedState.CALLED_OFF


def test_a_gap_is_offered_until_somebody_has_an_agenda_for_it_and_then_no_more(
    made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cycle(made.group, due=-3)
    asked: list[str] = []
    agendas: list[bool] = [False, True]

    def takes(gap: Owed, now: datetime) -> bool:
        asked.append(gap.cycle.title)
        return agendas.pop(0)

    offered = owing.Agendas(takes, lambda *told: None, list)
    monkeypatch.setattr(owing, "_offered", {"a test": offered})
    assert [take_gaps(now=timezone.now()) for _ in range(3)] == [0, 1, 0]
    assert asked == ["Scorecard", "Scorecard"]


def test_the_forward_plan_shows_meetings_what_is_owed_and_gaps(client: Client, made: World) -> None:
    other = create_group("Training sub-group", by=SYSTEM)
    make_cycle(made.group, due=-3, title="Audit of files")
    make_cycle(other, made.group, due=10, title="What we return")
    make_meeting(made.group, in_days(20), place="Town hall")
    make_meeting(made.group, in_days(700), place="Far ahead")
    enter(client, made.people["owner"])
    text = client.get("/forward-plan/").content.decode()
    assert "What did not come" in text
    assert "Town hall" in text
    assert "What we return from Neglect sub-group" in text
    assert "Far ahead" not in text
    assert "It came" not in text
    only = client.get(f"/forward-plan/?group={other.key}").content.decode()
    assert "Town hall" not in only
    assert "What did not come" not in only
    enter(client, made.people["unit"])
    assert "It came" in client.get("/forward-plan/").content.decode()


def test_the_forward_plan_begins_with_three_months_and_its_files_hold_all(
    client: Client, made: World
) -> None:
    make_meeting(made.group, in_days(20), place="Town hall")
    make_meeting(made.group, in_days(200), place="Next year")
    enter(client, made.people["owner"])
    first, whole, month, file = (
        client.get(f"/forward-plan/{asked}").content.decode()
        for asked in ("", "?reach=whole", "?look=calendar", "rows/csv/")
    )
    assert ["Next year" in each for each in (first, whole, file)] == [False, True, True]
    assert "Show 18 months" in first
    assert "How far ahead" not in month
    Meeting.objects.filter(place="Town hall").delete()
    assert "Next year" in client.get("/forward-plan/").content.decode()


def test_a_return_that_is_owed_and_not_begun_leads_to_writing_it(client: Client, made: World) -> None:
    other = create_group("Training sub-group", by=SYSTEM)
    late, theirs = (owed(make_cycle(by, by, due=due)) for by, due in ((made.group, -3), (other, -30)))
    write = [f"/group-returns/new/?owed={each.pk}" for each in (late, theirs)]
    for who, may in (("owner", [False, False]), ("chair", [True, False]), ("unit", [True, True])):
        enter(client, made.people[who])
        text = client.get("/forward-plan/").content.decode()
        assert [each in text for each in write] == may, who
    assert f'value="owed:{theirs.pk}" selected' in client.get("/group-returns/new/").content.decode()
    enter(client, made.people["chair"])
    assert f'value="owed:{late.pk}" selected' in client.get("/group-returns/new/").content.decode()
    make_return(made.group, late.period_from, late.period_until, late)
    assert write[0] not in client.get("/forward-plan/").content.decode()


def test_gaps_ask_no_more_the_more_there_are(client: Client, made: World) -> None:
    enter(client, made.people["owner"])
    asked = []
    for title in ("Audit of files", "Returns of leads", "Scorecard of schools"):
        make_cycle(made.group, due=-3, title=title)
        with CaptureQueriesContext(connection) as queries:
            assert title in client.get("/forward-plan/").content.decode()
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_the_calendar_shows_a_month_and_leads_to_the_next_ones(client: Client, made: World) -> None:
    held_on = months_on(in_days(0).replace(day=1), 2)
    make_meeting(made.group, held_on, place="Town hall")
    enter(client, made.people["owner"])
    first = client.get("/forward-plan/?look=calendar").content.decode()
    assert "The month before" not in first
    text = client.get(f"/forward-plan/?look=calendar&month={held_on:%Y-%m}").content.decode()
    assert "/meetings/" in text
    assert "The month before" in text
    assert text.count('<tr class="govuk-table__row">') < text.count("<tr")
    none = client.get(f"/forward-plan/?look=calendar&month={months_on(held_on, 1):%Y-%m}").content.decode()
    assert "Nothing stands in this month" in none
    for wrong in ("x", "2026-99", "0000-00", "9999-12"):
        assert client.get(f"/forward-plan/?look=calendar&month={wrong}").status_code == 200


def test_a_member_of_another_group_says_nothing_of_it(client: Client, made: World) -> None:
    found = owed(make_cycle(made.group, due=-3))
    enter(client, made.people["owner"])
    assert client.post(f"/owed/{found.pk}/came/", {"seen": "1"}).status_code == 403
    assert Owed.objects.get(pk=found.pk).came_on is None


def test_a_gap_goes_on_the_next_agenda_of_the_group_once(made: World) -> None:
    waits = owed(make_cycle(made.group, due=-3))
    assert take_gaps(now=timezone.now()) == 0
    make_meeting(made.group, in_days(40))
    met = make_meeting(made.group, in_days(20))
    assert [take_gaps(now=timezone.now()) for _ in range(2)] == [1, 0]
    item = met.items.get()
    assert item.title.startswith("Did not come: Scorecard of")
    assert (item.about_model, item.about_id) == ("owed", str(waits.pk))


def test_the_forward_plan_holds_what_other_records_name_and_nothing_confidential(
    client: Client, made: World
) -> None:
    everything_ahead(made)
    enter(client, made.people["unit"])
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/forward-plan/?reach=whole").content.decode()
    for words in AHEAD:
        assert words in text, words
    assert "Of the confidential" not in text
    assert len(queries) <= 12
    narrowed = client.get("/forward-plan/?what=Risk").content.decode()
    assert "Review of a risk: Posts stay vacant" in narrowed
    assert "Answer to a challenge" not in narrowed
    file = client.get("/forward-plan/rows/csv/?what=Risk").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(file)) if "Posts stay vacant" in str(row)]
    assert [row[3:6] for row in rows] == [["Review of a risk: Posts stay vacant", "Risk", made.group.name]]
    assert client.get("/forward-plan/rows/xlsx/").content.startswith(b"PK")


def test_a_calendar_program_reads_every_day_of_it_once(made: World) -> None:
    everything_ahead(made)
    secret = make_calendar(made.people["chair"], by=SYSTEM, now=timezone.now())
    read = Calendar.from_ical(Client().get(f"/calendar/{secret}.ics").content)
    events = read.walk("VEVENT")
    assert len({str(each["UID"]) for each in events}) == len(events)
    told = {str(each["SUMMARY"]): each for each in events}
    risk = told[f"{made.group.name}: Review of a risk: Posts stay vacant"]
    assert risk.decoded("DTEND") - risk.decoded("DTSTART") == timedelta(days=1)
    assert str(risk["CLASS"]) == "PRIVATE"
    assert "Your yearly declaration runs out" not in told
    assert not [words for words in told if "Of the confidential" in words]
    own = make_calendar(made.people["owner"], by=SYSTEM, now=timezone.now())
    theirs = Calendar.from_ical(Client().get(f"/calendar/{own}.ics").content)
    assert "Your yearly declaration runs out" in {str(each["SUMMARY"]) for each in theirs.walk("VEVENT")}
    # An ended address goes as long after as the rule of retention says: a year.
    ended = datetime(2026, 3, 2, 12, tzinfo=UTC)
    end_calendar(made.people["owner"], by=SYSTEM, now=ended)
    assert forget_ended_calendars(now=ended + timedelta(days=364)) == 0
    assert forget_ended_calendars(now=ended + timedelta(days=365)) == 1
    assert CalendarFeed.objects.count() == 1


def test_what_became_of_a_gap_is_said_on_the_agenda_that_it_waits_on(made: World) -> None:
    waits = owed(make_cycle(made.group, due=-3))
    met = make_meeting(made.group, in_days(20))
    take_gaps(now=timezone.now())
    missed = met.items.get().text
    told(Owed.objects.get(pk=waits.pk), OwedDeed.CAME, in_days(0), "By e-mail")
    item = met.items.get()
    assert item.title.startswith("Came late: Scorecard of")
    assert item.text.startswith(missed)
    assert item.text.endswith("By e-mail")
    told(Owed.objects.get(pk=waits.pk), OwedDeed.TAKE_BACK)
    assert met.items.get().title.startswith("Did not come: Scorecard")
    told(Owed.objects.get(pk=waits.pk), OwedDeed.CALL_OFF, words="The analyst was ill")
    assert met.items.get().text.endswith("It was excused: The analyst was ill")
    assert met.items.count() == 1


def test_a_gap_goes_on_the_meeting_after_one_that_was_cancelled(made: World) -> None:
    make_cycle(made.group, due=-3)
    met, later = make_meeting(made.group, in_days(20)), make_meeting(made.group, in_days(40))
    take_gaps(now=timezone.now())
    assert met.items.count() == 1
    do(met, MeetingDeed.CANCEL, version=met.version, by=SYSTEM, now=timezone.now(), because="Snow")
    assert later.items.get().title.startswith("Did not come")
    later.refresh_from_db()
    do(later, MeetingDeed.CANCEL, version=later.version, by=SYSTEM, now=timezone.now(), because="Ice")
    take_gaps(now=timezone.now())
    instead = make_meeting(made.group, in_days(60))
    take_gaps(now=timezone.now())
    assert instead.items.get().title.startswith("Did not come")


def test_what_is_owed_by_a_group_that_is_no_more_ends_with_it(made: World) -> None:
    other = create_group("Training sub-group", by=SYSTEM)
    cycle = make_cycle(made.group, other, due=10)
    refresh_work(now=timezone.now())
    assert WorkItem.objects.filter(kind="owed").count() == 1
    Group.objects.filter(pk=other.pk).update(ends_on=in_days(-1))
    assert [end_with_groups(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert not Owed.objects.exists()
    assert Cycle.objects.get(pk=cycle.pk).ends_on == in_days(-1)
    refresh_work(now=timezone.now())
    assert not WorkItem.objects.filter(kind="owed").exists()


def test_a_changed_cycle_keeps_what_was_due_and_lays_the_rest_out_anew(client: Client, made: World) -> None:
    cycle = make_cycle(made.group, due=-30)
    enter(client, made.people["chair"])
    address = f"/owed/cycles/{cycle.pk}/change/"
    form = client.get(address).context["form"]
    due, until = form.initial["first_due"] + timedelta(days=7), form.initial["first_until"]
    boxes = {
        f"{name}-{part}": getattr(value, part)
        for name, value in (("first_due", due), ("first_until", until))
        for part in ("day", "month", "year")
    }
    sent = {
        "kind": "scorecard",
        "group": made.group.pk,
        "owed_by_words": "The data team",
        "months": 6,
        **boxes,
    }
    assert client.post(address, sent | {"seen": "9"}).status_code == 422
    early = told(Owed.objects.filter(due_on__gt=due)[0], OwedDeed.CAME, in_days(0))
    refused = client.post(address, sent | {"seen": "1"})
    assert "came already, or was excused" in refused.content.decode()
    assert Cycle.objects.get().ends_on is None
    told(early, OwedDeed.TAKE_BACK)
    assert client.post(address, sent | {"seen": "1"}).status_code == 302
    days = list(Owed.objects.order_by("due_on").values_list("due_on", "cycle__months"))
    # The one that was missed, the one due before the first new day, and then every six months.
    assert days[:3] == [(in_days(-30), 3), (due - timedelta(days=7), 3), (due, 6)]
    assert days[3] == (months_on(due, 6), 6)


def test_what_did_not_come_is_told_again_once_a_week_and_what_is_due_is_not(made: World) -> None:
    make_cycle(made.group, made.group, due=-3, kind="scorecard")
    make_cycle(made.group, made.group, due=20, kind="audits")
    started = timezone.now()
    told_at: dict[str, set[datetime]] = {}
    for number in range(16):
        refresh_work(now=started + timedelta(days=number))
        make_notices(started + timedelta(days=number))
        for item in WorkItem.objects.filter(kind="owed"):
            told_at.setdefault(item.title.split()[0], set()).add(item.created_at)
    assert sorted(each - started for each in told_at["Scorecard"]) == [
        timedelta(), timedelta(days=7), timedelta(days=14),
    ]  # fmt: skip
    assert len(told_at["Results"]) == 1
    heard = Notice.objects.filter(user=made.people["chair"], kind="owed", title__startswith="Scorecard")
    assert [(each.begun_at - started).days for each in heard.order_by("begun_at")] == [0, 7, 14]
    assert all(each.is_duty for each in heard)


def test_every_time_of_a_cycle_says_whether_it_came_late_or_was_excused(client: Client, made: World) -> None:
    cycle = make_cycle(made.group, due=-200)
    first, second, third = Owed.objects.filter(cycle=cycle, due_on__lt=in_days(0)).order_by("due_on")
    told(first, OwedDeed.CAME, first.due_on + timedelta(days=4), "By post")
    told(second, OwedDeed.CALL_OFF, words="The analyst was ill")
    enter(client, made.people["owner"])
    address = f"/owed/cycles/{cycle.pk}/"
    page = client.get(address).content.decode()
    assert "Of 3 times so far: 1 did not come, 1 came late and 1 excused." in page
    assert "By post" in page
    assert "Excused because: The analyst was ill" in page
    assert "That was a mistake" not in page
    enter(client, made.people["chair"])
    assert f"/owed/{first.pk}/take-back/" in client.get(address).content.decode()
    assert f"/owed/{third.pk}/call-off/" in client.get(address).content.decode()


def feed(secret: str) -> tuple[int, str]:
    answer = Client().get(f"/calendar/{secret}.ics")
    return answer.status_code, answer.content.decode().replace("\r\n ", "")


def test_a_calendar_is_read_by_its_secret_until_it_is_ended_made_anew_or_its_account_closed(
    client: Client, made: World
) -> None:
    chair = made.people["chair"]
    other = create_group("Training sub-group", by=SYSTEM)
    make_meeting(
        made.group, date(2027, 7, 7), place="Town hall; room 2", starts_at=time(10), ends_at=time(12)
    )
    make_meeting(other, in_days(20), place="Elsewhere")
    make_cycle(made.group, due=10)
    first = make_calendar(chair, by=SYSTEM, now=timezone.now())
    status, text = feed(first)
    assert status == 200
    # In July the clock of the partnership is an hour ahead of universal time.
    assert "DTSTART:20270707T090000Z" in text
    assert "LOCATION:Town hall\\; room 2" in text
    assert f"DTSTART;VALUE=DATE:{in_days(10):%Y%m%d}" in text
    assert "Elsewhere" not in text
    second = make_calendar(chair, by=SYSTEM, now=timezone.now())
    assert [feed(each)[0] for each in (first, second, "a-guess")] == [404, 200, 404]
    User.objects.filter(pk=chair.pk).update(is_active=False)
    assert feed(second)[0] == 404
    User.objects.filter(pk=chair.pk).update(is_active=True)
    enter(client, chair)
    shown = client.post("/forward-plan/calendar/", {"do": "make"}).content.decode()
    third = shown.partition("/calendar/")[2].partition(".ics")[0]
    assert feed(third)[0] == 200
    assert "/calendar/" not in str(list(Entry.objects.values_list("after", "subject_title")))
    client.post("/forward-plan/calendar/", {"do": "end"})
    assert feed(third)[0] == 404


def test_a_calendar_tells_nothing_once_its_person_has_no_role(made: World) -> None:
    make_meeting(made.group, in_days(20), place="Town hall")
    secret = make_calendar(made.people["chair"], by=SYSTEM, now=timezone.now())
    Membership.objects.update(ends_on=date(2021, 1, 1))
    assert "Town hall" not in feed(secret)[1]
