"""Whose names stand beside case lists and uses of break-glass."""

from __future__ import annotations

from django.apps import apps

from sightline.events.services.forgetting import forget_in


def forget(user_id: int, name: str) -> int:
    """Take a person's name from beside whom they let read a record."""
    return forget_in(apps.get_app_config("knowing").get_models(), user_id, name)
