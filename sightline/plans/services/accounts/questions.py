"""Writing questions: an update returned to its owner, and the update that answers."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Question, Update
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, stamp, tier_of
from sightline.search.services import keep_words


@deed
def return_update(
    update: Update, text: str, *, as_at: date, by: Actor, now: datetime, refresh: bool = True
) -> Question:
    """Return an update to its owner with a question. Raises Unacceptable where a question waits already."""
    not_ahead(as_at, now)
    not_before(as_at, update.as_at, "The update")
    live = held(update.action)
    standing = live.questions.filter(answered_on=None).first()
    if standing:
        asked = f"{standing.entered_by_label} has asked already: “{standing.text}” That waits for its answer."
        raise Unacceptable({"text": asked})
    kept = need(text, "text", "Write the question.")
    made = Question.objects.create(action=live, update=update, text=kept, as_at=as_at, **stamp(by, now))
    keep_words(made)
    after = {"question": kept, "as_at": as_at, "update": update.text}
    record(PlanEntry.UPDATE_RETURNED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(live, now=now)
    return made


def answer_with(update: Update, live: Action, by: Actor, now: datetime) -> None:
    """Let an update answer the question that waits; for services, inside their transaction. Raises Unacceptable."""
    waiting = next((each for each in live.questions.all() if each.answered_on is None), None)
    answer = {
        "answer": update,
        "answered_on": max(update.as_at, waiting.as_at) if waiting else None,
        "answered_recorded_at": now,
        "answered_by_label": by.label[:200],
    }
    if waiting is None or not Question.objects.filter(pk=waiting.pk, answered_on=None).update(**answer):
        raise Unacceptable({"answers": "No question waits any more: somebody has answered it. Say no here."})
    record(
        PlanEntry.QUESTION_ANSWERED,
        by=by,
        subject=live,
        before={"question": waiting.text},
        after={"answer": update.text},
        tier=tier_of(live, live.plan),
    )
