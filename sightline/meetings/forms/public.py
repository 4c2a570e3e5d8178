"""What is asked about a public version of minutes: of every item, and about the version as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.meetings.choices import SHOWN_LABELS, PublicDeed
from sightline.meetings.models import PublicPart
from sightline.meetings.rules.public import standard
from sightline.meetings.services.public import OWES_A_REASON, PartGiven
from sightline.screens.asking import SeenForm

SHOWN = [(each.value, label) for each, label in SHOWN_LABELS.items()]


class PublicForm(SeenForm):
    """Four fields for every item: whether it is shown, its title and its words with marks, and why."""

    def __init__(self, *args: Any, parts: Sequence[PublicPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self._ask(part)

    def _ask(self, part: PublicPart) -> None:
        reasons = [("", "Nothing is left out"), *standard().reasons.items()]
        item, key = f"Item {part.place}", part.pk
        lines = min(max(3, part.text.count("\n") + len(part.text) // 90 + 1), 16)
        self.fields |= {
            f"title-{key}": forms.CharField(
                label=f"{item}: its title", max_length=2_000, initial=part.title, required=False
            ),
            f"text-{key}": forms.CharField(
                label=f"{item}: what was said, decided and is to be done",
                max_length=200_000,
                initial=part.text,
                required=False,
                widget=forms.Textarea(attrs={"rows": lines}),
            ),
            f"shown-{key}": forms.ChoiceField(
                label=f"{item}: in the public version?",
                choices=SHOWN,
                required=False,
                initial=part.shown,
                widget=forms.RadioSelect,
            ),
            f"reason-{key}": forms.ChoiceField(
                label=f"{item}: why are words left out?", choices=reasons, required=False, initial=part.reason
            ),
        }

    def given(self) -> dict[int, PartGiven]:
        """What a service takes, by the number of the part."""
        said, names = self.cleaned_data, ("title", "text", "shown", "reason")
        return {
            part.pk: PartGiven(**{name: _plain(said[f"{name}-{part.pk}"]) for name in names})
            for part in self.parts
        }


class PublicDoForm(SeenForm):
    """A reason, where one is owed."""

    why = forms.CharField(label="Why?", max_length=500, help_text="No names of children")

    def __init__(self, *args: Any, deed: PublicDeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deed not in OWES_A_REASON:
            self.drop("why")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
