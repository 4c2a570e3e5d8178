"""Answering a new date that somebody asks for in a round: it is given, or the one that stands stays, and why."""

from __future__ import annotations

from datetime import datetime

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, today
from sightline.messages.rules.notices import may_be_named
from sightline.plans.choices import TimescaleKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, DateAnswer, Update
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.rounds import rounds_about_action
from sightline.plans.services.given import TimescaleGiven
from sightline.plans.services.keeping import held, stamp, tier_of
from sightline.plans.services.timescales import revise_timescale
from sightline.requests.services import tell_whoever_told
from sightline.screens.words import day

ANSWERED = "Somebody has answered this already. Nothing of theirs was overwritten."
NO_DATE = "No new date is asked for here."
AS_ASKED = "As its owner asked."
MAIL = """You asked for {asked} as the new date of action {action} of “{plan}”.

{answer}

{why}
"""
ELSEWHERE = "Ask {by} why: it does not stand in an e-mail."


@deed
def answer_date(
    update: Update, version: int, *, is_agreed: bool, words: str, by: Actor, now: datetime
) -> tuple[DateAnswer, bool]:
    """Give the date that an update asks for, which counts as a slip, or say why the one that stands stays.

    `update` is read with its answer, and its action held. Whoever asked is told, and whether they could be is
    returned. Raises Unacceptable, StaleRecord.
    """
    if update.new_due_on is None:
        raise Unacceptable({"": NO_DATE})
    if not is_agreed:
        words = need(words, "words", "Say why the date stays as it is")
    live, on = held(update.action), today(now)
    if hasattr(update, "date_answer"):
        raise Unacceptable({"": ANSWERED})
    stands = day(live.current_due_on) or live.current_timescale_label or "no date"
    given = {"asked_for": update.new_due_on, "is_agreed": is_agreed, "words": words.strip(), "as_at": on}
    made = DateAnswer.objects.create(action=live, update=update, **given, **stamp(by, now))
    record(
        PlanEntry.DATE_ANSWERED,
        by=by,
        subject=live,
        after={"asked_for": update.new_due_on, "is_agreed": is_agreed},
        reason=made.words,
        tier=tier_of(live, live.plan),
    )
    if is_agreed:
        due = update.new_due_on
        timescale = TimescaleGiven(TimescaleKind.BY_DATE, (due.isoformat(),), day(due))
        revise_timescale(live, version, timescale, reason=made.words or AS_ASKED, as_at=on, by=by, now=now)
    return made, _tell(made, live, stands, by, now)


def _tell(made: DateAnswer, action: Action, stands: str, by: Actor, now: datetime) -> bool:
    """Tell whoever asked at the address that they answered from. Whether that could be."""
    tier = highest([action.tier, action.plan.tier])
    if tier not in (Tier.T0, Tier.T1):
        return False
    why = made.words if may_be_named(tier, made.words, now.year) else ELSEWHERE.format(by=by.label)
    text = MAIL.format(
        asked=day(made.asked_for),
        action=action.current_number_label or action.reference,
        plan=action.plan.name,
        answer="It is the new date." if made.is_agreed else f"The date stays as it is: {stands}.",
        why=why,
    )
    subject = "The new date is agreed" if made.is_agreed else "The date stays as it is"
    whose, about = (made.update.entered_by_label, made.update.said_by), rounds_about_action(action)
    return tell_whoever_told(about, *whose, subject, text, by=by)
