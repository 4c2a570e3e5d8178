"""Importing in one go, as the command line does: read, show what would be done, confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files import File

from sightline.events.choices import Actor
from sightline.events.services.keeping import not_ahead
from sightline.partners.selectors import known_names
from sightline.plans.choices import ImportState
from sightline.plans.models import Import
from sightline.plans.permissions import check_run_import
from sightline.plans.rules.merging import Merge, Side, Verdict
from sightline.plans.selectors.imports import plan_meant
from sightline.plans.selectors.preview import PLAN_KINDS, Preview, preview
from sightline.plans.services.imports.confirming import confirm
from sightline.plans.services.imports.keeping import storable
from sightline.plans.services.imports.uploading import clean_name, read_upload, upload
from sightline.reading.blocks import UnreadableFile
from sightline.reading.sandbox import read_in_child

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done, or with a dry run would be, in lines fit to print. `upload` is None after a dry run."""

    lines: tuple[str, ...]
    upload: Import | None = None


def import_whole(
    file: Path, *, plan_name: str, as_at: date | None, dry_run: bool, user: Reader, by: Actor, now: datetime
) -> Imported:
    """Import a file in one go; the day is the document's own where none is given. A dry run writes nothing.

    Raises UnreadableFile, ImportRefused (something must be decided by a person first; the upload is then kept, to be
    decided on its page), Refused.
    """
    check_run_import(user)
    if dry_run:
        return Imported(tuple(_lines(_looked_at(file, plan_name, as_at, now), done=False)))
    with file.open("rb") as opened:
        made = upload(
            File(opened, name=file.name),
            file.name,
            plan_name=plan_name,
            as_at=as_at,
            by=by,
            now=now,
            enqueue_reading=False,
        )
    made = read_upload(made, by=by)
    if made.state == ImportState.REFUSED:
        raise UnreadableFile(made.refusal)
    shown = preview(made)
    if made.as_at is None and shown.as_at_proposed:
        made.as_at = shown.as_at_proposed
        made.save(update_fields=["as_at"])
        shown = preview(made)
    made = confirm(made, by=by, now=now)
    return Imported(tuple(_lines(shown, done=True)), made)


def _looked_at(file: Path, plan_name: str, as_at: date | None, now: datetime) -> Preview:
    """The preview of a file that is kept nowhere."""
    if as_at:
        not_ahead(as_at, now)
    reading = read_in_child(file, known_names())
    made = Import(file_name=clean_name(file.name), state=ImportState.PREVIEW, plan_name=plan_name)
    made.reading = storable(reading.as_json())
    made.as_at = as_at or (date.fromisoformat(reading.document.as_at) if reading.document.as_at else None)
    made.plan = plan_meant(made)
    return preview(made)


def _lines(shown: Preview, *, done: bool) -> Iterator[str]:
    """An import in a few lines a person can use."""
    counts = shown.counts
    yield f"{shown.title or shown.upload.file_name} ({shown.kind.replace('_', ' ')})"
    yield (
        f"Rows seen {counts.rows_seen}: imported {counts.imported}, joined {counts.joined}, "
        f"headings and furniture {counts.furniture}, set aside {counts.set_aside}."
    )
    if shown.unknown_owners:
        yield (
            "Kept as text, because nobody of the name is known: "
            + "; ".join(o.raw for o in shown.unknown_owners)
            + "."
        )
    if shown.warning_count:
        yield f"Warnings: {shown.warning_count}. `sightline read` lists them."
    if shown.merge:
        yield from _merge_lines(shown.merge, done=done)
    elif shown.kind in PLAN_KINDS:
        yield f"{'Started' if done else 'Would start'} the plan “{shown.upload.plan_name}”."
    else:
        yield shown.what_it_becomes
    if not done:
        yield from (f"Not ready: {sentence}" for sentence in shown.obstacles)
        yield "Nothing was changed."


def _merge_lines(merge: Merge, *, done: bool) -> Iterator[str]:
    changes = [change for pair in merge.pairs for change in pair.changes]
    taken = sum(change.chosen is Side.PAPER for change in changes)
    kept = sum(change.verdict is Verdict.BOTH and change.chosen is Side.LIVE for change in changes)
    verb = "" if done else "would be "
    yield (
        f"Cells {verb}changed {taken}, kept as the plan has them although both changed {kept}; "
        f"actions {verb}added {len(merge.added)}, {verb}marked as gone from the document {len(merge.gone)}."
    )
