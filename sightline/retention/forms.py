"""Forms of retention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.events.choices import Way
from sightline.retention.choices import (
    ACTION_LABELS,
    BASIS_LABELS,
    CARRIED_OUT_LABELS,
    CONFIRMED,
    HOLD_LABELS,
    ITEM_LABELS,
    UNCONFIRMED,
    WAY_LABELS,
    Action,
    Basis,
    HoldOver,
)
from sightline.retention.rules.definitions import Rule, groups
from sightline.retention.rules.periods import Period, Unit
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm, FilterForm, Form, offer

PERMANENT = "permanent"
MOST = {Unit.YEARS: 100, Unit.MONTHS: 1_200, Unit.DAYS: 36_500}


def _labels(labels: Any) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


class RuleFilter(FilterForm):
    """Which rules to show."""

    about = forms.ChoiceField(label="About")
    confirmed = forms.ChoiceField(
        label="Confirmed", choices=[("", "All"), ("yes", CONFIRMED), ("no", UNCONFIRMED)]
    )
    basis = forms.ChoiceField(label="Basis", choices=[("", "All"), *_labels(BASIS_LABELS)])
    carried_out = forms.ChoiceField(
        label="Carried out by", choices=[("", "All"), *_labels(CARRIED_OUT_LABELS)]
    )
    words = forms.CharField(label="With the words", max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "about", [("", "All"), *((group.key, group.name) for group in groups())])

    def narrow(self, rows: Any) -> Any:
        """The rules that fit."""
        asked, words = self.chosen, str(self.chosen.get("words", "")).casefold()
        under = {
            key for group in groups() if group.key == asked.get("about", group.key) for key in group.rules
        }
        return [
            row
            for row in rows
            if row.key in under
            and asked.get("basis", row.basis) == row.basis
            and asked.get("carried_out", row.carried_out) == row.carried_out
            and ("confirmed" not in asked or (asked["confirmed"] == "yes") == row.is_confirmed)
            and words in f"{row.name} {row.entity} {row.authority}".casefold()
        ]


class RuleForm(CarefulForm):
    """Changing one rule. Where Sightline keeps the period itself, only what it rests on is asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.ChoiceField(
        label="What does it rest on?", choices=_labels(BASIS_LABELS), widget=forms.RadioSelect
    )
    authority = forms.CharField(label="Which law, schedule or decision?", min_length=3, max_length=300)
    number = forms.IntegerField(
        label="How long are they kept?",
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"width": 4}),
        help_text="Leave empty where they are kept permanently",
    )
    unit = forms.ChoiceField(
        label="Counted in",
        choices=[*((unit.value, unit.value) for unit in Unit), (PERMANENT, "kept permanently")],
    )
    action = forms.ChoiceField(
        label="What happens then?", choices=_labels(ACTION_LABELS), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why do you change it?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands with the new version and in the journal. Name nobody",
    )

    def __init__(self, *args: Any, rule: Rule, ways: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        if not rule.may_change_period:
            for name in ("number", "unit", "action"):
                del self.fields[name]
        else:
            allowed = {Action.REVIEW.value, rule.action.value, *ways}
            offer(self, "action", [each for each in _labels(ACTION_LABELS) if each[0] in allowed])

    def clean(self) -> dict[str, Any]:
        """A number goes with a unit, and no number with "permanently"."""
        given = self.cleaned_data
        unit, number = given.get("unit", PERMANENT), given.get("number")
        if unit == PERMANENT:
            if number:
                self.add_error("number", "Leave the number empty where they are kept permanently.")
        elif "number" in self.fields and "number" not in self.errors:
            if not number:
                self.add_error("number", "Give a number, or choose “kept permanently”.")
            elif number > MOST[Unit(unit)]:
                self.add_error("number", f"Give at most {MOST[Unit(unit)]:,} {unit}.")
        return given

    @property
    def period(self) -> Period | None:
        """The period chosen; None for ever."""
        if "unit" not in self.fields:
            return self.rule.period
        unit = self.cleaned_data["unit"]
        return None if unit == PERMANENT else Period(self.cleaned_data["number"], Unit(unit))

    @property
    def changed(self) -> dict[str, Any]:
        """What the rule shall say."""
        given = self.cleaned_data
        return {
            "basis": Basis(given["basis"]),
            "authority": given["authority"],
            "period": self.period,
            "action": Action(given.get("action", self.rule.action)),
            "reason": given["reason"],
        }


class ConfirmForm(CarefulForm):
    """Who of information governance confirmed a rule."""

    auto_id = "confirm-%s"
    version = forms.IntegerField(widget=forms.HiddenInput)
    who = forms.CharField(
        label="Who confirmed it, and where?",
        max_length=200,
        help_text="For example: Information governance board, 3 November",
    )


class _WordsForm(CarefulForm):
    """A reason, and the version of what it is about."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the journal and on the certificate. Name nobody",
    )


class ApproveForm(_WordsForm):
    """Approving a disposal: how the records go, and why they may."""

    way = forms.ChoiceField(label="What is to be done with them?", widget=forms.RadioSelect)
    field_order = ("version", "way", "reason")

    def __init__(self, *args: Any, ways: Sequence[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "way", [(way.value, WAY_LABELS[way]) for way in ways])
        if len(ways) == 1:
            self.fields["way"].initial = ways[0].value


class VersionForm(Form):
    """The version of a disposal that somebody looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class KeepForm(CarefulForm):
    """Keeping one record longer."""

    until = BoxesDateField(label="Until when is it kept?", help_text="It is looked at again after that day")
    reason = forms.CharField(
        label="Why is it kept longer?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Name nobody",
    )


class HoldForm(CarefulForm):
    """Laying a hold."""

    over = forms.ChoiceField(
        label="What is to be held?", choices=_labels(HOLD_LABELS), widget=forms.RadioSelect
    )
    rule = forms.ChoiceField(
        label="Of which rule?", required=False, help_text="For one record, or for all records of a rule"
    )
    number = forms.IntegerField(
        label="Number of the record",
        required=False,
        min_value=1,
        max_value=2**62,
        widget=forms.NumberInput(attrs={"width": 10}),
        help_text="For one record: it stands in lists of disposals",
    )
    whole = forms.ChoiceField(
        label="Everything that belongs to", required=False, help_text="For a plan: its papers and files"
    )
    reason = forms.CharField(
        label="Why?", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Name no child"
    )
    authority = forms.CharField(
        label="On whose authority?",
        max_length=200,
        required=False,
        help_text="For example: an inquiry, a court",
    )
    until = BoxesDateField(
        label="When is it to be looked at again?",
        required=False,
        help_text="You are asked then. It holds until somebody ends it",
    )

    def __init__(
        self,
        *args: Any,
        rules: Sequence[tuple[str, str]],
        wholes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rule", [("", "Choose a rule"), *rules])
        offer(self, "whole", [("", "Choose one"), *wholes])

    def clean(self) -> dict[str, Any]:
        """What is held needs what tells which it is."""
        given = self.cleaned_data
        over = given.get("over")
        if over in {HoldOver.RECORD, HoldOver.RULE} and not given.get("rule"):
            self.add_error("rule", "Choose the rule.")
        if over == HoldOver.RECORD and "number" not in self.errors and not given.get("number"):
            self.add_error("number", "Give the number of the record.")
        if over == HoldOver.WHOLE and not given.get("whole"):
            self.add_error("whole", "Choose what it is laid on.")
        return given

    @property
    def held(self) -> dict[str, Any]:
        """What is held, as the service asks for it."""
        given = self.cleaned_data
        over = HoldOver(given["over"])
        told = {name: given[name] for name in ("reason", "authority", "until")}
        if over == HoldOver.WHOLE:
            app, model, number = given["whole"].split(".")
            return {"over": over, "of": (app, model), "number": int(number), **told}
        number = given["number"] if over == HoldOver.RECORD else None
        return {"over": over, "rule": given["rule"], "number": number, **told}


class EndForm(CarefulForm):
    """Ending a hold."""

    reason = forms.CharField(
        label="Why does it end?", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ItemFilter(FilterForm):
    """Which records of a disposal to show."""

    state = forms.ChoiceField(label="Where it stands", choices=[("", "All"), *_labels(ITEM_LABELS)])

    def narrow(self, rows: Any) -> Any:
        """The records in that state."""
        return rows.filter(state=self.chosen["state"]) if "state" in self.chosen else rows


def initial_of(rule: Rule, version: int) -> dict[str, Any]:
    """What the form of a rule begins with."""
    return {
        "version": version,
        "basis": rule.basis.value,
        "authority": rule.authority,
        "number": rule.period.number if rule.period else None,
        "unit": rule.period.unit.value if rule.period else PERMANENT,
        "action": rule.action.value,
    }
