"""The journal as a file: CSV for a spreadsheet, JSON lines for a machine. Personal values are left out of both:
what has been taken away can not be shredded any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC

from sightline.events.models import Entry
from sightline.rendering.csv_writer import streamed

Sealed = Iterable[tuple[Entry, int | None]]
HEADINGS = (
    "Number", "When (UTC)", "What", "Kind", "Who", "Acting as", "Record's app", "Record's kind", "Record's number",
    "Record", "Before", "After", "Reason", "Tier", "Seal", "Digest",
)  # fmt: skip


def csv_of(found: Sealed) -> Iterator[bytes]:
    """The entries as CSV, bit by bit; what a spreadsheet would take for a formula is neutralised."""
    return streamed(HEADINGS, (_cells(entry, seal) for entry, seal in found))


def _cells(entry: Entry, seal: int | None) -> list[str]:
    about = [entry.subject_app, entry.subject_model, entry.subject_id, entry.subject_title]
    who = [entry.label, entry.type, entry.actor_label, entry.actor_role]
    rest = [
        entry.before,
        entry.after,
        entry.reason,
        entry.tier,
        "" if seal is None else str(seal),
        entry.digest,
    ]
    return [str(entry.pk), _moment(entry), *who, *about, *rest]


def json_lines_of(found: Sealed) -> Iterator[bytes]:
    """One JSON object a line, with the digest and the seal that it can be checked by."""
    for entry, seal in found:
        yield (json.dumps(_object(entry, seal), ensure_ascii=False) + "\n").encode(
            "utf-8", "backslashreplace"
        )


def _object(entry: Entry, seal: int | None) -> dict[str, object]:
    return {
        "number": entry.pk,
        "moment": _moment(entry),
        "type": entry.type,
        "label": entry.label,
        "actor": {
            "kind": entry.actor_kind,
            "id": entry.actor_id,
            "label": entry.actor_label,
            "role": entry.actor_role,
        },
        "subject": {
            "app": entry.subject_app,
            "model": entry.subject_model,
            "id": entry.subject_id,
            "title": entry.subject_title,
        },
        "before": entry.before_values,
        "after": entry.after_values,
        "reason": entry.reason,
        "tier": entry.tier,
        "seal": seal,
        "digest": entry.digest,
    }


def _moment(entry: Entry) -> str:
    return entry.moment.astimezone(UTC).isoformat()
