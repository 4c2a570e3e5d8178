"""What dashboards count, now and on the days that were counted, over what a person may read.

A figure is one condition, used three times: to count what stands now, to count a day, and to list its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from sightline.events.choices import Tier
from sightline.partners.models import Group
from sightline.plans.choices import (
    GONE_STATES,
    OPEN_STATES,
    WORK_STATES,
    DeliveryRating,
    DeliveryState,
    Embedding,
    EvidenceQuarter,
    ExceptionKind,
    Figure,
)
from sightline.plans.models import Action, ActionOwner, CountedDay, Plan, Standing, Tally
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules.owners import as_listed
from sightline.plans.selectors.visible import actions_visible_to
from sightline.screens.counting import MOST_COUNTED, count_up_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

Rows = Iterable[dict[str, Any]]
# What the rows of a dashboard's table are called by.
PARTS = (
    "plan",
    "plan__key",
    "plan__name",
    "priority",
    "priority__number",
    "priority__title",
    "priority__order",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the values of a figure stand: on the action for now, on its standing for a counted day."""

    state: str = "state"
    delivery: str = "delivery"
    impact: str = "impact"
    embedding: str = "embedding"
    exceptions: str = "exceptions"
    quarters: str = "quarters"
    slips: str = "slips"
    failed_tests: str = "failed_tests"
    due_on: str = "due_on"
    update_on: str = "update_on"


THEN = Columns()
NOW = Columns(
    state="state",
    delivery="current_delivery_rating",
    impact="current_impact_rating",
    embedding="current_embedding",
    exceptions="current_exceptions",
    quarters="current_quarters",
    slips="current_slips",
    failed_tests="current_failed_tests",
    due_on="current_due_on",
    update_on="current_update_on",
)
# What counts at all now; a standing is kept only of what counted on its day.
COUNTS_NOW = Q(plan__state__in=WORK_STATES) & ~Q(state__in=GONE_STATES)


@dataclass(frozen=True, slots=True)
class Place:
    """What a dashboard is about: the whole partnership, one plan, or what one group answers for."""

    plan: Plan | None = None
    group: Group | None = None

    def of_actions(self, prefix: str = "") -> Q:
        """The actions of the place; `prefix` is "action__" where rows hang on actions."""
        found = Q(**{f"{prefix}plan": self.plan}) if self.plan else Q()
        return found & _answers(self.group, prefix) if self.group else found

    def of_tallies(self) -> Q:
        """The counts of the place."""
        found = Q(group=self.group) if self.group else Q(group=None)
        return found & Q(plan=self.plan) if self.plan else found


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a dashboard's table: a priority of a plan (or what stands under none), and its figures."""

    plan: int
    plan_key: str
    plan_name: str
    priority: int | None
    number: str
    title: str
    order: int
    figures: Counter[Figure] = field(default_factory=Counter)


def condition(figure: Figure, at: Columns = NOW) -> Q:
    """What makes an action count in a figure."""
    made = _of_state(at) | _of_dates(at) | _of_evidence(at)
    if figure in made:
        return made[figure]
    dimension, _, value = figure.partition("_")
    if dimension == "delivery":
        return _is_open(at) & Q(**{at.delivery: value})
    return Q(**{at.impact: value})


def _is_open(at: Columns) -> Q:
    return Q(**{f"{at.state}__in": OPEN_STATES})


def _is(at: Columns, kind: ExceptionKind) -> Q:
    return Q(**{f"{at.exceptions}__contains": as_listed(kind)})


def _of_state(at: Columns) -> dict[Figure, Q]:
    complete = Q(**{at.state: DeliveryState.COMPLETE})
    passed, waiting = (Q(**{at.embedding: word}) for word in (Embedding.PASSED, Embedding.WAITING))
    return {
        Figure.ALL: Q(pk__gt=0),
        Figure.OPEN: _is_open(at),
        Figure.COMPLETE: complete,
        Figure.EMBEDDED: complete & passed,
        Figure.TEST_WAITING: complete & waiting,
        Figure.UNTESTED: complete & ~passed & ~waiting,
        Figure.SLIPPED_BACK: Q(**{f"{at.failed_tests}__gt": 0}) & ~passed,
    }


def _of_dates(at: Columns) -> dict[Figure, Q]:
    overdue = _is(at, ExceptionKind.OVERDUE)
    return {
        Figure.OVERDUE: overdue,
        Figure.SILENT: _is(at, ExceptionKind.SILENT),
        Figure.SLIPPED: _is_open(at) & Q(**{f"{at.slips}__gt": 0}),
        Figure.SLIPPED_TWICE: _is(at, ExceptionKind.SLIPPED_TWICE),
        Figure.EXCEPTIONS: ~Q(**{at.exceptions: ""}),
        Figure.GREEN_BUT_OVERDUE: overdue & Q(**{at.delivery: DeliveryRating.GREEN}),
        Figure.SAID_BETTER: _is(at, ExceptionKind.ASSERTED_BETTER),
    }


def _of_evidence(at: Columns) -> dict[Figure, Q]:
    none = Q(**{at.quarters: ""})
    of_quarters = {
        Figure(f"evidence_{quarter}"): Q(**{f"{at.quarters}__contains": as_listed(quarter)})
        for quarter in EvidenceQuarter
    }
    complete = Q(**{at.state: DeliveryState.COMPLETE})
    return {**of_quarters, Figure.NO_EVIDENCE: none, Figure.COMPLETE_WITHOUT_EVIDENCE: complete & none}


