"""Every name that an owner may be written by, read with the record of which owners are said: one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from sightline.partners.rules import PartyName
from sightline.partners.selectors import name_parts, names_of
from sightline.plans.selectors.gathering import JSONList, json_of


class Names:
    """The names of all parties, as something that is gathered with a record."""

    name = "names"

    def gathered(self) -> JSONObject:
        """The rows of each table of names as a list."""
        parts = enumerate(name_parts())
        return JSONObject(**{f"part_{place}": _listed(rows, columns) for place, (rows, columns) in parts})

    def give(self, record: Model, found: Any) -> None:
        """Put the names where `names_with` finds them."""
        rows = [row for part in json_of(found).values() for row in json_of(part) or ()]
        columns = [tuple(row[key] for key in sorted(row)) for row in map(json_of, rows)]
        record.__dict__[self.name] = names_of(columns).parties


NAMES = Names()


def names_with(record: Model) -> Sequence[PartyName]:
    """The names that were read with the record. Raises KeyError where they were not asked for."""
    names: Sequence[PartyName] = record.__dict__[NAMES.name]
    return names


def _listed(rows: QuerySet[Any], columns: Sequence[Any]) -> Subquery:
    row = JSONObject(**{f"column_{place}": column for place, column in enumerate(columns)})
    listed = rows.order_by().values(together=Value(1)).annotate(listed=JSONList(row))
    return Subquery(listed.values("listed"))
