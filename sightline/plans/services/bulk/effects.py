"""What a change makes of one action: shown in the preview, and written by the job, from the same few functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.events.choices import Unacceptable
from sightline.partners.models import Group, Party
from sightline.plans.choices import BulkKind, OwnerRole
from sightline.plans.models import Action, BulkChange, Priority, Strand
from sightline.plans.rules.bulk import OwnerKept, owners_after
from sightline.plans.rules.owners import in_words
from sightline.plans.selectors.bulk import mark_of, party_of_mark
from sightline.plans.services.given import OwnerGiven, TimescaleGiven
from sightline.plans.services.timescales import timescale_given


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a change is to do, its records loaded once for all actions."""

    kind: BulkKind
    old: str = ""
    new: Party | None = None
    timescale: TimescaleGiven | None = None
    priority: Priority | None = None
    strand: Strand | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One action before and after, in words. The same words twice: nothing changes."""

    before: str
    after: str

    @property
    def is_change(self) -> bool:
        """Whether anything becomes another thing."""
        return self.before != self.after


def wanted_of(change: BulkChange) -> Wanted:
    """What the change is to do; a record that is not there any more is left empty."""
    said: dict[str, Any] = change.values
    kind = BulkKind(change.kind)
    if kind == BulkKind.OWNERS:
        return Wanted(kind, old=str(said.get("from", "")), new=party_of_mark(str(said.get("to", ""))))
    if kind == BulkKind.TIMESCALE:
        raw = str(said.get("raw", ""))
        return Wanted(kind, timescale=timescale_given(raw) if raw.strip() else None)
    if kind == BulkKind.GROUP:
        return Wanted(kind, group=Group.objects.filter(pk=_number(said, "group")).first())
    number = _number(said, "priority")
    priorities = Priority.objects.filter(pk=number).select_related("plan")
    strands = Strand.objects.filter(pk=_number(said, "strand"), priority_id=number)
    return Wanted(kind, priority=priorities.first(), strand=strands.first())


def _number(said: Mapping[str, Any], name: str) -> int:
    """The number of a record that was chosen; 0, which no record has, where none was."""
    return int(said.get(name) or 0)


def check_wanted(change: BulkChange) -> Wanted:
    """What the change is to do. Raises Unacceptable where something that it needs is missing."""
    wanted = wanted_of(change)
    if wanted.kind == BulkKind.OWNERS and wanted.new is None:
        raise Unacceptable({"to": "Choose who answers for them from now on."})
    if wanted.kind == BulkKind.OWNERS and change.values.get("from") == change.values.get("to"):
        raise Unacceptable({"to": "Both are the same. Choose somebody else."})
    if wanted.kind == BulkKind.TIMESCALE and wanted.timescale is None:
        raise Unacceptable({"raw": "Give the new date or timescale."})
    if wanted.kind == BulkKind.GROUP and wanted.group is None:
        raise Unacceptable({"group": "Choose the group that owns the plans from now on."})
    if wanted.kind == BulkKind.PLACE:
        _check_place(change, wanted)
    return wanted


def _check_place(change: BulkChange, wanted: Wanted) -> None:
    if wanted.priority is None:
        raise Unacceptable({"priority": "Choose the priority they stand under from now on."})
    if change.values.get("strand") and wanted.strand is None:
        raise Unacceptable({"strand": "This strand belongs to another priority. Choose both to fit."})
    if change.rows.exclude(action__plan=wanted.priority.plan_id).exists():
        sentence = "Some of the chosen actions belong to another plan, and cannot stand under its priorities."
        raise Unacceptable({"priority": sentence})


def effect_on(action: Action, wanted: Wanted) -> Effect:
    """The action before and after. Load it with its owners, priority, strand and its plan's group."""
    if wanted.kind == BulkKind.OWNERS:
        now, then = kept_owners(action), owners_then(action, wanted)
        return Effect(_names(action, now, wanted), _names(action, then, wanted))
    if wanted.kind == BulkKind.TIMESCALE and wanted.timescale:
        return Effect(action.current_timescale_label or "No timescale", wanted.timescale.raw)
    if wanted.kind == BulkKind.GROUP:
        return Effect(str(action.plan.group or "No group"), str(wanted.group))
    return Effect(_place(action.priority, action.strand), _place(wanted.priority, wanted.strand))


def _place(priority: Priority | None, strand: Strand | None) -> str:
    return ", ".join(str(part) for part in (priority, strand) if part) or "Under no priority"


def kept_owners(action: Action) -> list[OwnerKept]:
    """The owners as the rule takes them."""
    return [OwnerKept(mark_of(owner), owner.raw, owner.role) for owner in action.owners.all()]


def owners_then(action: Action, wanted: Wanted) -> list[OwnerKept]:
    """The owners once the new one has taken over."""
    assert wanted.new is not None  # noqa: S101 - checked when the change was said
    mark = f"{wanted.new.party_kind}:{wanted.new.pk}"
    return owners_after(kept_owners(action), wanted.old, OwnerKept(mark, str(wanted.new), OwnerRole.LEAD))


def _names(action: Action, owners: Sequence[OwnerKept], wanted: Wanted) -> str:
    names = {mark_of(owner): str(owner) for owner in action.owners.all()}
    return in_words((names.get(o.mark, str(wanted.new)), o.role) for o in owners) or "Nobody is named"


def owners_given(action: Action, wanted: Wanted) -> list[OwnerGiven]:
    """The owners as the service takes them."""
    parties = {mark_of(owner): owner.party for owner in action.owners.all()}
    since = {mark_of(owner): owner.vacant_since for owner in action.owners.all()}
    return [
        OwnerGiven(o.raw, parties.get(o.mark, wanted.new), OwnerRole(o.role), since.get(o.mark))
        for o in owners_then(action, wanted)
    ]
