"""The history of actions, read in one query whatever their number, and the facts made of it.

Every table of history becomes lines of one shape (a union), so that a page of three hundred actions asks the database
as often as a page of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from sightline.plans.choices import DeliveryState, LineKind
from sightline.plans.models import (
    Action,
    Block,
    CompletionClaim,
    Dependency,
    EmbeddingTest,
    Evidence,
    Question,
    Rating,
    RoundClosing,
    StateChange,
    Timescale,
    Update,
)
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Line, Moment, facts_from

Lines = QuerySet[Any, tuple[Any, ...]]
# SQLite counts the marks in a statement: twelve tables times this stays below its smallest limit.
CHUNK = 1_000

COLUMNS = (
    "line_action",
    "line_kind",
    "line_row",
    "line_as_at",
    "line_recorded_at",
    "line_word",
    "line_day",
    "line_ended_on",
    "line_ended_recorded_at",
    "line_who",
    "line_text",
    "line_import",
)


def facts_of(actions: Iterable[Action], on: date, known_by: datetime | None = None) -> dict[int, ActionFacts]:
    """The facts of each action as at a day, by primary key: one query per thousand actions.

    `known_by` leaves out whatever was recorded after that moment ("as it stood on"); without it everything known
    today about that day counts, as an import of last month's paper must.
    """
    return facts_of_rows(
        [(action.pk, action.opened_on, action.reference) for action in actions], on, known_by
    )


def facts_of_rows(
    rows: Sequence[tuple[int, date, str]], on: date, known_by: datetime | None = None
) -> dict[int, ActionFacts]:
    """The same from (primary key, opened on, reference), where nothing else of the actions is needed."""
    moment = Moment(on, known_by)
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines_of([pk for pk, *_ in rows], moment):
        lines[line.action].append(line)
    return {pk: facts_from(lines[pk], moment, opened_on, reference) for pk, opened_on, reference in rows}


def lines_of(action_ids: Sequence[int], moment: Moment) -> Iterator[Line]:
    """Every line of the actions' history up to the day, in no order."""
    for start in range(0, len(action_ids), CHUNK):
        chunk = action_ids[start : start + CHUNK]
        first, *others = history_parts(chunk, moment)
        for row in first.union(*others, all=True):
            yield Line(row[0], LineKind(row[1]), *row[2:])


def history_parts(action_ids: Sequence[int], moment: Moment) -> list[Lines]:
    """The lines of each table, in columns named `COLUMNS`, to be joined by a union."""
    return [table.lines(action_ids, moment) for table in _TABLES]


def line_of_row(row: Any) -> Line:
    """A row of history just written, as the line that would be read of it. Raises KeyError for other records."""
    return _BY_MODEL[type(row)].line(row)


