"""That a plan or a list was taken away is journalled."""

from __future__ import annotations

from datetime import date

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.partners.models import Party
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, EvidenceFile, Plan, Source
from sightline.plans.rules.tiers import highest
from sightline.plans.services.keeping import tier_of


@deed
def note_export(plan: Plan, format: str, rows: int, *, by: Actor, as_it_stood: date | None = None) -> None:
    """Journal that somebody exported a plan: in which format, and how many of its actions they could read.

    `as_it_stood` is the past day the file speaks of.
    """
    then = {"as_it_stood": as_it_stood} if as_it_stood else {}
    record(
        PlanEntry.PLAN_EXPORTED,
        by=by,
        subject=plan,
        after={"format": format, "actions": rows, **then},
        tier=tier_of(plan),
    )


@deed
def note_list_export(name: str, asked: str, *, by: Actor, of: Source | None = None) -> None:
    """Journal that somebody took a list away: which one, of which source, narrowed how (the address's question)."""
    after = {"list": name, "asked": asked[:500]}
    record(PlanEntry.LIST_EXPORTED, by=by, subject=of, after=after, tier=Tier(of.tier) if of else Tier.T1)


@deed
def note_file_taken(action: Action, kept: EvidenceFile, *, by: Actor) -> None:
    """Journal that somebody took a file of an action's evidence away. Needs `kept.document` loaded."""
    tier = highest([*(record.tier for record in (action, action.plan)), kept.document.tier])
    after = {"file": kept.document.name, "number": kept.pk, "version": kept.document.version}
    record(PlanEntry.FILE_TAKEN, by=by, subject=action, after=after, tier=tier)


@deed
def note_publishable(plan: Plan, format: str, *, by: Actor) -> None:
    """Journal that somebody took away what of a plan may be published, and in which format."""
    record(PlanEntry.PUBLISHABLE_PRINTED, by=by, subject=plan, after={"format": format}, tier=tier_of(plan))


@deed
def note_hand_over(party: Party, format: str, rows: int, *, by: Actor) -> None:
    """Journal that somebody took away what a party answers for: in which format, and how many actions."""
    record(PlanEntry.HAND_OVER_PRINTED, by=by, subject=party, after={"format": format, "actions": rows})


@deed
def note_addendum(source: Source, format: str, rows: int, *, whole: bool, by: Actor) -> None:
    """Journal that somebody took a source's addendum away: in which format, and whether with what is for partners."""
    after = {"format": format, "recommendations": rows, "text": "all" if whole else "published"}
    record(PlanEntry.ADDENDUM_PRINTED, by=by, subject=source, after=after, tier=Tier(source.tier))
