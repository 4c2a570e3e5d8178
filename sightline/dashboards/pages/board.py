"""The dashboard: priorities by both ratings now and over time, silence, slippage, evidence, embedding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from sightline.dashboards import selectors
from sightline.dashboards.pages.tables import (
    DELIVERY,
    IMPACT,
    WORDS,
    Link,
    Number,
    PartTable,
    link_to,
    number,
    table_of,
    title_of,
    total_of,
)
from sightline.plans.choices import FIGURE_LABELS, Figure
from sightline.plans.rules import addresses
from sightline.plans.selectors.standings import Part, Place
from sightline.rendering.charts import Series, line_chart, stacked_bar_chart
from sightline.screens.elements import drawing
from sightline.screens.words import MONTHS, day

COLOURS = {
    "complete": "1D70B8",
    "green": "00703C",
    "amber": "FFB700",
    "red": "D4351C",
    "not_rated": "505A5F",
    "not_yet_known": "505A5F",
}
LOOKED_AT = (
    (Figure.OVERDUE, "overdue"),
    (Figure.GREEN_BUT_OVERDUE, "said to be green, and overdue"),
    (Figure.SILENT, "silent"),
    (Figure.SLIPPED, "slipped once or more"),
    (Figure.SLIPPED_TWICE, "slipped twice or more"),
    (Figure.SAID_BETTER, "said to be better than suggested"),
    (Figure.EXCEPTIONS, "exceptions of any kind"),
)
EVIDENCE = (
    Figure.EVIDENCE_DATA,
    Figure.EVIDENCE_AUDIT,
    Figure.EVIDENCE_CHILDREN,
    Figure.EVIDENCE_PRACTITIONERS,
)
EVIDENCE_WORDS = ("Data", "Audit", "Children and families", "Practitioners")
EMBEDDING = (
    (Figure.COMPLETE, "complete"),
    (Figure.EMBEDDED, "embedded"),
    (Figure.SLIPPED_BACK, "slipped back"),
    (Figure.TEST_WAITING, "with their test still to come"),
    (Figure.UNTESTED, "with no test that waits"),
)
# A chart over time: its caption, and the figures it draws with their names.
OVER_TIME: tuple[tuple[str, tuple[tuple[Figure, str], ...]], ...] = (
    ("Delivery over time", tuple((figure, WORDS[figure]) for figure in DELIVERY)),
    ("Impact over time", tuple((figure, WORDS[figure]) for figure in IMPACT)),
    (
        "Overdue, silent and slipped over time",
        ((Figure.OVERDUE, "Overdue"), (Figure.SILENT, "Silent"), (Figure.SLIPPED, "Slipped once or more")),
    ),
    (
        "Complete and embedded over time",
        (
            (Figure.COMPLETE, "Complete"),
            (Figure.EMBEDDED, "Embedded"),
            (Figure.SLIPPED_BACK, "Slipped back"),
        ),
    ),
)


@dataclass(frozen=True)
class Chart:
    """A chart and its caption. `svg` is drawn by the server, its words escaped there."""

    caption: str
    svg: SafeString


@dataclass(frozen=True)
class Period:
    """One row of a table over time."""

    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Course:
    """How figures went: a chart, and the table of its numbers, each of which opens its rows."""

    caption: str
    chart: SafeString
    headings: tuple[str, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Choice:
    """Another dashboard, or another day of this one."""

    label: str
    href: str
    is_chosen: bool = False


@dataclass(frozen=True)
class BoardPage:
    """All that the template may use. `as_at`: the day it is counted as at, "" for now."""

    title: str
    about: str
    back_href: str
    as_at: str
    why_as_at: str
    is_empty: bool
    table: PartTable
    charts: tuple[Chart, ...]
    looked_at: tuple[Number, ...]
    evidence: tuple[Number, ...]
    no_evidence: tuple[Number, ...]
    embedding: tuple[Number, ...]
    courses: tuple[Course, ...]
    days: tuple[tuple[str, str], ...]
    day_chosen: str
    refused: str
    now_address: str
    plans: tuple[Choice, ...]
    groups: tuple[Choice, ...]


def board_page(user: Any, place: Place, asked: str) -> BoardPage:
    """The dashboard of the place, now or as at the counted day that the address asks for."""
    days = selectors.days()
    on = next((day for day in days if day.isoformat() == asked), None)
    standing = selectors.standing_of(user, place, on, days)
    parts, counted_on = standing.parts, standing.on
    figures, link = total_of(parts), link_to(place, counted_on)
    here = addresses.of_board(place.plan.key if place.plan else "", place.group.key if place.group else "")
    plans, groups = selectors.other_boards(user)
    return BoardPage(
        title="Dashboard",
        about=str(place.plan or place.group or "The whole partnership"),
        back_href=addresses.of_plan(place.plan.key) if place.plan else "",
        as_at=day(counted_on) if counted_on else "",
        why_as_at=why_as_at(on, standing),
        is_empty=not figures[Figure.ALL],
        table=table_of(parts, place, counted_on),
        charts=tuple(charts_of(parts)),
        looked_at=tuple(number(figures, f, link, words, pressing=True) for f, words in LOOKED_AT),
        evidence=tuple(number(figures, f, link, w) for f, w in zip(EVIDENCE, EVIDENCE_WORDS, strict=True)),
        no_evidence=tuple(
            number(figures, f, link, FIGURE_LABELS[f])
            for f in (Figure.NO_EVIDENCE, Figure.COMPLETE_WITHOUT_EVIDENCE)
        ),
        embedding=tuple(number(figures, f, link, words) for f, words in EMBEDDING),
        courses=courses(user, place, standing, figures, days),
        days=tuple((d.isoformat(), day(d)) for d in days),
        day_chosen=on.isoformat() if on else "",
        refused=refusal(asked, on),
        now_address=here,
        plans=tuple(choices(plans, "plan", place.plan.key if place.plan else "")),
        groups=tuple(choices(groups, "group", place.group.key if place.group else "")),
    )


def choices(offered: Iterable[tuple[str, str]], kind: str, chosen: str) -> Iterator[Choice]:
    """The dashboards of other plans or groups."""
    return (Choice(name, addresses.of_board(**{kind: key}), key == chosen) for key, name in offered)


def why_as_at(on: date | None, standing: selectors.PlaceStanding) -> str:
    """Why the figures are not those of this moment; "" where they are."""
    if on:
        return f"Counted as at {day(on)}, from all that is known of that day now."
    if standing.on:
        return f"There are more than 10,000 actions here: these figures were counted on {day(standing.on)}."
    return ""


def refusal(asked: str, on: date | None) -> str:
    """What to say to a day that was never counted."""
    if not asked or on:
        return ""
    return "That day was not counted. Choose one of the days in the list; the page shows how it stands now."


def charts_of(parts: Sequence[Part]) -> list[Chart]:
    """Both ratings by priority, as bars; nothing where there is nothing, or more than anybody reads."""
    shown = [part for part in parts if part.figures[Figure.ALL]]
    if not shown or len(shown) > 20:
        return []
    names = [bar_name(part, shown) for part in shown]
    return [
        _bars("Delivery by priority", names, shown, DELIVERY),
        _bars("Impact by priority", names, shown, IMPACT),
    ]


def bar_name(part: Part, parts: Sequence[Part]) -> str:
    """A priority's name beside its bar, with its plan's where there are several plans."""
    several = len({p.plan for p in parts}) > 1
    return f"{title_of(part)} ({part.plan_name})" if several else title_of(part)


def _bars(caption: str, names: Sequence[str], parts: Sequence[Part], figures: Sequence[Figure]) -> Chart:
    series = [
        Series(WORDS[figure], tuple(float(part.figures[figure]) for part in parts), colour_of(figure))
        for figure in figures
    ]
    chart = stacked_bar_chart(caption, names, series, heading="Priority")
    return Chart(caption, drawing(chart.svg))


def colour_of(figure: Figure) -> str:
    """The colour of a rating; "" where the chart may choose."""
    value = figure.removeprefix("delivery_").removeprefix("impact_")
    return COLOURS.get(value, "")


def courses(
    user: Any, place: Place, standing: selectors.PlaceStanding, now: Counter[Figure], days: Sequence[date]
) -> tuple[Course, ...]:
    """How the figures went over the last year's month ends, up to what the page shows; none before two are known."""
    ends = selectors.month_ends(days, standing.on)
    then = selectors.over_time(user, place, ends) if ends else {}
    begun = next((place for place, d in enumerate(ends) if then[d]), len(ends))
    shown: list[tuple[str, date | None, Counter[Figure]]] = [(month(d), d, then[d]) for d in ends[begun:]]
    shown.append((day(standing.on) if standing.on else "Now", standing.on, now))
    if len(shown) < 2:
        return ()
    links = {on: link_to(place, on) for _, on, _ in shown}
    return tuple(_course(caption, drawn, shown, links) for caption, drawn in OVER_TIME)


def _course(
    caption: str,
    drawn: Sequence[tuple[Figure, str]],
    shown: Sequence[tuple[str, date | None, Counter[Figure]]],
    links: Mapping[date | None, Link],
) -> Course:
    names = [name for name, _, _ in shown]
    series = [
        Series(words, tuple(float(figures[figure]) for _, _, figures in shown), colour_of(figure))
        for figure, words in drawn
    ]
    chart = line_chart(caption, names, series, heading="As at")
    periods = tuple(
        Period(name, tuple(number(figures, figure, links[on], words) for figure, words in drawn))
        for name, on, figures in shown
    )
    return Course(caption, drawing(chart.svg), tuple(w for _, w in drawn), periods)


def month(on: date) -> str:
    """The end of a month on an axis: "Oct 2026"."""
    return f"{MONTHS[on.month - 1][:3]} {on.year}"
