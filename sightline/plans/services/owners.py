"""Writing who answers for an action, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.partners.choices import PartyKind
from sightline.partners.models import Agency, Group, Party, Person
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, ActionOwner, Import, OwnersChange
from sightline.plans.rules.owners import in_words, listed
from sightline.plans.services.current import refresh_current
from sightline.plans.services.given import OwnerGiven
from sightline.plans.services.keeping import held_at, not_ahead, stamp, tier_of


@deed
def set_owners(
    action: Action,
    owners: Sequence[OwnerGiven],
    *,
    as_at: date,
    version: int | None = None,
    reason: str = "",
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Action:
    """Say who answers for an action from a day on; who did before is kept. Raises Unacceptable, StaleRecord."""
    not_ahead(as_at, now)
    held_at(action, version)
    before = [owner_row(owner)["name"] for owner in action.owners.all()]
    write_owners(action, owners, as_at, reason, by, now, import_of)
    after = [owner_row(owner)["name"] for owner in owners]
    record(
        PlanEntry.OWNERS_SET,
        by=by,
        subject=action,
        before={"owners": before},
        after={"owners": after, "as_at": as_at},
        reason=reason,
        tier=tier_of(action),
    )
    if refresh:
        refresh_current(action, now=now, also=["version"])
    elif version is not None:
        action.save(update_fields=["version"])
    return action


def write_owners(
    action: Action,
    owners: Sequence[OwnerGiven],
    as_at: date,
    reason: str,
    by: Actor,
    now: datetime,
    import_of: Import | None,
    *,
    replace: bool = True,
) -> None:
    """Replace the owners and keep the day's list; for services, inside their transaction.

    `replace=False`: the action is new, and has none to replace.
    """
    if replace:
        action.owners.all().delete()
    ActionOwner.objects.bulk_create(
        ActionOwner(
            action=action,
            agency=given.party if isinstance(given.party, Agency) else None,
            group=given.party if isinstance(given.party, Group) else None,
            person=given.party if isinstance(given.party, Person) else None,
            raw=(given.raw or str(given.party or ""))[:300],
            role=given.role,
            order=place,
        )
        for place, given in enumerate(owners)
    )
    rows = [owner_row(owner) for owner in owners]
    OwnersChange.objects.create(
        action=action,
        owners=rows,
        label=in_words((row["name"], row["role"]) for row in rows),
        groups=listed(row["key"] for row in rows if row["kind"] == PartyKind.GROUP),
        as_at=as_at,
        reason=reason,
        **stamp(by, now, import_of),
    )


def owner_row(owner: OwnerGiven | ActionOwner) -> dict[str, Any]:
    """One owner as history and journal keep it."""
    party: Party | None = owner.party
    return {
        "raw": owner.raw,
        "role": str(owner.role),
        "kind": str(party.party_kind) if party else "",
        "key": getattr(party, "key", ""),
        "id": party.pk if party else None,
        "name": str(party or owner.raw),
    }
