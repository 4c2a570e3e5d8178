"""The public version of minutes from draft to file: what is left out is in no file, and who may do what."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import PublicDeed, Ruling
from sightline.meetings.models import Decision, Meeting, PublicMinutes, PublicPart
from sightline.meetings.reports_of_public import told_of
from sightline.meetings.selectors.public import parts_of
from sightline.meetings.services import rule_on
from sightline.meetings.services.public import ask_public, change_public, do_public, fail_public
from sightline.messages.models import News
from sightline.partners.choices import Position
from tests.access.people import World, enter, world
from tests.meetings.making import (
    NEXT,
    approved,
    came,
    given_of,
    make_interest,
    make_item,
    make_meeting,
    make_public_of,
    make_rule,
    minuted,
    seat_of,
)
from tests.walks.test_nothing_leaks import words_in

pytestmark = pytest.mark.django_db
SECRET = "Acorn House is to be closed"


@pytest.fixture
def made() -> World:
    return world()


def minutes(made: World) -> Meeting:
    """Approved minutes: an open item with names, a confidential one, one that is to be left out whole."""
    seats = {
        seat_of(made.group, made.agency, "Ann Archer"): "present",
        seat_of(made.group, made.agency, "Cleo Chair", position=Position.CHAIR): ("deputy", "Dee Deputy"),
    }
    make_rule(made.group, least_agencies=9)
    make_rule(made.group, NEXT)
    meeting = make_meeting(made.group)
    item = make_item(meeting, "Neglect")
    make_interest(item, "My sister runs it.")
    text = f"Ann Archer said that {SECRET}. Cleo Chair and Gus Guest asked why."
    minuted(item, text, decision="Write to Dee Deputy.", line="Call the trust — Zed Zephyr — 12 July 2026")
    closed = make_item(meeting, "Bistort matter", tier=Tier.T2)
    minuted(closed, "Bistort words.", decision="Bistort decision.")
    make_interest(closed, "Bistort interest.")
    minuted(make_item(meeting, "The Oak contract"), "It was awarded.")
    came(meeting, seats=seats, guests=["Gus Guest, Fire service"])
    return approved(Meeting.objects.get(pk=meeting.pk))


def ratified(meeting: Meeting) -> None:
    """What was decided at the meeting, which was not quorate, is ratified at the one that approved its minutes."""
    later = meeting.approved_at
    found, stamp = Decision.objects.get(tier="T1"), {"by": SYSTEM, "now": timezone.now()}
    rule_on(found, Ruling.RATIFY, later, version=found.version, **stamp)


def test_from_draft_to_issue_and_no_file_holds_what_is_left_out(made: World) -> None:
    meeting = minutes(made)
    unit, chair, owner = (enter(Client(), made.person(role)) for role in ("unit", "chair", "owner"))
    page = f"/meetings/{meeting.pk}/public/"
    assert owner.post(page).status_code == 403
    unit.post(page)
    draft = make_public_of(PublicMinutes.objects.get())
    first, last = parts_of(draft)
    assert (first.place, last.place, draft.items) == (1, 3, 3)
    assert first.text == (
        f"[[Ann Archer => Wealdshire Police]] said that {SECRET}. "
        "Cleo Chair and [[Gus Guest => a guest]] asked why.\n\n"
        "Decided (provisional): Write to [[Dee Deputy => Wealdshire Police]].\n\n"
        "To do: Call the trust — [[Zed Zephyr => a person]] — by 12 July 2026"
    )
    assert "Version 1" not in owner.get(page).content.decode()
    assert "Items: 1 and 3." in unit.get(page).content.decode()
    sent = {f"{name}-{part.pk}": getattr(part, name) for part in (first, last) for name in ("title", "text")}
    sent |= {"seen": str(draft.version), f"shown-{first.pk}": "show", f"shown-{last.pk}": "out"}
    cut = first.text.replace(SECRET, f"[[{SECRET}]]")
    address = f"/meetings/public/{draft.pk}/"
    refused = unit.post(f"{address}edit/", sent | {f"text-{first.pk}": cut}).content.decode()
    assert "Choose why words of item 1 are left out" in refused
    assert "Choose why words of item 3 are left out" in refused
    sent |= {f"reason-{first.pk}": "personal", f"reason-{last.pk}": "commercial"}
    unit.post(f"{address}edit/", sent | {f"text-{first.pk}": cut})
    assert owner.post(f"{address}look/", {"seen": "2"}).status_code == 404
    assert "somebody else who keeps" in unit.post(f"{address}look/", {"seen": "2"}).content.decode()
    chair.post(f"{address}look/", {"seen": "2"})
    assert owner.get(f"{address}file/pdf/").status_code == 404
    unit.post(f"{address}issue/", {"seen": "3"})
    told = News.objects.get(kind="minutes_public")
    assert (told.for_scope, told.url, told.title) == (f"group:{made.group.key}", page, str(meeting))
    for kind in ("pdf", "docx", "html"):
        words = words_in(owner.get(f"{address}file/{kind}/").content)
        read = " ".join(re.sub(r"<[^>]*>", " ", words).split())
        for told in ("[left out: personal information]", "3. [item left out: commercially sensitive]"):
            assert told in read, kind
        assert "2. One confidential item" in read
        assert "A guest, item 1: left the room." in read
        for gone in ("Acorn", "Archer", "Dee", "Gus", "Zephyr", "Oak", "awarded", "Bistort", "sister"):
            assert gone not in words, (kind, gone)
        assert "Cleo Chair" in words
    assert owner.get(f"{address}file/csv/").status_code == 404
    shown = owner.get(page).content.decode()
    assert "Left out: 1 passage and 1 whole item. Why: personal information (1) and commercially" in shown
    assert "Replaced by an agency or a post: 4 names." in shown
    assert "Not part of this version: 1 confidential item." in shown
    assert not Entry.objects.filter(type__startswith="meetings.public", after__contains="Acorn").exists()


def test_what_was_issued_stands_and_is_older_once_the_minutes_are_put_right(made: World) -> None:
    meeting = minutes(made)
    draft = make_public_of(meeting, shown="show")
    by, now = made.person("unit").actor, timezone.now()
    looked = do_public(draft, PublicDeed.LOOK, draft.version, by=by, now=now)
    with pytest.raises(Unacceptable, match="no draft any more"):
        change_public(looked, looked.version, given_of(looked), by=by, now=now)
    issued = do_public(looked, PublicDeed.ISSUE, looked.version, by=by, now=now)
    before = told_of(issued, parts_of(issued))
    client, page = enter(Client(), made.person("owner")), f"/meetings/{meeting.pk}/public/"
    assert "older than the minutes" not in client.get(page).content.decode()
    ratified(meeting)
    assert "older than the minutes" in client.get(page).content.decode()
    assert told_of(PublicMinutes.objects.get(), parts_of(issued)) == before
    # What was left out is proposed again in the next version, where the minutes say the same.
    PublicPart.objects.filter(of=issued, place=3).update(title="The [[Oak]] contract", reason="commercial")
    again = make_public_of(ask_public(meeting, by=SYSTEM, now=now))
    assert [(each.title, each.shown) for each in parts_of(again)] == [
        ("Neglect", ""),
        ("The [[Oak]] contract", "show"),
    ]
    with pytest.raises(Unacceptable, match="worked on already"):
        ask_public(meeting, by=SYSTEM, now=now)
    assert "Replaced by version" not in client.get(page).content.decode()
    PublicMinutes.objects.filter(pk=again.pk).update(state="issued", issued_at=now)
    assert "Replaced by version 2" in client.get(page).content.decode()
    gone = do_public(issued, PublicDeed.WITHDRAW, issued.version, "A name was missed.", by=by, now=now)
    assert client.get(f"/meetings/public/{gone.pk}/file/pdf/").status_code == 404


def test_nothing_is_looked_at_that_is_undecided_or_behind_and_minutes_must_stand(made: World) -> None:
    with pytest.raises(Unacceptable, match="not approved yet"):
        ask_public(make_meeting(made.group), by=SYSTEM, now=timezone.now())
    meeting = minutes(made)
    draft = make_public_of(meeting)
    stamp = {"by": made.person("unit").actor, "now": timezone.now()}
    with pytest.raises(Unacceptable, match="whether these are shown: item 1, 3"):
        do_public(draft, PublicDeed.LOOK, draft.version, **stamp)
    with pytest.raises(Unacceptable, match="Say why"):
        do_public(draft, PublicDeed.WITHDRAW, draft.version, **stamp)
    ratified(meeting)
    with pytest.raises(Unacceptable, match="minutes changed since"):
        do_public(draft, PublicDeed.LOOK, draft.version, **stamp)
    do_public(draft, PublicDeed.WITHDRAW, draft.version, "Begun too early.", **stamp)
    waiting = ask_public(meeting, by=SYSTEM, now=timezone.now())
    fail_public(waiting.pk, "It failed.", by=SYSTEM, now=timezone.now())
    assert PublicMinutes.objects.get(pk=waiting.pk).state == "withdrawn"
