"""Forms of case lists, conflicts of interest and break-glass."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from sightline.access.models import User
from sightline.events.choices import Tier
from sightline.knowing.rules import numbers
from sightline.knowing.selectors import may_be_listed
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import CarefulForm, Form, offer_rows


class ListForm(Form):
    """Somebody to be put on a record's list."""

    person: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label="Who needs to know?",
        queryset=User.objects.none(),
        help_text="People whose roles read records like this",
    )
    reason = CharacterCountField(
        label="Why do they need to know?", help_text="For example: chairs the rapid review", max_length=500
    )
    starts_on = BoxesDateField(label="First day", what="first day")
    ends_on = BoxesDateField(label="Last day", what="last day", help_text="It ends by itself after this day")

    def __init__(self, *args: Any, tier: Tier, on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": on, "ends_on": on + timedelta(days=numbers().list_days)})
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", may_be_listed(tier, on))


class ReasonForm(Form):
    """Why something ends."""

    reason = CharacterCountField(label="Why does it end?", max_length=500)


class OwnConflictForm(CarefulForm):
    """One's own conflict of interest."""

    reference = forms.CharField(
        label="Reference of the record",
        max_length=100,
        help_text="As you were given it, for example on an agenda. Whether there is such a record is not checked, and "
        "not told.",
        widget=forms.TextInput(attrs={"width": 20, "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = CharacterCountField(
        label="What is it about?",
        help_text="Enough for the business unit to understand it. Name no child.",
        max_length=500,
    )


class ConflictForm(OwnConflictForm):
    """A conflict of interest of somebody else, kept by the unit."""

    field_order = ("email", "reference", "reason")

    email = forms.EmailField(label="Whose is it?", help_text="The e-mail address they sign in with")


class ListedConflictForm(Form):
    """A conflict of interest with the record at hand, kept by whoever keeps its list."""

    email = forms.EmailField(label="Who must not read it?", help_text="The e-mail address they sign in with")
    reason = CharacterCountField(label="Why?", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="conflict-%s", **kwargs)


class GlassForm(Form):
    """A record to be opened without being on its list."""

    reference = forms.CharField(
        label="Reference of the record",
        max_length=100,
        help_text="The whole of it, as you were given it",
        widget=forms.TextInput(attrs={"width": 20, "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = CharacterCountField(
        label="Why must you read it now?",
        help_text="What is happening, and why nobody on its list can help. It is read by those who look into this. "
        "Name no child.",
        max_length=1_000,
        min_length=20,
    )


class FindingForm(Form):
    """What was found when a use of break-glass was looked into."""

    finding = CharacterCountField(
        label="What did you find?",
        help_text="Whether it was needed, whom you spoke to, and what follows",
        max_length=2_000,
    )
