"""The hand-over page: all that somebody answers for, on one page that can be printed and passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.events.choices import Tier
from sightline.partners.choices import PartyKind
from sightline.partners.models import Party
from sightline.partners.words import FOLDERS
from sightline.plans import permissions
from sightline.plans.choices import LABELS, OwnerRole
from sightline.plans.models import Action
from sightline.plans.pages.looks import ACTION_COLOURS
from sightline.plans.reports.handing_over import HAND_OVER_FORMATS
from sightline.plans.rules import addresses
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.handing_over import (
    Owned,
    mark,
    owned,
    roles_in,
    to_hand_over,
    waiting_for_them,
)
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

HANDED = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "Number"),
        Column("action", "Action"),
        Column("when", "By when"),
        Column("state", "State"),
        Column("impact", "Impact"),
        Column("update", "Last update"),
        Column("waits", "What is asked now"),
    ),
    size=100,
)


@dataclass(frozen=True)
class HandedRow:
    """One action to hand over."""

    href: str
    label: str
    text: str
    plan: str
    role: str
    when: str
    slips: int
    delivery: str
    impact: str
    state: str
    state_colour: str
    update_on: date | None
    update: str
    waits: tuple[str, ...]


@dataclass(frozen=True)
class HandOverPage:
    """What a party answers for. `give`: where the actions are given to somebody else, for those who may."""

    party: Party
    counts: Owned
    listing: Listing[HandedRow]
    takes: tuple[tuple[str, str], ...]
    give: str
    tier: Tier

    @property
    def home(self) -> str:
        """The party’s own page."""
        return f"/partners/{FOLDERS[PartyKind(self.party.party_kind)]}/{self.party.pk}/"


def hand_over_page(user: Reader, party: Party, query: QueryDict) -> HandOverPage:
    """The page that the address asks for; its queries do not grow with the actions."""
    found = HANDED.read(query, to_hand_over(user, party))
    may_take = permissions.can_export(user)
    return HandOverPage(
        party=party,
        counts=owned(user, party),
        listing=found.with_rows(_rows(party, found.rows)),
        takes=takes_of(party) if may_take else (),
        give=f"{reverse('plans:bulk_choose')}?owner={mark(party)}&state=open"
        if permissions.can_write_plan(user)
        else "",
        tier=highest(tier for action in found.rows for tier in (action.tier, action.plan.tier)),
    )


def takes_of(party: Party) -> tuple[tuple[str, str], ...]:
    """The formats it can be taken away in."""
    return tuple(
        (label, reverse("plans:hand_over_download", args=[party.party_kind, party.pk, format]))
        for format, label in HAND_OVER_FORMATS.items()
    )


def _rows(party: Party, actions: Sequence[Action]) -> list[HandedRow]:
    roles, waits = roles_in(party, actions), waiting_for_them(party, actions)
    return [_row(action, roles.get(action.pk, ""), waits.get(action.pk, [])) for action in actions]


def _row(action: Action, role: str, waits: Sequence[str]) -> HandedRow:
    return HandedRow(
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        text=action.text,
        plan=action.plan.name,
        role="Supports" if role == OwnerRole.SUPPORT else "Leads",
        when=action.current_timescale_label,
        slips=action.current_slips,
        delivery=action.current_delivery_rating,
        impact=action.current_impact_rating,
        state=LABELS[action.state_now],
        state_colour=ACTION_COLOURS[action.state_now],
        update_on=action.current_update_on,
        update=action.current_update_text,
        waits=tuple(waits),
    )
