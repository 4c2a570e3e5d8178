"""What a person, a document or another program gives to the services: plain values, checked there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sightline.events.choices import Tier
from sightline.partners.models import Party
from sightline.plans.choices import DeliveryState, OwnerRole, ReferenceKind, RowKind, TimescaleKind
from sightline.plans.models import Action, Import, Outcome, Priority, Recommendation, Source, Strand


@dataclass(frozen=True, slots=True)
class OwnerGiven:
    """One owner: the printed words, and the agency, group or person they were matched to.

    `vacant_since` where the day from which nobody has held the post is known otherwise than from the words.
    """

    raw: str = ""
    party: Party | None = None
    role: OwnerRole = OwnerRole.LEAD
    vacant_since: date | None = None


@dataclass(frozen=True, slots=True)
class SourceGiven:
    """What an action answers: a source, one of its recommendations, or printed words not yet matched."""

    raw: str = ""
    source: Source | None = None
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class TimescaleGiven:
    """A timescale: the printed words, what they mean, and its ISO days or months ("2018-09-30", "2019-01")."""

    kind: TimescaleKind = TimescaleKind.BLANK
    dates: Sequence[str] = ()
    raw: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceGiven:
    """An action pointing at another one; `target` where it exists."""

    kind: ReferenceKind
    number: str
    plan_text: str = ""
    target: Action | None = None


@dataclass(frozen=True, slots=True)
class ActionGiven:
    """A new action with everything printed beside it.

    `opened_on` is the day it began to be promised, the plan's first day or the as-at day where none is given.
    `reference` is given only where a file brings back a reference of ours; `state_since` where the state began before
    the as-at day, as that of an action carried from a former plan did.
    """

    text: str
    priority: Priority | None = None
    outcome: Outcome | None = None
    parent: Action | None = None
    kind: RowKind = RowKind.NUMBERED
    order: int | None = None
    numbers: Sequence[str] = ()
    owners: Sequence[OwnerGiven] = ()
    sources: Sequence[SourceGiven] = ()
    references: Sequence[ReferenceGiven] = ()
    timescale: TimescaleGiven | None = None
    items: Sequence[str] = ()
    state: DeliveryState = DeliveryState.NOT_STARTED
    opened_on: date | None = None
    outcome_inherited: bool = False
    owners_inherited: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)
    tier: Tier = Tier.T1
    import_of: Import | None = None
    reference: str = ""
    strand: Strand | None = None
    carried_from: Action | None = None
    state_since: date | None = None
