"""All that was ever said of one action, in one query: its history, and what it waits for and points at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from sightline.plans.choices import Embedding
from sightline.plans.models import (
    Action,
    Block,
    CompletionClaim,
    DateAnswer,
    Dependency,
    EmbeddingTest,
    Evidence,
    EvidenceFile,
    ImportedRow,
    OwnersChange,
    Placement,
    PublishableText,
    Question,
    Rating,
    Reference,
    StateChange,
    ThemeMark,
    Timescale,
    Update,
)
from sightline.plans.rules.history import Moment
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


# How a reference was matched, or left as words, where a person said so.
BY_HAND = "by_hand"
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Told(StrEnum):
    """From which table a line comes."""

    STATE = "state"
    TIMESCALE = "timescale"
    DATE_ANSWER = "date_answer"
    UPDATE = "update"
    PUBLISHABLE = "publishable"
    RATING = "rating"
    EVIDENCE = "evidence"
    FILE = "file"
    TEST = "test"
    CLAIM = "claim"
    QUESTION = "question"
    BLOCK = "block"
    WAITS_FOR = "waits_for"
    NEEDED_BY = "needed_by"
    OWNERS = "owners"
    REFERS_TO = "refers_to"
    REFERRED_FROM = "referred_from"
    PLACED = "placed"
    CARRIED_FROM = "carried_from"
    CARRIED_TO = "carried_to"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line. `word`: its state, kind, rating, quarter or result; `other`: the action (of a file: the evidence)
    at the other end, by number. Of a file, `said_by` names its versions together, `how` is which of them it is, and
    `ended_by` why it took the place of the one before.
    """

    kind: Told
    row: int
    as_at: date | None
    recorded_at: datetime | None
    entered_by: str
    word: str
    text: str
    more: str
    said_by: str
    how: str
    day: date | None
    ended_on: date | None
    ended_by: str
    other: int | None
    import_of: int | None
    ended_recorded_at: datetime | None = None

    def by(self, moment: Moment) -> ToldLine | None:
        """The line as it was known by the moment: not at all, without its end, or whole. What has no day stays."""
        if self.as_at and self.recorded_at and not moment.sees(self.as_at, self.recorded_at):
            return None
        if self.ended_on is None:
            return self
        known = self.ended_recorded_at is None or moment.sees(self.ended_on, self.ended_recorded_at)
        return self if known else self._still_open()

    def _still_open(self) -> ToldLine:
        """The line before it ended: a test waits for its finding, a claim for its answer."""
        if self.kind in (Told.TEST, Told.CLAIM):
            return replace(self, word=Embedding.WAITING, more="", ended_on=None, ended_by="")
        return replace(self, ended_on=None, ended_by="")

    @property
    def place(self) -> tuple[date, datetime, int]:
        """Its place in history: by valid day, then by the moment it was recorded; what has no day stands first."""
        return (self.as_at or date.min, self.recorded_at or BEFORE_ALL, self.row)


_TEXTS = ("word", "text", "more", "said_by", "how", "ended_by")
_DAYS = ("day", "ended_on")


Part = QuerySet[Any, tuple[Any, ...]]


def told_of(action: Action, user: Reader | None = None) -> list[ToldLine]:
    """Every line of the action, in no order; one query. For a `user`, the plans they may read that it stands in too."""
    places: list[Part] = _places(action, user) if user else []
    parts: list[Part] = [*_said(action), *_shown(action), *_tied(action), *places]
    first, *others = parts
    return [ToldLine(Told(row[0]), *row[1:]) for row in first.union(*others, all=True)]


_SAID = {"said_by": "said_by", "how": "received_how"}
_ENDED = {"ended_on": "ended_on", "ended_by": "ended_by_label", "ended_recorded_at": "ended_recorded_at"}


