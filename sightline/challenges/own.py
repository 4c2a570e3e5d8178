"""What challenges hold about a person: what they raised, scored, and everything they entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from sightline.challenges.models import (
    Challenge,
    ChallengeStep,
    Risk,
    RiskControl,
    RiskStep,
    Scrutiny,
    ScrutinyStep,
)
from sightline.events.held import five


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Challenges they raised, and every step they entered."""
    nothing, never = Value(""), Value(None)
    raised = Challenge.objects.filter(Q(from_user_id=user.pk) | Q(entered_by_id=user.pk)).order_by()
    yield five(raised, "Challenge", nothing, never, F("recorded_at"), F("title"))
    steps = ChallengeStep.objects.filter(entered_by_id=user.pk).order_by()
    yield five(steps, "Said about a challenge", nothing, never, F("recorded_at"), F("text"))
    risks = ((Risk, "Risk", F("title")), (RiskControl, "Control of a risk", F("text")),
             (RiskStep, "Said about a risk", F("text")), (Scrutiny, "Scrutiny entry", F("title")),
             (ScrutinyStep, "Said about scrutiny", F("text")))  # fmt: skip
    for model, words, told in risks:
        rows = model._default_manager.filter(entered_by_id=user.pk).order_by()
        yield five(rows, words, nothing, never, F("recorded_at"), told)
