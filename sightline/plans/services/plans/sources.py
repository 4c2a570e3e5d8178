"""Writing sources and their recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.plans.choices import SourceKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Recommendation, Source
from sightline.plans.services.keeping import need, only
from sightline.plans.services.plans.placing import edit_row, free_key, next_order
from sightline.plans.services.words import keep_words

SOURCE_FIELDS = frozenset({"title", "kind", "body", "published_on", "summary", "tier"})


@deed
def create_source(
    title: str,
    kind: SourceKind,
    *,
    body: str = "",
    published_on: date | None = None,
    summary: str = "",
    tier: Tier = Tier.T1,
    by: Actor,
    now: datetime,
) -> Source:
    """Add a source. Raises Unacceptable for an empty title."""
    named = need(title, "title", "Give the source a title.")
    source = Source.objects.create(
        key=free_key(Source.objects.all(), named),
        title=named[:300],
        kind=kind,
        body=body,
        published_on=published_on,
        summary=summary,
        tier=tier,
    )
    record(
        PlanEntry.SOURCE_ADDED, by=by, subject=source, after={"title": source.title, "kind": kind}, tier=tier
    )
    keep_words(source)
    return source


@deed
def edit_source(
    source: Source, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Source:
    """Change a source. Raises Unacceptable, StaleRecord."""
    only(changes, SOURCE_FIELDS)
    edit_row(
        source,
        version,
        changes,
        PlanEntry.SOURCE_EDITED,
        "title",
        "Give the source a title.",
        by,
        Tier(source.tier),
        now,
    )
    return source


@deed
def create_recommendation(
    source: Source,
    *,
    number: str,
    text: str,
    title: str = "",
    addressed_to: Sequence[str] = (),
    response: Sequence[str] = (),
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Recommendation:
    """Add one thing a source asks for, under its printed number. Raises Unacceptable for an empty text."""
    made = Recommendation.objects.create(
        source=source,
        number=number.strip()[:40],
        text=need(text, "text", "Write what the source asks for."),
        title=title,
        addressed_to=list(addressed_to),
        response=list(response),
        order=next_order(source.recommendations.all()) if order is None else order,
        import_of=import_of,
    )
    after = {"number": made.number, "text": made.text}
    record(PlanEntry.RECOMMENDATION_ADDED, by=by, subject=made, after=after, tier=Tier(source.tier))
    keep_words(made)
    return made
