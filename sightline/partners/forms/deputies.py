"""The form with which somebody hands a role to a deputy."""

from __future__ import annotations

from django import forms

from sightline.access.rules import most_days_lent
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import Form


class DeputyForm(Form):
    """To whom, from when until when."""

    to = forms.EmailField(
        label="E-mail address of your deputy",
        max_length=254,
        help_text="The one they sign in with.",
        widget=forms.EmailInput(attrs={"width": 20, "autocomplete": "off"}),
    )
    starts_on = BoxesDateField(label="First day", what="first day")
    ends_on = BoxesDateField(
        label="Last day",
        what="last day",
        help_text=f"At most {most_days_lent()} days, the first and the last counted.",
    )
