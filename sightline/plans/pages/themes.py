"""Themes: choosing them, their list, and one of them over the years and across sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.plans.choices import STEP_LABELS, Step
from sightline.plans.models import Action, Recommendation
from sightline.plans.pages.likes import STEP_COLOURS, named
from sightline.plans.pages.sources import Answer, answers_shown
from sightline.plans.rules import addresses
from sightline.plans.rules.themes import Theme, name_of, suggested, themes
from sightline.plans.selectors.themes import (
    UNDATED,
    Told,
    actions_under,
    by_theme,
    by_year,
    recommendations_under,
)
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

SUGGESTED = " (its words suggest it)"
MOST_ACTIONS = 100
ASKED = ListPage(
    noun=("recommendation", "recommendations"),
    columns=(
        Column("published", "Published", sort=("source__published_on",), empty_last=True),
        Column("source", "Source", sort=("source__title", "order")),
        Column("number", "Recommendation", sort=("order",)),
        Column("step", "Highest step of the ladder", sort=("step",), empty_last=True),
    ),
    order="-published",
)


@dataclass(frozen=True)
class ThemeRow:
    """One theme of the list."""

    theme: Theme
    href: str
    told: Told


@dataclass(frozen=True)
class YearRow:
    """What was asked and promised in a year."""

    year: str
    told: Told


@dataclass(frozen=True)
class AskedRow:
    """One recommendation under a theme."""

    href: str
    number: str
    text: str
    source: str
    source_href: str
    published: date | None
    step: str
    step_colour: str


@dataclass(frozen=True)
class ThemeListPage:
    """Every theme of the vocabulary."""

    rows: tuple[ThemeRow, ...]
    is_used: bool


@dataclass(frozen=True)
class ThemePage:
    """One theme. `more` says how many actions there are beyond those shown."""

    theme: Theme
    sentence: str
    years: tuple[YearRow, ...]
    listing: Listing[AskedRow]
    actions: tuple[Answer, ...]
    more: str


def list_page(user: Reader) -> ThemeListPage:
    """The vocabulary, with how much stands under each theme."""
    used = by_theme(user)
    rows = tuple(ThemeRow(t, addresses.of_theme(t.key), used.get(t.key, Told())) for t in themes().values())
    return ThemeListPage(rows, bool(used))


def theme_page(user: Reader, key: str, query: QueryDict) -> ThemePage:
    """One theme: what was asked, promised and embedded, year by year, and the records behind the figures."""
    years = by_year(user, key)
    found = ASKED.read(query, recommendations_under(user, key))
    actions = list(actions_under(user, key).order_by("-opened_on", "pk")[: MOST_ACTIONS + 1])
    promised = sum(told.promised for told in years.values())
    return ThemePage(
        theme=themes()[key],
        sentence=_sentence(years.values()),
        years=tuple(YearRow("No date" if y == UNDATED else str(y), told) for y, told in years.items()),
        listing=found.with_rows(_asked(each) for each in found.rows),
        actions=answers_shown(actions[:MOST_ACTIONS]),
        more=f"The newest {MOST_ACTIONS} of {promised:,} are shown." if len(actions) > MOST_ACTIONS else "",
    )


def _sentence(years: Iterable[Told]) -> str:
    every = list(years)
    asked, promised = sum(t.asked for t in every), sum(t.promised for t in every)
    if not asked and not promised:
        return "Nothing stands under this theme yet."
    return (
        f"{count(asked, 'recommendation')}, of which {sum(t.impact for t in every)} with impact; "
        f"{count(promised, 'action')}, of which {sum(t.complete for t in every)} complete and "
        f"{sum(t.embedded for t in every)} embedded."
    )


def _asked(each: Recommendation) -> AskedRow:
    step = Step(getattr(each, "step", None) or 0)
    return AskedRow(
        addresses.of_recommendation(each.source.key, each.pk),
        named(each.number),
        each.title or each.text,
        each.source.title,
        addresses.of_source(each.source.key),
        each.source.published_on,
        STEP_LABELS[step],
        STEP_COLOURS[step],
    )


def chosen_of(record: Action | Recommendation) -> list[str]:
    """Keys of the themes chosen for a record."""
    return [mark.theme for mark in record.theme_marks.all()]


def offered(record: Action | Recommendation, words: str) -> list[tuple[str, str]]:
    """Every theme to choose from: those its words suggest first, each said to be so. Chosen ones nobody knows stay."""
    first = suggested(words)
    known = [*first, *(key for key in themes() if key not in first)]
    gone = [key for key in chosen_of(record) if key not in themes()]
    return [(key, name_of(key) + (SUGGESTED if key in first else "")) for key in (*known, *gone)]


def theme_rows(record: Action | Recommendation) -> tuple[SummaryRow, ...]:
    """The themes as they stand, for somebody who had not seen them."""
    return (SummaryRow("Themes", ", ".join(map(name_of, chosen_of(record))) or "None"),)
