"""Who looks after access and the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.oversight.choices import ABOUT_YOURSELF

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.oversight.models import Alert

    Who = User | AnonymousUser | Scope


def check_look_after(user: Who) -> None:
    """Unusual access and samples are for data protection: over the whole partnership, since entries name no group."""
    check_holds(user, Permission.JOURNAL_SAMPLE)


def check_answer(user: Who, alert: Alert) -> None:
    """Nobody answers for what they did themselves."""
    check_look_after(user)
    if scope_of(user).user_id == alert.account_id:
        raise Refused(ABOUT_YOURSELF)


can_look_after = pair(check_look_after)
can_answer = pair(check_answer)
