"""Why somebody sees a record of governance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.seeing import Seen
from sightline.governance.models import MemberList
from sightline.governance.permissions import can_view_list

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader


def _keeps(user: Reader, found: MemberList) -> str:
    return "keeps agencies, groups and people"


offered = [
    Seen("governance", MemberList, lambda number: MemberList.objects.get(pk=number), can_view_list, _keeps)
]
