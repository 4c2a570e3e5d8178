"""The returns a person may read, what stands under each heading, and what became of last time's next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Subquery

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners.models import Group
from sightline.partners.selectors import standing
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.rhythm.choices import ReturnState
from sightline.rhythm.models import Return, ReturnText, SignedOff, StepTold
from sightline.rhythm.rules.telling import NEXT_STEPS, headings, lines_of

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader


def returns_visible_to(user: Reader) -> QuerySet[Return]:
    """The returns a person may read, with their groups."""
    found = Return.objects.select_related("group", "owed__cycle__group")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def groups_written_by(user: Reader, on: date) -> QuerySet[Group]:
    """The groups of that day whose returns a person writes."""
    scope, found = scope_of(user), Group.objects.filter(standing(on)).order_by("name")
    if scope.holds(Permission.MEETINGS_KEEP):
        return found
    return found.filter(key__in=scope.groups_with(Permission.MEETINGS_KEEP))


def owed_by(groups: Iterable[Group]) -> QuerySet[Owed]:
    """The returns that these groups owe and have not begun, the soonest first."""
    kinds = [kind.key for kind in owed_kinds().values() if kind.is_return]
    found = Owed.objects.select_related("cycle__owed_by", "cycle__group").filter(
        cycle__owed_by__in=list(groups),
        cycle__kind__in=kinds,
        came_on=None,
        called_off_because="",
        answered_by=None,
    )
    return found.order_by("due_on", "pk")


@dataclass(frozen=True)
class Step:
    """A next step of the return before, and what became of it; none where nobody has said."""

    order: int
    step: str
    told: StepTold | None = None


@dataclass(frozen=True)
class ReturnRead:
    """A return with all that stands in it: for each heading its texts, the newest last; `signed`, the newest first."""

    found: Return
    texts: Mapping[str, list[ReturnText]]
    before: Return | None
    steps: tuple[Step, ...]
    signed: list[SignedOff] = field(default_factory=list)

    @property
    def newest(self) -> dict[str, str]:
        """What stands under each heading."""
        return {each.key: self.text_of(each.key) for each in headings()}

    def text_of(self, heading: str) -> str:
        """What stands under a heading; "" where nothing was written."""
        rows = self.texts.get(heading)
        return rows[-1].text if rows else ""

    @property
    def unsaid(self) -> int:
        """How many next steps of last time have no answer."""
        return sum(step.told is None for step in self.steps)


def read_return(found: Return) -> ReturnRead:
    """All that stands in a return; three queries, however much it is."""
    earlier = _before(found).values("pk")[:1]
    rows = ReturnText.objects.filter(Q(of=found) | Q(of=Subquery(earlier), heading=NEXT_STEPS))
    texts: dict[str, list[ReturnText]] = {}
    last_time: ReturnText | None = None
    for row in rows.select_related("of__group").order_by("pk"):
        if row.of_id == found.pk:
            texts.setdefault(row.heading, []).append(row)
        else:
            last_time = row
    told = {row.order: row for row in StepTold.objects.filter(of=found).order_by("pk")}
    steps = _steps(last_time.text if last_time else "", told)
    signed = list(SignedOff.objects.filter(of=found).order_by("-pk"))
    return ReturnRead(found, texts, last_time.of if last_time else None, steps, signed)


def _steps(last_time: str, told: Mapping[int, StepTold]) -> tuple[Step, ...]:
    """The steps as they were asked for; one that was told stands in the words it was told of."""
    lines = dict(enumerate(lines_of(last_time), 1))
    lines |= {order: row.step for order, row in told.items()}
    return tuple(Step(order, line, told.get(order)) for order, line in sorted(lines.items()))


def _before(found: Return) -> QuerySet[Return]:
    """The returns of the same group and kind that were signed off about an earlier time, the last first."""
    earlier = Return.objects.filter(
        group_id=found.group_id,
        kind=found.kind,
        state=ReturnState.SIGNED,
        period_until__lt=found.period_until,
    )
    return earlier.order_by("-period_until")
