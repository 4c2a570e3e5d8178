"""A document comes in: kept as a file, read in a child process, understood or refused in one sentence."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

from django.core.files import File
from django.db import transaction

from sightline.documents.choices import FileRefused
from sightline.documents.services import look_at_paper, name_in_store, read_kept, scan_first
from sightline.events.choices import Actor
from sightline.events.services import deed
from sightline.events.services.keeping import not_ahead
from sightline.jobs.services import enqueue
from sightline.partners.models import Group
from sightline.partners.selectors import known_names
from sightline.plans.choices import ImportState, PlanState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Plan
from sightline.plans.selectors.imports import plan_meant
from sightline.plans.services.imports.keeping import (
    ImportRefused,
    Progress,
    held,
    moved_on,
    nobody_watches,
    note,
    storable,
)
from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import DEFAULT, MEGABYTE
from sightline.reading.schema import Reading
from sightline.search.services import keep_words

READ_JOB = "plans.read_import"
_CHUNK = 1024 * 1024
_ENDING = re.compile(r"\.[a-z0-9]{1,5}")


def upload(
    file: File[bytes],
    file_name: str,
    *,
    plan: Plan | None = None,
    plan_name: str = "",
    group: Group | None = None,
    plan_state: PlanState = PlanState.IN_FORCE,
    as_at: date | None = None,
    by: Actor,
    now: datetime,
    enqueue_reading: bool = True,
) -> Import:
    """Keep a document and ask for it to be read. Nothing reaches a plan before somebody confirms the preview.

    Raises ImportRefused for a file that is not even kept to be read (empty, of more than 20 MB, damaged, locked, of
    another kind, or acting when opened), Unacceptable for a day that lies ahead.
    """
    if as_at:
        not_ahead(as_at, now)
    digest = _digest(file)
    scan_first([file], by=by)
    _look_at(file, file_name)
    made = Import(
        plan=plan,
        plan_name="" if plan else plan_name.strip()[:200],
        group=group,
        plan_state=plan_state,
        file_name=clean_name(file_name),
        sha256=digest,
        as_at=as_at,
        uploaded_by_id=by.user_id,
        uploaded_by_label=by.label[:200],
        uploaded_at=now,
    )
    made.plan = plan_meant(made)
    _keep_file(made, file)
    try:
        _keep_row(made, by, enqueue_reading=enqueue_reading)
    except BaseException:
        made.file.delete(save=False)
        raise
    return made


def _keep_file(made: Import, file: File[bytes]) -> None:
    """Under a name of ours, with an ending that is one."""
    ending = _ENDING.fullmatch(Path(made.file_name).suffix.lower())
    made.file.save(name_in_store(made.sha256, ending.group() if ending else ""), file, save=False)


@deed
def _keep_row(made: Import, by: Actor, *, enqueue_reading: bool) -> None:
    made.save(force_insert=True)
    meant = made.plan.name if made.plan else made.plan_name
    after = {"file": made.file_name, "sha256": made.sha256, "plan": meant}
    note(PlanEntry.DOCUMENT_UPLOADED, made, by=by, after=after)
    keep_words(made)
    if enqueue_reading:
        enqueue(READ_JOB, {"import_id": made.pk}, key=f"{READ_JOB}:{made.pk}", by=by)


def clean_name(file_name: str) -> str:
    """The last part of a file's name without signs that could mislead or that nothing can print."""
    last = re.split(r"[/\\]", file_name)[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return printable.strip()[-255:] or "document"


def _digest(file: File[bytes]) -> str:
    """The SHA-256 of the file, counted while reading: what a browser says of a size is not relied upon."""
    size, digest = 0, hashlib.sha256()
    for chunk in file.chunks(_CHUNK):
        size += len(chunk)
        if size > DEFAULT.file:
            raise ImportRefused(
                f"The file is larger than {DEFAULT.file // MEGABYTE} MB; leave out pictures, or upload the plan alone."
            )
        digest.update(chunk)
    if not size:
        raise ImportRefused("The file is empty; choose the document again.")
    return digest.hexdigest()


def _look_at(file: File[bytes], file_name: str) -> None:
    try:
        look_at_paper(file, file_name)
    except FileRefused as refused:
        raise ImportRefused(str(refused)) from refused


def read_upload(upload: Import, *, progress: Progress = nobody_watches, by: Actor) -> Import:
    """Read the document in a child process and keep what was understood, or the sentence that refuses it.

    May be called again after a crash; a document that has been read is not read twice.
    """
    with transaction.atomic():
        live = Import.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if live.state not in (ImportState.WAITING, ImportState.READING):
            return live
        live.state = ImportState.READING
        live.save(update_fields=["state"])
    progress(0, 2, "Reading the document")
    try:
        reading = read_kept(live.file, known_names())
    except UnreadableFile as refused:
        return _refuse(live, str(refused), by)
    progress(1, 2, f"{reading.counts.rows_seen} rows seen")
    return _keep(live, reading, by)


@deed
def _refuse(upload: Import, sentence: str, by: Actor) -> Import:
    live = held(upload, {ImportState.READING})
    live.state, live.refusal = ImportState.REFUSED, sentence
    note(PlanEntry.DOCUMENT_REFUSED, live, by=by, after={"sha256": live.sha256}, reason=sentence)
    return moved_on(live, "state", "refusal")


@deed
def _keep(upload: Import, reading: Reading, by: Actor) -> Import:
    live = held(upload, {ImportState.READING})
    reading.document.file, reading.document.sha256 = live.file_name, live.sha256
    live.state, live.reading = ImportState.PREVIEW, storable(reading.as_json())
    counts = live.reading["counts"]
    after = {"sha256": live.sha256, "kind": reading.document.kind, "counts": counts}
    note(PlanEntry.DOCUMENT_READ, live, by=by, after=after)
    return moved_on(live, "state", "reading")
