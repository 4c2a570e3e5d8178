"""What other apps show on the page of an agency, a group or a person: this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.partners.models import Party

if TYPE_CHECKING:
    from sightline.partners.selectors import Who


@dataclass(frozen=True)
class Line:
    """A line of a part; `hint` stands small beneath it, `told` beside it as words that matter."""

    words: str
    href: str = ""
    hint: str = ""
    told: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the page under its own title, or ("" and place "seats") lines above the seats.

    `empty`: what is said where there is no line; `links`: what its reader may do or open.
    """

    title: str
    lines: tuple[Line, ...] = ()
    links: tuple[Line, ...] = ()
    empty: str = ""
    place: str = ""


# From who looks at whom on which day to parts, with as few queries as can be, however many rows there are.
Show = Callable[["Who", Party, date], tuple[Part, ...]]
_offered: dict[str, Show] = {}


def offer(app_label: str, show: Show) -> None:
    """Let an app's parts be shown. A second call for the same app replaces the first."""
    _offered[app_label] = show


def parts(user: Who, party: Party, on: date) -> tuple[Part, ...]:
    """Every part that somebody may see of a party."""
    return tuple(part for _, show in sorted(_offered.items()) for part in show(user, party, on))


_ways: dict[str, tuple[tuple[str, str], ...]] = {}


def offer_ways(app_label: str, ways: Iterable[tuple[str, str]]) -> None:
    """Let the lists of partners lead to pages of an app: words, and the name of an address."""
    _ways[app_label] = tuple(ways)


def ways() -> tuple[tuple[str, str], ...]:
    """Every way that was offered, as words and address."""
    return tuple((words, reverse(name)) for _, told in sorted(_ways.items()) for words, name in told)
