"""Filters and forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.partners.selectors import matching_text
from sightline.plans.choices import LABELS, PlanState
from sightline.screens.forms import FilterForm


class PlanFilter(FilterForm):
    """The filter of the list of plans."""

    words = forms.CharField(label="Words in the name")
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((s.value, LABELS[s]) for s in PlanState)]
    )

    def narrow(self, rows: Any) -> Any:
        """Plans with every word in their name or their group's, and in the state asked for."""
        if words := self.chosen.get("words"):
            rows = matching_text(rows, words, ("name", "group__name", "period_raw"))
        if state := self.chosen.get("state"):
            rows = rows.filter(state=state)
        return rows
