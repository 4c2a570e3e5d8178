"""Figures of a group over a time, offered by each app: what a return of the group is filled in with beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.partners.models import Group


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One of the records a figure counts: what it is called, and where it stands."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A figure in words, with every record it is made of. Of what every member reads (T1), and nothing else."""

    label: str
    value: str
    rows: tuple[FigureRow, ...] = ()


FiguresOf = Callable[["Group", date, date], Iterable[GroupFigure]]
_offered: dict[str, FiguresOf] = {}


def offer(app_label: str, of: FiguresOf) -> None:
    """Let an app tell figures of a group from one day to another, both counted. A second call replaces the first."""
    _offered[app_label] = of


def figures_of(group: Group, first: date, last: date) -> list[GroupFigure]:
    """All that the apps can tell, in the order of their names; a few queries an app, whatever the rows."""
    return [figure for _, of in sorted(_offered.items()) for figure in of(group, first, last)]
