"""Forms of oversight."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.oversight.choices import (
    ANSWER_HINTS,
    STATE_LABELS,
    VERDICT_HINTS,
    VERDICT_LABELS,
    AlertState,
    Verdict,
)
from sightline.oversight.rules.numbers import unusual_rules
from sightline.screens.forms import FilterForm, Form


class HintedField(forms.ChoiceField):
    """Answers, each with a sentence of what it means."""

    choice_hints: dict[str, str]


def _rules() -> list[tuple[str, str]]:
    return [("", "All"), *((key.value, rule.name) for key, rule in unusual_rules().items())]


class AlertFilter(FilterForm):
    """Which unusual access to show."""

    state = forms.ChoiceField(
        label="Where it stands",
        choices=[("", "All"), *((state.value, label) for state, label in STATE_LABELS.items())],
    )
    rule = forms.ChoiceField(label="What was unusual", choices=_rules)
    who = forms.CharField(label="Whose access", max_length=200)

    def narrow(self, rows: Any) -> Any:
        """Rows in that state, by that rule, of people with these words in their name."""
        asked = {"state": "current_state", "rule": "rule", "who": "account__name__icontains"}
        return rows.filter(**{asked[name]: value for name, value in self.chosen.items()})


class _WordsForm(Form):
    """An answer with words, and the version it was given to."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(_WordsForm):
    """What was found out about unusual access."""

    state = HintedField(label="What did you find out?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In your words", max_length=2_000, widget=forms.Textarea, help_text="Name no child and no case"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _hinted(self.fields["state"], {s: STATE_LABELS[s] for s in ANSWER_HINTS}, ANSWER_HINTS)

    def answered(self) -> AlertState:
        """The state chosen."""
        return AlertState(self.cleaned_data["state"])


class MarkForm(_WordsForm):
    """What is said of one entry of a sample."""

    verdict = HintedField(label="Is it in order?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In your words",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for a query. Name no child and no case",
    )

    def __init__(self, *args: Any, was: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = (
            [Verdict.SETTLED, Verdict.QUERIED]
            if was == Verdict.QUERIED
            else [Verdict.IN_ORDER, Verdict.QUERIED]
        )
        _hinted(self.fields["verdict"], {v: VERDICT_LABELS[v] for v in offered}, VERDICT_HINTS)

    def said(self) -> Verdict:
        """The verdict chosen."""
        return Verdict(self.cleaned_data["verdict"])


class SignForm(_WordsForm):
    """Signing a sample."""

    words = forms.CharField(
        label="Anything the Caldicott guardian and the SIRO should know",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the report, above the entries",
    )


def _hinted(field: Any, labels: dict[Any, str], hints: dict[Any, str]) -> None:
    field.choices = [(key.value, label) for key, label in labels.items()]
    field.choice_hints = {key.value: hints[key] for key in labels}
