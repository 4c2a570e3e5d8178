"""What the page of a personal link asks about: each app offers its own records, and takes what is told of them.

It stands here so that requests know neither plans nor meetings, and one link serves all that somebody answers for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.forms import BoundField

from sightline.requests.choices import ToldHow
from sightline.screens.forms import CarefulForm
from sightline.screens.words import joined

if TYPE_CHECKING:
    from sightline.events.choices import Actor
    from sightline.requests.models import Asked

MOST_SHOWN = 20
# A round, as what it is about is known: its kind, and the number of the record.
About = tuple[str, int]
# A party that answers for something: "agency", "group" or "person", and its number.
Answers = tuple[str, int]


class Told(Protocol):
    """What is told of one thing, in the words of its app."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told."""


@dataclass(frozen=True)
class Thing:
    """One thing that somebody is asked about, as it stands. `rounds`: which rounds ask about it.

    `told`: what its form tells, asked of a valid one alone; whatever is left empty there is not told.
    `where`: the plan or the meeting it is of. `note`: what they should know of what they told before. `is_opened`: the
    `further` questions are shown opened, under `further_words`; those of `first` always.
    """

    number: int
    heading: str
    form: CarefulForm
    told: Callable[[], Told]
    rounds: frozenset[About]
    first: tuple[str, ...]
    further: tuple[str, ...] = ()
    further_words: str = ""
    where: str = ""
    due: str = ""
    rating: str = ""
    last: str = ""
    last_on: str = ""
    note: str = ""

    @property
    def is_opened(self) -> bool:
        """Whether something stands in the further questions that its reader should see."""
        told = self.form.changed_data if self.form.is_bound else []
        return any(self.form[name].errors or name in told for name in self.further)

    @property
    def shown_first(self) -> list[BoundField]:
        """The questions that are always shown."""
        return [self.form[name] for name in self.first]

    @property
    def shown_further(self) -> list[BoundField]:
        """The questions that are shown to whoever opens them."""
        return [self.form[name] for name in self.further]


@dataclass(frozen=True)
class Voice:
    """Who told it, how, and for whom: `said_by` is empty where nobody knows more than the address of the link."""

    how: ToldHow
    answers_for: frozenset[Answers]
    said_by: str = ""

    def words(self, owners: Iterable[tuple[Answers, str]]) -> str:
        """Whose words they are: a name alone, so that it can be forgotten; by link, those of these owners for whom they
        answer, but for people."""
        if self.said_by:
            return self.said_by[:200]
        mine = self.answers_for
        named = dict.fromkeys(name for party, name in owners if party in mine and party[0] != "person")
        return f"whoever answers for {joined(list(named))}"[:200] if named else ""


class Untold(Exception):
    """Something of what was told cannot be taken, so nothing was: sentences by thing and part."""

    def __init__(self, problems: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__()
        self.problems = problems


# Every owner of something open that rounds about a record ask about, with its name and key; by kind and number.
Owners = Callable[[str, int], Mapping[Answers, tuple[str, str]]]


@dataclass(frozen=True)
class DateAsked:
    """A new date that somebody asks for. `answer` is where it is given or declined, `change` where another is given."""

    heading: str
    href: str
    stands: str
    asked: str
    words: str
    voice: str
    answer: str
    change: str = ""


@dataclass(frozen=True)
class Part:
    """Things of one app. `letter` begins the names of its boxes, as "a12-happened".

    `shown`: the open ones that these people are asked about, so many on a page, and whether more stand behind it.
    `held`: those of these numbers, held until the deed ends, with what was sent. `tell`: keeps what is told of them,
    with as many statements however many they are; raises Untold. `owners`: see there; in one query.
    `dates`: the new dates that are asked for about a record, as far as somebody may read of them.
    """

    letter: str
    shown: Callable[[Sequence[Asked], int], tuple[list[Thing], bool]]
    held: Callable[[Sequence[Asked], Sequence[int], Any], list[Thing]]
    tell: Callable[[Sequence[Thing], Voice, Actor, datetime], None]
    owners: Owners
    dates: Callable[[Any, str, int], list[DateAsked]]


_offered: dict[str, Part] = {}


def offer(app_label: str, part: Part) -> None:
    """Let an app's records be asked about. A second call for the same app replaces the first."""
    _offered[app_label] = part


def parts() -> list[Part]:
    """All that is asked about, plans before meetings: in the order in which apps are loaded."""
    return list(_offered.values())


def asks_anything(kind: str, record: int) -> bool:
    """Whether anybody answers for something open that rounds about this record ask about."""
    return any(part.owners(kind, record) for part in parts())
