"""The rules of retention as sightline/definitions/retention.yaml has them, and as a version changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sightline import definitions
from sightline.retention.choices import Action, Basis, CarriedOut, Trigger
from sightline.retention.rules.periods import Period, period_named

# What people may change of a rule; the rest goes by what the code does.
CHANGEABLE = ("basis", "authority", "keep", "action", "confirmed_by", "confirmed_on")


@dataclass(frozen=True)
class Rule:
    """One rule. `period`: None for ever. `confirmed_by`: who of information governance said so; empty until then."""

    key: str
    name: str
    entity: str
    basis: Basis
    authority: str
    period: Period | None
    trigger: Trigger
    action: Action
    carried_out: CarriedOut
    job: str = ""
    confirmed_by: str = ""
    confirmed_on: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether information governance has said that it holds."""
        return bool(self.confirmed_by)

    @property
    def may_change_period(self) -> bool:
        """Whether something here reads the period, so that another one would have an effect."""
        return self.carried_out in {CarriedOut.DISPOSAL, CarriedOut.NIGHTLY}

    @property
    def is_cleared(self) -> bool:
        """Whether Sightline deletes what is due by itself; where it is to be looked at, two people decide after all."""
        return self.carried_out == CarriedOut.NIGHTLY and self.action == Action.DELETE

    def told(self) -> dict[str, Any]:
        """The rule as plain values, as versions and exports have it."""
        return {
            "key": self.key,
            "name": self.name,
            "entity": self.entity,
            "basis": self.basis.value,
            "authority": self.authority,
            "keep": self.period.told() if self.period else "permanent",
            "trigger": self.trigger.value,
            "action": self.action.value,
            "carried_out": self.carried_out.value,
            **({"job": self.job} if self.job else {}),
            "confirmed_by": self.confirmed_by,
            "confirmed_on": self.confirmed_on,
        }


@cache
def shipped() -> dict[str, Rule]:
    """Every rule by key, as this version of Sightline brings them. Raises InvalidDefinition."""
    rules = [rule_of(said) for said in _said()["rules"]]
    if len({rule.key for rule in rules}) < len(rules):
        raise definitions.InvalidDefinition("retention.yaml: two rules have the same key.")
    return {rule.key: rule for rule in rules}


def over_by(rule: str, today: date) -> date:
    """What ended on this day or before has been kept for as long as the rule says, which a job of ours carries out.

    Raises LookupError for a rule that is none, or keeps for ever.
    """
    period = shipped()[rule].period
    if period is None:
        raise LookupError(f"{rule} is kept for ever")
    return period.before(today)


@dataclass(frozen=True)
class Group:
    """Rules that stand under one heading, by their keys."""

    key: str
    name: str
    rules: tuple[str, ...]


OTHERS = ("others", "Other records")


@cache
def groups() -> tuple[Group, ...]:
    """The headings, in their order; last, those rules that stand under none. Raises InvalidDefinition."""
    told = [Group(said["key"], said["name"], tuple(said["rules"])) for said in _said()["groups"]]
    placed = [key for group in told for key in group.rules]
    if len(set(placed)) < len(placed) or not set(placed) <= set(shipped()):
        raise definitions.InvalidDefinition(
            "retention.yaml: a group names no rule, or one that another names."
        )
    left = tuple(key for key in shipped() if key not in placed)
    return (*told, Group(*OTHERS, left)) if left else tuple(told)


def rule_of(said: Mapping[str, Any]) -> Rule:
    """A rule out of plain values."""
    return Rule(
        key=said["key"],
        name=said["name"],
        entity=said["entity"],
        basis=Basis(said["basis"]),
        authority=said["authority"],
        period=period_named(said["keep"]),
        trigger=Trigger(said["trigger"]),
        action=Action(said["action"]),
        carried_out=CarriedOut(said["carried_out"]),
        job=said.get("job", ""),
        confirmed_by=said.get("confirmed_by", ""),
        confirmed_on=said.get("confirmed_on", ""),
    )


def laid_over(kept: Iterable[Mapping[str, Any]]) -> dict[str, Rule]:
    """The rules in force: what a version keeps of what people may change, over those that Sightline brings.

    A rule that the version does not know stands as it is brought; one that Sightline no longer has is left out.
    """
    by_key = {said["key"]: said for said in kept}
    return {key: _over(rule, by_key.get(key)) for key, rule in shipped().items()}


def _over(rule: Rule, said: Mapping[str, Any] | None) -> Rule:
    if said is None:
        return rule
    kept = rule_of({**rule.told(), **{name: said[name] for name in CHANGEABLE}})
    # A job of ours keeps its own period, whatever an older version said of it.
    return kept if rule.may_change_period else replace(kept, period=rule.period, action=rule.action)


def digest_of(rules: Iterable[Rule]) -> str:
    """SHA-256 of the rules, so that a certificate can be held against the version it names."""
    text = json.dumps([rule.told() for rule in rules], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Coverage:
    """Which rule each model's fields fall under. `apart`: fields that have one of their own wherever they stand."""

    models: Mapping[str, tuple[str, Mapping[str, str]]]
    apart: frozenset[str]
    apart_rule: str
    not_in: frozenset[str]

    def rule_of(self, model: str, field: str) -> str:
        """The key of the rule that a field of "app.Model" falls under; empty where the model is not named."""
        if model not in self.models:
            return ""
        rule, fields = self.models[model]
        is_apart = field in self.apart and model.partition(".")[0] not in self.not_in
        return fields.get(field) or (self.apart_rule if is_apart else rule)


@cache
def coverage() -> Coverage:
    """Which rule everything falls under, as the definitions say."""
    said, apart = _said()["models"], _said()["apart"]
    named = {
        model: (told, {}) if isinstance(told, str) else (told["rule"], told["fields"])
        for model, told in said.items()
    }
    return Coverage(named, frozenset(apart["fields"]), apart["rule"], frozenset(apart["not_in"]))


@cache
def _said() -> Any:
    return definitions.load("retention")
