"""Conflicts of interest that were over long ago are deleted, with the words that the journal keeps of them."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.events.choices import Subject
from sightline.events.disposing import Doing
from sightline.events.models import Entry
from sightline.events.services import deed, record, shred
from sightline.knowing.entries import KnowingEntry
from sightline.knowing.models import Conflict
from sightline.knowing.selectors import conflicts_over
from sightline.knowing.services.conflicts import tier_of


@deed
def dispose_of_conflicts(numbers: Sequence[int], doing: Doing) -> int:
    """Delete conflicts that are over and about no record there is. Returns how many; one that stands stays."""
    over = conflicts_over().filter(pk__in=numbers)
    held = list(over.select_for_update(of=("self",)).order_by("pk"))
    for conflict in held:
        about = _entries_about(conflict)
        # By its number: whose it was, and with what, is what goes.
        subject = Subject("knowing", "conflict", str(conflict.pk), f"Conflict of interest {conflict.pk}")
        tier = tier_of(conflict)
        record(KnowingEntry.CONFLICT_DISPOSED, by=doing.by, subject=subject, reason=doing.reason, tier=tier)
        conflict.delete()
        for entry in about:
            shred(entry, by=doing.by, reason=doing.reason)
    return len(held)


def _entries_about(conflict: Conflict) -> list[Entry]:
    """The journal's entries about it that hold personal values."""
    about = Entry.objects.filter(subject_app="knowing", subject_model="conflict", subject_id=str(conflict.pk))
    return list(about.filter(personal_values__isnull=False).distinct())
