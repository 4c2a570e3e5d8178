"""Keeping files: looked at by content, counted while reading, journalled."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile, File

from sightline.documents.choices import ENDINGS, MOST_AT_ONCE, MOST_BYTES, FileKind, FileRefused
from sightline.documents.entries import DocumentEntry
from sightline.documents.models import Document
from sightline.documents.rules import bare, clean_name, fitting_name, kind_of, paper_kind
from sightline.documents.services.scanning import check_scanned
from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: its name, its bytes, what they are and their fingerprint.

    `received`: the fingerprint as it came, where something beside a picture was left out; else empty. `path`: where a
    large file that we made lies on the disk; `data` is empty then, and it is copied piece by piece.
    """

    name: str
    data: bytes
    kind: FileKind
    sha256: str
    received: str = ""
    path: Path | None = None

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.path.stat().st_size if self.path else len(self.data)

    @contextmanager
    def opened(self) -> Iterator[File[bytes]]:
        """What is written into the store."""
        if self.path is None:
            yield ContentFile(self.data)
            return
        with self.path.open("rb") as kept:
            yield File(kept)


def look_at(files: Sequence[File[bytes]]) -> list[Looked]:
    """Every file looked at, before any is kept. Raises FileRefused, naming the file, for the first that may not be."""
    if len(files) > MOST_AT_ONCE:
        raise FileRefused(f"These are more than {MOST_AT_ONCE} files; add some of them, and then the others.")
    looked: list[Looked] = []
    for file in files:
        found = _looked(file)
        same = next((one for one in looked if one.sha256 == found.sha256), None)
        if same:
            raise FileRefused(f"“{found.name}” and “{same.name}” are the same file. Choose it once.")
        looked.append(found)
    return looked


def _looked(file: File[bytes]) -> Looked:
    name = clean_name(file.name or "")
    data = _read(file)
    try:
        kind = kind_of(data, name)
        kept_as, kept = fitting_name(name, kind), bare(data, kind)
        check_scanned(file, data)
    except FileRefused as refused:
        raise FileRefused(_not_kept(name, str(refused))) from refused
    received = "" if kept == data else hashlib.sha256(data).hexdigest()
    return Looked(kept_as, kept, kind, hashlib.sha256(kept).hexdigest(), received)


def look_at_paper(file: File[bytes], name: str) -> None:
    """A file that is to be read, looked at before it is kept. Raises FileRefused in one sentence."""
    data = _read(file)
    paper_kind(data, clean_name(name))
    check_scanned(file, data)


def _not_kept(name: str, sentence: str) -> str:
    return f"“{name}” was not kept: {sentence[0].lower()}{sentence[1:]}"


def _read(file: File[bytes]) -> bytes:
    """The bytes, or enough of them to tell that they are too many; a size that a browser tells is not relied upon."""
    parts: list[bytes] = []
    size = 0
    for chunk in file.chunks(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            break
    return b"".join(parts)


@deed
def store(
    looked: Sequence[Looked], *, tier: Tier, by: Actor, now: datetime, before: Document | None = None
) -> list[Document]:
    """Keep files that were looked at, under names of ours. Where a row cannot be kept, no file is.

    `before`: the version whose place the one file takes (`store_version` looks whether it may).
    """
    made: list[Document] = []
    try:
        for each in looked:
            made.append(_row(each, tier, by, now))
            if before:
                made[-1].replaces, made[-1].first_id = before, before.series
                made[-1].version = before.version + 1
            kept_as = name_in_store(each.sha256, ENDINGS[each.kind][0])
            with each.opened() as content:
                made[-1].file.save(kept_as, content, save=False)
        Document.objects.bulk_create(made)
        for document in made:
            told = {"file": document.name, "sha256": document.sha256, "size": document.size}
            after = {**told, "kind": document.kind}
            if document.received_sha256:
                after["received_sha256"] = document.received_sha256
            record(DocumentEntry.FILE_STORED, by=by, subject=document, after=after, tier=tier)
    except BaseException:
        discard([each for each in made if each.file])
        raise
    return made


def name_in_store(sha256: str, ending: str) -> str:
    """Of no other file, even one with the same bytes: two that are kept at once may both find a name free."""
    return f"{sha256[:16]}-{secrets.token_hex(16)}{ending}"


def _row(looked: Looked, tier: Tier, by: Actor, now: datetime) -> Document:
    return Document(
        name=looked.name,
        sha256=looked.sha256,
        received_sha256=looked.received,
        size=looked.size,
        kind=looked.kind,
        tier=tier,
        stored_at=now,
        stored_by_id=by.user_id,
        stored_by_label=by.label[:200],
    )


def discard(documents: Iterable[Document]) -> None:
    """Take away the files of documents whose transaction is rolled back; their rows go with it."""
    for document in documents:
        document.file.delete(save=False)


@deed
def raise_tier(documents: Iterable[Document], tier: Tier, *, by: Actor) -> None:
    """Keep documents at least as closely as the record they now belong to; none is ever kept less closely."""
    for document in documents:
        if document.tier < tier:
            before = {"tier": document.tier}
            document.tier = tier
            document.save(update_fields=["tier"])
            record(
                DocumentEntry.TIER_RAISED,
                by=by,
                subject=document,
                before=before,
                after={"tier": tier},
                tier=tier,
            )
