"""The numbers of oversight, read from sightline/definitions/oversight.yaml."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from sightline import definitions
from sightline.oversight.choices import Unusual


@dataclass(frozen=True)
class Rule:
    """One rule of unusual access: its words, from how many on it speaks, and what else it compares with.

    `habit`: how far back somebody's habit is read; `times`: how many times the habit is far above it; `usual_nights`:
    on how many nights of the habit somebody works who is known to work at night.
    """

    key: Unusual
    name: str
    look_at: str
    least: int
    times: int = 1
    habit: timedelta = timedelta(0)
    usual_nights: int = 0
    from_hour: int = 0
    to_hour: int = 0
    kinds: tuple[str, ...] = ()

    def is_at_night(self, hour: int) -> bool:
        """Whether an hour of the clock lies in the night, which may run over midnight."""
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour


@dataclass(frozen=True)
class Kind:
    """One kind of entry that a sample is drawn from: how many, of which entry types, from which tier on."""

    key: str
    name: str
    size: int
    kinds: tuple[str, ...]
    from_tier: str


@cache
def unusual_rules() -> dict[Unusual, Rule]:
    """Every rule of unusual access, in the order of `Unusual`."""
    said = _said()["unusual"]
    return {key: _rule(key, said[key.value]) for key in Unusual}


@cache
def answer_within() -> timedelta:
    """How long a question about an unusual day may wait."""
    return timedelta(days=_said()["unusual"]["answer_within_days"])


@cache
def review_within() -> timedelta:
    """How long a sample may wait for its review."""
    return timedelta(days=_said()["sample"]["review_within_days"])


@cache
def sample_kinds() -> dict[str, Kind]:
    """The kinds of entries a sample is drawn from, in the order of the definitions."""
    return {
        row["key"]: Kind(
            row["key"], row["name"], row["size"], tuple(row["kinds"]), row.get("from_tier", "T0")
        )
        for row in _said()["sample"]["kinds"]
    }


def matching(names: Iterable[str], patterns: Collection[str]) -> list[str]:
    """The names of entry types that fit one of the patterns ("*_taken")."""
    return sorted(name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns))


def _rule(key: Unusual, said: dict[str, Any]) -> Rule:
    given = dict(said)
    return Rule(
        key=key,
        habit=timedelta(days=given.pop("habit_days", 0)),
        kinds=tuple(given.pop("kinds", ())),
        **given,
    )


def _said() -> Any:
    return definitions.load("oversight")
