"""The filter of a plan's printed table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.plans.choices import (
    EXCEPTION_LABELS,
    IMPACT_LABELS,
    LABELS,
    DeliveryRating,
    DeliveryState,
    ImpactRating,
)
from sightline.plans.models import Plan, Priority
from sightline.plans.rules.themes import themes
from sightline.plans.selectors import ActionFilter
from sightline.plans.selectors.words import of_action
from sightline.screens.forms import FilterForm, offer
from sightline.search.rules.query import beginnings
from sightline.search.rules.snippets import fits

OPEN = "open"
ANY = "any"
Choices = list[tuple[str, str]]
EVERYTHING = [("", "All")]
VACANT = "vacant"
POST_VACANT = [(VACANT, "Post vacant")]
WORDS_HELP = "In the action, its number, or its owners. The first letters of a word are enough"


def theme_choices() -> Choices:
    """Every theme of the vocabulary, and all."""
    return [*EVERYTHING, *((theme.key, theme.name) for theme in themes().values())]


def state_field() -> forms.ChoiceField:
    """Any state, or any that is open."""
    return forms.ChoiceField(
        label="State",
        choices=[*EVERYTHING, (OPEN, "Open"), *((s.value, LABELS[s]) for s in DeliveryState)],
    )


def delivery_field() -> forms.ChoiceField:
    """Any rating of delivery."""
    return forms.ChoiceField(
        label="Delivery", choices=[*EVERYTHING, *((r.value, LABELS[r]) for r in DeliveryRating)]
    )


def impact_field() -> forms.ChoiceField:
    """Any rating of impact."""
    return forms.ChoiceField(
        label="Impact", choices=[*EVERYTHING, *((r.value, IMPACT_LABELS[r]) for r in ImpactRating)]
    )


def exception_field() -> forms.ChoiceField:
    """Any kind of exception, or any at all."""
    return forms.ChoiceField(
        label="To look at",
        choices=[
            *EVERYTHING,
            (ANY, "Any exception"),
            *((kind.value, label) for kind, label in EXCEPTION_LABELS.items()),
        ],
    )


class TableFilter(FilterForm):
    """What a plan's table can be narrowed by; priorities and owners are those given."""

    words = forms.CharField(label="Words", help_text=WORDS_HELP)
    priority = forms.ChoiceField(label="Priority", choices=EVERYTHING)
    state = state_field()
    delivery = delivery_field()
    impact = impact_field()
    exception = exception_field()
    owner = forms.ChoiceField(label="Owner", choices=EVERYTHING)
    theme = forms.ChoiceField(label="Theme", choices=theme_choices)

    def __init__(
        self, *args: Any, priorities: Iterable[Priority] = (), owners: Choices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(p.pk), short_title(p)) for p in priorities]
        offer(self, "priority", EVERYTHING + listed)
        offer(self, "owner", EVERYTHING + POST_VACANT + (owners or []))

    def wanted(self, plan: Plan) -> ActionFilter:
        """The answers as the selector wants them."""
        said = self.chosen
        state, exception = said.get("state", ""), said.get("exception", "")
        kind, _, key = str(said.get("owner", "")).partition(":")
        return ActionFilter(
            plan=plan,
            state="" if state == OPEN else state,
            is_open=True if state == OPEN else None,
            delivery=said.get("delivery", ""),
            impact=said.get("impact", ""),
            exception="" if exception == ANY else exception,
            owner_group=key if kind == "group" else "",
            owner_agency=key if kind == "agency" else "",
            is_vacant=kind == VACANT,
            priority=int(said["priority"]) if "priority" in said else None,
            words=said.get("words", ""),
            theme=said.get("theme", ""),
        )

    def narrow(self, rows: Any) -> Any:
        """The selector has narrowed already, but for "any exception"."""
        return rows.filter(current_exception_count__gt=0) if self.chosen.get("exception") == ANY else rows


class TableFilterThen(TableFilter):
    """The same over actions as they stood on a day: they are in hand, not in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Owners and themes of that day are not in hand.
        del self.fields["owner"]
        del self.fields["theme"]

    def narrow(self, rows: Any) -> Any:
        """The actions that fit every answer; their columns are those of the day."""
        return [action for action in rows if self._fits(action)] if self.chosen else rows

    def _fits(self, action: Any) -> bool:
        said = self.chosen
        found = of_action(action)
        state, exception = said.get("state", ""), said.get("exception", "")
        return (
            (not said.get("words") or fits(f"{found.title} {found.body}", beginnings(said["words"])))
            and said.get("priority", str(action.priority_id)) == str(action.priority_id)
            and (action.is_open if state == OPEN else state in ("", action.state))
            and said.get("delivery", action.current_delivery_rating) == action.current_delivery_rating
            and said.get("impact", action.current_impact_rating) == action.current_impact_rating
            and (
                exception in ("", *action.exception_kinds)
                or (exception == ANY and action.exception_kinds != ())
            )
        )


def short_title(priority: Priority) -> str:
    """A priority for a list to choose from: "1: Neglect is seen early"."""
    own = priority.own_name
    title = own if priority.title in ("", own) else f"{priority.mark}: {priority.title}"
    return title if len(title) <= 80 else f"{title[:77].rstrip()} …"
