"""Support sessions: opened for some hours, ended by a click or by time; all that is opened in one is journalled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sightline.access import services as access
from sightline.access.choices import ScopeKind
from sightline.access.models import User
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items, put_work_item
from sightline.oversight.choices import NotYet
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import SupportSession
from sightline.oversight.rules.support import why_not
from sightline.oversight.selectors.support import over_by_time
from sightline.oversight.services.telling import FOR_MANAGERS

KIND = "support session"
NOT_SUPPLIER = "This account is not marked as the supplier's."
SAY_WHY = "Say what for: it stands in the journal."
RUNS_ALREADY = "A session of theirs is running already."
OVER = "Its time was over."


@deed
def open_session(
    account: User, role: str, hours: int, reason: str, *, opens_confidential: bool, by: Actor, now: datetime
) -> SupportSession:
    """Let the supplier in, as this role over the partnership, for some hours.

    Raises NotYet where that may not be, and Refused where whoever opens it may not give the role.
    """
    if not account.is_supplier or not account.is_active:
        raise NotYet(NOT_SUPPLIER)
    if refusal := why_not(role, hours, opens_confidential) or ("" if reason.strip() else SAY_WHY):
        raise NotYet(refusal)
    for over in over_by_time(now).filter(account=account):
        end_session(over, by=SYSTEM, now=now, reason=OVER)
    until, today = now + timedelta(hours=hours), timezone.localtime(now).date()
    held = access.grant(
        account, role, ScopeKind.PARTNERSHIP, "", today, until=until, by=by, reason=reason.strip()
    )
    try:
        with transaction.atomic():
            made = SupportSession.objects.create(
                account=account,
                membership=held,
                role=role,
                opens_confidential=opens_confidential,
                reason=reason.strip(),
                opened_by_label=by.label,
                opened_at=now,
                until=until,
            )
    except IntegrityError:
        raise NotYet(RUNS_ALREADY) from None
    after = {"role": role, "until": until, "opens_confidential": opens_confidential}
    record(OversightEntry.SUPPORT_OPENED, by=by, subject=made, after=after, reason=made.reason, tier=Tier.T2)
    put_work_item(
        FOR_MANAGERS,
        KIND,
        made,
        "A support session is running",
        f"{account.name} is let in until {timezone.localtime(until):%H:%M}. End it when they are done.",
        reverse("oversight:support_session", args=[made.pk]),
        due_on=today,
    )
    return made


@deed
def end_session(session: SupportSession, *, by: Actor, now: datetime, reason: str = "") -> SupportSession:
    """End a session now: the role is gone, and the account is signed out everywhere. Raises StaleRecord."""
    held = SupportSession.objects.select_for_update(of=("self",)).select_related("account")
    current = held.get(pk=session.pk)
    if current.ended_at is not None:
        raise StaleRecord("This session had ended already.")
    current.ended_at, current.ended_by_label = min(now, current.until), by.label
    current.save(update_fields=["ended_at", "ended_by_label"])
    access.end_now(current.membership_id, current.ended_at, by=by, reason=reason)
    access.end_sessions_of(current.account, "The support session is over.", by=by)
    record(OversightEntry.SUPPORT_ENDED, by=by, subject=current, reason=reason, tier=Tier.T2)
    drop_work_items(current, KIND)
    return current


def end_what_is_over(now: datetime) -> int:
    """Note as ended the sessions whose time is over, which let nobody in any more. Returns how many."""
    over = list(over_by_time(now))
    for session in over:
        end_session(session, by=SYSTEM, now=now, reason=OVER)
    return len(over)


@deed
def note_used(session: SupportSession, method: str, path: str, *, by: Actor) -> None:
    """Journal a page before it is shown in a session, so that nothing is read that could not be written down."""
    tier = Tier.T2 if session.opens_confidential else Tier.T1
    after = {"page": path[:200], "method": method}
    record(OversightEntry.SUPPORT_USED, by=by, subject=session, after=after, tier=tier)
