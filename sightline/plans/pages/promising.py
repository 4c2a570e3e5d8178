"""The forms of what an action promises: what they begin with, what they mean, what stands meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sightline.partners.selectors import match_owner
from sightline.plans.choices import FIRM_KINDS, REVIEW_KINDS, OwnerRole, TimescaleKind
from sightline.plans.models import Action, Recommendation
from sightline.plans.pages.looks import TIMESCALE_WORDS, day
from sightline.plans.selectors.naming import names_with
from sightline.plans.services import OwnerGiven, SourceGiven
from sightline.screens.elements import SummaryRow

JOINT = " & "


def promise_initial(action: Action) -> dict[str, Any]:
    """The action as its form begins."""
    return {
        "text": action.text,
        "items": "\n".join(action.items),
        "numbers": numbers_of(action),
        "priority": action.priority_id,
        "strand": action.strand_id,
        "outcome": action.outcome_id,
        "tier": action.tier,
    }


def promise_rows(action: Action) -> tuple[SummaryRow, ...]:
    """The action as it stands, for somebody who had seen it otherwise."""
    rows = (
        ("What is promised", action.text),
        ("List inside the action", "; ".join(action.items)),
        ("Printed numbers", numbers_of(action)),
        ("Priority", str(action.priority or "")),
        ("Strand", str(action.strand or "")),
        ("Difference for children", str(action.outcome or "")),
        ("By when", action.current_timescale_label),
        ("Owners", action.current_owner_label),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def numbers_of(action: Action) -> str:
    """The printed numbers as a plan prints them together."""
    return JOINT.join(number.text for number in action.numbers.all())


def sources_initial(action: Action) -> dict[str, Any]:
    """The recommendations an action answers as their form begins."""
    links = action.sources.all()
    return {"recommendations": [link.recommendation_id for link in links if link.recommendation_id]}


def source_rows(action: Action) -> tuple[SummaryRow, ...]:
    """What the action answers, for somebody who had seen it otherwise."""
    words = "; ".join(str(link) for link in action.sources.all())
    return (SummaryRow("It answers", words or "Nothing is said"),)


def sources_given(action: Action, chosen: Iterable[Recommendation]) -> list[SourceGiven]:
    """The recommendations chosen; sources and printed words without one stay as they are."""
    wanted = {recommendation.pk: recommendation for recommendation in chosen}
    kept: list[SourceGiven] = []
    for link in action.sources.all():
        if link.recommendation is None:
            kept.append(SourceGiven(link.raw, link.source))
        elif wanted.pop(link.recommendation.pk, None):
            kept.append(SourceGiven(link.raw, link.source, link.recommendation))
    return kept + [SourceGiven(recommendation=new) for new in wanted.values()]


def owners_initial(action: Action) -> dict[str, str]:
    """The owners as their form begins, one on each line."""
    found = list(action.owners.all())
    return {
        "lead": "\n".join(str(owner) for owner in found if owner.role != OwnerRole.SUPPORT),
        "support": "\n".join(str(owner) for owner in found if owner.role == OwnerRole.SUPPORT),
    }


def owner_rows(action: Action) -> tuple[SummaryRow, ...]:
    """The owners as they stand, for somebody who had seen others."""
    return (SummaryRow("Owners", action.current_owner_label or "Nobody is named"),)


def owners_given(action: Action, lead: Iterable[str], support: Iterable[str]) -> list[OwnerGiven]:
    """Whom the lines mean, by the names read with the action.

    Those who stand already keep their printed words; names nobody has stay words.
    """
    standing = {str(owner).casefold(): owner for owner in action.owners.all()}
    names = names_with(action)
    given: list[OwnerGiven] = []
    for role, lines in ((OwnerRole.LEAD, lead), (OwnerRole.SUPPORT, support)):
        for line in filter(None, (line.strip() for line in lines)):
            same = standing.get(line.casefold())
            found = OwnerGiven(same.raw, same.party, role, same.vacant_since) if same else None
            given.append(found or OwnerGiven(line, match_owner(line, names), role))
    return given


def timescale_rows(action: Action) -> tuple[SummaryRow, ...]:
    """The timescale in force."""
    return (SummaryRow("By when now", action.current_timescale_label or "No timescale is given"),)


def understood(kind: TimescaleKind, due_on: date | None) -> str:
    """How the words of a timescale were understood, in a sentence."""
    if due_on and kind in FIRM_KINDS:
        return f"It is due on {day(due_on)}."
    if due_on and kind in REVIEW_KINDS:
        return f"It is looked at again on {day(due_on)}."
    words = TIMESCALE_WORDS.get(kind, "no day was read from these words")
    return f"Understood as: {words}."
