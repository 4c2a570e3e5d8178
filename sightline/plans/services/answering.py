"""Naming what answers a challenge or scrutiny entry, or treats a risk; and saying that it does so no more."""

from __future__ import annotations

from datetime import date, datetime

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Answering, Plan, Recommendation
from sightline.plans.rules.tiers import highest
from sightline.plans.services.keeping import stamp

Logged = Challenge | Risk | Scrutiny
Named = Action | Recommendation | Plan


@deed
def name_answer(
    logged: Logged, named: Named, *, reason: str, as_at: date, by: Actor, now: datetime
) -> Answering:
    """Name what answers a record of the logs from a day on. Raises Unacceptable, also for what is named already."""
    not_ahead(as_at, now)
    words = need(reason, "reason", "Say how it answers it")
    ends = {str(each._meta.model_name): each for each in (logged, named)}
    # Held, so that two people do not name the same at once.
    type(logged)._default_manager.select_for_update(of=("self",)).get(pk=logged.pk)
    if Answering.objects.filter(ended_on=None, **ends).exists():
        raise Unacceptable({"": f"“{named}” is named already."})
    made = Answering.objects.create(reason=words, as_at=as_at, **ends, **stamp(by, now))
    after = {"answer": str(named), "as_at": as_at}
    record(PlanEntry.ANSWER_NAMED, by=by, subject=logged, after=after, reason=words, tier=_tier(made))
    return made


@deed
def end_answer(found: Answering, *, reason: str, as_at: date, by: Actor, now: datetime) -> Answering:
    """Say that it answers the record no more, and why. Raises Unacceptable, also where it has ended already."""
    not_ahead(as_at, now)
    not_before(as_at, found.as_at, "That it answers it")
    words = need(reason, "reason", "Say why it answers it no more")
    rows = Answering.objects.filter(pk=found.pk, ended_on=None)
    if not rows.update(
        ended_on=as_at, ended_recorded_at=now, ended_by_label=by.label[:200], end_reason=words
    ):
        raise Unacceptable({"": "Somebody has ended this already. Nothing of theirs was overwritten."})
    after = {"answer": str(found.named), "as_at": as_at}
    record(PlanEntry.ANSWER_ENDED, by=by, subject=found.logged, after=after, reason=words, tier=_tier(found))
    found.refresh_from_db()
    return found


def _tier(found: Answering) -> Tier:
    """The highest tier of either end: who reads the entry may read both."""
    named = found.named
    tiers = {named.source.tier} if isinstance(named, Recommendation) else {named.tier}
    if isinstance(named, Action):
        tiers.add(named.plan.tier)
    return highest([found.logged.tier, *tiers])
