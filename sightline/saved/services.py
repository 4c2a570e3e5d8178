"""Saving, changing and removing views. Who may is for `permissions` to say, before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sightline.access.guard import may_show_closed
from sightline.access.models import User
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.saved.choices import Sharing
from sightline.saved.entries import SavedEntry
from sightline.saved.models import SavedView
from sightline.saved.rules import named_in, own_view
from sightline.search.selectors import guard_of

NO_NAME = "Give the view a name."
TAKEN = "You have a saved view of this name already. Choose another name."
NOT_SHARED = (
    "Child-level and restricted records may stand on this page, so its view is saved for yourself alone."
)
NOT_OURS = "Only pages of this site can be saved. Open the list and save it from there."


@deed
def save_view(
    owner: User, name: str, address: str, sharing: Sharing, group_key: str = "", *, by: Actor, now: datetime
) -> SavedView:
    """Save the address of a page under a name. Raises Unacceptable for a name taken or an address elsewhere."""
    kept = own_view(address)
    if not kept:
        raise Unacceptable({"": NOT_OURS})
    _refuse_sharing_closed(kept, sharing)
    guard, guard_id = guard_of(*named_in(kept)) or ("", None)
    view = SavedView(
        owner=owner,
        name=_free(owner.pk, name, None),
        address=kept,
        sharing=sharing,
        group_key=group_key,
        guard=guard,
        guard_id=guard_id,
        saved_at=now,
    )
    view.save(force_insert=True)
    record(SavedEntry.VIEW_SAVED, by=by, subject=view, after=_told(view), tier=_tier(view))
    return view


@deed
def change_view(
    view: SavedView, version: int, name: str, sharing: Sharing, group_key: str = "", *, by: Actor
) -> SavedView:
    """Rename a view or share it otherwise. Raises Unacceptable, StaleRecord."""
    current = SavedView.objects.select_for_update().get(pk=view.pk)
    if current.version != version:
        raise StaleRecord
    _refuse_sharing_closed(current.address, sharing)
    before, tier = _told(current), _tier(current)
    current.name = _free(current.owner_id, name, current.pk)
    current.sharing, current.group_key = sharing, group_key
    if _told(current) == before:
        return current
    current.version += 1
    current.save(update_fields=["name", "sharing", "group_key", "version"])
    record(SavedEntry.VIEW_CHANGED, by=by, subject=current, before=before, after=_told(current), tier=tier)
    return current


@deed
def remove_view(view: SavedView, version: int, *, by: Actor) -> None:
    """Remove a saved view; the page it led to stays. Raises StaleRecord where it has been changed or removed."""
    current = SavedView.objects.select_for_update().filter(pk=view.pk, version=version).first()
    if current is None:
        raise StaleRecord
    record(SavedEntry.VIEW_REMOVED, by=by, subject=current, before=_told(current), tier=_tier(current))
    current.delete()


@deed
def dispose_of_views(numbers: Sequence[int], doing: Doing) -> int:
    """Delete views that a person kept for themselves and whose account is closed. Returns how many."""
    left = SavedView.objects.filter(pk__in=numbers, sharing=Sharing.ONE, owner__is_active=False)
    return left.delete()[0]


def _refuse_sharing_closed(address: str, sharing: Sharing) -> None:
    """A page on which child-level or restricted records may stand is saved for oneself alone."""
    if sharing != Sharing.ONE and may_show_closed(address):
        raise Unacceptable({"shared_with": NOT_SHARED})


def _tier(view: SavedView) -> Tier:
    """What it asks for may name a child where such records may stand on its page."""
    return Tier.T4 if may_show_closed(view.address) else Tier.T1


def _free(owner_id: int, name: str, own: int | None) -> str:
    tidy = " ".join(name.split())[:100]
    if not tidy:
        raise Unacceptable({"name": NO_NAME})
    others = SavedView.objects.filter(owner_id=owner_id, name__iexact=tidy)
    if (others if own is None else others.exclude(pk=own)).exists():
        raise Unacceptable({"name": TAKEN})
    return tidy


def _told(view: SavedView) -> dict[str, object]:
    return {
        "name": view.name,
        "address": view.address,
        "sharing": str(view.sharing),
        "group_key": view.group_key,
    }
