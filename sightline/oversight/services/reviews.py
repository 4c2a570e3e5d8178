"""Reviews of access: opened by a job, decided by people, and what nobody confirmed lapses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import NobodyLeft, Permission, ScopeKind
from sightline.access.models import User
from sightline.access.reviewing import Grant, kinds
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.services import deed, record, subject_of
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of
from sightline.messages.services import drop_work_items, put_work_item, queue_mail, replace_work_items
from sightline.oversight.choices import (
    DECISION_LABELS,
    NOTHING_TICKED,
    REASON_NEEDED,
    REVIEW_CLOSED,
    Decision,
    NotYet,
)
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import AccessReview, GrantDecision, ReviewedGrant
from sightline.oversight.rules.reviews import first_day_of_part, reminder_number, review_numbers
from sightline.oversight.selectors.reviews import employers_of, reviewers_of, with_second_step
from sightline.oversight.services.telling import FOR_MANAGERS, tell, tell_holders
from sightline.partners.selectors import overs

KIND = "access review"
ALARM = "access alarm"
LAPSED = "Nobody confirmed it in the review of access"
KEPT = "Nobody confirmed it, and nobody else was left"
ELSEWHERE = "It was ended elsewhere"


def keep_reviews(now: datetime) -> None:
    """What a day asks of reviews: remind, let lapse what waited too long, and open the one that is due."""
    today = timezone.localtime(now).date()
    for review in AccessReview.objects.filter(closed_on=None).order_by("first_day"):
        note_gone(review, now)
        if today > review.due_on:
            lapse(review, now)
        else:
            remind(review, today)
    drop_alarms(now)
    if opened := open_review(today):
        remind(opened, today)


@deed
def open_review(today: date) -> AccessReview | None:
    """Open the review of the part of the year that the day lies in; None where it was, where another is open still, or
    nobody holds anything. It asks anew what an alarm of the one before asked.
    """
    numbers = review_numbers()
    first = first_day_of_part(today, numbers)
    tier = Tier.named(numbers.from_tier)
    held = [(kind, grant) for kind, offered in kinds().items() for grant in offered.held(today, tier)]
    if not held or AccessReview.objects.filter(Q(first_day=first) | Q(closed_on=None)).exists():
        return None
    for kept in _alarmed():
        drop_work_items(kept, ALARM)
    made = AccessReview.objects.create(first_day=first, opened_on=today, due_on=today + numbers.grace)
    ReviewedGrant.objects.bulk_create(_as_held(made, held))
    record(OversightEntry.REVIEW_OPENED, by=SYSTEM, subject=made, after={"grants": len(held)}, tier=Tier.T2)
    return made


def _as_held(review: AccessReview, held: Sequence[tuple[str, Grant]]) -> list[ReviewedGrant]:
    """What is held as it stands now, with what a reviewer wants to know of whoever holds it."""
    people = User.objects.in_bulk({grant.account_id for _, grant in held})
    strong, employers = with_second_step(people), employers_of(people)
    words = overs([grant for _, grant in held])
    return [
        ReviewedGrant(
            review=review,
            kind=kind,
            number=grant.number,
            account_id=grant.account_id,
            what=grant.what,
            over=grant.over or over,
            scope_kind=grant.scope_kind,
            scope_key=grant.scope_key,
            agency_key=grant.scope_key
            if grant.scope_kind == ScopeKind.AGENCY
            else employers.get(grant.account_id, ""),
            reads=grant.reads.value,
            since=grant.since,
            last_signed_in=people[grant.account_id].last_login,
            has_second_step=grant.account_id in strong,
        )
        for (kind, grant), over in zip(held, words, strict=True)
    ]


def _waiting(review: AccessReview) -> QuerySet[ReviewedGrant]:
    return review.grants.filter(current_decision="").select_related("account", "review").order_by("pk")


def _still_waiting(grant: ReviewedGrant) -> ReviewedGrant | None:
    """It as it stands, held against others; None where somebody decided it meanwhile."""
    return _waiting(grant.review).select_for_update(of=("self",)).filter(pk=grant.pk).first()


@deed
def note_gone(review: AccessReview, now: datetime) -> int:
    """Take off what waits whatever was ended elsewhere, and close the review when nothing waits. Returns how many."""
    waiting = list(_waiting(review).select_for_update(of=("self",)))
    standing = _standing(waiting, now)
    _close_when_done(review, timezone.localtime(now).date())
    return len(waiting) - len(standing)


def _standing(waiting: Sequence[ReviewedGrant], now: datetime) -> list[ReviewedGrant]:
    """Those of them that are held still; of the others it is noted that they are gone."""
    today = timezone.localtime(now).date()
    numbers = {
        kind: offered.standing([one.number for one in waiting if one.kind == kind], today)
        for kind, offered in kinds().items()
    }
    standing = [one for one in waiting if one.number in numbers.get(one.kind, ())]
    for one in waiting:
        if one not in standing:
            _decided(one, Decision.GONE, ELSEWHERE, by=SYSTEM, now=now)
    return standing


@deed
def remind(review: AccessReview, today: date) -> None:
    """Put what waits among what needs its reviewers, and write to each of them once in a while."""
    waiting = list(_waiting(review))
    if not waiting:
        return
    ask(review, today)
    number = reminder_number(review.opened_on, today, review_numbers())
    mail = (
        "Sightline: who may open confidential records?",
        "Every quarter somebody confirms who may still open confidential records. What nobody confirms by "
        f"{review.due_on.day} {review.due_on:%B %Y} lapses. Please look at it:",
        reverse("oversight:review", args=[review.key]),
    )
    key = f"review-{review.key}-{number}"
    tell_holders(Permission.ACCESS_MANAGE, *mail, key=key)
    tell(_named_for(waiting, today), *mail, key=key)


@deed
def ask(review: AccessReview, today: date) -> None:
    """Let what waits stand among what needs whoever looks after accounts and who is named for it, and nobody else."""
    waiting, about = list(_waiting(review)), subject_of(review)
    scopes = [FOR_MANAGERS, *(f"user:{each.pk}" for each in _named_for(waiting, today))] if waiting else []
    stood = WorkItem.objects.filter(
        kind=KIND, subject_app=about.app, subject_model=about.model, subject_id=about.id
    )
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    replace_work_items(standing, [_item(scope, review) for scope in scopes], timezone.now())


def _named_for(waiting: Sequence[ReviewedGrant], today: date) -> list[User]:
    """Who is named for anything of this that is not their own, each once."""
    named = reviewers_of({one.agency_key for one in waiting}, today)
    others = {(one.agency_key, one.account_id) for one in waiting}
    found = {
        each.account_id: each.account
        for each in named
        if any(key == each.agency.key and whose != each.account_id for key, whose in others)
    }
    return list(found.values())


def _item(scope: str, review: AccessReview) -> WorkItem:
    about = subject_of(review)
    return WorkItem(
        for_scope=scope,
        kind=KIND,
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        title="Confirm who may open confidential records",
        sentence="What nobody confirms by then lapses, and can only be given anew.",
        url=reverse("oversight:review", args=[review.key]),
        due_on=review.due_on,
    )


@deed
def confirm(
    review: AccessReview, numbers: Collection[int], reason: str, *, by: Actor, now: datetime
) -> tuple[int, int]:
    """Confirm what is ticked, for one reason. Returns how many were, and how many were decided or ended before.

    Who may is for `permissions` to say, before. Raises NotYet without a reason, without a tick, or once it is closed.
    """
    current = AccessReview.objects.select_for_update().get(pk=review.pk)
    _refuse_closed(current, reason)
    if not numbers:
        raise NotYet(NOTHING_TICKED)
    found = _standing(list(_waiting(current).select_for_update(of=("self",)).filter(pk__in=numbers)), now)
    for one in found:
        one.current_decision, one.version = Decision.CONFIRMED.value, one.version + 1
    ReviewedGrant.objects.bulk_update(found, ["current_decision", "version"])
    GrantDecision.objects.bulk_create(_row(one, Decision.CONFIRMED, reason.strip(), by, now) for one in found)
    for one in found:
        _told(one, Decision.CONFIRMED, reason.strip(), by)
    return len(found), len(numbers) - len(found)


@deed
def end_grant(
    grant: ReviewedGrant, reason: str, *, version: int, by: Actor, now: datetime, as_named: bool = False
) -> ReviewedGrant:
    """End what somebody holds: from today on, and they are told. `as_named`: by who is named for an agency.

    What had ended elsewhere already is noted as gone, and nobody is told.
    Raises StaleRecord, NotYet, NobodyLeft where nobody else could give roles, and Refused where whoever looks after
    accounts may not take this role away.
    """
    _refuse_closed(grant.review, reason)
    # Deciding and holding it in one, so that nobody decides the same meanwhile; where ending is refused, it is undone.
    waiting = ReviewedGrant.objects.filter(pk=grant.pk, version=version, current_decision="")
    if not waiting.update(current_decision=Decision.ENDED.value, version=version + 1):
        raise StaleRecord
    grant.current_decision, grant.version = Decision.ENDED.value, version + 1
    if not _standing([grant], now):
        return grant
    # An agency's reviewer holds no right over accounts: the review lets them end what they are named for.
    named = Actor("system", "access review", f"{by.label}, named for the agency")
    kinds()[grant.kind].end(grant.number, now, reason.strip(), named if as_named else by)
    _row(grant, Decision.ENDED, reason.strip(), by, now).save(force_insert=True)
    _told(grant, Decision.ENDED, reason.strip(), by)
    _tell_holder(grant, reason.strip())
    return grant


def lapse(review: AccessReview, now: datetime) -> int:
    """End what nobody confirmed in time, each by itself; what must be kept raises an alarm. Returns how many lapsed."""
    done = [_lapse_one(one, now) for one in _waiting(review)]
    _close_late(review, timezone.localtime(now).date())
    return sum(done)


def _lapse_one(grant: ReviewedGrant, now: datetime) -> bool:
    try:
        return _let_lapse(grant, now)
    except NobodyLeft as alone:
        _keep_with_alarm(grant, alone.sentence, now)
        return False


@deed
def _let_lapse(grant: ReviewedGrant, now: datetime) -> bool:
    """End it, unless somebody decided it while others lapsed."""
    current = _still_waiting(grant)
    if current is None or not _standing([current], now):
        return False
    kinds()[current.kind].end(current.number, now, LAPSED, SYSTEM)
    _decided(current, Decision.LAPSED, LAPSED, by=SYSTEM, now=now)
    _tell_holder(current, LAPSED)
    return True


@deed
def _keep_with_alarm(grant: ReviewedGrant, sentence: str, now: datetime) -> None:
    """The last who can give roles, or keeps a list, does not lapse: whoever looks after accounts is told, and asked."""
    current = _still_waiting(grant)
    if current is None:
        return
    _decided(current, Decision.KEPT, KEPT, by=SYSTEM, now=now)
    path = reverse("oversight:grant", args=[current.review.key, current.pk])
    put_work_item(
        FOR_MANAGERS,
        ALARM,
        current,
        "Nobody confirmed the last one who can do something",
        f"It was kept all the same. {sentence}",
        path,
        due_on=timezone.localtime(now).date() + timedelta(days=1),
    )
    tell_holders(
        Permission.ACCESS_MANAGE,
        "Sightline: nobody confirmed the last one who can do something",
        f"In the review of access nobody confirmed it. It was kept all the same. {sentence}",
        path,
        key=f"review-alarm-{current.pk}",
    )


def _alarmed() -> QuerySet[ReviewedGrant]:
    """What was kept for want of anybody else, and is asked about still."""
    asked = [
        int(number) for number in WorkItem.objects.filter(kind=ALARM).values_list("subject_id", flat=True)
    ]
    return ReviewedGrant.objects.filter(pk__in=asked).order_by("pk")


@deed
def drop_alarms(now: datetime) -> None:
    """Take away what asks for a second person, once there is one."""
    for kept in _alarmed():
        if not kinds()[kept.kind].is_last(kept.number, now):
            drop_work_items(kept, ALARM)


@deed
def _close_late(review: AccessReview, today: date) -> None:
    _close_when_done(review, today)


def _close_when_done(review: AccessReview, today: date) -> None:
    """Close the review when nothing waits any more."""
    if review.closed_on is not None or review.grants.filter(current_decision="").exists():
        return
    review.closed_on = today
    review.save(update_fields=["closed_on"])
    drop_work_items(review, KIND)
    record(OversightEntry.REVIEW_CLOSED, by=SYSTEM, subject=review, tier=Tier.T2)


def _refuse_closed(review: AccessReview, reason: str) -> None:
    """Raises NotYet where the review is closed or no reason was given."""
    if review.closed_on is not None:
        raise NotYet(REVIEW_CLOSED)
    if not reason.strip():
        raise NotYet(REASON_NEEDED)


def _decided(grant: ReviewedGrant, decision: Decision, reason: str, *, by: Actor, now: datetime) -> None:
    grant.current_decision, grant.version = decision.value, grant.version + 1
    grant.save(update_fields=["current_decision", "version"])
    _row(grant, decision, reason, by, now).save(force_insert=True)
    _told(grant, decision, reason, by)


def _row(grant: ReviewedGrant, decision: Decision, reason: str, by: Actor, now: datetime) -> GrantDecision:
    return GrantDecision(
        grant=grant,
        decision=decision.value,
        reason=reason,
        by_id=by.user_id,
        by_label=by.label,
        moment=now,
    )


def _told(grant: ReviewedGrant, decision: Decision, reason: str, by: Actor) -> None:
    after = {"kind": grant.kind, "number": grant.number, "decision": decision.value}
    record(OversightEntry.GRANT_DECIDED, by=by, subject=grant, after=after, reason=reason, tier=Tier.T2)


def _tell_holder(grant: ReviewedGrant, reason: str) -> None:
    queue_mail(
        grant.account.email,
        "Sightline: access of yours has ended",
        f"{grant.what}, {grant.over}: this access of yours has ended. {DECISION_LABELS[Decision.ENDED]} in the review "
        f"of access: {reason}. If you still need it, ask the business unit of your partnership for it anew.\n",
        by=SYSTEM,
    )


@deed
def note_review_taken(review: AccessReview, format: str, *, by: Actor) -> None:
    """Journal that the report of a review was taken away."""
    record(OversightEntry.REVIEW_PRINTED, by=by, subject=review, after={"format": format}, tier=Tier.T2)
