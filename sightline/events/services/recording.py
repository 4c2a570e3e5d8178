"""Writing the journal."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypedDict

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from sightline.events.canonical import ENTRY_COLUMNS, canonical_json, commitment, entry_digest
from sightline.events.choices import Actor, Subject, Tier
from sightline.events.entries import declaration_of
from sightline.events.keys import journal_key
from sightline.events.models import Entry, PersonalValue
from sightline.events.services.deeds import Written, at_end, write

Values = Mapping[str, Any]


class NotInTransaction(Exception):
    """An entry was recorded outside a transaction, where it could stand without what it tells of."""


def subject_of(subject: Model | Subject | None) -> Subject:
    """The subject of a record: its app, model, number and the title people know it by."""
    if subject is None:
        return Subject("", "", "", "")
    if isinstance(subject, Subject):
        return subject
    meta = subject._meta
    return Subject(meta.app_label, str(meta.model_name), str(subject.pk), str(subject))


def record(
    entry_type: StrEnum,
    *,
    by: Actor,
    subject: Model | Subject | None = None,
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
    tier: Tier = Tier.T1,
    personal: Values | None = None,
) -> Entry:
    """Insert one entry, inside the caller's transaction, so that deed and entry stand or fall together.

    Inside a `deed` all entries are inserted together at its end; the one returned has no number before that.

    Fields the type declares as personal, and everything in `personal`, go to the side table; the entry keeps a
    salted commitment. Raises UnknownEntryType, JournalKeyMissing, NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("record() must be called inside transaction.atomic()")
    declared = declaration_of(entry_type)
    about = subject_of(subject)
    kept = {"before": dict(before or {}), "after": dict(after or {})}
    taken = _take_personal(kept, declared.personal)
    taken.update({f"personal.{field}": value for field, value in (personal or {}).items()})
    if "subject" in declared.personal and about.title:
        taken["subject"], about = about.title, replace(about, title="")
    rows = [(field, secrets.token_hex(16), canonical_json(value)) for field, value in sorted(taken.items())]
    entry = _entry(declared.name, by, about, kept)
    entry.reason, entry.tier = reason, tier.value
    if rows:
        entry.personal = canonical_json({field: commitment(salt, value) for field, salt, value in rows})
    entry.digest = entry_digest(journal_key(), [getattr(entry, column) for column in ENTRY_COLUMNS])
    values = (PersonalValue(entry=entry, field=field, salt=salt, value=value) for field, salt, value in rows)
    at_end(write, Written(entry, tuple(values)))
    return entry


def _entry(name: str, by: Actor, about: Subject, kept: dict[str, dict[str, Any]]) -> Entry:
    return Entry(
        moment=timezone.now().astimezone(UTC),
        type=name,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label[:200],
        actor_role=by.role[:500],
        actor_user_id=by.user_id,
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        subject_title=about.title[:500],
        before=canonical_json(kept["before"]) if kept["before"] else "",
        after=canonical_json(kept["after"]) if kept["after"] else "",
    )


def _take_personal(kept: dict[str, dict[str, Any]], fields: tuple[str, ...]) -> dict[str, Any]:
    """Take the personal fields out of before and after; return them by "before.field" and "after.field"."""
    return {
        f"{side}.{field}": values.pop(field)
        for side, values in kept.items()
        for field in fields
        if field in values
    }


class Stamp(TypedDict):
    """The columns of an `Entered` row."""

    recorded_at: datetime
    entered_by_id: int | None
    entered_by_label: str


def entered(by: Actor, now: datetime) -> Stamp:
    """Who entered a row of history, and the moment the system learned it."""
    return {"recorded_at": now, "entered_by_id": by.user_id, "entered_by_label": by.label[:200]}