def _said(action: Action) -> tuple[Part, ...]:
    """What was promised and said: states, dates, owners, updates, what may be published, ratings."""
    own, agreed = {"action": action}, Cast("is_agreed", IntegerField())
    return (
        _lines(StateChange, Told.STATE, own, word="to_state", text="reason", more="from_state"),
        _lines(Timescale, Told.TIMESCALE, own, word="kind", text="raw", more="reason", day="due_on", how="label"),
        _lines(DateAnswer, Told.DATE_ANSWER, own, word=agreed, text="words", day="asked_for"),
        _lines(OwnersChange, Told.OWNERS, own, word="owners", text="reason"),
        _lines(Update, Told.UPDATE, own, text="text", more="publishable", day="dated_on", **_SAID),
        _lines(PublishableText, Told.PUBLISHABLE, own, text="text", said_by="agreed_by"),
        _lines(Rating, Told.RATING, own, word="value", text="reason", more="suggested", ended_by="dimension", **_SAID),
    )  # fmt: skip


def _shown(action: Action) -> tuple[Part, ...]:
    """What shows a difference, and what others said to it: evidence, files, tests, claims, questions."""
    own, of_evidence = {"action": action}, {"evidence__action": action}
    file: dict[str, str | Expression] = {
        "word": "document__kind",
        "text": "document__name",
        "more": "document__size",
        "said_by": Coalesce("document__first", "document"),
        "how": "document__version",
        "ended_by": "reason",
    }
    answered = {
        "ended_on": "result_on",
        "ended_by": "result_by_label",
        "ended_recorded_at": "result_recorded_at",
    }
    claim = {"word": "result", "text": "text", "more": "reason", "other": "entered_by_id"}
    asked = {
        "ended_on": "answered_on",
        "ended_by": "answered_by_label",
        "ended_recorded_at": "answered_recorded_at",
    }
    test = {"word": "result", "text": "question", "more": "finding", "day": "due_on"}
    return (
        _lines(Evidence, Told.EVIDENCE, own, as_at="dated_on", word="quarter", text="text", **_SAID),
        _lines(EvidenceFile, Told.FILE, of_evidence, as_at="recorded_at", other="evidence_id", **file),
        _lines(EmbeddingTest, Told.TEST, own, **test, **answered),
        _lines(CompletionClaim, Told.CLAIM, own, **claim, **answered, **_SAID),
        _lines(Question, Told.QUESTION, own, text="text", more="closed_because", other="update_id", **asked),
    )


def _tied(action: Action) -> tuple[Part, ...]:
    """What stands in the way, and the actions it waits for and points at, from either end."""
    own, needed = {"action": action}, {"needs": action}
    there = {"text": "reason", "other": "needs_id", "more": "needs__reference"}
    here = {"text": "reason", "other": "action_id", "more": "action__reference"}
    return (
        _lines(Block, Told.BLOCK, own, text="reason", **_ENDED),
        _lines(Dependency, Told.WAITS_FOR, own, **there, **_ENDED),
        _lines(Dependency, Told.NEEDED_BY, needed, **here, **_ENDED),
        _references(Told.REFERS_TO, own, "target_id", "target__reference"),
        _references(Told.REFERRED_FROM, {"target": action}, "action_id", "action__reference"),
    )


def _lines(
    model: type[Model],
    kind: Told,
    wanted: dict[str, Any],
    *,
    as_at: str = "as_at",
    **columns: str | Expression,
) -> QuerySet[Any, tuple[Any, ...]]:
    stamped = {"as_at": F(as_at), "recorded_at": F("recorded_at"), "entered_by": F("entered_by_label")}
    return _union_part(model, kind, wanted, stamped, columns, F("import_of_id"))


def _references(
    kind: Told, wanted: dict[str, Any], other: str, reference: str
) -> QuerySet[Any, tuple[Any, ...]]:
    undated = {"as_at": Value(None), "recorded_at": Value(None), "entered_by": Value("")}
    by_hand = Case(When(by_hand=True, then=Value(BY_HAND)), default=Value(""))
    columns: dict[str, str | Expression] = {
        "word": "kind",
        "text": "number",
        "said_by": "plan_text",
        "other": other,
        "more": reference,
        "how": by_hand,
    }
    return _union_part(Reference, kind, wanted, undated, columns, Value(None))


