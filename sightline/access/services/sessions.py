"""Ending sessions: one's own elsewhere, all of an account, and those that have lasted too long."""

from __future__ import annotations

from datetime import datetime

from sightline.access.entries import AccessEntry
from sightline.access.models import Session, User
from sightline.access.rules import session_mark
from sightline.access.sessions import end_session
from sightline.events.choices import Actor
from sightline.events.services import deed, record

ENDED_BY_PERSON = "Ended by its own person."


@deed
def end_own_session(user: User, mark: str) -> bool:
    """End the session of one's own that a page calls by this mark. Returns whether there was one."""
    keys = Session.objects.filter(user=user).values_list("session_key", flat=True)
    named = next((key for key in keys if session_mark(key) == mark), None)
    return named is not None and end_session(named, user, ENDED_BY_PERSON, by=user.actor)


@deed
def clear_sessions(now: datetime) -> int:
    """Delete sessions whose time is over. Returns how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


@deed
def end_every_session(reason: str, *, by: Actor) -> int:
    """End every session of everybody; one entry tells of all. Returns how many."""
    ended, _ = Session.objects.all().delete()
    if ended:
        record(AccessEntry.SESSION_ENDED, by=by, after={"sessions": ended}, reason=reason)
    return ended


@deed
def end_sessions_of(user: User, reason: str, *, but: str = "", by: Actor) -> int:
    """End every session of an account but the one of this key. Returns how many."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=but).delete()
    if ended:
        record(AccessEntry.SESSION_ENDED, by=by, subject=user, after={"sessions": ended}, reason=reason)
    return ended
