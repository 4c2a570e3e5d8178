"""The filter of whom a round asks, what the unit does about one of them, and whose words it types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from sightline.partners.selectors import matching_text
from sightline.requests.choices import ANSWERING_LABELS, TYPED_LABELS, Answering, ToldHow
from sightline.screens.forms import CarefulForm, FilterForm, Form, offer

ALL = ("", "All")
AGAIN, END = "again", "end"
_STATES: dict[str, Q] = {
    Answering.ANSWERED: Q(answers__gt=0),
    Answering.SILENT: Q(answers=0, ended_at=None, came_back=None, mailed_at__isnull=False),
    Answering.RETURNED: Q(answers=0, ended_at=None, came_back__isnull=False),
    Answering.WAITING: Q(answers=0, ended_at=None, came_back=None, mailed_at=None),
    Answering.ENDED: Q(answers=0, ended_at__isnull=False),
}


class AskedFilter(FilterForm):
    """What the list of those asked can be narrowed by; their agencies are given."""

    words = forms.CharField(label="Words", help_text="In the name or the address")
    state = forms.ChoiceField(
        label="Answer", choices=[ALL, *((state.value, label) for state, label in ANSWERING_LABELS.items())]
    )
    agency = forms.ChoiceField(label="Agency", choices=[ALL])

    def __init__(self, *args: Any, agencies: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", [ALL, *((name, name) for name in agencies)])

    def narrow(self, rows: Any) -> Any:
        """Those asked who fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, ("name", "email"))
        if state := said.get("state"):
            rows = rows.filter(_STATES[state])
        return rows.filter(agency__name=said["agency"]) if said.get("agency") else rows


class AskedForm(Form):
    """Sending somebody a new link, or ending theirs."""

    do = forms.ChoiceField(
        label="What is to be done?",
        choices=[
            (AGAIN, "Send a new link: the earlier ones stop working"),
            (END, "End the link: it opens nothing any more, and nobody is reminded for this"),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="The new link goes there: an address that only they read",
        widget=forms.EmailInput(attrs={"width": 20, "spellcheck": "false"}),
    )


class TypedForm(CarefulForm):
    """Whose words the unit types, and how they came."""

    said_by = forms.CharField(label="Who told you?", max_length=200)
    received_how = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(how.value, label) for how, label in TYPED_LABELS.items()],
        widget=forms.RadioSelect,
        initial=ToldHow.TELEPHONE.value,
    )
