"""Why somebody sees a return: its permission in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.seeing import Seen
from sightline.rhythm.models import Return
from sightline.rhythm.permissions import can_view_return

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader

EVERYBODY = "every member reads it"


def why(user: Reader, found: Return) -> str:
    """Why somebody who sees the return does."""
    return EVERYBODY


def _return(number: int) -> Return:
    return Return.objects.select_related("group").get(pk=number)


offered = [Seen("returns", Return, _return, can_view_return, why)]
