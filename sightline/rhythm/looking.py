"""What is owed, and days that other records name, as things that lie ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sightline.requests.ahead import Ahead
from sightline.requests.choices import OWED_COLOURS, OWED_LABELS
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.requests.selectors import owed_visible_to
from sightline.rhythm.selectors.days import days


def ahead(user: Any, first: date, last: date) -> Iterator[Ahead]:
    """What is owed and what other records name between two days, as far as somebody may know of it; two queries."""
    found = with_answers(owed_visible_to(user)).filter(due_on__range=(first, last), called_off_because="")
    today = timezone.localdate()
    for each in found:
        yield shown(each, today)
    yield from days(user, first, last)


def with_answers(owed: QuerySet[Owed]) -> QuerySet[Owed]:
    """The same, each with both sides and the return that answers it: what `shown` looks at."""
    return owed.select_related("cycle__group", "cycle__owed_by", "answered_by")


def shown(each: Owed, on: date) -> Ahead:
    """One of them."""
    state, cycle = each.state_on(on), each.cycle
    answer = getattr(each, "answered_by", None)
    return Ahead(
        key=f"owed-{each.pk}",
        on=each.due_on,
        kind=owed_kinds()[cycle.kind].label if cycle.kind in owed_kinds() else cycle.title,
        title=f"{cycle.title} from {cycle.who}",
        group=cycle.group.name,
        group_key=cycle.group.key,
        href=f"/group-returns/{answer.of_id}/" if answer else "",
        state=(OWED_LABELS[state], OWED_COLOURS[state]),
    )
