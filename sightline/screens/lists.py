"""The mechanism of every list page: filter, order, page, all read from the address and kept in it.

Cost does not grow with the rows: the count stops above 10,000 and pages end there too, so a list of a million
rows costs what one of ten thousand does. Whoever looks for row 20,000 narrows the filter, or exports.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from django.db.models import F, QuerySet
from django.http import QueryDict

from .counting import MOST_COUNTED, count_up_to
from .forms import FilterForm

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Column:
    """A column of a list. `sort`: the fields that order by it, "-" before one that runs backwards.

    `empty_last` puts rows without a value at the end, whichever way the list runs.
    """

    key: str
    label: str
    sort: tuple[str, ...] = ()
    numeric: bool = False
    empty_last: bool = False
    hidden_label: bool = False


@dataclass(frozen=True)
class Heading:
    """A column as the page shows it. `aria_sort` is "ascending", "descending", "none", or "" if not sortable."""

    key: str
    label: str
    href: str
    aria_sort: str
    numeric: bool
    hidden_label: bool


@dataclass(frozen=True)
class PageLink:
    """A page number in the pagination; number 0 stands for the gap."""

    number: int
    href: str
    current: bool = False


@dataclass(frozen=True)
class Chip:
    """One answer of the filter, with the address of the list without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class Export:
    """A format the list can be taken away in, with the filter kept."""

    label: str
    href: str


@dataclass(frozen=True)
class Count:
    """How many rows fit. `more` True: there are more than `number`, and nobody counted them."""

    number: int
    more: bool
    noun: tuple[str, str] = ("row", "rows")

    def __str__(self) -> str:
        if self.more:
            return f"more than {self.number:,} {self.noun[1]}"
        return f"{self.number:,} {self.noun[0] if self.number == 1 else self.noun[1]}"


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a list, as a template shows it."""

    rows: list[Row]
    count: Count
    headings: tuple[Heading, ...]
    form: FilterForm
    pages: tuple[PageLink, ...]
    number: int
    size: int
    params: Mapping[str, tuple[str, ...]]
    exports: tuple[Export, ...] = ()
    chips: tuple[Chip, ...] = ()
    order: str = ""
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The position of the first row shown, from 1; 0 if there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The position of the last row shown."""
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def is_narrowed(self) -> bool:
        """True if the filter holds anything back."""
        return bool(self.chips)

    @property
    def is_bare(self) -> bool:
        """True if there is nothing at all, filter or not: the page then says what to do first."""
        return not self.rows and not self.is_narrowed and not self.form.errors

    @property
    def previous(self) -> str:
        """The address of the page before, or empty."""
        return self.address(page=self.number - 1) if self.number > 1 and self.pages else ""

    @property
    def next(self) -> str:
        """The address of the page after, or empty."""
        at_end = not self.pages or self.number >= self.pages[-1].number
        return "" if at_end else self.address(page=self.number + 1)

    @property
    def all_rows_address(self) -> str:
        """The address without the filter; the order stays."""
        return address_of({**self.kept, "sort": self.params.get("sort", ())})

    @property
    def ends_early(self) -> bool:
        """True on the last page that can be leafed to, when more rows lie behind it."""
        return self.count.more and not self.next

    def address(self, **changes: object) -> str:
        """This list's address with some answers changed; None or "" takes one away. Page 1 is not written."""
        return address_of(self.params, **changes)

    def with_rows(self, rows: Iterable[Other]) -> "Listing[Other]":
        """The same page with other rows in place of these, as many and in the same order."""
        return cast("Listing[Other]", replace(cast(Any, self), rows=list(rows)))


