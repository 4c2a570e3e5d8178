"""Published tables of attendance somebody may read, with their rows as they would be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.meetings.models import PublishedTable
from sightline.meetings.rules.attendance import printed_is_possible

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A row as it was printed."""

    index: int
    words: str
    value: float
    unit: str
    where: str
    is_impossible: bool


def published_visible_to(user: Reader) -> QuerySet[PublishedTable]:
    """Published tables a person may read: they were published."""
    found = PublishedTable.objects.select_related("group", "document")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def printed_rates(found: PublishedTable, meetings: int | None) -> Iterator[PrintedRate]:
    """The rows that were read, judged by how many meetings there were."""
    for index, row in enumerate(found.read.get("rows", ())):
        possible = printed_is_possible(row["value"], row["unit"], meetings)
        yield PrintedRate(index, row["words"], row["value"], row["unit"], row["where"], not possible)