def _places(action: Action, user: Reader) -> list[QuerySet[Any, tuple[Any, ...]]]:
    """Where the action stands beside its own plan, the actions it came from and went into, and what it is about."""
    undated = {"as_at": Value(None), "recorded_at": Value(None), "entered_by": Value("")}
    placed = {"action": action, "ended_on": None, "plan__in": plans_visible_to(user).values("pk")}
    there = {"text": "number", "more": "plan__key", "said_by": "plan__name"}
    other = {"text": "current_number_label", "more": "reference", "said_by": "plan__name", "other": "pk"}
    return [
        _union_part(Placement, Told.PLACED, placed, undated, there, Value(None)),
        _union_part(Action, Told.CARRIED_FROM, {"carried_to": action}, undated, other, Value(None)),
        _union_part(Action, Told.CARRIED_TO, {"carried_from": action}, undated, other, Value(None)),
        _union_part(ThemeMark, Told.THEME, {"action": action}, undated, {"word": "theme"}, Value(None)),
    ]


def _union_part(
    model: type[Model],
    kind: Told,
    wanted: dict[str, Any],
    stamped: dict[str, Any],
    columns: Mapping[str, str | Expression],
    import_of: Expression | F,
) -> QuerySet[Any, tuple[Any, ...]]:
    """One table as lines. Every column is cast, so that the parts of the union agree on PostgreSQL too."""
    texts = {name: _column(columns.get(name), "", TextField()) for name in _TEXTS}
    days = {name: _column(columns.get(name), None, DateField()) for name in _DAYS}
    named = {
        "kind": Cast(Value(kind.value), CharField()),
        "row": F("pk"),
        "as_at": Cast(stamped["as_at"], DateField()),
        "recorded_at": Cast(stamped["recorded_at"], DateTimeField()),
        "entered_by": Cast(stamped["entered_by"], CharField()),
        **{name: texts[name] for name in ("word", "text", "more", "said_by", "how")},
        **days,
        "ended_by": texts["ended_by"],
        "other": _column(columns.get("other"), None, BigIntegerField()),
        "import_of": Cast(import_of, BigIntegerField()),
        "ended_recorded_at": _column(columns.get("ended_recorded_at"), None, DateTimeField()),
    }
    told = {f"told_{name}": value for name, value in named.items()}
    rows: QuerySet[Any, Any] = model._default_manager.filter(**wanted).order_by()
    found: QuerySet[Any, tuple[Any, ...]] = rows.annotate(**told).values_list(*told)
    return found


def _column(name: str | Expression | None, empty: str | None, kind: Any) -> Expression:
    """A column as the union wants it: a text that is not there is empty."""
    found = Cast(F(name) if isinstance(name, str) else name or Value(empty), kind)
    return found if empty is None else Coalesce(found, Value(empty, kind))


# What stands at the other end of these is no action: evidence, an account, an update.
_NO_ACTION = (Told.FILE, Told.CLAIM, Told.QUESTION)


def others_of(user: Reader, lines: Iterable[ToldLine]) -> dict[int, Action]:
    """The actions at the other ends that the person may read, by number."""
    wanted = {line.other for line in lines if line.other is not None and line.kind not in _NO_ACTION}
    if not wanted:
        return {}
    found = (
        actions_visible_to(user)
        .select_related(None)
        .only("reference", "text", "state", "current_number_label")
    )
    return {action.pk: action for action in found.filter(pk__in=wanted)}


def printed_place(action: Action, moment: Moment | None = None) -> ImportedRow | None:
    """The row of the paper that the action stood in last, with its import; None where it never was on paper.

    `moment`: of the papers confirmed by then.
    """
    rows = ImportedRow.objects.filter(action=action).select_related("import_of")
    if moment and moment.known_by:
        rows = rows.filter(import_of__confirmed_at__lte=moment.known_by)
    return rows.order_by("import_of_id", "index").last()
