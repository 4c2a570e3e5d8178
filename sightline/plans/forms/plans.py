"""Filters and forms of plans, their priorities, strands and outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.events.choices import Tier
from sightline.partners.models import Group
from sightline.partners.selectors import matching_text
from sightline.plans.choices import LABELS, PlanState, PriorityKind
from sightline.plans.rules.states import Move
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import FilterForm, offer_rows

NARROW = forms.TextInput(attrs={"width": 10})


class PlanFilter(FilterForm):
    """The filter of the list of plans."""

    words = forms.CharField(label="Words in the name")
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((s.value, LABELS[s]) for s in PlanState)]
    )

    def narrow(self, rows: Any) -> Any:
        """Plans with every word in their name or their group's, and in the state asked for."""
        if words := self.chosen.get("words"):
            rows = matching_text(rows, words, ("name", "group__name", "period_raw"))
        if state := self.chosen.get("state"):
            rows = rows.filter(state=state)
        return rows


class PlanForm(SeenForm):
    """What is printed over a plan."""

    name = forms.CharField(label="Name of the plan", max_length=200)
    group = forms.ModelChoiceField(
        Group.objects.none(), label="Which group owns it?", required=False, empty_label="No group yet"
    )
    period_raw = forms.CharField(
        label="Period, as printed", max_length=100, required=False, help_text="For example: 2026 to 2028"
    )
    starts_on = BoxesDateField(label="First day", required=False)
    ends_on = BoxesDateField(label="Last day", required=False)
    tier = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (Tier.T1.value, "Every member of the partnership"),
            (Tier.T2.value, "Only its group, and those who serve the whole partnership"),
        ],
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "group", groups)

    def values(self) -> dict[str, Any]:
        """The answers as a service takes them."""
        return {**super().values(), "tier": Tier(self.cleaned_data["tier"])}


class PlanStateForm(SeenForm):
    """The next state of a plan; only moves the person may make are offered."""

    to = forms.ChoiceField(label="What is true now?", widget=forms.RadioSelect, choices=[])
    as_at = as_at_field()
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="Which group approved it?",
        required=False,
        empty_label="Nobody was asked",
        help_text="Needed to approve a plan",
    )
    minute = forms.CharField(
        label="In which minute?",
        max_length=200,
        required=False,
        help_text="For example: Executive, 12 March, item 6",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    reason = forms.CharField(
        label="Why?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to close a plan, or to take it back",
    )

    def __init__(self, *args: Any, moves: Iterable[Move[PlanState]], groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(moves)
        field: Any = self.fields["to"]
        field.choices = [(m.to_state.value, LABELS[m.to_state]) for m in offered]
        field.choice_hints = {m.to_state.value: m.sentence for m in offered}
        offer_rows(self, "group", groups)
        if not any(move.needs_approval for move in offered):
            del self.fields["group"], self.fields["minute"]


class PriorityForm(SeenForm):
    """A priority, or a function beside the priorities, as its band is printed."""

    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[(k.value, LABELS[k]) for k in PriorityKind],
        initial=PriorityKind.PRIORITY.value,
        required=False,
    )

    number = forms.CharField(label="Printed number", max_length=20, widget=NARROW)
    title = forms.CharField(label="Title", widget=forms.Textarea(attrs={"rows": 2}))
    aim = forms.CharField(label="Aim", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def values(self) -> dict[str, Any]:
        """The answers as a service takes them; what is not said to be a function is a priority."""
        said = super().values()
        return {**said, "kind": PriorityKind(said["kind"] or PriorityKind.PRIORITY)}


class StrandForm(SeenForm):
    """A strand of work under a priority."""

    number = forms.CharField(label="Printed number", max_length=20, required=False, widget=NARROW)
    title = forms.CharField(label="Title", max_length=300)


class OutcomeForm(SeenForm):
    """What will be different for children under a priority."""

    text = CharacterCountField(
        label="What will be different for children?",
        max_length=2_000,
        rows=4,
        help_text="Not what will be done: what a child would notice",
    )
