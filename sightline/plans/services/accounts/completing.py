"""Writing that an action is done: one person's word with evidence, and another's answer to it."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, ImpossibleMove, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before, today
from sightline.plans.choices import ClaimResult, Completion, DeliveryState, LineKind, ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, CompletionClaim
from sightline.plans.rules.completing import OWN_WORD, Answer, Voice, check_claim, completion, is_own_word
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.services.accounts.states import move
from sightline.plans.services.accounts.updates import who
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, held_with_waiting, stamp, tier_of
from sightline.search.services import keep_words

ANSWERED = "Somebody else has answered this already."


@deed
def claim_completion(
    action: Action,
    text: str,
    *,
    as_at: date,
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> CompletionClaim:
    """Say that an action is done since a day, and what was done; somebody else then confirms or returns it.

    An action that a paper calls complete may be claimed too, so that it can be confirmed. Raises Unacceptable, also
    where no evidence stands.
    """
    not_ahead(as_at, now)
    live = held(action)
    read = read_for([live], today(now))
    states, pieces = read.of_kind(live, LineKind.STATE), len(read.of_kind(live, LineKind.EVIDENCE))
    try:
        check_claim(live.state_now, pieces, _completion_of(live, read))
    except ImpossibleMove as refused:
        raise Unacceptable({"text": refused.sentence}) from refused
    if live.is_open and states:
        not_before(as_at, states[-1].as_at, "The last change of state")
    made = CompletionClaim.objects.create(
        action=live,
        text=need(text, "text", "Write what was done."),
        as_at=as_at,
        said_by=said_by.strip()[:200],
        received_how=received_how,
        **stamp(by, now),
    )
    keep_words(made)
    after = {"text": made.text, "as_at": as_at} | who(made.said_by)
    record(PlanEntry.COMPLETION_CLAIMED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    read.add(live, made)
    read.claims[live.pk] = made
    if refresh:
        refresh_current(action, now=now, read=read)
    return made


def _completion_of(action: Action, read: Read) -> Completion:
    """What a second person has said of the action's completion."""
    last = next(reversed(read.of_kind(action, LineKind.STATE)), None)
    claims = sorted(read.of_kind(action, LineKind.CLAIM), key=lambda line: (line.recorded_at, line.row))
    answers = [Answer(ClaimResult(claim.word), claim.ended_recorded_at) for claim in claims]
    recorded_at, on_paper = (last.recorded_at, last.import_of is not None) if last else (None, False)
    return completion(action.state_now, recorded_at, on_paper, answers)


@deed
def confirm_completion(
    claim: CompletionClaim, *, reason: str = "", by: Actor, now: datetime, refresh: bool = True
) -> CompletionClaim:
    """Confirm that an action is done: it is complete from the day of the claim.

    Raises Unacceptable for one's own word and where no evidence stands any more, StaleRecord where it was answered.
    """
    live, waiting = held_with_waiting(claim.action)
    _check_second(claim, by)
    if not live.has_evidence:  # type: ignore[attr-defined]  # read with the record
        raise Unacceptable(
            {"decision": "No evidence stands with this action. Return it, and say what is missing."}
        )
    answered = _answer(claim, ClaimResult.CONFIRMED, reason, by, now)
    if live.is_open:
        why = claim.text
        move(live, DeliveryState.COMPLETE, claim.as_at, why, None, by, now, confirmed=True, refresh=refresh)
    else:
        record(
            PlanEntry.COMPLETION_CONFIRMED,
            by=by,
            subject=live,
            after={"text": claim.text, "as_at": claim.as_at} | who(claim.said_by),
            reason=reason.strip(),
            tier=tier_of(live, live.plan),
        )
    if refresh:
        refresh_current([live, *waiting], now=now)
    return answered


@deed
def return_claim(
    claim: CompletionClaim, reason: str, *, by: Actor, now: datetime, refresh: bool = True
) -> CompletionClaim:
    """Return a claim to whoever made it, with what is missing. Raises Unacceptable, StaleRecord."""
    live = held(claim.action)
    _check_second(claim, by)
    kept = need(reason, "reason", "Say what is missing.")
    answered = _answer(claim, ClaimResult.RETURNED, kept, by, now)
    _journal_end(PlanEntry.COMPLETION_RETURNED, answered, live, by)
    if refresh:
        refresh_current(live, now=now)
    return answered


@deed
def withdraw_claim(
    claim: CompletionClaim, reason: str, *, by: Actor, now: datetime, refresh: bool = True
) -> CompletionClaim:
    """Take back a claim that waits; it stays in the history. Raises Unacceptable, StaleRecord."""
    live = held(claim.action)
    kept = need(reason, "reason", "Say why it is taken back.")
    answered = _answer(claim, ClaimResult.WITHDRAWN, kept, by, now)
    _journal_end(PlanEntry.COMPLETION_WITHDRAWN, answered, live, by)
    if refresh:
        refresh_current(live, now=now)
    return answered


def _check_second(claim: CompletionClaim, by: Actor) -> None:
    """Raises Unacceptable where somebody answers their own word."""
    entered = Voice(claim.entered_by_id, claim.entered_by_label)
    if is_own_word(entered, claim.said_by, Voice(by.user_id, by.label)):
        raise Unacceptable({"decision": OWN_WORD})


def _answer(
    claim: CompletionClaim, result: ClaimResult, reason: str, by: Actor, now: datetime
) -> CompletionClaim:
    """Answer a claim that still waits. Raises StaleRecord where somebody was quicker."""
    on = today(now)
    not_before(on, claim.as_at, "The claim", "decision")
    waiting = CompletionClaim.objects.filter(pk=claim.pk, result=ClaimResult.WAITING)
    answer = {
        "result": result,
        "result_on": on,
        "result_recorded_at": now,
        "result_by_id": by.user_id,
        "result_by_label": by.label[:200],
        "reason": reason.strip(),
    }
    if not waiting.update(**answer):
        raise StaleRecord(ANSWERED)
    for name, value in answer.items():
        setattr(claim, name, value)
    keep_words(claim)
    return claim


def _journal_end(entry: PlanEntry, claim: CompletionClaim, live: Action, by: Actor) -> None:
    before = {"text": claim.text, "as_at": claim.as_at} | who(claim.said_by)
    record(
        entry,
        by=by,
        subject=live,
        before=before,
        after={"result": claim.result},
        reason=claim.reason,
        tier=tier_of(live, live.plan),
    )
