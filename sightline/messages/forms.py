"""The filter of the outbox page."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.messages.choices import MAIL_LABELS
from sightline.screens.forms import FilterForm


class MailFilter(FilterForm):
    """Which mail to show."""

    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((state.value, label) for state, label in MAIL_LABELS.items())]
    )

    def narrow(self, rows: Any) -> Any:
        """Mail of the chosen state."""
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows
