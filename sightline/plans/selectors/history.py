"""The history of actions, read in one query whatever their number, and the facts made of it.

Every table of history becomes lines of one shape (a union), so that a page of three hundred actions asks the database
as often as a page of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    Dependency,
    EmbeddingTest,
    Evidence,
    Rating,
    StateChange,
    Timescale,
    Update,
)
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Line, Moment, facts_from

Lines = QuerySet[Any, tuple[Any, ...]]
# SQLite counts the marks in a statement: nine tables times this stays below its smallest limit.
CHUNK = 1_000

_COLUMNS = (
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
    wanted = {action.pk: action for action in actions}
    moment = Moment(on, known_by)
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines_of(list(wanted), moment):
        lines[line.action].append(line)
    return {
        pk: facts_from(lines[pk], moment, action.opened_on, action.reference) for pk, action in wanted.items()
    }


def lines_of(action_ids: Sequence[int], moment: Moment) -> Iterator[Line]:
    """Every line of the actions' history up to the day, in no order."""
    for start in range(0, len(action_ids), CHUNK):
        chunk = action_ids[start : start + CHUNK]
        first, *others = _tables(chunk, moment)
        for row in first.union(*others, all=True):
            yield Line(row[0], LineKind(row[1]), *row[2:])


def _tables(ids: Sequence[int], moment: Moment) -> list[Lines]:
    imported = F("import_of_id")
    return [
        _lines(StateChange, ids, moment, _said(LineKind.STATE), "as_at", word="to_state", text="reason"),
        _lines(
            Timescale,
            ids,
            moment,
            _said(LineKind.TIMESCALE),
            "as_at",
            word="kind",
            day="due_on",
            text=Coalesce(_empty_to_null("raw"), F("label")),
        ),
        _lines(
            Update,
            ids,
            moment,
            _said(LineKind.UPDATE),
            "as_at",
            day="dated_on",
            who="said_by",
            text="text",
            import_of=imported,
        ),
        _lines(
            Rating,
            ids,
            moment,
            F("dimension"),
            "as_at",
            word="value",
            who="said_by",
            text="reason",
            import_of=imported,
        ),
        _lines(Evidence, ids, moment, _said(LineKind.EVIDENCE), "dated_on", word="quarter"),
        _lines(
            EmbeddingTest,
            ids,
            moment,
            _said(LineKind.TEST),
            "as_at",
            word="result",
            day="due_on",
            ended_on="result_on",
            ended_recorded_at="result_recorded_at",
        ),
        _lines(
            Block,
            ids,
            moment,
            _said(LineKind.BLOCK),
            "as_at",
            text="reason",
            ended_on="ended_on",
            ended_recorded_at="ended_recorded_at",
        ),
        _lines(
            Dependency,
            ids,
            moment,
            _said(LineKind.DEPENDENCY),
            "as_at",
            word=_state_of_needed(moment),
            who="needs__reference",
            ended_on="ended_on",
            ended_recorded_at="ended_recorded_at",
        ),
    ]


def _lines(
    model: type[Model],
    ids: Sequence[int],
    moment: Moment,
    kind: Expression | F,
    as_at: str,
    *,
    word: str | Expression = "",
    day: str = "",
    ended_on: str = "",
    ended_recorded_at: str = "",
    who: str = "",
    text: str | Expression = "",
    import_of: F | None = None,
) -> Lines:
    """One table as lines. Every column is cast, so that the parts of the union agree on PostgreSQL too."""
    rows = model._default_manager.filter(action_id__in=ids, **{f"{as_at}__lte": moment.on})
    if moment.known_by:
        rows = rows.filter(recorded_at__lte=moment.known_by)
    columns = (
        F("action_id"),
        Cast(kind, CharField()),
        F("pk"),
        F(as_at),
        F("recorded_at"),
        Cast(_of(word), CharField()),
        Cast(F(day) if day else Value(None), DateField()),
        Cast(F(ended_on) if ended_on else Value(None), DateField()),
        Cast(F(ended_recorded_at) if ended_recorded_at else Value(None), DateTimeField()),
        Cast(_of(who), CharField()),
        Cast(_of(text), TextField()),
        Cast(import_of or Value(None), BigIntegerField()),
    )
    lines: Lines = (
        rows.order_by().annotate(**dict(zip(_COLUMNS, columns, strict=True))).values_list(*_COLUMNS)
    )
    return lines


def _of(column: str | Expression) -> Expression | F:
    if isinstance(column, str):
        return F(column) if column else Value("")
    return column


def _said(kind: LineKind) -> Value:
    return Value(kind.value)


def _empty_to_null(column: str) -> Expression:
    return NullIf(F(column), Value(""))


def _state_of_needed(moment: Moment) -> Expression:
    """The state, as at the day, of the action waited for; one without a history has not started."""
    changes = StateChange.objects.filter(action=OuterRef("needs"), as_at__lte=moment.on)
    if moment.known_by:
        changes = changes.filter(recorded_at__lte=moment.known_by)
    last = changes.order_by("-as_at", "-recorded_at", "-pk").values("to_state")[:1]
    return Coalesce(Subquery(last), Value(DeliveryState.NOT_STARTED.value))
