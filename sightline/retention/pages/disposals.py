"""Disposals: the list, one of them with its records, and what retention knows of one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from sightline.events.choices import Way
from sightline.events.disposing import Kind, kinds
from sightline.retention import selectors
from sightline.retention.choices import (
    DISPOSAL_COLOURS,
    DISPOSAL_LABELS,
    ITEM_COLOURS,
    ITEM_LABELS,
    WAY_LABELS,
    Action,
    DisposalState,
    ItemState,
)
from sightline.retention.forms import ApproveForm, ItemFilter, KeepForm, VersionForm
from sightline.retention.models import Disposal, DisposalItem, Hold, KeptLonger
from sightline.retention.pages.table import facts_of
from sightline.retention.permissions import can_carry_out
from sightline.retention.rules.definitions import Rule
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.templatetags.screens import day

if TYPE_CHECKING:
    from sightline.retention.permissions import Who

DISPOSALS = ListPage(
    noun=("disposal", "disposals"),
    columns=(
        Column("number", "Disposal", sort=("-pk",)),
        Column("rule", "Rule", sort=("rule",)),
        Column("size", "Records", numeric=True),
        Column("waiting", "Waiting", numeric=True),
        Column("found", "Found", sort=("-found_at",)),
        Column("state", "Where it stands", sort=("state",)),
    ),
    order="number",
)
ITEMS = ListPage(
    noun=("record", "records"),
    columns=(
        Column("number", "Record", sort=("number",)),
        Column("since", "Counted from", sort=("since",)),
        Column("due", "Due since", sort=("due_on",)),
        Column("state", "Where it stands", sort=("state",)),
    ),
    filter_form=ItemFilter,
    order="number",
)


@dataclass(frozen=True)
class DisposalRow:
    """One disposal in the list."""

    disposal: Disposal
    name: str
    state: str
    colour: str


@dataclass(frozen=True)
class ItemRow:
    """One record of a disposal."""

    item: DisposalItem
    reference: str
    state: str
    colour: str


@dataclass(frozen=True)
class DisposalsPage:
    """The list."""

    listing: Listing[DisposalRow]


@dataclass(frozen=True)
class DisposalPage:
    """One disposal. `approve`: the form, where it can be approved; `may_carry_out`: whether the reader is second."""

    disposal: Disposal
    rule: Rule
    facts: tuple[SummaryRow, ...]
    state: str
    colour: str
    waiting: int
    listing: Listing[ItemRow]
    approve: ApproveForm | None
    version: VersionForm
    is_approved: bool
    may_carry_out: bool
    certificate: str


@dataclass(frozen=True)
class RecordPage:
    """What retention knows of one record."""

    rule: Rule
    number: int
    reference: str
    facts: tuple[SummaryRow, ...]
    holds: tuple[Hold, ...]
    kept: tuple[KeptLonger, ...]
    items: tuple[ItemRow, ...]
    form: KeepForm


def name_of(key: str, rules: Mapping[str, Rule]) -> str:
    """What a rule is called; its key where Sightline has it no more."""
    return rules[key].name if key in rules else key


def state_of(disposal: Disposal) -> tuple[str, str]:
    """The state in words, and its colour."""
    state = DisposalState(disposal.state)
    return DISPOSAL_LABELS[state], DISPOSAL_COLOURS[state]


def disposals_page(query: QueryDict) -> DisposalsPage:
    """The list."""
    _, rules = selectors.rules_in_force()
    listing = DISPOSALS.read(query, selectors.disposals())
    rows = [DisposalRow(each, name_of(each.rule, rules), *state_of(each)) for each in listing.rows]
    return DisposalsPage(listing.with_rows(rows))


def disposal_page(
    user: Who, disposal: Disposal, rule: Rule, query: QueryDict, form: ApproveForm | None = None
) -> DisposalPage:
    """One disposal. `rule`: as it stood when it was approved, or as it stands."""
    counts = selectors.counts_of(disposal)
    listing = ITEMS.read(query, selectors.items_of(disposal))
    waiting = counts.get(ItemState.WAITING.value, 0)
    is_proposed = disposal.state == DisposalState.PROPOSED
    certificate = selectors.certificates().filter(disposal=disposal).first()
    return DisposalPage(
        disposal=disposal,
        rule=rule,
        facts=tuple(SummaryRow(key, value) for key, value in _facts(disposal, rule, counts)),
        state=state_of(disposal)[0],
        colour=state_of(disposal)[1],
        waiting=waiting,
        listing=listing.with_rows([item_row(item) for item in listing.rows]),
        approve=(form or approve_form(disposal, rule)) if is_proposed and waiting else None,
        version=VersionForm(initial={"version": disposal.version}),
        is_approved=disposal.state == DisposalState.APPROVED,
        may_carry_out=disposal.state == DisposalState.APPROVED and can_carry_out(user, disposal),
        certificate=certificate.number if certificate else "",
    )


def approve_form(disposal: Disposal, rule: Rule | None, data: QueryDict | None = None) -> ApproveForm:
    """The form that approves, with what the rule lets be done; all that can be, where none is given."""
    offered = kinds()[disposal.rule].ways
    ways = [way for way in offered if rule is None or rule.action in {Action.REVIEW, way.value}]
    return ApproveForm(data, ways=ways, initial={"version": disposal.version})


def reference_of(rule: str, number: int) -> str:
    """What a record is called, also where this version of Sightline no longer knows its kind."""
    kind = kinds().get(rule)
    return kind.reference(number) if kind else f"Record {number}"


def item_row(item: DisposalItem) -> ItemRow:
    """One record of a disposal in words."""
    state = ItemState(item.state)
    return ItemRow(item, reference_of(item.rule, item.number), ITEM_LABELS[state], ITEM_COLOURS[state])


def record_page(
    kind: Kind, number: int, known: Mapping[str, Any], form: KeepForm | None = None
) -> RecordPage:
    """What retention knows of one record."""
    _, rules = selectors.rules_in_force()
    return RecordPage(
        rule=rules[kind.rule],
        number=number,
        reference=kind.reference(number),
        facts=tuple(SummaryRow(key, value) for key, value in facts_of(rules[kind.rule])),
        holds=tuple(selectors.holds_on(kind, number)),
        kept=tuple(known["kept"]),
        items=tuple(item_row(item) for item in known["items"]),
        form=form or KeepForm(),
    )


def _facts(disposal: Disposal, rule: Rule, counts: Mapping[str, int]) -> list[tuple[str, str]]:
    found = [*facts_of(rule)[:2]]
    told = [
        f"{counts[state.value]:,} {label.lower()}" for state, label in ITEM_LABELS.items() if state in counts
    ]
    found.append(("Records", "; ".join(told)))
    if disposal.approved_at:
        found.append(
            (
                "Approved",
                f"{disposal.approved_by_label}, {_day(disposal.approved_at)}: {disposal.approved_reason}",
            )
        )
        found.append(("What is done", WAY_LABELS[Way(disposal.way)]))
    if disposal.ordered_at:
        words = f"{disposal.ordered_by_label}, {_day(disposal.ordered_at)}"
        found.append(("Carried out by", words))
    return found


def _day(moment: datetime) -> str:
    return day(timezone.localtime(moment).date())
