"""Writing the two ratings: is it being done; has it made the difference."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead, today
from sightline.plans.choices import DeliveryRating, Dimension, ImpactRating, ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Import, Rating
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.ratings import needs_a_sentence, suggested
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.services.accounts.updates import who
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, stamp, tier_of

_VALUES: dict[Dimension, frozenset[str]] = {
    Dimension.DELIVERY: frozenset(DeliveryRating),
    Dimension.IMPACT: frozenset(ImpactRating),
}
_RATED = {Dimension.DELIVERY: PlanEntry.DELIVERY_RATED, Dimension.IMPACT: PlanEntry.IMPACT_RATED}


@deed
def rate(
    action: Action,
    dimension: Dimension,
    value: str,
    *,
    as_at: date,
    reason: str = "",
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    raw: str = "",
    raw_colour: str = "",
    import_of: Import | None = None,
    facts: ActionFacts | None = None,
    read: Read | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Rating:
    """Assert one of the two ratings. Better than dates and evidence suggest, it owes a reason, unless it is imported.

    The suggestion of that day is kept beside it; `facts` as at the day, or what was `read` already, spare the looking.
    Raises Unacceptable.
    """
    _check_value(dimension, value)
    not_ahead(as_at, now)
    live = held(action)
    read = read or (None if facts else read_for([live], today(now)))
    facts = facts or (read or Read()).facts(live, as_at)
    suggestion = _suggestion(facts, dimension, value, as_at, owes=import_of is None and not reason.strip())
    made = Rating.objects.create(
        action=live, dimension=dimension, value=value, raw=raw[:300], raw_colour=raw_colour, as_at=as_at,
        said_by=said_by[:200], received_how=received_how, suggested=suggestion, reason=reason.strip(),
        **stamp(by, now, import_of),
    )  # fmt: skip
    _journal(made, live, by)
    if read:
        read.add(live, made)
    if refresh:
        refresh_current(action, now=now, read=read)
    return made


def _suggestion(facts: ActionFacts, dimension: Dimension, value: str, as_at: date, *, owes: bool) -> str:
    """What is suggested as at the day. Raises Unacceptable where the rating is better and `owes` its reason."""
    suggestion = suggested(facts, dimension, as_at)
    if owes and needs_a_sentence(value, suggestion):
        raise Unacceptable({"reason": better_sentence(dimension, value, suggestion)})
    return suggestion


def _check_value(dimension: Dimension, value: str) -> None:
    if value not in _VALUES[dimension]:
        raise Unacceptable({"value": "Choose one of the ratings."})


def _journal(made: Rating, live: Action, by: Actor) -> None:
    dimension = Dimension(made.dimension)
    before = live.current_impact_rating if dimension == Dimension.IMPACT else live.current_delivery_rating
    after = {"rating": made.value, "as_at": made.as_at, "suggested": made.suggested} | who(made.said_by)
    record(
        _RATED[dimension],
        by=by,
        subject=live,
        before={"rating": before},
        after=after,
        reason=made.reason,
        tier=tier_of(live, live.plan),
    )


def better_sentence(dimension: Dimension, value: str, suggestion: str) -> str:
    """What a form says where a rating is better than suggested and no reason is given."""
    based = "evidence suggests" if dimension == Dimension.IMPACT else "dates and updates suggest"
    word = suggestion.replace("_", " ")
    return f"You say {value}; {based} {word}. Write a sentence that says why it is better than that."
