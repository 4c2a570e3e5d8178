"""Whether somebody's declaration stands. Plain values only: the day is given.

Source: the numbers and wordings of `definitions/declarations.yaml`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sightline import definitions
from sightline.partners.choices import Signing


@dataclass(frozen=True, slots=True)
class DeclarationNumbers:
    """How long a signature holds, and when it is asked for; each is explained in the definition file."""

    lasts_months: int
    remind_days_before: int
    first_within_days: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that are signed, in one version, from a day on."""

    version: str
    effective_from: date
    interests: str
    confidentiality: str

    @property
    def text(self) -> str:
        """All that is signed."""
        return f"{self.interests.strip()}\n\n{self.confidentiality.strip()}"


@cache
def numbers() -> DeclarationNumbers:
    """The numbers that ship with Sightline."""
    return DeclarationNumbers(**definitions.load("declarations")["numbers"])


@cache
def wordings() -> tuple[Wording, ...]:
    """Every version of the words, the oldest first."""
    rows = definitions.load("declarations")["wordings"]
    made = [Wording(**row | {"effective_from": date.fromisoformat(row["effective_from"])}) for row in rows]
    return tuple(sorted(made, key=lambda wording: wording.effective_from))


def wording_on(on: date, known: tuple[Wording, ...]) -> Wording | None:
    """The words that are signed on a day; None before the first."""
    return next((wording for wording in reversed(known) if wording.effective_from <= on), None)


def holds_until(signed_on: date, counted: DeclarationNumbers) -> date:
    """The last day on which a signature holds: the day before the same day, so many months on."""
    year, month = divmod(signed_on.month - 1 + counted.lasts_months, 12)
    last = monthrange(signed_on.year + year, month + 1)[1]
    same = date(signed_on.year + year, month + 1, min(signed_on.day, last))
    return same - timedelta(days=1)


def signing(
    expires_on: date | None, signed: str, current: str, on: date, counted: DeclarationNumbers
) -> Signing:
    """How somebody's last signature stands: `expires_on` is None where there is none; `signed` its wording."""
    if expires_on is None:
        return Signing.NEVER
    if expires_on < on:
        return Signing.OVER
    if signed != current:
        return Signing.OLD_WORDS
    return Signing.SOON if (expires_on - on).days <= counted.remind_days_before else Signing.SIGNED
