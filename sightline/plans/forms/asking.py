"""What every form about plans shares: what its writer had seen, and the days and voices of an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sightline.plans.choices import LABELS, ReceivedHow
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm

# How people on screen receive things: documents and links are received by Sightline itself.
HOW = [(how.value, LABELS[how]) for how in ReceivedHow if how not in (ReceivedHow.DOCUMENT, ReceivedHow.LINK)]
SHORT = forms.TextInput(attrs={"width": 20})


class SeenForm(CarefulForm):
    """A form that remembers what its writer had seen, so that nobody's words are overwritten unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def heading(self) -> str:
        """The heading of a page that asks one question."""
        return str(self.fields[self.title_field].label) if self.title_field else ""

    def values(self) -> dict[str, Any]:
        """The answers, without what was seen and why words that tell of a child are kept."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "because")}


def as_at_field(label: str = "From which day?", **more: Any) -> BoxesDateField:
    """The day of which something is true; today unless somebody says otherwise."""
    return BoxesDateField(label=label, initial=timezone.localdate, **more)


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
    return forms.ChoiceField(label="How did it reach you?", choices=HOW, initial=ReceivedHow.SCREEN.value)


def lines_of(text: str) -> list[str]:
    """The lines of a box, one thing on each, without bullets and blanks."""
    return [line.strip(" \t•–-*") for line in text.splitlines() if line.strip(" \t•–-*")]
