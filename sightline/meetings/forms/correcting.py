"""Forms that put a decision or an action of the log right."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.meetings.models import GroupAction
from sightline.screens.asking import SeenForm, words_field
from sightline.screens.fields import BoxesDateField


def why_field(hint: str) -> forms.CharField:
    """Why something is done that is done with a reason."""
    return forms.CharField(label="Why?", max_length=300, required=False, help_text=hint)


class DecisionChangeForm(SeenForm):
    """A decision as it should have been written down, or that it was none."""

    text = words_field("What was decided?")
    withdraw = forms.BooleanField(label="Withdraw it: this was not decided", required=False)
    reason = why_field("Where it is withdrawn. No names of children")


class ActionChangeForm(SeenForm):
    """An action as draft minutes should have had it; afterwards another day for it, or its end without completion."""

    text = words_field("What is to be done?")
    owner = forms.CharField(
        label="Whose is it?",
        max_length=300,
        required=False,
        help_text="The name of an agency, a group or a person, as it is kept under Partners",
    )
    due_on = BoxesDateField(label="By when?", required=False)
    end = forms.BooleanField(label="Withdraw it: this was not asked", required=False)
    reason = why_field("Where it is withdrawn. No names of children")

    def __init__(self, *args: Any, found: GroupAction, **kwargs: Any) -> None:
        first = {"text": found.text, "owner": found.owner, "due_on": found.due_on}
        kwargs["initial"] = {**first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if not found.is_draft:
            self.drop("text", "owner")
            self.fields["end"].label = "Close it without completion"
            self.fields["reason"].help_text = "For another day, and where it is closed. No names of children"
