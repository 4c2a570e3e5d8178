"""The filters of the lists of actions and of exceptions across plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from sightline.plans.choices import (
    EXCEPTION_LABELS,
    FIGURE_LABELS,
)
from sightline.plans.forms.table import (
    EVERYTHING,
    POST_VACANT,
    WORDS_HELP,
    Choices,
    delivery_field,
    exception_field,
    impact_field,
    short_title,
    state_field,
    theme_choices,
)
from sightline.plans.models import CountedDay, Priority
from sightline.screens.forms import FilterForm, offer
from sightline.screens.words import day

NO_PRIORITY = "none"


class ExceptionFilter(FilterForm):
    """What the list of exceptions can be narrowed by; plans and owners are those given."""

    words = forms.CharField(label="Words", help_text=WORDS_HELP)
    exception = forms.ChoiceField(
        label="Reason",
        choices=[*EVERYTHING, *((kind.value, label) for kind, label in EXCEPTION_LABELS.items())],
    )
    plan = forms.ChoiceField(label="Plan", choices=EVERYTHING)
    group = forms.ChoiceField(
        label="Group", choices=EVERYTHING, help_text="Its plans, and what it owns in others"
    )
    owner = forms.ChoiceField(label="Owner", choices=EVERYTHING)
    theme = forms.ChoiceField(label="Theme", choices=theme_choices)
    mine = forms.ChoiceField(label="Whose", choices=[*EVERYTHING, ("yes", "Mine, my agency’s or my group’s")])
    since = forms.ChoiceField(label="New since the report for", choices=[("", "Any time")])

    def __init__(
        self,
        *args: Any,
        plans: Choices | None = None,
        owners: Choices | None = None,
        reports: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if reports:
            offer(self, "since", [("", "Any time"), *reports])
        else:
            del self.fields["since"]
        groups = [
            (key.removeprefix("group:"), name) for key, name in owners or [] if key.startswith("group:")
        ]
        self._choose({"plan": plans or [], "group": groups, "owner": [*POST_VACANT, *(owners or [])]})

    def _choose(self, choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        for name, offered in choices.items():
            offer(self, name, [*EVERYTHING, *offered])


class ActionListFilter(ExceptionFilter):
    """What the list of actions can be narrowed by. `as_at` is a counted day: the rows are then as they stood on it.

    `figure` is what a dashboard counts, so that each of its figures opens its rows.
    """

    priority = forms.ChoiceField(label="Priority", choices=EVERYTHING)
    state = state_field()
    delivery = delivery_field()
    impact = impact_field()
    exception = exception_field()
    figure = forms.ChoiceField(
        label="Counted as", choices=[*EVERYTHING, *((f.value, label) for f, label in FIGURE_LABELS.items())]
    )
    as_at = forms.ChoiceField(label="As it stood on", choices=[("", "Today")])

    def __init__(
        self,
        *args: Any,
        priorities: Iterable[Priority] = (),
        days: Iterable[CountedDay] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(p.pk), short_title(p)) for p in priorities]
        if listed:
            self._choose({"priority": [*listed, (NO_PRIORITY, "Under no priority")]})
        else:
            # Priorities are those of one plan: before one is chosen there is nothing to ask.
            del self.fields["priority"]
        offered = [(counted.on.isoformat(), day(counted.on)) for counted in days]
        offer(self, "as_at", [("", "Today"), *offered])

    @property
    def day(self) -> date | None:
        """The counted day asked for; None for now."""
        said = self.chosen.get("as_at")
        return date.fromisoformat(said) if said else None
