"""How somebody tells, in a round, where an action of a group's log stands."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.meetings.models import GroupAction
from sightline.meetings.rules.told import DONE, LogTold
from sightline.plans.forms.rounds import SHORT_CHOICE, TRACK, words_box
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm


class LogToldForm(CarefulForm):
    """How one action of the log stands; whatever is left empty is not told."""

    stands = forms.ChoiceField(
        label="Is it done, or still on track?",
        choices=[TRACK[0], (DONE, "Done"), *TRACK[1:]],
        required=False,
        widget=forms.RadioSelect(attrs=SHORT_CHOICE),
    )
    happened = words_box("What happened since?")
    due_on = BoxesDateField(
        label="By when will it be done?",
        required=False,
        help_text="Change it to ask for a new date: the group decides",
    )
    why = words_box("Why?", "Needed for a new date")

    def __init__(self, data: Any, action: GroupAction, **kwargs: Any) -> None:
        self.action = action
        super().__init__(
            data, prefix=f"m{action.pk}", initial={"stands": "", "due_on": action.due_on}, **kwargs
        )

    def told(self) -> LogTold:
        """What was told, as services take it; a date that stands already is not asked for."""
        said = self.cleaned_data
        due_on, stands = said.get("due_on"), str(said.get("stands") or "")
        return LogTold(
            happened=str(said.get("happened") or "").strip(),
            delivery="" if stands == DONE else stands,
            is_done=stands == DONE,
            why=str(said.get("why") or "").strip(),
            due_on=due_on if due_on != self.action.due_on else None,
        )
