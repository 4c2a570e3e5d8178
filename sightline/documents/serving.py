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


def name_of(document: Document) -> str:
    """Its own name, with the marking where it is confidential: nothing inside a file as it was sent is changed."""
    tier = Tier.named(document.tier)
    if tier < Tier.T2:
        return document.name
    stem, dot, ending = document.name.rpartition(".")
    return f"{stem} ({tier.marking}){dot}{ending}" if dot else f"{document.name} ({tier.marking})"


def _digest(opened: File[bytes]) -> str:
    """The fingerprint of an open file, which is then at its beginning again."""
    digest = hashlib.sha256()
    for chunk in opened.chunks():
        digest.update(chunk)
    opened.seek(0)
    return digest.hexdigest()


def download(document: Document) -> FileResponse:
    """The file as an attachment under its own name.

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
        filename=name_of(document),
        content_type=CONTENT_TYPES[FileKind(document.kind)],
    )
    response.headers["Content-Length"] = str(document.size)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
