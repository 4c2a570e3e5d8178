"""Break-glass: reading a record without being on its list, for a time, with a reason, seen by others.

The answer is the same for a reference that nobody has, for a record that the role does not read and for one with a
conflict of interest; the same work is done for each before that is decided.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.services import deed, record
from sightline.jobs.rules import wait_in_words
from sightline.jobs.services import enqueue
from sightline.knowing.choices import MustWait, NotPossible, ProofUsed
from sightline.knowing.entries import KnowingEntry
from sightline.knowing.models import Glass, WrongReference
from sightline.knowing.registry import Kind
from sightline.knowing.rules import Numbers, normal_reference, numbers, opens, wait_left
from sightline.knowing.selectors import (
    has_conflict_with,
    named,
    of_record,
    opened_since,
    reviewers,
    tier_of_record,
    wrong_references,
)
from sightline.knowing.wall import ways_of
from sightline.messages.services import drop_work_items, put_work_item, queue_mail

ALERT, WORK = "knowing.alert", "glass"
FOR_REVIEWERS = f"may:{Permission.GLASS_REVIEW.value}"
KEEP_WRONG = timedelta(days=1)
CLOSED_ALREADY = "It was closed already, or its time was over."
REVIEWED_ALREADY = "Somebody has looked into this already."
NO_FINDING = "Say what you found."
SUBJECT = "Break-glass was used"
TEXT = """{who} has opened a child-level or restricted record without being on its list, on {when}, until {until}.

Look at who it was and why, and say what you found:

