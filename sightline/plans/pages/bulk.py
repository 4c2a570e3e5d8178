"""Changing many actions at once: the list to choose from, and the change before and after it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict

from sightline.jobs.pages import progress_of
from sightline.plans.choices import LABELS, BulkKind, DeliveryState, WorkingState
from sightline.plans.forms.bulk import ChooseForm, ChoosingFilter
from sightline.plans.models import Action, BulkChange, Priority, Strand
from sightline.plans.pages.looks import ACTION_COLOURS, day
from sightline.plans.rules import addresses
from sightline.plans.selectors import list_actions, plans_visible_to
from sightline.plans.selectors.bulk import parties_to_choose, rows_of_change
from sightline.plans.services.bulk import Wanted, effect_on, job_key, wanted_of
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.progress import Progress
from sightline.screens.words import count

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

CHOOSING = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("choose", "Choose", hidden_label=True),
        Column("number", "Number"),
        Column("action", "Action"),
        Column("owners", "Owners"),
        Column("when", "By when", sort=("current_due_on",), empty_last=True),
        Column("state", "State"),
    ),
    filter_form=ChoosingFilter,
    size=100,
)
CHANGING = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "Number"),
        Column("action", "Action"),
        Column("before", "Now"),
        Column("after", "Afterwards"),
    ),
    size=100,
)


@dataclass(frozen=True)
class ChooseRow:
    """One action to choose."""

    number: int
    href: str
    label: str
    text: str
    plan: str
    owners: str
    when: str
    state: str
    state_colour: str


@dataclass(frozen=True)
class ChoosePage:
    """The list of actions with a box beside each. `hand_over`: the page of the owner asked for, if one is."""

    listing: Listing[ChooseRow]
    form: ChooseForm
    hand_over: str
    owner: str


@dataclass(frozen=True)
class ChangeRow:
    """One action before and after."""

    href: str
    label: str
    text: str
    plan: str
    before: str
    after: str
    is_change: bool


@dataclass(frozen=True)
class ChangePage:
    """A change being looked at, at work, or done."""

    change: BulkChange
    title: str
    number: str
    is_choosing: bool
    is_said: bool
    is_done: bool
    as_at: str
    progress: Progress | None
    listing: Listing[ChangeRow]
    tiers: tuple[str, ...]


def choosing_filter(user: Reader, query: QueryDict) -> ChoosingFilter:
    """The filter with the plans and owners there are."""
    plans = plans_visible_to(user).select_related(None).order_by("name")
    return ChoosingFilter(query, plans=plans, owners=parties_to_choose(user))


def choosing_rows(user: Reader, query: QueryDict) -> QuerySet[Action]:
    """Every action that the address lets through."""
    form = choosing_filter(user, query)
    found: QuerySet[Action] = form.narrow(list_actions(user, form.wanted()))
    return found


def choose_page(user: Reader, query: QueryDict, form: ChooseForm) -> ChoosePage:
    """The list to choose from."""
    filled = choosing_filter(user, query)
    found = CHOOSING.read(query, list_actions(user, filled.wanted()), form=filled)
    mark = str(found.form.chosen.get("owner", ""))
    names = dict(found.form.fields["owner"].choices)  # type: ignore[attr-defined]  # a field of choices
    return ChoosePage(
        listing=found.with_rows(_choose_row(action) for action in found.rows),
        form=form,
        hand_over=addresses.of_owner(mark) if mark else "",
        owner=str(names.get(mark, "")),
    )


def _choose_row(action: Action) -> ChooseRow:
    return ChooseRow(
        number=action.pk,
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        text=action.text,
        plan=action.plan.name,
        owners=action.current_owner_label,
        when=action.current_timescale_label,
        state=LABELS[DeliveryState(action.state)],
        state_colour=ACTION_COLOURS[action.state_now],
    )


def change_page(user: Reader, change: BulkChange, query: QueryDict) -> ChangePage:
    """The change with every action before and after; its queries do not grow with the actions."""
    found = CHANGING.read(query, rows_of_change(user, change))
    wanted = wanted_of(change) if change.values else None
    state = WorkingState(change.state)
    return ChangePage(
        change=change,
        title=LABELS[BulkKind(change.kind)],
        number=count(found.count.number, "action"),
        is_choosing=state == WorkingState.CHOOSING,
        is_said=wanted is not None,
        is_done=state == WorkingState.DONE,
        as_at=day(change.as_at) if change.as_at else "",
        progress=_progress(change) if state == WorkingState.WAITING else None,
        listing=found.with_rows(_change_row(action, wanted, state) for action in found.rows),
        tiers=tuple(tier for action in found.rows for tier in (action.tier, action.plan.tier)),
    )


def _change_row(action: Action, wanted: Wanted | None, state: WorkingState) -> ChangeRow:
    # Once it is done the action is as it is; what it was stands in its history.
    effect = effect_on(action, wanted) if wanted and state != WorkingState.DONE else None
    return ChangeRow(
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        text=action.text,
        plan=action.plan.name,
        before=effect.before if effect else "",
        after=effect.after if effect else "",
        is_change=effect.is_change if effect else False,
    )


def _progress(change: BulkChange) -> Progress:
    """How far the job is that does it."""
    return progress_of(job_key(change), "The change is waiting for its turn.")


def places_to_choose(change: BulkChange) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Priorities and strands of the plans that the chosen actions stand in."""
    plans = change.rows.order_by().values("action__plan")
    priorities = Priority.objects.filter(plan__in=plans).select_related("plan")
    strands = Strand.objects.filter(priority__plan__in=plans).select_related("priority")
    return (
        [(str(p.pk), p.band) for p in priorities.order_by("plan__name", "order", "pk")],
        [(str(s.pk), f"{s.priority.mark}: {s}") for s in strands.order_by("priority__order", "order", "pk")],
    )


def initial_of(change: BulkChange) -> dict[str, Any]:
    """What was said before, as the form begins."""
    said = dict(change.values)
    first = {"old": said.pop("from", None), **said, "reason": change.reason, "as_at": change.as_at}
    return {name: value for name, value in first.items() if value}
