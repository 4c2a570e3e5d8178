"""Making sources and what they ask for, for tests of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from sightline.plans import services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Addressee, Recommendation, Source
from sightline.plans.services import Said
from tests.plans.making import BY, NOW

PUBLISHED = date(2025, 3, 31)
DAY = date(2026, 6, 1)


def make_source(title: str = "Review of Child M", **given: Any) -> Source:
    values = {"published_on": PUBLISHED, "by": BY, "now": NOW} | given
    return services.create_source(title, SourceKind.REVIEW, **values)


def ask_for(
    source: Source | None = None, *words: str, text: str = "Meet fathers", **given: Any
) -> Recommendation:
    values = {"number": "1", "addressed_to": words, "by": BY, "now": NOW} | given
    return services.create_recommendation(source or make_source(), text=text, **values)


def addressee_of(recommendation: Recommendation, raw: str = "") -> Addressee:
    found = recommendation.addressees.select_related("agency", "group", "recommendation__source")
    return found.get(raw=raw) if raw else found.first()  # type: ignore[return-value]


def said(*public: str, on: date = DAY, **given: Any) -> Said:
    return Said(on, public, **given)
