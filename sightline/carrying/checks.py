"""System check: every field of every model is exported or left out with a reason, and nothing that opens a door is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

from sightline.carrying.choices import HIGHEST, SECRET_WORDS
from sightline.carrying.rules import Table, left_out, tables
from sightline.definitions import InvalidDefinition
from sightline.events.floors import floor_of
from sightline.retention.checks import is_ours

WHERE = "sightline/definitions/export.yaml"


def check_exported(**kwargs: Any) -> list[CheckMessage]:
    """The definitions can be read, name every field of every model once, and name nothing that is not there."""
    try:
        wanted, without = tables(), left_out()
    except InvalidDefinition as error:
        return [Error(f"What an export holds cannot be read: {error}", id="carrying.E001")]
    models = {m._meta.label: m for m in apps.get_models(include_auto_created=True) if is_ours(m)}
    found: list[CheckMessage] = []
    for label in sorted({*wanted, *without} - set(models)):
        found.append(Error(f"{WHERE} names {label}, which is no model.", id="carrying.E002"))
    for label, model in models.items():
        if (label in wanted) == (label in without):
            words = f"{WHERE} must say once of {label} whether it is exported."
            found.append(
                Error(words, hint="Its fields, or why it is left out.", obj=model, id="carrying.E003")
            )
        elif label in wanted:
            found += _table(model, wanted[label], wanted)
    return found


def _table(model: type[Model], table: Table, wanted: Any) -> Iterator[CheckMessage]:
    """What is wrong with one exported table."""
    there = {field.name for field in model._meta.concrete_fields}
    named = [*table.fields, *table.without]
    if sorted(named) != sorted(there):
        odd = sorted(set(named) ^ there) or sorted({name for name in named if named.count(name) > 1})
        yield Error(f"{WHERE}: fields of {table.label} not named once: {odd}.", obj=model, id="carrying.E004")
    if opening := [name for name in table.fields if opens_doors(name)]:
        words = f"{table.label} would export {', '.join(opening)}, which may open a door."
        yield Error(words, hint="Put it under `without`.", obj=model, id="carrying.E005")
    floor = floor_of(model)
    if floor is not None and floor > HIGHEST:
        yield Error(f"{table.label} is {floor.value}: it is never exported.", obj=model, id="carrying.E006")
    for name in table.of:
        field: Any = model._meta.get_field(name) if name in there else None
        to = field.related_model if field is not None else None
        if to is None or to._meta.label not in wanted:
            yield Error(f"{WHERE}: {table.label} is of {name}, which is no table of it.", id="carrying.E007")
    for label, name in table.holds.items():
        if label not in wanted or name not in wanted[label].fields:
            yield Error(f"{WHERE}: {table.label} holds {label}.{name}, unknown.", id="carrying.E007")


def opens_doors(name: str) -> bool:
    """Whether a field is called so that it may hold a password, a digest or a key."""
    return any(word in SECRET_WORDS for word in name.split("_"))
