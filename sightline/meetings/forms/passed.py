"""How something was passed on, and what a sample check found."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.meetings.choices import REACH_LABELS, Reach
from sightline.meetings.services.passed import PassedGiven
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import CharacterCountField


class PassedForm(SeenForm):
    """What a member passed on."""

    what = CharacterCountField(
        label="What did you pass on?", max_length=2_000, rows=3, help_text="No names of children"
    )
    to_whom = forms.CharField(
        label="To whom, and how?",
        max_length=300,
        help_text="Such as: team leaders of the front door, in their meeting",
    )
    reached = forms.IntegerField(
        label="About how many people?",
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"width": 5, "inputmode": "numeric"}),
    )
    as_at = as_at_field("On which day?")
    said_by = said_by_field()

    def __init__(self, *args: Any, for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_others:
            self.drop("said_by")

    def given(self) -> PassedGiven:
        """What a service takes."""
        return PassedGiven(**self.values())


class PassedCheckForm(SeenForm):
    """What a sample check found."""

    reach = forms.ChoiceField(
        label="Did it arrive?",
        choices=[(each.value, label) for each, label in REACH_LABELS.items()],
        widget=forms.RadioSelect,
    )
    text = CharacterCountField(
        label="What did those you asked know of it?", max_length=2_000, rows=3, required=False, help_text=""
    )
    as_at = as_at_field("When did you ask?")

    @property
    def found(self) -> Reach:
        """Whether it arrived."""
        return Reach(self.cleaned_data["reach"])
