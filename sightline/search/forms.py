"""The search box."""

from __future__ import annotations

from django import forms

from sightline.screens.forms import FilterForm, offer
from sightline.search.registry import kinds

LONGEST = 200


class SearchForm(FilterForm):
    """What to look for, among which kind of record, and whether other words of the same meaning count."""

    q = forms.CharField(label="Search for", max_length=LONGEST)
    kind = forms.ChoiceField(label="Kind")
    exact = forms.BooleanField(label="Exactly these words")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known = [(kind.key, kind.label[1]) for kind in kinds().values()]
        offer(self, "kind", [("", "Everything"), *known])
