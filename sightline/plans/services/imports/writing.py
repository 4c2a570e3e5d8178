"""Rows of paper become actions: the same services that a person uses write them, dated as at the document's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict

from sightline.events.choices import Actor
from sightline.partners.models import Party
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    ImpactRating,
    ReceivedHow,
    ReferenceKind,
    RowKind,
    TimescaleKind,
)
from sightline.plans.choices.plans import WORDS
from sightline.plans.models import Action, Import, Outcome, Plan, Priority, Strand
from sightline.plans.rules import importing, printing
from sightline.plans.rules.columns import STRAND
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.selectors.history import facts_of
from sightline.plans.services.accounts import rate, record_update
from sightline.plans.services.actions import add_action, set_references
from sightline.plans.services.given import (
    ActionGiven,
    OwnerGiven,
    ReferenceGiven,
    SourceGiven,
    TimescaleGiven,
)
from sightline.plans.services.imports.keeping import Progress, nobody_watches
from sightline.plans.services.plans import add_outcome, add_priority, add_strand
from sightline.plans.services.pointing import resolve_references
from sightline.plans.services.references import number_in
from sightline.reading import statuses
from sightline.reading.schema import PriorityRead, RowRead, TimescaleRead

WRITING_ROWS = "The rows of the document are being written into the plan."


class Dated(TypedDict):
    """What every service is told of an import: its day, itself, who and when; lists are kept up at the end."""

    as_at: date
    import_of: Import
    by: Actor
    now: datetime
    refresh: bool


@dataclass(slots=True)
class Writing:
    """One confirmation at work: into which plan, of which day, by whom, and what it has made and changed so far."""

    upload: Import
    plan: Plan
    as_at: date
    by: Actor
    now: datetime
    parties: Mapping[str, Party]
    progress: Progress = nobody_watches
    priorities: dict[str, Priority] = field(default_factory=dict)
    outcomes: dict[tuple[int, str], Outcome] = field(default_factory=dict)
    strands: dict[tuple[int, str], Strand] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    undo: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why something changed, where a service asks."""
        return f"As printed in “{self.upload.file_name}”"

    @property
    def dated(self) -> Dated:
        """How the services are called."""
        return {
            "as_at": self.as_at,
            "import_of": self.upload,
            "by": self.by,
            "now": self.now,
            "refresh": False,
        }

    def made(self, kind: str, pk: int) -> None:
        """Note a record this import made, so that it can be withdrawn."""
        self.undo.setdefault(kind, []).append(pk)


def write_priorities(work: Writing, printed: Sequence[PriorityRead], rows: Iterable[RowRead]) -> None:
    """Make the priorities that the plan lacks; those that rows name without a printed heading keep their number."""
    for priority in work.plan.priorities.order_by("order", "pk"):
        work.priorities.setdefault(priority.mark, priority)
    for outcome in Outcome.objects.filter(priority__plan=work.plan).order_by("order", "pk"):
        work.outcomes.setdefault((outcome.priority_id, outcome.text), outcome)
    for strand in Strand.objects.filter(priority__plan=work.plan).order_by("order", "pk"):
        work.strands.setdefault((strand.priority_id, str(strand)), strand)
    for priority_read in printed:
        _write_priority(work, priority_read)
    for row in rows:
        if row.priority:
            _write_priority(work, PriorityRead(row.priority, ""))


def _write_priority(work: Writing, printed: PriorityRead) -> None:
    if printed.number in work.priorities:
        return
    kind, number = printing.kind_of_mark(printed.number)
    made = add_priority(
        work.plan,
        number=number,
        kind=kind,
        title=printed.title.strip() or f"{WORDS[kind]} {number}".strip(),
        aim=printed.aim,
        owners_raw=printing.BETWEEN.join(printed.owners),
        timescale_raw=_timescale_words(printed.timescale),
        import_of=work.upload,
        by=work.by,
        now=work.now,
    )
    work.priorities[printed.number] = made
    work.made("priorities", made.pk)
    for text in printed.outcomes:
        outcome_for(work, printed.number, text)


def _timescale_words(timescale: TimescaleRead) -> str:
    return timescale.label or ", ".join(timescale.dates)


def outcome_for(work: Writing, number: str | None, text: str) -> Outcome | None:
    """The outcome of these words under a priority, made where it is new; None without words or priority."""
    priority = work.priorities.get(number or "")
    if priority is None or not text.strip():
        return None
    key = (priority.pk, text.strip())
    if key not in work.outcomes:
        made = add_outcome(priority, text=text, import_of=work.upload, by=work.by, now=work.now)
        work.outcomes[key] = made
        work.made("outcomes", made.pk)
    return work.outcomes[key]


def strand_for(work: Writing, mark: str | None, words: str) -> Strand | None:
    """The strand of these words under a priority, made where it is new; None without words or priority."""
    priority, printed = work.priorities.get(mark or ""), " ".join(words.split())
    if priority is None or not printed:
        return None
    key = (priority.pk, printed)
    if key not in work.strands:
        number, title = printing.strand_parts(printed)
        made = add_strand(
            priority, number=number, title=title, import_of=work.upload, by=work.by, now=work.now
        )
        work.strands[key] = made
        work.made("strands", made.pk)
    return work.strands[key]


