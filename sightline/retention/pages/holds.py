"""Legal holds: the list, one of them, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from sightline.events.disposing import gatherings, kinds
from sightline.retention import selectors
from sightline.retention.choices import HoldOver
from sightline.retention.forms import EndForm, HoldForm
from sightline.retention.models import Hold
from sightline.retention.pages.disposals import name_of, reference_of
from sightline.retention.rules.definitions import Rule
from sightline.screens.lists import Column, Listing, ListPage

LIST = ListPage(
    noun=("hold", "holds"),
    columns=(
        Column("what", "What is held"),
        Column("authority", "On whose authority", sort=("authority",)),
        Column("placed", "Placed", sort=("-placed_at",)),
        Column("until", "Looked at again", sort=("until",), empty_last=True),
        Column("state", "Where it stands"),
    ),
)


@dataclass(frozen=True)
class HoldRow:
    """One hold."""

    hold: Hold
    what: str


@dataclass(frozen=True)
class HoldsPage:
    """The list."""

    listing: Listing[HoldRow]


@dataclass(frozen=True)
class HoldPage:
    """One hold; the form that ends it while it stands."""

    hold: Hold
    what: str
    form: EndForm


def holds_page(user: Any, query: QueryDict) -> HoldsPage:
    """The list."""
    listing = LIST.read(query, selectors.holds())
    _, rules = selectors.rules_in_force()
    titles = titles_for(user) if any(hold.app for hold in listing.rows) else {}
    return HoldsPage(
        listing.with_rows([HoldRow(hold, what_of(hold, rules, titles)) for hold in listing.rows])
    )


def hold_page(user: Any, hold: Hold, form: EndForm | None = None) -> HoldPage:
    """One hold."""
    _, rules = selectors.rules_in_force()
    return HoldPage(hold, what_of(hold, rules, titles_for(user) if hold.app else {}), form or EndForm())


def hold_form(user: Any, data: QueryDict | None = None, initial: Mapping[str, str] | None = None) -> HoldForm:
    """The form of a new hold, offering the plans that its writer may read."""
    _, rules = selectors.rules_in_force()
    offered = [(key, rules[key].name) for key in kinds()]
    wholes = [(f"{app}.{model}.{number}", title) for (app, model, number), title in titles_for(user).items()]
    return HoldForm(data, rules=offered, wholes=wholes, initial=dict(initial or {}))


def titles_for(user: Any) -> dict[tuple[str, str, int], str]:
    """What the reader may read of that others belong to: its title by app, model and number."""
    return {
        (each.app, each.model, number): title
        for each in gatherings().values()
        for number, title in each.choices(user)
    }


def what_of(hold: Hold, rules: Mapping[str, Rule], titles: Mapping[tuple[str, str, int], str]) -> str:
    """What is held, in words the reader may read."""
    if hold.over == HoldOver.RULE:
        return f"All of: {name_of(hold.rule, rules)}"
    if hold.over == HoldOver.RECORD:
        return reference_of(hold.rule, hold.number or 0)
    title = titles.get((hold.app, hold.model, hold.number or 0))
    return f"Everything of: {title}" if title else f"Everything of {hold.model} {hold.number}"
