"""Saying what may be published of an action, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, PublishableText
from sightline.plans.services.keeping import fit_to_publish, held_at, stamp, tier_of

NOTHING_TO_WITHDRAW = "Write what may be published. Nothing may be so far, so there is nothing to withdraw."


@deed
def set_publishable(
    action: Action, version: int, text: str, *, as_at: date, agreed_by: str, by: Actor, now: datetime
) -> PublishableText:
    """From a day on, these words may be published of the action; an empty text withdraws those that might.

    Words need somebody who agreed to them. Raises Unacceptable, also where not every member reads the action, and
    StaleRecord.
    """
    held_at(action, version)
    kept = fit_to_publish(action, text, "text")
    last = action.publishable_texts.last()
    before = last.text if last else ""
    if not kept and not before:
        raise Unacceptable({"text": NOTHING_TO_WITHDRAW})
    agreed = need(agreed_by, "agreed_by", "Say who agreed that it may be published.") if kept else agreed_by
    not_ahead(as_at, now)
    not_before(as_at, last.as_at if last else None, "What was said of it before")
    made = PublishableText.objects.create(
        action=action, text=kept, as_at=as_at, agreed_by=agreed.strip()[:200], **stamp(by, now)
    )
    action.save(update_fields=["version"])
    record(
        PlanEntry.PUBLISHABLE_SET,
        by=by,
        subject=action,
        before={"text": before},
        after={"text": made.text, "as_at": as_at, "agreed_by": made.agreed_by},
        tier=tier_of(action, action.plan),
    )
    return made