@dataclass(frozen=True)
class ListPage:
    """What a list page can do. Declare it once beside the view; `read` it for each request."""

    columns: tuple[Column, ...]
    noun: tuple[str, str] = ("row", "rows")
    filter_form: type[FilterForm] = FilterForm
    order: str = ""
    size: int = 50
    most_counted: int = MOST_COUNTED
    by_key: dict[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})
        if clash := {"sort", "page"} & set(self.filter_form.base_fields):
            raise ValueError(f"A filter field may not be called {sorted(clash)}: the address needs the word.")

    def read(
        self,
        query: QueryDict,
        rows: QuerySet[Any, Row] | Sequence[Row],
        *,
        exports: Mapping[str, str] | None = None,
        form: FilterForm | None = None,
        kept: Mapping[str, tuple[str, ...]] | None = None,
        counted: QuerySet[Any, Row] | None = None,
        most_counted: int | None = None,
    ) -> Listing[Row]:
        """The page of `rows` that the address asks for.

        `exports`: label → address, to which the filter and the order are added. `form`: a filter already made
        (one whose choices depend on the person); it must be bound to `query`. `kept`: answers of the address that
        are no part of the filter (the day a page looks back to); every link of the list holds them. `counted`:
        the same rows, asked for in a way that is better for counting. `most_counted`: how far this page is counted,
        where its rows are dear to find.
        An order or a page that does not exist is read as the usual one.
        """
        form = form if form is not None else self.filter_form(query)
        order = self.order_asked_for(query.get("sort", ""))
        ordered = self._ordered(form.narrow(rows), order)
        same = ordered if counted is None else form.narrow(counted)
        count = self._count(same, most_counted or self.most_counted)
        last = max(1, -(-count.number // self.size))
        number = min(max(1, whole_number(query.get("page", ""))), last)
        params = {**self._params(query, form, order), **(kept or {})}
        start = (number - 1) * self.size
        return Listing(
            rows=list(ordered[start : start + self.size]),
            count=count,
            headings=tuple(self._heading(column, order, params) for column in self.columns),
            form=form,
            pages=page_links(number, last, params),
            number=number,
            size=self.size,
            params={**params, **({"page": (str(number),)} if number > 1 else {})},
            exports=tuple(Export(label, join(url, params)) for label, url in (exports or {}).items()),
            chips=tuple(chips(form, params)),
            order=order,
            kept=kept or {},
        )

    def ordered(self, rows: Any, query: QueryDict) -> Any:
        """All the rows in the order that the address asks for: what is taken away stands as it is shown."""
        return self._ordered(rows, self.order_asked_for(query.get("sort", "")))

    def order_asked_for(self, asked: str) -> str:
        """The key asked for, "-" before it if backwards; the usual order if that column cannot be ordered by."""
        column = self.by_key.get(asked.removeprefix("-"))
        return asked if column and column.sort else self.order

    def _ordered(self, rows: Any, order: str) -> Any:
        column = self.by_key.get(order.removeprefix("-"))
        if column is None:
            return rows
        backwards = order.startswith("-")
        if isinstance(rows, QuerySet):
            return rows.order_by(*order_by(column, backwards), "pk")
        return sorted_rows(rows, column, backwards)

    def _count(self, rows: Any, most: int) -> Count:
        found = count_up_to(rows, most) if isinstance(rows, QuerySet) else len(rows)
        return Count(min(found, most), found > most, self.noun)

    def _params(self, query: QueryDict, form: FilterForm, order: str) -> dict[str, tuple[str, ...]]:
        """The part of the address that makes this view: valid answers, and an order other than the usual."""
        kept = {
            name: tuple(v for v in query.getlist(name) if v) for name in form.fields if name in form.chosen
        }
        for name in set(form.chosen) - {n for n, v in kept.items() if v}:
            kept[name] = ()
            for part in [key for key in query if key.startswith(f"{name}-")]:  # a date's three boxes
                kept[part] = tuple(query.getlist(part))
        if order != self.order:
            kept["sort"] = (order,)
        return {name: values for name, values in kept.items() if values}

    def _heading(self, column: Column, order: str, params: Mapping[str, tuple[str, ...]]) -> Heading:
        if not column.sort:
            return Heading(column.key, column.label, "", "", column.numeric, column.hidden_label)
        forwards = order == column.key
        turned = f"-{column.key}" if forwards else column.key
        asked = None if turned == self.order else turned
        # What a person sees: a column that runs backwards shows its greatest value first.
        up, down = (
            ("descending", "ascending") if column.sort[0].startswith("-") else ("ascending", "descending")
        )
        aria = up if forwards else down if order == f"-{column.key}" else "none"
        href = address_of(params, sort=asked)
        return Heading(column.key, column.label, href, aria, column.numeric, column.hidden_label)


def order_by(column: Column, backwards: bool) -> list[Any]:
    """The arguments of `order_by` for one column."""
    found: list[Any] = []
    for name in column.sort:
        down = name.startswith("-") != backwards
        plain = name.removeprefix("-")
        if not column.empty_last:
            found.append(f"-{plain}" if down else plain)
        else:
            found.append(F(plain).desc(nulls_last=True) if down else F(plain).asc(nulls_last=True))
    return found


def sorted_rows(rows: Sequence[Row], column: Column, backwards: bool) -> list[Row]:
    """Rows that are no query set, ordered by attributes. Rows without a value stand last."""
    found = list(rows)
    for name in reversed(column.sort):
        read = attrgetter(name.removeprefix("-").replace("__", "."))
        down = name.startswith("-") != backwards
        filled = [row for row in found if read(row) is not None]
        empty = [row for row in found if read(row) is None]
        found = sorted(filled, key=read, reverse=down) + empty
    return found


def page_links(number: int, last: int, params: Mapping[str, tuple[str, ...]]) -> tuple[PageLink, ...]:
    """First, last and the neighbours of this page, with gaps (number 0); nothing if there is one page."""
    if last == 1:
        return ()
    wanted = sorted({1, last} | {n for n in range(number - 1, number + 2) if 1 <= n <= last})
    links: list[PageLink] = []
    for n in wanted:
        if links and n - links[-1].number == 2:
            links.append(PageLink(n - 1, address_of(params, page=n - 1)))
        elif links and n - links[-1].number > 2:
            links.append(PageLink(0, ""))
        links.append(PageLink(n, address_of(params, page=n), n == number))
    return tuple(links)


def chips(form: FilterForm, params: Mapping[str, tuple[str, ...]]) -> Iterable[Chip]:
    """One chip for each answer; several ticked boxes of one question give one chip each."""
    for name, value in form.chosen.items():
        label = str(form[name].label)
        words = words_for(form.fields[name])
        if isinstance(value, list | tuple):
            for one in value:
                rest = tuple(v for v in params.get(name, ()) if v != str(one))
                yield Chip(label, words(one), address_of(params, **{name: rest}))
        else:
            gone = {key: None for key in params if key == name or key.startswith(f"{name}-")}
            yield Chip(label, words(value), address_of(params, **gone))


def words_for(question: Any) -> Callable[[Any], str]:
    """How an answer to this field reads on a chip: the label of a choice, a date in words, else the text."""
    flat: dict[str, str] = {}
    for key, label in getattr(question, "choices", ()):
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        flat.update({str(k): str(v) for k, v in pairs})

    def words(value: Any) -> str:
        if isinstance(value, dt.date):
            return f"{value.day} {value:%B %Y}"
        return "Yes" if value is True else flat.get(str(value), str(value))

    return words


def address_of(params: Mapping[str, tuple[str, ...]], **changes: object) -> str:
    """ "?…" for these answers with some changed. The page is dropped unless it is what changes."""
    query = QueryDict(mutable=True)
    for name, values in {**params, **{k: as_values(v) for k, v in changes.items()}}.items():
        if name != "page" or (name in changes and values != ("1",)):
            query.setlist(name, list(values))
    return "?" + query.urlencode()


def as_values(change: object) -> tuple[str, ...]:
    """The texts an address holds for one changed answer."""
    if isinstance(change, list | tuple):
        return tuple(str(one) for one in change)
    return () if change in (None, "") else (str(change),)


def join(url: str, params: Mapping[str, tuple[str, ...]]) -> str:
    """An address with the answers of this list behind it."""
    written = address_of(params)
    return url + written if len(written) > 1 else url


def whole_number(text: str) -> int:
    """The number typed, or 1. Never raises; nine digits at most, so that no database meets a monster."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
