"""The data dictionary: every field of every table, what it means, and why it is not exported where it is not."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Field, Model

from sightline.carrying.rules import Table, left_out, meanings, tables
from sightline.carrying.selectors import model_of
from sightline.events.floors import floor_of

Row = tuple[str, ...]


def described(wanted: Iterable[Table]) -> Iterator[Row]:
    """A row for each field of these tables, and for each table that is left out whole."""
    inside = {table.label for table in wanted}
    for label, table in tables().items():
        if label in inside:
            for field in model_of(label)._meta.concrete_fields:
                yield _field(table, field)
        else:
            yield _whole(label, "no: in exports made on the server alone")
    for label, reason in left_out().items():
        yield _whole(label, f"no: {reason}")


def _field(table: Table, field: Any) -> Row:
    model = model_of(table.label)
    why = table.without.get(field.name)
    return (
        table.name,
        table_meaning(model),
        _tier(model),
        field.name,
        meaning_of(field),
        field.get_internal_type(),
        "yes" if field.null or field.blank else "no",
        _points_at(field),
        "; ".join(f"{value} = {label}" for value, label in field.flatchoices),
        "yes" if why is None else f"no: {why}",
    )


def _whole(label: str, exported: str) -> Row:
    model = model_of(label)
    return (label.lower(), table_meaning(model), _tier(model), "", "", "", "", "", "", exported)


def table_meaning(model: type[Model]) -> str:
    """The first paragraph of what the model says of itself, in one line; its name where it says nothing."""
    said = model.__doc__ or ""
    own = "" if said.startswith(f"{model.__name__}(") else inspect.cleandoc(said).partition("\n\n")[0]
    return " ".join(own.split()) or str(model._meta.verbose_name)


def meaning_of(field: Field[Any, Any]) -> str:
    """What a field means: its own help, else what fields of this name mean everywhere, else its name in words."""
    words = str(field.help_text) or meanings().get(field.name, "") or str(field.verbose_name)
    return f"{words[:1].upper()}{words[1:]}"


def _tier(model: type[Model]) -> str:
    floor = floor_of(model)
    return floor.value if floor else ""


def _points_at(field: Any) -> str:
    if not field.is_relation:
        return ""
    to = field.related_model._meta
    return f"{to.label_lower}.{field.target_field.name}"
