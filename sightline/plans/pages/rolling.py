"""Rolling a plan over: the unfinished actions with what becomes of each, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from sightline.jobs.pages import progress_of
from sightline.plans import permissions
from sightline.plans.choices import LABELS, DeliveryState, Fate, WorkingState
from sightline.plans.forms.rolling import FATES, FatesFilter, FatesForm
from sightline.plans.forms.table import short_title
from sightline.plans.models import Action, Plan, RollOver
from sightline.plans.pages.looks import ACTION_COLOURS, day
from sightline.plans.rules import addresses
from sightline.plans.selectors.rolling import Chosen, carried_to_of, counts_of, to_choose, to_show
from sightline.plans.selectors.table import priorities_of
from sightline.plans.services.rolling import job_key
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.progress import Progress

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

SIZE = 100
FATES_LIST = ListPage(
    noun=("unfinished action", "unfinished actions"),
    columns=(
        Column("number", "Number"),
        Column("action", "Action"),
        Column("when", "By when"),
        Column("rating", "Delivery"),
        Column("impact", "Impact"),
        Column("fate", "What becomes of it?"),
    ),
    order="number",
    size=SIZE,
)


@dataclass(frozen=True)
class Option:
    """One answer to "what becomes of it?"."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FateRow:
    """One unfinished action: how it stands, what is chosen, and afterwards where it went."""

    number: int
    href: str
    label: str
    text: str
    owners: str
    priority: str
    when: str
    slips: int
    delivery: str
    impact: str
    state: str
    state_colour: str
    options: tuple[Option, ...]
    reason: str
    fate: str
    errors: tuple[str, ...]
    to_label: str
    to_href: str


@dataclass(frozen=True)
class RollOverPage:
    """A roll-over being chosen, at work, or done."""

    plan: Plan
    roll: RollOver
    back: str
    next_name: str
    next_href: str
    as_at: str
    chosen: Chosen
    progress: Progress | None
    listing: Listing[FateRow] | None
    form: FatesForm | None
    is_choosing: bool
    is_done: bool


def roll_over_page(
    user: Reader, roll: RollOver, query: QueryDict, sent: FatesForm | None = None
) -> RollOverPage:
    """The page of the roll-over; its queries do not grow with the plan. `sent`: a form that was refused."""
    choosing = roll.state == WorkingState.CHOOSING
    done = roll.state == WorkingState.DONE
    listing = fates_listing(user, roll, query) if choosing or done else None
    form = None
    if choosing and listing:
        form = sent or FatesForm(None, actions=listing.rows, initial={"seen": str(roll.version)})
    new = roll.next_plan
    return RollOverPage(
        plan=roll.plan,
        roll=roll,
        back=addresses.of_plan(roll.plan.key),
        next_name=new.name if new else roll.next_name,
        next_href=addresses.of_plan(new.key) if new and permissions.can_view_plan(user, new) else "",
        as_at=day(roll.as_at),
        chosen=counts_of(roll),
        progress=_progress(roll) if roll.state == WorkingState.WAITING else None,
        listing=shown(user, listing, sent) if listing else None,
        form=form,
        is_choosing=choosing,
        is_done=done,
    )


def fates_listing(user: Reader, roll: RollOver, query: QueryDict) -> Listing[Action]:
    """The page of unfinished actions that the address asks for."""
    priorities = [(str(p.pk), short_title(p)) for p in priorities_of(roll.plan)]
    rows = to_choose(user, roll) if roll.state == WorkingState.CHOOSING else to_show(user, roll)
    return FATES_LIST.read(query, rows, form=FatesFilter(query, priorities=priorities))


def shown(user: Reader, listing: Listing[Any], sent: FatesForm | None) -> Listing[FateRow]:
    """The rows as the page shows them; answers that were refused stand as they were given."""
    rows = list(sent.actions.values()) if sent else listing.rows
    gone = carried_to_of(user, [action.pk for action in rows])
    return listing.with_rows(_row(action, sent, gone) for action in rows)


def _row(action: Any, sent: FatesForm | None, gone: Mapping[int, Action]) -> FateRow:
    fate, reason = _answers(action, sent)
    new = gone.get(action.pk)
    offered = [f for f in Fate if f != Fate.CLOSE or action.state != DeliveryState.COMPLETE]
    return FateRow(
        number=action.pk,
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        text=action.text,
        owners=action.current_owner_label,
        priority=action.priority.own_name if action.priority else "",
        when=action.current_timescale_label,
        slips=action.current_slips,
        delivery=action.current_delivery_rating,
        impact=action.current_impact_rating,
        state=LABELS[action.state_now],
        state_colour=ACTION_COLOURS[action.state_now],
        options=tuple(Option(f.value, FATES[f], f.value == fate) for f in offered),
        reason=reason,
        fate=LABELS[Fate(fate)] if fate in set(Fate) else "",
        errors=_errors(action.pk, sent),
        to_label=new.reference if new else "",
        to_href=addresses.of_action(new.reference) if new else "",
    )


def _answers(action: Any, sent: FatesForm | None) -> tuple[str, str]:
    if sent is None:
        return action.fate or "", action.why or ""
    return str(sent[f"fate-{action.pk}"].value() or ""), str(sent[f"reason-{action.pk}"].value() or "")


def _errors(pk: int, sent: FatesForm | None) -> tuple[str, ...]:
    found = sent.errors if sent else {}
    return tuple(str(e) for name in (f"fate-{pk}", f"reason-{pk}") for e in found.get(name, ()))


def _progress(roll: RollOver) -> Progress:
    """How far the job is that does what was chosen."""
    return progress_of(job_key(roll), "The roll-over is waiting for its turn.")
