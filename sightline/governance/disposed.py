"""What governs groups is kept; the names of people who have left are taken from beside what they did."""

from __future__ import annotations

from django.apps import apps

from sightline.events.disposing import Doing
from sightline.events.services.forgetting import forget_in


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered."""
    return forget_in(apps.get_app_config("governance").get_models(), user_id, name, {})
