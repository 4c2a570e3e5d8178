"""The form that asks for a whole export."""

from __future__ import annotations

from django import forms

from sightline.screens.forms import CarefulForm


class AskForm(CarefulForm):
    """Why everything is taken away."""

    reason = forms.CharField(
        label="Why do you need all records?",
        max_length=500,
        help_text="For example, “Moving to another system”. It is kept, and it stands in the export.",
    )
