"""System checks: every field of every model falls under a rule of retention, and every rule can be carried out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

from sightline.definitions import InvalidDefinition
from sightline.events.disposing import kinds
from sightline.jobs.registry import scheduled_jobs
from sightline.retention.choices import CarriedOut
from sightline.retention.rules.definitions import Coverage, Rule, coverage, shipped

WHERE = "sightline/definitions/retention.yaml"
# Apps of others whose rows hold something about people.
OTHERS = frozenset({"account", "mfa"})


def check_retention(**kwargs: Any) -> list[CheckMessage]:
    """The definitions can be read, every field falls under a rule, and whatever a rule names is there."""
    try:
        rules, covered = shipped(), coverage()
    except (InvalidDefinition, ValueError) as error:
        return [Error(f"The rules of retention cannot be used: {error}", id="retention.E001")]
    models = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    ours = [model for model in models.values() if is_ours(model)]
    found: list[CheckMessage] = []
    for model in ours:
        found += uncovered(model, covered)
    return [*found, *_names_nothing(models, rules, covered), *_not_carried_out(rules)]


def is_ours(model: type[Model]) -> bool:
    """Whether the model holds something of the partnership's or about its people."""
    return model.__module__.startswith("sightline.") or model._meta.app_label in OTHERS


def uncovered(model: type[Model], covered: Coverage) -> Iterator[CheckMessage]:
    """The fields of a model that fall under no rule."""
    fields = [field.name for field in model._meta.concrete_fields]
    if bare := [name for name in fields if not covered.rule_of(model._meta.label, name)]:
        words = f"No rule of retention covers {', '.join(bare)}."
        yield Error(words, hint=f"Name the model in {WHERE}.", obj=model, id="retention.E002")


def _names_nothing(
    models: dict[str, type[Model]], rules: dict[str, Rule], covered: Coverage
) -> Iterator[CheckMessage]:
    """Models, fields and rules that the definitions name and that are not there."""
    used = {covered.apart_rule}
    for label, (rule, fields) in covered.models.items():
        used |= {rule, *fields.values()}
        model = models.get(label)
        there = {field.name for field in model._meta.concrete_fields} if model else set()
        if model is None:
            yield Error(f"{WHERE} names {label}, which is no model.", id="retention.E003")
        elif gone := sorted(set(fields) - there):
            yield Error(f"{WHERE} names {gone} of {label}, which is not there.", id="retention.E003")
    if unknown := sorted({*used, *kinds()} - set(rules)):
        yield Error(f"There is no rule of retention called {', '.join(unknown)}.", id="retention.E004")
    if idle := sorted(set(rules) - used - set(kinds())):
        yield Error(f"Nothing falls under the rules {', '.join(idle)}.", id="retention.E004")


def _not_carried_out(rules: dict[str, Rule]) -> Iterator[CheckMessage]:
    """Rules that nothing carries out as they say."""
    for rule in rules.values():
        if rule.may_change_period != (rule.key in kinds()):
            words = (
                f"The rule {rule.key} is carried out by {rule.carried_out}, and no app offers its records so."
            )
            yield Error(words, hint="Offer them to events.disposing, or say otherwise.", id="retention.E005")
        if rule.carried_out == CarriedOut.JOB and rule.job not in scheduled_jobs():
            yield Error(f"The rule {rule.key} names {rule.job}, which never runs.", id="retention.E006")
