"""A thread as a picture and as a document in the format somebody asks for."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.plans.rules.tiers import highest
from sightline.rendering import write
from sightline.rendering.charts.threads import Node, thread_picture
from sightline.rendering.document import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from sightline.sight.choices import START_LABELS, WAY_LABELS, Way
from sightline.sight.entries import SightEntry
from sightline.sight.reports.items import Item, Step
from sightline.sight.reports.logged import log_joins
from sightline.sight.reports.steps import (
    TITLES,
    aim_key,
    asked_key,
    shown_steps,
    source_key,
    steps_of,
    title_of,
)
from sightline.sight.rules import in_a_sentence
from sightline.sight.selectors.threads import Thread
from sightline.sight.services import note_taken

FORMATS = {"docx": "Word", "pdf": "PDF", "html": "web page"}


def records_of(told: Thread) -> int:
    """How many records the thread holds: sources, recommendations, aims and actions."""
    return sum(len(step.items) for step in steps_of(told, Way.WHOLE)[:4])


def tier_of(told: Thread) -> Tier:
    """The highest tier of all that the thread shows."""
    sources = [answer.source.tier for answer in told.answers if answer.source]
    shown = (*told.actions, *told.carried)
    actions = [tier for action in shown for tier in (action.tier, action.plan.tier)]
    actions += [place.plan.tier for place in told.placed]
    logged = [each.logged.tier for each in told.logged] + [each.tier for each in told.led]
    logged += [each.plan.tier for each in told.logged if each.plan]
    logged += [each.recommendation.source.tier for each in told.logged if each.recommendation]
    start = told.start.record
    own = getattr(start, "tier", None) or _tier_above(start)
    return highest([own, *sources, *actions, *logged])


def _tier_above(start: object) -> str:
    """The tier of the record that a recommendation, priority or outcome stands in."""
    for name in ("source", "plan", "priority"):
        above = getattr(start, name, None)
        if above is not None:
            return str(getattr(above, "tier", None) or _tier_above(above))
    return Tier.T1


def picture_of(told: Thread, way: Way, *, linked: bool) -> Figure | None:
    """The picture of the thread; None where nothing but the start itself is in it."""
    places = list(shown_steps(told.start, way))
    steps = dict(zip(places, steps_of(told, way), strict=True))
    nodes = [_node(item, place, linked) for place, step in steps.items() for item in step.items]
    if len(nodes) < 2:
        return None
    words = f"{title_of(told.start)}: {in_a_sentence([came.facts for came in told.came.values()])}"
    return thread_picture(
        f"Line of sight: {title_of(told.start)}",
        TITLES,
        nodes,
        list(dict.fromkeys(_joins(told))),
        linked=linked,
        table=None,
        alt=f"{words} Everything in the picture stands in the list.",
    )


def _node(item: Item, place: int, linked: bool) -> Node:
    return Node(
        key=item.key,
        column=place,
        words=item.words if place < 4 else item.short,
        detail=item.short if place < 4 else (item.loose[0] if item.loose else ""),
        href=item.href if linked else "",
        is_loose=bool(item.loose),
        is_start=item.is_start,
    )


def _joins(told: Thread) -> Iterator[tuple[str, str]]:
    """Which boxes belong together: source, recommendation, aim, action, what came of it."""
    yield from log_joins(
        told, {each.pk: aim_key(each) or f"action-{each.reference}" for each in told.actions}
    )
    for named in (each.recommendation for each in told.own_logged if each.recommendation):
        yield source_key(named.source), asked_key(named)
    for each in told.unanswered:
        yield f"source-{each.source_id}", asked_key(each)
    for action in told.actions:
        own = f"action-{action.reference}"
        aim = aim_key(action)
        yield own, f"came-{action.reference}"
        if aim:
            yield aim, own
        if told.is_placed_under_start(action):
            yield f"{told.start.kind}-{told.start.record.pk}", own
        for answer in told.answers_of(action):
            if answer.recommendation and answer.source:
                yield source_key(answer.source), asked_key(answer.recommendation)
                yield asked_key(answer.recommendation), aim or own
            elif answer.source:
                yield source_key(answer.source), aim or own


def thread_document(told: Thread, way: Way, *, site_address: str) -> Document:
    """The thread as a document: the picture while it can be taken in, then step after step in tables."""
    figure = picture_of(told, way, linked=False) if records_of(told) <= 60 else None
    blocks: list[Block] = [Paragraph(in_a_sentence([came.facts for came in told.came.values()]), "lead")]
    blocks += [figure] if figure else []
    for step in steps_of(told, way):
        blocks += _step(step, site_address)
    return Document(
        title=f"Line of sight: {title_of(told.start)}",
        subtitle=WAY_LABELS[way],
        blocks=tuple(blocks),
        marking=tier_of(told).marking,
        facts=(("Starts from", START_LABELS[told.start.kind]),),
        landscape=True,
    )


def _step(step: Step, site_address: str) -> list[Block]:
    head = Heading(step.title, 1, step.key)
    if not step.items:
        return [head, Paragraph(step.nothing)]
    columns = (Column("Record", 3), Column("How it stands", 4), Column("What is loose", 2))
    rows = tuple(
        TableRow(
            (
                TableCell(item.words, href=f"{site_address}{item.href}" if item.href else ""),
                TableCell(
                    _stands(item), items=(*item.details, *(words for words, _ in (*item.tied, *item.links)))
                ),
                TableCell(" ".join(item.loose)),
            )
        )
        for item in step.items
    )
    return [head, Table(step.title, columns, rows, caption_visible=False)]


def _stands(item: Item) -> str:
    return item.tags.state if item.tags else ""


def take_thread(told: Thread, way: Way, format: str, *, site_address: str, by: Actor) -> bytes:
    """The thread as a file in one of `FORMATS`, journalled. Raises UnknownFormat."""
    content = write(thread_document(told, way, site_address=site_address), format)
    about = {"format": format, "way": way.value, "actions": len(told.actions)}
    note_taken(SightEntry.THREAD_TAKEN, told.start.record, about, tier_of(told), by=by)
    return content


def thread_name(told: Thread, format: str, on: object) -> str:
    """The name of the file: "line-of-sight-action-sl-00012-2026-06-15.docx"."""
    return f"line-of-sight-{slugify(f'{told.start.kind}-{told.start.key}')[:80]}-{on}.{format}"
