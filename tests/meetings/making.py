"""Making meetings for tests, by the services that people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.meetings.choices import Attendance, MeetingDeed, Part, Rhythm
from sightline.meetings.models import (
    Interest,
    Item,
    Meeting,
    Pack,
    Paper,
    PassedOn,
    PublicMinutes,
    PublishedTable,
    Series,
)
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.selectors.items import standing_texts
from sightline.meetings.selectors.meetings import attended_at, places_at
from sightline.meetings.selectors.public import parts_of
from sightline.meetings.services import (
    CameGiven,
    ItemGiven,
    MeetingGiven,
    MinuteGiven,
    add_item,
    begin_series,
    do,
    enter_attendance,
    minute,
    plan_meeting,
    set_rule,
)
from sightline.meetings.services.interests import InterestGiven, declare_interest
from sightline.meetings.services.packs import ask_packs, make_pack
from sightline.meetings.services.papers import PaperGiven, add_paper
from sightline.meetings.services.passed import PassedGiven, pass_on
from sightline.meetings.services.public import PartGiven, ask_public, change_public
from sightline.meetings.services.public_making import make_public
from sightline.meetings.services.published import read_published, upload_published
from sightline.partners.models import Agency, Group, Seat
from sightline.partners.services import create_person
from tests.partners.making import fill, make_seat

MET, NEXT = date(2026, 6, 10), date(2026, 9, 9)
ALWAYS = date(2020, 1, 1)


def make_series(group: Group, standing: str = "Apologies\nActions", **given: Any) -> Series:
    words = {"name": "Quarterly meeting", "rhythm": Rhythm.QUARTER, "standing": standing} | given
    return begin_series(group, **words, by=SYSTEM, now=timezone.now())


def make_meeting(group: Group, held_on: date = MET, **given: Any) -> Meeting:
    return plan_meeting(group, MeetingGiven(held_on, **given), by=SYSTEM, now=timezone.now())


def make_rule(group: Group, starts_on: date = ALWAYS, *agencies: Agency, **asked: Any) -> None:
    stamp: dict[str, Any] = {"by": SYSTEM, "now": timezone.now()}
    set_rule(group, QuorumAsked(**asked), starts_on, agencies, counts_development=False, **stamp)


def seat_of(group: Group, agency: Agency, name: str = "", **given: Any) -> Seat:
    """A seat of the group, held since January where somebody is named."""
    seat = make_seat(group, agency, **given)
    if name:
        fill(seat, create_person(name, agency=agency, by=SYSTEM))
    return seat


def came(meeting: Meeting, **status: Any) -> Meeting:
    """Attendance entered: `seats` is a mapping of seat to status, or to (status, name)."""
    told = {}
    for seat, said in status["seats"].items():
        word, name = said if isinstance(said, tuple) else (said, "")
        told[(seat.pk, 1)] = CameGiven(Attendance(word), name)
    places = places_at(meeting, attended_at(meeting))
    return enter_attendance(
        meeting,
        places,
        told,
        status.get("guests", ()),
        version=meeting.version,
        by=SYSTEM,
        now=timezone.now(),
    )


def moved(meeting: Meeting, *deeds: MeetingDeed, **given: Any) -> Meeting:
    for deed in deeds:
        meeting = do(meeting, deed, version=meeting.version, by=SYSTEM, now=timezone.now(), **given)
    return meeting


PRINTED = (
    "The board met six times.\n\nAttendance\n\nPolice\t83%\nLay member\t86%\nHealth\t50%\nSchools\t100%\n"
)


def make_published(group: Group, content: bytes | str = PRINTED, name: str = "report.txt") -> PublishedTable:
    """A published table of attendance that was uploaded and read."""
    data = content.encode() if isinstance(content, str) else content
    made = upload_published(group, ContentFile(data, name=name), by=SYSTEM, now=timezone.now())
    return read_published(made.pk, by=SYSTEM)


def make_item(meeting: Meeting, title: str = "Neglect", **given: Any) -> Item:
    return add_item(meeting, ItemGiven(title, **given), by=SYSTEM, now=timezone.now())


def make_paper(item: Item, data: bytes = b"The paper.", name: str = "paper.txt", **given: Any) -> Paper:
    """A paper handed in; confidential where its item is."""
    told = PaperGiven(**({"title": name.partition(".")[0], "tier": Tier(item.tier)} | given))
    return add_paper(item, told, ContentFile(data, name=name), by=SYSTEM, now=timezone.now())


def make_packs(meeting: Meeting) -> list[Pack]:
    """The packs of a meeting, asked for and made, of which each step is a step forward."""
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int, told: str) -> None:
        steps.append((done, total))

    asked = ask_packs(meeting, by=SYSTEM, now=timezone.now())
    made = [make_pack(each.pk, progress=progress, by=SYSTEM, now=timezone.now()) for each in asked]
    assert steps
    assert all(0 <= done <= total for done, total in steps)
    return made


def minuted(item: Item, text: str = "", seen: Any = (), **given: Any) -> Item:
    """The item minuted; `seen` None stands for all texts that stand."""
    seen = standing_texts([item.pk]).values_list("pk", flat=True) if seen is None else seen
    minute(item, MinuteGiven(text, list(seen), **given), by=SYSTEM, now=timezone.now())
    return Item.objects.select_related("meeting__group", "meeting__series").get(pk=item.pk)


def make_interest(item: Item, text: str = "My sister runs it.", part: Part = Part.LEFT) -> Interest:
    """An interest that a guest declared about an item."""
    given = InterestGiven("A guest", text, part, item=item)
    return declare_interest(item.meeting, given, by=SYSTEM, now=timezone.now())


def approved(meeting: Meeting) -> Meeting:
    """The meeting with its minutes approved at a later one."""
    before = [MeetingDeed.HOLD] if meeting.state == "planned" else []
    checked = moved(meeting, *before, MeetingDeed.CHECK)
    seats = {seat: "present" for seat in Seat.objects.filter(group=meeting.group)[:1]}
    later = came(make_meeting(meeting.group, NEXT), seats=seats)
    return moved(checked, MeetingDeed.APPROVE, approved_at=later)


def given_of(found: PublicMinutes, shown: str = "show") -> dict[int, PartGiven]:
    """What is said of every item of a public version, all the same."""
    return {each.pk: PartGiven(each.title, each.text, shown, each.reason) for each in parts_of(found)}


def make_public_of(of: Meeting | PublicMinutes, shown: str = "") -> PublicMinutes:
    """The draft of a public version, of a meeting or as it was asked for; `shown`: what is said of every item."""
    stamp: dict[str, Any] = {"by": SYSTEM, "now": timezone.now()}
    asked = ask_public(of, **stamp) if isinstance(of, Meeting) else of
    made = make_public(asked.pk, **stamp)
    return change_public(made, made.version, given_of(made, shown), **stamp) if shown else made


def make_passed(group: Group, agency: Agency, what: str = "The neglect pathway", **given: Any) -> PassedOn:
    """What the member of a seat passed on after a meeting that took place."""
    seat = seat_of(group, agency, "Ann Archer")
    meeting = came(make_meeting(group), seats={seat: "present"})
    told = PassedGiven(what, "Team leaders", **{"as_at": MET, **given})
    return pass_on(meeting, seat, told, by=SYSTEM, now=timezone.now())
