"""What dates, evidence and silence suggest, and when an assertion owes a sentence (`design.md` 4a)."""

from __future__ import annotations

from datetime import date

from sightline.plans.choices import DeliveryRating, Dimension, ImpactRating
from sightline.plans.rules.dates import days_overdue, days_since_update, is_due_soon, is_silent, slips
from sightline.plans.rules.facts import ActionFacts, RatingFacts
from sightline.plans.rules.numbers import Numbers, standard

_RANK = {"red": 1, "amber": 2, "green": 3}
# What a suggestion says of nobody's knowing: red would be news, green or amber would be a claim.
_UNKNOWN_RANK = 1


def suggested_delivery(facts: ActionFacts, on: date, numbers: Numbers | None = None) -> DeliveryRating | None:
    """What dates and updates suggest for delivery; None where they suggest nothing.

    Red: overdue over 28 days, or overdue and slipped twice. Amber: overdue, slipped, silent, or due within 28 days
    with no update in 28. Green: an update within 92 days and none of these. All but green ask for an open action: what
    is done cannot be late, and a date once moved says nothing of it any more. Source: `design.md` 4a.
    """
    counted, late = numbers or standard(), days_overdue(facts, on)
    slipped = slips(facts) if facts.is_open else 0
    if late > counted.long_overdue_days or (late and slipped >= counted.slips_that_matter):
        return DeliveryRating.RED
    quiet = is_silent(facts, on, counted) or _is_unheard(facts, on, counted)
    if late or slipped or quiet:
        return DeliveryRating.AMBER
    fresh = _has_update_within(facts, on, counted.update_stays_fresh_days)
    return DeliveryRating.GREEN if fresh else None


def _is_unheard(facts: ActionFacts, on: date, numbers: Numbers) -> bool:
    return is_due_soon(facts, on, numbers) and not _has_update_within(facts, on, numbers.due_soon_update_days)


def _has_update_within(facts: ActionFacts, on: date, days: int) -> bool:
    return facts.last_update_on is not None and days_since_update(facts, on) <= days


def suggested_impact(facts: ActionFacts, numbers: Numbers | None = None) -> ImpactRating:
    """What evidence suggests for impact; never red, for the absence of evidence proves nothing.

    Green: evidence in two quarters, one dated after completion. Amber: evidence in one. Source: `design.md` 4a.
    """
    quarters = {piece.quarter for piece in facts.evidence}
    if not quarters:
        return ImpactRating.NOT_YET_KNOWN
    enough = len(quarters) >= (numbers or standard()).quarters_for_green
    return ImpactRating.GREEN if enough and _has_evidence_after_completion(facts) else ImpactRating.AMBER


def _has_evidence_after_completion(facts: ActionFacts) -> bool:
    done = facts.completed_on
    return done is not None and any(piece.dated_on > done for piece in facts.evidence)


def needs_a_sentence(asserted: str, suggested: str | None) -> bool:
    """Whether the assertion is better than the suggestion. Where nothing is suggested there is nothing to explain.

    Green is better than amber, amber than red; green and amber are better than "not yet known".
    Source: `design.md` 4a, "Asserted better than suggested needs a sentence".
    """
    if not suggested:
        return False
    return _RANK.get(asserted, 0) > _RANK.get(suggested, _UNKNOWN_RANK)


def suggested(facts: ActionFacts, dimension: Dimension, on: date) -> str:
    """The suggestion for either rating, "" where there is none."""
    if dimension == Dimension.IMPACT:
        return suggested_impact(facts)
    return suggested_delivery(facts, on) or ""


def stands_unexplained(rating: RatingFacts, suggestion: str | None) -> bool:
    """Whether a rating is an exception because it says more than dates and evidence do.

    An imported rating owes no sentence, and stands as an exception until its first update. Source: `design.md` 4a.
    """
    if not needs_a_sentence(rating.value, suggestion):
        return False
    return not (rating.imported and rating.updated_since)
