"""System checks of access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.access.choices import Permission, UnknownPermission
from sightline.access.roles import roles
from sightline.definitions import InvalidDefinition
from sightline.events.floors import MACHINERY, NAME, floor_of, has_own_tier, tiers_allowed
from sightline.events.marks import PUBLIC, SIGNED_IN, needed_by


def check_roles(**kwargs: Any) -> list[CheckMessage]:
    """The role definitions can be read and name permissions that exist."""
    try:
        roles()
    except (InvalidDefinition, UnknownPermission, ValueError) as error:
        return [Error(f"The role definitions cannot be used: {error}", id="access.E001")]
    return []


def check_views_are_marked(**kwargs: Any) -> list[CheckMessage]:
    """Every view says what it asks for, and every permission named exists."""
    known = {PUBLIC, SIGNED_IN, *(permission.value for permission in Permission)}
    errors: list[CheckMessage] = []
    for route, pattern in views_of(get_resolver()):
        wanted = needed_by(pattern.callback)
        if wanted is None:
            errors.append(
                Error(f"The view at /{route} carries no mark, so nobody may open it.", id="access.E002")
            )
        elif wanted not in known:
            errors.append(
                Error(f"The view at /{route} asks for {wanted!r}, which is no permission.", id="access.E003")
            )
    return errors


def check_floors(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every model that holds content says how sensitive it is at least, and the database holds its rows to that."""
    errors: list[CheckMessage] = []
    for app in app_configs or apps.get_app_configs():
        if app.label not in MACHINERY:
            errors += [error for model in app.get_models() for error in _floor_errors(model)]
    return errors


def _floor_errors(model: type[Model]) -> Iterator[CheckMessage]:
    floor = floor_of(model)
    if floor is None:
        hint = f"Give the model itself {NAME} = Tier.T1 (or higher): decisions/0026."
        yield Error("The model does not say its lowest tier.", hint=hint, obj=model, id="access.E004")
    elif has_own_tier(model) and min(tiers_allowed(model)) < floor:
        hint = "Add events.floors.at_least(LOWEST_TIER, ...) to its constraints."
        yield Error(f"A row could lie below {floor}.", hint=hint, obj=model, id="access.E005")


def views_of(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view of a URLconf with the route that leads to it."""
    for pattern in resolver.url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern, route)
        else:
            yield route, pattern
