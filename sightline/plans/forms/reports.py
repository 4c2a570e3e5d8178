"""Filter and form of exception reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from sightline.partners import selectors as partners
from sightline.plans import permissions
from sightline.plans.choices import REPORT_LABELS, ReportState
from sightline.plans.selectors import plans_visible_to
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, Form, offer_rows


class ReportFilter(FilterForm):
    """The filter of the list of reports."""

    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((s.value, REPORT_LABELS[s]) for s in ReportState)]
    )

    def narrow(self, rows: Any) -> Any:
        """Reports in the state asked for."""
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows


class DraftForm(Form):
    """Which exception report to draft: for whom, of which plan, as at which day."""

    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="For", queryset=None, required=False, empty_label="The whole partnership"
    )
    plan: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Plan", queryset=None, required=False, empty_label="All plans"
    )
    as_at = BoxesDateField(label="As it stood on", help_text="The day the report speaks of.")

    def __init__(self, *args: Any, user: permissions.Reader, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"as_at": on} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        offer_rows(self, "group", partners.groups(user))
        offer_rows(self, "plan", plans_visible_to(user))
