"""What is asked of people about an action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.documents.choices import ACCEPTED, MEGABYTE, MOST_AT_ONCE, MOST_BYTES
from sightline.plans.choices import (
    IMPACT_LABELS,
    LABELS,
    DeliveryRating,
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    ImpactRating,
)
from sightline.plans.forms.asking import how_field
from sightline.plans.rules.states import Move
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import BoxesDateField, CharacterCountField, FilesField
from sightline.screens.forms import offer

MOST = 4_000
SHORT_TEXT = 1_000
COLOURS = (DeliveryRating.GREEN, DeliveryRating.AMBER, DeliveryRating.RED)
NO, YES, STILL, GONE = "no", "yes", "still", "gone"
BETTER = "A sentence is needed where you say it is better than dates and evidence suggest"
Choices = list[tuple[str, str]]


class UpdateForm(SeenForm):
    """An account of what has happened; with it, if wanted, how delivery stands and what is in the way."""

    text = CharacterCountField(
        label="What has happened since?",
        max_length=MOST,
        rows=6,
        help_text="What was done, and what difference it makes. No names of children.",
    )
    publishable = CharacterCountField(
        label="What of it may be published?",
        max_length=SHORT_TEXT,
        rows=2,
        required=False,
        help_text="A sentence that anybody may read. What you wrote above is never published. "
        "Leave it empty to publish nothing.",
    )
    dated_on = as_at_field("Which day does it speak of?")
    said_by = said_by_field()
    received_how = how_field()
    delivery = forms.ChoiceField(
        label="How does delivery stand?",
        widget=forms.RadioSelect(attrs={"offer_empty": True}),
        required=False,
        choices=[("", "I do not rate it now"), *((r.value, LABELS[r]) for r in COLOURS)],
    )
    reason = forms.CharField(
        label="Why that rating?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=BETTER,
    )
    answers = forms.ChoiceField(
        label="Does this answer the question?",
        widget=forms.RadioSelect,
        choices=[(YES, "Yes"), (NO, "No, it goes on waiting")],
        initial=YES,
    )
    blocked = forms.ChoiceField(label="Is something in the way?", widget=forms.RadioSelect, choices=[])
    hindrance = forms.CharField(
        label="What is in the way?", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        may_rate: bool,
        is_blocked: bool,
        question: str = "",
        may_publish: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publishable"]
        if not question:
            del self.fields["answers"]
        if not may_rate:
            del self.fields["delivery"], self.fields["reason"]
        blocked: Any = self.fields["blocked"]
        if is_blocked:
            blocked.choices = [(STILL, "Yes, still the same"), (GONE, "No longer: it can go on")]
            blocked.initial = STILL
            del self.fields["hindrance"]
        else:
            blocked.choices = [(NO, "No"), (YES, "Yes, it cannot go on")]
            blocked.initial = NO


class RateForm(SeenForm):
    """One of the two ratings."""

    value = forms.ChoiceField(label="How does it stand?", widget=forms.RadioSelect, choices=[])
    reason = forms.CharField(
        label="Why?", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=BETTER
    )
    as_at = as_at_field("As at which day?")
    said_by = said_by_field()
    received_how = how_field()

    def __init__(self, *args: Any, dimension: Dimension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Choices = [(r.value, LABELS[r]) for r in DeliveryRating]
        if dimension == Dimension.IMPACT:
            offered = [(r.value, IMPACT_LABELS[r]) for r in ImpactRating]
        offer(self, "value", offered)


class StateForm(SeenForm):
    """The next state; only moves the person may make are offered."""

    to = forms.ChoiceField(label="What is true now?", widget=forms.RadioSelect, choices=[])
    as_at = as_at_field()
    reason = forms.CharField(
        label="Why?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to close, replace or reopen an action",
    )

    def __init__(self, *args: Any, moves: Iterable[Move[DeliveryState]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        offered = list(moves)
        field.choices = [(m.to_state.value, LABELS[m.to_state]) for m in offered]
        field.choice_hints = {m.to_state.value: m.sentence for m in offered}


QUARTER_HINTS = {
    EvidenceQuarter.DATA: "Figures that moved: rates, times, numbers",
    EvidenceQuarter.AUDIT: "What was seen in case files",
    EvidenceQuarter.CHILDREN: "What children and families say is different",
    EvidenceQuarter.PRACTITIONERS: "What practitioners say and do differently",
}


def files_field(*, required: bool) -> FilesField:
    """One file or several that show something."""
    size = MOST_BYTES // MEGABYTE
    return FilesField(
        label="Files that show it" if required else "Files that show it (optional)",
        required=required,
        help_text=f"{ACCEPTED}; each up to {size} MB, {MOST_AT_ONCE} at once. No names of children.",
    )


class EvidenceForm(SeenForm):
    """Something that shows a difference."""

    quarter = forms.ChoiceField(
        label="What kind of evidence is it?",
        widget=forms.RadioSelect,
        choices=[(q.value, LABELS[q]) for q in EvidenceQuarter],
    )
    text = CharacterCountField(
        label="What does it show?",
        max_length=MOST,
        rows=5,
        help_text="For example: 14 of 20 files now hold a chronology; last year 6 of 20 did",
    )
    attached = files_field(required=False)
    dated_on = BoxesDateField(label="Of which day is it?", help_text="The day of the audit, survey or figure")
    said_by = said_by_field()
    received_how = how_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {quarter.value: hint for quarter, hint in QUARTER_HINTS.items()}
        self.fields["quarter"].choice_hints = hints  # type: ignore[attr-defined]


class FilesForm(SeenForm):
    """Files for evidence that was recorded before."""

    attached = files_field(required=True)


class VersionForm(SeenForm):
    """A newer version of a file of evidence."""

    attached = forms.FileField(
        label="The newer file",
        allow_empty_file=True,
        help_text=f"{ACCEPTED}; up to {MOST_BYTES // MEGABYTE} MB. No names of children.",
    )
    reason = CharacterCountField(
        label="Why does it take the place of the one before?",
        max_length=SHORT_TEXT,
        rows=3,
        help_text="For example: two files were counted twice; the figures are put right",
    )


class TestForm(SeenForm):
    """A dated check of whether it lasted."""

    __test__ = False
    question = CharacterCountField(
        label="What will be checked, and what would pass?",
        max_length=SHORT_TEXT,
        rows=3,
        help_text="For example: dip-sample 20 files; 16 hold the child’s own words",
    )
    due_on = BoxesDateField(label="On which day?", help_text="Some months after it was done")


class TestResultForm(SeenForm):
    """What an embedding test found."""

    __test__ = False
    passed = forms.TypedChoiceField(
        label="Did it last?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, the test passed"), ("no", "No, the test failed")],
        coerce=lambda word: word == YES,
    )
    finding = CharacterCountField(label="What did the check find?", max_length=MOST, rows=4)
    on = as_at_field("On which day was it checked?")
