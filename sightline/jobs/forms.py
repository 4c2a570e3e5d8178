"""The filter of the jobs page."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.jobs.choices import STATE_LABELS
from sightline.screens.forms import FilterForm


class JobFilter(FilterForm):
    """Which jobs to show."""

    state = forms.ChoiceField(
        label="State",
        choices=[("", "All"), *((state.value, label) for state, label in STATE_LABELS.items())],
    )

    def narrow(self, rows: Any) -> Any:
        """Jobs of the chosen state."""
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows
