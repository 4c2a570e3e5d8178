"""What is asked of people about completion, and about an update that raises a question."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.plans.choices import ReceivedHow
from sightline.plans.forms.asking import how_field
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import CharacterCountField

MOST = 4_000
CONFIRM, RETURN = "confirm", "return"


class ClaimForm(SeenForm):
    """Somebody's word that an action is done."""

    text = CharacterCountField(
        label="What was done?",
        max_length=MOST,
        rows=5,
        help_text="What was promised, and how it was done. Whether it lasts is asked later.",
    )
    as_at = as_at_field("Since which day is it done?")
    said_by = said_by_field()
    received_how = how_field()

    def values(self) -> dict[str, Any]:
        """The answers as the service wants them."""
        said = super().values()
        return {**said, "received_how": ReceivedHow(said["received_how"])}


class DecideForm(SeenForm):
    """A second person's answer."""

    decision = forms.ChoiceField(
        label="Is it done?",
        widget=forms.RadioSelect,
        choices=[
            (CONFIRM, "Yes: it is done, and the evidence shows it"),
            (RETURN, "No: something is missing"),
        ],
    )
    reason = forms.CharField(
        label="What is missing?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to return it. With a yes you may add a sentence, and need not.",
    )


class TakeBackForm(SeenForm):
    """Why a claim is taken back."""

    reason = forms.CharField(label="Why is it taken back?", widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(SeenForm):
    """A question about an update, to its owner."""

    text = CharacterCountField(
        label="What do you want to know?",
        max_length=1_000,
        rows=3,
        help_text="For example: how many of the 40 staff have been trained, and by when will the others be?",
    )
