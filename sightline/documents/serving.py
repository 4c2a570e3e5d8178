"""Handing a stored file out, once somebody else has said that the reader may have it."""

from __future__ import annotations

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


def download(document: Document) -> FileResponse:
    """The file as an attachment under its own name. Raises Http404 where its bytes are not in the store."""
    try:
        opened = document.file.open("rb")
    except FileNotFoundError:
        raise Http404(
            "The file is recorded but is not in the store. Ask the business unit to bring it back from a backup."
        ) from None
    response = AsReceived(
        opened,
        as_attachment=True,
        filename=name_of(document),
        content_type=CONTENT_TYPES[FileKind(document.kind)],
    )
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
