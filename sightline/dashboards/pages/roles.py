"""What stands below "what needs you", by what a person is there for: unit, chair, owner, executive, scrutineer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.dashboards import selectors
from sightline.dashboards.pages.tables import (
    DELIVERY,
    IMPACT,
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
from sightline.plans.models import Action
from sightline.plans.permissions import can_update_action
from sightline.plans.rules import addresses
from sightline.plans.selectors.standings import Part, Place
from sightline.screens.words import count, day

# A chair of more groups than these finds the others by their links.
MOST_GROUPS = 2
MOST_ITEMS = 10
EXECUTIVE = {"executive", "lead_partner"}
WORSE = (
    (Figure.DELIVERY_RED, "rated red for delivery"),
    (Figure.IMPACT_RED, "rated red for impact"),
    (Figure.OVERDUE, "overdue"),
    (Figure.SILENT, "silent"),
    (Figure.SLIPPED_BACK, "slipped back"),
)


@dataclass(frozen=True)
class Item:
    """One action of a block: where it leads, when it is due, how it stands, and where to update it."""

    href: str
    label: str
    text: str
    due: str
    is_late: bool
    delivery: str
    impact: str
    update_href: str = ""


@dataclass(frozen=True)
class Change:
    """What got worse in one priority: each figure with what it was before."""

    title: str
    plan: str
    numbers: tuple[tuple[Number, int], ...]


@dataclass(frozen=True)
class Block:
    """A part of the first page. `more`: a label and an address."""

    key: str
    title: str
    sentence: str = ""
    numbers: tuple[tuple[str, tuple[Number, ...]], ...] = ()
    table: PartTable | None = None
    changes_title: str = ""
    changes: tuple[Change, ...] = ()
    items: tuple[Item, ...] = ()
    more: tuple[str, str] = ("", "")


def blocks(user: User, today: date) -> Iterator[Block]:
    """The blocks of this person, each role's once."""
    roles = user.scope.role_keys
    if not user.scope.holds(Permission.PLANS_VIEW):
        return
    if roles & EXECUTIVE:
        yield of_executive(user)
    if "scrutineer" in roles:
        yield from of_scrutineer(user, today)
    if groups := user.scope.groups_with(Permission.ACTION_RATE_IMPACT):
        yield from of_chair(user, groups)
    if selectors.owns_anything(user):
        yield from of_owner(user, today)


def of_executive(user: User) -> Block:
    """One table of priorities by both ratings, and what got worse since the last month end."""
    days = selectors.days()
    standing = selectors.standing_of(user, Place(), None, days)
    ends = selectors.month_ends(days, standing.on)
    changes: tuple[Change, ...] = ()
    sentence = "What got worse is shown once the end of a month has been counted."
    if ends:
        before = selectors.standing_of(user, Place(), ends[-1], days).parts
        changes = tuple(worse(standing.parts, before, standing.on))
        sentence = "" if changes else f"Nothing got worse since {day(ends[-1])}."
    return Block(
        "executive",
        "The plans by both ratings",
        sentence,
        table=table_of(standing.parts, Place(), standing.on) if standing.parts else None,
        changes_title=f"Worse than on {day(ends[-1])}" if ends else "",
        changes=changes,
        more=("The dashboard, with charts over time", addresses.of_board()),
    )


def worse(now: Iterable[Part], before: Iterable[Part], on: date | None) -> Iterator[Change]:
    """The parts in which a figure rose that nobody wants to rise."""
    former = {(part.plan, part.priority): part.figures for part in before}
    for part in now:
        then, link = former.get((part.plan, part.priority), Counter()), link_to(Place(), on, part)
        risen = [(figure, words) for figure, words in WORSE if part.figures[figure] > then[figure]]
        if risen:
            numbers = ((number(part.figures, figure, link, words), then[figure]) for figure, words in risen)
            yield Change(title_of(part), part.plan_name, tuple(numbers))


