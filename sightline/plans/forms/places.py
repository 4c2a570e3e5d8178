"""Letting an action stand in another plan as well."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.plans.models import Plan, Priority
from sightline.plans.rules.printing import kind_of_mark
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.forms import offer_rows

NO_PRIORITY = "That plan has no priority with this number."


class PlaceForm(SeenForm):
    """In which plan, and under which number and priority there."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label="In which plan does it stand as well?", empty_label="Choose"
    )
    number = forms.CharField(
        label="Its number there",
        max_length=60,
        required=False,
        help_text="As that plan prints it. It keeps its own number in its own plan",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    priority = forms.CharField(
        label="Number of its priority there",
        max_length=20,
        required=False,
        help_text="For example: 2, or Function 1. Leave it empty where it stands under none",
        widget=forms.TextInput(attrs={"width": 10}),
    )
    reason = forms.CharField(label="Why?", required=False, max_length=500)
    as_at = as_at_field()

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "plan", plans)

    def clean(self) -> dict[str, Any]:
        """The priority is one of that plan's; two of one number are told apart by nobody."""
        said = super().clean() or {}
        number, plan = str(said.get("priority") or "").strip(), said.get("plan")
        said["priority"] = None
        if number and plan:
            kind, own = kind_of_mark(number)
            found = list(Priority.objects.filter(plan=plan, kind=kind, number=own)[:2])
            if len(found) == 1:
                said["priority"] = found[0]
            else:
                self.add_error("priority", NO_PRIORITY)
        return said
