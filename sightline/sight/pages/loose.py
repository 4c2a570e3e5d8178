"""Threads without an end: how many of each kind, and one kind as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.events.choices import Tier
from sightline.plans.models import Plan, Source
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.lists import Counted
from sightline.plans.selectors.visible import plans_visible_to, sources_visible_to
from sightline.screens.lists import Column, Listing, ListPage
from sightline.sight.choices import LOOSE_LABELS, LOOSE_SENTENCES, OF_ACTIONS, Loose, StartKind
from sightline.sight.forms import LooseFilter
from sightline.sight.reports.items import thread_href
from sightline.sight.reports.loose import where_of
from sightline.sight.reports.steps import named, named_action
from sightline.sight.selectors.loose import Narrowed, action_links, counts, loose

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

COLUMNS = (
    Column("words", "Where the thread ends"),
    Column("where", "Plan or source"),
    Column("owners", "Owners"),
    Column("answers", "Answers"),
)
# A list to choose from that nobody reads to its end helps nobody.
MOST_CHOICES = 300


@dataclass(frozen=True)
class Kind:
    """How many loose ends there are of one kind, and the list of them."""

    label: str
    number: str
    href: str
    is_shown: bool
    is_some: bool


@dataclass(frozen=True)
class LooseRow:
    """One loose end."""

    words: str
    href: str
    where: str
    owners: str
    answers: str


@dataclass(frozen=True)
class LoosePage:
    """The loose threads. `sentence` says what is loose about the kind that is listed."""

    kinds: tuple[Kind, ...]
    title: str
    sentence: str
    listing: Listing[LooseRow]
    tier: Tier


def loose_page(user: Any, query: QueryDict) -> LoosePage:
    """The page that the address asks for; without a kind, the first of which there is any."""
    form, wanted = _form(user, query)
    numbers = counts(user, wanted)
    first = next((kind for kind in Loose if numbers[kind]), Loose.UNANSWERED)
    kind = Loose(form.chosen["kind"]) if "kind" in form.chosen else first
    lists = ListPage(columns=COLUMNS, noun=("loose thread", "loose threads"), filter_form=LooseFilter)
    may_export = scope_of(user).holds_anywhere(Permission.EXPORT)
    exports = {"CSV": reverse("sight:loose_export")} if may_export else {}
    found = lists.read(query, loose(user, kind, wanted), form=form, exports=exports)
    return LoosePage(
        kinds=tuple(
            Kind(LOOSE_LABELS[each], str(Counted(numbers[each])), found.address(kind=each.value), each == kind,
                 numbers[each] > 0)
            for each in Loose
        ),
        title=LOOSE_LABELS[kind],
        sentence=LOOSE_SENTENCES[kind],
        listing=found.with_rows(_rows(user, kind, found.rows)),
        tier=_tier(kind, found.rows),
    )  # fmt: skip


def asked_for(user: Reader, query: QueryDict) -> tuple[tuple[Loose, ...], Narrowed]:
    """The kinds and the narrowing of an address; all kinds where it names none."""
    form, wanted = _form(user, query)
    kinds = (Loose(form.chosen["kind"]),) if "kind" in form.chosen else tuple(Loose)
    return kinds, wanted


def _form(user: Reader, query: QueryDict) -> tuple[LooseFilter, Narrowed]:
    """The filter, and what it names: only what the person may read can be chosen."""
    plans = {
        plan.key: plan for plan in plans_visible_to(user).select_related(None).order_by("name")[:MOST_CHOICES]
    }
    sources = {source.key: source for source in sources_visible_to(user)[:MOST_CHOICES]}
    form = LooseFilter(
        query,
        plans=[(key, plan.name) for key, plan in plans.items()],
        sources=[(key, source.title) for key, source in sources.items()],
    )
    plan: Plan | None = plans.get(form.chosen.get("plan", ""))
    source: Source | None = sources.get(form.chosen.get("source", ""))
    return form, Narrowed(plan, source)


def _rows(user: Reader, kind: Loose, records: Sequence[Any]) -> list[LooseRow]:
    if kind in OF_ACTIONS:
        links = action_links(user, list(records))
        return [
            LooseRow(
                words=named_action(action),
                href=thread_href(StartKind.ACTION, action.reference),
                where=where_of(kind, action),
                owners=action.current_owner_label,
                answers=links.get(action.pk, ""),
            )
            for action in records
        ]
    if kind == Loose.UNANSWERED:
        return [
            LooseRow(
                words=f"{named(each.number)}: {each.title or each.text}",
                href=thread_href(StartKind.RECOMMENDATION, str(each.pk)),
                where=where_of(kind, each),
                owners=", ".join(each.addressed_to),
                answers="",
            )
            for each in records
        ]
    return [
        LooseRow(each.text, thread_href(StartKind.OUTCOME, str(each.pk)), where_of(kind, each), "", "")
        for each in records
    ]


def _tier(kind: Loose, records: Sequence[Any]) -> Tier:
    if kind in OF_ACTIONS:
        return highest(tier for action in records for tier in (action.tier, action.plan.tier))
    if kind == Loose.UNANSWERED:
        return highest(each.source.tier for each in records)
    return highest(each.priority.plan.tier for each in records)
