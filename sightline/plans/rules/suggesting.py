"""Why dates, updates and evidence suggest what they suggest, in a sentence beside the rating (`design.md` 4a)."""

from __future__ import annotations

from datetime import date

from sightline.plans.choices import LABELS, EvidenceQuarter
from sightline.plans.rules.dates import days_overdue, days_since_update, is_due_soon, is_silent, slips
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.numbers import standard
from sightline.screens.words import count, day, joined


def why_delivery(facts: ActionFacts, on: date) -> str:
    """What the suggestion for delivery rests on. Source: `design.md` 4a, Suggested delivery."""
    reasons = [reason for reason in (_late(facts, on), _slipped(facts), _unheard(facts, on)) if reason]
    if reasons:
        return " ".join(reasons)
    if facts.last_update_on is None:
        return "Nothing is late, and no update has come yet."
    if days_since_update(facts, on) > standard().update_stays_fresh_days:
        return f"The last update is of {day(facts.last_update_on)}."
    return f"Nothing is late, and an update came on {day(facts.last_update_on)}."


def _late(facts: ActionFacts, on: date) -> str:
    late = days_overdue(facts, on)
    return f"It was due on {day(facts.due_on)}, {count(late, 'day')} ago." if late and facts.due_on else ""


def _slipped(facts: ActionFacts) -> str:
    times = slips(facts)
    return f"A later date was accepted {count(times, 'time')}." if times else ""


def _unheard(facts: ActionFacts, on: date) -> str:
    days = count(days_since_update(facts, on), "day")
    if is_silent(facts, on):
        return f"No update has come for {days}."
    if not is_due_soon(facts, on) or facts.due_on is None:
        return ""
    if facts.last_update_on is None:
        return f"It is due on {day(facts.due_on)}, and no update has come yet."
    heard = days_since_update(facts, on) <= standard().due_soon_update_days
    return "" if heard else f"It is due on {day(facts.due_on)}, and no update has come for {days}."


def why_impact(facts: ActionFacts) -> str:
    """What the suggestion for impact rests on. Source: `design.md` 4a, Suggested impact."""
    quarters = [
        quarter for quarter in EvidenceQuarter if quarter in {piece.quarter for piece in facts.evidence}
    ]
    if not quarters:
        return "No evidence is recorded."
    words = joined([LABELS[quarter].lower() for quarter in quarters])
    start = f"There is evidence from {words}"
    if len(quarters) < standard().quarters_for_green:
        return f"{start}; two of the four quarters are needed for green."
    done = facts.completed_on
    if done is not None and any(piece.dated_on > done for piece in facts.evidence):
        return f"{start}, some of it dated after completion."
    return f"{start}, none of it dated after completion."
