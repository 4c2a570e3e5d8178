"""Leafing through rows that only grow: from one row to older and newer ones, at a cost that no number of rows changes.

A page number would have to count past every row before it; here the address names the row that was last in sight
(`?before=812`), and the rows are read from there. For rows whose newest has the greatest number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from django.http import QueryDict

from .counting import MOST_COUNTED, count_up_to
from .forms import FilterForm
from .lists import Count, Export, Heading, Listing, address_of, chips, join

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Leaf(Listing[Row]):
    """One leaf of the rows, newest first. `looked` says how far was looked where not everything was."""

    newer: str = ""
    older: str = ""
    looked: str = ""

    @property
    def previous(self) -> str:
        """The address of newer rows, or empty."""
        return self.newer

    @property
    def next(self) -> str:
        """The address of older rows, or empty."""
        return self.older

    def with_rows(self, rows: Iterable[Other]) -> Leaf[Other]:
        """The same leaf with other rows in place of these."""
        return cast("Leaf[Other]", super().with_rows(rows))

    @property
    def ends_early(self) -> bool:
        """One can leaf to the very first row."""
        return False


@dataclass(frozen=True)
class Reach:
    """Between which numbers (both count) to look. `most` numbers at once, where no index finds the rows; 0 for all."""

    lowest: int
    highest: int
    most: int = 0


@dataclass(frozen=True)
class LeafPage:
    """What a page of this kind shows: its columns' headings and how many rows at once."""

    headings: tuple[str, ...]
    noun: tuple[str, str] = ("row", "rows")
    size: int = 50

    def read(
        self,
        query: QueryDict,
        rows: QuerySet[Any, Row],
        reach: Reach,
        form: FilterForm,
        *,
        exports: Mapping[str, str] | None = None,
    ) -> Leaf[Row]:
        """The leaf that the address asks for: older than `before`, newer than `after`, or the newest."""
        before, after = _number(query.get("before")), _number(query.get("after"))
        part, cut = _part(reach, before, after)
        inside, whole = (rows.filter(pk__gte=one.lowest, pk__lte=one.highest) for one in (part, reach))
        found = list(inside.order_by("pk" if after else "-pk")[: self.size + 1])
        more = len(found) > self.size
        shown = found[: self.size][::-1] if after else found[: self.size]
        params = _params(query, form)
        newer, older = _neighbours(shown, part, reach, forwards=bool(after), more=more)
        number = count_up_to(inside if cut else whole)
        return Leaf(
            rows=shown,
            count=Count(min(number, MOST_COUNTED), number > MOST_COUNTED, self.noun),
            headings=tuple(Heading(label, label, "", "", False, False) for label in self.headings),
            form=form,
            pages=(),
            number=1,
            size=self.size,
            params=params,
            exports=tuple(Export(label, join(url, params)) for label, url in (exports or {}).items()),
            chips=tuple(chips(form, params)),
            newer=address_of(params, after=newer) if newer else "",
            older=address_of(params, before=older) if older else "",
            looked=_looked(part) if cut else "",
        )


def _number(text: str | None) -> int:
    """The number in an address; 0 for none, and for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _part(reach: Reach, before: int, after: int) -> tuple[Reach, bool]:
    """The part of the reach to look through now, and whether it was cut."""
    lowest, highest = reach.lowest, reach.highest
    if after:
        lowest = max(lowest, after + 1)
    elif before:
        highest = min(highest, before - 1)
    if not reach.most or highest - lowest < reach.most:
        return Reach(lowest, highest, reach.most), False
    if after:
        return Reach(lowest, lowest + reach.most - 1, reach.most), True
    return Reach(highest - reach.most + 1, highest, reach.most), True


def _neighbours(
    shown: list[Any], part: Reach, reach: Reach, *, forwards: bool, more: bool
) -> tuple[int, int]:
    """The numbers that newer rows lie after and older ones before; 0 where there can be none."""
    newer = part.highest if part.highest < reach.highest else 0
    older = part.lowest if part.lowest > reach.lowest else 0
    if more and forwards:
        newer = shown[0].pk
    elif more:
        older = shown[-1].pk
    return newer, older


def _looked(part: Reach) -> str:
    return f"Looked through numbers {part.lowest:,} to {part.highest:,}."


def _params(query: QueryDict, form: FilterForm) -> dict[str, tuple[str, ...]]:
    """The answers of the address that the form took."""
    kept: dict[str, tuple[str, ...]] = {}
    for name in form.chosen:
        names = [key for key in query if key == name or key.startswith(f"{name}-")]
        kept |= {key: tuple(value for value in query.getlist(key) if value) for key in names}
    return {name: values for name, values in kept.items() if values}
