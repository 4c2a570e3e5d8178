"""System check: every field of every model is exported or left out with a reason, and nothing that opens a door is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

from sightline.carrying.choices import HIGHEST, SECRET_WORDS
from sightline.carrying.rules import Table, left_out, never_of, tables
from sightline.definitions import InvalidDefinition
from sightline.events.floors import floor_of, has_own_tier
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
    ways = [way for ways in table.numbers.values() for way in ways if way not in wanted]
    beside = [name for way in ways for name in way.split(".")]
    if odd := sorted({*table.of_not, *table.numbers, *beside} - there):
        yield Error(f"{WHERE}: {table.label} has no {', '.join(odd)}.", obj=model, id="carrying.E007")
    yield from _unsaid(model, table, wanted)
    for label, name in table.holds.items():
        if label not in wanted or name not in wanted[label].fields:
            yield Error(f"{WHERE}: {table.label} holds {label}.{name}, unknown.", id="carrying.E007")


def _unsaid(model: type[Model], table: Table, wanted: Any) -> Iterator[CheckMessage]:
    """Fields that may name a record that is left out, of which nobody said whether the row is left out with it."""
    said = {*table.of, *table.of_not, *table.numbers, *never_of()}
    for field in model._meta.concrete_fields:
        to: Any = field.related_model
        names = _may_be_closed(to, wanted) if to is not None else _is_number_of_another(field)
        if names and field.name not in said:
            words = f"{WHERE} must say whether rows of {table.label} go with {field.name}."
            hint = "Name it under `of`, or `numbers`; or under `of_not`, with the reason."
            yield Error(words, hint=hint, obj=model, id="carrying.E008")


def _may_be_closed(model: type[Model], wanted: Any) -> bool:
    """Whether rows of a model may be left out, by their own tier or by what they belong to or hold."""
    if model._meta.label not in wanted:
        return floor_of(model) is not None
    table = wanted[model._meta.label]
    return has_own_tier(model) or bool(table.of or table.numbers or table.holds)


def _is_number_of_another(field: Any) -> bool:
    """Whether a field without a foreign key may be the number of a record: such numbers are large, and called so."""
    is_large = field.get_internal_type() in {"BigIntegerField", "PositiveBigIntegerField"}
    return is_large and field.name.rpartition("_")[2] in {"number", "id"}


def opens_doors(name: str) -> bool:
    """Whether a field is called so that it may hold a password, a digest or a key."""
    return any(word in SECRET_WORDS for word in name.split("_"))
