"""Case lists: begun with a record, kept by those on them, over when the record closes or their time is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.services import deed, record
from sightline.knowing.choices import NOBODY_LEFT, NotPossible
from sightline.knowing.entries import KnowingEntry
from sightline.knowing.models import Listed
from sightline.knowing.registry import kind_of
from sightline.knowing.rules import numbers
from sightline.knowing.selectors import ending_soon, keepers, list_of, of_record, opened_by
from sightline.knowing.wall import can_keep_list, ways_of
from sightline.messages.services import queue_mail

# Says no more than is needed: not what the conflict is, nor that there is one.
NOT_TO_BE_LISTED = "This person cannot be put on this list. They can ask the people who keep this list why."
NOT_FOR_THEIR_ROLE = "Their roles do not read records like this one. Give them such a role first."
THERE_ALREADY = (
    "They are on the list already on some of these days. Choose days after that, or end their place first."
)
NO_REASON = "Say why they need to know."
IN_THE_PAST = "The first day must not lie before today."
WRONG_DAYS = "The last day must not lie before the first."
SUBJECT = "Your place on a case list ends soon"
TEXT = """You read a record as one of the people on its list. That ends by itself after {day}.

If you need it for longer, somebody who keeps the list gives you the place anew before that day.{link}

If you no longer need it, do nothing.
"""
LINK = """ You are one of them:

{address}"""
ENDED_ALREADY = "Their place on the list had ended already."


@deed
def open_list(about: Any, user: User, *, reason: str, by: Actor, now: datetime) -> Listed:
    """Begin a record's list with whoever begins the record. Called by its domain, which knows that they may."""
    today = timezone.localdate(now)
    return _write(about, user, reason, today, today + timedelta(days=numbers().list_days), by, now)


@deed
def add_to_list(
    about: Any, user: User, *, reason: str, starts_on: date, ends_on: date, by: Actor, now: datetime
) -> Listed:
    """Let somebody read a record from and until two days that both count. Raises NotPossible.

    Whether `by` may is for `wall.check_keep_list` to say, before.
    """
    problems = _days(starts_on, ends_on, timezone.localdate(now)) | (
        {} if reason.strip() else {"reason": NO_REASON}
    )
    if user.scope.reads < Tier.named(about.tier):
        problems["person"] = NOT_FOR_THEIR_ROLE
    ways = ways_of(user, about, now=now)
    if ways.conflict:
        problems["person"] = NOT_TO_BE_LISTED
    elif (
        list_of(about)
        .filter(ended_at=None, user=user, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .exists()
    ):
        problems["person"] = THERE_ALREADY
    if problems:
        raise NotPossible(problems)
    return _write(about, user, reason, starts_on, ends_on, by, now)


@deed
def end_line(line: Listed, about: Any, *, reason: str, by: Actor, now: datetime) -> None:
    """End somebody's place at once, also for days to come. Raises StaleRecord, NotPossible for the last keeper."""
    today = timezone.localdate(now)
    standing = list(list_of(about).select_for_update(of=("self",)).filter(ended_at=None, ends_on__gte=today))
    ended = [each for each in standing if each.user_id == line.user_id]
    if not ended:
        raise StaleRecord(ENDED_ALREADY)
    there = {each.user_id for each in standing if each.starts_on <= today}
    if keepers(about, there, now) == {line.user_id}:
        raise NotPossible({"": NOBODY_LEFT})
    for each in ended:
        _end(each, about, reason, by, now)


@deed
def end_list(about: Any, *, reason: str, by: Actor, now: datetime) -> int:
    """End the whole list, for a record that is closed. Called by its domain. Returns how many were on it."""
    rows = Listed.objects.select_for_update(of=("self",)).select_related("user").filter(**of_record(about))
    standing = list(rows.filter(ended_at=None, ends_on__gte=timezone.localdate(now)))
    for each in standing:
        _end(each, about, reason, by, now)
    return len(standing)


@deed
def tell_of_endings(now: datetime) -> int:
    """Tell people by e-mail that their place on a list ends soon, so that no list is left without anybody who keeps it.

    The mail says nothing of the record: it links whoever keeps the list to it. Whoever has a later place, or to whom
    the record is closed all the same, is not told. Each is told once. Returns how many.
    """
    ending = [(line, about) for line in ending_soon(now) if (about := opened_by(line, now)) is not None]
    for line, about in ending:
        address = settings.SITE_ADDRESS + reverse("knowing:list", args=[line.app, line.model, line.number])
        link = LINK.format(address=address) if can_keep_list(line.user, about, now=now) else ""
        text = TEXT.format(day=f"{line.ends_on.day} {line.ends_on:%B %Y}", link=link)
        queue_mail(line.user.email, SUBJECT, text, by=SYSTEM, key=f"listed-ends-{line.pk}")
    return len(ending)


def _days(starts_on: date, ends_on: date, today: date) -> dict[str, str]:
    most = numbers().list_most_days
    if starts_on < today:
        return {"starts_on": IN_THE_PAST}
    if ends_on < starts_on:
        return {"ends_on": WRONG_DAYS}
    if ends_on - starts_on > timedelta(days=most):
        return {"ends_on": f"A place on a list lasts {most} days at most, and can then be given anew."}
    return {}


def _write(
    about: Any, user: User, reason: str, starts_on: date, ends_on: date, by: Actor, now: datetime
) -> Listed:
    line = Listed(
        **of_record(about),
        user=user,
        reason=reason.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        added_at=now,
        added_by_id=by.user_id,
        added_by_label=by.label[:200],
    )
    line.save(force_insert=True)
    after = {**_told(line, about), "starts_on": starts_on, "ends_on": ends_on, "reason": line.reason}
    record(KnowingEntry.LISTED, by=by, subject=line, after=after, tier=Tier.named(about.tier))
    return line


def _end(line: Listed, about: Any, reason: str, by: Actor, now: datetime) -> None:
    line.ended_at, line.ended_by_label, line.ended_reason = now, by.label[:200], reason.strip()
    line.save(update_fields=["ended_at", "ended_by_label", "ended_reason"])
    after = {**_told(line, about), "reason": line.ended_reason}
    record(KnowingEntry.LISTING_ENDED, by=by, subject=line, after=after, tier=Tier.named(about.tier))


def _told(line: Listed, about: Any) -> dict[str, object]:
    return {"person": line.user.name, "user_id": line.user_id, "record": kind_of(about).reference_of(about)}
