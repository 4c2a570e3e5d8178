"""Forms of imports: upload, what the document is, one row, its owners, and whose words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sightline.partners import selectors as partners
from sightline.partners.choices import PARTY_LABELS, PartyKind
from sightline.partners.rules import PartyName
from sightline.plans import permissions
from sightline.plans.choices import IMPORT_LABELS, ImportState, PlanState
from sightline.plans.rules.importing import CELL_LABELS, OTHER
from sightline.plans.rules.merging import Side
from sightline.plans.selectors import plans_visible_to
from sightline.plans.selectors.preview import OwnerShown, RowShown
from sightline.plans.services.imports import OwnerDecision
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, FilterForm, Form, offer_rows

FORMATS = ".docx,.xlsx,.csv,.tsv,.pdf,.html,.htm,.md,.txt"
LONG_CELLS = frozenset({"action", "update", "outcome"})


class ImportFilter(FilterForm):
    """The filter of the list of imports."""

    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *((s.value, IMPORT_LABELS[s]) for s in ImportState)]
    )

    def narrow(self, rows: Any) -> Any:
        """Imports in the state asked for."""
        state = self.chosen.get("state")
        return rows.filter(state=state) if state else rows


class RowFilter(FilterForm):
    """The filter of a preview's rows."""

    doubts = forms.BooleanField(label="Only rows with a warning")

    def narrow(self, rows: Any) -> Any:
        """The rows that carry a warning, where those are asked for."""
        return [row for row in rows if has_doubt(row)] if self.chosen.get("doubts") else rows


def has_doubt(row: RowShown) -> bool:
    """Whether the row or one of its cells carries a warning."""
    return bool(row.warnings) or any(cell.warnings for cell in row.cells)


class AboutForm(CarefulForm):
    """Which plan a document is, whose, and which day it speaks of."""

    plan: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Plan", queryset=None, required=False, empty_label="A new plan, named below",
        help_text="Choose the plan if this is a new version of its document.",
    )  # fmt: skip
    plan_name = forms.CharField(label="Name of the new plan", required=False, max_length=200)
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Group that owns the new plan", queryset=None, required=False, empty_label="Not said"
    )
    plan_state = forms.TypedChoiceField(
        label="How does the new plan stand?",
        choices=[
            (PlanState.IN_FORCE.value, "It is in force: it has been approved"),
            (PlanState.DRAFT.value, "It is a draft: a group has yet to approve it"),
        ],
        coerce=PlanState,
        empty_value=PlanState.IN_FORCE,
        initial=PlanState.IN_FORCE,
        required=False,
        widget=forms.RadioSelect,
    )
    as_at = BoxesDateField(
        label="Which day does the document speak of?",
        help_text="Its ratings and updates will carry that day. For example, 30 11 2026.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: permissions.Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "plan", plans_visible_to(user))
        offer_rows(self, "group", partners.groups(user))

    def clean(self) -> dict[str, Any]:
        """A plan there is wins over a name."""
        given = super().clean() or self.cleaned_data
        if given.get("plan"):
            given["plan_name"], given["group"] = "", None
        return given


class UploadForm(AboutForm):
    """A document and what is known of it; the plan and the day may also be said later, beside the preview."""

    file = forms.FileField(
        label="Document",
        help_text="Word, Excel, PDF, CSV, web page, Markdown or text, up to 20 MB and 200 pages.",
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={
            "required": "Choose the document.",
            "empty": "The file is empty; choose the document again.",
        },
    )
    field_order = ("file", "plan", "plan_name", "group", "plan_state", "as_at")

    @property
    def upload(self) -> UploadedFile[bytes]:
        """The file as it was sent."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return sent


class RowForm(Form):
    """The cells of one row as they will be imported, each with what the paper printed and its warnings as a hint."""

    set_aside = forms.BooleanField(
        label="Leave this row out",
        required=False,
        help_text="Its words are kept with the import and counted as set aside.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: RowShown, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, "set_aside": row.is_set_aside}
        super().__init__(*args, **kwargs)
        self.row = row
        for number, cell in enumerate(row.cells):
            self.fields[f"cell{number}"] = _cell_field(
                cell.name, cell.label, cell.text, cell.warnings, cell.was
            )
        self.order_fields([*(f"cell{n}" for n in range(len(row.cells))), "set_aside", "version"])

    def differences(self) -> list[tuple[str, str]]:
        """What stands now where it is not what was sent: shown when somebody else saved first."""
        sent = ((cell, self[f"cell{number}"].value() or "") for number, cell in enumerate(self.row.cells))
        return [(cell.label, cell.text) for cell, text in sent if text.replace("\r\n", "\n") != cell.text]

    def changes(self) -> dict[str, str]:
        """What the services take: cell name → words, for every cell that differs from what was shown."""
        given = {
            cell.name: self.cleaned_data[f"cell{number}"].replace("\r\n", "\n")
            for number, cell in enumerate(self.row.cells)
        }
        changed = {c.name: given[c.name] for c in self.row.cells if given[c.name] != c.text}
        return changed | {"set_aside": "yes" if self.cleaned_data["set_aside"] else ""}


def _cell_field(
    name: str, label: str, text: str, warnings: Sequence[str], was: str | None
) -> forms.CharField:
    hints = [*warnings, *([f"Printed: {was or 'nothing'}"] if was is not None else [])]
    if name == "owners":
        hints.append("One owner on each line.")
    wide = name in LONG_CELLS or name.startswith(OTHER) or "\n" in text or len(text) > 80
    widget = forms.Textarea(attrs={"rows": 4}) if wide else forms.TextInput()
    return forms.CharField(
        label=label or CELL_LABELS.get(name, name),
        required=False,
        initial=text,
        strip=False,
        help_text=" ".join(hints),
        widget=widget,
    )


class OwnersForm(Form):
    """Who each unknown owner is: somebody there is, somebody new, or words kept as they are."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        owners: Sequence[OwnerShown],
        names: Sequence[PartyName],
        version: int,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"version": version}
        super().__init__(*args, **kwargs)
        self.owners = owners
        everybody = _everybody(names)
        for number, owner in enumerate(owners):
            self.fields[f"owner{number}"] = _owner_field(owner, everybody)

    def decisions(self) -> dict[str, OwnerDecision]:
        """What was decided about each printed owner."""
        return {
            owner.raw: _decision(self.cleaned_data[f"owner{number}"], owner.raw)
            for number, owner in enumerate(self.owners)
        }


