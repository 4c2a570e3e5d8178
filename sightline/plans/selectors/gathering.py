"""Records that belong to a record, read with it in one query, as JSON: whole rows, made into instances again.

`prefetch_related` asks once for each relation; a page of an action has three, and every form about it as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Aggregate, Expression, F, Field, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
_PREFIX = "gathered_"


class JSONList(Aggregate):
    """The values of a group as a JSON list, in no order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's name for it."""
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def json_of(found: Any) -> Any:
    """JSON as it was read: SQLite gives what stands inside other JSON as text."""
    return json.loads(found) if isinstance(found, str) else found


class Gathered(Protocol):
    """Something that is read with a record, and given to it."""

    @property
    def name(self) -> str:
        """What it is called among the columns read."""

    def gathered(self) -> Expression | Subquery:
        """How it is read."""

    def give(self, record: Model, found: Any) -> None:
        """Give the record what was read for it."""


@dataclass(frozen=True)
class Whole:
    """A row and those it points at. Columns that hold JSON, and those `without`, are read when somebody asks."""

    model: type[Model]
    related: Mapping[str, Whole] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def as_json(self, way: str = "") -> Expression:
        """The row as a JSON object, which holds those it points at. `way`: how it is reached from the table asked."""
        own = {column.attname: F(f"{way}{column.attname}") for column in self._columns()}
        return JSONObject(
            **own, **{name: whole.as_json(f"{way}{name}__") for name, whole in self.related.items()}
        )

    def make(self, values: Mapping[str, Any]) -> Any:
        """The instance, with what it points at; None where there is no row."""
        if values[str(self.model._meta.pk.attname)] is None:
            return None
        given = {c.attname: c.to_python(values[c.attname]) for c in self._columns()}
        made = self.model.from_db(DEFAULT_DB_ALIAS, list(given), list(given.values()))
        for name, whole in self.related.items():
            setattr(made, name, whole.make(values[name]))
        return made

    def _columns(self) -> list[Field[Any, Any]]:
        concrete = self.model._meta.concrete_fields
        return [f for f in concrete if not isinstance(f, JSONField) and f.attname not in self.without]


@dataclass(frozen=True)
class Belonging:
    """A relation that is gathered: its rows point back by `link`, and stand in the order of `order` and number."""

    name: str
    whole: Whole
    link: str = "action"
    order: str = "order"

    def gathered(self) -> Subquery:
        """All rows of one record."""
        rows = self.whole.model._default_manager.filter(**{self.link: OuterRef("pk")}).order_by()
        return Subquery(
            rows.values(self.link).annotate(gathered=JSONList(self.whole.as_json())).values("gathered")
        )

    def give(self, record: Model, found: Sequence[Mapping[str, Any] | str]) -> None:
        """Put the rows where `record.name.all()` looks for them, as prefetching does."""
        rows = [self.whole.make(json_of(row)) for row in found]
        rows.sort(key=lambda row: (getattr(row, self.order), row.pk))
        self.hold(record, rows)

    def hold(self, record: Model, rows: Sequence[Any]) -> None:
        """The same of rows in hand, in their order."""
        for row in rows:
            setattr(row, self.link, record)
        kept = getattr(record, self.name).all()
        kept._result_cache, kept._prefetch_done = list(rows), True
        record.__dict__.setdefault("_prefetched_objects_cache", {})[self.name] = kept


def gathering(records: QuerySet[M], *belonging: Gathered) -> QuerySet[M]:
    """The records with all that belongs to them, still one query."""
    found: QuerySet[M] = records.annotate(**{f"{_PREFIX}{each.name}": each.gathered() for each in belonging})

    class Given(ModelIterable):  # type: ignore[type-arg]  # the stubs ask for a type that is not known here
        """Records, each given what was gathered for it."""

        def __iter__(self) -> Iterator[M]:
            for record in super().__iter__():
                for each in belonging:
                    each.give(record, record.__dict__.pop(f"{_PREFIX}{each.name}") or ())
                yield record

    found._iterable_class = Given
    return found
