"""Membership lists through services and pages: read in, looked over, confirmed whole, or given up."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.governance import services
from sightline.governance.choices import NEW, Fate, ListRefused, ListState
from sightline.governance.models import MemberList
from sightline.governance.rules.lists import Decision
from sightline.governance.selectors.lists import preview
from sightline.governance.selectors.withdrawing import BEFORE, standing_upon
from sightline.partners.models import Agency, Alias, Group, Holding, Person, Seat
from sightline.partners.reports import membership_document
from sightline.partners.selectors import seats_then, standing
from sightline.partners.services import create_agency, create_group, create_person, leave_seat
from sightline.rendering import write
from tests.access.people import enter, world
from tests.governance.making import DAY, HEADING, confirmed, upload
from tests.meetings.making import came, make_meeting
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db
NOW = {"by": SYSTEM, "now": timezone.now()}


def board() -> tuple[Group, Agency, Person]:
    """A group with one seat of the police, which Ann is in."""
    group, police = create_group("Board", by=SYSTEM), create_agency("Weald Rangers", by=SYSTEM)
    ann = create_person("Ann Archer", agency=police, by=SYSTEM)
    fill(make_seat(group, police), ann)
    return group, police, ann


def on(group: Group, day: dt.date = DAY) -> list[tuple[str, list[str]]]:
    seats = seats_then(Seat.objects.filter(standing(day), group=group).select_related("group"), day)
    return [(seat.title, [held.person.name for held in seat.holders]) for seat in seats]


def test_a_list_is_confirmed_whole_and_every_row_is_accounted_for() -> None:
    group, _, ann = board()
    found = upload(
        group,
        HEADING
        + "Brook\tBen\tWeald Rangers\tChief\nCole\tCy\tThe Constables\tClerk\nDale\tDee\t\tLay member\n",
    )
    assert found.state == ListState.PREVIEW
    shown = preview(found)
    assert [each.fate for each in shown.proposals] == [Fate.FOLLOWS, Fate.OUT, Fate.ADDS]
    assert (shown.taken, shown.left_out, [each.person for each in shown.leaving]) == (2, 1, [ann.pk])
    done = confirmed(found)
    assert done.state == ListState.CONFIRMED
    assert [len(done.outcome[kind]) for kind in ("taken", "left_out", "left")] == [2, 1, 1]
    assert done.outcome["left_out"][0]["told"] == "No agency is known as “The Constables”."
    assert on(group) == [("Lay member", ["Dee Dale"]), ("Weald Rangers", ["Ben Brook"])]
    assert on(group, DAY - dt.timedelta(days=1))[1][1] == ["Ann Archer"]
    assert Holding.objects.get(person=ann).end_reason == "Not on the membership list of this day"
    assert Holding.objects.get(person__name="Ben Brook").began_before


def test_what_was_said_of_rows_is_kept_and_remembered() -> None:
    group, police, ann = board()
    found = upload(group, HEADING + "Cole\tCy\tThe Constables\tClerk\nDale\tDee\tFaith Forum\tImam\n")
    said = {0: Decision(agency=str(police.pk), seat=NEW), 1: Decision(agency=NEW)}
    found = services.decide(found, DAY, said, [ann.pk], version=found.version, **NOW)
    done = confirmed(found)
    assert len(done.outcome["taken"]) == 2
    assert on(group)[0][1] == ["Dee Dale"]
    assert sorted(names for _, (*names,) in on(group)) == [["Ann Archer"], ["Cy Cole"], ["Dee Dale"]]
    assert Alias.objects.get(agency=police).text == "The Constables"
    assert done.outcome["stayed"][0]["person"] == ann.pk


def test_a_list_that_sightline_wrote_reads_back_in_whole_and_changes_nothing() -> None:
    group, *_ = board()
    made = world()
    make_seat(group, words="Designated doctor", position="adviser")
    fill(
        make_seat(group, words="Chair of the board", position="chair"),
        create_person("Mary Ann Dee", by=SYSTEM),
    )
    stood = Holding.objects.count()
    for format in ("csv", "xlsx", "docx"):
        file = write(membership_document(made.people["unit"], group, DAY), format)
        shown = preview(found := upload(group, file, f"list.{format}"))
        assert [each.fate for each in shown.proposals] == [Fate.STAYS, Fate.STAYS, Fate.VACANT]
        assert (shown.left_out, shown.leaving) == (0, ())
        assert confirmed(found).outcome["left_out"] == []
    assert (Holding.objects.count(), Seat.objects.filter(group=group).count()) == (stood, 3)


def test_the_published_list_is_exact_and_every_row_of_it_is_taken_or_left_out(shared: Path) -> None:
    paper = next((shared / "seeds").glob("001_*"))
    truth = json.loads((shared / "truth" / "001_membership.json").read_text(encoding="utf-8"))
    group = create_group("Board", by=SYSTEM)
    found = upload(group, paper.read_bytes(), "report.txt", as_at=None)
    wanted = [(f"{r['forename']} {r['surname']}", r["organisation"], r["role"]) for r in truth["rows"]]
    assert [(r["name"], r["organisation"], r["post"]) for r in found.read["rows"]] == wanted
    assert found.read["as_at"] == truth["as_at"]
    every = {
        each.row.index: Decision(agency=NEW) for each in preview(found).proposals if each.row.organisation
    }
    day = dt.date.fromisoformat(truth["as_at"])
    done = confirmed(services.decide(found, day, every, [], version=found.version, **NOW))
    assert (len(done.outcome["taken"]), done.outcome["left_out"]) == (len(wanted), [])
    assert Holding.objects.filter(seat__group=group, starts_on=day).count() == len(wanted)
    agencies = {r["organisation"] for r in truth["rows"]} - {""}
    assert Agency.objects.count() == len(agencies)


def test_what_cannot_be_used_is_said_and_nothing_is_half_done() -> None:
    group, *_ = board()
    refused = upload(group, "Minutes\n\nThe board met in June.\n")
    assert (refused.state, refused.refusal[:23]) == (ListState.REFUSED, "No table of members was")
    found = upload(group, HEADING + "Brook\tBen\tWeald Rangers\tChief\nCole\tCy\t\tClerk\n", as_at=None)
    with pytest.raises(ListRefused, match="Say first of which day"):
        services.ask_to_confirm(found, version=found.version, seen="", by=SYSTEM)
    found = services.decide(found, DAY, {}, [], version=found.version, **NOW)
    asked = services.ask_to_confirm(found, version=found.version, seen="something else", by=SYSTEM)
    back = services.confirm_as_asked(asked.pk, asked.version, **NOW)
    assert (back.state, back.trouble[:22]) == (ListState.PREVIEW, "What the list would ch")
    assert not Person.objects.filter(name="Ben Brook").exists()
    again = services.confirm_as_asked(asked.pk, asked.version, **NOW)  # the job, tried again
    assert again.version == back.version
    services.discard(back, version=back.version, by=SYSTEM)
    with pytest.raises(ListRefused, match="given up"):
        services.ask_to_confirm(back, version=back.version + 1, seen="", by=SYSTEM)


def test_a_row_that_a_seat_refuses_is_left_out_with_its_sentence() -> None:
    group, police, _ = board()
    seat = Seat.objects.get(group=group)
    later = create_person("Lia Later", agency=police, by=SYSTEM)
    Holding.objects.update(ends_on=dt.date(2026, 2, 1))
    fill(seat, later, dt.date(2026, 9, 1))
    done = confirmed(upload(group, HEADING + "Brook\tBen\tWeald Rangers\tChief\nDale\tDee\t\tLay member\n"))
    assert done.outcome["left_out"][0]["told"] == "The seat is held on these days by: Lia Later."
    assert len(done.outcome["taken"]) == 1
    assert not Person.objects.filter(name="Ben Brook").exists()


def test_the_pages_of_a_list(client: Client) -> None:
    group, police, ann = board()
    enter(client, world().people["unit"])
    lists = reverse("governance:lists", args=[group.pk])
    text = HEADING + "Brook\tBen\tWeald Rangers\tChief\nCole\tCy\tThe Constables\tClerk\n"
    sent: dict[str, Any] = {"file": _file(text)}
    one = client.post(lists, sent)["Location"]
    assert "The list waits to be read" in client.get(one).content.decode()
    found = services.read_list(MemberList.objects.get().pk, by=SYSTEM)
    page = client.get(one).content.decode()
    assert "2 rows: 1 to be taken, 1 left out" in page
    assert "Ann Archer: Weald Rangers" in page
    assert "Which agency is “The Constables”?" in page
    said = {
        "version": found.version,
        "as_at-day": 1,
        "as_at-month": 6,
        "as_at-year": 2026,
        "agency0": police.pk,
    }
    answer = client.post(one, {**said, "stay": [ann.pk]})
    assert answer.status_code == 302, answer.content.decode()
    assert client.post(one, said).status_code == 422  # somebody saved meanwhile
    page = client.get(one).content.decode()
    assert "2 rows could be for the seat “Weald Rangers”" in page
    seats = {"seat0": Seat.objects.get(group=group).pk, "seat1": NEW}
    assert client.post(one, {**said, **seats, "version": found.version + 1}).status_code == 302
    assert "Confirm the list" in client.get(one).content.decode()
    found.refresh_from_db()
    mark = preview(found).mark
    client.post(reverse("governance:list_confirm", args=[found.pk]), {"version": found.version, "seen": mark})
    found.refresh_from_db()
    assert found.state == ListState.CONFIRMING
    services.confirm_as_asked(found.pk, found.version, **NOW)
    assert "What became of its rows" in client.get(one).content.decode()
    assert (
        b"".join(client.get(reverse("governance:list_file", args=[found.pk])).streaming_content)
        == text.encode()
    )
    assert "members.tsv" in client.get(lists).content.decode()


def withdrawn(found: MemberList, reason: str = "The list of another year") -> MemberList:
    asked = services.ask_to_withdraw(found, reason, version=found.version, by=SYSTEM)
    return services.withdraw_as_asked(asked.pk, asked.version, **NOW)


def test_a_confirmed_list_is_withdrawn_whole_and_nothing_is_lost() -> None:
    group, _police, ann = board()
    before = {day: on(group, day) for day in (DAY - dt.timedelta(days=1), DAY, dt.date(2026, 11, 1))}
    text = HEADING + "Brook\tBen\tWeald Rangers\tChief\nDale\tDee\t\tLay member\n"
    done = confirmed(upload(group, text))
    assert on(group) == [("Lay member", ["Dee Dale"]), ("Weald Rangers", ["Ben Brook"])]
    with pytest.raises(Unacceptable, match="Say why"):
        services.ask_to_withdraw(done, " ", version=done.version, by=SYSTEM)
    with pytest.raises(StaleRecord):
        services.ask_to_withdraw(done, "Why", version=1, by=SYSTEM)
    done = withdrawn(done)
    assert (done.state, done.withdrawn_because) == (ListState.WITHDRAWN, "The list of another year")
    after = {day: on(group, day) for day in before}
    eve = DAY - dt.timedelta(days=1)
    assert after.pop(eve) == [("Lay member", []), *before.pop(eve)]
    assert after == before
    ben = Holding.objects.get(person__name="Ben Brook")
    assert (ben.is_mistake, ben.end_reason[-24:]) == (True, "The list of another year")
    assert Holding.objects.get(person=ann).end_reason == ""
    assert {row["row"] for row in done.outcome["taken"]} == {0, 1}
    assert confirmed(upload(group, text)).outcome["left_out"] == []


def test_what_stands_upon_a_list_is_said_and_stays() -> None:
    group, _police, ann = board()
    text = HEADING + "Brook\tBen\tWeald Rangers\tChief\n"
    done = confirmed(upload(group, text))
    seat, ben = Seat.objects.get(group=group), Holding.objects.get(person__name="Ben Brook")
    came(make_meeting(group, DAY), seats={seat: "present"})
    with pytest.raises(Unacceptable, match=r"Attendance was entered for one of its seats since.*1 June 2026"):
        withdrawn(done)
    leave_seat(ben, dt.date(2026, 7, 1), version=ben.version, **NOW)
    fill(seat, ann, dt.date(2026, 8, 1))
    confirmed(upload(group, text, as_at=dt.date(2026, 9, 1)))
    told = " ".join(standing_upon(done))
    for words in (
        "The list of 1 September 2026 was confirmed after it.",
        "Ben Brook’s time in the seat “Member” was changed since.",
        "Ann Archer was put into the seat “Member” since.",
    ):
        assert words in told
    MemberList.objects.filter(pk=done.pk).update(
        state=ListState.WITHDRAWING, withdrawn_because="It was the wrong one"
    )
    left = services.withdraw_as_asked(done.pk, done.version, **NOW)
    assert (left.state, left.trouble[:27]) == (ListState.CONFIRMED, "The list was not withdrawn.")
    assert not Holding.objects.filter(is_mistake=True).exists()
    done.outcome.pop("made")
    assert standing_upon(done) == [BEFORE]


def test_the_page_says_which_rows_give_a_role_and_withdraws(client: Client) -> None:
    group, police, _ann = board()
    made = world()
    create_person("Ben Brook", agency=police, user=made.person("executive"), by=SYSTEM)
    enter(client, made.people["unit"])
    found = upload(group, HEADING + "Brook\tBen\tWeald Rangers\tChief\nDale\tDee\t\tLay member\n")
    page = client.get(reverse("governance:list", args=[found.pk])).content.decode()
    assert page.count("with the seat comes the role of") == 1
    done = confirmed(found)
    assert "Withdraw this list" in client.get(reverse("governance:list", args=[done.pk])).content.decode()
    address = reverse("governance:list_withdraw", args=[done.pk])
    assert "Whoever left by the list was in their seat" in client.get(address).content.decode()
    assert client.post(address, {"seen": done.version, "reason": ""}).status_code == 422
    sent = {"seen": done.version, "reason": "The list of another year"}
    assert client.post(address, sent).status_code == 302
    done.refresh_from_db()
    services.withdraw_as_asked(done.pk, done.version, **NOW)
    page = client.get(reverse("governance:list", args=[done.pk])).content.decode()
    assert "It was withdrawn: The list of another year." in page
    assert client.post(address, sent).status_code == 422


def _file(text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("members.tsv", text.encode())
