"""A disposal: approved by one person, ordered by another, carried out in parts, certified."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord, Way
from sightline.events.disposing import Doing, Kind, kinds
from sightline.events.services import deed, record
from sightline.jobs.services import enqueue
from sightline.messages.services import drop_work_items, put_work_item
from sightline.retention.choices import (
    ANOTHER_PERSON,
    CONFIRM_FIRST,
    NO_WAY,
    NOT_ALL_WENT,
    NOTHING_WAITS,
    RULES_CHANGED,
    SAY_WHY,
    Action,
    DisposalState,
    ItemState,
    NotPossible,
)
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import Certificate, Disposal
from sightline.retention.rules.definitions import Rule, laid_over
from sightline.retention.selectors import counts_of, rule_of_disposal, rules_in_force
from sightline.retention.services.finding import Progress, ask_to_look, settle
from sightline.retention.services.versions import bring_up_to_date

CARRY_OUT = "retention.carry_out"
PART = 50


@deed
def approve(disposal: Disposal, way: Way, *, reason: str, version: int, by: Actor, now: datetime) -> Disposal:
    """Say that what waits in a disposal may go, and how; it waits for a second person then.

    Raises StaleRecord; NotPossible without a reason, under a rule that nobody has confirmed or that says otherwise, and
    where nothing waits.
    """
    current = _locked(disposal, DisposalState.PROPOSED, version)
    rules = bring_up_to_date(now=now)
    rule, kind = laid_over(rules.rules)[current.rule], kinds()[current.rule]
    if not reason.strip():
        raise NotPossible(SAY_WHY)
    if not rule.is_confirmed:
        raise NotPossible(CONFIRM_FIRST)
    if way not in kind.ways or (rule.action != Action.REVIEW and rule.action.value != way.value):
        raise NotPossible(NO_WAY)
    if not current.items.filter(state=ItemState.WAITING).exists():
        raise NotPossible(NOTHING_WAITS)
    current.state, current.way, current.rules = DisposalState.APPROVED, way.value, rules
    current.approved_at, current.approved_by_id = now, by.user_id
    current.approved_by_label, current.approved_reason = by.label[:200], reason.strip()
    _moved_on(current)
    after = {"rule": rule.key, "way": way.value, "version": rules.number, "words": current.approved_reason}
    record(RetentionEntry.DISPOSAL_APPROVED, by=by, subject=current, after=after)
    put_work_item(
        "may:retention_keep",
        "disposal",
        current,
        f"A disposal waits for a second person: {rule.name}",
        f"{by.label} has approved it. Somebody else looks at it and carries it out.",
        f"/retention/disposals/{current.pk}/",
    )
    return current


@deed
def send_back(disposal: Disposal, *, version: int, by: Actor, now: datetime) -> Disposal:
    """Take an approval back: what waits is a proposal again, with what was found since. Raises StaleRecord."""
    asked = Q(pk=disposal.pk) | Q(rule=disposal.rule, state=DisposalState.PROPOSED)
    locked = {each.pk: each for each in _held().filter(asked).order_by("pk")}
    current = _fresh(locked.pop(disposal.pk), DisposalState.APPROVED, version)
    rule = _rule_of(current)
    for newer in locked.values():
        again = current.items.filter(number__in=newer.items.values("number"))
        again.exclude(state=ItemState.WAITING).delete()
        newer.items.update(disposal=current)
        # One proposal for each rule at most (a constraint): the newer one goes before this is one again.
        newer.delete()
    current.state, current.way, current.rules = DisposalState.PROPOSED, "", None
    current.approved_at, current.approved_by_id = None, None
    current.approved_by_label, current.approved_reason = "", ""
    _moved_on(current)
    record(RetentionEntry.DISPOSAL_SENT_BACK, by=by, subject=current, after={"rule": current.rule})
    ask_to_look(current, rule, now, instead_of=list(locked))
    return current


@deed
def order(disposal: Disposal, *, version: int, by: Actor, now: datetime) -> Disposal:
    """Let an approved disposal be carried out, by somebody other than who approved it.

    Raises StaleRecord; NotPossible for the same person, and where the rule has been changed since it was approved.
    """
    current = _locked(disposal, DisposalState.APPROVED, version)
    if by.user_id is None or by.user_id == current.approved_by_id:
        raise NotPossible(ANOTHER_PERSON)
    if rules_in_force()[1].get(current.rule) != _rule_of(current):
        raise NotPossible(RULES_CHANGED)
    current.state = DisposalState.ORDERED
    current.ordered_at, current.ordered_by_id, current.ordered_by_label = now, by.user_id, by.label[:200]
    _moved_on(current)
    record(RetentionEntry.DISPOSAL_ORDERED, by=by, subject=current, after={"rule": current.rule})
    drop_work_items(current)
    enqueue(CARRY_OUT, {"disposal": current.pk}, by=by, key=f"retention-disposal-{current.pk}")
    return current


def carry_out(number: int, *, by: Actor, now: datetime, progress: Progress) -> Certificate | None:
    """Dispose of what waits, part by part, each in a transaction of its own; then certify it.

    It can be run again after a crash: what has gone is marked as gone in the transaction in which it went. None where
    it is not to be carried out.
    """
    disposal = Disposal.objects.get(pk=number)
    if disposal.state == DisposalState.DONE:
        return disposal.certificate
    if disposal.state != DisposalState.ORDERED:
        return None
    total = disposal.items.count()
    while left := disposal.items.filter(state=ItemState.WAITING).count():
        progress(total - left, total, f"{total - left} of {total} records are done.")
        _part(disposal, by=by, now=now)
    return _certify(disposal, by=by, now=now)


@deed
def tell_it_stopped(number: int, sentence: str) -> None:
    """Ask whoever keeps retention to look at a disposal that could not be finished."""
    disposal = Disposal.objects.get(pk=number)
    put_work_item(
        "may:retention_keep",
        "disposal",
        disposal,
        "A disposal has stopped",
        f"{sentence} What went before is marked in its list. It goes on once its background work is tried again."[
            :500
        ],
        f"/retention/disposals/{disposal.pk}/",
    )


@deed
def _part(disposal: Disposal, *, by: Actor, now: datetime) -> None:
    """Dispose of the next records; each is looked at again, for what was held or used meanwhile."""
    current = Disposal.objects.select_for_update().get(pk=disposal.pk)
    # Locked before it is asked what is held: who holds or keeps one of them meanwhile waits, and then finds it gone.
    waiting = current.items.select_for_update().filter(state=ItemState.WAITING).order_by("number")
    numbers = list(waiting.values_list("number", flat=True)[:PART])
    rule, kind = _rule_of(current), kinds()[current.rule]
    going = settle(current, kind, numbers, rule.period, timezone.localtime(now).date())
    if not going:
        return
    doing = Doing(by, f"Disposal {current.pk}, by the rule “{rule.name}”.", now)
    if (done := kind.ways[Way(current.way)](going, doing)) != len(going):
        raise NotPossible(NOT_ALL_WENT.format(done=done, asked=len(going)))
    current.items.filter(number__in=going, state=ItemState.WAITING).update(state=ItemState.DISPOSED)
    after = {"rule": rule.key, "way": current.way, "records": len(going), "numbers": going}
    record(RetentionEntry.DISPOSED, by=by, subject=current, after=after)


@deed
def _certify(disposal: Disposal, *, by: Actor, now: datetime) -> Certificate:
    """Write the certificate, once."""
    current = Disposal.objects.select_for_update(of=("self",)).select_related("rules").get(pk=disposal.pk)
    if current.state == DisposalState.DONE:
        return current.certificate
    counts, rule, kind = counts_of(current), _rule_of(current), kinds()[current.rule]
    made = Certificate.objects.create(
        disposal=current,
        number=f"{timezone.localtime(now).year}-{current.pk}",
        made_at=now,
        count=counts.get(ItemState.DISPOSED.value, 0),
        told=_told(current, rule, kind, counts),
        sha256=digest_of(current, kind.noun),
    )
    current.state, current.finished_at = DisposalState.DONE, now
    _moved_on(current)
    drop_work_items(current)
    after = {"certificate": made.number, "records": made.count, "sha256": made.sha256}
    record(RetentionEntry.DISPOSAL_DONE, by=by, subject=made, after=after)
    return made


def digest_of(disposal: Disposal, noun: str) -> str:
    """SHA-256 of the references of all that was disposed of, one a line, in the order of their numbers."""
    digest = hashlib.sha256()
    gone = disposal.items.filter(state=ItemState.DISPOSED).order_by("number")
    for number in gone.values_list("number", flat=True).iterator(chunk_size=2_000):
        digest.update(f"{noun} {number}\n".encode())
    return digest.hexdigest()


def _told(disposal: Disposal, rule: Rule, kind: Kind, counts: dict[str, int]) -> dict[str, object]:
    if disposal.rules is None or disposal.approved_at is None or disposal.ordered_at is None:
        raise ValueError("A disposal is certified once it was approved and ordered.")
    return {
        "rule": rule.told(),
        "noun": kind.noun,
        "way": disposal.way,
        "counts": counts,
        "version": disposal.rules.number,
        "version_sha256": disposal.rules.sha256,
        "approved_by": disposal.approved_by_label,
        "approved_at": disposal.approved_at.isoformat(),
        "approved_because": disposal.approved_reason,
        "ordered_by": disposal.ordered_by_label,
        "ordered_at": disposal.ordered_at.isoformat(),
    }


def _rule_of(disposal: Disposal) -> Rule:
    """The rule as it stood in the version by which the disposal was approved."""
    rule = rule_of_disposal(disposal)
    if disposal.rules is None or rule is None:
        raise ValueError("The disposal has not been approved.")
    return rule


def _held() -> QuerySet[Disposal]:
    return Disposal.objects.select_for_update(of=("self",)).select_related("rules")


def _locked(disposal: Disposal, state: DisposalState, version: int) -> Disposal:
    return _fresh(_held().get(pk=disposal.pk), state, version)


def _fresh(current: Disposal, state: DisposalState, version: int) -> Disposal:
    if current.version != version or current.state != state:
        raise StaleRecord
    return current


def _moved_on(disposal: Disposal) -> None:
    disposal.version += 1
    disposal.save()
