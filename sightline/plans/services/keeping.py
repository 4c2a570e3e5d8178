"""How every service keeps its promises: one transaction, one holder of a row, no change unseen, nothing undated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from sightline.events import services as events
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import under_way
from sightline.plans.models import Action, Dependency, Evidence, Import, Plan
from sightline.plans.rules.tiers import highest, may_be_published

M = TypeVar("M", bound=Model)


class Stamp(events.Stamp):
    """The columns of a `Recorded` row."""

    import_of: Import | None


def stamp(by: Actor, now: datetime, import_of: Import | None = None) -> Stamp:
    """Who entered a row of history, and the moment the system learned it."""
    return {**events.entered(by, now), "import_of": import_of}


def held(action: Action) -> Action:
    """The action as it stands now, held until the transaction ends: two services never count past each other.

    One that the same deed holds already is given back as it is.
    """
    if is_held(action):
        return action
    live = _to_hold().get(pk=action.pk)
    mark_held(live)
    return live


def is_held(record: Model) -> bool:
    """Whether the deed under way holds this record, as it is in hand."""
    doing = under_way()
    return doing is not None and record.__dict__.get(HELD_BY) is doing


def mark_held(record: Model) -> None:
    """Know of a record just read that the deed under way holds it; nothing where there is none."""
    record.__dict__[HELD_BY] = under_way()


def held_at(action: Action, version: int | None = None) -> None:
    """Hold the action and bring it up to date; it moves on by one version, to be saved with what changes.

    Raises StaleRecord where it has moved on from this version already.
    """
    live = held(action)
    action.plan = live.plan
    bring_up_to_date(action, live, version)


def bring_up_to_date(record: Model, live: Any, version: int | None = None) -> None:
    """Make the record in hand what was just read and held; the next version of it, where one is given.

    Raises StaleRecord where it has moved on from this version already.
    """
    if version is not None and live.version != version:
        raise StaleRecord
    for field in record._meta.concrete_fields:
        if getattr(record, field.attname) != getattr(live, field.attname):
            setattr(record, field.attname, getattr(live, field.attname))
    record.version = live.version + (version is not None)  # type: ignore[attr-defined]  # read with the record
    mark_held(record)


def held_with_waiting(action: Action) -> tuple[Action, list[Action]]:
    """The action, held, and those that cannot go on until it is done, held as well: their exceptions hang on it.

    Each is told whether it has any evidence (`has_evidence`).
    """
    waiting = Dependency.objects.filter(needs=action.pk, ended_on=None).order_by().values("action")
    told = _to_hold().annotate(has_evidence=Exists(Evidence.objects.filter(action=OuterRef("pk"))))
    found = told.filter(Q(pk=action.pk) | Q(pk__in=waiting)).order_by("pk")
    by_number = {live.pk: live for live in found}
    live = by_number.pop(action.pk)
    mark_held(live)
    return live, list(by_number.values())


def held_together(actions: QuerySet[Action]) -> dict[int, Action]:
    """Several actions, held in one order whoever asks, so that two people never wait for each other; by number."""
    numbers = actions.order_by().values("pk")
    found = {live.pk: live for live in _to_hold().filter(pk__in=numbers).order_by("pk")}
    for live in found.values():
        mark_held(live)
    return found


def _to_hold() -> QuerySet[Action]:
    return Action.objects.select_for_update(of=("self",)).select_related("plan__group")


HELD_BY = "held_by"


def take_version(record: Model, version: int) -> None:
    """Move the record on by one version. Raises StaleRecord where somebody else did so after it was read."""
    rows = type(record)._default_manager.filter(pk=record.pk, version=version)
    if not rows.update(version=version + 1):
        raise StaleRecord


def save_columns(records: Sequence[Model], named: Iterable[str]) -> None:
    """Write these columns of all the records, which are of one kind, with one prepared statement: bulk_update grows
    with the square of the rows.
    """
    if not records:
        return
    quote, meta, columns = connection.ops.quote_name, records[0]._meta, frozenset(named)
    fields = [field for field in meta.concrete_fields if field.name in columns]
    setting = ", ".join(f"{quote(field.attname)} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {setting} WHERE id = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [*(f.get_db_prep_save(getattr(each, f.attname), connection) for f in fields), each.pk]
                for each in records
            ],
        )


def add_rows(rows: Sequence[Model]) -> None:
    """Write new rows of one kind with one prepared statement: SQLite takes few values in one, so bulk_create needs
    more statements the more rows there are. The rows do not learn their numbers.
    """
    if not rows:
        return
    quote, meta = connection.ops.quote_name, rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    named, marks = ", ".join(quote(field.attname) for field in fields), ", ".join("%s" for _ in fields)
    statement = f"INSERT INTO {quote(meta.db_table)} ({named}) VALUES ({marks})"  # noqa: S608 - our own names
    values = [[f.get_db_prep_save(getattr(each, f.attname), connection) for f in fields] for each in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def only(values: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Raises TypeError for a column the service does not change: a mistake of the program, not of a person."""
    odd = sorted(set(values) - allowed)
    if odd:
        raise TypeError(f"Cannot be changed here: {', '.join(odd)}")


NOT_PUBLISHED = "Nothing of this action may be published: it is not read by every member."


def fit_to_publish(action: Action, text: str, field: str) -> str:
    """The words without blanks around them. Raises Unacceptable where nothing of the action may be published."""
    kept = text.strip()
    if kept and not may_be_published(action.tier, action.plan.tier):
        raise Unacceptable({field: NOT_PUBLISHED})
    return kept


def tier_of(*records: Action | Plan) -> Tier:
    """The tier under which something about these records is journalled: the highest of theirs."""
    return highest(record.tier for record in records)
