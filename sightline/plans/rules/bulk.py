"""What one change of many actions makes of each: plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LEAD = "lead"


class OwnerKept(NamedTuple):
    """One owner by mark ("person:12", "raw:Vacant"), with the printed words and the role."""

    mark: str
    raw: str
    role: str


def owners_after(owners: Sequence[OwnerKept], old: str, new: OwnerKept) -> list[OwnerKept]:
    """The owners once the new one stands in the old one's place and role. Nobody stands there twice.

    Where both owned it already they become one, who leads if either did.
    """
    both = [owner for owner in owners if owner.mark in (old, new.mark)]
    if old == new.mark or all(owner.mark != old for owner in both):
        return list(owners)
    role = LEAD if any(owner.role == LEAD for owner in both) else both[0].role
    merged = {owner.mark: owner for owner in owners}
    place = both[0].mark
    merged[place] = OwnerKept(new.mark, new.raw, role)
    return [owner for mark, owner in merged.items() if mark == place or mark not in (old, new.mark)]
