"""The returns a person may read, what stands under each heading, and what became of last time's next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet, Subquery

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners.models import Group
from sightline.partners.selectors import standing
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.requests.selectors import STILL_OWED, gaps
from sightline.rhythm.choices import ReturnState
from sightline.rhythm.models import OwedAnswer, Reopened, Return, ReturnText, SignedOff, StepTold
from sightline.rhythm.rules.telling import NEXT_STEPS, headings, lines_of

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader


def returns_visible_to(user: Reader) -> QuerySet[Return]:
    """The returns a person may read, with their groups."""
    found = Return.objects.select_related("group")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def with_owed(found: QuerySet[Return]) -> QuerySet[Return]:
    """The same, each with what it answers; one query more."""
    answers = OwedAnswer.objects.select_related("owed__cycle__group").order_by("owed__due_on", "pk")
    return found.prefetch_related(Prefetch("answers", answers))


def groups_written_by(user: Reader, on: date) -> QuerySet[Group]:
    """The groups of that day whose returns a person writes."""
    scope, found = scope_of(user), Group.objects.filter(standing(on)).order_by("name")
    if scope.holds(Permission.MEETINGS_KEEP):
        return found
    return found.filter(key__in=scope.groups_with(Permission.MEETINGS_KEEP))


def steps_left_by(found: Return) -> int:
    """How many next steps a return that was just begun is asked about; one query."""
    last = (
        ReturnText.objects.filter(of=Subquery(_before(found).values("pk")[:1]), heading=NEXT_STEPS)
        .order_by("pk")
        .last()
    )
    return len(lines_of(last.text)) if last else 0


def owed_by(groups: Iterable[Group]) -> QuerySet[Owed]:
    """The returns that these groups owe and have not begun, the soonest first."""
    kinds = [kind.key for kind in owed_kinds().values() if kind.is_return]
    found = Owed.objects.select_related("cycle__owed_by", "cycle__group").filter(
        STILL_OWED, cycle__owed_by__in=list(groups), cycle__kind__in=kinds, answered_by=None
    )
    return found.order_by("due_on", "pk")


def standing_for(owed: Iterable[Owed]) -> dict[int, Return]:
    """The returns of the same group, kind and last day that stand already, by the number of what is owed; one query."""
    wanted = {each.pk: (each.cycle.owed_by_id, each.cycle.kind, each.period_until) for each in owed}
    groups, kinds, days = (
        (set(each) for each in zip(*wanted.values(), strict=True)) if wanted else ((), (), ())
    )
    rows = Return.objects.select_related("group").filter(
        group__in=groups, kind__in=kinds, period_until__in=days
    )
    stand = {(each.group_id, each.kind, each.period_until): each for each in rows}
    return {pk: stand[time] for pk, time in wanted.items() if time in stand}


@dataclass(frozen=True)
class Step:
    """A next step of the return before, and what became of it; none where nobody has said. `earlier`: what was said
    before that, the newest first.
    """

    order: int
    step: str
    told: StepTold | None = None
    earlier: tuple[StepTold, ...] = ()


@dataclass(frozen=True)
class ReturnRead:
    """A return with all that stands in it: for each heading its texts, the newest last; `signed` and `reopened`, the
    newest first.
    """

    found: Return
    texts: Mapping[str, list[ReturnText]]
    before: Return | None
    steps: tuple[Step, ...]
    signed: list[SignedOff] = field(default_factory=list)
    reopened: list[Reopened] = field(default_factory=list)

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
    """All that stands in a return; four queries, however much it is, and three where it was never signed off."""
    earlier = _before(found).values("pk")[:1]
    rows = ReturnText.objects.filter(Q(of=found) | Q(of=Subquery(earlier), heading=NEXT_STEPS))
    texts: dict[str, list[ReturnText]] = {}
    last_time: ReturnText | None = None
    for row in rows.select_related("of__group").order_by("pk"):
        if row.of_id == found.pk:
            texts.setdefault(row.heading, []).append(row)
        else:
            last_time = row
    told: dict[int, list[StepTold]] = {}
    for step in StepTold.objects.filter(of=found).order_by("-pk"):
        told.setdefault(step.order, []).append(step)
    steps = _steps(last_time.text if last_time else "", told)
    signed = list(SignedOff.objects.filter(of=found).order_by("-pk"))
    reopened = list(Reopened.objects.filter(of=found).order_by("-pk")) if signed else []
    return ReturnRead(found, texts, last_time.of if last_time else None, steps, signed, reopened)


def read_whole(found: Sequence[Return]) -> list[ReturnRead]:
    """All that stands in many returns, as they are read one by one; four queries, however many there are."""
    keys = [each.pk for each in found]
    all_signed = _signed_of(found)
    before = {each.pk: earlier for each in found if (earlier := _last_of(each, all_signed))}
    wanted = Q(of__in=keys) | Q(of__in=[each.pk for each in before.values()], heading=NEXT_STEPS)
    texts: dict[int, dict[str, list[ReturnText]]] = {}
    for row in ReturnText.objects.filter(wanted).order_by("pk"):
        texts.setdefault(row.of_id, {}).setdefault(row.heading, []).append(row)
    told: dict[int, dict[int, list[StepTold]]] = {}
    for step in StepTold.objects.filter(of__in=keys).order_by("-pk"):
        told.setdefault(step.of_id, {}).setdefault(step.order, []).append(step)
    signed: dict[int, list[SignedOff]] = {}
    for row_of in SignedOff.objects.filter(of__in=keys).order_by("-pk"):
        signed.setdefault(row_of.of_id, []).append(row_of)

    def steps(each: Return) -> tuple[Step, ...]:
        earlier = before.get(each.pk)
        rows = texts.get(earlier.pk, {}).get(NEXT_STEPS, []) if earlier else []
        return _steps(rows[-1].text if rows else "", told.get(each.pk, {}))

    return [
        ReturnRead(each, texts.get(each.pk, {}), before.get(each.pk), steps(each), signed.get(each.pk, []))
        for each in found
    ]


def _signed_of(found: Sequence[Return]) -> list[Return]:
    """Every signed return of the groups and kinds of these, the last first."""
    groups, kinds = {each.group_id for each in found}, {each.kind for each in found}
    rows = Return.objects.filter(group__in=groups, kind__in=kinds, state=ReturnState.SIGNED)
    return list(rows.order_by("-period_until", "-pk"))


def _last_of(found: Return, signed: Sequence[Return]) -> Return | None:
    """The last of these that is of the same group and kind, about an earlier time."""
    same = (found.group_id, found.kind)
    earlier = (e for e in signed if (e.group_id, e.kind) == same and e.period_until < found.period_until)
    return next(earlier, None)


@dataclass(frozen=True)
class PartRead:
    """A shorter return within the time of a longer one, with what stands under each heading."""

    found: Return
    texts: Mapping[str, str]


def parts_of(found: Return) -> list[PartRead]:
    """The signed returns of the group, of a shorter kind, within the time that this one tells of; the first first.

    One query where the kind has shorter ones, none where it has not.
    """
    kinds = owed_kinds()
    own = kinds[found.kind].months if found.kind in kinds else 0
    shorter = [kind.key for kind in kinds.values() if kind.is_return and kind.months < own]
    if not shorter:
        return []
    rows = ReturnText.objects.filter(
        of__group=found.group_id, of__kind__in=shorter, of__state=ReturnState.SIGNED,
        of__period_from__gte=found.period_from, of__period_until__lte=found.period_until,
    )  # fmt: skip
    texts: dict[Return, dict[str, str]] = {}
    for row in rows.select_related("of__group").order_by("of__period_until", "of", "pk"):
        texts.setdefault(row.of, {})[row.heading] = row.text
    return [PartRead(each, told) for each, told in texts.items()]


def filled_from(parts: Sequence[PartRead]) -> dict[str, str]:
    """What a longer return begins with, by heading: the words of each part under its time; of next steps the last."""
    filled = {
        each.key: "\n\n".join(
            f"{part.found.period}:\n{told}"
            for part in parts
            if (told := part.texts.get(each.key, "").strip())
        )
        for each in headings()
    }
    return filled | ({NEXT_STEPS: parts[-1].texts.get(NEXT_STEPS, "")} if parts else {})


def not_returned(until: Iterable[date], on: date) -> QuerySet[Owed]:
    """The returns about times that end on these days, due before the day, neither signed off nor excused."""
    kinds = [kind.key for kind in owed_kinds().values() if kind.is_return]
    rows = Owed.objects.filter(cycle__kind__in=kinds, period_until__in=list(until))
    found = gaps(rows, on).select_related("cycle__owed_by", "cycle__group")
    return found.order_by("period_until", "cycle__owed_by__name", "pk")


def _steps(last_time: str, told: Mapping[int, list[StepTold]]) -> tuple[Step, ...]:
    """The steps as they were asked for; one that was told stands in the words it was told of."""
    lines = dict(enumerate(lines_of(last_time), 1))
    lines |= {order: rows[0].step for order, rows in told.items()}
    return tuple(
        Step(order, line, rows[0], tuple(rows[1:])) if (rows := told.get(order)) else Step(order, line)
        for order, line in sorted(lines.items())
    )


def _before(found: Return) -> QuerySet[Return]:
    """The returns of the same group and kind that were signed off about an earlier time, the last first."""
    earlier = Return.objects.filter(
        group_id=found.group_id,
        kind=found.kind,
        state=ReturnState.SIGNED,
        period_until__lt=found.period_until,
    )
    return earlier.order_by("-period_until")
