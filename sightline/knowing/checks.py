"""System checks: no model whose rows have a child-level or restricted tier of their own stands outside the wall.

What has no tier of its own (the parts and the history of such a record) is shown by its domain with the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model

from sightline.events.choices import Tier
from sightline.events.floors import floor_of, has_own_tier
from sightline.events.guards import guards
from sightline.knowing.registry import Kind, in_normal_form, kinds


def check_wall(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What is child-level or restricted by itself is a kind behind the wall, and the journal has a guard of it."""
    found = [model for app in app_configs or apps.get_app_configs() for model in app.get_models()]
    return [error for model in found if _is_closed(model) for error in _errors(model)]


def _compares(kind: Kind) -> bool:
    kept = in_normal_form(kind.reference, "").condition
    return any(getattr(each, "condition", None) == kept for each in kind.model._meta.constraints)


def _is_closed(model: type[Model]) -> bool:
    return has_own_tier(model) and (floor_of(model) or Tier.T0) >= Tier.T3


def _errors(model: type[Model]) -> Iterator[CheckMessage]:
    key = (model._meta.app_label, str(model._meta.model_name))
    if key not in kinds():
        yield Error(
            "The model stands behind no wall.",
            hint="Offer it to knowing.registry.",
            obj=model,
            id="knowing.E001",
        )
    elif not _compares(kinds()[key]):
        hint = "Add knowing.registry.in_normal_form to its constraints."
        yield Error(
            "Its references may be kept as nobody asks for them.", hint=hint, obj=model, id="knowing.E003"
        )
    if key not in guards():
        hint = "Offer knowing.guarded.guard_of(kind) to events.guards."
        yield Error("The journal has no guard of the model.", hint=hint, obj=model, id="knowing.E002")
