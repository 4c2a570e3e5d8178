"""Why somebody sees a round: its permission in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.seeing import Seen
from sightline.requests.models import Round
from sightline.requests.permissions import can_keep_round

if TYPE_CHECKING:
    from sightline.requests.permissions import Reader


def why(user: Reader, found: Round) -> str:
    """Why somebody who sees the round does."""
    return (
        "writes plans for the whole partnership"
        if can_keep_round(user)
        else "keeps the meetings of the group"
    )


def _round(number: int) -> Round:
    return Round.objects.get(pk=number)


offered = [Seen("requests", Round, _round, can_keep_round, why)]
