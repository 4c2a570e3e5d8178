"""Sources: where a need for change comes from, what it asks for, and what was promised in answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import LABELS, DeliveryState, SourceKind
from sightline.plans.forms.sources import SourceFilter
from sightline.plans.models import Action, Recommendation, Source
from sightline.plans.pages.likes import named
from sightline.plans.pages.looks import ACTION_COLOURS, day_or_nothing
from sightline.plans.rules import addresses
from sightline.plans.selectors.sources import Answered, answers_to, counted_sources
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

SOURCES = ListPage(
    noun=("source", "sources"),
    columns=(
        Column("title", "Source", sort=("title",)),
        Column("kind", "Kind", sort=("kind", "title")),
        Column("body", "Published by", sort=("body", "title")),
        Column("published", "Published", sort=("published_on",), empty_last=True),
        Column("asks", "Asks for", numeric=True),
        Column("unanswered", "Not answered", numeric=True),
    ),
    filter_form=SourceFilter,
    order="-published",
)


@dataclass(frozen=True)
class SourceRow:
    """One source of the list: how many things it asks for, and how many of them no action answers."""

    key: str
    href: str
    title: str
    kind: str
    body: str
    published_on: date | None
    asks: int
    unanswered: int


@dataclass(frozen=True)
class SourceListPage:
    """The list of sources."""

    listing: Listing[SourceRow]
    may_write: bool


@dataclass(frozen=True)
class Answer:
    """An action that answers, and how it stands."""

    href: str
    number: str
    text: str
    plan: str
    owners: str
    state: str
    state_colour: str
    delivery: str
    impact: str
    is_complete: bool


@dataclass(frozen=True)
class Asked:
    """One thing a source asks for, and the actions that answer it."""

    anchor: str
    href: str
    number: str
    title: str
    text: str
    addressed_to: str
    response: tuple[str, ...]
    answers: tuple[Answer, ...]
    pk: int


@dataclass(frozen=True)
class SourcePage:
    """A source. `standing` says in a sentence how much of what it asks for is answered and done."""

    source: Source
    facts: tuple[SummaryRow, ...]
    standing: str
    asked: tuple[Asked, ...]
    whole: tuple[Answer, ...]
    may_write: bool


def list_page(user: Reader, query: QueryDict) -> SourceListPage:
    """The sources that the address asks for."""
    found = SOURCES.read(query, counted_sources(user))
    return SourceListPage(found.with_rows(map(_row, found.rows)), permissions.can_write_plan(user))


def _row(source: Source) -> SourceRow:
    return SourceRow(
        key=source.key,
        href=reverse("plans:source", args=[source.key]),
        title=source.title,
        kind=LABELS[SourceKind(source.kind)],
        body=source.body,
        published_on=source.published_on,
        asks=getattr(source, "recommendation_count", 0),
        unanswered=getattr(source, "unanswered_count", 0),
    )


def source_page(user: Reader, source: Source) -> SourcePage:
    """A source with what it asks for and what answers it."""
    answered = answers_to(user, source)
    return SourcePage(
        source=source,
        facts=source_facts(source),
        standing=standing_words(answered),
        asked=tuple(_asked(each, actions) for each, actions in answered.recommendations),
        whole=answers_shown(answered.whole),
        may_write=permissions.can_write_plan(user),
    )


def source_facts(source: Source) -> tuple[SummaryRow, ...]:
    """What is known of a source; what is not known is left out."""
    rows = (
        ("Kind", LABELS[SourceKind(source.kind)]),
        ("Published by", source.body),
        ("Published", day_or_nothing(source.published_on)),
        ("In short", source.summary),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def standing_words(answered: Answered) -> str:
    """ "It asks for 12 things: 2 are answered by no action, 4 only by actions that are complete"."""
    asked = len(answered.recommendations)
    if not asked:
        return "Nothing it asks for is recorded yet."
    none = sum(not actions for _, actions in answered.recommendations)
    done = sum(_all_done(actions) for _, actions in answered.recommendations)
    start = f"It asks for {count(asked, 'thing')}."
    unanswered = "Every one is answered by an action." if not none else f"No action answers {none} of them."
    complete = f" For {done} of them every action is complete." if done else ""
    return f"{start} {unanswered}{complete}"


def _all_done(actions: Iterable[Action]) -> bool:
    states = {action.state for action in actions}
    return states == {DeliveryState.COMPLETE.value}


def _asked(recommendation: Recommendation, actions: Iterable[Action]) -> Asked:
    return Asked(
        anchor=f"recommendation-{recommendation.pk}",
        href=addresses.of_recommendation(recommendation.source.key, recommendation.pk),
        number=named(recommendation.number),
        title=recommendation.title,
        text=recommendation.text,
        addressed_to=", ".join(recommendation.addressed_to),
        response=tuple(recommendation.response),
        answers=answers_shown(actions),
        pk=recommendation.pk,
    )


def answers_shown(actions: Iterable[Action]) -> tuple[Answer, ...]:
    """Actions that answer, and how they stand."""
    return tuple(
        Answer(
            href=addresses.of_action(action.reference),
            number=action.current_number_label or action.reference,
            text=action.text,
            plan=action.plan.name,
            owners=action.current_owner_label,
            state=LABELS[action.state_now],
            state_colour=ACTION_COLOURS[action.state_now],
            delivery=action.current_delivery_rating,
            impact=action.current_impact_rating,
            is_complete=action.state == DeliveryState.COMPLETE,
        )
        for action in actions
    )


def recommendation_rows(found: Recommendation) -> tuple[SummaryRow, ...]:
    """A recommendation as it stands, for somebody who had not seen it."""
    rows = (
        ("Printed number", found.number),
        ("Title", found.title),
        ("What it asks for", found.text),
        ("Addressed to", ", ".join(found.addressed_to)),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)
