"""The reports of a sample and of a review of access, for data protection, Caldicott guardian and risk owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.events.choices import MARKINGS, Tier
from sightline.oversight.choices import (
    DECISION_LABELS,
    SIGNATURE_LABELS,
    VERDICT_LABELS,
    WAITING,
    Decision,
    SignatureKind,
    Verdict,
)
from sightline.oversight.models import AccessReview, GrantDecision, Mark, ReviewedGrant, Sample
from sightline.rendering.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sightline.oversight.pages.samples import DrawnRow, SamplePage

COLUMNS = (
    Column("Entry", 0.6, number=True),
    Column("When"),
    Column("Who"),
    Column("What"),
    Column("About", 1.4),
    Column("What was found", 1.6),
)


def sample_document(page: SamplePage, by: str, now: datetime) -> Document:
    """The report of a sample as its reader may see it: what was drawn, how, what was found, who signed."""
    sample = page.sample
    words = _words(sample)
    blocks: list[Block] = [Paragraph(line) for line in _summary(page)]
    for name, population, rows in page.groups:
        blocks += [Heading(name, 2), Paragraph(f"{len(rows)} of {population:,} entries of this kind.")]
        blocks.append(_table(name, rows, words))
    return Document(
        title=f"Sample of the journal, {sample.month:%B %Y}",
        blocks=tuple(blocks),
        subtitle="For the Caldicott guardian and the senior information risk owner",
        marking=MARKINGS[Tier.T2],
        facts=(
            ("Drawn", _moment(sample.drawn_at)),
            ("By the lot of head", sample.head),
            ("Report made", f"{_moment(now)}, by {by}"),
        ),
        landscape=True,
    )


def _summary(page: SamplePage) -> Iterable[str]:
    rows = [row for _, _, found in page.groups for row in found]
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in Verdict}
    said = "; ".join(f"{VERDICT_LABELS[verdict].lower()}: {number}" for verdict, number in counts.items())
    yield f"{len(rows)} entries were drawn. {said[:1].upper()}{said[1:]}; not looked at: {page.left}."
    yield (
        "The lot of an entry is the SHA-256 of the head and the entry's digest; of each kind those with the "
        "smallest lots were drawn. Whoever holds the journal can draw them again."
    )
    if not page.signatures:
        yield "Nobody has signed this sample yet."
    for label, signed in page.signatures:
        own = (
            f" {signed.own_entries} of the entries are of what they did themselves."
            if signed.own_entries
            else ""
        )
        yield f"{label} {signed.by_label}, {_moment(signed.moment)}.{own} {signed.words}".strip()
    if [signed.kind for _, signed in page.signatures] == [SignatureKind.REVIEW.value]:
        yield f"{SIGNATURE_LABELS[SignatureKind.SECOND_LOOK]}: nobody yet."


def _words(sample: Sample) -> dict[int, str]:
    """All that was said of each entry, by its position; one query."""
    found: dict[int, list[str]] = {}
    marks = Mark.objects.filter(drawn__sample=sample).order_by("pk")
    for position, verdict, words, by in marks.values_list("drawn__position", "verdict", "words", "by_label"):
        told = f"{VERDICT_LABELS[Verdict(verdict)]} ({by})"
        found.setdefault(position, []).append(f"{told}: {words}" if words else told)
    return {position: "\n".join(said) for position, said in found.items()}


def _table(name: str, rows: Sequence[DrawnRow], words: dict[int, str]) -> Table:
    told = [
        (
            str(row.number),
            _moment(row.moment) if row.moment else "",
            row.who,
            row.what,
            row.about,
            words.get(row.position, row.verdict_label),
        )
        for row in rows
    ]
    body = tuple(TableRow(tuple(TableCell(text) for text in row)) for row in told)
    return Table(caption=name, columns=COLUMNS, rows=body, caption_visible=False)


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


REVIEW_COLUMNS = (
    Column("Who"),
    Column("Role"),
    Column("Over"),
    Column("Opens up to", 0.6),
    Column("Since", 0.8),
    Column("Last signed in", 0.8),
    Column("Second step", 0.8),
    Column("What became of it", 1.6),
)


def review_document(review: AccessReview, held: Sequence[ReviewedGrant], by: str, now: datetime) -> Document:
    """The report of a review of access as its reader may see it: what was held, what was decided, by whom and why."""
    words = _decisions(held)
    body = [TableRow(tuple(TableCell(text) for text in _grant_cells(grant, words))) for grant in held]
    counts = {decision: sum(grant.current_decision == decision for grant in held) for decision in Decision}
    said = [f"{DECISION_LABELS[decision]}: {number}." for decision, number in counts.items() if number]
    waiting = sum(not grant.current_decision for grant in held)
    blocks: list[Block] = [Paragraph(" ".join([*said, *([f"{WAITING}: {waiting}."] if waiting else [])]))]
    blocks.append(Table("What was held when the review was opened", REVIEW_COLUMNS, tuple(body)))
    closed = review.closed_on
    return Document(
        title=str(review),
        blocks=tuple(blocks),
        subtitle="Who may open confidential records",
        marking=MARKINGS[Tier.T2],
        facts=(
            ("Opened", _day(review.opened_on)),
            ("To be confirmed by", _day(review.due_on)),
            ("Closed", _day(closed) if closed else "Not yet"),
            ("Report made", f"{_moment(now)}, by {by}"),
        ),
        landscape=True,
    )


def _decisions(held: Sequence[ReviewedGrant]) -> dict[int, str]:
    """All that was decided about each; one query."""
    found: dict[int, list[str]] = {}
    made = GrantDecision.objects.filter(grant__in=[grant.pk for grant in held]).order_by("pk")
    for number, decision, reason, by, moment in made.values_list(
        "grant_id", "decision", "reason", "by_label", "moment"
    ):
        told = f"{DECISION_LABELS[Decision(decision)]}, {_moment(moment)}, {by}: {reason}"
        found.setdefault(number, []).append(told)
    return {number: "\n".join(told) for number, told in found.items()}


def _grant_cells(grant: ReviewedGrant, words: dict[int, str]) -> tuple[str, ...]:
    seen = grant.last_signed_in
    return (
        grant.account.name,
        grant.what,
        grant.over,
        grant.reads,
        _day(grant.since),
        _day(timezone.localtime(seen).date()) if seen else "Never",
        "Yes" if grant.has_second_step else "No",
        words.get(grant.pk, WAITING),
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
