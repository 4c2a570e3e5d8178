"""Handing a stored file out, once somebody else has said that the reader may have it."""

from __future__ import annotations

from django.http import FileResponse, Http404

from sightline.documents.choices import CONTENT_TYPES, FileKind
from sightline.documents.models import Document

# Should a browser show the file after all, nothing in it may run, load or be framed.
NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"


def download(document: Document) -> FileResponse:
    """The file as an attachment under its own name. Raises Http404 where its bytes are not in the store."""
    try:
        opened = document.file.open("rb")
    except FileNotFoundError:
        raise Http404(
            "The file is recorded but is not in the store. Ask the business unit to bring it back from a backup."
        ) from None
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=document.name,
        content_type=CONTENT_TYPES[FileKind(document.kind)],
    )
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
