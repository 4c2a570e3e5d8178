"""Of which group and which year figures of attendance are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.meetings.rules.attendance import Numbers, year_label
from sightline.partners.models import Group
from sightline.screens.forms import FilterForm, offer

EVER = "all"


class AttendanceForm(FilterForm):
    """A group or all; a year, the newest unless another is asked for, or all of them."""

    group = forms.ChoiceField(label="Group")
    year = forms.CharField(label="Year")

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [("", "All groups"), *((group.key, group.name) for group in groups)])

    def group_chosen(self, groups: Sequence[Group]) -> Group | None:
        """The group that is asked for; none for all."""
        return next((group for group in groups if group.key == self.data.get("group")), None)

    def offer_years(self, years: Sequence[int], numbers: Numbers) -> None:
        """Let one of these years be chosen."""
        choices = [("", "The newest year"), *((str(year), year_label(year, numbers)) for year in years)]
        self.fields["year"] = forms.ChoiceField(
            label="Year", choices=[*choices, (EVER, "All years")], required=False
        )

    def year_chosen(self, years: Sequence[int]) -> int | None:
        """The year that is asked for: the newest where none is, None for all of them."""
        if self.data.get("year") == EVER or not years:
            return None
        return next((year for year in years if str(year) == self.data.get("year")), years[0])
