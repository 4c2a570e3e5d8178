"""Telling whoever holds a permission that something waits: by e-mail, with a link and without a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.access.selectors import memberships_with
from sightline.events.choices import SYSTEM
from sightline.messages.services import queue_mail

FOR_MANAGERS = f"may:{Permission.ACCESS_MANAGE.value}"


def tell_holders(permission: Permission, subject: str, text: str, path: str, *, key: str) -> int:
    """Send one e-mail to each person who holds the permission today; the same key twice sends none.

    Returns how many people hold it.
    """
    held = memberships_with(permission, timezone.localdate())
    return tell((membership.user for membership in held), subject, text, path, key=key)


def tell(who: Iterable[User], subject: str, text: str, path: str, *, key: str) -> int:
    """Send one e-mail to each of these people; the same key twice sends none. Returns how many they are."""
    people = {person.pk: person for person in who}
    for number, person in people.items():
        queue_mail(
            person.email,
            subject,
            f"{text}\n\n{settings.SITE_ADDRESS}{path}\n",
            by=SYSTEM,
            key=f"{key}-{number}",
        )
    return len(people)
