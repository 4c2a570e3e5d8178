"""How a round goes, one of those it asks, and the page on which they tell how their things stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from sightline.rendering.document import Column as PaperColumn
from sightline.rendering.document import Document, Table, TableCell, TableRow
from sightline.requests.choices import ANSWERING_COLOURS, ANSWERING_LABELS, Answering
from sightline.requests.forms import AskedFilter, AskedForm
from sightline.requests.kinds import kind_named
from sightline.requests.models import Asked, Round
from sightline.requests.parts import Thing
from sightline.requests.permissions import can_export
from sightline.requests.rules import answering
from sightline.requests.selectors import OfAgency, asked_in, by_agency
from sightline.screens import elements
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import problems
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count, day, joined

if TYPE_CHECKING:
    from datetime import date, datetime

    from sightline.requests.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
TAKEN = ("Who", "Address", "Agency", "Answer", "Answered on", "Answers", "Last e-mail")
LIST = ListPage(
    noun=("person", "people"),
    columns=(
        Column("name", "Who", sort=("name",)),
        Column("agency", "Agency", sort=("agency__name",), empty_last=True),
        Column("answer", "Answer", sort=("answers", "answered_at")),
        Column("mailed", "Last e-mail", sort=("mailed_at",), empty_last=True),
        Column("doing", "What you can do", hidden_label=True),
    ),
    filter_form=AskedFilter,
    order="answer",
)


@dataclass(frozen=True)
class AskedRow:
    """One of those asked. `do` and `typed` are addresses; empty once the round is closed.

    `came_back`: that their e-mails come back, and what the server says of it.
    """

    name: str
    email: str
    agency: str
    state: str
    colour: str
    answered_on: date | None
    answers: int
    mailed_on: date | None
    came_back: str
    left: str
    do: str
    typed: str


@dataclass(frozen=True)
class RoundPage:
    """How a round goes. `told` says it in a sentence; `after`: where to look once it is closed."""

    round: Round
    home: str
    told: str
    how: str
    agencies: tuple[OfAgency, ...]
    listing: Listing[AskedRow]
    close: str
    after: str
    again: str
    looked: str


@dataclass(frozen=True)
class AskedPage:
    """One of those asked."""

    title: str
    caption: str
    home: str
    typed: str
    facts: tuple[SummaryRow, ...]
    came_back: str
    form: AskedForm


def round_page(user: Reader, found: Round, query: QueryDict) -> RoundPage:
    """The round with everybody it asks, as the address narrows them; figures are always of all."""
    agencies = by_agency(found)
    form = AskedFilter(query, agencies=[each.name for each in agencies if each.name])
    exports = {label: reverse("requests:export", args=[found.pk, name]) for label, name in FORMATS.items()}
    listed = LIST.read(query, asked_in(found), form=form, exports=exports if can_export(user) else None)
    asked, answered = sum(each.asked for each in agencies), sum(each.answered for each in agencies)
    left = f"Answers are taken until {day(found.closes_on)}." if found.is_open else ""
    ended = f"The round was closed on {day(found.closed_on)}." if found.closed_on else left
    return RoundPage(
        round=found,
        home=kind_named(found.kind).home(found.record),
        told=f"{count(asked, 'person', 'people')} asked, {answered} answered. {ended}",
        how=kind_named(found.kind).how,
        agencies=tuple(agencies),
        listing=listed.with_rows(_row(each, found) for each in listed.rows),
        close=reverse("requests:close", args=[found.pk]) if found.is_open else "",
        again=reverse("requests:round", args=[found.pk]) if found.is_open else "",
        looked=f"{timezone.localtime():%H:%M}",
        after="" if found.is_open else kind_named(found.kind).after(found.record),
    )


def round_table(found: Round, query: QueryDict, marking: str) -> Document:
    """Those asked as they are narrowed and ordered, whole, as a table to take away."""
    form = AskedFilter(query, agencies=[each.name for each in by_agency(found) if each.name])
    rows = [_row(each, found) for each in LIST.ordered(form.narrow(asked_in(found)), query)]
    cells = [
        (row.name, row.email, row.agency, row.state, row.answered_on or "", row.answers, row.mailed_on or "")
        for row in rows
    ]
    made = tuple(TableRow(tuple(TableCell(str(cell)) for cell in line)) for line in cells)
    columns = tuple(map(PaperColumn, TAKEN))
    return Document(found.title, (Table(found.title, columns, made),), marking=marking, landscape=True)


def _row(each: Any, found: Round) -> AskedRow:
    state = _state(each)
    return AskedRow(
        name=each.name,
        email=each.email,
        agency=str(each.agency or ""),
        state=ANSWERING_LABELS[state],
        colour=ANSWERING_COLOURS[state],
        answered_on=_day(each.answered_at),
        answers=each.answers,
        mailed_on=_day(each.mailed_at),
        came_back=_came_back(each),
        left=_left(each),
        do=reverse("requests:asked", args=[found.pk, each.pk]) if found.is_open else "",
        typed=kind_named(found.kind).typed(each) if found.is_open else "",
    )


def _state(each: Any) -> Answering:
    return answering(
        has_answered=each.answers > 0,
        is_ended=each.ended_at is not None,
        was_mailed=each.mailed_at is not None,
        comes_back=each.came_back is not None,
    )


def _came_back(each: Any) -> str:
    """That e-mails to somebody come back, with the words of the server."""
    if each.came_back is None:
        return ""
    return f"E-mails to this address come back{f': {each.came_back}' if each.came_back else ''}"


def _left(each: Any) -> str:
    """That somebody has left, so that nobody answers by their link."""
    ends_on: date | None = each.person.ends_on
    if ends_on is None or ends_on >= timezone.localdate():
        return ""
    return f"Has left on {day(ends_on)}: nobody is reminded. Type what whoever follows them tells."


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def asked_page(each: Any, form: AskedForm) -> AskedPage:
    """One of those asked, and what can be done about their link."""
    rows = (
        ("Agency", str(each.agency or "")),
        ("Address", each.email),
        ("Answer", ANSWERING_LABELS[_state(each)]),
        ("Answers so far", str(each.answers) if each.answers else ""),
        ("Last e-mail", day(_day(each.mailed_at))),
    )
    return AskedPage(
        title=each.name,
        caption=each.round.title,
        home=reverse("requests:round", args=[each.round_id]),
        typed=kind_named(each.round.kind).typed(each),
        facts=tuple(SummaryRow(key, value) for key, value in rows if value),
        came_back=_came_back(each),
        form=form,
    )


@dataclass(frozen=True)
class UpdatePage:
    """What is asked of somebody on one page; `next` leads to further things."""

    about: str
    whose: str
    until: str
    things: tuple[Thing, ...]
    next: str = ""

    @property
    def counted(self) -> str:
        """How many things stand on the page."""
        return count(len(self.things), "action")

    @property
    def summary(self) -> SafeString:
        """What is wrong in all of the forms; nothing where nothing is."""
        return summary_of(thing.form for thing in self.things)


def update_page(
    asked: Sequence[Asked], things: Sequence[Thing], address: str, number: int, *, more: bool
) -> UpdatePage:
    """The page with a form for each thing; `address` is its own, `number` which page of several it is."""
    names = list(dict.fromkeys(each.round.about for each in asked))
    one = names[0] if len(names) == 1 else ""
    return UpdatePage(
        about=joined(names),
        whose=asked[0].name,
        until=day(min(each.round.closes_on for each in asked)),
        things=tuple(replace(each, where="") if each.where == one else each for each in things),
        next=f"{address}?page={number + 1}" if more else "",
    )


def summary_of(forms: Iterable[BaseForm]) -> SafeString:
    """What is wrong in all of these forms; nothing where nothing is."""
    found = [problem for form in forms if form.is_bound for problem in problems(form)]
    return elements.error_summary(found) if found else SafeString("")
