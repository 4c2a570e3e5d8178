"""A version of a group's terms of reference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sightline.governance.rules.rhythm import next_review, standard
from sightline.governance.services import TermsGiven
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import BoxesDateField, CharacterCountField


def _proposed() -> Any:
    return next_review(timezone.localdate(), standard())


class TermsForm(SeenForm):
    """A new version, as a file or a text; or that the group left the one before as it was."""

    is_unchanged = forms.BooleanField(
        label="The group looked them over and left them as they are",
        required=False,
        help_text="Then no file is needed.",
    )
    file = forms.FileField(
        label="Terms of reference",
        required=False,
        help_text="Word, PDF or text, up to 20 MB",
        error_messages={"empty": "The file is empty; choose it again."},
    )
    text = CharacterCountField(label="Or their text", max_length=10_000, rows=6, required=False, help_text="")
    starts_on = as_at_field("From which day do they hold?")
    adopted_where = forms.CharField(
        label="Where were they adopted?", max_length=300, help_text="Such as: the board on 4 June, minute 6"
    )
    adopted_on = BoxesDateField(label="When were they adopted?", required=False)
    review_due_on = BoxesDateField(label="When is the next review due?", initial=_proposed)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            self.drop("is_unchanged")

    def given(self) -> TermsGiven:
        """What a service takes, without the file."""
        return TermsGiven(**{name: value for name, value in self.values().items() if name != "file"})
