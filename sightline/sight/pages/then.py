"""Actions across plans as they stood on a day: the exceptions of then, and what a group answered for then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.events.choices import Tier
from sightline.partners import selectors as partners
from sightline.partners.models import Group
from sightline.plans.choices import EXCEPTION_LABELS, LABELS, DeliveryState
from sightline.plans.forms.table import ANY, OPEN
from sightline.plans.models import Plan
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.then import MOST_THEN, Stood, moment_of
from sightline.plans.selectors.visible import plans_visible_to
from sightline.screens.forms import FilterForm, offer
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.looking_back import LookingBack
from sightline.sight.reports.then import FORMATS, ThenRow, row_of
from sightline.sight.selectors.then import looked_at_then, stood_across

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

Choices = list[tuple[str, str]]
ALL = [("", "All")]
COLUMNS = (
    Column("words", "Action", sort=("words",)),
    Column("plan", "Plan", sort=("plan", "words")),
    Column("owners", "Owners", sort=("owners",)),
    Column("due", "Date", sort=("due_on",), empty_last=True),
    Column("state", "State", sort=("state",)),
    Column("delivery", "Delivery"),
    Column("impact", "Impact"),
    Column("why", "Why it needed looking at"),
)
MOST_CHOICES = 500


class ThenFilter(FilterForm):
    """What the actions of a day can be narrowed by."""

    plan = forms.ChoiceField(label="Plan", choices=ALL)
    group = forms.ChoiceField(label="Group", choices=ALL)
    exception = forms.ChoiceField(
        label="To look at",
        choices=[
            *ALL,
            (ANY, "Any exception"),
            *((kind.value, label) for kind, label in EXCEPTION_LABELS.items()),
        ],
    )
    state = forms.ChoiceField(
        label="State", choices=[*ALL, (OPEN, "Open"), *((s.value, LABELS[s]) for s in DeliveryState)]
    )

    def __init__(
        self, *args: Any, plans: Mapping[str, Plan], groups: Mapping[str, Group], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plans, self.groups = plans, groups
        listed: dict[str, Choices] = {
            "plan": [(key, plan.name) for key, plan in plans.items()],
            "group": [(key, group.name) for key, group in groups.items()],
        }
        for name, choices in listed.items():
            offer(self, name, ALL + choices)

    @property
    def about(self) -> tuple[Group | None, Plan | None]:
        """The group and plan that were chosen."""
        return self.groups.get(self.chosen.get("group", "")), self.plans.get(self.chosen.get("plan", ""))

    def narrow(self, rows: Any) -> Any:
        """Group and plan have narrowed already; kinds of exception and states are those of the day."""
        return [row for row in rows if self.fits(row)]

    def fits(self, row: ThenRow) -> bool:
        """Whether a row is of the kind and state that were chosen."""
        wanted, state = self.chosen.get("exception", ""), self.chosen.get("state", "")
        kind = not wanted or (bool(row.kinds) if wanted == ANY else wanted in row.kinds)
        return kind and (not state or (row.is_open if state == OPEN else row.state_key == state))


@dataclass(frozen=True)
class ThenPage:
    """Actions of a day. `too_many` says what was left out because nobody takes in more at one look."""

    title: str
    listing: Listing[ThenRow]
    too_many: str
    tier: Tier


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the rows of the day, and how they are narrowed."""

    form: ThenFilter
    rows: list[ThenRow]
    more: bool
    tier: Tier


def asked_for(user: Reader, query: QueryDict, on: date) -> Asked:
    """The actions of the day that the address asks for; its queries do not grow."""
    form = ThenFilter(query, plans=_plans(user), groups=_groups(user))
    group, plan = form.about
    moment = moment_of(on)
    found, more = stood_across(looked_at_then(user, moment, group, plan), moment)
    return Asked(form, [row_of(each, on) for each in found], more, _tier(found))


def then_page(user: Reader, query: QueryDict, looking: LookingBack, on: date) -> ThenPage:
    """The page of the list that the address asks for."""
    asked = asked_for(user, query, on)
    lists = ListPage(columns=COLUMNS, noun=("action", "actions"), order="plan")
    exports = {}
    if scope_of(user).holds_anywhere(Permission.EXPORT):
        exports = {label: reverse("sight:then_download", args=[key]) for key, label in FORMATS.items()}
    kept = looking.in_address or {"as_at": (on.isoformat(),)}
    found = lists.read(query, asked.rows, form=asked.form, kept=kept, exports=exports)
    too_many = (
        f"More than {MOST_THEN:,} actions were looked at on that day. These are the first; choose a plan or a group."
        if asked.more
        else ""
    )
    return ThenPage(title_of(asked.form), found, too_many, asked.tier)


def title_of(form: ThenFilter) -> str:
    """Whose actions they are."""
    group, plan = form.about
    return str(group or plan or "The whole partnership")


def _plans(user: Reader) -> dict[str, Plan]:
    return {plan.key: plan for plan in plans_visible_to(user).order_by("name")[:MOST_CHOICES]}


def _groups(user: Reader) -> dict[str, Group]:
    return {group.key: group for group in partners.groups(user).select_related(None)[:MOST_CHOICES]}


def _tier(found: list[Stood]) -> Tier:
    return highest(tier for each in found for tier in (each.action.tier, each.action.plan.tier))
