"""Rounds go after two years; the names of people who have left are taken from beside what they did."""

from __future__ import annotations

from sightline.events.disposing import Doing
from sightline.events.services.forgetting import forget_in
from sightline.requests.models import Cycle, Round


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside the rounds they opened."""
    return forget_in([Round, Cycle], user_id, name, {})
