"""Forms of oversight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.access.roles import Role
from sightline.events.choices import TIER_LABELS, Tier
from sightline.oversight.choices import (
    ANSWER_HINTS,
    DECISION_LABELS,
    STATE_LABELS,
    VERDICT_HINTS,
    VERDICT_LABELS,
    WAITING,
    AlertState,
    Decision,
    Verdict,
)
from sightline.oversight.rules.numbers import unusual_rules
from sightline.oversight.rules.support import support_numbers
from sightline.partners.models import Agency
from sightline.screens.fields import HintedField
from sightline.screens.forms import CarefulForm, FilterForm, Form, offer_rows


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


class _WordsForm(CarefulForm):
    """An answer with words, and the version it was given to."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, sentence: str, found: Any) -> None:
        """Say what stood in the way; saving again is then knowingly done, on what stands now."""
        self.add_error(None, sentence)
        found.refresh_from_db()
        self.data = {name: self.data[name] for name in self.data} | {"version": str(found.version)}


class AnswerForm(_WordsForm):
    """What was found out about unusual access."""

    state = HintedField(label="What did you find out?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In your words",
        max_length=2_000,
        widget=forms.Textarea,
        help_text="Name no child and no case",
        error_messages={"required": "Say in your words what you found out"},
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


def _decisions() -> list[tuple[str, str]]:
    return [
        ("", "All"),
        ("waiting", WAITING),
        *((key.value, label) for key, label in DECISION_LABELS.items()),
    ]


class GrantFilter(FilterForm):
    """Which of what is held to show."""

    state = forms.ChoiceField(label="Where it stands", choices=_decisions)
    who = forms.CharField(label="Who", max_length=200)
    tier = forms.ChoiceField(
        label="Opens up to",
        choices=[
            ("", "All"),
            *((t.value, f"{t}: {label}") for t, label in TIER_LABELS.items() if t >= Tier.T2),
        ],
    )

    def narrow(self, rows: Any) -> Any:
        """Rows in that state, of people with these words in their name, that open up to that tier."""
        asked = {"who": "account__name__icontains", "tier": "reads", "state": "current_decision"}
        chosen = {asked[name]: "" if value == "waiting" else value for name, value in self.chosen.items()}
        return rows.filter(**chosen)


class ConfirmForm(CarefulForm):
    """Why what is ticked is confirmed."""

    auto_id = "confirm-%s"
    reason = forms.CharField(
        label="Why do they still need it?",
        max_length=500,
        help_text="One reason stands for all that are ticked. For example: chairs the group; in the same post. "
        "Name no child and no case",
    )


class DecideForm(_WordsForm):
    """Confirming or ending one thing that somebody holds."""

    decision = HintedField(label="Do they still need it?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=500, help_text="Name no child and no case")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {Decision.CONFIRMED: "Yes, confirm it", Decision.ENDED: "No, end it"}
        hints = {Decision.CONFIRMED: "", Decision.ENDED: "It ends today, and they are told by e-mail"}
        _hinted(self.fields["decision"], labels, hints)

    def ends(self) -> bool:
        """Whether it is to end."""
        return bool(self.cleaned_data["decision"] == Decision.ENDED)


class ReviewerForm(Form):
    """Who confirms what the people of an agency hold."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency")
    account = forms.ModelChoiceField(
        User.objects.none(), label="Who", help_text="Somebody with an account, of that agency or not"
    )

    def __init__(
        self, *args: Any, agencies: QuerySet[Agency], accounts: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "agency", agencies)
        offer_rows(self, "account", accounts)


class SupportForm(CarefulForm):
    """Letting the supplier in."""

    account = forms.ModelChoiceField(User.objects.none(), label="Who")
    role = HintedField(label="As what?", widget=forms.RadioSelect)
    opens_confidential = forms.BooleanField(
        label="They may open confidential records (T2). Child-level and restricted ones they never open",
        required=False,
    )
    hours = forms.IntegerField(
        label="For how many hours?", min_value=1, widget=forms.NumberInput(attrs={"width": 2})
    )
    reason = forms.CharField(
        label="What for?", max_length=500, help_text="Stands in the journal, and on every page of theirs"
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "account", accounts)
        field: Any = self.fields["role"]
        field.choices = [(role.key, role.name) for role in roles]
        field.choice_hints = {role.key: f"{role.sentence} Reads up to {role.reads}." for role in roles}
        self.fields["hours"].help_text = f"{support_numbers().most_hours} at most. You can end it before"


class SupplierForm(Form):
    """Marking an account as the supplier's."""

    auto_id = "mark-%s"
    account = forms.ModelChoiceField(
        User.objects.none(), label="Account", help_text="It must hold no role: end those it has first"
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "account", accounts)