def parts_now(user: Reader, place: Place) -> list[Part] | None:
    """How the place stands now, part by part; None where it has more actions than anybody counts for one page."""
    rows = actions_visible_to(user).select_related(None).order_by().filter(COUNTS_NOW, place.of_actions())
    if count_up_to(rows) > MOST_COUNTED:
        return None
    return _parts(rows.values(*PARTS).annotate(**_counts(NOW)))


def parts_on(user: Reader, place: Place, on: date) -> list[Part]:
    """How the place stood on a counted day, part by part."""
    tallies = _tallies(user, place).filter(on=on).values(*PARTS, "figure").annotate(n=Sum("number"))
    found: dict[tuple[int, int | None], Part] = {}
    for row in tallies:
        _part(found, row).figures[Figure(row["figure"])] += row["n"]
    names = {f"action__{name}": name for name in PARTS}
    for row in _counted(_own_restricted(user, place).filter(on=on), *names):
        _add(_part(found, {short: row[name] for name, short in names.items()}), row)
    return _in_order(found.values())


def over_time(user: Reader, place: Place, days: Sequence[date]) -> dict[date, Counter[Figure]]:
    """The figures of the place on each of the days; two queries, however many actions there are."""
    found: dict[date, Counter[Figure]] = {day: Counter() for day in days}
    tallies = _tallies(user, place).filter(on__in=days).order_by().values("on", "figure")
    for row in tallies.annotate(n=Sum("number")):
        found[row["on"]][Figure(row["figure"])] += row["n"]
    restricted = _own_restricted(user, place).filter(on__in=days)
    for own in _counted(restricted, "on"):
        found[own["on"]].update(_figures_in(own))
    return found


def figures_over(rows: QuerySet[Action]) -> Counter[Figure]:
    """Every figure over these actions, in one query."""
    bare: QuerySet[Any] = rows.select_related(None).order_by()
    return _figures_in(bare.aggregate(**_counts(NOW)))


def counted_days() -> list[CountedDay]:
    """The days that were counted, newest first."""
    return list(CountedDay.objects.order_by("-on"))


def standings_of(user: Reader, on: date) -> QuerySet[Standing]:
    """How the actions that a person may read stood on a counted day."""
    readable = actions_visible_to(user).select_related(None).order_by()
    rows = Standing.objects.filter(on=on).select_related("action__plan", "action__priority")
    return rows if reads_all_tiers(user) else rows.filter(action__in=readable.values("pk"))


def is_restricted(prefix: str = "") -> Q:
    """Whether an action, or the plan it stands in, is read only by those it concerns."""
    return Q(**{f"{prefix}tier": Tier.T2}) | Q(**{f"{prefix}plan__tier": Tier.T2})


def tallied(rows: QuerySet[Standing]) -> Iterable[tuple[int, int | None, Counter[Figure]]]:
    """Plan, priority and figures of these standings, for `services` to keep."""
    counted = _counted(rows, "action__plan", "action__priority")
    return ((row["action__plan"], row["action__priority"], _figures_in(row)) for row in counted)


def of_group(group: Group, prefix: str = "") -> Q:
    """What a group answers for: the actions of its plans, and those it owns."""
    return _answers(group, prefix)


def _answers(group: Group | None, prefix: str) -> Q:
    # Looked up once: asked anew for every row, a database scans all that the group owns.
    owned = ActionOwner.objects.filter(group=group).order_by().values("action")
    return Q(**{f"{prefix}plan__group": group}) | Q(**{f"{prefix}pk__in": owned})


def _tallies(user: Reader, place: Place) -> QuerySet[Tally]:
    rows = Tally.objects.filter(place.of_tallies())
    return rows if reads_all_tiers(user) else rows.filter(restricted=False)


def _own_restricted(user: Reader, place: Place) -> QuerySet[Standing]:
    """Standings of the restricted actions that concern this reader, which no tally of theirs holds."""
    if reads_all_tiers(user):
        return Standing.objects.none()
    readable = actions_visible_to(user).select_related(None).order_by().filter(is_restricted())
    rows = Standing.objects.filter(place.of_actions("action__"), action__in=readable.values("pk"))
    return rows.order_by()


def _counted(rows: QuerySet[Standing], *by: str) -> Rows:
    """Every figure of the standings, by these columns."""
    found: Rows = rows.order_by().values(*by).annotate(**_counts(THEN))
    return found


def _counts(at: Columns) -> dict[str, Any]:
    return {f"n_{figure}": Count("pk", filter=condition(figure, at)) for figure in Figure}


def _figures_in(row: dict[str, Any]) -> Counter[Figure]:
    return Counter({figure: row[f"n_{figure}"] for figure in Figure if row[f"n_{figure}"]})


def _add(part: Part, row: dict[str, Any]) -> None:
    part.figures.update(_figures_in(row))


def _parts(rows: Rows) -> list[Part]:
    found: dict[tuple[int, int | None], Part] = {}
    for row in rows:
        _add(_part(found, row), row)
    return _in_order(found.values())


def _part(found: dict[tuple[int, int | None], Part], row: dict[str, Any]) -> Part:
    key = (row["plan"], row["priority"])
    if key not in found:
        texts = (row["priority__number"] or "", row["priority__title"] or "", row["priority__order"] or 0)
        found[key] = Part(row["plan"], row["plan__key"], row["plan__name"], row["priority"], *texts)
    return found[key]


def _in_order(parts: Iterable[Part]) -> list[Part]:
    """By plan, then as printed; what stands under no priority last."""
    return sorted(parts, key=lambda p: (p.plan_name, p.plan, p.priority is None, p.order, p.priority or 0))
