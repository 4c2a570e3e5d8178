"""Uploading a membership list, and saying what its doubtful rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sightline.governance.choices import LEFT_TO_LIST, NEW, NOBODY
from sightline.governance.rules.lists import Decision, Printed, Proposal, persons_called
from sightline.governance.selectors.lists import Preview
from sightline.partners.rules import PartyName
from sightline.screens.asking import SeenForm
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import Form

FORMATS = ".docx,.xlsx,.csv,.tsv,.pdf,.md,.txt"
LATER = (LEFT_TO_LIST, "Not said yet: leave the row out")
Choices = list[Any]


def _day(**given: Any) -> BoxesDateField:
    return BoxesDateField(
        label="Of which day is the list?",
        help_text="Whoever is new on it is in their seat from that day, or before. For example, 31 3 2026.",
        **given,
    )


class UploadForm(Form):
    """A membership list; its day may also be said later, beside the preview."""

    file = forms.FileField(
        label="Membership list",
        help_text="Word, Excel, CSV, PDF or text, up to 20 MB: also one that was taken away from Sightline.",
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={"required": "Choose the list.", "empty": "The file is empty; choose the list again."},
    )
    as_at = _day(required=False)

    @property
    def upload(self) -> UploadedFile[bytes]:
        """The file as it was sent."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return sent


class WithdrawForm(SeenForm):
    """Why a confirmed list is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=300, help_text="Such as: it was the list of another year"
    )


class RowsForm(Form):
    """Of which day the list is, and what stands for rows that could be two things."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    as_at = _day()
    out = forms.MultipleChoiceField(
        label="Rows to leave out",
        help_text="They are kept with the list, and counted as left out.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stay = forms.MultipleChoiceField(
        label="Not on the list, and still in their seat",
        help_text="Whoever is not ticked leaves their seat on the day before the list.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        shown: Preview,
        decisions: Mapping[int, Decision],
        people: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [each.row for each in shown.proposals]
        self.organisations: dict[str, str] = {}
        self._ask_for_agencies(shown, decisions)
        for each in shown.proposals:
            self._ask_for_row(each, shown, decisions.get(each.row.index, Decision()))
        self._ask(
            "out",
            [(str(row.index), _told(row)) for row in self.rows],
            [str(n) for n, d in decisions.items() if d.out],
        )
        self._ask(
            "stay",
            [(str(each.person), people[each.person]) for each in shown.leaving],
            [str(number) for number in sorted(shown.staying)],
        )
        self.order_fields(["version", "as_at", *(n for n in self.fields if n[-1].isdigit()), "out", "stay"])

    def decisions(self) -> dict[int, Decision]:
        """What was said of each row."""
        given, out = self.cleaned_data, set(self.cleaned_data.get("out", ()))
        return {
            row.index: Decision(
                agency=given.get(self.organisations.get(row.organisation, ""), LEFT_TO_LIST),
                person=given.get(f"person{row.index}", LEFT_TO_LIST),
                seat=given.get(f"seat{row.index}", LEFT_TO_LIST),
                out=str(row.index) in out,
            )
            for row in self.rows
        }

    def staying(self) -> list[int]:
        """Who is not on the list and stays in their seat."""
        return [int(number) for number in self.cleaned_data.get("stay", ())]

    def _ask(self, name: str, choices: Choices, initial: list[str]) -> None:
        field: Any = self.fields[name]
        field.choices, field.initial = choices, initial
        if not choices:
            del self.fields[name]

    def _ask_for_agencies(self, shown: Preview, decisions: Mapping[int, Decision]) -> None:
        """Each agency that nobody knows is asked for once, however many rows name it."""
        for each in shown.proposals:
            text, said = each.row.organisation, decisions.get(each.row.index, Decision()).agency
            if not text or text in self.organisations or not (said or each.likely or _is_unknown(each)):
                continue
            name = f"agency{len(self.organisations)}"
            self.organisations[text] = name
            rows = ", ".join(row.name for row in self.rows if row.organisation == text)
            self.fields[name] = forms.ChoiceField(
                label=f"Which agency is “{text}”?",
                help_text=f"Named by {rows}. An answer is remembered as another of its names.",
                choices=_agencies(each, shown.known.names),
                initial=said,
                required=False,
            )

    def _ask_for_row(self, each: Proposal, shown: Preview, said: Decision) -> None:
        row = each.row
        same = persons_called(row.name, shown.known.names) if row.name else []
        if same and (said.person or (each.person is None and not each.new_person)):
            self.fields[f"person{row.index}"] = forms.ChoiceField(
                label=f"Who is {row.name}?",
                help_text=_told(row),
                choices=[
                    LATER,
                    *((str(one.id), _at(one, shown.known.names)) for one in same),
                    (NEW, "Somebody new"),
                ],
                initial=said.person,
                required=False,
            )
        if said.seat or (each.reason and not each.seat and not each.new_seat and shown.seats and row.name):
            self.fields[f"seat{row.index}"] = forms.ChoiceField(
                label=f"Which seat is {row.name}’s?",
                help_text=_told(row),
                choices=[
                    (LEFT_TO_LIST, "As the list says it"),
                    *(
                        (str(seat.id), f"{seat.title} ({seat.position.lower()})")
                        for seat in shown.known.seats
                    ),
                    (NEW, "A new seat"),
                ],
                initial=said.seat,
                required=False,
            )


def _is_unknown(each: Proposal) -> bool:
    return bool(each.reason) and each.agency is None and each.reason.startswith("No agency")


def _agencies(each: Proposal, names: tuple[PartyName, ...] | Any) -> Choices:
    likely = [(str(s.id), s.title) for s in each.likely]
    everybody = sorted(
        {(str(n.id), n.title) for n in names if n.kind == "agency"}, key=lambda one: one[1].casefold()
    )
    new = [(NEW, "A new agency of this name"), (NOBODY, "No agency: a role in words")]
    return [
        LATER,
        *([("Most like it", likely)] if likely else []),
        ("Otherwise", new),
        ("Every agency", everybody),
    ]


def _told(row: Printed) -> str:
    parts = (row.name or "Nobody", row.organisation, row.post, row.seat)
    return ", ".join(part for part in parts if part)


def _at(one: PartyName, names: Any) -> str:
    agency = next((n.title for n in names if n.kind == "agency" and n.id == one.agency_id), "")
    return f"{one.title}, {agency}" if agency else f"{one.title}, of no agency"
