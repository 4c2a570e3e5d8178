"""A small thread for tests: an inspection, what it asked, and actions that answer, one of them for few eyes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sightline.events.choices import Tier
from sightline.partners.models import Group
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter, SourceKind
from sightline.plans.models import Action, Outcome, Plan, Priority, Recommendation, Source
from sightline.plans.services import SourceGiven
from tests.plans.making import BY, complete_on_paper, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, outcome_of, priority_of

WHO: dict[str, Any] = {"by": BY, "now": THEN}


@dataclass
class Thread:
    """The records, and three people: the unit, the chair of the group, and an owner elsewhere."""

    group: Group
    plan: Plan
    priority: Priority
    outcome: Outcome
    source: Source
    asked: Recommendation
    unanswered: Recommendation
    done: Action
    secret: Action
    secret_source: Source
    unit: Any
    chair: Any
    outsider: Any


def make_thread() -> Thread:
    """All of it, by the services that people use."""
    group = make_group("Neglect group")
    plan = old_plan(group, name="Neglect plan")
    priority = priority_of(plan)
    outcome = outcome_of(priority)
    source = services.create_source("Inspection of 2020", SourceKind.INSPECTION, **WHO)
    hidden = services.create_source("Review of a child", SourceKind.REVIEW, tier=Tier.T2, **WHO)
    asked = services.create_recommendation(source, number="9", text="See children sooner", **WHO)
    unanswered = services.create_recommendation(source, number="12", text="Ask children", **WHO)
    answers = [SourceGiven(recommendation=asked), SourceGiven(source=hidden)]
    done = old_action(
        plan, group, text="Visit within a day", priority=priority, outcome=outcome, sources=answers
    )
    services.record_update(done, "All are visited.", as_at=DAY, **WHO)
    services.record_evidence(done, EvidenceQuarter.DATA, "97 of 100", dated_on=DAY, **WHO)
    complete_on_paper(done, DAY, THEN)
    secret = old_action(
        plan,
        text="Speak with one family",
        numbers=["1.2"],
        priority=priority,
        sources=[SourceGiven(recommendation=unanswered)],
        tier=Tier.T2,
    )
    return Thread(
        group,
        plan,
        priority,
        outcome,
        source,
        asked,
        unanswered,
        done,
        secret,
        hidden,
        make_user("unit"),
        make_user("chair", "group", group.key),
        make_user("owner", "group", make_group("Other group").key),
    )
