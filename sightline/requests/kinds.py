"""Kinds of round: each app offers what it asks about, and the page on which a personal link is answered.

It stands here so that requests know neither plans nor meetings: a round is about the record of a number, of a kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.access.choices import Permission
from sightline.requests.choices import Mailed
from sightline.requests.letters import Letter, update_letter

if TYPE_CHECKING:
    from sightline.requests.models import Asked, Round


@dataclass(frozen=True, slots=True)
class Closing:
    """A round of a kind, about the record of a number, that closes: `number` is its own."""

    kind: str
    record: int
    number: int
    opened_on: date
    closed_on: date


# The page on which somebody tells how all stands that they answer for, and where the unit types it for them.
UPDATE, TYPED = "requests:update", "requests:update_typed"
UPDATES = (
    "Whoever is silent is reminded once a week; then their agency’s lead and the chair hear how many are silent. "
    "Whether a link was opened is not recorded: scanners of mail open links."
)


def always(asked: Asked, now: datetime) -> bool:
    """Whoever is asked may answer as long as the round is open."""
    return True


def every_week(found: Round, last_on: date, on: date) -> bool:
    """Whoever is silent may be reminded on any day; never more than one e-mail a week holds everywhere."""
    return True


@dataclass(frozen=True)
class RoundKind:
    """A kind of round.

    `address`: the name of the page that a link opens, with the secret in it; `typed`: the address of the page on which
    the unit types what whoever was asked told, its round loaded with it; `home`: the address from which rounds about
    the record of this number are opened; `is_wanted`: whether anybody may still be written to about it; `closed`:
    keeps what the app needs of a round that closes at this moment, in the same transaction, with a fixed number of
    statements whatever the round's size.

    `letter`: the words of its e-mails with a link; `how`: what its page says of reminders; `still_asks`: whether
    this one may answer now; `reminds_on`: whether a reminder is due on a day, by the day of the last e-mail of this
    round; `climbs`: whether others hear of silence. `is_pressing`: its first e-mails cannot wait for a week in which
    the address hears nothing else, and its app sends them; they keep no other from being sent, and how long it may
    stay open follows from its record. `after`: where to look once it is closed, by the number of its record.
    `kept_with`: a permission over the group of the round with which it is kept as well.
    """

    key: str
    address: str
    typed: Callable[[Asked], str]
    home: Callable[[int], str]
    is_wanted: Callable[[int], bool]
    closed: Callable[[Closing, datetime], None]
    letter: Callable[[Asked, Mailed, str, datetime], Letter] = update_letter
    how: str = UPDATES
    still_asks: Callable[[Asked, datetime], bool] = always
    reminds_on: Callable[[Round, date, date], bool] = every_week
    climbs: bool = True
    is_pressing: bool = False
    after: Callable[[int], str] = lambda number: ""
    kept_with: Permission | None = None

    @property
    def is_update(self) -> bool:
        """Whether it is answered on the one page of all updates: rounds of such kinds are asked about in one e-mail."""
        return self.address == UPDATE


_offered: dict[str, tuple[RoundKind, ...]] = {}


def offer(app_label: str, kinds: Iterable[RoundKind]) -> None:
    """Let rounds be opened about an app's records. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(kinds)


def update_kind(
    key: str,
    home: Callable[[int], str],
    is_wanted: Callable[[int], bool],
    closed: Callable[[Closing, datetime], None],
    after: Callable[[int], str],
) -> RoundKind:
    """A kind that asks how things stand (see RoundKind); what its page asks about is offered in `parts.py`."""

    def typed(asked: Asked) -> str:
        return reverse(TYPED, args=[asked.pk])

    return RoundKind(key, UPDATE, typed, home, is_wanted, closed, after=after)


def update_kinds() -> list[str]:
    """The keys of the kinds that are answered on the one page of all updates."""
    return [kind.key for kinds in _offered.values() for kind in kinds if kind.is_update]


def kind_named(key: str) -> RoundKind:
    """The kind of this key. Raises LookupError."""
    for kind in (kind for kinds in _offered.values() for kind in kinds):
        if kind.key == key:
            return kind
    raise LookupError(f"No app offers a round called {key!r}.")


def kept_with() -> dict[str, Permission]:
    """The kinds whose rounds are kept with a permission over their group as well, each with it."""
    kinds = (kind for of in _offered.values() for kind in of)
    return {kind.key: kind.kept_with for kind in kinds if kind.kept_with}


def pressing_kinds() -> list[str]:
    """The keys of the kinds whose first e-mails cannot wait."""
    return [kind.key for kinds in _offered.values() for kind in kinds if kind.is_pressing]
