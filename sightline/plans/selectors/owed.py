"""All that ledgers are kept up to date from, read with one query: what was said, what is owed, and who is asked.

Three tables become lines of one shape (a union), because they are read at every word that is said of a recommendation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from sightline.messages.selectors import StandingItem, standing_items
from sightline.plans.models import Addressee, LedgerLine, Source
from sightline.plans.rules.ledger import Due, standard
from sightline.plans.selectors.ledger import NOBODY_NAMED

APP, MODEL = Source._meta.app_label, str(Source._meta.model_name)
_LINE, _DUE, _ITEM = "line", "due", "item"


class LineRead(NamedTuple):
    """What counts of a line of the ledger."""

    as_at: date
    row: int
    kind: str
    acceptance: str
    step: int | None
    months: int | None


class DueRead(NamedTuple):
    """What an addressee owes, behind its place: its recommendation, its order there, its own number."""

    recommendation: int
    order: int
    row: int
    due: Due


@dataclass(slots=True)
class ReadLedger:
    """What was read: lines by addressee, what is owed by source, and the work items of the sources."""

    lines: defaultdict[int, list[LineRead]] = field(default_factory=lambda: defaultdict(list))
    due: defaultdict[int, list[DueRead]] = field(default_factory=lambda: defaultdict(list))
    items: list[StandingItem] = field(default_factory=list)


def read_ledger(addressees: Sequence[Addressee], sources: Collection[int], on: date) -> ReadLedger:
    """The lines of these addressees, and of these sources what is owed by all and who is asked for it."""
    read = ReadLedger()
    lines = _lines([each.pk for each in addressees])
    for row in lines.union(_due(sources, on), _items(sources), all=True):
        _take(read, _Row(*row))
    for said in read.lines.values():
        said.sort(key=lambda line: (line.as_at, line.row))
    return read


def due_of(addressee: Addressee, on: date) -> DueRead | None:
    """The same of an addressee in hand; None where nothing of it is asked for on this day."""
    party = f"agency:{addressee.agency.key}" if addressee.agency else ""
    party = f"group:{addressee.group.key}" if addressee.group else party
    is_named = bool(addressee.raw or party or addressee.is_partnership)
    due_on = addressee.current_due_on
    if addressee.gone_on or due_on is None or (is_named and due_on > _soon(on)):
        return None
    number = addressee.recommendation_id
    return DueRead(number, addressee.order, addressee.pk, Due(number, party, addressee.raw, due_on))


def _soon(on: date) -> date:
    return on + timedelta(days=standard().due_soon_days)


class _Row(NamedTuple):
    """One line of the union."""

    what: str
    about: int
    row: int
    number: Any
    more: Any
    word: str
    who: str
    text: str
    day: Any
    moment: Any


def _take(read: ReadLedger, row: _Row) -> None:
    if row.what == _LINE:
        line = LineRead(row.day, row.row, row.word, row.who, row.number, row.more)
        read.lines[row.about].append(line)
    elif row.what == _DUE:
        due = Due(row.number, row.who, row.text, row.day)
        read.due[row.about].append(DueRead(row.number, row.more, row.row, due))
    else:
        place = (row.who, row.word, APP, MODEL, str(row.about))
        read.items.append(StandingItem(place, (row.text, row.day), row.moment))


def _lines(addressees: Collection[int]) -> QuerySet[Any, Any]:
    said = LedgerLine.objects.filter(addressee__in=addressees)
    parts = {"number": F("step"), "more": F("months"), "word": F("kind"), "who": F("acceptance")}
    return _part(said, _LINE, F("addressee_id"), day=F("as_at"), **parts)


def _due(sources: Iterable[int], on: date) -> QuerySet[Any, Any]:
    """What is owed by the last day on which it is asked for, and all that names nobody."""
    asked = Q(current_due_on__lte=_soon(on)) | NOBODY_NAMED & Q(current_due_on__isnull=False)
    party = Case(
        When(agency__isnull=False, then=Concat(Value("agency:"), Cast("agency__key", CharField()))),
        When(group__isnull=False, then=Concat(Value("group:"), Cast("group__key", CharField()))),
        default=Value(""),
    )
    return _part(
        Addressee.objects.filter(asked, recommendation__source__in=list(sources), gone_on=None),
        _DUE,
        F("recommendation__source_id"),
        number=F("recommendation_id"),
        more=F("order"),
        who=party,
        text=F("raw"),
        day=F("current_due_on"),
    )


def _items(sources: Collection[int]) -> QuerySet[Any, Any]:
    parts = {"word": F("kind"), "who": F("for_scope"), "text": F("says"), "day": F("due_on")}
    parts["moment"] = F("created_at")
    return _part(standing_items(APP, MODEL, sources), _ITEM, F("subject_id"), **parts)


_TYPES = {
    "number": IntegerField,
    "more": IntegerField,
    "word": CharField,
    "who": CharField,
    "text": TextField,
    "day": DateField,
    "moment": DateTimeField,
}


def _part(rows: QuerySet[Any, Any], what: str, about: F, **given: Any) -> QuerySet[Any, Any]:
    """Lines in the shape of `_Row`; every column is cast, so that the parts agree on PostgreSQL."""
    empty = {name: Value("" if name in ("word", "who", "text") else None) for name in _TYPES}
    told = {
        "what": Cast(Value(what), CharField()),
        "about": Cast(about, BigIntegerField()),
        "row": F("pk"),
        **{name: Cast(given.get(name, empty[name]), kind()) for name, kind in _TYPES.items()},
    }
    named = {f"read_{name}": value for name, value in told.items()}
    lines: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
    return lines
