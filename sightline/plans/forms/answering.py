"""Forms of what answers a challenge or scrutiny entry, or treats a risk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from sightline.plans.models import Plan, Recommendation
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import CharacterCountField
from sightline.screens.forms import offer_rows

ONE = "Name one action, one recommendation or one plan"


class AnswerForm(SeenForm):
    """An action by its reference, or a recommendation, or a plan; and how it answers."""

    action = forms.CharField(
        label="An action",
        required=False,
        max_length=50,
        help_text="Its reference, as it stands over the action",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    recommendation = forms.ModelChoiceField(
        Recommendation.objects.none(), label="Or a recommendation", required=False
    )
    plan = forms.ModelChoiceField(Plan.objects.none(), label="Or a whole plan", required=False)
    reason = CharacterCountField(
        label="How does it answer it?", max_length=2_000, rows=3, help_text="No names of children"
    )
    as_at = as_at_field()

    def __init__(
        self, *args: Any, plans: QuerySet[Plan], recommendations: QuerySet[Recommendation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "plan", plans)
        offer_rows(self, "recommendation", recommendations)

    def clean(self) -> dict[str, Any]:
        """One thing is named at a time, so that each has its own words."""
        said = super().clean() or {}
        if sum(bool(said.get(name)) for name in ("action", "recommendation", "plan")) != 1:
            self.add_error("action", ONE)
        return said


class EndAnswerForm(SeenForm):
    """Why it answers no more."""

    reason = CharacterCountField(
        label="Why does it answer it no more?", max_length=2_000, rows=3, help_text="No names of children"
    )
    as_at = as_at_field()