def _owner_field(owner: OwnerShown, everybody: list[tuple[str, str]]) -> forms.ChoiceField:
    likely = [(f"{s.kind}:{s.id}", f"{s.title} ({PARTY_LABELS[s.kind].lower()})") for s in owner.suggestions]
    new = [(f"new:{kind}", f"A new {PARTY_LABELS[kind].lower()} of this name") for kind in PartyKind]
    choices: list[Any] = [("text", "Nobody: keep the words")]
    if likely:
        choices.append(("Most like it", likely))
    choices += [("Somebody new", new), ("Everybody", everybody)]
    rows = ", ".join(str(index + 1) for index in owner.rows)
    return forms.ChoiceField(
        label=f"“{owner.raw}”",
        help_text=f"Row{'' if len(owner.rows) == 1 else 's'} {rows}.",
        choices=choices,
        initial=_chosen(owner.decision),
    )


def _everybody(names: Sequence[PartyName]) -> list[tuple[str, str]]:
    found = {f"{n.kind}:{n.id}": f"{n.title} ({PARTY_LABELS[n.kind].lower()})" for n in names}
    return sorted(found.items(), key=lambda item: item[1].casefold())


def _chosen(decision: Mapping[str, str] | None) -> str:
    if not decision or decision["as"] == "text":
        return "text"
    return f"{decision['as']}:{decision['id']}" if "id" in decision else f"new:{decision['as']}"


def _decision(answer: str, raw: str) -> OwnerDecision:
    if answer == "text":
        return OwnerDecision()
    kind, _, rest = answer.partition(":")
    if kind == "new":
        return OwnerDecision(PartyKind(rest), name=raw)
    return OwnerDecision(PartyKind(kind), id=int(rest))


class ChangesForm(Form):
    """Whose words stand, cell by cell, and which action a doubtful row is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        cells: Mapping[str, Side],
        asked: Mapping[str, Sequence[tuple[str, str]]],
        version: int,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"version": version}
        super().__init__(*args, **kwargs)
        self.keys = [*cells, *asked]
        for number, key in enumerate(self.keys):
            self.fields[f"choice{number}"] = (
                _side_field(cells[key]) if key in cells else _asked_field(asked[key])
            )

    def choices(self) -> Iterator[tuple[str, str]]:
        """Every question with its answer, those answered."""
        for number, key in enumerate(self.keys):
            answer = self.cleaned_data[f"choice{number}"]
            if answer:
                yield key, "" if answer == "new" else answer

    def by_key(self) -> dict[str, forms.BoundField]:
        """Each question's field."""
        return {key: self[f"choice{number}"] for number, key in enumerate(self.keys)}


def _side_field(chosen: Side) -> forms.ChoiceField:
    words = [(Side.LIVE.value, "The plan’s"), (Side.PAPER.value, "The document’s")]
    return forms.ChoiceField(
        label="Whose words stand?", choices=words, initial=chosen.value, widget=forms.RadioSelect
    )


def _asked_field(candidates: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    choices = [("", "Choose"), *candidates, ("new", "None of these: a new action")]
    return forms.ChoiceField(label="Which action is this row?", choices=choices, required=False)
