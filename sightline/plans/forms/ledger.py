"""Filters of the ledger, and forms of what is said of a recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from sightline.partners.selectors import matching_text
from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    IMPACT_STEPS,
    LABELS,
    STEP_LABELS,
    STEP_MEANINGS,
    Acceptance,
    EvidenceQuarter,
    LedgerTo,
    ReceivedHow,
    SourceKind,
    Step,
)
from sightline.plans.forms.asking import how_field
from sightline.plans.forms.table import theme_choices
from sightline.plans.rules.ledger import paragraphs_of, standard
from sightline.plans.selectors.ledger import LedgerFilter
from sightline.plans.services.ledger import Said
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import CharacterCountField
from sightline.screens.forms import FilterForm, offer

ALL = ("", "All")
IMPACT = "impact"
NO_IMPACT = "no-impact"
QUARTERS = [(quarter.value, LABELS[quarter]) for quarter in EvidenceQuarter]


class LedgerRowsFilter(FilterForm):
    """What a ledger can be narrowed by; those it is addressed to are given."""

    words = forms.CharField(
        label="Words", help_text="In the recommendation, its number, or whom it is addressed to"
    )
    kind = forms.ChoiceField(
        label="Kind of source", choices=[ALL, *((k.value, LABELS[k]) for k in SourceKind)]
    )
    to = forms.ChoiceField(label="Addressed to", choices=[ALL])
    acceptance = forms.ChoiceField(
        label="Accepted",
        choices=[ALL, *((a.value, ACCEPTANCE_LABELS[a]) for a in Acceptance), ("unknown", "Not recorded")],
    )
    step = forms.ChoiceField(
        label="Ladder",
        choices=[
            ALL,
            (IMPACT, "Counts as impact"),
            (NO_IMPACT, "Does not count as impact"),
            *((str(int(s)), STEP_LABELS[s]) for s in Step),
        ],
    )
    overdue = forms.BooleanField(label="Progress overdue")
    theme = forms.ChoiceField(label="Theme", choices=theme_choices)

    def __init__(
        self, *args: Any, parties: Iterable[tuple[str, str]] = (), one_source: bool = False, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        if one_source:
            del self.fields["kind"]
        offer(self, "to", [ALL, *parties, *((to.value, LABELS[to]) for to in LedgerTo)])

    def narrow(self, rows: Any) -> Any:
        """The rows with every word that fit the answers."""
        said = self.chosen
        if words := said.get("words"):
            fields = ("recommendation__number", "recommendation__title", "recommendation__text", "raw",
                      "agency__name", "group__name", "recommendation__source__title")  # fmt: skip
            rows = matching_text(rows, words, fields)
        kind, _, key = str(said.get("to", "")).partition(":")
        step = said.get("step", "")
        wanted = LedgerFilter(
            kind=said.get("kind", ""),
            agency=key if kind == "agency" else "",
            group=key if kind == "group" else "",
            to="" if key else kind,
            acceptance=said.get("acceptance", ""),
            step=int(step) if step.isdigit() else None,
            impact={IMPACT: True, NO_IMPACT: False}.get(step),
            late_on=timezone.localdate() if said.get("overdue") else None,
            theme=said.get("theme", ""),
        )
        return wanted.narrow(rows)


def milestones() -> list[tuple[str, str]]:
    """The times of which progress is told."""
    told = [(str(m), f"At {m} months after publication") for m in standard().progress_months]
    return [*told, ("0", "At another time")]


def _paragraphs(label: str, hint: str, rows: int) -> CharacterCountField:
    return CharacterCountField(label=label, max_length=20_000, rows=rows, required=False, help_text=hint)


class SayingForm(SeenForm):
    """Words of a day: those that may be published, and those for partners only."""

    public = _paragraphs("Text that may be published", "Each line is a paragraph. No names of children", 5)
    private = _paragraphs(
        "Text for partners only", "Left out of the published addendum. No names of children", 3
    )
    as_at = as_at_field("Of which day is this?")
    said_by = said_by_field()
    received_how = how_field()

    def said(self) -> Said:
        """The words as services take them."""
        given = self.cleaned_data
        return Said(
            as_at=given["as_at"],
            public=paragraphs_of(given["public"]),
            private=paragraphs_of(given["private"]),
            said_by=given["said_by"],
            received_how=ReceivedHow(given["received_how"]),
        )


class AcceptForm(SayingForm):
    """Is it accepted, and if not whole: why?"""

    value = forms.ChoiceField(
        label="Is it accepted?",
        choices=[(a.value, ACCEPTANCE_LABELS[a]) for a in Acceptance],
        widget=forms.RadioSelect,
    )
    public = _paragraphs("Why: text that may be published", "Needed where it is not accepted whole", 3)
    private = _paragraphs("Why: for partners only", "Left out of the published addendum", 3)
    field_order = ("seen", "value")


class ProgressForm(SayingForm):
    """How far it has come, at one of the milestones or at another time."""

    months = forms.ChoiceField(label="Which progress is this?", widget=forms.RadioSelect)
    field_order = ("seen", "months")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "months", milestones())

    def months_given(self) -> int | None:
        """The milestone; None for another time."""
        return int(self.cleaned_data["months"]) or None


class LedgerEvidenceForm(SayingForm):
    """Something that shows a difference."""

    quarter = forms.ChoiceField(
        label="What kind of evidence is it?", choices=QUARTERS, widget=forms.RadioSelect
    )
    public = _paragraphs("What does it show? Text that may be published", "No names of children", 4)
    private = _paragraphs("For partners only", "Left out of the published addendum", 3)
    field_order = ("seen", "quarter")


class StepForm(SayingForm):
    """On which step of the ladder it stands now, and what shows it."""

    step = forms.ChoiceField(
        label="On which step does it stand now?",
        choices=[
            (
                str(int(s)),
                f"{STEP_LABELS[s]}. {STEP_MEANINGS[s]}{' Counts as impact.' if s in IMPACT_STEPS else ''}",
            )
            for s in Step
        ],
        widget=forms.RadioSelect,
    )
    quarter = forms.ChoiceField(
        label="What kind of evidence shows it?",
        choices=[("", "None yet"), *QUARTERS],
        required=False,
        help_text="Needed for the two steps that count as impact",
    )
    public = _paragraphs(
        "What shows it? Text that may be published", "What was done, or found. No names of children", 4
    )
    private = _paragraphs("For partners only", "Left out of the published addendum", 3)
    field_order = ("seen", "step", "quarter")


class ThemesForm(SeenForm):
    """What a recommendation or an action is about."""

    title_field = "themes"
    themes = forms.MultipleChoiceField(
        label="What is it about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that fit. Those its words suggest come first; nothing is chosen for you.",
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "themes", list(choices))
