"""Safeguarding leads: entered, changed by a row that follows, ended, confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen, need, not_ahead
from sightline.governance.entries import GovernanceEntry
from sightline.governance.models import Lead, LeadConfirmation
from sightline.governance.selectors.leads import WITH
from sightline.governance.services.work_items import keep_leads
from sightline.partners.models import Agency, Person
from sightline.search.services import keep_words

ROLE = "Enter what they are, such as Designated safeguarding lead"
OVER = "This row has ended. Enter a new one instead."
BEFORE = "They led from a later day: give that day or a later one."
TWICE = "This person leads there already."
THEMSELVES = "Nobody stands in for themselves: choose another person, or leave it empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadGiven:
    """What is entered of a lead. `cover_words`: who stands in, where that is no one person."""

    person: Person
    role: str
    starts_on: date
    department: str = ""
    school: str = ""
    district: str = ""
    telephone: str = ""
    cover: Person | None = None
    cover_words: str = ""


@deed
def add_lead(agency: Agency, given: LeadGiven, *, by: Actor, now: datetime) -> Lead:
    """Enter a safeguarding lead of an agency; that counts as confirmed today. Raises Unacceptable."""
    not_ahead(given.starts_on, now, "starts_on")
    made = _enter(agency, given, None, by=by, now=now)
    record(GovernanceEntry.LEAD_ADDED, by=by, subject=made, after=_told(made))
    return _kept(made, now)


@deed
def change_lead(found: Lead, given: LeadGiven, *, version: int, by: Actor, now: datetime) -> Lead:
    """Somebody else leads, or something is different, from a day: the row ends the day before, another follows.

    Where it was entered wrongly from its first day on, both have that day. Raises Unacceptable, StaleRecord.
    """
    live = _open(found, version)
    not_ahead(given.starts_on, now, "starts_on")
    if given.starts_on < live.starts_on:
        raise Unacceptable({"starts_on": BEFORE})
    last = max(live.starts_on, given.starts_on - timedelta(days=1))
    _end(live, last, "Another row follows", by=by, now=now)
    made = _enter(live.agency, given, live, by=by, now=now)
    record(GovernanceEntry.LEAD_CHANGED, by=by, subject=made, before=_told(live), after=_told(made))
    keep_leads([live], now)
    return _kept(made, now)


@deed
def end_lead(found: Lead, ends_on: date, reason: str = "", *, version: int, by: Actor, now: datetime) -> Lead:
    """Nobody leads there after this day. Raises Unacceptable, StaleRecord."""
    live = _open(found, version)
    if ends_on < live.starts_on:
        raise Unacceptable({"starts_on": BEFORE})
    _end(live, ends_on, reason, by=by, now=now)
    record(GovernanceEntry.LEAD_ENDED, by=by, subject=live, after={"ends_on": ends_on}, reason=reason)
    return _kept(live, now)


@deed
def confirm_lead(found: Lead, *, version: int, by: Actor, now: datetime) -> Lead:
    """Say that a row of the register is right today. Raises Unacceptable where it has ended, StaleRecord."""
    live = _open(found, version)
    today = timezone.localdate(now)
    LeadConfirmation.objects.create(lead=live, as_at=today, **entered(by, now))
    before, live.current_confirmed_on = {"confirmed_on": live.current_confirmed_on}, today
    live.version += 1
    live.save(update_fields=["current_confirmed_on", "version"])
    record(GovernanceEntry.LEAD_CONFIRMED, by=by, subject=live, before=before, after={"confirmed_on": today})
    keep_leads([live], now)
    return live


def _open(found: Lead, version: int) -> Lead:
    live: Lead = held_as_seen(found, version, *WITH)
    if live.ends_on:
        raise Unacceptable({"": OVER})
    return live


def _enter(agency: Agency, given: LeadGiven, follows: Lead | None, *, by: Actor, now: datetime) -> Lead:
    words = {key: " ".join(value.split()) for key, value in _all(given).items() if isinstance(value, str)}
    need(words["role"], "role", ROLE)
    if given.cover and given.cover.pk == given.person.pk:
        raise Unacceptable({"cover": THEMSELVES})
    made = Lead(
        agency=agency,
        person=given.person,
        cover=given.cover,
        starts_on=given.starts_on,
        follows=follows,
        current_confirmed_on=timezone.localdate(now),
        **words,
        **entered(by, now),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Unacceptable({"person": TWICE}) from None
    return made


def _all(given: LeadGiven) -> dict[str, Any]:
    """What was given, by name."""
    return {name: getattr(given, name) for name in given.__slots__}


def _end(live: Lead, ends_on: date, reason: str, *, by: Actor, now: datetime) -> None:
    live.ends_on, live.end_reason = ends_on, reason.strip()[:300]
    live.ended_recorded_at, live.ended_by_label = now, by.label[:200]
    live.version += 1
    live.save()


def _kept(lead: Lead, now: datetime) -> Lead:
    keep_words(lead)
    keep_leads([lead], now)
    return lead


def _told(lead: Lead) -> dict[str, Any]:
    """A row as the journal keeps it: people by their numbers."""
    told = {
        "agency": lead.agency_id,
        "place": lead.place,
        "role": lead.role,
        "person": lead.person_id,
        "cover": lead.cover_id,
        "starts_on": lead.starts_on,
        "ends_on": lead.ends_on,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}
