"""What challenges hold about a person: what they raised, and everything they entered."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from sightline.challenges.models import Challenge, ChallengeStep
from sightline.events.held import Held


def _rows(user: Any) -> QuerySet[Any, Any]:
    """Challenges they raised, and every step they entered, in one query; the newest first."""
    raised = Challenge.objects.filter(Q(from_user_id=user.pk) | Q(entered_by_id=user.pk))
    steps = ChallengeStep.objects.filter(entered_by_id=user.pk)
    kinds = [_told(steps, "Said about a challenge", F("text"))]
    return (
        _told(raised, "Challenge", F("title")).union(*kinds, all=True).order_by("-told_moment", "told_words")
    )


def _told(rows: Any, what: str, words: Any) -> QuerySet[Any, Any]:
    """The same three columns of every table, so that one query reads them all."""
    told: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            told_what=Value(what, CharField(max_length=50)),
            told_moment=Cast(F("recorded_at"), DateTimeField()),
            told_words=Cast(words, TextField()),
        )
        .values_list("told_what", "told_moment", "told_words")
    )
    return told


own = [
    Held(
        "challenges",
        "Challenges you raised or answered",
        "So that everybody sees who asked for what, and what was answered. None is ever overwritten.",
        ("What", "Entered", "Your words"),
        _rows,
        list,
        32,
    )
]
