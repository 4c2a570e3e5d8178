"""Who may read what the journal tells of unusual access and samples: whoever looks after them, nobody else."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sightline.access.permissions import scope_of
from sightline.events.guards import Guard
from sightline.oversight.models import (
    AccessReview,
    Alert,
    NamedReviewer,
    ReviewedGrant,
    Sample,
    SupportSession,
)
from sightline.oversight.permissions import can_look_after, can_see_reviews
from sightline.oversight.selectors import alerts


def _alerts(reader: Any) -> QuerySet[Alert] | None:
    return alerts(reader) if can_look_after(reader) else None


def _own_alerts(reader: Any) -> QuerySet[Alert]:
    return Alert.objects.filter(account_id=scope_of(reader).user_id)


def _samples(reader: Any) -> QuerySet[Sample] | None:
    return Sample.objects.all() if can_look_after(reader) else None


def _reviews(reader: Any) -> QuerySet[AccessReview] | None:
    return AccessReview.objects.all() if can_see_reviews(reader, ()) else None


def _grants(reader: Any) -> QuerySet[ReviewedGrant] | None:
    return ReviewedGrant.objects.all() if can_see_reviews(reader, ()) else None


def _reviewers(reader: Any) -> QuerySet[NamedReviewer] | None:
    return NamedReviewer.objects.all() if can_see_reviews(reader, ()) else None


def _support(reader: Any) -> QuerySet[SupportSession] | None:
    return SupportSession.objects.all() if can_see_reviews(reader, ()) else None


offered = [
    Guard(
        "oversight",
        SupportSession,
        _support,
        lambda found: reverse("oversight:support_session", args=[found.pk]),
    ),
    Guard("oversight", AccessReview, _reviews, lambda found: reverse("oversight:review", args=[found.key])),
    Guard(
        "oversight",
        ReviewedGrant,
        _grants,
        lambda found: reverse("oversight:grant", args=[found.review.key, found.pk]),
    ),
    Guard("oversight", NamedReviewer, _reviewers, lambda found: reverse("oversight:reviewers")),
    Guard(
        "oversight",
        Alert,
        _alerts,
        lambda alert: reverse("oversight:alert", args=[alert.pk]),
        concerning=_own_alerts,
    ),
    Guard("oversight", Sample, _samples, lambda sample: reverse("oversight:sample", args=[sample.key])),
]
