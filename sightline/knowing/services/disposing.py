"""Conflicts of interest that were over long ago are deleted, with what the journal keeps of whose they were and with
what. Who declared and ended one stands in it as the actor, as of every deed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sightline.events.choices import Subject
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.events.services.forgetting import shred_about
from sightline.knowing.entries import KnowingEntry
from sightline.knowing.models import Conflict
from sightline.knowing.selectors import conflicts_over
from sightline.knowing.services.conflicts import tier_of


@deed
def dispose_of_conflicts(numbers: Sequence[int], doing: Doing) -> int:
    """Delete conflicts that are over and about no record there is. Returns how many; one that stands stays."""
    over = conflicts_over().filter(pk__in=numbers)
    held = list(over.select_for_update(of=("self",)).order_by("pk"))
    shred_about(Conflict.objects.filter(pk__in=[conflict.pk for conflict in held]), doing)
    for conflict in held:
        # By its number: whose it was, and with what, is what goes.
        subject = Subject("knowing", "conflict", str(conflict.pk), f"Conflict of interest {conflict.pk}")
        tier = tier_of(conflict)
        record(KnowingEntry.CONFLICT_DISPOSED, by=doing.by, subject=subject, reason=doing.reason, tier=tier)
        conflict.delete()
    return len(held)
