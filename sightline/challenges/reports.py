"""Lists of challenges and risks as tables to take away, and figures with the rows they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from sightline.challenges.choices import (
    CHANGED_LABELS,
    FROM_LABELS,
    LOOKED_LABELS,
    OPEN_STATES,
    OUTCOME_LABELS,
    RISK_STATE_LABELS,
    SCRUTINY_STATE_LABELS,
    STATE_LABELS,
    TREND_LABELS,
    Changed,
    From,
    Looked,
    RiskOutcome,
)
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.rules.scoring import scale, trend
from sightline.challenges.rules.waiting import Age, ages, median_days, middle_of
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.rendering.document import table

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

__all__ = [
    "CHALLENGE_COLUMNS",
    "RISK_COLUMNS",
    "SCRUTINY_COLUMNS",
    "Figure",
    "answer_days",
    "by_age",
    "by_challenger",
    "challenge_cells",
    "risk_cells",
    "scrutiny_cells",
    "table",
]

CHALLENGE_COLUMNS = (
    "Number", "Challenge", "Raised by", "Raised to", "Raised on", "What is challenged", "What is asked for",
    "Answer by", "First answer", "State", "Closed on", "What changed", "Read by",
)  # fmt: skip

RISK_COLUMNS = (
    "Number", "Risk", "Cause", "Event", "Effect", "Owner", "Inherent score", "Likelihood", "Impact", "Residual score",
    "Band", "Target score", "Residual score before", "Trend", "Scored on", "Next review", "State", "Closed on",
    "Closed as", "Raised on", "Read by",
)  # fmt: skip

SCRUTINY_COLUMNS = (
    "Number", "Entry", "Kind", "Day", "Looked at", "Found", "Asked", "Asked of", "Answer by", "State", "Verdict",
    "Read by",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A count in words, and the address's question that opens its rows; `number` is None where there is none yet."""

    label: str
    number: float | None
    query: str


def challenge_cells(found: Challenge) -> tuple[object, ...]:
    """A challenge under `CHALLENGE_COLUMNS`."""
    return (
        found.pk, found.title, found.challenger, found.challenged, found.raised_on, found.text, found.asked,
        found.current_due_on, found.current_answered_on, STATE_LABELS[found.state_now], found.current_closed_on,
        CHANGED_LABELS[Changed(found.current_changed)] if found.current_changed else "", found.get_tier_display(),
    )  # fmt: skip


def risk_cells(found: Risk) -> tuple[object, ...]:
    """A risk under `RISK_COLUMNS`."""
    return (
        found.pk, found.title, found.cause, found.event, found.effect, found.owner, found.current_inherent,
        found.current_likelihood, found.current_impact, found.current_residual,
        scale().band_of(found.current_residual).label, found.current_target, found.current_before,
        TREND_LABELS[trend(found.current_before, found.current_residual)], found.current_scored_on,
        found.current_review_on, RISK_STATE_LABELS[found.state_now], found.current_closed_on,
        OUTCOME_LABELS[RiskOutcome(found.current_outcome)] if found.current_outcome else "", found.raised_on,
        found.get_tier_display(),
    )  # fmt: skip


def scrutiny_cells(found: Scrutiny) -> tuple[object, ...]:
    """An entry of the scrutiny log under `SCRUTINY_COLUMNS`."""
    return (
        found.pk, found.title, LOOKED_LABELS[Looked(found.kind)], found.seen_on, found.looked_at, found.found,
        found.asked, "; ".join(str(each) for each in found.partners.all()), found.current_due_on,
        SCRUTINY_STATE_LABELS[found.state_now], found.verdict_label, found.get_tier_display(),
    )  # fmt: skip


def by_age(user: Reader, on: date) -> tuple[Figure, ...]:
    """Open challenges by how long they have been open; one query."""
    counted = {f"age_{n}": Count("pk", filter=_aged(age, on)) for n, age in enumerate(ages())}
    told = _open(user).aggregate(**counted)
    return tuple(Figure(age.label, told[f"age_{n}"], f"?state=open&age={n}") for n, age in enumerate(ages()))


def _aged(age: Age, on: date) -> Q:
    oldest = Q(raised_on__gte=on - timedelta(days=age.most)) if age.most is not None else Q()
    return Q(raised_on__lte=on - timedelta(days=age.least)) & oldest


def by_challenger(user: Reader) -> tuple[Figure, ...]:
    """Open challenges by whom they were raised; one query, the most first."""
    names = ("from_kind", "from_agency__key", "from_agency__name", "from_group__key", "from_group__name")
    rows = _open(user).values_list(*names).annotate(number=Count("pk")).order_by("-number", *names)
    return tuple(_of_challenger(*row) for row in rows)


def _of_challenger(
    kind: str,
    agency: str | None,
    agency_name: str | None,
    group: str | None,
    group_name: str | None,
    number: int,
) -> Figure:
    key = f"{kind}:{agency or group}" if agency or group else kind
    label = agency_name or group_name or FROM_LABELS[From(kind)]
    return Figure(label, number, f"?state=open&by={key}")


def answer_days(user: Reader) -> Figure:
    """The median of days from raising to the first answer, of all that were answered; two queries, two rows at most."""
    rows = _all(user).filter(current_answered_on__isnull=False)
    took = ExpressionWrapper(F("current_answered_on") - F("raised_on"), DurationField())
    pairs = rows.order_by(took, "pk").values_list("raised_on", "current_answered_on")
    middle = [(raised, answered) for raised, answered in pairs[middle_of(rows.count())] if answered]
    return Figure("Days to the first answer, median", median_days(middle), "?answered=on")


def _all(user: Reader) -> QuerySet[Challenge]:
    return challenges_visible_to(user).select_related(None).order_by()


def _open(user: Reader) -> QuerySet[Challenge]:
    return _all(user).filter(state__in=OPEN_STATES)
