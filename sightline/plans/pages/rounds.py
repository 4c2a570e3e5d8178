"""Rounds of a plan or a group: those so far, whom the next would ask, and which new dates are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.plans.forms.rounds import RoundForm
from sightline.plans.models import Action, Plan, Update
from sightline.plans.rules import addresses
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.rounds import About, Owner
from sightline.requests.choices import ROUND_LABELS, RoundState
from sightline.requests.models import Round
from sightline.requests.parts import DateAsked, parts
from sightline.requests.selectors import rounds_about
from sightline.screens.elements import SummaryRow
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

MOST_ROUNDS = 30


@dataclass(frozen=True)
class RoundRow:
    """A round of the plan, with how many were asked and answered."""

    title: str
    href: str
    opens_on: date
    closes_on: date
    state: str
    asked: int
    answered: int


@dataclass(frozen=True)
class RoundsPage:
    """The rounds about a plan, or a group's plans. `back` leads to the plan, `wider` to rounds of its whole group.

    `refusal` says why none can be opened; `nobody` are owners whom nobody can be asked for.
    """

    name: str
    back: str
    wider: str
    group: str
    form: RoundForm
    rounds: tuple[RoundRow, ...]
    dates: tuple[DateAsked, ...]
    nobody: tuple[str, ...]
    refusal: str


CONFIDENTIAL = "This plan is not read by every member: nobody is asked about it by e-mail."
OPEN_ALREADY = "A round is open. Close it before you open the next."
NO_OWNERS = "Nobody can be asked: no open action has an owner whose e-mail address is known."


def rounds_page(
    user: Reader, about: About, owners: Sequence[Owner], form: RoundForm, plan: Plan | None = None
) -> RoundsPage:
    """The rounds so far, the newest first, and whom the next would ask; `plan` is the one it is about."""
    found = list(rounds_about(user, about.kind, about.number)[:MOST_ROUNDS])
    refusal = "" if form.owners else NO_OWNERS
    if any(each.is_open for each in found):
        refusal = OPEN_ALREADY
    if plan and plan.tier not in EVERY_MEMBER:
        refusal = CONFIDENTIAL
    return RoundsPage(
        name=about.name,
        back=addresses.of_plan(plan.key) if plan else "",
        wider=reverse("plans:group_rounds", args=[about.group_key]) if plan and plan.group else "",
        group=plan.group.name if plan and plan.group else "",
        form=form,
        rounds=tuple(_round(each) for each in found),
        dates=tuple(each for part in parts() for each in part.dates(user, about.kind, about.number)),
        nobody=tuple(owner.name for owner in owners if not owner.people),
        refusal=refusal,
    )


def _round(found: Round) -> RoundRow:
    told = vars(found)
    return RoundRow(
        title=found.title,
        href=reverse("requests:round", args=[found.pk]),
        opens_on=found.opens_on,
        closes_on=found.closed_on or found.closes_on,
        state=ROUND_LABELS[RoundState(found.state)],
        asked=told["told"],
        answered=told["came"],
    )


def date_rows(action: Action, update: Update) -> tuple[SummaryRow, ...]:
    """What stands, what is asked for, and in which words."""
    stands = day(action.current_due_on) or action.current_timescale_label or "No date"
    voice = update.said_by or update.entered_by_label
    return (
        SummaryRow("Stands", stands),
        SummaryRow("Asked for", day(update.new_due_on)),
        SummaryRow("By", voice),
        SummaryRow("In these words", update.text),
    )
