"""What groups are owed: begun, laid out ahead, came or called off, and gaps that go on an agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q

from sightline.events.choices import SYSTEM, Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import delete_read, held_as_seen, need, today
from sightline.partners.models import Group
from sightline.requests import owing
from sightline.requests.choices import OWED_LABELS, OwedDeed, OwedState
from sightline.requests.entries import RequestEntry
from sightline.requests.models import Cycle, Owed
from sightline.requests.rules import months_on, owed_kinds, owed_numbers, terms
from sightline.requests.selectors import STILL_OWED, gaps
from sightline.screens.words import day

LONGEST = 24
EARLIEST = 24
STAYS = "What is due on {day} came already, or was excused: it can be owed in another way after that day"
AHEAD = "It cannot have come on a day that lies ahead"


@dataclass(frozen=True, slots=True)
class CycleGiven:
    """Something owed to a group by another, or by whoever the words name; `title` "" for the name of its kind."""

    kind: str
    group: Group
    first_due: date
    first_until: date
    months: int
    owed_by: Group | None = None
    owed_by_words: str = ""
    title: str = ""


@deed
def begin_cycle(given: CycleGiven, *, by: Actor, now: datetime) -> Cycle:
    """Say that a group is owed something again and again, and lay it out ahead. Raises Unacceptable."""
    _check(given, today(now))
    made = Cycle.objects.create(
        kind=given.kind,
        title=(given.title.strip() or owed_kinds()[given.kind].label)[:200],
        group=given.group,
        owed_by=given.owed_by,
        owed_by_words="" if given.owed_by else given.owed_by_words.strip(),
        months=given.months,
        first_due=given.first_due,
        first_until=given.first_until,
        **entered(by, now),
    )
    laid = len(Owed.objects.bulk_create(_rows(made, today(now))))
    after = {"title": made.title, "group": given.group.name, "owed_by": made.who, "months": made.months}
    record(RequestEntry.CYCLE_BEGUN, by=by, subject=made, after={**after, "laid_out": laid})
    return made


def _check(given: CycleGiven, on: date) -> None:
    problems = {}
    if given.kind not in owed_kinds():
        problems["kind"] = "Choose what is owed"
    if given.owed_by is None and not given.owed_by_words.strip():
        problems["owed_by"] = "Choose the group that owes it, or write who does"
    if given.owed_by is None and given.kind in owed_kinds() and owed_kinds()[given.kind].is_return:
        problems["owed_by"] = "A return is written by a group: choose which"
    if not 1 <= given.months <= LONGEST:
        problems["months"] = f"Enter how many months lie between, 1 to {LONGEST}"
    if given.first_until > given.first_due:
        problems["first_until"] = "It cannot be due before the time that it tells of is over"
    if given.first_due < months_on(on, -EARLIEST):
        problems["first_due"] = f"Begin within the last {EARLIEST} months"
    if given.first_due > months_on(on, owed_numbers()["ahead_months"]):
        problems["first_due"] = f"The first one lies more than {owed_numbers()['ahead_months']} months ahead"
    if problems:
        raise Unacceptable(problems)


def _rows(cycle: Cycle, on: date, after: date | None = None) -> Iterator[Owed]:
    until = months_on(on, owed_numbers()["ahead_months"])
    for term in terms(cycle.first_due, cycle.first_until, cycle.months, until):
        if after is None or term.due_on > after:
            yield Owed(
                cycle=cycle, due_on=term.due_on, period_from=term.period_from, period_until=term.period_until
            )


@deed
def end_cycle(found: Cycle, version: int, ends_on: date, *, by: Actor) -> Cycle:
    """Nothing of it is owed after the day; what came stays, and what was due before it stays owed.

    Raises Unacceptable, StaleRecord.
    """
    live, _ = _end(found, version, ends_on, by)
    return live


def _end(found: Cycle, version: int, ends_on: date, by: Actor) -> tuple[Cycle, list[Owed]]:
    """The cycle as it ended, and what stays of it although it was due later: it came already, or was excused."""
    live: Cycle = held_as_seen(found, version, "group")
    if live.ends_on:
        raise Unacceptable({"": f"It ended on {day(live.ends_on)} already."})
    live.ends_on, live.version = ends_on, live.version + 1
    live.save(update_fields=["ends_on", "version"])
    later = list(Owed.objects.filter(cycle=live, due_on__gt=ends_on))
    stays = [each for each in later if not each.is_open]
    gone = [each for each in later if each.is_open]
    delete_read(gone)
    record(RequestEntry.CYCLE_ENDED, by=by, subject=live, after={"ends_on": ends_on, "taken_out": len(gone)})
    return live, stays


@deed
def change_cycle(found: Cycle, version: int, given: CycleGiven, *, by: Actor, now: datetime) -> Cycle:
    """Owe it in another way from the first new day on: what came and what was due before it stays as it is.

    Raises Unacceptable, StaleRecord.
    """
    _, stays = _end(found, version, given.first_due - timedelta(days=1), by)
    if stays:
        last = max(each.due_on for each in stays)
        raise Unacceptable({"first_due": STAYS.format(day=day(last))})
    return begin_cycle(given, by=by, now=now)


@deed
def end_with_groups(*, now: datetime) -> int:
    """End what is owed to or by a group that is no more, on its last day. Returns how many."""
    over = Q(group__ends_on__lt=today(now)) | Q(owed_by__ends_on__lt=today(now))
    found = list(Cycle.objects.filter(over, ends_on=None).select_related("group", "owed_by").order_by("pk"))
    for cycle in found:
        last = min(each.ends_on for each in (cycle.group, cycle.owed_by) if each and each.ends_on)
        end_cycle(cycle, cycle.version, last, by=SYSTEM)
    return len(found)


@deed
def lay_out_ahead(*, now: datetime) -> int:
    """Lay out what every cycle that goes on will owe, as far ahead as the definition says. Returns how many rows."""
    made = 0
    for cycle in Cycle.objects.filter(ends_on=None).order_by("pk"):
        last = Owed.objects.filter(cycle=cycle).order_by("-due_on").values_list("due_on", flat=True).first()
        if new := list(_rows(cycle, today(now), last)):
            made += len(Owed.objects.bulk_create(new))
            record(RequestEntry.OWED_LAID_OUT, by=SYSTEM, subject=cycle, after={"laid_out": len(new)})
    return made


@dataclass(frozen=True, slots=True)
class OwedGiven:
    """What is said of something owed: the day it came and what it was, or why it is excused."""

    on: date | None = None
    words: str = ""
    record: int | None = None


@deed
def do_owed(found: Owed, what: OwedDeed, given: OwedGiven, *, version: int, by: Actor, now: datetime) -> Owed:
    """Say that it came, that it is excused, or that either was a mistake. Raises Unacceptable, StaleRecord."""
    live: Owed = held_as_seen(found, version, "cycle__group")
    state = live.state_on(today(now))
    if live.is_open == (what == OwedDeed.TAKE_BACK):
        raise Unacceptable(
            {"": f"It stands as “{OWED_LABELS[state].lower()}”: this cannot be done from there."}
        )
    entry, values = _DEEDS[what](given, today(now))
    for name, value in {**_OPEN, **values}.items():
        setattr(live, name, value)
    live.version += 1
    live.save(update_fields=[*_OPEN, "version"])
    after = {"title": live.cycle.title, "due_on": live.due_on, **{k: v for k, v in values.items() if v}}
    record(entry, by=by, subject=live.cycle, before={"state": state.value}, after=after)
    _tell(live, today(now))
    return live


def _tell(found: Owed, on: date) -> None:
    """Where it stands on an agenda as a gap, say there what became of it."""
    if found.gap_taken_on is None:
        return
    state = found.state_on(on)
    came = f"It came on {day(found.came_on)}. {found.came_words}".strip()
    words = {
        OwedState.CALLED_OFF: f"It was excused: {found.called_off_because}",
        OwedState.CAME: came,
        OwedState.CAME_LATE: came,
    }
    owing.tell(found, OWED_LABELS[state], words.get(state, "It is still to come after all."))


@deed
def answer_owed(found: Owed, on: date, words: str, number: int, *, by: Actor) -> bool:
    """Note that what was owed came with a record of this number, once. Returns whether it was still to come."""
    still = Owed.objects.filter(STILL_OWED, pk=found.pk)
    said = {"came_on": on, "came_words": words[:300], "came_record": number}
    if not still.update(version=F("version") + 1, **said):
        return False
    after = {"title": found.cycle.title, "due_on": found.due_on, **said}
    record(RequestEntry.OWED_CAME, by=by, subject=found.cycle, after=after)
    found.came_on, found.came_words = on, words[:300]
    _tell(found, on)
    return True


_OPEN: dict[str, Any] = {"came_on": None, "came_words": "", "came_record": None, "called_off_because": ""}


def _came(given: OwedGiven, on: date) -> tuple[RequestEntry, dict[str, Any]]:
    came_on = given.on or on
    if came_on > on:
        raise Unacceptable({"on": AHEAD})
    said = {"came_on": came_on, "came_words": given.words.strip()[:300], "came_record": given.record}
    return RequestEntry.OWED_CAME, said


def _off(given: OwedGiven, on: date) -> tuple[RequestEntry, dict[str, Any]]:
    return RequestEntry.OWED_CALLED_OFF, {
        "called_off_because": need(given.words, "words", "Say why it is excused")[:300]
    }


def _back(given: OwedGiven, on: date) -> tuple[RequestEntry, dict[str, Any]]:
    return RequestEntry.OWED_TAKEN_BACK, {}


_DEEDS = {OwedDeed.CAME: _came, OwedDeed.CALL_OFF: _off, OwedDeed.TAKE_BACK: _back}


@deed
def take_gaps(*, now: datetime) -> int:
    """Put what did not come on an agenda, wherever an app has one for it; each once, and again where that meeting was
    cancelled. Returns how many.
    """
    on, taken = today(now), 0
    nowhere = Q(gap_taken_on=None) | Q(pk__in=owing.lost())
    found = gaps(Owed.objects.filter(nowhere), on).select_related("cycle__group", "cycle__owed_by")
    for gap in found.order_by("pk"):
        if owing.take(gap, now):
            gap.gap_taken_on = on
            gap.save(update_fields=["gap_taken_on"])
            after = {"title": gap.cycle.title, "due_on": gap.due_on}
            record(RequestEntry.GAP_TAKEN, by=SYSTEM, subject=gap.cycle, after=after)
            taken += 1
    return taken
