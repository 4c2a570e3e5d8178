"""Overdue, review missed, silent, slipped, blocked: what dates and silence say of an action (`design.md` 4a)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from sightline.plans.choices import NEVER_OVERDUE_KINDS
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.numbers import Numbers, standard


def update_day(dated_on: date | None, as_at: date) -> date:
    """The day an update speaks of: its own date, and never later than the day as at which it was given."""
    return min(dated_on, as_at) if dated_on else as_at


def days_overdue(facts: ActionFacts, on: date) -> int:
    """Days since its firm date; 0 where it is not overdue. Source: `design.md` 4a, Overdue."""
    if not facts.is_open or facts.due_on is None or facts.timescale in NEVER_OVERDUE_KINDS:
        return 0
    return max(0, (on - facts.due_on).days)


def is_overdue(facts: ActionFacts, on: date) -> bool:
    """Open, and its latest firm date lies before the day. Recurring, ongoing and immediate are never overdue.

    Source: `design.md` 4a, Overdue.
    """
    return days_overdue(facts, on) > 0


def is_review_missed(facts: ActionFacts, on: date) -> bool:
    """Open, its review, meeting or report date has passed, and no update has come since that date.

    Source: `design.md` 4a, Overdue.
    """
    if not facts.is_open or facts.review_on is None or facts.review_on >= on:
        return False
    return facts.last_update_on is None or facts.last_update_on < facts.review_on


def days_since_update(facts: ActionFacts, on: date) -> int:
    """Days since the last update, or since the action began where there was none; never below 0."""
    return max(0, (on - (facts.last_update_on or facts.opened_on)).days)


def is_silent(facts: ActionFacts, on: date, numbers: Numbers | None = None) -> bool:
    """Open, and no update since the last closed round, or for more than 92 days where there was none.

    What is told while a round runs answers it: an update counts from the day on which the round opened. A round
    asks nothing of an action that began after it opened. Source: `design.md` 4a, Silent.
    """
    if not facts.is_open:
        return False
    if facts.asked_from:
        return facts.last_update_on is None or facts.last_update_on < facts.asked_from
    return days_since_update(facts, on) > (numbers or standard()).silent_after_days


def slips(facts: ActionFacts) -> int:
    """How often a later firm date was accepted. Source: `design.md` 4a, Slip."""
    return sum(later > earlier for earlier, later in pairwise(facts.firm_dates))


def is_blocked(facts: ActionFacts) -> bool:
    """Open, and it waits for an open action or its owner says so with a reason. Source: `design.md` 4a, Blocked."""
    return facts.is_open and bool(facts.waits_for or facts.blocked_reason)


def is_due_soon(facts: ActionFacts, on: date, numbers: Numbers | None = None) -> bool:
    """Open, and due on the day or within the 28 days after it. Source: `design.md` 4a, Suggested delivery."""
    if not facts.is_open or facts.due_on is None:
        return False
    return 0 <= (facts.due_on - on).days <= (numbers or standard()).due_soon_days
