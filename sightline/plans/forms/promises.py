"""What is asked about a promise: its words and place in the plan, why, who, by when, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.events.choices import Tier
from sightline.plans.forms.asking import lines_of
from sightline.plans.forms.parts import offer_parts, parts_fit
from sightline.plans.models import Outcome, Priority, Recommendation, Strand
from sightline.plans.selectors.choosing import Part, Parts
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import CharacterCountField


class _Promised(SeenForm):
    """The words, numbers and place of an action."""

    text = CharacterCountField(label="What is promised?", max_length=4_000, rows=4)
    items = forms.CharField(
        label="List inside the action",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One point on each line",
    )
    numbers = forms.CharField(
        label="Printed numbers",
        required=False,
        help_text="Several with & between them: 2.11 & 3.2",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    priority = forms.ModelChoiceField(
        Priority.objects.none(), label="Priority", required=False, empty_label="None"
    )
    strand = forms.ModelChoiceField(Strand.objects.none(), label="Strand", required=False, empty_label="None")
    outcome = forms.ModelChoiceField(
        Outcome.objects.none(),
        label="What will be different for children?",
        required=False,
        empty_label="Not said",
    )

    def __init__(self, *args: Any, parts: Parts, standing: Sequence[Part | None] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_parts(self, parts, standing)

    def clean(self) -> dict[str, Any]:
        """An outcome and a strand belong to the priority chosen."""
        said = super().clean() or {}
        parts_fit(self, said)
        return said

    def numbers_given(self) -> list[str]:
        """The printed numbers, one by one."""
        return [part.strip() for part in self.cleaned_data["numbers"].split("&") if part.strip()]

    def items_given(self) -> list[str]:
        """The points of the list."""
        return lines_of(self.cleaned_data["items"])


class PromiseForm(_Promised):
    """An action's promise, changed."""

    tier = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (Tier.T1.value, "Every member of the partnership"),
            (Tier.T2.value, "Only those it concerns"),
        ],
    )


class ActionForm(_Promised):
    """A new action, written by hand."""

    owners = forms.CharField(
        label="Who leads?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One on each line, by any name they are known by. "
        "A post that nobody holds: Designated doctor (vacant since 3 March 2026)",
    )
    timescale = forms.CharField(
        label="By when?",
        required=False,
        max_length=300,
        help_text="As a plan would print it: “By 30 September 2026”, “Quarterly”",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    as_at = as_at_field("From which day is it promised?")

    def clean(self) -> dict[str, Any]:
        """Where only an outcome or a strand is chosen, its priority is meant."""
        said = self.cleaned_data
        below = said.get("outcome") or said.get("strand")
        if below and not said.get("priority"):
            said["priority"] = below.priority
        return super().clean()


class SourcesForm(SeenForm):
    """Why it is promised: the recommendations it answers."""

    title_field = "recommendations"
    recommendations = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        label="Which recommendations does it answer?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, recommendations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recommendations"]
        field.queryset = recommendations
        field.label_from_instance = _recommendation


def _recommendation(found: Recommendation) -> str:
    words = found.title or found.text
    return f"{found.source.title}, {found.number}: {words if len(words) < 90 else words[:87] + ' …'}"


class OwnersForm(SeenForm):
    """Who answers for an action, from a day on."""

    lead = forms.CharField(
        label="Who leads?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on each line: an agency, a group or a person, by any name they are known by. "
        "A post that nobody holds: Designated doctor (vacant since 3 March 2026)",
    )
    support = forms.CharField(
        label="Who supports?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One on each line",
    )
    as_at = as_at_field()
    reason = forms.CharField(label="Why does it change?", required=False, max_length=500)


class TimescaleForm(SeenForm):
    """By when, in the words a plan would print."""

    raw = forms.CharField(
        label="By when?",
        max_length=300,
        help_text="As a plan would print it: “By 30 September 2026”, “March 2027”, “Quarterly”",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    reason = forms.CharField(
        label="Why does it change?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept beside the date there was before, which stays in sight",
    )
    as_at = as_at_field("From which day does this count?")


class WaitForm(SeenForm):
    """Another action that must come first."""

    needs = forms.CharField(
        label="Which action must be done first?",
        max_length=60,
        help_text="Its reference (SL-00012), or its number in this plan",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    reason = forms.CharField(label="Why?", required=False, max_length=500)
    as_at = as_at_field("Since which day?")
