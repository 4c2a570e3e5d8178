"""An action: what is promised and why, how it stands, what was said of it, and what it may be asked next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sightline.plans import permissions
from sightline.plans.choices import (
    LABELS,
    Dimension,
    Embedding,
    ImpactRating,
)
from sightline.plans.models import Action, EvidenceFile
from sightline.plans.pages.answering import LogShown, logs_for
from sightline.plans.pages.completing import DoneShown, QuestionShown, done_of, question_of
from sightline.plans.pages.history import Event, events
from sightline.plans.pages.looks import ACTION_COLOURS, EMBEDDING_COLOURS, day, day_or_nothing, themes_shown
from sightline.plans.pages.places import PlaceShown, places_of
from sightline.plans.pages.pointing import address_of
from sightline.plans.pages.promise import (
    OwnerShown,
    PaperShown,
    SourceShown,
    WhenShown,
    owners_of,
    owners_then,
    paper_of,
    sources_of,
    whens_of,
)
from sightline.plans.pages.publishable import PublishableShown, publishable_of
from sightline.plans.pages.said import (
    Account,
    CheckShown,
    Hindrance,
    Lines,
    Pointer,
    Quarter,
    files_of,
    hindrances_of,
    newest,
    pointers_of,
    quarters_of,
    tests_of,
    update_shown,
)
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import slips
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.facts import ActionFacts, RatingFacts
from sightline.plans.rules.history import Moment
from sightline.plans.rules.ratings import needs_a_sentence, suggested
from sightline.plans.rules.states import free_moves_from
from sightline.plans.rules.suggesting import why_delivery, why_impact
from sightline.plans.selectors import facts_of
from sightline.plans.selectors.action import Told, ToldLine, others_of, printed_place, told_of
from sightline.plans.selectors.then import edits_since, undo
from sightline.screens.words import joined

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True)
class May:
    """What the person may do with the action: a page offers nothing else."""

    update: bool
    rate_delivery: bool
    rate_impact: bool
    edit: bool
    move: bool
    confirm: bool = False


@dataclass(frozen=True)
class RatingShown:
    """One rating: what is asserted, by whom and why; what is suggested, and what that rests on."""

    dimension: Dimension
    question: str
    value: str
    said: str
    reason: str
    suggested: str
    why: str
    is_better: bool
    may_rate: bool


@dataclass(frozen=True)
class ActionPage:
    """One action. `themes`: name and address of what it is about; None on a day looked back at, for they have none."""

    action: Action
    number: str
    plan_href: str
    priority: str
    outcome: str
    state: str
    state_colour: str
    state_since: str
    ratings: tuple[RatingShown, ...]
    exceptions: tuple[tuple[str, str], ...]
    owners: tuple[OwnerShown, ...]
    whens: tuple[WhenShown, ...]
    slips: int
    sources: tuple[SourceShown, ...]
    themes: tuple[tuple[str, str], ...] | None
    updates: tuple[Account, ...]
    quarters: tuple[Quarter, ...]
    embedding: str
    embedding_colour: str
    tests: tuple[CheckShown, ...]
    may_set_test: bool
    hindrances: tuple[Hindrance, ...]
    pointers: tuple[Pointer, ...]
    places: tuple[PlaceShown, ...]
    paper: PaperShown | None
    history: tuple[Event, ...]
    may: May
    done: DoneShown
    question: QuestionShown | None
    publishable: PublishableShown
    logs: tuple[LogShown, ...] = ()


def action_page(user: Reader, action: Action, on: date, then: Moment | None = None) -> ActionPage:
    """The action as it stands on the day; its queries do not grow with its history.

    `then`: as it stood at that moment; nothing may be done with it. Raises NotYet where it was not kept here by then.
    """
    lines = by_kind(told := told_by(action, then, user))
    facts = facts_of([action], on, then.known_by if then else None)[action.pk]
    others = others_of(user, told)
    may = NOTHING if then else may_do(user, action)
    if then:
        undo(action, edits_since([action], then, reader=user))
    return ActionPage(
        action=action,
        number=action.current_number_label,
        plan_href=addresses.of_plan(action.plan.key),
        priority=str(action.priority or ""),
        outcome=action.outcome.text if action.outcome else "",
        state=LABELS[facts.state],
        state_colour=ACTION_COLOURS[facts.state],
        state_since=day_or_nothing(facts.state_since),
        ratings=ratings_of(facts, on, may),
        exceptions=tuple((kind.value, sentence) for kind, sentence in exceptions(facts, on)),
        owners=owners_then(lines[Told.OWNERS]) if then else owners_of(action),
        whens=whens_of(lines[Told.TIMESCALE]),
        slips=slips(facts),
        sources=sources_of(action, user),
        themes=None if then else themes_shown(line.word for line in lines[Told.THEME]),
        updates=tuple(update_shown(line) for line in newest(lines[Told.UPDATE])),
        quarters=quarters_of(lines[Told.EVIDENCE], files_of(action.reference, lines, may.update)),
        embedding=embedding_words(facts),
        embedding_colour=EMBEDDING_COLOURS[facts.embedding],
        tests=tests_of(lines[Told.TEST], may.edit or may.update),
        may_set_test=may.edit and facts.embedding != Embedding.WAITING,
        hindrances=hindrances_of(lines, others, may.update),
        pointers=pointers_of(lines, others, partial(address_of, action.reference) if may.edit else None),
        places=places_of(lines, others),
        paper=paper_of(printed_place(action, then)),
        history=events(told),
        may=may,
        done=done_of(user, lines, facts, update=may.update, confirm=may.confirm),
        question=question_of(lines),
        publishable=publishable_of(action, lines, may.edit),
        logs=() if then else logs_for(user, action),
    )


def embedding_words(facts: ActionFacts) -> str:
    """Whether it lasted; nothing of an action that is not complete and was never tested."""
    return LABELS[facts.embedding] if facts.completed_on or facts.embedding != Embedding.NONE_SET else ""


class NotYet(Exception):
    """The action was not kept here by the day looked at."""


NOTHING = May(update=False, rate_delivery=False, rate_impact=False, edit=False, move=False)


def told_by(action: Action, then: Moment | None, user: Reader) -> list[ToldLine]:
    """Every line of the action; those known by a moment, as they were then. Raises NotYet."""
    if then is None:
        return told_of(action, user)
    told = told_of(action)
    known = [line for each in told if (line := each.by(then))]
    if action.opened_on > then.on or not any(line.kind == Told.STATE for line in known):
        raise NotYet
    return known


def by_kind(told: Sequence[ToldLine]) -> Lines:
    """The lines of each kind, oldest first."""
    found: defaultdict[Told, list[ToldLine]] = defaultdict(list)
    for line in sorted(told, key=lambda line: line.place):
        found[line.kind].append(line)
    return found


def may_do(user: Reader, action: Action) -> May:
    """What the permissions let the person do."""
    return May(
        update=permissions.can_update_action(user, action),
        rate_delivery=permissions.can_rate_delivery(user, action),
        rate_impact=permissions.can_rate_impact(user, action),
        edit=permissions.can_edit_action(user, action),
        move=any(
            permissions.can_change_state(user, action, move.to_state)
            for move in free_moves_from(action.state_now)
        ),
        confirm=permissions.can_confirm_completion(user, action),
    )


def ratings_of(facts: ActionFacts, on: date, may: May) -> tuple[RatingShown, ...]:
    """Delivery and impact, side by side."""
    delivery, impact = suggested(facts, Dimension.DELIVERY, on), suggested(facts, Dimension.IMPACT, on)
    return (
        RatingShown(
            Dimension.DELIVERY,
            "Is it being done?",
            facts.delivery.value,
            said_of(facts.delivery),
            facts.delivery.reason,
            delivery,
            why_delivery(facts, on) if facts.is_open else "It is no longer open.",
            facts.is_open and needs_a_sentence(facts.delivery.value, delivery),
            may.rate_delivery,
        ),
        RatingShown(
            Dimension.IMPACT,
            "Has it made the difference?",
            facts.impact.value,
            said_of(facts.impact),
            facts.impact.reason,
            "" if impact == ImpactRating.NOT_YET_KNOWN else impact,
            why_impact(facts),
            needs_a_sentence(facts.impact.value, impact),
            may.rate_impact,
        ),
    )


def told_of_files(kept: Iterable[EvidenceFile]) -> str:
    """Which of the files another piece of evidence has as well, and of which pictures something was left out."""
    files = list(kept)
    again = [f"“{each.document.name}”" for each in files if each.document.stored_at < each.recorded_at]
    made_bare = [f"“{each.document.name}”" for each in files if each.document.is_bare]
    told = ""
    if again:
        told = f" {joined(again)} stood with other evidence of this action already; it is kept once, and shown at both."
    if made_bare:
        told += f" Where and when {joined(made_bare)} was taken was left out of what is kept."
    return told


def said_of(rating: RatingFacts) -> str:
    """Who asserts a rating and since when; says so where nobody does."""
    if rating.as_at is None:
        return "Nobody has said."
    by = f" by {rating.said_by}" if rating.said_by else ""
    return f"Said{by} as at {day(rating.as_at)}{', in an imported document' if rating.imported else ''}."
