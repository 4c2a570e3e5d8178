"""Reading support sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sightline.access.models import Membership, User, lasts
from sightline.events.models import Entry
from sightline.events.selectors import readable
from sightline.oversight.models import SupportSession
from sightline.oversight.selectors.reviews import sees_all

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who


def sessions(user: Who) -> QuerySet[SupportSession]:
    """All support sessions, the newest first, for whoever looks after accounts or data protection."""
    found = SupportSession.objects.select_related("account").order_by("-opened_at", "-pk")
    return found if sees_all(user) else found.none()


def running_session(account: User, now: datetime) -> SupportSession | None:
    """The session that lets this account in now."""
    running = SupportSession.objects.filter(account=account, ended_at=None, until__gt=now)
    return running.select_related("account").first()


def over_by_time(now: datetime) -> QuerySet[SupportSession]:
    """Sessions whose time is over and that nobody has ended."""
    return (
        SupportSession.objects.filter(ended_at=None, until__lte=now).select_related("account").order_by("pk")
    )


def done_in(user: Who, session: SupportSession) -> QuerySet[Entry]:
    """All that the journal tells of what was done in a session, as far as this person may read it."""
    ended = min(session.ended_at or session.until, session.until)
    return readable(user).filter(
        actor_user_id=session.account_id, moment__gte=session.opened_at, moment__lte=ended
    )


def supplier_accounts() -> QuerySet[User]:
    """The accounts of whoever supplies Sightline. For whoever looks after accounts: views ask for ACCESS_MANAGE."""
    return User.objects.filter(is_supplier=True, is_active=True).order_by("name", "pk")


def other_accounts() -> QuerySet[User]:
    """The accounts that hold no role, now or later, and are not marked as the supplier's."""
    held = Membership.objects.filter(lasts(timezone.localdate()), user=OuterRef("pk"))
    others = User.objects.filter(~Exists(held), is_supplier=False, is_active=True)
    return others.order_by("name", "pk")
