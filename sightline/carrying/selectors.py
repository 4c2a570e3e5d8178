"""Which rows an export holds, and which stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, FileField, Model, OuterRef, Q, QuerySet

from sightline.carrying.choices import HIGHEST, ExportState
from sightline.carrying.models import WholeExport
from sightline.carrying.permissions import can_export_whole
from sightline.carrying.rules import Table, tables
from sightline.events import disposing
from sightline.events.floors import floor_of, has_own_tier
from sightline.events.models import Entry
from sightline.events.selectors import RecordNumber, readable
from sightline.knowing.models import Listed
from sightline.knowing.reviewed import PLACES
from sightline.search import registry as searching

if TYPE_CHECKING:
    from sightline.carrying.permissions import Who

AT_ONCE = 2_000


def model_of(label: str) -> type[Model]:
    """The model of a label. Raises LookupError."""
    return apps.get_model(label)


def tables_for(*, on_server: bool) -> list[Table]:
    """The tables of an export: all on the server; on the page without those that not all its readers may read."""
    return [table for table in tables().values() if on_server or not table.server_only]


def rows_of(table: Table, reader: Who | None) -> QuerySet[Any]:
    """The rows of a table that an export holds, in the order of their numbers: none above T2, none that belongs to
    such a record or tells of one. `reader`: None on the server.
    """
    model = model_of(table.label)
    rows = model._base_manager.order_by("pk")
    if model is Entry:
        rows = _entries(reader)
    closed = closed_rows(table)
    return rows if closed is None else rows.exclude(pk__in=closed.values("pk"))


def closed_rows(table: Table, skip: str = "") -> QuerySet[Any] | None:
    """The rows of a table that lie above T2 by themselves or by a record of theirs; None where none can.

    `skip`: the field that led here from the record that holds these rows.
    """
    model, closed = model_of(table.label), list(_by_number(table))
    if has_own_tier(model):
        closed.append(Q(tier__gt=HIGHEST))
    for name in table.of:
        to: Any = model._meta.get_field(name)
        above = closed_rows(tables()[to.related_model._meta.label]) if name != skip else None
        if above is not None:
            closed.append(Q(**{f"{name}__in": above.order_by().values("pk")}))
    for label, name in table.holds.items():
        held = closed_rows(tables()[label], skip=name)
        if held is not None:
            closed.append(Q(pk__in=held.order_by().exclude(**{name: None}).values(name)))
    if not closed:
        return None
    any_of = closed[0]
    for one in closed[1:]:
        any_of |= one
    return model._base_manager.filter(any_of)


def _by_number(table: Table) -> Iterator[Q]:
    """Which rows name a record that is left out by its number alone, as far as such records are named there."""
    rows = model_of(table.label)._base_manager.order_by()
    for number, ways in table.numbers.items():
        for way in ways:
            if way in tables():
                named: list[tuple[dict[str, str], type[Model] | None]] = [({}, model_of(way))]
            else:
                fields = way.split(".")
                said = rows.values_list(*fields).distinct()
                named = [(dict(zip(fields, one, strict=True)), _meant(way, ".".join(one))) for one in said]
            for beside, model in named:
                above = _above(model) if model is not None else None
                if above is not None:
                    yield Q(**beside, **{f"{number}__in": above.order_by().values("pk")})


def _meant(way: str, said: str) -> type[Model] | None:
    """The model of what a row says beside a number; None where it says nothing, or what nobody knows any more."""
    registries: dict[str, Mapping[str, Any]] = {"rule": disposing.kinds(), "guard": searching.kinds()}
    if way in registries:
        return registries[way][said].model if said in registries[way] else None
    if way == "kind":
        return Listed if said == PLACES.kind else None
    try:
        return apps.get_model(said)
    except (LookupError, ValueError):
        return None


def _above(model: type[Model]) -> QuerySet[Any] | None:
    """The records of a model that are left out, whether it is exported or, as content of ours, never is."""
    if model._meta.label in tables():
        return closed_rows(tables()[model._meta.label])
    return None if floor_of(model) is None else model._base_manager.all()


def _entries(reader: Who | None) -> QuerySet[Entry]:
    """The journal as its reader may read it, without what tells of a record that is left out."""
    entries = Entry.objects.all() if reader is None else readable(reader)
    number = RecordNumber(OuterRef("subject_id"))
    for table in tables().values():
        model = model_of(table.label)
        closed = None if model is Entry else closed_rows(table)
        if closed is not None and closed.exists():
            app, name = model._meta.app_label, model._meta.model_name
            told = Q(Exists(closed.order_by().filter(pk=number)), subject_app=app, subject_model=name)
            entries = entries.exclude(told)
    return entries.order_by("pk")


def values_of(table: Table, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """The values of rows, field by field, a part at a time."""
    model = model_of(table.label)
    names = [str(getattr(model._meta.get_field(name), "attname", name)) for name in table.fields]
    return iter(rows.select_related(None).values_list(*names).iterator(chunk_size=AT_ONCE))


def file_fields(table: Table) -> list[str]:
    """The exported fields of a table that name a stored file."""
    fields = model_of(table.label)._meta.concrete_fields
    return [field.name for field in fields if isinstance(field, FileField) and field.name in table.fields]


def exports(user: Who) -> QuerySet[WholeExport]:
    """Every export, the newest first, for whoever may make one; else none."""
    return WholeExport.objects.all() if can_export_whole(user) else WholeExport.objects.none()


def past(now: datetime) -> QuerySet[WholeExport]:
    """Exports whose time is over and whose file is still there."""
    return WholeExport.objects.filter(state=ExportState.MADE, expires_at__lte=now)
