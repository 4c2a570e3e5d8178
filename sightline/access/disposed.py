"""What of accounts is disposed of once it was kept long enough; sessions and links are cleared every day."""

from __future__ import annotations

from django.apps import apps

from sightline.access.models import User
from sightline.access.selectors import closed_accounts
from sightline.access.services.disposing import anonymise_accounts
from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind
from sightline.events.services.forgetting import forget_in

offered = [Kind("accounts", User, closed_accounts, {Way.ANONYMISE: anonymise_accounts}, "Account")]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they did to accounts and links."""
    return forget_in(apps.get_app_config("access").get_models(), user_id, name)
