"""Rolling a plan over: into which plan, and what becomes of each unfinished action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.partners.selectors import matching_text
from sightline.plans.choices import LABELS, DeliveryState, Fate
from sightline.plans.models import Action, Plan
from sightline.plans.services.rolling import FateGiven
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, offer, offer_rows

UNDECIDED = "undecided"
FATES = {
    Fate.CARRY: "Carry",
    Fate.CLOSE: "Close",
    Fate.LEAVE: "Leave here",
}


class RollOverForm(SeenForm):
    """The next plan: a new one, or one that is there already."""

    next_name = forms.CharField(
        label="What is the next plan called?",
        max_length=200,
        required=False,
        help_text="A new plan of this name is started as a draft, with the same columns, key and group",
    )
    period_raw = forms.CharField(
        label="Its period, as printed", max_length=100, required=False, help_text="For example: 2026 to 2028"
    )
    starts_on = BoxesDateField(label="Its first day", required=False)
    ends_on = BoxesDateField(label="Its last day", required=False)
    next_plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Or is it there already?",
        required=False,
        empty_label="No, start a new one",
    )
    as_at = as_at_field("From which day does the next plan take over?")

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "next_plan", plans)


class FatesFilter(FilterForm):
    """What the list of unfinished actions can be narrowed by."""

    words = forms.CharField(label="Words", help_text="In the action, its number, or its owners")
    fate = forms.ChoiceField(
        label="Chosen",
        choices=[("", "All"), (UNDECIDED, "Not decided yet"), *((f.value, LABELS[f]) for f in Fate)],
    )
    priority = forms.ChoiceField(label="Priority", choices=[("", "All")])

    def __init__(self, *args: Any, priorities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "priority", [("", "All"), *priorities])

    def narrow(self, rows: Any) -> Any:
        """Actions with every word, under the priority, and with the choice asked for."""
        if words := self.chosen.get("words"):
            rows = matching_text(rows, words, ("text", "current_number_label", "current_owner_label"))
        if fate := self.chosen.get("fate"):
            rows = rows.filter(fate=None) if fate == UNDECIDED else rows.filter(fate=fate)
        if priority := self.chosen.get("priority"):
            rows = rows.filter(priority_id=priority)
        return rows


class FatesForm(SeenForm):
    """What becomes of the actions of one page, with what was chosen before, and of those that nothing is said of."""

    others = forms.ChoiceField(
        label="What becomes of the actions on this page for which nothing is chosen?",
        required=False,
        choices=[("", "Decide later"), *((f.value, LABELS[f]) for f in Fate)],
    )
    reason = forms.CharField(
        label="Why are they not carried?",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Used for every action on this page that is closed or left and has no reason of its own",
    )

    def __init__(self, data: Any, *, actions: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.actions = {action.pk: action for action in actions}
        for pk, action in self.actions.items():
            self.fields[f"fate-{pk}"] = forms.ChoiceField(
                choices=[(f.value, label) for f, label in FATES.items()],
                required=False,
                initial=action.fate,
                label=f"What becomes of {action.reference}?",
            )
            self.fields[f"reason-{pk}"] = forms.CharField(
                required=False,
                max_length=1_000,
                initial=action.why,
                label=f"Why is {action.reference} not carried?",
            )

    def given(self) -> Mapping[int, FateGiven]:
        """The choices made, by action; those without one are decided later."""
        said = self.cleaned_data
        found: dict[int, FateGiven] = {}
        for pk, action in self.actions.items():
            fate = said[f"fate-{pk}"] or self._of_others(action)
            if fate:
                common = "" if fate == Fate.CARRY else said["reason"]
                found[pk] = FateGiven(Fate(fate), said[f"reason-{pk}"].strip() or common)
        return found

    def _of_others(self, action: Action) -> str:
        """What is said of all the rest; a complete action is not closed with them."""
        fate: str = self.cleaned_data["others"]
        return "" if fate == Fate.CLOSE and action.state == DeliveryState.COMPLETE else fate
