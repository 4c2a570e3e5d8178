"""Case lists: who is put on them, how they end, and the page of those who keep them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.knowing import services
from sightline.knowing.choices import NotPossible
from sightline.knowing.models import Listed
from sightline.knowing.rules import numbers
from sightline.knowing.wall import can_need_to_know
from sightline.messages.models import OutgoingMail
from tests.access.people import member
from tests.knowing.making import WHY, added, case, listed, officer
from tests.restricted.models import CaseNote

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def address(about: CaseNote, more: str = "") -> str:
    return f"/need-to-know/restricted/casenote/{about.pk}/{more}"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def days(first: int = 0, last: int = 9) -> dict[str, int]:
    return {
        f"{name}-{part}": getattr(TODAY + dt.timedelta(days=number), part)
        for name, number in (("starts_on", first), ("ends_on", last))
        for part in ("day", "month", "year")
    }


def refused(about: CaseNote, user: Any, **given: int) -> dict[str, str]:
    with pytest.raises(NotPossible) as told, transaction.atomic():
        added(about, user, **given)
    return told.value.problems


def test_somebody_is_put_on_a_list_for_a_time_and_it_is_written_down() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    client = browser(keeper)
    sent = client.post(address(about), {"person": person.pk, "reason": WHY, **days()})
    assert sent["Location"] == address(about)
    assert can_need_to_know(person, about)
    entry = Entry.objects.filter(type="knowing.listed").latest("pk")
    assert (entry.tier, entry.actor_user_id, entry.subject_title, entry.reason) == ("T4", keeper.pk, "", "")
    assert personal_values(entry)["after.person"] == "Dee Doctor"
    assert personal_values(entry)["after.reason"] == WHY
    page = client.get(address(about)).context["page"]
    assert [(line.name, line.reason, line.state) for line in page.lines] == [
        ("Dee Doctor", WHY, "Reads it"),
        ("Cass Reviewer", WHY, "Reads it"),
    ]


def test_who_may_not_be_put_on_a_list_is_told_in_a_sentence() -> None:
    about, person, unit = case(), officer(), member("Una Unit", "unit")
    most = numbers().list_most_days
    assert refused(about, unit)["person"].startswith("Their roles do not read records like this one.")
    assert refused(about, person, first=3, last=2) == {
        "ends_on": "The last day must not lie before the first."
    }
    assert refused(about, person, last=most + 1)["ends_on"].startswith(f"A place on a list lasts {most} days")
    assert refused(about, person, first=-1) == {"starts_on": "The first day must not lie before today."}
    added(about, person, last=most)
    assert refused(about, person)["person"].startswith("They are on the list already on some of these days.")
    listed(about, officer("Dee Doctor"))
    services.declare_conflict(person, about=about, by=SYSTEM, now=NOW)
    told = refused(about, person)["person"]
    assert "conflict" not in told
    assert told == "This person cannot be put on this list. They can ask the people who keep this list why."


def test_the_page_is_there_for_those_alone_who_keep_the_list() -> None:
    about, keeper = case(), officer()
    listed(about, keeper)
    for stranger in (
        officer("Stan Stranger"),
        member("Una Unit", "unit"),
        member("Dora Data", "data_protection"),
    ):
        assert browser(stranger).get(address(about)).status_code == 404
    listed(about, officer("Dee Doctor"))
    services.declare_conflict(keeper, about=about, by=SYSTEM, now=NOW)
    assert browser(keeper).get(address(about)).status_code == 404
    assert Entry.objects.filter(type="events.record_viewed").count() == 0


def test_reading_a_record_by_break_glass_is_not_keeping_its_list() -> None:
    about, person = case(), officer()
    services.break_glass(person, "CR-1", WHY, proved_at=NOW, now=timezone.now())
    answer = browser(person).get(address(about))
    assert answer.status_code == 403
    assert "by people on its list whose role keeps case lists" in answer.content.decode()


def test_every_look_at_a_list_is_written_down_and_the_page_is_marked() -> None:
    about, keeper = case(), officer()
    listed(about, keeper)
    page = browser(keeper).get(address(about)).content.decode()
    assert "OFFICIAL-SENSITIVE" in page
    assert "For named people only." in page
    (entry,) = Entry.objects.filter(type="events.record_viewed")
    assert (entry.actor_user_id, entry.subject_id, entry.tier) == (keeper.pk, str(about.pk), "T4")


def test_a_place_is_ended_at_once_and_the_second_to_end_it_is_told() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    line, again = added(about, person), None
    client = browser(keeper)
    assert client.get(address(about, f"end/{line.pk}/")).status_code == 200
    assert client.post(address(about, f"end/{line.pk}/"), {"reason": ""}).status_code == 422
    assert client.post(address(about, f"end/{line.pk}/"), {"reason": "Left"})["Location"] == address(about)
    assert not can_need_to_know(person, about)
    again = client.post(address(about, f"end/{line.pk}/"), {"reason": "Left"}, follow=True)
    assert "had ended already" in again.content.decode()
    assert Entry.objects.filter(type="knowing.listing_ended").count() == 1
    (older,) = client.get(address(about)).context["page"].older
    assert (older.name, older.state, older.ended) == ("Dee Doctor", "Over", "Cass Reviewer: Left")


def test_whoever_is_on_it_twice_is_ended_wholly() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    first, second = listed(about, person), listed(about, person)
    services.end_line(first, about, reason="Left", by=SYSTEM, now=NOW)
    second.refresh_from_db()
    assert second.ended_at is not None
    assert not can_need_to_know(person, about)


def test_the_last_who_keeps_a_list_stays_until_somebody_else_does() -> None:
    about, keeper = case(), officer()
    line = listed(about, keeper)
    answer = browser(keeper).post(address(about, f"end/{line.pk}/"), {"reason": "Left"})
    assert "Nobody would be left who keeps this list." in answer.content.decode()
    assert can_need_to_know(keeper, about)
    added(about, officer("Dee Doctor"))
    assert browser(keeper).post(address(about, f"end/{line.pk}/"), {"reason": "Left"})["Location"] == "/"
    assert not can_need_to_know(keeper, about)


def test_somebody_to_whom_the_record_is_closed_does_not_count_as_keeping_its_list() -> None:
    about, keeper = case(), officer()
    line = listed(about, keeper)
    conflicted, gone = officer("Connie Conflict"), officer("Gwen Gone")
    for person in (conflicted, gone):
        listed(about, person)
    services.declare_conflict(conflicted, reference="CR-1", by=SYSTEM, now=NOW)
    gone.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(NotPossible, match="Nobody would be left"):
        services.end_line(line, about, reason="Left", by=SYSTEM, now=NOW)
    with pytest.raises(NotPossible, match="Nobody would be left"):
        services.declare_conflict(keeper, about=about, reason=WHY, by=SYSTEM, now=NOW)
    assert can_need_to_know(keeper, about)


def test_whoever_ends_a_place_is_seen_to_look_at_the_list() -> None:
    about, keeper = case(), officer()
    line = listed(about, keeper)
    page = browser(keeper).get(address(about, f"end/{line.pk}/")).content.decode()
    assert "For named people only." in page
    (entry,) = Entry.objects.filter(type="events.record_viewed")
    assert (entry.actor_user_id, entry.subject_id) == (keeper.pk, str(about.pk))


def test_a_place_for_days_to_come_is_taken_back() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    line = added(about, person, first=5, last=9)
    services.end_line(line, about, reason="Not needed", by=SYSTEM, now=NOW)
    with pytest.raises(StaleRecord):
        services.end_line(line, about, reason="Not needed", by=SYSTEM, now=NOW)


def test_closing_a_record_ends_its_list_and_no_other() -> None:
    about, other = case(), case("CR-2")
    keeper, person = officer(), officer("Dee Doctor")
    for record in (about, other):
        listed(record, keeper)
    added(about, person, first=3, last=9)
    assert services.end_list(about, reason="The review is closed", by=SYSTEM, now=NOW) == 2
    assert services.end_list(about, reason="The review is closed", by=SYSTEM, now=NOW) == 0
    assert not can_need_to_know(keeper, about)
    assert can_need_to_know(keeper, other)
    assert Entry.objects.filter(type="knowing.listing_ended").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": TODAY - dt.timedelta(days=1)},
        {"number": None},
        {"reason": ""},
        {"ended_at": NOW},
        {"ended_by_label": "Una"},
    ],
)
def test_the_database_refuses_a_line_that_says_too_little(wrong: dict[str, Any]) -> None:
    plain: dict[str, Any] = {
        "app": "restricted", "model": "casenote", "number": 1, "user": officer(), "reason": WHY, "starts_on": TODAY,
        "ends_on": TODAY, "added_at": NOW, "added_by_label": "Una",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.create(**{**plain, **wrong})


def test_a_name_is_shown_once_it_is_asked_for_and_that_is_written_down() -> None:
    about, keeper = case(), officer()
    listed(about, keeper)
    client = browser(keeper)
    shown = client.post(address(about, "name/"), {"back": "/cases/"})
    assert "Tamsin Quillback" in shown.content.decode()
    assert 'href="/cases/"' in shown.content.decode()
    (entry,) = Entry.objects.filter(type="knowing.name_shown")
    assert (entry.actor_user_id, entry.subject_id, entry.tier, entry.subject_title) == (
        keeper.pk, str(about.pk), "T4", "",
    )  # fmt: skip
    away = client.post(address(about, "name/"), {"back": "https://elsewhere.example/"})
    assert "elsewhere" not in away.content.decode()
    assert client.get(address(about, "name/")).status_code == 405
    assert browser(officer("Stan Stranger")).post(address(about, "name/")).status_code == 404
    assert Entry.objects.filter(type="knowing.name_shown").count() == 2


def test_a_kind_that_nobody_offered_is_not_found() -> None:
    assert browser(officer()).get("/need-to-know/plans/plan/1/").status_code == 404


def test_whoever_is_on_a_list_is_told_once_before_their_place_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    added(about, person, last=numbers().list_told_days)
    added(about, officer("Lena Later"), last=numbers().list_told_days + 1)
    ended = added(about, officer("Evan Ended"))
    services.end_line(ended, about, reason="Left", by=SYSTEM, now=NOW)
    reader = officer("Rea Reader")
    added(about, reader, last=numbers().list_told_days)
    keeps = {person.pk}
    monkeypatch.setattr(
        "sightline.knowing.services.lists.can_keep_list", lambda user, about, now: user.pk in keeps
    )
    assert [services.tell_of_endings(NOW) for _ in range(2)] == [2, 2]
    told = {mail.to: mail.text + mail.subject for mail in OutgoingMail.objects.all()}
    assert set(told) == {person.email, reader.email}
    assert address(about) in told[person.email]
    assert address(about) not in told[reader.email]
    assert not re.search("CR-1|Marzipan|Quillback|case note", "".join(told.values()))


def test_whoever_has_a_later_place_or_may_not_read_it_all_the_same_is_not_told() -> None:
    about, followed, conflicted, gone = (
        case(), officer(), officer("Connie Conflict"), officer("Gwen Gone")
    )  # fmt: skip
    for person in (followed, conflicted, gone):
        added(about, person, last=2)
    added(about, followed, first=3, last=90)
    services.declare_conflict(conflicted, about=about, by=SYSTEM, now=NOW)
    gone.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    assert services.tell_of_endings(NOW) == 0


def test_the_page_shows_every_place_that_stands_however_many_were_ended() -> None:
    about, keeper = case(), officer()
    listed(about, keeper)
    Listed.objects.bulk_create(
        Listed(
            app="restricted", model="casenote", number=about.pk, user=keeper, reason=WHY, starts_on=TODAY,
            ends_on=TODAY, added_at=NOW, added_by_label="Una", ended_at=NOW, ended_by_label="Una",
        )
        for _ in range(101)
    )  # fmt: skip
    page = browser(keeper).get(address(about)).context["page"]
    assert [line.name for line in page.lines] == ["Cass Reviewer"]
    assert len(page.older) == 100


def test_the_page_says_to_whom_the_record_is_closed_although_they_are_listed() -> None:
    about, keeper = case(), officer()
    conflicted, gone = officer("Connie Conflict"), officer("Gwen Gone")
    for person in (keeper, conflicted, gone):
        listed(about, person)
    services.declare_conflict(conflicted, reference="cr-1", by=SYSTEM, now=NOW)
    gone.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    page = browser(keeper).get(address(about)).context["page"]
    assert {line.name: line.state for line in page.lines} == {
        "Cass Reviewer": "Reads it",
        "Connie Conflict": "Closed to them",
        "Gwen Gone": "Closed to them",
    }


def test_a_place_can_be_given_anew_before_it_ends() -> None:
    about, person = case(), officer()
    listed(about, person)
    last = TODAY + dt.timedelta(days=numbers().list_days)
    added(about, person, first=(last - TODAY).days + 1, last=(last - TODAY).days + 9)
    later = NOW + dt.timedelta(days=(last - TODAY).days + 5)
    assert can_need_to_know(person, about, now=later)
    keeper = officer("Kay Keeper")
    listed(about, keeper)
    services.end_line(
        Listed.objects.filter(user=person).earliest("pk"), about, reason="Left", by=SYSTEM, now=NOW
    )
    assert not can_need_to_know(person, about, now=later)
