"""The filter of the jobs page."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.events.choices import SYSTEM
from sightline.jobs.choices import STATE_LABELS, JobState
from sightline.screens.forms import FilterForm


class JobFilter(FilterForm):
    """Which jobs to show."""

    state = forms.ChoiceField(
        label="State",
        choices=[("", "All"), *((state.value, label) for state, label in STATE_LABELS.items())],
    )

    scheduled = forms.BooleanField(label="Show scheduled work that went well, too")

    def narrow(self, rows: Any) -> Any:
        """Jobs of the chosen state; what runs every minute and goes well would hide the rest."""
        if not self.chosen.get("scheduled"):
            rows = rows.exclude(actor_kind=SYSTEM.kind, actor_id=SYSTEM.id, state=JobState.DONE)
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows
