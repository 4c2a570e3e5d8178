"""What forms about plans share: how an account came, and lines of a box."""

from __future__ import annotations

from django import forms

from sightline.plans.choices import LABELS, ReceivedHow
from sightline.screens import asking

# How people on screen receive things: documents and links are received by Sightline itself.
HOW = [(how.value, LABELS[how]) for how in ReceivedHow if how not in (ReceivedHow.DOCUMENT, ReceivedHow.LINK)]
SHORT = forms.TextInput(attrs={"width": 20})


def how_field() -> forms.ChoiceField:
    """How the words reached the person who types them."""
    return asking.how_field(HOW, ReceivedHow.SCREEN.value)


def lines_of(text: str) -> list[str]:
    """The lines of a box, one thing on each, without bullets and blanks."""
    return [line.strip(" \t•–-*") for line in text.splitlines() if line.strip(" \t•–-*")]
