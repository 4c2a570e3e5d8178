"""A paper of an agenda's item."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.events.choices import READERS, Tier
from sightline.meetings.services.papers import PaperGiven
from sightline.screens.asking import SeenForm


class PaperForm(SeenForm):
    """A paper: its file, what it is called, who brings it, who may read it."""

    title = forms.CharField(
        label="What is the paper called?", max_length=300, help_text="No names of children"
    )
    brought_by = forms.CharField(
        label="Who brings it?",
        max_length=200,
        required=False,
        help_text="The person, agency or group that presents it",
    )
    tier = forms.ChoiceField(
        label="Who may read it?", choices=READERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )
    file = forms.FileField(
        label="The paper",
        required=False,
        help_text="PDF, Word, Excel, PowerPoint, CSV, text or a picture, up to 20 MB. "
        "A tagged PDF is read best by everybody",
        error_messages={"empty": "The file is empty; choose it again."},
    )
    reason = forms.CharField(
        label="Why?", max_length=300, required=False, help_text="For a newer version, or when it is taken off"
    )
    take_off = forms.BooleanField(label="Take this paper off the agenda", required=False)

    def __init__(self, *args: Any, least: Tier, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = least
        if least != Tier.T1:
            self.drop("tier")
        if new:
            self.drop("reason", "take_off")
            self.fields["file"].error_messages["required"] = "Choose the file of the paper"
            self.fields["file"].required = True
        else:
            self.fields["file"].label = "A newer version"

    def given(self) -> PaperGiven:
        """What a service takes."""
        said = self.cleaned_data
        return PaperGiven(said["title"], said["brought_by"], Tier(said.get("tier") or self.least.value))
