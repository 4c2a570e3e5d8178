"""The filter of the risk register, and forms of what is done about a risk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from sightline.challenges.choices import (
    OUTCOME_LABELS,
    RISK_DEED_QUESTIONS,
    RISK_STATE_LABELS,
    SCORED_LABELS,
    SCORED_MEANINGS,
    TREND_LABELS,
    RiskDeed,
    RiskOutcome,
    RiskState,
    Scored,
    Trend,
)
from sightline.challenges.forms.asking import ALL, TIERS, ask_who_said_it, how_field, words_field
from sightline.challenges.forms.challenges import said_in
from sightline.challenges.models import RiskControl
from sightline.challenges.rules.scoring import Score, scale
from sightline.challenges.services import RiskMore, Said
from sightline.events.choices import Tier
from sightline.partners.selectors import matching_text
from sightline.screens.asking import SeenForm, as_at_field, said_by_field
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm, offer

LATE = "late"
SEARCHED = (
    "title", "cause", "event", "effect", "owner_agency__name", "owner_group__name", "owner_person__name",
)  # fmt: skip
_BEFORE = F("current_before")
TRENDS = {
    Trend.WORSE: Q(current_residual__gt=_BEFORE),
    Trend.SAME: Q(current_residual=_BEFORE),
    Trend.BETTER: Q(current_residual__lt=_BEFORE),
    Trend.FIRST: Q(current_before=None),
}
# What each deed asks besides a sentence, a day and whose words they are.
ASKS = {
    RiskDeed.REVIEW: ("likelihood", "impact", "review_on"),
    RiskDeed.SCORE: ("of", "likelihood", "impact"),
    RiskDeed.CONTROL: ("is_planned",),
    RiskDeed.IN_PLACE: ("control",),
    RiskDeed.END_CONTROL: ("control",),
    RiskDeed.CLOSE: ("outcome",),
    RiskDeed.REOPEN: ("review_on",),
}
ASKED = frozenset(name for names in ASKS.values() for name in names)


def steps_of(name: str) -> list[tuple[int, str]]:
    """The steps of one half of a score, "likelihood" or "impact", the least first."""
    steps: tuple[tuple[str, str], ...] = getattr(scale(), name)
    return [(number, f"{number} {label}: {meaning}") for number, (label, meaning) in enumerate(steps, 1)]


def half_field(name: str, label: str) -> forms.TypedChoiceField:
    """The question for one half of a score."""
    return forms.TypedChoiceField(label=label, choices=[("", "Choose"), *steps_of(name)], coerce=int)


class RiskFilter(FilterForm):
    """What the register can be narrowed by; the owners are given."""

    words = forms.CharField(label="Words", help_text="In the risk, or its owner")
    state = forms.ChoiceField(
        label="State",
        choices=[
            ALL,
            *((state.value, label) for state, label in RISK_STATE_LABELS.items()),
            (LATE, "Review overdue"),
        ],
    )
    band = forms.ChoiceField(label="Residual score")
    owner = forms.ChoiceField(label="Owner", choices=[ALL])
    trend = forms.ChoiceField(
        label="Trend", choices=[ALL, *((t.value, label) for t, label in TREND_LABELS.items())]
    )
    above = forms.BooleanField(label="Above its target")
    likelihood = forms.ChoiceField(label="Likelihood")
    impact = forms.ChoiceField(label="Impact")

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [ALL, *owners])
        offer(self, "band", [ALL, *((band.key, band.label) for band in scale().bands)])
        for name in ("likelihood", "impact"):
            steps = enumerate(getattr(scale(), name), 1)
            offer(self, name, [ALL, *((str(number), f"{number} {label}") for number, (label, _) in steps)])

    def narrow(self, rows: Any) -> Any:
        """The risks that fit."""
        said = self.chosen
        if words := said.get("words"):
            rows = matching_text(rows, words, SEARCHED)
        rows = rows.filter(_owned(said.get("owner", "")), _scored(said), _in(said.get("state", "")))
        if said.get("above"):
            rows = rows.filter(current_residual__gt=F("current_target"))
        return rows.filter(TRENDS[Trend(said["trend"])]) if said.get("trend") else rows


def _in(state: str) -> Q:
    if state == LATE:
        return Q(state=RiskState.OPEN, current_review_on__lt=timezone.localdate())
    return Q(state=state) if state else Q()


def _owned(chosen: str) -> Q:
    kind, _, key = chosen.partition(":")
    if kind == "person":
        return Q(owner_person_id=key)
    return Q(**{f"owner_{kind}__key": key}) if key else Q()


def _scored(said: dict[str, Any]) -> Q:
    found = Q()
    for name in ("likelihood", "impact"):
        found &= Q(**{f"current_{name}": said[name]}) if said.get(name) else Q()
    for band in scale().bands:
        if band.key == said.get("band"):
            found &= Q(current_residual__gte=band.least)
            found &= Q(current_residual__lte=band.most) if band.most is not None else Q()
    return found


class RiskForm(SeenForm):
    """What a risk says, who owns it, and how often it is reviewed."""

    title = forms.CharField(
        label="What is the risk?", max_length=300, help_text="In a few words. No names of children"
    )
    cause = words_field("Cause", "Because of what?", 2)
    event = words_field("Event", "What may happen?", 2)
    effect = words_field("Effect", "What would it mean for children?", 2)
    owner = forms.ChoiceField(label="Who owns it?", help_text="A group, an agency or a person")
    review_months = forms.TypedChoiceField(label="How often is it reviewed?", coerce=int)
    tier = forms.ChoiceField(
        label="Who may read it?", choices=TIERS, widget=forms.RadioSelect, initial=Tier.T1.value
    )

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", "Choose"), *owners])
        months = scale().review_months
        offer(self, "review_months", [(n, "Every month" if n == 1 else f"Every {n} months") for n in months])
        self.fields["review_months"].initial = 3 if 3 in months else months[0]


class NewRiskForm(RiskForm):
    """A new risk: its three scores, and the controls that are in place."""

    raised_on = as_at_field("Raised on")
    controls = forms.CharField(
        label="Controls in place",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What keeps it from happening, or from doing harm: one on each line",
    )
    said_by = said_by_field()
    received_how = how_field()

    def __init__(self, *args: Any, keeps_logs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for of in Scored:
            words = f"{SCORED_LABELS[of]} {{}}: {SCORED_MEANINGS[of]}"
            for half in ("likelihood", "impact"):
                self.fields[f"{of.value}_{half}"] = half_field(half, words.format(half))
        scores = [f"{of.value}_{half}" for of in Scored for half in ("likelihood", "impact")]
        self.order_fields(["seen", "title", "cause", "event", "effect", "owner", "controls", *scores])
        ask_who_said_it(self, keeps_logs=keeps_logs, for_others=False)

    def scores(self) -> dict[Scored, Score]:
        """The three scores."""
        said = self.cleaned_data
        return {of: Score(said[f"{of.value}_likelihood"], said[f"{of.value}_impact"]) for of in Scored}

    def control_lines(self) -> tuple[str, ...]:
        """The controls, one on each line."""
        lines = (line.strip(" \t•–-*") for line in self.cleaned_data["controls"].splitlines())
        return tuple(line for line in lines if line)


class RiskDeedForm(SeenForm):
    """One thing done about a risk: each deed asks what it needs."""

    text = words_field("In your words")
    of = forms.ChoiceField(
        label="Which score?",
        choices=[
            (of.value, f"{SCORED_LABELS[of]}: {SCORED_MEANINGS[of]}")
            for of in Scored
            if of != Scored.RESIDUAL
        ],
        widget=forms.RadioSelect,
    )
    control = forms.ChoiceField(label="Which control?", widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="As what is it closed?",
        choices=[(each.value, label) for each, label in OUTCOME_LABELS.items()],
        widget=forms.RadioSelect,
    )
    is_planned = forms.BooleanField(label="It is only planned, and not in place yet", required=False)
    as_at = as_at_field("Of which day is this?")
    review_on = BoxesDateField(label="Next review by")
    said_by = said_by_field()
    received_how = how_field()

    def __init__(
        self, *args: Any, deed: RiskDeed, controls: Iterable[RiskControl], keeps_logs: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in controls}
        self.relabel("text", RISK_DEED_QUESTIONS[deed])
        now = "" if deed == RiskDeed.SCORE else ", as it stands now"
        for half in ("likelihood", "impact"):
            self.fields[half] = half_field(half, f"{half.capitalize()}{now}")
        offer(self, "control", [(key, each.text) for key, each in self.known.items()])
        self.drop(*(ASKED - set(ASKS[deed])))
        self.order_fields(["seen", "of", "control", "text", "likelihood", "impact", "outcome", "is_planned"])
        ask_who_said_it(self, keeps_logs=keeps_logs, for_others=False)

    def said(self) -> Said:
        """The words as services take them."""
        return said_in(self.cleaned_data, "text", "as_at")

    def more(self) -> RiskMore:
        """What else was asked, as services take it."""
        said = self.cleaned_data
        score = Score(said["likelihood"], said["impact"]) if "likelihood" in self.fields else None
        return RiskMore(
            score=score,
            of=Scored(said.get("of") or Scored.RESIDUAL.value),
            control=self.known.get(said.get("control", "")),
            is_planned=bool(said.get("is_planned")),
            review_on=said.get("review_on"),
            outcome=RiskOutcome(said["outcome"]) if "outcome" in self.fields else None,
        )
