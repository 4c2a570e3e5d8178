"""Keys and places that are still free, and edits by version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.events.services import record
from sightline.events.services.keeping import changed, need
from sightline.plans.entries import PlanEntry
from sightline.plans.services.edits import keep_edit
from sightline.plans.services.keeping import bring_up_to_date, is_held
from sightline.search.services import keep_words

# Words of addresses that stand where keys stand.
ADDRESSES = ("new",)


def free_key(taken: QuerySet[Any], name: str) -> str:
    """A key made from the name that no record of this kind has."""
    stem = slugify(name)[:70].strip("-") or "untitled"
    used = {*taken.filter(key__startswith=stem).values_list("key", flat=True), *ADDRESSES}
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(used) + 3))) if key not in used)


def next_order(siblings: QuerySet[Any]) -> int:
    """The place after the last of them."""
    last = siblings.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def behind(siblings: QuerySet[Any]) -> Coalesce:
    """The same, found by the statement that inserts the row: it sees whom an earlier lock had let in before.

    The column of the record in hand is this expression until it is read again (`del record.order`).
    """
    last = siblings.order_by("-order").values("order")[:1]
    return Coalesce(Subquery(last) + 1, 0)


def edit_row(
    row: Model,
    version: int,
    changes: Mapping[str, Any],
    entry: PlanEntry,
    needed: str,
    sentence: str,
    by: Actor,
    tier: Tier,
    now: datetime,
    *,
    also: Iterable[str] = (),
) -> dict[str, Any]:
    """Change a row of which this version was read, and journal what changed; `needed` names what may not be empty.

    One that the deed holds already has been held against its version; `also` are columns set before. Returns the
    columns that changed, as they are. Raises Unacceptable with the sentence, StaleRecord.
    """
    values = dict(changes)
    if needed in values:
        values[needed] = need(values[needed], needed, sentence)
    if not is_held(row):
        rows = type(row)._default_manager.select_for_update(no_key=True, of=("self",))
        bring_up_to_date(row, rows.get(pk=row.pk), version)
    before, after = changed(row, values, save=False)
    row.save(update_fields=["version", *after, *also])
    if after:
        keep_edit(row, before, after, by=by, now=now)
        record(entry, by=by, subject=row, before=before, after=after, tier=tier)
        keep_words(row)
    return after
