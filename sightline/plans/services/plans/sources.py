"""Writing sources and their recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, today
from sightline.partners.selectors import Names
from sightline.plans.choices import ReceivedHow, SourceKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Addressee, Import, Recommendation, Source
from sightline.plans.services.keeping import bring_up_to_date, is_held, only
from sightline.plans.services.ledger import (
    Said,
    hold_source,
    readdress,
    refresh_ledger,
    respond,
    write_addressees,
)
from sightline.plans.services.plans.placing import behind, edit_row, free_key
from sightline.search.services import keep_words

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
    # When progress is owed, and who is asked for it, hang on the day of publication and on the tier.
    addressees = Addressee.objects.filter(recommendation__source=source)
    asked = list(addressees.select_related("agency", "group", "recommendation"))
    for each in asked:
        each.recommendation.source = source
    refresh_ledger(asked, source, now=now)
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
    as_at: date | None = None,
    names: Names | None = None,
    by: Actor,
    now: datetime,
) -> Recommendation:
    """Add one thing a source asks for, under its printed number, with its addressees.

    Printed paragraphs that answer it become a response in the name of all it is addressed to, as at the day given
    (today where none is). `names` spares the looking up where many are added. Raises Unacceptable for an empty text.
    """
    live = hold_source(source)
    made = Recommendation.objects.create(
        source=live,
        number=number.strip()[:40],
        text=need(text, "text", "Write what the source asks for."),
        title=title.strip()[:300],
        addressed_to=list(addressed_to),
        response=list(response),
        order=behind(live.recommendations.all()) if order is None else order,
        import_of=import_of,
    )
    if order is None:
        del made.order
    after = {"number": made.number, "text": made.text}
    record(PlanEntry.RECOMMENDATION_ADDED, by=by, subject=made, after=after, tier=Tier(source.tier))
    keep_words(made)
    write_addressees(made, addressed_to, names)
    if any(text.strip() for text in response):
        how = ReceivedHow.DOCUMENT if import_of else ReceivedHow.SCREEN
        said = Said(as_at or today(now), public=response, received_how=how)
        respond(made, None, said, import_of=import_of, by=by, now=now)
    refresh_ledger([], live, now=now)
    return made


RECOMMENDATION_FIELDS = frozenset({"number", "title", "text", "addressed_to"})


@deed
def edit_recommendation(
    recommendation: Recommendation, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Recommendation:
    """Change what a recommendation says, or whom it is addressed to. Raises Unacceptable, StaleRecord.

    Those it is no longer addressed to stay in the ledger where something was said of them, as gone from today.
    """
    only(changes, RECOMMENDATION_FIELDS)
    values = dict(changes)
    if "number" in values:
        values["number"] = need(values["number"], "number", "Give the printed number.")[:40]
    _hold(recommendation, version)
    recommendation.words_due = True
    before = list(recommendation.addressed_to)
    edit_row(
        recommendation,
        version,
        values,
        PlanEntry.RECOMMENDATION_EDITED,
        "text",
        "Write what the source asks for.",
        by,
        Tier(recommendation.source.tier),
        now,
        also=("words_due",),
    )
    if before != recommendation.addressed_to:
        readdress(recommendation, recommendation.addressed_to, by=by, now=now)
    return recommendation


def _hold(recommendation: Recommendation, version: int) -> None:
    """Hold the recommendation and, first, its source. Raises StaleRecord."""
    if is_held(recommendation):
        bring_up_to_date(recommendation, recommendation, version)
        return
    found = Recommendation.objects.select_for_update(no_key=True, of=("source", "self"))
    live = found.select_related("source").get(pk=recommendation.pk)
    bring_up_to_date(recommendation, live, version)
    recommendation.source = live.source
