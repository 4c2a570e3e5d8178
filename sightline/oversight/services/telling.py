"""Telling whoever holds a permission that something waits: by e-mail, with a link and without a name."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.selectors import memberships_with
from sightline.events.choices import SYSTEM
from sightline.messages.services import queue_mail


def tell_holders(permission: Permission, subject: str, text: str, path: str, *, key: str) -> int:
    """Send one e-mail to each person who holds the permission today; the same key twice sends none.

    Returns how many people hold it.
    """
    held = memberships_with(permission, timezone.localdate())
    people = {membership.user_id: membership.user for membership in held}
    for number, person in people.items():
        queue_mail(
            person.email,
            subject,
            f"{text}\n\n{settings.SITE_ADDRESS}{path}\n",
            by=SYSTEM,
            key=f"{key}-{number}",
        )
    return len(people)
