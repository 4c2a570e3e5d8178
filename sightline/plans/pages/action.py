"""An action: what is promised and why, how it stands, what was said of it, and what it may be asked next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sightline.plans import permissions
from sightline.plans.choices import (
    LABELS,
    Dimension,
    Embedding,
    EvidenceQuarter,
    ImpactRating,
)
from sightline.plans.models import Action
from sightline.plans.pages.history import Event, events
from sightline.plans.pages.looks import ACTION_COLOURS, EMBEDDING_COLOURS, day, day_or_nothing, how_label
from sightline.plans.pages.promise import (
    OwnerShown,
    PaperShown,
    SourceShown,
    WhenShown,
    owners_of,
    paper_of,
    sources_of,
    whens_of,
)
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import update_day
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.facts import ActionFacts, RatingFacts
from sightline.plans.rules.ratings import needs_a_sentence, suggested
from sightline.plans.rules.states import moves_from
from sightline.plans.rules.suggesting import why_delivery, why_impact
from sightline.plans.selectors import facts_of
from sightline.plans.selectors.action import Told, ToldLine, others_of, printed_place, told_of

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

Lines = Mapping[Told, Sequence[ToldLine]]


@dataclass(frozen=True)
class May:
    """What the person may do with the action: a page offers nothing else."""

    update: bool
    rate_delivery: bool
    rate_impact: bool
    edit: bool
    move: bool


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
class Account:
    """An update or a piece of evidence: `told` says who said it, when, how it came and who entered it."""

    day: date | None
    text: str
    told: str
    import_href: str


@dataclass(frozen=True)
class Quarter:
    """One of the four kinds of evidence, and what there is of it, newest first."""

    label: str
    evidence: tuple[Account, ...]


@dataclass(frozen=True)
class CheckShown:
    """An embedding test and its answer."""

    number: int
    question: str
    due: str
    result: str
    colour: str
    answer: str
    finding: str
    may_answer: bool


@dataclass(frozen=True)
class Hindrance:
    """Something that stands in the way: `number` is that of a dependency that can be ended, else 0."""

    words: str
    since: str
    href: str = ""
    link: str = ""
    number: int = 0


@dataclass(frozen=True)
class Pointer:
    """Another action this one points at, waits for, or is pointed at from."""

    words: str
    href: str
    link: str


@dataclass(frozen=True)
class ActionPage:
    """One action."""

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
    updates: tuple[Account, ...]
    quarters: tuple[Quarter, ...]
    embedding: str
    embedding_colour: str
    tests: tuple[CheckShown, ...]
    may_set_test: bool
    hindrances: tuple[Hindrance, ...]
    pointers: tuple[Pointer, ...]
    paper: PaperShown | None
    history: tuple[Event, ...]
    may: May


def action_page(user: Reader, action: Action, on: date) -> ActionPage:
    """The action as it stands on the day; its queries do not grow with its history."""
    told = told_of(action)
    lines = by_kind(told)
    facts = facts_of([action], on)[action.pk]
    others = others_of(user, told)
    may = may_do(user, action)
    whens = whens_of(lines[Told.TIMESCALE])
    return ActionPage(
        action=action,
        number=action.current_number_label,
        plan_href=addresses.of_plan(action.plan.key),
        priority=str(action.priority) if action.priority else "",
        outcome=action.outcome.text if action.outcome else "",
        state=LABELS[action.state_now],
        state_colour=ACTION_COLOURS[action.state_now],
        state_since=day_or_nothing(facts.state_since),
        ratings=ratings_of(facts, on, may),
        exceptions=tuple((kind.value, sentence) for kind, sentence in exceptions(facts, on)),
        owners=owners_of(action),
        whens=whens,
        slips=action.current_slips,
        sources=sources_of(action),
        updates=tuple(account(line) for line in newest(lines[Told.UPDATE])),
        quarters=quarters_of(lines[Told.EVIDENCE]),
        embedding=LABELS[facts.embedding]
        if facts.completed_on or facts.embedding != Embedding.NONE_SET
        else "",
        embedding_colour=EMBEDDING_COLOURS[facts.embedding],
        tests=tests_of(lines[Told.TEST], may.edit or may.update),
        may_set_test=may.edit and facts.embedding != Embedding.WAITING,
        hindrances=hindrances_of(lines, others, may),
        pointers=pointers_of(lines, others),
        paper=paper_of(printed_place(action)),
        history=events(told),
        may=may,
    )


def by_kind(told: Sequence[ToldLine]) -> Lines:
    """The lines of each kind, oldest first."""
    found: defaultdict[Told, list[ToldLine]] = defaultdict(list)
    for line in sorted(told, key=lambda line: line.place):
        found[line.kind].append(line)
    return found


def newest(lines: Sequence[ToldLine]) -> list[ToldLine]:
    """The lines with the newest day first; an update goes by the day it speaks of."""
    return sorted(lines, key=lambda line: (update_day(line.day, line.place[0]), line.place), reverse=True)


def may_do(user: Reader, action: Action) -> May:
    """What the permissions let the person do."""
    return May(
        update=permissions.can_update_action(user, action),
        rate_delivery=permissions.can_rate_delivery(user, action),
        rate_impact=permissions.can_rate_impact(user, action),
        edit=permissions.can_edit_action(user, action),
        move=any(
            permissions.can_change_state(user, action, move.to_state) for move in moves_from(action.state_now)
        ),
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


def said_of(rating: RatingFacts) -> str:
    """Who asserts a rating and since when; says so where nobody does."""
    if rating.as_at is None:
        return "Nobody has said."
    by = f" by {rating.said_by}" if rating.said_by else ""
    return f"Said{by} as at {day(rating.as_at)}{', in an imported document' if rating.imported else ''}."


def account(line: ToldLine) -> Account:
    """An update or evidence with its origin in one line."""
    parts = [f"Said by {line.said_by}" if line.said_by else "", how_label(line.how)]
    entered = line.recorded_at.date() if line.recorded_at else None
    parts.append(f"Entered by {line.entered_by}{f' on {day(entered)}' if entered else ''}")
    href = addresses.of_import(line.import_of) if line.import_of else ""
    shown_on = line.day or (None if line.import_of else line.as_at)
    return Account(shown_on, line.text, " · ".join(filter(None, parts)), href)


def quarters_of(lines: Sequence[ToldLine]) -> tuple[Quarter, ...]:
    """All four quarters, also those of which there is nothing: an empty one says something."""
    return tuple(
        Quarter(LABELS[quarter], tuple(account(line) for line in newest(lines) if line.word == quarter))
        for quarter in EvidenceQuarter
    )


def tests_of(lines: Sequence[ToldLine], may_answer: bool) -> tuple[CheckShown, ...]:
    """The embedding tests, newest first."""
    return tuple(
        CheckShown(
            number=line.row,
            question=line.text,
            due=day_or_nothing(line.day),
            result="Waiting" if line.word == Embedding.WAITING else LABELS[Embedding(line.word)],
            colour=EMBEDDING_COLOURS[Embedding(line.word)],
            answer=f"{day(line.ended_on)}, entered by {line.ended_by}" if line.ended_on else "",
            finding=line.more,
            may_answer=may_answer and line.word == Embedding.WAITING,
        )
        for line in reversed(lines)
    )


def hindrances_of(lines: Lines, others: Mapping[int, Action], may: May) -> tuple[Hindrance, ...]:
    """What stands in the way now: its owner's word, and open actions it waits for."""
    blocks = [
        Hindrance(line.text, f"{line.entered_by}, {day_or_nothing(line.as_at)}")
        for line in lines[Told.BLOCK]
        if line.ended_on is None
    ]
    waits = []
    for line in lines[Told.WAITS_FOR]:
        if line.ended_on is None:
            pointer = pointed("Waits for", line, others)
            words = f"Waits for an action{f': {line.text}' if line.text else ''}"
            number = line.row if may.update else 0
            waits.append(Hindrance(words, day_or_nothing(line.as_at), pointer.href, pointer.link, number))
    return tuple(blocks + waits)


def pointers_of(lines: Lines, others: Mapping[int, Action]) -> tuple[Pointer, ...]:
    """Other actions this one is tied to, with the words of the paper where it gave them."""
    needed = [pointed("Needed by", line, others) for line in lines[Told.NEEDED_BY] if line.ended_on is None]
    refers = [
        pointed(f"Refers to {' '.join(filter(None, (line.said_by, line.text)))}", line, others)
        for line in lines[Told.REFERS_TO]
    ]
    referred = [pointed("Referred to from", line, others) for line in lines[Told.REFERRED_FROM]]
    return tuple(needed + refers + referred)


def pointed(words: str, line: ToldLine, others: Mapping[int, Action]) -> Pointer:
    """A link to the action at the other end; its words only where the person may read them."""
    other = others.get(line.other or 0)
    if other is None:
        return Pointer(words, "", line.more)
    name = " ".join(filter(None, (other.current_number_label, other.text)))
    return Pointer(
        words, addresses.of_action(other.reference), name if len(name) < 120 else f"{name[:117]} …"
    )
