"""Keys and places that are still free, and edits by version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet
from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.events.services import record
from sightline.plans.entries import PlanEntry
from sightline.plans.services.edits import keep_edit
from sightline.plans.services.keeping import changed, need, take_version
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
) -> dict[str, Any]:
    """Change a row of which this version was read, and journal what changed; `needed` names what may not be empty.

    Returns the columns that changed, as they are. Raises Unacceptable with the sentence, StaleRecord.
    """
    values = dict(changes)
    if needed in values:
        values[needed] = need(values[needed], needed, sentence)
    take_version(row, version)
    row.refresh_from_db()
    before, after = changed(row, values)
    if after:
        keep_edit(row, before, after, by=by, now=now)
        record(entry, by=by, subject=row, before=before, after=after, tier=tier)
        keep_words(row)
    return after
