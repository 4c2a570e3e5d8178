"""Choosing many actions, and what is to change about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.partners.models import Group
from sightline.plans.choices import LABELS, BulkKind, DeliveryState
from sightline.plans.forms.table import EVERYTHING, OPEN, WORDS_HELP, Choices
from sightline.plans.models import ActionOwner, Plan
from sightline.plans.selectors import ActionFilter
from sightline.plans.selectors.bulk import owned_by_mark
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.forms import FilterForm, offer_rows

REASON_HINT = "One sentence. It stands in the history of every action"


class ChoosingFilter(FilterForm):
    """What the list of actions to choose from is narrowed by."""

    words = forms.CharField(label="Words", help_text=WORDS_HELP)
    owner = forms.ChoiceField(label="Owner", choices=EVERYTHING)
    plan = forms.ChoiceField(label="Plan", choices=EVERYTHING)
    state = forms.ChoiceField(
        label="State",
        choices=[*EVERYTHING, (OPEN, "Open"), *((s.value, LABELS[s]) for s in DeliveryState)],
    )

    def __init__(self, *args: Any, plans: Iterable[Plan], owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {plan.key: plan for plan in plans}
        fields: Mapping[str, Any] = self.fields
        fields["plan"].choices = EVERYTHING + [(key, plan.name) for key, plan in self.plans.items()]
        fields["owner"].choices = EVERYTHING + owners

    def wanted(self) -> ActionFilter:
        """The answers as the selector wants them."""
        said = self.chosen
        state = said.get("state", "")
        return ActionFilter(
            plan=self.plans.get(said.get("plan", "")),
            state="" if state == OPEN else state,
            is_open=True if state == OPEN else None,
            words=said.get("words", ""),
        )

    def narrow(self, rows: Any) -> Any:
        """The selector has narrowed already, but for the owner: looked up once, not anew for every row."""
        mark = self.chosen.get("owner")
        if not mark:
            return rows
        return rows.filter(pk__in=ActionOwner.objects.filter(owned_by_mark(mark)).order_by().values("action"))


class ChooseForm(SeenForm):
    """What shall be done with the actions that are ticked."""

    kind = forms.ChoiceField(
        label="What do you want to change about them?",
        widget=forms.RadioSelect,
        choices=[(k.value, LABELS[k]) for k in BulkKind],
    )
    every = forms.BooleanField(label="All actions that fit the filter, on every page", required=False)


class ReasonForm(SeenForm):
    """What every change of many actions asks: why, and from which day."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=REASON_HINT
    )
    as_at = as_at_field()

    def wanted(self) -> dict[str, Any]:
        """The values of this kind of change."""
        said = {name: value for name, value in self.values().items() if name not in ("reason", "as_at")}
        return {name: getattr(value, "pk", value) for name, value in said.items()}


class GiveForm(ReasonForm):
    """From whom, to whom."""

    field_order = ("old", "to", "reason", "as_at")
    old = forms.ChoiceField(label="Who answers for them now?", choices=[])
    to = forms.ChoiceField(label="Who answers for them from now on?", choices=[])

    def __init__(self, *args: Any, owners: Choices, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Mapping[str, Any] = self.fields
        fields["old"].choices = owners if len(owners) == 1 else [("", "Choose"), *owners]
        fields["to"].choices = [("", "Choose"), *parties]

    def wanted(self) -> dict[str, Any]:
        """The marks of both."""
        return {"from": self.cleaned_data["old"], "to": self.cleaned_data["to"]}


class DateForm(ReasonForm):
    """Another date for all of them."""

    field_order = ("raw", "reason", "as_at")
    raw = forms.CharField(
        label="By when?",
        max_length=300,
        help_text="As a plan would print it: “By 30 September 2026”, “March 2027”, “Quarterly”. The dates there "
        "were stay in sight, and a later one counts as a slip.",
        widget=forms.TextInput(attrs={"width": 20}),
    )


class PlaceForm(ReasonForm):
    """Another priority, and a strand under it."""

    field_order = ("priority", "strand", "reason", "as_at")
    priority = forms.ChoiceField(label="Under which priority?", choices=[])
    strand = forms.ChoiceField(label="In which strand?", required=False, choices=[])

    def __init__(self, *args: Any, priorities: Choices, strands: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Mapping[str, Any] = self.fields
        fields["priority"].choices = [("", "Choose"), *priorities]
        fields["strand"].choices = [("", "None"), *strands]
        if not strands:
            del self.fields["strand"]


class GroupForm(ReasonForm):
    """Another group for the plans in which they stand."""

    field_order = ("group", "reason", "as_at")
    group = forms.ModelChoiceField(
        queryset=Group.objects.none(), label="Which group owns their plans from now on?", empty_label="Choose"
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "group", groups)
