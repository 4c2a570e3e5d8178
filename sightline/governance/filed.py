"""Where the stored files of governance are found."""

from __future__ import annotations

from sightline.governance.models import MemberList, Terms


def of_document(number: int) -> str:
    """The page of what keeps a document; empty where nothing here does."""
    if found := MemberList.objects.filter(document=number).first():
        return f"/lists/{found.pk}/"
    terms = Terms.objects.filter(document=number).first()
    return f"/groups/{terms.group_id}/terms/" if terms else ""
