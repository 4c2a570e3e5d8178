"""What the forward plan is narrowed by, and forms of what groups are owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.partners.models import Group
from sightline.requests.ahead import Ahead
from sightline.requests.choices import OwedDeed
from sightline.requests.models import Cycle, Owed
from sightline.requests.rules import owed_kinds, owed_numbers
from sightline.requests.services import CycleGiven, OwedGiven
from sightline.screens.asking import SeenForm, as_at_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import ALL, FilterForm, offer
from sightline.screens.words import count

WHOLE, NEAR_WORDS = "whole", "The next 3 months"


class AheadFilter(FilterForm):
    """What the forward plan can be narrowed by: the groups and the kinds of what stands in it.

    How far the table reaches is no narrowing: files, the calendar and what did not come leave it aside.
    """

    group = forms.ChoiceField(label="Group", choices=[ALL])
    what = forms.ChoiceField(label="What", choices=[ALL])
    reach = forms.ChoiceField(label="How far ahead", choices=[("", NEAR_WORDS), (WHOLE, "")])

    def __init__(self, *args: Any, standing: Iterable[Ahead] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(standing)
        months = owed_numbers()["ahead_months"]
        offer(self, "reach", [("", NEAR_WORDS), (WHOLE, f"Show {count(months, 'month')}")])
        groups = {each.group_key: each.group for each in found if each.group_key}
        offer(self, "group", [ALL, *sorted(groups.items(), key=lambda each: each[1].casefold())])
        offer(self, "what", [ALL, *((kind, kind) for kind in sorted({each.kind for each in found}))])

    def narrow(self, rows: Any) -> list[Ahead]:
        """What fits, in its order."""
        group, what = self.chosen.get("group"), self.chosen.get("what")
        return [each for each in rows if group in (None, each.group_key) and what in (None, each.kind)]


class CycleForm(SeenForm):
    """What a group is owed again and again."""

    kind = forms.ChoiceField(
        label="What is owed?", choices=[("", "Choose"), *((k.key, k.label) for k in owed_kinds().values())]
    )
    title = forms.CharField(
        label="What is it called?", max_length=200, required=False, help_text="Empty: as above"
    )
    group = forms.ChoiceField(label="To which group?")
    owed_by = forms.ChoiceField(label="Which group owes it?", required=False)
    owed_by_words = forms.CharField(
        label="Or who else?",
        max_length=200,
        required=False,
        help_text="Where no group owes it: the business unit, an agency, a post",
    )
    months = forms.IntegerField(
        label="Every how many months?", min_value=1, max_value=24, initial=3,
        widget=forms.NumberInput(attrs={"width": 3}),
    )  # fmt: skip
    first_until = BoxesDateField(
        label="Up to which day does the first one tell?", help_text="The last day of a quarter or year"
    )
    first_due = BoxesDateField(label="By which day is the first one due?")

    def __init__(
        self, *args: Any, groups: Mapping[int, Group], all_groups: Mapping[int, Group], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups, self.all_groups = groups, all_groups
        offer(self, "group", [("", "Choose"), *((str(pk), each.name) for pk, each in all_groups.items())])
        offer(self, "owed_by", [("", "No group"), *((str(pk), each.name) for pk, each in groups.items())])

    @staticmethod
    def as_it_stands(found: Cycle, coming: Owed | None) -> dict[str, Any]:
        """What the boxes begin with: as it is owed now, from the next time that is still to come on."""
        return {
            "kind": found.kind,
            "title": found.title,
            "group": found.group_id,
            "owed_by": found.owed_by_id or "",
            "owed_by_words": found.owed_by_words,
            "months": found.months,
            "first_until": coming.period_until if coming else None,
            "first_due": coming.due_on if coming else None,
        }

    def given(self) -> CycleGiven:
        """As the service takes it."""
        said = self.cleaned_data
        by = said["owed_by"]
        return CycleGiven(
            kind=said["kind"],
            group=self.all_groups[int(said["group"])],
            first_due=said["first_due"],
            first_until=said["first_until"],
            months=said["months"],
            owed_by=self.groups[int(by)] if by else None,
            owed_by_words=said["owed_by_words"],
            title=said["title"],
        )


class EndForm(SeenForm):
    """The last day on which something is owed."""

    on = as_at_field("After which day is nothing of it owed any more?")


class OwedDoForm(SeenForm):
    """That something came, that it is excused, or that either was a mistake."""

    on = as_at_field("On which day did it come?")
    words = forms.CharField(
        label="What came?", max_length=300, required=False, help_text="No names of children"
    )

    def __init__(self, *args: Any, deed: OwedDeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deed != OwedDeed.CAME:
            self.drop("on")
        if deed == OwedDeed.CALL_OFF:
            self.relabel("words", "Why is it excused this time?")
        if deed == OwedDeed.TAKE_BACK:
            self.drop("words")

    def given(self) -> OwedGiven:
        """As the service takes it."""
        said = self.cleaned_data
        return OwedGiven(said.get("on"), said.get("words", ""))
