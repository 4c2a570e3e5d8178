"""What can be disposed of once it was kept long enough: each app offers its kinds of record, and how they go.

It stands this low, like the marks of views, so that every app can offer without knowing the pages of retention.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from sightline.events.choices import Actor, Way

# A record that others belong to, by app and model.
Of = tuple[str, str]
# What stands in the place of a name that was taken away.
FORMER_MEMBER = "A former member"


@dataclass(frozen=True)
class Doing:
    """By whom, why and when."""

    by: Actor
    reason: str
    now: datetime


# The app's own service: it disposes of the records of these numbers and returns how many it did.
Dispose = Callable[[Sequence[int], Doing], int]


def _by_themselves(numbers: Collection[int]) -> Mapping[int, int]:
    return {number: number for number in numbers}


@dataclass(frozen=True)
class Kind:
    """What falls due under one rule of retention.

    `past`: the records whose trigger lies on this day or before, each with `since` (that day, or moment), by an index;
    those already disposed of are not among them. `ways`: how they go. `noun`: what one is called; lists and
    certificates show it with the record's number, never a name. `within`: the way from a record to the number of
    what it belongs to, by app and model, so that a hold on that holds it too. `goes_with`: for records of this
    model the numbers of those they go with, their own where they go by themselves; whoever holds one holds both.
    """

    rule: str
    model: type[Model]
    past: Callable[[date], QuerySet[Any]]
    ways: Mapping[Way, Dispose]
    noun: str
    within: Mapping[Of, str] = field(default_factory=dict)
    goes_with: Callable[[Collection[int]], Mapping[int, int]] = _by_themselves

    def reference(self, number: int) -> str:
        """What one record is called where no name may stand."""
        return f"{self.noun} {number}"


@dataclass(frozen=True)
class Gathering:
    """A record that others belong to, on which a hold may be laid for all of them.

    `choices`: those that somebody may read, as number and title; what they may not read has no title for them.
    """

    app: str
    model: str
    noun: str
    choices: Callable[[Any], Sequence[tuple[int, str]]]

    @property
    def key(self) -> Of:
        """App and model."""
        return (self.app, self.model)


# Replaces the name of an account's person beside what they did in the app's own tables, and shreds it in the journal's
# entries of the app that are about the account; returns how many rows. The name is empty where another account bears it
# too.
Forget = Callable[[int, str, Doing], int]
# Says anew what an app keeps of the names of people on lists of partners, who have lost them; given by their numbers.
Reword = Callable[[Mapping[int, str]], None]

_kinds: dict[str, tuple[Kind, ...]] = {}
_gatherings: dict[str, tuple[Gathering, ...]] = {}
_forgetting: dict[str, Forget] = {}
_rewording: dict[str, Reword] = {}


def offer(app_label: str, kinds: Iterable[Kind] = (), gatherings: Iterable[Gathering] = ()) -> None:
    """Let an app's records fall due. A second call for the same app replaces the first."""
    _kinds[app_label] = tuple(kinds)
    _gatherings[app_label] = tuple(gatherings)


def forget_names(app_label: str, forget: Forget) -> None:
    """Let an app replace the name of somebody whose account is anonymised, beside what they did."""
    _forgetting[app_label] = forget


def reword_people(app_label: str, reword: Reword) -> None:
    """Let an app say anew what it keeps of the names of people who were anonymised."""
    _rewording[app_label] = reword


def withdraw(app_label: str) -> None:
    """Take away what an app offers: for tests that offer their own."""
    _kinds.pop(app_label, None)
    _gatherings.pop(app_label, None)


def kinds() -> dict[str, Kind]:
    """Every kind by the rule it falls under."""
    return {kind.rule: kind for offered in _kinds.values() for kind in offered}


def gatherings() -> dict[Of, Gathering]:
    """Every record that others belong to, by app and model."""
    return {each.key: each for offered in _gatherings.values() for each in offered}


def forgetting() -> dict[str, Forget]:
    """What takes a person's name away, by app."""
    return dict(_forgetting)


def rewording() -> dict[str, Reword]:
    """What says names of people anew, by app."""
    return dict(_rewording)


def end_of(day: date) -> datetime:
    """The moment at which a day of the local calendar is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
