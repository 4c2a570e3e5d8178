"""Conflicts of interest: declared by their person or kept by the unit; they close a record whatever its list says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.services import deed, record
from sightline.knowing.choices import NOBODY_LEFT, NotPossible
from sightline.knowing.entries import KnowingEntry
from sightline.knowing.models import Conflict
from sightline.knowing.registry import is_behind_wall
from sightline.knowing.rules import normal_reference
from sightline.knowing.selectors import keepers, listed_people, tier_of_record

WITH_WHAT = "Give the reference of the record."
OWN = "Somebody else says that a conflict of yours is over."
ENDED_ALREADY = "This conflict had been ended already."
NO_REASON = "Say why it is over."


@deed
def declare_conflict(
    user: User,
    *,
    reference: str = "",
    about: Model | None = None,
    reason: str = "",
    because: str = "",
    by: Actor,
    now: datetime,
) -> Conflict:
    """Keep that somebody must not read a record: by its reference as typed, or `about` the record or whom it is about.

    A reference is not looked up, so that the answer tells nobody whether there is such a record; it closes one that is
    begun later as well. `because`: why words must stand that may tell who a child is. Raises NotPossible where neither
    is given, and for the last who keeps the record's list.
    """
    named = normal_reference(reference)[:100]
    if about is None and not named:
        raise NotPossible({"reference": WITH_WHAT})
    if about is not None and is_behind_wall(about):
        _leave_a_keeper(about, user, now)
    made = Conflict(
        user=user,
        reference="" if about is not None else named,
        reason=reason.strip(),
        starts_on=timezone.localdate(now),
        declared_at=now,
        declared_by_id=by.user_id,
        declared_by_label=by.label[:200],
        **_of(about),
    )
    made.save(force_insert=True)
    after = _told(made) | ({"kept_knowingly": because} if because else {})
    record(KnowingEntry.CONFLICT_DECLARED, by=by, subject=made, after=after, tier=tier_of(made))
    return made


@deed
def end_conflict(conflict: Conflict, *, reason: str, by: Actor, now: datetime) -> None:
    """Say that a conflict is over: never its own person. Raises StaleRecord, NotPossible without a reason."""
    if not reason.strip():
        raise NotPossible({"reason": NO_REASON})
    if conflict.user_id == by.user_id:
        raise NotPossible({"": OWN})
    held = Conflict.objects.select_for_update(of=("self",)).select_related("user").filter(pk=conflict.pk)
    standing = held.filter(ended_at=None).first()
    if standing is None:
        raise StaleRecord(ENDED_ALREADY)
    standing.ended_at, standing.ended_by_label, standing.ended_reason = now, by.label[:200], reason.strip()
    standing.save(update_fields=["ended_at", "ended_by_label", "ended_reason"])
    after = {**_told(standing), "reason": standing.ended_reason}
    record(KnowingEntry.CONFLICT_ENDED, by=by, subject=standing, after=after, tier=tier_of(standing))


def _leave_a_keeper(about: Model, user: User, now: datetime) -> None:
    if keepers(about, listed_people(about, now), now) == {user.pk}:
        raise NotPossible({"email": NOBODY_LEFT})


def tier_of(conflict: Conflict) -> Tier:
    """How sensitive it is: what somebody typed is for the unit, what is bound to a record as the record is."""
    return Tier.T2 if conflict.number is None else tier_of_record(conflict)


def _of(about: Model | None) -> dict[str, Any]:
    if about is None:
        return {}
    return {"app": about._meta.app_label, "model": str(about._meta.model_name), "number": about.pk}


def _told(conflict: Conflict) -> dict[str, object]:
    told = {"person": conflict.user.name, "user_id": conflict.user_id, "reason": conflict.reason}
    return told | ({"reference": conflict.reference} if conflict.reference else {})
