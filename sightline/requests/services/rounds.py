"""Opening and closing rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from sightline.access.rules import normal_email
from sightline.events.choices import SYSTEM, Actor
from sightline.events.services import deed, entered, record
from sightline.jobs.services import enqueue
from sightline.partners.choices import Unacceptable
from sightline.partners.models import Person
from sightline.requests.choices import RoundState
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import Closing, kind_named
from sightline.requests.models import Asked, Round
from sightline.requests.rules import numbers
from sightline.requests.services.links import open_rounds
from sightline.requests.services.sending import SEND_JOB
from sightline.retention.rules.definitions import over_by

NOBODY = "Choose at least one person to ask."
STANDING = "A round about this is open already. Close it first."


@dataclass(frozen=True, slots=True)
class RoundGiven:
    """A new round about the record of a number, open from today until `closes_on`."""

    kind: str
    record: int
    title: str
    about: str
    closes_on: date
    group_key: str = ""


@dataclass(frozen=True, slots=True)
class AskedGiven:
    """Somebody to be asked, and the owners for whom they answer, each as kind and number."""

    person: Person
    answers_for: tuple[tuple[str, int], ...]


@deed
def open_round(given: RoundGiven, asked: Sequence[AskedGiven], *, by: Actor, now: datetime) -> Round:
    """Open a round; its e-mails go out by a job. People of one address are asked once. Raises Unacceptable."""
    kind_named(given.kind)
    _check(given, asked, timezone.localdate(now))
    made = _made(given, by, now)
    rows = _rows(made, asked, ())
    Asked.objects.bulk_create(rows)
    after = {"about": made.about, "closes_on": made.closes_on, "asked": len(rows)}
    record(RequestEntry.ROUND_OPENED, by=by, subject=made, after=after)
    if not kind_named(given.kind).is_pressing:
        enqueue(SEND_JOB, by=SYSTEM)
    return made


def _made(given: RoundGiven, by: Actor, now: datetime) -> Round:
    try:
        return Round.objects.create(
            kind=given.kind,
            record=given.record,
            title=given.title.strip(),
            about=given.about[:200],
            group_key=given.group_key,
            opens_on=timezone.localdate(now),
            closes_on=given.closes_on,
            **entered(by, now),
        )
    except IntegrityError:
        # Somebody opened one about the same record at this moment; the whole deed ends with it.
        raise Unacceptable({"": STANDING}) from None


def _check(given: RoundGiven, asked: Sequence[AskedGiven], today: date) -> None:
    if not given.title.strip():
        raise Unacceptable({"title": "Enter what the round is called"})
    _check_days(given, today)
    if not asked:
        raise Unacceptable({"": NOBODY})
    if Round.objects.filter(kind=given.kind, record=given.record, state=RoundState.OPEN).exists():
        raise Unacceptable({"": STANDING})


def _check_days(given: RoundGiven, today: date) -> None:
    """The last day of a kind that presses is that of its record, today or a year ahead."""
    if kind_named(given.kind).is_pressing:
        if given.closes_on < today:
            raise Unacceptable({"closes_on": "The last day is past."})
        return
    if given.closes_on <= today:
        raise Unacceptable({"closes_on": "The last day must lie after today."})
    if (given.closes_on - today).days > numbers().most_days_open:
        raise Unacceptable({"closes_on": f"A round stays open {numbers().most_days_open} days at most."})


def _rows(made: Round, asked: Sequence[AskedGiven], standing: Iterable[Asked]) -> list[Asked]:
    """One row for each address, those that stand among them; new ones are not saved yet."""
    found = {row.email: row for row in standing}
    for each in asked:
        to = normal_email(each.person.email)
        row = found.setdefault(
            to,
            Asked(
                round=made,
                person=each.person,
                agency_id=each.person.agency_id,
                name=each.person.name,
                email=to,
            ),
        )
        new = [list(party) for party in each.answers_for]
        row.answers_for = [*row.answers_for, *(party for party in new if party not in row.answers_for)]
    return list(found.values())


@deed
def ask_more(found: Round, asked: Sequence[AskedGiven], *, by: Actor, now: datetime) -> list[Asked]:
    """Ask these, too, in an open round; a link that was ended stays so until a new one is sent. Returns their rows."""
    rows = _rows(found, asked, Asked.objects.filter(round=found))
    wanted = {normal_email(each.person.email) for each in asked}
    if new := [row for row in rows if row.pk is None]:
        Asked.objects.bulk_create(new)
        record(RequestEntry.MORE_ASKED, by=by, subject=found, after={"asked": len(new)})
    Asked.objects.bulk_update([row for row in rows if row not in new], ["answers_for"])
    return [row for row in rows if row.email in wanted]


@deed
def move_round(found: Round, about: str, closes_on: date, *, asks_anew: bool = False, by: Actor) -> bool:
    """Let an open round follow its record, whose name or last day changed. Returns whether anything did.

    `asks_anew`: what was answered before is about something else now; those who answered are asked again.
    """
    before = {"about": found.about, "closes_on": found.closes_on}
    after = {"about": about[:200], "closes_on": max(closes_on, found.opens_on)}
    if before == after:
        return False
    moved = open_rounds().filter(pk=found.pk).update(version=F("version") + 1, **after)
    if moved:
        anew = asks_anew and Asked.objects.filter(round=found).update(answers=0, answered_at=None)
        after |= {"asked_anew": anew} if anew else {}
        record(RequestEntry.ROUND_MOVED, by=by, subject=found, before=before, after=after)
        found.refresh_from_db()
    return bool(moved)


@deed
def close_round(found: Round, *, by: Actor, now: datetime) -> bool:
    """Close a round: its links lead nowhere from then on. Returns whether it was open."""
    live = open_rounds().filter(pk=found.pk).first()
    if live is None:
        return False
    _close(live, timezone.localdate(now), by, now)
    return True


@deed
def close_past(*, now: datetime) -> int:
    """Close the rounds whose last day is past. Returns how many."""
    past = list(open_rounds().filter(closes_on__lt=timezone.localdate(now)))
    for each in past:
        _close(each, each.closes_on, SYSTEM, now)
    return len(past)


def _close(live: Round, on: date, by: Actor, now: datetime) -> None:
    live.state, live.closed_on, live.version = RoundState.CLOSED.value, on, live.version + 1
    live.save(update_fields=["state", "closed_on", "version"])
    came = live.asked.filter(answers__gt=0).count()
    after = {"asked": live.asked.count(), "answered": came, "closed_on": on}
    record(RequestEntry.ROUND_CLOSED, by=by, subject=live, after=after)
    kind_named(live.kind).closed(Closing(live.kind, live.record, live.pk, live.opens_on, on), now)


@deed
def forget_old_rounds(*, now: datetime) -> int:
    """Delete rounds that are kept no longer, with whom they asked; what was told stays. Returns how many.

    For how long after they closed: `definitions/retention.yaml`.
    """
    old = Round.objects.filter(closed_on__lte=over_by("update_rounds", timezone.localdate(now)))
    return old.delete()[1].get("requests.Round", 0)


@deed
def note_list_taken(found: Round, format: str, asked: str, *, by: Actor) -> None:
    """Journal that the list of those asked was taken away: in which format, narrowed how (the address's question)."""
    after = {"format": format, "asked": asked[:500]}
    record(RequestEntry.LIST_TAKEN, by=by, subject=found, after=after)
