"""Writing who answers for an action, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead
from sightline.partners.choices import PartyKind
from sightline.partners.models import Agency, Group, Party, Person
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, ActionOwner, Import, OwnersChange
from sightline.plans.rules.owners import in_words, listed, vacancy_in, vacant_in_words
from sightline.plans.services.current import refresh_current
from sightline.plans.services.given import OwnerGiven
from sightline.plans.services.keeping import held_at, stamp, tier_of
from sightline.screens.words import day


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
    before = [str(owner) for owner in action.owners.all()]
    made = write_owners(action, owners, as_at, reason, by, now, import_of)
    after = [str(owner) for owner in made]
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
) -> list[ActionOwner]:
    """Replace the owners and keep the day's list; for services, inside their transaction.

    Raises Unacceptable for a vacant post of no day.
    """
    made = new_owners(action, owners, as_at, now, import_of)
    action.owners.all().delete()
    save_owners(action, made, as_at, reason, by, now, import_of)
    return made


def new_owners(
    action: Action, owners: Sequence[OwnerGiven], as_at: date, now: datetime, import_of: Import | None
) -> list[ActionOwner]:
    """The owners, not saved yet. Raises Unacceptable for a vacant post of no day."""
    return [_owner(action, _dated(given, as_at, now, import_of), place) for place, given in enumerate(owners)]


def save_owners(
    action: Action,
    made: Sequence[ActionOwner],
    as_at: date,
    reason: str,
    by: Actor,
    now: datetime,
    import_of: Import | None,
) -> None:
    """Save the owners of an action that has no others, with the day's list; for services, inside their transaction."""
    ActionOwner.objects.bulk_create(made)
    rows = [owner_row(owner) for owner in made]
    OwnersChange.objects.create(
        action=action,
        owners=rows,
        label=in_words((row["name"], row["role"]) for row in rows),
        groups=listed(row["key"] for row in rows if row["kind"] == PartyKind.GROUP),
        as_at=as_at,
        reason=reason,
        **stamp(by, now, import_of),
    )


def _owner(action: Action, given: OwnerGiven, place: int) -> ActionOwner:
    return ActionOwner(
        action=action,
        agency=given.party if isinstance(given.party, Agency) else None,
        group=given.party if isinstance(given.party, Group) else None,
        person=given.party if isinstance(given.party, Person) else None,
        raw=(given.raw or str(given.party or ""))[:300],
        role=given.role,
        vacant_since=given.vacant_since,
        order=place,
    )


def _dated(given: OwnerGiven, as_at: date, now: datetime, import_of: Import | None) -> OwnerGiven:
    """A vacant post with its day: the one said, else the day of the list. Paper keeps its words as they stand."""
    vacancy = vacancy_in(given.raw)
    if vacancy is None:
        return replace(given, vacant_since=None)
    since = vacancy.since or given.vacant_since or as_at
    if import_of:
        return replace(given, vacant_since=min(since, as_at))
    if vacancy.words and vacancy.since is None:
        raise Unacceptable({"owners": f"“{vacancy.words}” is no day. Write it as {day(as_at)}."})
    not_ahead(since, now, "owners")
    return replace(given, raw=vacant_in_words(vacancy.post, since), vacant_since=since)


def owner_row(owner: ActionOwner) -> dict[str, Any]:
    """One owner as history and journal keep it."""
    party: Party | None = owner.party
    vacant = {"vacant_since": owner.vacant_since.isoformat()} if owner.vacant_since else {}
    return vacant | {
        "raw": owner.raw,
        "role": str(owner.role),
        "kind": str(party.party_kind) if party else "",
        "key": getattr(party, "key", ""),
        "id": party.pk if party else None,
        "name": str(owner),
    }