def others_of(row: RowRead, strand: Strand | None) -> dict[str, str]:
    """The columns nobody knows; what became a strand is none of them."""
    return {h: text for h, text in row.other.items() if h != STRAND or (strand is None and text.strip())}


def write_rows(work: Writing, rows: Mapping[int, RowRead], order: Mapping[int, int]) -> None:
    """Make an action of each row, with its updates and ratings; `order` is its place in the table."""
    taken = _taken_references(rows)
    heads = importing.parents(rows)
    for done, (index, row) in enumerate(rows.items()):
        work.progress(done, len(rows), WRITING_ROWS)
        parent = work.actions.get(heads.get(index, -1))
        action = add_action(
            work.plan,
            _given(work, row, order[index], parent, row.reference not in taken),
            as_at=work.as_at,
            by=work.by,
            now=work.now,
            refresh=False,
        )
        taken.add(action.reference)
        work.actions[index] = action
        work.made("actions", action.pk)
        write_update(work, action, row.update)
    known = facts_of([work.actions[index] for index in rows], work.as_at)
    for index, row in rows.items():
        write_ratings(work, work.actions[index], row, facts=known[work.actions[index].pk])


def _taken_references(rows: Mapping[int, RowRead]) -> set[str]:
    """References of these rows that are not ours to give: another action has them, or they are of no shape of ours."""
    printed = {row.reference for row in rows.values()}
    here = set(Action.objects.filter(reference__in=printed).values_list("reference", flat=True))
    return here | {text for text in printed if number_in(text) is None}


def _given(work: Writing, row: RowRead, order: int, parent: Action | None, keep: bool) -> ActionGiven:
    strand = strand_for(work, row.priority, row.other.get(STRAND, ""))
    return ActionGiven(
        text=row.action.strip() or printing.NO_WORDS,
        priority=work.priorities.get(row.priority or ""),
        outcome=outcome_for(work, row.priority, row.outcome),
        parent=parent,
        kind=RowKind(row.kind),
        order=order,
        numbers=[number[:60] for number in row.numbers],
        owners=owners_of(work, row),
        sources=[SourceGiven(text[:200]) for text in row.sources],
        timescale=timescale_of(row),
        items=row.items,
        state=importing.state_of(row),
        outcome_inherited=row.outcome_inherited,
        owners_inherited=row.owners_inherited,
        raw=printing.raw_of(row),
        other=others_of(row, strand),
        strand=strand,
        import_of=work.upload,
        reference=row.reference if keep else "",
    )


def owners_of(work: Writing, row: RowRead) -> list[OwnerGiven]:
    """The owners of a row, each matched where somebody or something of the name is known."""
    return [OwnerGiven(name[:300], work.parties.get(name)) for name in row.owners]


def timescale_of(row: RowRead) -> TimescaleGiven:
    """The timescale of a row, its words kept."""
    read = row.timescale
    return TimescaleGiven(TimescaleKind(read.kind), read.dates, row.timescale_raw, read.label)


def write_update(work: Writing, action: Action, text: str) -> None:
    """Record an update of the paper, undated as paper prints it. No words are no update."""
    if text.strip():
        record_update(action, text, received_how=ReceivedHow.DOCUMENT, **work.dated)


def write_ratings(
    work: Writing,
    action: Action,
    row: RowRead,
    *,
    also_blank: bool = False,
    also_unknown: bool = False,
    facts: ActionFacts | None = None,
) -> None:
    """Record the ratings of the paper; an imported one owes no sentence.

    A blank is no rating, unless it takes the place of one (`also_blank`, for impact `also_unknown`).
    """
    if row.rating != "blank" or also_blank:
        rating = importing.rating_of(row)
        reason = statuses.parse(row.rating_raw).reason
        _rate(work, action, Dimension.DELIVERY, rating, row.rating_raw, reason, facts)
    impact = importing.impact_of(row)
    if impact != ImpactRating.NOT_YET_KNOWN or also_unknown:
        _rate(work, action, Dimension.IMPACT, impact, row.impact_rating, "", facts)


def _rate(
    work: Writing,
    action: Action,
    dimension: Dimension,
    value: str,
    raw: str,
    reason: str,
    facts: ActionFacts | None,
) -> None:
    rate(
        action,
        dimension,
        value,
        reason=reason,
        received_how=ReceivedHow.DOCUMENT,
        raw=raw,
        facts=facts,
        **work.dated,
    )


def write_references(work: Writing, rows: Mapping[int, RowRead], touched: Iterable[int]) -> None:
    """What actions point at, in the words of paper; then resolved, now that all of them are there."""
    for index in touched:
        read = rows[index].references
        if read:
            given = [ReferenceGiven(ReferenceKind(r.kind), r.number, r.plan) for r in read]
            set_references(work.actions[index], given)
    resolve_references(work.plan, by=work.by)


def begun(row: RowRead) -> bool:
    """Whether the paper shows that work has begun."""
    return importing.state_of(row) == DeliveryState.IN_PROGRESS
