"""Whether a member comes to a meeting: one question, and two boxes that may stay empty."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.meetings.choices import COMING_LABELS, EXPECTED_LABELS, Attendance
from sightline.meetings.services.coming import NOT_SAID, ReplyGiven
from sightline.screens.asking import SeenForm


class ComingForm(SeenForm):
    """The answer of one person. `is_needed`: it is asked of them alone, so an empty one is no answer."""

    coming = forms.ChoiceField(
        label="Are you coming?",
        choices=[(each.value, label) for each, label in COMING_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": NOT_SAID},
    )
    name = forms.CharField(
        label="Who comes for you?",
        max_length=200,
        required=False,
        help_text="Only where you send a deputy. Leave it empty where you do not know yet",
        widget=forms.TextInput(attrs={"width": 20, "autocomplete": "off"}),
    )
    words = forms.CharField(
        label="Anything to add?",
        max_length=500,
        required=False,
        help_text="You may leave it empty. No names of children. Whoever keeps the meeting reads it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_needed: bool = True, whose: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coming"].required = is_needed
        if whose:
            self.relabel("coming", f"Does {whose} come?")
            self.relabel("name", f"Who comes for {whose}?")
            fields: dict[str, Any] = self.fields
            fields["coming"].error_messages["required"] = f"Say whether {whose} comes"
            fields["coming"].choices = [(each.value, label) for each, label in EXPECTED_LABELS.items()]

    def given(self) -> ReplyGiven | None:
        """What a service takes; None where nothing was said."""
        said = self.cleaned_data
        if not said.get("coming"):
            return None
        return ReplyGiven(Attendance(said["coming"]), said.get("name", ""), said.get("words", ""))
