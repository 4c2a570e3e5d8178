"""Unusual access: what is noticed of a journal, who is told, how it is answered, who sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.events import selectors as journal
from sightline.events.choices import SYSTEM, StaleRecord, Tier
from sightline.events.entries import EventEntry
from sightline.events.models import Entry
from sightline.events.services import note_read, note_taken_away, record
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.oversight import services
from sightline.oversight.choices import AlertState, NotYet, Unusual
from sightline.oversight.models import Alert, Answer
from sightline.oversight.permissions import can_answer
from sightline.oversight.rules.unusual import DayOf
from sightline.oversight.selectors import alerts, days_of
from sightline.partners.services import create_agency, found_partnership
from tests.access.people import World, member, world
from tests.oversight.making import at, make_alert, noon, opened_case
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 3)
NOON = noon(DAY)
NIGHT = NOON.replace(hour=23)
MORNING_AFTER = noon(DAY + dt.timedelta(days=1))


@pytest.fixture
def people() -> World:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    made = world()
    made.people["data_protection"] = member("Dee Data", "data_protection")
    return made


def test_a_day_is_read_from_the_journal_beside_the_weeks_before(people: World) -> None:
    chair, owner = people.people["chair"], people.people["owner"]
    for moment in (NOON, NOON, NIGHT):
        opened_case(chair, moment=moment)
    for days, times in ((1, 2), (2, 4), (27, 6), (29, 90)):
        for _ in range(times):
            opened_case(chair, moment=NOON - dt.timedelta(days=days))
    opened_case(chair, moment=NIGHT - dt.timedelta(days=3))
    at(NOON, record(AccessEntry.REFUSED, by=owner.actor, after={"page": "/jobs/"}))
    at(NOON + dt.timedelta(days=1), record(AccessEntry.REFUSED, by=owner.actor))
    at(NOON, record(AccessEntry.SIGN_IN_FAILED, by=SYSTEM))
    found = days_of(DAY)
    assert found[chair.pk] == DayOf(opened=3, habit=found[chair.pk].habit, at_night=1, nights=1)
    assert sorted(found[chair.pk].habit) == [1, 2, 4, 6]
    assert found[owner.pk] == DayOf(refusals=1)
    assert set(found) == {chair.pk, owner.pk}


def test_an_hour_is_of_the_night_by_the_clock_on_the_wall(people: World) -> None:
    chair = people.people["chair"]
    summer = noon(dt.date(2026, 7, 1)).replace(hour=22)  # 21:00 by the stars
    opened_case(chair, moment=summer)
    assert days_of(dt.date(2026, 7, 1))[chair.pk].at_night == 1


def test_own_names_are_noticed_in_search_and_in_the_journal(people: World, client: Client) -> None:
    chair = people.people["chair"]
    client.force_login(chair)
    client.get("/search/?q=Neglect")
    client.get("/search/?q=Tom+chair")
    assert days_of(timezone.localdate())[chair.pk].own_name == 1
    note_read("who=Chair&kind=", by=chair.actor)
    note_read("kind=Chair", by=chair.actor)
    note_taken_away("words=Chair", "csv", by=chair.actor)
    found = days_of(timezone.localdate())[chair.pk]
    assert found.own_name == 3
    assert Entry.objects.filter(type="search.own_name_searched").values_list("after", flat=True)[0] == ""


def test_agencies_not_ones_own_are_counted_for_who_works_for_one(people: World) -> None:
    owner, unit = people.people["owner"], people.people["unit"]
    plan = make_plan(people.group)
    others = [create_agency(name, by=SYSTEM) for name in ("Health", "Council")]
    for agency in (people.agency, *others):
        action = make_action(plan, agency)
        for user in (owner, unit):
            at(NOON, record(EventEntry.RECORD_VIEWED, by=user.actor, subject=action, tier=Tier.T2))
    at(NOON, record(EventEntry.RECORD_VIEWED, by=owner.actor, subject=make_action(plan), tier=Tier.T1))
    found = days_of(DAY)
    assert (found[owner.pk].agencies, found[unit.pk].agencies) == (2, 0)


def refused(user: User, times: int, moment: dt.datetime = NOON) -> None:
    for _ in range(times):
        at(moment, record(AccessEntry.REFUSED, by=user.actor))


def test_what_is_unusual_is_raised_once_and_data_protection_is_told(people: World) -> None:
    owner = people.people["owner"]
    refused(owner, 10)
    assert services.look_at_days(MORNING_AFTER) == 1
    assert services.look_at_days(MORNING_AFTER) == 0
    alert = Alert.objects.get()
    assert (alert.account, alert.rule, alert.day, alert.figure) == (owner, Unusual.REFUSALS, DAY, 10)
    [item] = WorkItem.objects.filter(kind="unusual")
    assert (item.for_scope, item.tier, owner.name in item.title + item.sentence) == (
        "may:journal_sample",
        "T2",
        False,
    )
    sent = OutgoingMail.objects.get(subject__contains="unusual")
    assert (sent.to, owner.name in sent.text) == ("dee.data@wealdshire.example", False)
    assert "/data-protection/" in sent.text
    assert mail.outbox == []


def test_days_without_a_worker_are_made_up_for_and_no_day_is_looked_at_twice(people: World) -> None:
    owner = people.people["owner"]
    services.look_at_days(noon(DAY - dt.timedelta(days=1)))
    refused(owner, 10)
    refused(owner, 10, NOON - dt.timedelta(days=1))
    assert services.look_at_days(noon(DAY + dt.timedelta(days=5))) == 2
    refused(owner, 10, NOON + dt.timedelta(days=9))
    assert services.look_at_days(noon(DAY + dt.timedelta(days=60))) == 0


def test_where_nobody_looks_after_it_whoever_gives_roles_is_asked() -> None:
    unit = member("Una Unit", "unit")
    services.look_at_days(MORNING_AFTER)
    [item] = WorkItem.objects.filter(for_scope__in=unit.scope.work_keys)
    assert item.title == "Nobody looks at unusual access"
    member("Dee Data", "data_protection")
    services.look_at_days(MORNING_AFTER)
    assert not WorkItem.objects.exists()


def test_an_answer_is_kept_beside_the_ones_before(people: World) -> None:
    dee, alert = people.people["data_protection"], make_alert(people.people["owner"])
    who: dict[str, Any] = {"by": dee.actor, "now": timezone.now()}
    with pytest.raises(NotYet):
        services.answer(alert, AlertState.EXPLAINED, "  ", version=1, **who)
    alert = services.answer(alert, AlertState.FOLLOWED_UP, "Rang their manager", version=1, **who)
    with pytest.raises(StaleRecord):
        services.answer(alert, AlertState.EXPLAINED, "An audit", version=1, **who)
    services.answer(alert, AlertState.EXPLAINED, "An audit of theirs", version=2, **who)
    assert list(Answer.objects.values_list("words", flat=True)) == [
        "Rang their manager",
        "An audit of theirs",
    ]
    assert Alert.objects.get().current_state == AlertState.EXPLAINED
    entry = Entry.objects.filter(type="oversight.alert_answered").latest("pk")
    assert (entry.subject_title, entry.tier, "An audit" in entry.after) == ("", "T2", False)


def test_what_waits_goes_when_it_is_explained_and_stays_while_it_is_followed_up(people: World) -> None:
    refused(people.people["owner"], 10)
    services.look_at_days(MORNING_AFTER)
    who: dict[str, Any] = {"by": SYSTEM, "now": MORNING_AFTER}
    alert = services.answer(Alert.objects.get(), AlertState.FOLLOWED_UP, "Asked", version=1, **who)
    assert WorkItem.objects.filter(kind="unusual").count() == 1
    services.answer(alert, AlertState.EXPLAINED, "Wrong role", version=2, **who)
    assert not WorkItem.objects.filter(kind="unusual").exists()
    services.answer(alert, AlertState.FOLLOWED_UP, "It was not so", version=3, **who)
    assert WorkItem.objects.filter(kind="unusual").count() == 1


def test_nobody_answers_for_themselves(people: World, client: Client) -> None:
    dee = people.people["data_protection"]
    own, other = make_alert(dee), make_alert(people.people["owner"])
    assert (can_answer(dee, own), can_answer(dee, other)) == (False, True)
    client.force_login(dee)
    assert "somebody else answers it" in client.get(f"/data-protection/unusual/{own.pk}/").content.decode()
    sent = {"state": "explained", "words": "All well", "version": 1}
    assert client.post(f"/data-protection/unusual/{own.pk}/", sent).status_code == 403
    assert not Answer.objects.exists()


def test_the_page_leads_into_the_journal_and_takes_the_answer(people: World, client: Client) -> None:
    owner, dee = people.people["owner"], people.people["data_protection"]
    today = timezone.localdate()
    record(AccessEntry.REFUSED, by=owner.actor, after={"page": "/jobs/"}, reason="The one looked for")
    record(AccessEntry.REFUSED, by=people.people["chair"].actor, reason="Of somebody else")
    alert = make_alert(owner, "refusals", day=today, figure=12)
    client.force_login(dee)
    page = client.get(f"/data-protection/unusual/{alert.pk}/")
    assert "12 pages were refused." in page.content.decode()
    where = page.context["page"].where
    assert [one.label for one in where] == ["Pages that were refused", "Everything they did on that day"]
    owner_reads = journal.readable(people.people["unit"]).count()
    rows = client.get(where[0].href).context["page"].listing.rows
    assert [row.reason for row in rows] == ["The one looked for"]
    assert {row.who for row in client.get(where[1].href + "who=Chair").context["page"].listing.rows} == {
        "Ola Owner"
    }
    assert journal.readable(people.people["unit"]).count() == owner_reads  # nobody else learns of it
    assert (
        Entry.objects.filter(
            type="events.journal_read", subject_id=str(alert.pk), actor_user_id=dee.pk
        ).count()
        == 2
    )
    wrong = client.post(f"/data-protection/unusual/{alert.pk}/", {"version": 1})
    assert wrong.status_code == 422
    sent = {"state": "explained", "words": "They had the wrong role", "version": 1}
    assert client.post(f"/data-protection/unusual/{alert.pk}/", sent).status_code == 302
    stale = client.post(f"/data-protection/unusual/{alert.pk}/", sent)
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    assert stale.context["form"]["words"].value() == "They had the wrong role"
    again = client.post(
        stale.request["PATH_INFO"], sent | {"version": stale.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    listed = client.get("/data-protection/?state=explained&rule=refusals&who=ola").context["page"].listing
    assert [(row.who, row.state) for row in listed.rows] == [("Ola Owner", "Explained")]
    assert client.get("/data-protection/?state=open").context["page"].listing.rows == []


def test_nobody_else_learns_of_it(people: World, client: Client) -> None:
    alert = make_alert(people.people["owner"])
    services.answer(
        alert, AlertState.FOLLOWED_UP, "Rang their manager", version=1, by=SYSTEM, now=timezone.now()
    )
    seen = {
        role: journal.readable(user).filter(type="oversight.alert_answered").count()
        for role, user in people.people.items()
    }
    assert seen == dict.fromkeys(people.people, 0) | {"data_protection": 1}
    assert {role for role, user in people.people.items() if alerts(user)} == {"data_protection"}
    client.force_login(people.people["unit"])
    assert client.get(f"/data-protection/unusual/{alert.pk}/").status_code == 403


def test_a_refusal_is_journalled_with_its_page_and_without_what_was_asked(
    people: World, client: Client
) -> None:
    client.force_login(people.people["owner"])
    assert client.get("/jobs/?q=secret").status_code == 403
    entry = Entry.objects.get(type="access.refused")
    assert (entry.after_values, entry.actor_user_id) == ({"page": "/jobs/"}, people.people["owner"].pk)
    assert Client().get("/jobs/").status_code == 302
    assert Entry.objects.filter(type="access.refused").count() == 1


def test_the_same_page_refused_again_and_again_is_journalled_once_in_a_while(
    people: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.access.services import signing_in

    for role, page in (("owner", "/jobs/"), ("owner", "/jobs/"), ("owner", "/outbox/"), ("chair", "/jobs/")):
        client.force_login(people.people[role])
        assert client.get(page).status_code == 403
    assert Entry.objects.filter(type="access.refused").count() == 3
    monkeypatch.setattr(signing_in, "REFUSED_EVERY", dt.timedelta(0))
    assert client.get("/jobs/").status_code == 403
    assert Entry.objects.filter(type="access.refused").count() == 4


def test_the_database_takes_one_of_a_kind_and_day_and_only_known_rules(people: World) -> None:
    make_alert(people.people["owner"])
    for rule in ("volume", "mood"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_alert(people.people["owner"], rule)
