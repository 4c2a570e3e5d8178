"""Figures as links, and the table of priorities by both ratings: every number opens its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.plans.choices import Figure
from sightline.plans.rules import addresses
from sightline.plans.selectors.standings import Part, Place

DELIVERY = (
    Figure.COMPLETE,
    Figure.DELIVERY_GREEN,
    Figure.DELIVERY_AMBER,
    Figure.DELIVERY_RED,
    Figure.DELIVERY_NOT_RATED,
)
IMPACT = (Figure.IMPACT_GREEN, Figure.IMPACT_AMBER, Figure.IMPACT_RED, Figure.IMPACT_NOT_YET_KNOWN)
WORDS: dict[Figure, str] = {
    Figure.COMPLETE: "Complete",
    Figure.DELIVERY_GREEN: "Green",
    Figure.DELIVERY_AMBER: "Amber",
    Figure.DELIVERY_RED: "Red",
    Figure.DELIVERY_NOT_RATED: "Not rated",
    Figure.IMPACT_GREEN: "Green",
    Figure.IMPACT_AMBER: "Amber",
    Figure.IMPACT_RED: "Red",
    Figure.IMPACT_NOT_YET_KNOWN: "Not yet known",
}
# More rows than these are no longer read: the table then has a row for each plan.
MOST_ROWS = 40


@dataclass(frozen=True)
class Number:
    """A figure with its words and the list of exactly the actions it counts; nought leads nowhere."""

    figure: Figure
    number: int
    words: str
    href: str
    is_pressing: bool = False


@dataclass(frozen=True)
class PartRow:
    """One row of the table: a priority, a plan, or all of it."""

    title: str
    plan: str
    plan_href: str
    whole: Number
    delivery: tuple[Number, ...]
    impact: tuple[Number, ...]


@dataclass(frozen=True)
class PartTable:
    """Priorities by both ratings. `left_out`: plans beyond those shown, counted in the last row alone."""

    rows: tuple[PartRow, ...]
    total: PartRow
    is_by_plan: bool
    left_out: int


Link = Callable[[Figure], str]


def link_to(place: Place, on: date | None, part: Part | None = None) -> Link:
    """How a figure of the place, or of one part of it, finds its list."""
    group = place.group.key if place.group else ""
    plan = part.plan_key if part else place.plan.key if place.plan else ""
    priority = "" if part is None or part.order < 0 else str(part.priority or "none")
    return lambda figure: addresses.of_actions(
        on, figure=figure.value, plan=plan, priority=priority, group=group
    )


def number(
    figures: Counter[Figure], figure: Figure, link: Link, words: str = "", pressing: bool = False
) -> Number:
    """One figure with its link."""
    count = figures[figure]
    href = link(figure) if count else ""
    return Number(figure, count, words or WORDS.get(figure, ""), href, pressing and count > 0)


def total_of(parts: Iterable[Part]) -> Counter[Figure]:
    """The figures of all parts together."""
    found: Counter[Figure] = Counter()
    for part in parts:
        found.update(part.figures)
    return found


def table_of(parts: Sequence[Part], place: Place, on: date | None) -> PartTable:
    """The table, by priority; by plan where there are more priorities than anybody reads."""
    by_plan = len(parts) > MOST_ROWS
    shown = plans_of(parts) if by_plan else list(parts)
    rows = tuple(row(part, link_to(place, on, part)) for part in shown[:MOST_ROWS])
    whole = _row("All together", "", "", total_of(parts), link_to(place, on))
    return PartTable(rows, whole, by_plan, max(0, len(shown) - MOST_ROWS))


def plans_of(parts: Iterable[Part]) -> list[Part]:
    """One part for each plan; its order says that it is no priority."""
    found: dict[int, Part] = {}
    for part in parts:
        if part.plan not in found:
            found[part.plan] = replace(
                part, priority=None, number="", title="", order=-1, figures=Counter(part.figures)
            )
        else:
            found[part.plan].figures.update(part.figures)
    return list(found.values())


def row(part: Part, link: Link) -> PartRow:
    """One part as a row of the table."""
    plan_href = addresses.of_board(plan=part.plan_key)
    if part.order < 0:
        return _row(part.plan_name, "", plan_href, part.figures, link)
    return _row(title_of(part), part.plan_name, plan_href, part.figures, link)


def title_of(part: Part) -> str:
    """ "1: Neglect is seen early"; what stands under no priority says so."""
    if part.priority is None:
        return "Under no priority"
    own = f"Priority {part.number}".strip()
    return own if part.title in ("", own) else f"{part.number}: {part.title}".removeprefix(": ")


def _row(title: str, plan: str, plan_href: str, figures: Counter[Figure], link: Link) -> PartRow:
    return PartRow(
        title,
        plan,
        plan_href,
        number(figures, Figure.ALL, link, "actions"),
        tuple(number(figures, figure, link) for figure in DELIVERY),
        tuple(number(figures, figure, link) for figure in IMPACT),
    )
