"""Who came, for all seats on one page: one status and one name a place, and guests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms

from sightline.meetings.choices import ATTENDANCE_LABELS, Attendance
from sightline.meetings.selectors.invitations import Expected
from sightline.meetings.selectors.meetings import PlaceThen
from sightline.meetings.services import CameGiven
from sightline.screens.asking import SeenForm

NOT_SAID = ("", "Not entered")
STATUSES = [NOT_SAID, *((each.value, label) for each, label in ATTENDANCE_LABELS.items())]


def key_of(place: PlaceThen) -> str:
    """How the fields of a place begin."""
    return f"{place.then.seat.pk}-{place.place}"


class AttendingForm(SeenForm):
    """Two fields for every place that anybody could fill, `others` for all that were left, and guests.

    `expected`: what members answered, by place. It stands in the fields as a suggestion until somebody saves it.
    """

    others = forms.ChoiceField(
        label="All who were not entered above",
        choices=[
            ("", "Leave them as not entered"),
            *((s.value, ATTENDANCE_LABELS[s]) for s in (Attendance.PRESENT, Attendance.ABSENT)),
        ],
        required=False,
    )
    guests = forms.CharField(
        label="Guests",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line: name, where from",
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[PlaceThen],
        expected: Mapping[str, Expected] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = [place for place in places if not place.is_vacant]
        for place in self.places:
            self._ask(place, expected.get(key_of(place)))

    def _ask(self, place: PlaceThen, said: Expected | None) -> None:
        key, row = key_of(place), place.row
        status = forms.ChoiceField(
            label=f"Attendance of {place.then.title}",
            choices=STATUSES,
            required=False,
            initial=said.status.value if said else row.status if row else "",
        )
        holder = place.holder.person.name if place.holder else ""
        who = row.who if row and row.who != holder else ""
        who = said.name if said else who
        name = forms.CharField(
            label=f"Who came for {place.then.title}", max_length=200, required=False, initial=who
        )
        self.fields |= {f"{key}-status": status, f"{key}-who": name}

    def came(self) -> dict[tuple[int, int], CameGiven]:
        """What was said of each place; `others` of those of which nothing was said."""
        said, others = self.cleaned_data, self.cleaned_data["others"]
        found = {}
        for place in self.places:
            key = key_of(place)
            if status := said[f"{key}-status"] or others:
                found[(place.then.seat.pk, place.place)] = CameGiven(Attendance(status), said[f"{key}-who"])
        return found

    def guest_lines(self) -> list[str]:
        """Each guest as typed."""
        return str(self.cleaned_data["guests"]).splitlines()

    def tell(self, field: str, sentence: str) -> None:
        """Put a refusal beside what it is about: "SEAT-PLACE" stands for the name asked there."""
        named = f"{field}-who"
        self.add_error(named if named in self.fields else field if field in self.fields else None, sentence)
