"""Which meetings of a series are planned at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sightline.meetings.forms.meetings import hour_field
from sightline.meetings.rules.series import Proposed
from sightline.screens.asking import SeenForm
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import Form
from sightline.screens.words import day

FURTHEST = 3 * 366
TOO_FAR = "Plan at most three years at once"
BACKWARDS = "The last day is before the first: change one of them"


class SpanForm(Form):
    """From which day to which meetings are proposed."""

    first = BoxesDateField(label="Day of the first meeting")
    until = BoxesDateField(label="Propose days until")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, until = said.get("first"), said.get("until")
        if first and until and until < first:
            self.add_error("until", BACKWARDS)
        elif first and until and (until - first).days > FURTHEST:
            self.add_error("until", TOO_FAR)
        return said


class DaysForm(SeenForm):
    """A day for each meeting that is proposed: it can be changed, and is left out where its boxes are emptied."""

    starts_at = hour_field("From", "14:00")
    ends_at = hour_field("Until", "16:00")

    def __init__(self, *args: Any, proposed: Sequence[Proposed], span: SpanForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.span = span
        for number, each in enumerate(proposed):
            hint = f"{each.day:%A}"
            if each.instead_of:
                hint = f"{hint}, a week after {day(each.instead_of)}: {each.holiday}"
            self.fields[f"day-{number}"] = BoxesDateField(
                label=f"Meeting {number + 1}", initial=each.day, required=False, help_text=hint
            )
        self.names = [f"day-{number}" for number in range(len(proposed))]

    def days(self) -> dict[str, date]:
        """The days that are planned, by the name of their field."""
        return {name: found for name in self.names if (found := self.cleaned_data.get(name))}
