"""What is asked about words that may be published, and the filter of their page."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.plans.selectors.publishable import having_some
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import CharacterCountField
from sightline.screens.forms import FilterForm

MOST = 2_000
WITH, WITHOUT = "with", "without"


class PublishableForm(SeenForm):
    """What may be published of an action; nothing withdraws it."""

    text = CharacterCountField(
        label="What may be published?",
        max_length=MOST,
        rows=5,
        required=False,
        help_text="Words that anybody may read, families among them. No names. "
        "Empty the box to withdraw what stands now; it is kept in the history.",
    )
    agreed_by = forms.CharField(
        label="Who agreed to it?",
        max_length=200,
        required=False,
        help_text="The person or the group, as minutes would name them",
        widget=forms.TextInput(attrs={"width": 20}),
    )
    as_at = as_at_field("From which day?")


class PublishableFilter(FilterForm):
    """Which actions the page shows."""

    which = forms.ChoiceField(
        label="Show",
        choices=[
            ("", "Every action"),
            (WITH, "With something that may be published"),
            (WITHOUT, "With nothing yet"),
        ],
    )

    def narrow(self, rows: Any) -> Any:
        """Actions with something that may be published, or without."""
        which = self.chosen.get("which", "")
        return having_some(rows, some=which == WITH) if which else rows
