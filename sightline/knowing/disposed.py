"""Whose names stand beside case lists and uses of break-glass."""

from __future__ import annotations

from django.apps import apps

from sightline.events.disposing import Doing
from sightline.events.services.forgetting import forget_in, shred_about
from sightline.knowing.models import Conflict, Glass, Listed

# Where entries of the journal have the person.
NAMES = ("subject", "before.person", "after.person")


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside whom they let read a record, and from what the journal says of their own place,
    conflict or use: why it was so stays for as long as the record's rule says.
    """
    for model in (Listed, Conflict, Glass):
        shred_about(model, user_id, doing, whose="user", only=NAMES)
    return forget_in(apps.get_app_config("knowing").get_models(), user_id, name)
