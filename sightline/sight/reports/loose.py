"""The loose threads as CSV, written as they are read, so that a long list needs no more memory than a short one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sightline.events.choices import Actor, Tier
from sightline.plans.permissions import reads_all_tiers
from sightline.rendering.csv_writer import neutralised
from sightline.sight.choices import LOOSE_LABELS, OF_ACTIONS, Loose
from sightline.sight.entries import SightEntry
from sightline.sight.reports.steps import named
from sightline.sight.selectors.loose import Narrowed, all_of
from sightline.sight.services import note_taken

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

HEADINGS = ("How it is loose", "Reference", "Number", "Words", "Plan or source", "Owners")
_TOGETHER = 500


def take_loose(user: Reader, kinds: Sequence[Loose], wanted: Narrowed, *, by: Actor) -> Iterator[bytes]:
    """The lines of the file, journalled before the first is read."""
    about = {
        "kinds": [kind.value for kind in kinds],
        "plan": wanted.plan.key if wanted.plan else "",
        "source": wanted.source.key if wanted.source else "",
    }
    note_taken(SightEntry.LOOSE_TAKEN, None, about, Tier.T2 if reads_all_tiers(user) else Tier.T1, by=by)
    return _lines(user, kinds, wanted)


def _lines(user: Reader, kinds: Sequence[Loose], wanted: Narrowed) -> Iterator[bytes]:
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    page.write("\ufeff")
    writer.writerow(HEADINGS)
    for number, (kind, record) in enumerate(all_of(user, iter(kinds), wanted), start=1):
        writer.writerow([neutralised(text) for text in (LOOSE_LABELS[kind], *_cells(kind, record))])
        if number % _TOGETHER == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def _cells(kind: Loose, record: Any) -> tuple[str, str, str, str, str]:
    where = where_of(kind, record)
    if kind in OF_ACTIONS:
        return (record.reference, record.current_number_label, record.text, where, record.current_owner_label)
    if kind == Loose.UNANSWERED:
        return ("", named(record.number), record.text, where, ", ".join(record.addressed_to))
    return ("", "", record.text, where, "")


def where_of(kind: Loose, record: Any) -> str:
    """The plan or source that a loose end stands in."""
    if kind in OF_ACTIONS:
        return str(record.plan.name)
    return str(record.source.title if kind == Loose.UNANSWERED else record.priority.plan.name)
