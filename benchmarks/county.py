"""A partnership of ever more actions, each with a history: the same at every run.

The first thousand are written row by row, and their kept columns and work items made by the service that keeps them in
real life, so that every figure a page shows is true. More are copies of these, made inside the database.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone

from sightline.access.models import User
from sightline.access.services import create_user, grant
from sightline.events.choices import COMMAND_LINE
from sightline.messages.models import WorkItem
from sightline.partners.models import Agency, Group
from sightline.partners.services import create_agency, create_group
from sightline.plans.models import (
    Action,
    ActionNumber,
    ActionOwner,
    Block,
    Evidence,
    Plan,
    Priority,
    Rating,
    StateChange,
    Timescale,
    Update,
)
from sightline.plans.services import add_priority, create_plan, refresh_current

BEGUN = date(2024, 1, 8)
WORDS = (
    "review", "publish", "agree", "train", "share", "audit", "pathway", "practice", "children", "families", "schools",
    "police", "referral", "threshold", "neglect", "supervision", "visit", "recording", "panel", "response",
)  # fmt: skip
RARE = "quokka"
MEASURED = "measured"


FIRST = 1_000
COPIED = (
    Action, ActionNumber, ActionOwner, StateChange, Timescale, Update, Rating, Evidence, Block, WorkItem,
)  # fmt: skip


class County:
    """Four plans, of which the first grows to the size measured, and the others to a tenth of it."""

    def __init__(self) -> None:
        self.chance = random.Random(20_26)
        self.agencies = [create_agency(f"Agency {n}", by=COMMAND_LINE) for n in range(12)]
        self.groups = [create_group(f"Group {n}", by=COMMAND_LINE) for n in range(6)]
        self.manager = _manager()
        self.plans = [self._plan(n) for n in range(4)]
        self.priorities = {plan.pk: self._priorities(plan) for plan in self.plans}
        for plan in self.plans:
            self._add(plan, FIRST if plan == self.plans[0] else FIRST // 10)
        self.size = FIRST
        self.last = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in COPIED}

    def grow(self, size: int) -> None:
        """Let the first plan have so many actions in all: a multiple of a thousand."""
        with transaction.atomic(), connection.cursor() as cursor:
            for copy in range(self.size // FIRST, size // FIRST):
                for model in COPIED:
                    cursor.execute(_copying(model, copy, self.last))
            for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
                cursor.execute(statement)
        self.size = size

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
            text=f"{text} {RARE}" if place % 997 == 0 else text,
            opened_on=BEGUN,
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
            party: Agency | Group = chance.choice(self.agencies if chance.random() < 0.7 else self.groups)
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
        if chance.random() < 0.03:
            yield Block(action=action, reason=self._words(5), **_said(last))

    def _words(self, number: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=number)).capitalize()


def reference(number: int) -> str:
    """The reference of an action of the county, by its primary key."""
    return f"SL-{1_000_000 + number}"


def _copying(model: type[Model], copy: int, last: dict[type[Model], int]) -> str:
    """The statement that copies the first rows of a table, every key moved on by so many times the first ones."""
    moved = {
        "id": f"id + {copy * last[model]}",
        "action_id": f"action_id + {copy * last[Action]}",
        "reference": f"'SL-' || CAST(1000000 + id + {copy * last[Action]} AS text)",
        "order": f'"order" + {copy * FIRST if model is Action else 0}',
        "subject_id": f"CAST(CAST(subject_id AS bigint) + {copy * last[Action]} AS text)",
    }
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    values = [moved.get(name.strip('"'), name) for name in columns]
    own = "AND subject_model = 'action'" if model is WorkItem else ""
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) '  # noqa: S608 - our own names
        f'SELECT {", ".join(values)} FROM "{model._meta.db_table}" WHERE id <= {last[model]} {own}'
    )


def _said(day: date) -> dict[str, Any]:
    day = min(day, timezone.localdate())
    return {"as_at": day, "recorded_at": _moment(day), "entered_by_label": "The measures"}


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _manager() -> User:
    user = create_user("manager@wealdshire.example", name="Manager", by=COMMAND_LINE)
    grant(user, "unit", "partnership", "", BEGUN, by=COMMAND_LINE)
    return user
