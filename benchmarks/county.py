"""A partnership of ever more actions, each with a history: the same at every run.

The first thousand are written row by row, and their kept columns and work items made by the service that keeps them in
real life, so that every figure a page shows is true. More are copies of these, made inside the database.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F, Max, Min, Model
from django.utils import timezone

from sightline.access.models import User
from sightline.access.services import create_user, grant
from sightline.events.choices import COMMAND_LINE
from sightline.messages.models import WorkItem
from sightline.partners.models import Agency
from sightline.partners.services import create_agency, create_group
from sightline.plans.models import (
    Action,
    ActionNumber,
    ActionOwner,
    Block,
    CountedDay,
    Evidence,
    Plan,
    Priority,
    Rating,
    Standing,
    StateChange,
    Tally,
    Timescale,
    Update,
)
from sightline.plans.selectors.words import mark_of
from sightline.plans.services import add_priority, create_plan, refresh_current
from sightline.plans.services.standings import count_standings
from sightline.search.models import SearchEntry

BEGUN = date(2024, 1, 8)
WORDS = (
    "review", "publish", "agree", "train", "share", "audit", "pathway", "practice", "children", "families", "schools",
    "police", "referral", "threshold", "neglect", "supervision", "visit", "recording", "panel", "response",
)  # fmt: skip
MEASURED = "measured"
# The agency that answers for most, by its place among them.
LARGEST = 3

FIRST = 1_000
LEAST = 1_000_000
COPIED = (
    Action, ActionNumber, ActionOwner, StateChange, Timescale, Update, Rating, Evidence, Block, Standing, WorkItem,
    SearchEntry,
)  # fmt: skip
AT_ONCE = 2_000
# How many of the days that are counted the county keeps: the last month end, and today.
DAYS = 2
# Keys left free behind each copy, for the rows that measured updates write before the next is made.
ROOM = 100_000


class County:
    """Four plans, of which the first grows to the size measured, and the others to a tenth of it.

    `first` is how many actions of the first plan are written row by row.
    """

    def __init__(self, first: int = FIRST) -> None:
        self.first = first
        self.chance = random.Random(20_28)
        self.agencies = [create_agency(f"Agency {n}", by=COMMAND_LINE) for n in range(12)]
        self.groups = [create_group(f"Group {n}", by=COMMAND_LINE) for n in range(6)]
        self.manager = _manager()
        self.plans = [self._plan(n) for n in range(4)]
        self.priorities = {plan.pk: self._priorities(plan) for plan in self.plans}
        for plan in self.plans:
            self._add(plan, first if plan == self.plans[0] else first // 10)
        _count()
        self.size = first
        self.begins = Action.objects.filter(plan=self.plans[0]).aggregate(least=Min("pk"))["least"]
        self.last = {model: _last(model) + (0 if model is Action else ROOM) for model in COPIED}

    def grow(self, size: int) -> None:
        """Let the first plan have so many actions in all: a multiple of `first`."""
        copies = range(self.size // self.first, size // self.first)
        with transaction.atomic(), connection.cursor() as cursor:
            for copy in copies:
                for model in COPIED:
                    cursor.execute(_copying(model, copy, self.last, self.first))
            for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
                cursor.execute(statement)
            _mark_words(copies.start * self.last[Action])
            Tally.objects.update(number=F("number") * copies.stop / copies.start)
        self.size = size

    def any_action(self, chance: random.Random) -> str:
        """The reference of any action of the plan measured: of a copy once there are some, for the first stay true."""
        copies = self.size // self.first
        copy = chance.randrange(min(1, copies - 1), copies)
        return reference(self.begins + chance.randrange(self.first) + copy * self.last[Action])

    def _plan(self, number: int) -> Plan:
        columns = [
            {"heading": heading, "meaning": meaning}
            for heading, meaning in (
                ("Ref", "number"), ("Action", "action"), ("Lead", "owners"), ("By when", "timescale"),
                ("Update", "update"), ("RAG", "rating"),
            )
        ]  # fmt: skip
        name = MEASURED.title() if number == 0 else f"Other {number}"
        return create_plan(
            name,
            self.groups[number],
            as_at=BEGUN,
            state="in_force",  # type: ignore[arg-type]
            columns=columns,
            by=COMMAND_LINE,
            now=_moment(BEGUN),
        )

    def _priorities(self, plan: Plan) -> list[Priority]:
        now = _moment(BEGUN)
        return [
            add_priority(plan, number=str(n), title=self._words(6), by=COMMAND_LINE, now=now)
            for n in range(1, 9)
        ]

    def _add(self, plan: Plan, number: int) -> None:
        actions = Action.objects.bulk_create([self._action(plan, place) for place in range(number)])
        for action in actions:
            action.reference = reference(action.pk)
        Action.objects.bulk_update(actions, ["reference"])
        self._history(actions)
        refresh_current(actions, now=timezone.now())

    def _action(self, plan: Plan, place: int) -> Action:
        text = self._words(16)
        return Action(
            plan=plan,
            priority=self.chance.choice(self.priorities[plan.pk]),
            reference=f"first {plan.pk} {place}",
            order=place,
            text=text,
            opened_on=BEGUN,
            words_due=False,
        )

    def _history(self, actions: Iterable[Action]) -> None:
        rows: dict[type[Any], list[Any]] = {}
        for action in actions:
            for row in self._rows_of(action):
                rows.setdefault(type(row), []).append(row)
        for model, made in rows.items():
            model.objects.bulk_create(made)

    def _rows_of(self, action: Action) -> Iterator[Any]:
        """A number, one or two owners, a state, one or two timescales, up to four updates; now and then more."""
        chance = self.chance
        number = f"{1 + action.order // 40}.{action.order % 40 + 1}"
        yield ActionNumber(action=action, plan_id=action.plan_id, text=number, sort_key=number.zfill(10))
        for place in range(chance.choice((1, 1, 2))):
            largest = [self.agencies[LARGEST]] * 5
            party: Any = chance.choice([*self.agencies, *largest] if chance.random() < 0.7 else self.groups)
            kind = "agency" if isinstance(party, Agency) else "group"
            yield ActionOwner(action=action, raw=party.name, order=place, **{kind: party})
        yield StateChange(action=action, to_state="not_started", **_said(BEGUN))
        due = BEGUN + timedelta(days=chance.randrange(200, 1_400))
        for slip in range(chance.choice((1, 1, 2))):
            moved, day = BEGUN + timedelta(days=90 * slip), due + timedelta(days=120 * slip)
            yield Timescale(
                action=action, kind="by_date", raw=f"By {day:%d %B %Y}", due_on=day, **_said(moved)
            )
        yield from self._accounts(action)

    def _accounts(self, action: Action) -> Iterator[Any]:
        chance, last = self.chance, BEGUN
        for _ in range(chance.randrange(5)):
            last += timedelta(days=chance.randrange(20, 200))
            yield Update(
                action=action, text=self._words(30), dated_on=last, said_by="An owner", **_said(last)
            )
        if last > BEGUN:
            yield StateChange(action=action, from_state="not_started", to_state="in_progress", **_said(last))
            value = chance.choice(("green", "amber", "red"))
            yield Rating(
                action=action, dimension="delivery", value=value, reason="So it stands", **_said(last)
            )
        if chance.random() < 0.2:
            said = {name: value for name, value in _said(last).items() if name != "as_at"}
            yield Evidence(action=action, quarter="audit", text=self._words(20), dated_on=last, **said)
        if chance.random() < 0.06:
            yield Block(action=action, reason=self._words(5), **_said(last))

    def _words(self, number: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=number)).capitalize()


def reference(number: int) -> str:
    """The reference of an action of the county, by its primary key."""
    return f"SL-{LEAST + number}"


def _last(model: type[Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _copying(model: type[Model], copy: int, last: dict[type[Model], int], first: int) -> str:
    """The statement that copies the first rows of a table, every key moved on by so many times the first ones."""
    by = copy * last[Action]
    moved = {
        "id": f"id + {copy * last[model]}",
        "action_id": f"action_id + {by}",
        "reference": _reference("id", by),
        "order": f'"order" + {copy * first if model is Action else 0}',
        "subject_id": f"CAST(CAST(subject_id AS bigint) + {by} AS text)",
        "record_id": f"record_id + {by}",
        "guard_id": f"guard_id + {by}",
        "url": _renamed("url", "record_id" if model is SearchEntry else "CAST(subject_id AS bigint)", by),
        "body": _renamed("body", "record_id", by),
        "body_words": _renamed("body_words", "record_id", by),
    }
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    values = [moved.get(name.strip('"'), name) for name in columns]
    own = {WorkItem: "AND subject_model = 'action'", SearchEntry: "AND kind = 'action'"}.get(model, "")
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) '  # noqa: S608 - our own names
        f'SELECT {", ".join(values)} FROM "{model._meta.db_table}" WHERE id <= {last[model]} {own}'
    )


def _reference(number: str, by: int) -> str:
    return f"'SL-' || CAST({LEAST} + {number} + {by} AS text)"


def _renamed(column: str, number: str, by: int) -> str:
    """The column's text with the number of an action's reference moved on."""
    return f"replace({column}, CAST({LEAST} + {number} AS text), CAST({LEAST} + {number} + {by} AS text))"


def _mark_words(after: int) -> None:
    """Keep with each copied action the mark of its own words, so that an update finds nothing to say anew."""
    copied = Action.objects.filter(pk__gt=after).order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(copied, AT_ONCE)):
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE plans_action SET current_words = %s WHERE id = %s",
                [(mark_of(action), action.pk) for action in some],
            )


def _count() -> None:
    """Count the days as every night does, and forget all but the last."""
    count_standings(now=timezone.now())
    kept = CountedDay.objects.order_by("-on").values_list("on", flat=True)[:DAYS]
    for model in (Standing, Tally, CountedDay):
        model._default_manager.exclude(on__in=list(kept)).delete()


def _said(day: date) -> dict[str, Any]:
    day = min(day, timezone.localdate())
    return {"as_at": day, "recorded_at": _moment(day), "entered_by_label": "The measures"}


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _manager() -> User:
    user = create_user("manager@wealdshire.example", name="Manager", by=COMMAND_LINE)
    grant(user, "unit", "partnership", "", BEGUN, by=COMMAND_LINE)
    return user
