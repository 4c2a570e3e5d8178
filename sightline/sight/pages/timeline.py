"""The time line of an action: what held, what happened and which dates moved, as a picture and as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.events.choices import Tier
from sightline.plans.choices import (
    FIRM_KINDS,
    IMPACT_LABELS,
    LABELS,
    DeliveryState,
    Dimension,
    Embedding,
    EvidenceQuarter,
)
from sightline.plans.models import Action
from sightline.plans.pages.history import Event, events
from sightline.plans.pages.looks import label_of
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import update_day
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.action import Told, ToldLine, told_of
from sightline.rendering.charts import Held, Lane, Mark, Moved, time_line
from sightline.rendering.colours import AMBER, BLUE, GREEN, GREY, RED
from sightline.rendering.document import Column, Figure, Table, TableCell, TableRow
from sightline.screens.elements import drawing
from sightline.screens.words import count, day

RATING_COLOURS = {"green": GREEN, "amber": AMBER, "red": RED}
STATE_COLOURS = {DeliveryState.IN_PROGRESS: "FFF0B3", DeliveryState.COMPLETE: BLUE}
LETTERS = {
    EvidenceQuarter.DATA: "D",
    EvidenceQuarter.AUDIT: "A",
    EvidenceQuarter.CHILDREN: "C",
    EvidenceQuarter.PRACTITIONERS: "P",
}
# Room at both ends, so that no mark stands on the edge.
_EDGE = timedelta(days=14)


@dataclass(frozen=True)
class TimelinePage:
    """The time line. `slips` counts accepted later dates; `events` are every line, oldest first."""

    action: Action
    title: str
    href: str
    thread_href: str
    picture: SafeString
    alt: str
    slips: str
    events: tuple[Event, ...]
    tier: Tier


def timeline_page(action: Action, on: date) -> TimelinePage:
    """Everything of the action by its day; its queries do not grow with its history."""
    told = sorted(told_of(action), key=lambda line: line.place)
    figure = time_line_of(action, told, on)
    slipped = _moved(told)
    return TimelinePage(
        action=action,
        title=f"{action.current_number_label or action.reference} {action.text}",
        href=addresses.of_action(action.reference),
        thread_href=reverse("sight:thread", args=["action", action.reference]),
        picture=drawing(figure.svg),
        alt=figure.alt,
        slips=f"Its date was moved later {count(len(slipped), 'time')}." if slipped else "",
        events=tuple(reversed(events(told))),
        tier=highest([action.tier, action.plan.tier]),
    )


def time_line_of(action: Action, told: Sequence[ToldLine], on: date) -> Figure:
    """The picture of these lines, in their order, with its table."""
    lanes = [
        Lane("State", held=_held(_of(told, Told.STATE), on, _state)),
        Lane("Delivery rating", held=_held(_ratings(told, Dimension.DELIVERY), on, _rating)),
        Lane("Impact rating", held=_held(_ratings(told, Dimension.IMPACT), on, _rating)),
        Lane("Dates promised", marks=_dates(told), moved=_moved(told)),
        Lane("Updates", marks=_updates(told)),
        Lane("Evidence", marks=_evidence(told)),
        Lane("Did it last?", marks=_tests(told)),
    ]
    known = [mark.day for lane in lanes for mark in lane.marks] + [
        h.start for lane in lanes for h in lane.held
    ]
    start = min([action.opened_on, *known]) - _EDGE
    end = max([on, *known]) + _EDGE
    happened = list(reversed(events(told)))
    rows = tuple(
        TableRow((TableCell(day(e.day)), TableCell(e.words), TableCell(e.detail), TableCell(e.who)))
        for e in happened
    )
    columns = (Column("Day", 1), Column("What happened", 2), Column("In words", 4), Column("Entered by", 1.5))
    table = Table("Everything recorded, oldest first", columns, rows, caption_visible=False)
    alt = f"Time line of {action.reference} from {day(start)} to {day(end)}: {count(len(happened), 'line')}."
    return time_line(f"Time line of {action.reference}", lanes, start, end, today=on, table=table, alt=alt)


def _of(told: Iterable[ToldLine], kind: Told) -> list[ToldLine]:
    return [line for line in told if line.kind == kind]


def _ratings(told: Iterable[ToldLine], dimension: Dimension) -> list[ToldLine]:
    return [line for line in _of(told, Told.RATING) if line.ended_by == dimension]


def _state(line: ToldLine) -> tuple[str, str]:
    state = DeliveryState(line.word)
    return LABELS[state], STATE_COLOURS.get(state, GREY)


def _rating(line: ToldLine) -> tuple[str, str]:
    words = IMPACT_LABELS.get(line.word, label_of(LABELS, line.word))
    return words, RATING_COLOURS.get(line.word, GREY)


def _held(lines: Sequence[ToldLine], on: date, look: Callable[[ToldLine], tuple[str, str]]) -> list[Held]:
    """From each line to the next one, the last until the day; later words for the same day stand in its place."""
    found = []
    for place, line in enumerate(lines):
        following = lines[place + 1].as_at if place + 1 < len(lines) else max(on, line.as_at or on)
        words, colour = look(line)
        if line.as_at and following and (following > line.as_at or place + 1 == len(lines)):
            found.append(Held(line.as_at, following, words, colour))
    return found


def _firm(told: Iterable[ToldLine]) -> list[ToldLine]:
    return [line for line in _of(told, Told.TIMESCALE) if line.day and line.word in FIRM_KINDS]


def _dates(told: Sequence[ToldLine]) -> list[Mark]:
    firm = _firm(told)
    return [
        Mark(line.day, f"{'Due' if place + 1 == len(firm) else 'Was due'} on {day(line.day)}", "flag")
        for place, line in enumerate(firm)
        if line.day
    ]


def _moved(told: Sequence[ToldLine]) -> list[Moved]:
    """Each accepted later date, from the date before it."""
    firm = [(line.day, line.more) for line in _firm(told) if line.day]
    return [
        Moved(before, after, f"Moved from {day(before)} to {day(after)}{f': {why}' if why else ''}")
        for (before, _), (after, why) in pairwise(firm)
        if after > before
    ]


def _updates(told: Sequence[ToldLine]) -> list[Mark]:
    lines = [(update_day(line.day, line.as_at), line) for line in _of(told, Told.UPDATE) if line.as_at]
    return [Mark(on, f"Update of {day(on)}: {line.text[:120]}") for on, line in lines]


def _evidence(told: Sequence[ToldLine]) -> list[Mark]:
    return [
        Mark(
            line.as_at,
            f"{LABELS[EvidenceQuarter(line.word)]}, {day(line.as_at)}: {line.text[:120]}",
            "diamond",
            LETTERS[EvidenceQuarter(line.word)],
            GREEN,
        )
        for line in _of(told, Told.EVIDENCE)
        if line.as_at
    ]


def _tests(told: Sequence[ToldLine]) -> list[Mark]:
    found = []
    for line in _of(told, Told.TEST):
        if line.as_at:
            found.append(Mark(line.as_at, f"Test set on {day(line.as_at)}: {line.text[:120]}", "ring"))
        if line.ended_on:
            passed = line.word == Embedding.PASSED
            words = f"{'It lasted' if passed else 'It did not last'}, {day(line.ended_on)}: {line.more[:120]}"
            found.append(
                Mark(line.ended_on, words, "tick" if passed else "cross", "", GREEN if passed else RED)
            )
    return found
