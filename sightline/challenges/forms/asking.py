"""What forms of these logs share: who may read a record, and whose words it holds."""

from __future__ import annotations

from django import forms

from sightline.challenges.choices import RECEIVED_LABELS, Received
from sightline.events.choices import READERS as TIERS
from sightline.screens import asking
from sightline.screens.asking import SeenForm, words_field
from sightline.screens.forms import ALL

__all__ = ["ALL", "TIERS", "ask_who_said_it", "how_field", "words_field"]


def how_field() -> forms.ChoiceField:
    """How the words reached the person who types them."""
    return asking.how_field(
        ((how.value, label) for how, label in RECEIVED_LABELS.items()), Received.SCREEN.value
    )


def ask_who_said_it(form: SeenForm, *, keeps_logs: bool, for_others: bool) -> None:
    """Only who types for others is asked whose words they are, and has to say it where they are not their own."""
    if not keeps_logs:
        form.drop("said_by", "received_how")
    elif for_others:
        form.fields["said_by"].required = True
        form.fields["said_by"].error_messages["required"] = "Enter who said it"
        form.fields["said_by"].help_text = "You type this for somebody: name them"
