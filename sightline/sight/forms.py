"""The filters of the lists along the line of sight, and the days two looks are compared at."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, Form, offer
from sightline.sight.choices import LOOSE_LABELS

EVERYTHING = [("", "All")]
Choices = list[tuple[str, str]]


class LooseFilter(FilterForm):
    """What the loose threads can be narrowed by."""

    kind = forms.ChoiceField(
        label="How it is loose",
        choices=[*EVERYTHING, *((kind.value, label) for kind, label in LOOSE_LABELS.items())],
    )
    plan = forms.ChoiceField(label="Plan", choices=EVERYTHING)
    source = forms.ChoiceField(label="Source", choices=EVERYTHING)

    def __init__(self, *args: Any, plans: Choices = (), sources: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        offer(self, "plan", EVERYTHING + list(plans))
        offer(self, "source", EVERYTHING + list(sources))


class TwoDaysForm(Form):
    """Two days at which something is looked at."""

    first = BoxesDateField(
        label="From how it stood on", what="The first day", help_text="For example, 27 3 2026"
    )
    second = BoxesDateField(
        label="To how it stood on", what="The second day", help_text="For example, 30 6 2026"
    )
