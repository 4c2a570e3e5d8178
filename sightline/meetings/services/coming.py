"""What members say before a meeting: whether they come. Each answer is a row; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.meetings.choices import EXPECTED_LABELS, Attendance, ReplyHow
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.invited import about, lines_of
from sightline.meetings.models import Meeting, Reply
from sightline.meetings.selectors.invitations import KIND, PERSON, holders_of, takes_answers
from sightline.partners.models import Person
from sightline.requests import services as requests
from sightline.requests.choices import RoundState
from sightline.requests.letters import Letter
from sightline.requests.models import Asked, RoundMail

OVER = "The meeting has begun, is over, or was cancelled: nobody is asked any more whether they come."
NO_SEAT = "{name} holds no seat of this group on the day of the meeting."
NOT_SAID = "Say whether you come"
RECEIPT = """Thank you. This came in on {moment}:

{said}

{lines}

You may change it by the same link until the meeting begins. If it was not you who answered, tell {by} at once.
"""


@dataclass(frozen=True, slots=True)
class ReplyGiven:
    """Whether somebody comes. `name`: the deputy, where they know who; `words`: what they add."""

    coming: Attendance
    name: str = ""
    words: str = ""


@deed
def reply(
    meeting: Meeting,
    told: Mapping[Person, ReplyGiven],
    *,
    how: ReplyHow,
    link: RoundMail | None = None,
    by: Actor,
    now: datetime,
) -> list[Reply]:
    """Add what these people say: by the link of an address, or on the page. The last answer of each counts.

    Raises Unacceptable; LinkOver where the link was ended, the meeting began or the seat was left meanwhile.
    """
    live = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    _check(live, told, link, now)
    rows = Reply.objects.bulk_create(
        _row(live, person, given, how, by, now) for person, given in told.items()
    )
    asked = link.asked if link else _asked(live, told)
    if asked:
        receipt = _receipt(live, rows, asked, now) if link else None
        requests.note_answered(asked, link, by=by, now=now, receipt=receipt)
    for row in rows:
        after = {
            "person": row.person_id,
            "coming": EXPECTED_LABELS[Attendance(row.coming)],
            "how": how.value,
            **{name: value for name, value in (("deputy", row.name), ("words", row.words)) if value},
        }
        record(MeetingEntry.COMING_SAID, by=by, subject=live, after=after)
    return rows


def _check(live: Meeting, told: Mapping[Person, ReplyGiven], link: RoundMail | None, now: datetime) -> None:
    holders = {person.pk for person in holders_of(live)}
    gone = next((person for person in told if person.pk not in holders), None)
    is_over = not takes_answers(live, now)
    if link is not None and (is_over or gone):
        raise requests.LinkOver
    if is_over or gone:
        raise Unacceptable({"": OVER if is_over or gone is None else NO_SEAT.format(name=gone.name)})
    if not told:
        raise Unacceptable({"": NOT_SAID})
    for given in told.values():
        if given.coming not in EXPECTED_LABELS:
            raise Unacceptable({"coming": NOT_SAID})


def _row(live: Meeting, person: Person, given: ReplyGiven, how: ReplyHow, by: Actor, now: datetime) -> Reply:
    is_sent = given.coming == Attendance.DEPUTY
    return Reply(
        meeting=live,
        person=person,
        held_on=live.held_on,
        coming=given.coming.value,
        name=given.name.strip()[:200] if is_sent else "",
        words=given.words.strip()[:500],
        how=how.value,
        **entered(by, now),
    )


def _asked(live: Meeting, told: Mapping[Person, ReplyGiven]) -> Asked | None:
    """The row of the open request that asks any of these, so that nobody who answered is reminded."""
    rows = Asked.objects.filter(round__kind=KIND, round__record=live.pk, round__state=RoundState.OPEN)
    numbers = [[PERSON, person.pk] for person in told]
    found = (
        row for row in rows.select_related("round") if any(party in row.answers_for for party in numbers)
    )
    return next(found, None)


def _receipt(live: Meeting, rows: list[Reply], asked: Asked, now: datetime) -> Letter:
    said = "\n".join(f"{row.person.name}: {said_in_words(row)}" for row in rows)
    text = RECEIPT.format(
        moment=f"{timezone.localtime(now):%-d %B %Y, %H:%M}",
        said=said,
        lines=lines_of(live),
        by=asked.round.entered_by_label,
    )
    return Letter(f"Your answer came in: {about(live)}", text)


def said_in_words(row: Reply) -> str:
    """Whether somebody comes, as one line."""
    named = f" ({row.name})" if row.name else ""
    return f"{EXPECTED_LABELS[Attendance(row.coming)].lower()}{named}"
