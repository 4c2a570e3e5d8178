"""What every form here shares: the version its writer had seen, and the days and voices of what is said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sightline.challenges.choices import RECEIVED_LABELS, Received
from sightline.events.choices import Tier
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import CarefulForm

ALL = ("", "All")
TIERS = [
    (Tier.T1.value, "Every member of the partnership reads it"),
    (Tier.T2.value, "Confidential: read by those it concerns and by who serves the whole partnership"),
]
NOT_PARTS = ("version", "because")


class VersionedForm(CarefulForm):
    """A form that remembers what its writer had seen, so that nobody's words are overwritten unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """The answers, without what was seen and why words that tell of a child are kept."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_PARTS}

    def drop(self, *names: str) -> None:
        """Do not ask these."""
        for name in names:
            self.fields.pop(name, None)


def words_field(label: str, hint: str = "No names of children", rows: int = 4) -> CharacterCountField:
    """A box of free words."""
    return CharacterCountField(label=label, max_length=10_000, rows=rows, help_text=hint)


def as_at_field(label: str = "Of which day is this?") -> BoxesDateField:
    """The day of which something is true; today unless somebody says otherwise."""
    return BoxesDateField(label=label, initial=timezone.localdate)


def said_by_field() -> forms.CharField:
    """Whose words these are."""
    return forms.CharField(
        label="Said by",
        max_length=200,
        required=False,
        help_text="Whose words these are, where they are not your own",
        widget=forms.TextInput(attrs={"width": 20}),
    )


def how_field() -> forms.ChoiceField:
    """How the words reached the person who types them."""
    return forms.ChoiceField(
        label="How did it reach you?",
        choices=[(how.value, label) for how, label in RECEIVED_LABELS.items()],
        initial=Received.SCREEN.value,
    )


def ask_who_said_it(form: VersionedForm, *, keeps_logs: bool, for_others: bool) -> None:
    """Only who types for others is asked whose words they are, and has to say it where they are not their own."""
    if not keeps_logs:
        form.drop("said_by", "received_how")
    elif for_others:
        form.fields["said_by"].required = True
        form.fields["said_by"].error_messages["required"] = "Enter who said it"
        form.fields["said_by"].help_text = "You type this for somebody: name them"
