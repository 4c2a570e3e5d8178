"""Forms of seats and of the people in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from sightline.partners.choices import (
    HOLDING_LABELS,
    MOST_PLACES,
    POSITION_LABELS,
    HoldingKind,
    Position,
)
from sightline.partners.models import Agency, Person
from sightline.partners.services import SeatGiven
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, Form, offer_rows


class SeatForm(CarefulForm):
    """A seat: for whom, as what, and how much it counts. `version` is what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    position = forms.ChoiceField(
        label="Position on the group",
        choices=[(key.value, label) for key, label in POSITION_LABELS.items()],
        initial=Position.MEMBER.value,
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Held for",
        required=False,
        help_text="Several agencies make a joint seat. Choose none for a seat that stands for no agency.",
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="For a role, in words",
        max_length=200,
        required=False,
        help_text="Such as “Designated doctor”. Leave empty where the agency alone says it.",
    )
    is_essential = forms.BooleanField(label="Essential: meetings need this seat", required=False)
    has_vote = forms.BooleanField(label="Has a vote", required=False, initial=True)
    places = forms.IntegerField(
        label="How many people hold it at a time",
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
        widget=forms.TextInput(attrs={"width": 2, "inputmode": "numeric"}),
    )
    starts_on = BoxesDateField(
        label="First day", what="first day", required=False, help_text="Leave empty if it has always been"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "agencies", Agency.objects.order_by("name"))

    def given(self) -> SeatGiven:
        """What a service takes."""
        return SeatGiven(**self.values())


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, person: Person) -> str:
        """With post and agency: two people may share a name."""
        return ", ".join(part for part in (person.name, person.work) if part)


class FillForm(Form):
    """Who fills a seat, as what, from when."""

    person = _PersonField(
        Person.objects.none(),
        label="Who?",
        help_text="Somebody new is added under Partners, People first.",
    )
    kind = forms.ChoiceField(
        label="As what?",
        choices=[(key.value, label) for key, label in HOLDING_LABELS.items()],
        widget=forms.RadioSelect,
        initial=HoldingKind.HOLDER.value,
    )
    starts_on = BoxesDateField(label="First day", what="first day")
    ends_on = BoxesDateField(
        label="Last day, where it is known", what="last day", required=False, help_text="Both days count."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Person.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
        offer_rows(self, "person", here.select_related("agency", "user").order_by("name", "id"))


class EndSeatForm(Form):
    """Until when a seat stands."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ends_on = BoxesDateField(
        label="Last day of the seat",
        what="last day",
        help_text="Whoever is in it then leaves it on that day.",
    )


class LeaveForm(CarefulForm):
    """Somebody's last day in a seat, or that they never held it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ends_on = BoxesDateField(label="Last day in the seat", what="last day", required=False)
    reason = forms.CharField(label="Why? (if it is worth telling)", max_length=300, required=False)
    is_mistake = forms.BooleanField(label="They never held it: this was entered by mistake", required=False)

    def clean(self) -> None:
        """A last day is needed where there was a first."""
        given = self.cleaned_data
        if not given.get("is_mistake") and "ends_on" in given and given["ends_on"] is None:
            self.add_error("ends_on", "Enter the last day")
