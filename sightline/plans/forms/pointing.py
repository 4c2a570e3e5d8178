"""The filter of what a plan's actions refer to, and the form that says what one reference means."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.screens.asking import SeenForm
from sightline.screens.forms import FilterForm, offer

WORDS, MATCHED, EVERY = "words", "matched", "every"
OTHER, OPEN = "other", "open"
Choices = list[tuple[str, str]]


class PointingFilter(FilterForm):
    """Which references the page shows: at first those that nobody has matched yet."""

    which = forms.ChoiceField(
        label="Show",
        choices=[
            ("", "Not matched to an action yet"),
            (WORDS, "Kept as words"),
            (MATCHED, "Matched to an action"),
            (EVERY, "Every reference"),
        ],
    )

    def narrow(self, rows: Any) -> Any:
        """The references of the answer."""
        which = self.chosen.get("which", "")
        if which == EVERY:
            return rows
        if which == MATCHED:
            return rows.filter(is_matched=True)
        return rows.filter(is_matched=False, by_hand=which == WORDS)


class PointForm(SeenForm):
    """Which action a reference means, if any."""

    meant = forms.ChoiceField(label="Which action is meant?", widget=forms.RadioSelect, choices=[])
    other = forms.CharField(
        label="Another action",
        required=False,
        max_length=200,
        help_text="Its reference (SL-00012), its number in this plan, or words of it to look for",
    )

    def __init__(self, *args: Any, actions: Choices, may_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [
            *actions,
            (OTHER, "Another action, named below"),
            (WORDS, "None: the words stay as they are printed"),
            *([(OPEN, "Not decided: go on looking for it")] if may_open else []),
        ]
        offer(self, "meant", said)
