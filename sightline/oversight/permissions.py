"""Who looks after access and the journal."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.oversight.choices import ABOUT_YOURSELF, NOT_ONES_OWN, NOT_REVIEWED_BY_YOU

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.oversight.models import Alert, ReviewedGrant

    Who = User | AnonymousUser | Scope

# Whose holders see every review: those who decide, and data protection, who judges it.
SEES_REVIEWS = (Permission.ACCESS_MANAGE, Permission.JOURNAL_SAMPLE)


def check_look_after(user: Who) -> None:
    """Unusual access and samples are for data protection: over the whole partnership, since entries name no group."""
    check_holds(user, Permission.JOURNAL_SAMPLE)


def check_answer(user: Who, alert: Alert) -> None:
    """Nobody answers for what they did themselves."""
    check_look_after(user)
    if scope_of(user).user_id == alert.account_id:
        raise Refused(ABOUT_YOURSELF)


def check_see_reviews(user: Who, agencies: Collection[str]) -> None:
    """Reviews are for whoever looks after accounts or data protection, and for who is named for an agency.

    `agencies`: the keys of those that the person is named for.
    """
    if agencies or any(scope_of(user).holds(permission) for permission in SEES_REVIEWS):
        return
    raise Refused(NOT_REVIEWED_BY_YOU)


def check_review(user: Who, grant: ReviewedGrant, agencies: Collection[str]) -> None:
    """Whoever looks after accounts decides, or who is named for the person's agency; nobody about themselves."""
    if not scope_of(user).holds(Permission.ACCESS_MANAGE) and grant.agency_key not in agencies:
        raise Refused(NOT_REVIEWED_BY_YOU)
    if scope_of(user).user_id == grant.account_id:
        raise Refused(NOT_ONES_OWN)


can_look_after = pair(check_look_after)
can_answer = pair(check_answer)
can_see_reviews = pair(check_see_reviews)
can_review = pair(check_review)
