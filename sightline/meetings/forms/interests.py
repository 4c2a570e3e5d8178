"""What is asked about an interest that somebody declares at a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from sightline.meetings.choices import INTEREST_LABELS, Part
from sightline.meetings.models import Item
from sightline.meetings.rules.agenda import Placed
from sightline.meetings.selectors.meetings import PlaceThen
from sightline.meetings.services.interests import InterestGiven
from sightline.screens.asking import SeenForm, words_field
from sightline.screens.forms import offer

NOBODY, GUEST = "nobody", "guest"
A_GUEST = "A guest"


class InterestForm(SeenForm):
    """Who declared it, about which item, what it is and what was done; or that nobody declared any."""

    who = forms.ChoiceField(label="Who declared an interest?")
    item = forms.ChoiceField(label="Which item does it touch?", required=False)
    text = words_field("What is the interest?", "As it was said. No names of children", 3)
    part = forms.ChoiceField(
        label="What was done?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(each.value, label) for each, label in INTEREST_LABELS.items()],
    )

    def __init__(
        self, *args: Any, places: Sequence[PlaceThen], items: Iterable[Placed[Item]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.places = {f"{each.then.seat.pk}-{each.place}": each for each in places if not each.is_vacant}
        self.items = {str(each.what.pk): each.what for each in items}
        seats = [(key, each.label) for key, each in self.places.items()]
        nobody = (NOBODY, "Nobody: everybody was asked")
        offer(self, "who", [("", "Choose"), nobody, *seats, (GUEST, A_GUEST)])
        told = [(str(each.what.pk), f"{each.place}. {each.what.title}") for each in items]
        offer(self, "item", [("", "No item in particular"), *told])

    @property
    def is_nil(self) -> bool:
        """Whether nobody declared anything."""
        return bool(self.cleaned_data["who"] == NOBODY)

    def clean(self) -> dict[str, Any]:
        """Whoever declared something said what, and something was done about it; nobody said nothing."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("who") == NOBODY and said.get("text"):
            self.add_error("text", "Say who declared it, or leave this empty")
        if said.get("who") not in (None, NOBODY):
            if not said.get("text"):
                self.add_error("text", "Say what the interest is")
            if not said.get("part"):
                self.add_error("part", "Choose what was done about it")
        return said

    def given(self) -> InterestGiven:
        """What a service takes."""
        said = self.cleaned_data
        place = self.places.get(said["who"])
        return InterestGiven(
            who=place.label if place else A_GUEST,
            text=said["text"],
            part=Part(said["part"]),
            seat=place.then.seat if place else None,
            item=self.items.get(said["item"]),
        )


class InterestMistakeForm(SeenForm):
    """Why an interest does not count."""

    why = forms.CharField(
        label="What was wrong with it?",
        max_length=300,
        help_text="It stays in the records and counts no more. No names of children",
    )
