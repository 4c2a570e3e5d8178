"""What actions refer to: on the page of a plan, beside an action's promise, and where somebody says what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, When
from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import ReferenceKind
from sightline.plans.forms.pointing import OPEN, OTHER, WORDS, Choices, PointingFilter
from sightline.plans.models import Action, Plan, Reference
from sightline.plans.pages.said import KEPT_AS_WORDS, NOT_MATCHED
from sightline.plans.rules import addresses
from sightline.plans.selectors.choosing import action_named
from sightline.plans.selectors.lists import ActionFilter, actions_listed
from sightline.plans.selectors.pointing import meant_for, pointing_from
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

POINTING = ListPage(
    noun=("reference", "references"),
    columns=(
        Column("action", "Action"),
        Column("words", "What it refers to, as printed"),
        Column("meant", "What that means"),
    ),
    filter_form=PointingFilter,
    size=50,
)
# How many actions that hold the words somebody typed are offered.
MOST_FOUND = 8
THESE = "These actions hold those words: choose one of them above, or type more."
NOBODY = "No action that you can read has this reference, this number or these words."


@dataclass(frozen=True)
class PointingRow:
    """One reference. `match`: where somebody says what it means, for those who may."""

    href: str
    label: str
    action: str
    words: str
    target: str
    target_href: str
    says: str
    match: str


@dataclass(frozen=True)
class PointingPage:
    """What a plan's actions refer to."""

    plan: Plan
    listing: Listing[PointingRow]


def pointing_page(user: Reader, plan: Plan, query: QueryDict) -> PointingPage:
    """The page that the address asks for; its queries do not grow with the plan."""
    found = POINTING.read(query, pointing_from(user, plan))
    rows = list(found.rows)
    meant = meant_for(user, [row for row in rows if not row.is_matched and not row.by_hand])  # type: ignore[attr-defined]  # read with the record
    may_write = permissions.can_write_plan(user, plan)
    return PointingPage(plan, found.with_rows(_row(row, meant, may_write) for row in rows))


def _row(row: Any, meant: dict[int, tuple[int, list[Action]]], may_write: bool) -> PointingRow:
    action, target = row.action, row.target if row.is_matched else None
    unmatched = why_not(row, *meant[row.pk]) if row.pk in meant else KEPT_AS_WORDS
    return PointingRow(
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        action=action.text,
        words=str(row),
        target=named(target) if target else "",
        target_href=addresses.of_action(target.reference) if target else "",
        says="" if target else unmatched,
        match=address_of(action.reference, row.pk) if may_write else "",
    )


def why_not(reference: Reference, plans: int, actions: Sequence[Action]) -> str:
    """Why the words are not matched to an action, as far as the person may know."""
    other = reference.kind == ReferenceKind.OTHER_PLAN
    if not plans:
        return "No plan of this name is here yet."
    if plans > 1:
        return f"{count(plans, 'plan')} have this name."
    if not actions:
        return f"No action of {'that' if other else 'this'} plan has this number."
    if len(actions) > 1:
        return f"{count(len(actions), 'action')} have this number."
    return NOT_MATCHED


def address_of(reference: str, number: int) -> str:
    """Where somebody says what a reference of an action means."""
    return reverse("plans:point", args=[reference, number])


def named(action: Action) -> str:
    """An action among others: its number, the beginning of its words, its plan."""
    text = action.text if len(action.text) < 90 else f"{action.text[:87]} …"
    words = " ".join(filter(None, (action.current_number_label, text)))
    return f"{words} ({action.reference}, {action.plan.name})"


def offered(user: Reader, reference: Any, typed: str) -> Choices:
    """The actions to choose from: the one matched now, those the words may mean, and those that hold what was typed."""
    _, meant = meant_for(user, [reference])[reference.pk]
    current = [reference.target] if reference.is_matched else []
    found = [*current, *meant[:MOST_FOUND], *holding(user, reference.action, typed)]
    return [(str(pk), named(action)) for pk, action in {action.pk: action for action in found}.items()]


def holding(user: Reader, action: Action, typed: str) -> list[Action]:
    """Actions that hold the words that somebody typed, those of the same plan first; none where nothing was typed."""
    if not typed.strip():
        return []
    readable = actions_listed(user, ActionFilter(words=typed[:200])).exclude(pk=action.pk)
    apart = Case(When(plan=action.plan_id, then=0), default=1)
    return list(readable.order_by(apart, *readable.query.order_by)[:MOST_FOUND])


def point_initial(reference: Any) -> dict[str, str]:
    """What the form begins with."""
    if reference.is_matched:
        return {"meant": str(reference.target_id)}
    return {"meant": WORDS} if reference.by_hand else {}


def point_rows(reference: Any) -> Iterable[SummaryRow]:
    """What stands now, for somebody who had seen something else."""
    if reference.is_matched:
        return (SummaryRow("It means", named(reference.target)),)
    return (SummaryRow("It means", KEPT_AS_WORDS if reference.by_hand else NOT_MATCHED),)


def chosen(user: Reader, reference: Any, meant: str, typed: str) -> tuple[Action | None, str]:
    """The action that was chosen, None for none; or the sentence that says why there is none."""
    if meant in (WORDS, OPEN):
        return None, ""
    if meant != OTHER:
        readable = actions_listed(user).filter(pk=int(meant)).first()
        return readable, "" if readable else NOBODY
    found = action_named(user, typed, reference.action.plan) if typed.strip() else None
    if found is not None:
        return found, ""
    return None, THESE if holding(user, reference.action, typed) else NOBODY
