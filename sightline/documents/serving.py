"""Handing a stored file out, once somebody else has said that the reader may have it."""

from __future__ import annotations

import hashlib

from django.core.files.base import File
from django.http import FileResponse, Http404

from sightline.documents.choices import CONTENT_TYPES, FileKind
from sightline.documents.models import Document
from sightline.events.choices import Tier

# Should a browser show the file after all, nothing in it may run, load or be framed.
NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"


class AsReceived(FileResponse):
    """A stored file. Its name says its marking where it needs one, and nothing is added to that."""

    marking = ""


def name_of(document: Document, *, is_earlier: bool = False) -> str:
    """Its own name, with the marking where it is confidential: nothing inside a file as it was sent is changed.

    `is_earlier`: a newer version stands, which the name of this one says.
    """
    tier = Tier.named(document.tier)
    told = [f"version {document.version}, not the newest"] if is_earlier else []
    told += [tier.marking] if tier >= Tier.T2 else []
    if not told:
        return document.name
    stem, dot, ending = document.name.rpartition(".")
    return f"{stem if dot else document.name} ({', '.join(told)}){dot}{ending if dot else ''}"


def _digest(opened: File[bytes]) -> str:
    """The fingerprint of an open file, which is then at its beginning again."""
    digest = hashlib.sha256()
    for chunk in opened.chunks():
        digest.update(chunk)
    opened.seek(0)
    return digest.hexdigest()


def download(document: Document, *, is_earlier: bool = False) -> FileResponse:
    """The file as an attachment under its own name, which says where it `is_earlier` than the newest version.

    Raises Http404 where its bytes are not in the store, or are not those that were handed over.
    """
    try:
        opened = document.file.open("rb")
    except FileNotFoundError:
        raise Http404(
            "The file is recorded but is not in the store. Ask the business unit to bring it back from a backup."
        ) from None
    if _digest(opened) != document.sha256:
        opened.close()
        raise Http404(
            "The file in the store is not the one that was handed over, so it is not handed out. Ask the business unit "
            "to bring it back from a backup."
        )
    response = AsReceived(
        opened,
        as_attachment=True,
        filename=name_of(document, is_earlier=is_earlier),
        content_type=CONTENT_TYPES[FileKind(document.kind)],
    )
    response.headers["Content-Length"] = str(document.size)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
