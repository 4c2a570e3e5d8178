"""The filter of a plan's quarters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from sightline.plans.forms.table import OPEN, delivery_field, impact_field, state_field
from sightline.plans.models import Plan
from sightline.plans.rules.quarters import quarter_named
from sightline.plans.selectors import ActionFilter
from sightline.plans.selectors.quarters import of_quarter
from sightline.screens.forms import FilterForm, offer


class QuarterFilter(FilterForm):
    """Which quarter the list below shows, and which of its actions."""

    quarter = forms.ChoiceField(label="Quarter", choices=[])
    state = state_field()
    delivery = delivery_field()
    impact = impact_field()

    def __init__(self, query: QueryDict, *, quarters: Sequence[tuple[str, str]]) -> None:
        super().__init__(query)
        offer(self, "quarter", [("", "Every quarter"), *quarters])

    def wanted(self, plan: Plan) -> ActionFilter:
        """The answers as the selector wants them."""
        said = self.chosen
        state = said.get("state", "")
        return ActionFilter(
            plan=plan,
            state="" if state == OPEN else state,
            is_open=True if state == OPEN else None,
            delivery=said.get("delivery", ""),
            impact=said.get("impact", ""),
        )

    def narrow(self, rows: Any) -> Any:
        """Actions of the quarter asked for."""
        key = self.chosen.get("quarter", "")
        return of_quarter(rows, key, quarter_named(key)) if key else rows