@dataclass(frozen=True, slots=True)
class _Table:
    """How one table becomes lines: which column, or expression, gives which part of a line."""

    model: type[Model]
    kind: str
    as_at: str = "as_at"
    word: str | Callable[[Moment], Expression] = ""
    day: str = ""
    ends: tuple[str, str] = ("", "")
    who: str | Expression = ""
    text: str | Expression = ""
    imported: bool = False
    # What a row in hand says of itself where the column is made by the database.
    own: Mapping[str, str] = field(default_factory=dict)

    def lines(self, ids: Sequence[int], moment: Moment) -> Lines:
        """The lines of these actions. Every column is cast, so that the parts of the union agree on PostgreSQL."""
        rows = self.model._default_manager.filter(action_id__in=ids, **{f"{self.as_at}__lte": moment.on})
        if moment.known_by:
            rows = rows.filter(recorded_at__lte=moment.known_by)
        named = dict(zip(COLUMNS, self._columns(moment), strict=True))
        lines: Lines = rows.order_by().annotate(**named).values_list(*COLUMNS)
        return lines

    def line(self, row: Any) -> Line:
        """The same of a row in hand; only for tables whose parts are plain columns."""
        kind = self.kind if isinstance(self.kind, LineKind) else LineKind(getattr(row, self.kind))
        named = {"word": self.word, "who": self.who, "text": self.text, "day": self.day, **self.own}
        parts = {part: getattr(row, str(column)) for part, column in named.items() if column}
        ended_on, ended_recorded_at = (getattr(row, column) if column else None for column in self.ends)
        return Line(
            row.action_id,
            kind,
            row.pk,
            getattr(row, self.as_at),
            row.recorded_at,
            **parts,
            ended_on=ended_on,
            ended_recorded_at=ended_recorded_at,
            import_of=row.import_of_id if self.imported else None,
        )

    def _columns(self, moment: Moment) -> tuple[Expression | F, ...]:
        ended_on, ended_recorded_at = self.ends
        return (
            F("action_id"),
            Cast(
                Value(self.kind.value) if isinstance(self.kind, LineKind) else F(str(self.kind)), CharField()
            ),
            F("pk"),
            F(self.as_at),
            F("recorded_at"),
            Cast(self.word(moment) if callable(self.word) else _text(self.word), CharField()),
            Cast(_or_null(self.day), DateField()),
            Cast(_or_null(ended_on), DateField()),
            Cast(_or_null(ended_recorded_at), DateTimeField()),
            Cast(self.who if isinstance(self.who, Expression) else _text(self.who), CharField()),
            Cast(self.text if isinstance(self.text, Expression) else _text(self.text), TextField()),
            Cast(_or_null("import_of_id" if self.imported else ""), BigIntegerField()),
        )


def _text(column: str) -> Expression | F:
    return F(column) if column else Value("")


def _or_null(column: str) -> Expression | F:
    return F(column) if column else Value(None)


def _state_of_needed(moment: Moment) -> Expression:
    """The state, as at the day, of the action waited for; one without a history has not started."""
    changes = StateChange.objects.filter(action=OuterRef("needs"), as_at__lte=moment.on)
    if moment.known_by:
        changes = changes.filter(recorded_at__lte=moment.known_by)
    last = changes.order_by("-as_at", "-recorded_at", "-pk").values("to_state")[:1]
    return Coalesce(Subquery(last), Value(DeliveryState.NOT_STARTED.value))


_ENDS = ("ended_on", "ended_recorded_at")
_PRINTED = Coalesce(NullIf(F("raw"), Value("")), F("label"))

_VOICE = Coalesce(NullIf(F("said_by"), Value("")), F("entered_by_label"))

_TABLES = (
    _Table(StateChange, LineKind.STATE, word="to_state", text="reason", imported=True),
    _Table(Timescale, LineKind.TIMESCALE, word="kind", day="due_on", text=_PRINTED, own={"text": "printed"}),
    _Table(Update, LineKind.UPDATE, day="dated_on", who="said_by", text="text", imported=True),
    _Table(Rating, "dimension", word="value", who="said_by", text="reason", imported=True),
    _Table(Evidence, LineKind.EVIDENCE, as_at="dated_on", word="quarter"),
    _Table(
        EmbeddingTest, LineKind.TEST, word="result", day="due_on", ends=("result_on", "result_recorded_at")
    ),
    _Table(Block, LineKind.BLOCK, text="reason", ends=_ENDS),
    _Table(
        CompletionClaim,
        LineKind.CLAIM,
        word="result",
        ends=("result_on", "result_recorded_at"),
        who=_VOICE,
        text="reason",
        own={"who": "voice"},
    ),
    _Table(Question, LineKind.QUESTION, ends=("answered_on", "answered_recorded_at"), text="text"),
    _Table(Dependency, LineKind.DEPENDENCY, word=_state_of_needed, who="needs__reference", ends=_ENDS),
    _Table(RoundClosing, LineKind.ROUND, day="opened_on"),
)

_BY_MODEL = {table.model: table for table in _TABLES}