{address}
"""


@deed
def break_glass(
    user: User, reference: str, reason: str, *, proved_at: datetime, now: datetime
) -> tuple[Kind, Any] | None:
    """Open the record of this reference to somebody for a time; None where nothing opens, whatever the cause.

    Raises ProofUsed where the second step, taken at `proved_at`, has opened something already; MustWait after too many
    that opened nothing. That it was taken just now is for the view to see.
    """
    set_to, by = numbers(), user.actor
    _lock(user)
    if opened_since(user.pk, proved_at):
        raise ProofUsed
    _refuse_while_waiting(user, set_to, now)
    found = [each for each in named(reference) if _may(user, each[1], now)]
    if len(found) != 1:
        _note_wrong(user, reference, set_to, now)
        return None
    kind, about = found[0]
    used = Glass(
        **of_record(about),
        user=user,
        reference=kind.reference_of(about)[:100],
        reason=reason.strip(),
        opened_at=now,
        closes_at=now + set_to.glass_open,
    )
    used.save(force_insert=True)
    after = {**_told(used), "reason": used.reason, "closes_at": used.closes_at}
    record(KnowingEntry.GLASS_BROKEN, by=by, subject=used, after=after, tier=Tier.named(about.tier))
    _ask_to_look(used)
    enqueue(ALERT, {"use": used.pk}, by=SYSTEM)
    return kind, about


def _lock(user: User) -> None:
    """One try of a person at a time, so that the throttle counts them all."""
    User.objects.select_for_update().filter(pk=user.pk).values_list("pk", flat=True).first()


def _may(user: User, about: Any, now: datetime) -> bool:
    """Whether breaking the glass would open it: asked in the same way of every record that was found."""
    ways = ways_of(user, about, now=now)
    return opens(user.scope.reads, Tier.named(about.tier), type(ways)(glass=True, conflict=ways.conflict))


def _refuse_while_waiting(user: User, set_to: Numbers, now: datetime) -> None:
    left = wait_left(wrong_references(user.pk, now - set_to.glass_window), now, set_to)
    if left:
        minutes = timedelta(minutes=max(1, -(-int(left.total_seconds()) // 60)))
        raise MustWait(
            f"Too many references opened nothing. Try again in {wait_in_words(minutes)}, or ask the person on call for "
            "data protection."
        )


def _note_wrong(user: User, reference: str, set_to: Numbers, now: datetime) -> None:
    """Count and journal it, and the wait that begins where it was one too many."""
    WrongReference.objects.create(user=user, moment=now)
    typed = {"reference": normal_reference(reference)[:100]}
    record(KnowingEntry.GLASS_REFUSED, by=user.actor, after=typed, tier=Tier.T2)
    if wait_left(wrong_references(user.pk, now - set_to.glass_window), now, set_to):
        record(KnowingEntry.GLASS_SLOWED, by=user.actor, tier=Tier.T2)


def _ask_to_look(used: Glass) -> None:
    put_work_item(
        FOR_REVIEWERS,
        WORK,
        used,
        SUBJECT,
        f"{used.user.name} opened a record without being on its list. Look at why, and say what you found.",
        reverse("knowing:use", args=[used.pk]),
        due_on=timezone.localdate(used.opened_at) + timedelta(days=numbers().glass_review_days),
        tier=Tier.T2,
    )


@deed
def alert(number: int, *, by: Actor) -> int:
    """Tell by e-mail whoever reviews uses of break-glass: who and when, nothing of the record. Returns how many."""
    used = Glass.objects.select_related("user").get(pk=number)
    told = reviewers(used)
    opened = timezone.localtime(used.opened_at)
    text = TEXT.format(
        who=used.user.name,
        when=f"{opened.day} {opened:%B %Y at %H:%M}",
        until=f"{timezone.localtime(used.closes_at):%H:%M}",
        address=settings.SITE_ADDRESS + reverse("knowing:use", args=[used.pk]),
    )
    for person in told:
        queue_mail(person.email, SUBJECT, text, by=by, key=f"glass-{used.pk}-{person.pk}")
    return len(told)


@deed
def close_glass(used: Glass, *, by: Actor, now: datetime) -> None:
    """Close it before its time: whoever opened it, or whoever reviews. Raises StaleRecord."""
    standing = _held(used)
    if standing.closed_at is not None or standing.closes_at <= now:
        raise StaleRecord(CLOSED_ALREADY)
    standing.closed_at, standing.closed_by_label = now, by.label[:200]
    standing.save(update_fields=["closed_at", "closed_by_label"])
    tier = tier_of_record(standing)
    record(KnowingEntry.GLASS_CLOSED, by=by, subject=standing, after=_told(standing), tier=tier)


@deed
def review_glass(used: Glass, finding: str, *, by: Actor, now: datetime) -> None:
    """Say what was found when a use was looked into. Raises StaleRecord, NotPossible.

    Nobody reviews their own, nor a use of a record they have a conflict with.
    """
    if not finding.strip():
        raise NotPossible({"finding": NO_FINDING})
    standing = _held(used)
    if standing.user_id == by.user_id:
        raise NotPossible({"finding": "Somebody else looks into what you opened."})
    if has_conflict_with(by.user_id, standing):
        raise NotPossible({"finding": "Somebody else looks into this."})
    if standing.reviewed_at is not None:
        raise StaleRecord(REVIEWED_ALREADY)
    standing.reviewed_at, standing.reviewed_by_label = now, by.label[:200]
    standing.finding = finding.strip()
    standing.save(update_fields=["reviewed_at", "reviewed_by_label", "finding"])
    after = {**_told(standing), "finding": standing.finding}
    record(KnowingEntry.GLASS_REVIEWED, by=by, subject=standing, after=after, tier=tier_of_record(standing))
    drop_work_items(standing, WORK)


def _held(used: Glass) -> Glass:
    return Glass.objects.select_for_update(of=("self",)).select_related("user").get(pk=used.pk)


def _told(used: Glass) -> dict[str, object]:
    return {"person": used.user.name, "user_id": used.user_id, "record": used.reference}


@deed
def note_name_shown(about: Any, *, by: Actor) -> None:
    """Journal that somebody asked to see the name behind a reference, before it is shown."""
    record(KnowingEntry.NAME_SHOWN, by=by, subject=about, tier=Tier.named(about.tier))


@deed
def forget_wrong_references(now: datetime) -> int:
    """Delete what no throttle counts any more; the entries of the journal stay. Returns how many."""
    return WrongReference.objects.filter(moment__lt=now - KEEP_WRONG).delete()[0]