def of_scrutineer(user: User, today: date) -> Iterator[Block]:
    """Where what is said and what is suggested part, and what is said without evidence."""
    standing = selectors.standing_of(user, Place(), None, selectors.days())
    figures, link = total_of(standing.parts), link_to(Place(), standing.on)
    yield Block(
        "said-and-suggested",
        "Said to be better than dates and evidence suggest",
        "" if figures[Figure.SAID_BETTER] else "No rating says more than dates, updates and evidence do.",
        numbers=(
            ("", (_one(figures, Figure.SAID_BETTER, link), _one(figures, Figure.GREEN_BUT_OVERDUE, link))),
        ),
        items=tuple(item(a, today) for a in selectors.actions_counted(user, Figure.SAID_BETTER, MOST_ITEMS)),
        more=("The dashboard", addresses.of_board()),
    )
    yield Block(
        "without-evidence",
        "Threads without evidence",
        numbers=(
            (
                "",
                (
                    _one(figures, Figure.COMPLETE_WITHOUT_EVIDENCE, link),
                    _one(figures, Figure.UNTESTED, link),
                    _one(figures, Figure.NO_EVIDENCE, link),
                ),
            ),
        ),
    )


def _one(figures: Counter[Figure], figure: Figure, link: Link) -> Number:
    words = FIGURE_LABELS[figure]
    return number(figures, figure, link, words[0].lower() + words[1:], pressing=True)


def of_chair(user: User, keys: Iterable[str]) -> Iterator[Block]:
    """Each group's actions by both ratings, its exceptions, and what waits for an embedding test."""
    found = selectors.groups_named(user, keys)
    for group in found[:MOST_GROUPS]:
        place = Place(group=group)
        standing = selectors.standing_of(user, place, None, ())
        figures, link = total_of(standing.parts), link_to(place, standing.on)
        yield Block(
            f"group-{group.key}",
            group.name,
            "" if figures[Figure.ALL] else "No action of a plan that runs belongs to this group.",
            numbers=(
                ("Delivery", tuple(number(figures, f, link) for f in DELIVERY)),
                ("Impact", tuple(number(figures, f, link) for f in IMPACT)),
                (
                    "To look at",
                    tuple(
                        _one(figures, f, link) for f in (Figure.EXCEPTIONS, Figure.OVERDUE, Figure.UNTESTED)
                    ),
                ),
            )
            if figures[Figure.ALL]
            else (),
            more=(f"Dashboard of {group.name}", addresses.of_board(group=group.key)),
        )
    for group in found[MOST_GROUPS:]:
        yield Block(
            f"group-{group.key}", group.name, more=("Its dashboard", addresses.of_board(group=group.key))
        )


def of_owner(user: User, today: date) -> Iterator[Block]:
    """Their open actions: what is due next, each with its way to an update where they may write one.

    What is late already needs them above.
    """
    figures, shown = selectors.own_actions(user, today, MOST_ITEMS)
    if not figures[Figure.OPEN]:
        return

    def link(figure: Figure) -> str:
        return addresses.of_actions(figure=figure.value, mine="yes")

    counted = (Figure.OPEN, Figure.OVERDUE, Figure.SILENT, Figure.DELIVERY_RED)
    yield Block(
        "yours",
        "Your actions, and what is due next",
        numbers=(("", tuple(_one(figures, figure, link) for figure in counted)),),
        items=tuple(item(action, today, updating=can_update_action(user, action)) for action in shown),
        more=(f"All {count(figures[Figure.OPEN], 'open action')} of yours", link(Figure.OPEN)),
    )


def item(action: Action, today: date, updating: bool = False) -> Item:
    """One action of a block."""
    on = action.current_due_on or action.current_review_on
    href = addresses.of_action(action.reference)
    return Item(
        href=href,
        label=action.current_number_label or action.reference,
        text=action.text,
        due=day(on) if on else "No date",
        is_late=on is not None and on < today and action.is_open,
        delivery=action.current_delivery_rating,
        impact=action.current_impact_rating,
        update_href=f"{href}update/" if updating else "",
    )
