"""The history of an action, newest first: every line that was ever recorded, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.plans.choices import CLAIM_LABELS, IMPACT_LABELS, LABELS, ClaimResult, Dimension
from sightline.plans.pages.looks import after, day_or_nothing, label_of
from sightline.plans.selectors.action import Told, ToldLine


@dataclass(frozen=True)
class Event:
    """Something that happened, on the day it speaks of; `who` entered it."""

    day: date
    words: str
    detail: str
    who: str


def events(told: Iterable[ToldLine]) -> tuple[Event, ...]:
    """What happened, newest first."""
    found = [pair for line in told for pair in _events_of(line)]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(event for _, event in found)


def _events_of(line: ToldLine) -> Iterator[tuple[tuple[date, datetime, int], Event]]:
    """The line itself, and its end where it has one."""
    words = _WORDS.get(line.kind)
    if words and line.as_at and line.recorded_at:
        said, detail = words(line)
        yield (line.as_at, line.recorded_at, 0), Event(line.as_at, said, detail, line.entered_by)
    if line.ended_on and line.recorded_at and line.kind in _ENDS:
        said, detail = _ENDS[line.kind](line)
        yield (line.ended_on, line.recorded_at, 1), Event(line.ended_on, said, detail, line.ended_by)


def _state(line: ToldLine) -> tuple[str, str]:
    now = label_of(LABELS, line.word)
    return (f"{label_of(LABELS, line.more)} → {now}" if line.more else f"Begins as: {now.lower()}"), line.text


def _timescale(line: ToldLine) -> tuple[str, str]:
    words = line.text or line.how or day_or_nothing(line.day)
    return f"Timescale: {words or 'none printed'}", line.more


def _date(line: ToldLine) -> tuple[str, str]:
    return f"New date {'agreed' if line.word == '1' else 'not agreed'}: {day_or_nothing(line.day)}", line.text


def _publishable(line: ToldLine) -> tuple[str, str]:
    words = "May be published" if line.text else "What may be published withdrawn"
    return f"{words}{after(line.said_by, ', agreed by ')}", line.text


def _rating(line: ToldLine) -> tuple[str, str]:
    impact = line.ended_by == Dimension.IMPACT
    value = IMPACT_LABELS.get(line.word, line.word) if impact else label_of(LABELS, line.word)
    by = after(line.said_by, " by ")
    return f"{'Impact' if impact else 'Delivery'} rated {value.lower()}{by}", line.text


def _owners(line: ToldLine) -> tuple[str, str]:
    names = [str(owner.get("name", "")) for owner in json.loads(line.word or "[]")]
    return f"Owners: {', '.join(filter(None, names)) or 'nobody'}", line.text


def _test(line: ToldLine) -> tuple[str, str]:
    return f"Embedding test set{after(day_or_nothing(line.day), ', due on ')}", line.text


def _file(line: ToldLine) -> tuple[str, str]:
    if not line.ended_by:
        return f"File added to evidence: {line.text}", ""
    return f"Newer version of a file of evidence: {line.text}, version {line.how}", line.ended_by


_Words = Callable[[ToldLine], tuple[str, str]]
_WORDS: Mapping[Told, _Words] = {
    Told.STATE: _state,
    Told.TIMESCALE: _timescale,
    Told.DATE_ANSWER: _date,
    Told.UPDATE: lambda line: (f"Update{after(line.said_by, ' by ')}", line.text),
    Told.PUBLISHABLE: _publishable,
    Told.RATING: _rating,
    Told.EVIDENCE: lambda line: (f"Evidence: {label_of(LABELS, line.word).lower()}", line.text),
    Told.FILE: _file,
    Told.TEST: _test,
    Told.CLAIM: lambda line: (f"Said to be done{after(line.said_by, ' by ')}", line.text),
    Told.QUESTION: lambda line: ("Update returned with a question", line.text),
    Told.BLOCK: lambda line: ("Blocked", line.text),
    Told.WAITS_FOR: lambda line: (f"Waits for {line.more}", line.text),
    Told.OWNERS: _owners,
}
_ENDS: Mapping[Told, _Words] = {
    Told.TEST: lambda line: (f"Embedding test: {label_of(LABELS, line.word).lower()}", line.more),
    Told.CLAIM: lambda line: (CLAIM_LABELS[ClaimResult(line.word)], line.more),
    Told.QUESTION: lambda line: (
        "Question closed" if line.more else "Question answered",
        line.more or line.text,
    ),
    Told.BLOCK: lambda line: ("No longer blocked", line.text),
    Told.WAITS_FOR: lambda line: (f"Waits no longer for {line.more}", line.text),
}
