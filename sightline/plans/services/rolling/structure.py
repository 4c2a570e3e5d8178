"""The structure of the next plan: its own priorities, outcomes and strands, else some made like the former ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sightline.events.choices import Actor
from sightline.plans.choices import PriorityKind
from sightline.plans.models import Action, Outcome, Plan, Priority, Strand
from sightline.plans.services.plans import add_outcome, add_priority, add_strand


@dataclass(slots=True)
class Carrying:
    """One roll-over at work: from which plan into which, of which day, by whom, and what it has made so far."""

    old: Plan
    new: Plan
    as_at: date
    by: Actor
    now: datetime
    priorities: dict[int, Priority] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    strands: dict[int, Strand] = field(default_factory=dict)
    made: dict[int, Action] = field(default_factory=dict)


def priority_in(work: Carrying, priority: Priority | None) -> Priority | None:
    """The next plan's own priority of that number, else one made like it."""
    if priority is None:
        return None
    if priority.pk not in work.priorities:
        standing = (
            work.new.priorities.filter(number=priority.number, kind=priority.kind).exclude(number="").first()
        )
        work.priorities[priority.pk] = standing or add_priority(
            work.new,
            number=priority.number,
            title=priority.title,
            kind=PriorityKind(priority.kind),
            aim=priority.aim,
            owners_raw=priority.owners_raw,
            timescale_raw=priority.timescale_raw,
            by=work.by,
            now=work.now,
        )
    return work.priorities[priority.pk]


def outcome_in(work: Carrying, outcome: Outcome | None) -> Outcome | None:
    """The next plan's own outcome of these words, else one made like it."""
    if outcome is None:
        return None
    if outcome.pk not in work.outcomes:
        above = priority_in(work, outcome.priority)
        assert above is not None  # noqa: S101 - an outcome always has its priority
        standing = above.outcomes.filter(text=outcome.text).first()
        work.outcomes[outcome.pk] = standing or add_outcome(
            above, text=outcome.text, by=work.by, now=work.now
        )
    return work.outcomes[outcome.pk]


def strand_in(work: Carrying, strand: Strand | None) -> Strand | None:
    """The next plan's own strand of that number and title, else one made like it."""
    if strand is None:
        return None
    if strand.pk not in work.strands:
        above = priority_in(work, strand.priority)
        assert above is not None  # noqa: S101 - a strand always has its priority
        standing = above.strands.filter(number=strand.number, title=strand.title).first()
        work.strands[strand.pk] = standing or add_strand(
            above, number=strand.number, title=strand.title, by=work.by, now=work.now
        )
    return work.strands[strand.pk]
