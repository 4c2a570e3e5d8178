"""Why somebody sees a record of governance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sightline.access.seeing import Seen
from sightline.governance.models import Lead, MemberList, Terms
from sightline.governance.permissions import can_view, can_view_list

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader


def _keeps(user: Reader, found: Any) -> str:
    return "keeps agencies, groups and people"


def _member(user: Reader, found: Any) -> str:
    return "every member reads it"


offered = [
    Seen("governance", MemberList, lambda number: MemberList.objects.get(pk=number), can_view_list, _keeps),
    Seen(
        "governance",
        Lead,
        lambda number: Lead.objects.select_related("agency").get(pk=number),
        can_view,
        _member,
    ),
    Seen("governance", Terms, lambda number: Terms.objects.get(pk=number), can_view, _member),
]
