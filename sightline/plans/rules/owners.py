"""How several owners are written, how a group is found among them, and which posts nobody holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.plans.choices import OwnerRole
from sightline.screens.words import MONTHS, day

_VACANT = re.compile(
    r"(?P<post>.*\S)\s*\((?:currently )?vacant(?: since (?P<since>[^()]*))?\)\s*", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,2}) ([a-z]{3,9}) (\d{4})")


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody holds: `words` are those of its day, `since` the day where they are one."""

    post: str
    words: str = ""
    since: date | None = None


def vacancy_in(owner: str) -> Vacancy | None:
    """What "Designated doctor (vacant since 3 March 2026)" says; None of an owner who is no vacant post."""
    found = _VACANT.fullmatch(owner.strip())
    if found is None:
        return None
    words = " ".join((found["since"] or "").split())
    return Vacancy(found["post"], words, _day_of(words))


def _day_of(words: str) -> date | None:
    found = _DAY.fullmatch(words.lower())
    months = [m for m, name in enumerate(MONTHS, 1) if found and name.lower().startswith(found[2])]
    try:
        return date(int(found[3]), months[0], int(found[1])) if found and months else None
    except ValueError:
        return None


def vacant_in_words(post: str, since: date) -> str:
    """How a vacant post is written: "Designated doctor (vacant since 3 March 2026)"."""
    return f"{post} (vacant since {day(since)})"


def in_words(owners: Iterable[tuple[str, str]]) -> str:
    """Owners (name and role) in one line, leads first: "Police; QA Group (support)"."""
    ranked = sorted(owners, key=lambda owner: owner[1] != OwnerRole.LEAD)
    return "; ".join(f"{name} (support)" if role == OwnerRole.SUPPORT else name for name, role in ranked)


def listed(keys: Iterable[str]) -> str:
    """Keys with a comma on both sides of each, ",one,two,": found alike on both databases; "" where there is none."""
    found = list(keys)
    return f",{','.join(found)}," if found else ""


def as_listed(key: str) -> str:
    """What to look for in a text that `listed` wrote."""
    return f",{key},"
