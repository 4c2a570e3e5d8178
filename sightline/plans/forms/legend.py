"""A plan's own printed key: each of its words and the rating it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from sightline.plans.rules.printing import KEY_RATINGS, key_in_order
from sightline.screens.asking import SeenForm

# Rows beyond those that are there, so that a key can grow without a script.
SPARE = 3
LEAST = 6
MOST = 40


class LegendForm(SeenForm):
    """Rows of a word and what it means. A row without a word is left out."""

    def __init__(self, data: Any, *, legend: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.size = min(MOST, max(LEAST, len(legend) + SPARE))
        rows = [*key_in_order(legend), *[("", "")] * self.size][: self.size]
        for place, (word, rating) in enumerate(rows):
            self.fields[f"word-{place}"] = forms.CharField(
                label=f"Word {place + 1}",
                max_length=60,
                required=False,
                initial=word,
                widget=forms.TextInput(attrs={"width": 20}),
            )
            self.fields[f"rating-{place}"] = forms.ChoiceField(
                label="means",
                required=False,
                initial=rating,
                choices=[("", "Choose"), *((r, label.capitalize()) for r, label in KEY_RATINGS.items())],
            )

    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """The rows as the page shows them."""
        return [(self[f"word-{place}"], self[f"rating-{place}"]) for place in range(self.size)]

    def clean(self) -> dict[str, Any]:
        """Each word once, and with what it means."""
        said = super().clean() or {}
        seen: set[str] = set()
        for place in range(self.size):
            word = str(said.get(f"word-{place}", "")).strip()
            if word and not said.get(f"rating-{place}"):
                self.add_error(f"rating-{place}", f"Say what “{word}” means.")
            if word and word.casefold() in seen:
                self.add_error(f"word-{place}", f"“{word}” stands in the key already.")
            seen.add(word.casefold())
        return said

    def legend(self) -> dict[str, str]:
        """The key as a plan keeps it."""
        said = self.cleaned_data
        pairs = ((said[f"word-{place}"].strip(), said[f"rating-{place}"]) for place in range(self.size))
        return {word: rating for word, rating in pairs if word}
