"""Where the stored papers and packs of meetings are found."""

from __future__ import annotations

from sightline.meetings.models import Pack, PaperFile, PublishedTable


def of_document(number: int) -> str:
    """The page of what keeps a document; empty where nothing here does."""
    if paper := PaperFile.objects.filter(document=number).select_related("paper__item").first():
        return f"/meetings/{paper.paper.item.meeting_id}/pack/"
    if pack := Pack.objects.filter(document=number).first():
        return f"/meetings/{pack.meeting_id}/pack/"
    table = PublishedTable.objects.filter(document=number).first()
    return f"/meetings/published/{table.pk}/" if table else ""
