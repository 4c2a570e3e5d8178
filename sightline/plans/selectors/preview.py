"""The preview of an import: everything understood, every doubt beside its cell, and what confirming would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from sightline.identifying import telling_cells
from sightline.partners import rules as party_rules
from sightline.partners.rules import PartyName, Suggestion
from sightline.partners.selectors import party_names
from sightline.plans.choices import ImportState
from sightline.plans.models import Import, Plan
from sightline.plans.rules import importing
from sightline.plans.rules.columns import PrintedColumn, columns_of
from sightline.plans.rules.merging import Merge
from sightline.plans.selectors.imports import ReadRows, fingerprint, merge_of, plan_meant, rows_of
from sightline.reading.blocks import At, Notice
from sightline.reading.schema import (
    AttendanceRead,
    Counts,
    MemberRead,
    PriorityRead,
    RecommendationRead,
    RowRead,
)

LONG_CELL = 60
PLAN_KINDS = frozenset({"action_plan", "strategy"})


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell: what will be imported, its doubts, and the words of the paper where a person corrected them."""

    name: str
    label: str
    text: str
    warnings: tuple[str, ...] = ()
    was: str | None = None

    @property
    def is_long(self) -> bool:
        """Whether its words need a wide place on the page."""
        return len(self.text) > LONG_CELL

    @property
    def is_corrected(self) -> bool:
        """Whether a person changed it."""
        return self.was is not None


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row with its cells in printed order and the warnings of the row as a whole."""

    index: int
    kind: str
    priority: str
    cells: tuple[CellShown, ...]
    warnings: tuple[str, ...]
    place: str
    confidence: float
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True)
class OwnerShown:
    """A printed owner nobody knows yet: where it stands, who it may be, and what was decided."""

    raw: str
    rows: tuple[int, ...]
    suggestions: tuple[Suggestion, ...]
    decision: Mapping[str, str] | None
    decided: str


@dataclass(frozen=True, slots=True)
class PriorityShown:
    """A priority as it will be imported."""

    number: str
    title: str
    aim: str
    rows: int


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A warning or leftover of the document, with its place in words."""

    code: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All that the page of an import may show. `obstacles` say what must still be done before it can be confirmed."""

    upload: Import
    plan: Plan | None
    kind: str
    title: str
    period: str
    as_at_proposed: date | None
    columns: tuple[PrintedColumn, ...]
    legend: Mapping[str, str]
    priorities: tuple[PriorityShown, ...]
    rows: tuple[RowShown, ...]
    unknown_owners: tuple[OwnerShown, ...]
    known_owners: int
    recommendations: tuple[RecommendationRead, ...]
    attendance: tuple[AttendanceRead, ...]
    members: tuple[MemberRead, ...]
    figures: int
    warnings: tuple[NoticeShown, ...]
    leftovers: tuple[NoticeShown, ...]
    counts: Counts
    adds_up: bool
    merge: Merge | None
    fingerprint: str
    obstacles: tuple[str, ...]

    @property
    def can_be_confirmed(self) -> bool:
        """Whether nothing is left to decide."""
        return self.upload.state == ImportState.PREVIEW and not self.obstacles

    @property
    def warning_count(self) -> int:
        """How many doubts are marked, beside cells, rows and the document."""
        in_rows = sum(len(row.warnings) + sum(len(cell.warnings) for cell in row.cells) for row in self.rows)
        return in_rows + len(self.warnings)

    @property
    def what_it_becomes(self) -> str:
        """One sentence on what confirming does with a document of this kind."""
        return SENTENCES.get(self.kind, SENTENCES[""])


SENTENCES = {
    "action_plan": "The rows become actions of the plan, with their owners, dates, ratings and updates.",
    "strategy": "The rows become actions under the priorities of the plan.",
    "recommendations": "The document becomes a source, and each recommendation one of its recommendations.",
    "": "What was understood is kept with the import and shown here. Nothing is added to a plan.",
}


def preview(upload: Import) -> Preview:
    """The whole preview, in a fixed number of queries whatever the number of rows."""
    rows = rows_of(upload)
    reading, facts = rows.reading, rows.reading.document
    plan = plan_meant(upload)
    merging = merge_of(upload, plan, rows.kept) if plan and facts.kind in PLAN_KINDS else None
    names = party_names()
    owners, known = _owners(rows.kept, upload.matches, names, names)
    counts = importing.counts_after(reading.counts, len(rows.set_aside))
    return Preview(
        upload=upload,
        plan=plan,
        kind=facts.kind,
        title=facts.title,
        period=facts.period_raw,
        as_at_proposed=date.fromisoformat(facts.as_at) if facts.as_at else None,
        columns=tuple(columns_of(facts.columns, reading.rows)),
        legend=facts.legend,
        priorities=_priorities(reading.priorities, rows.kept.values()),
        rows=tuple(_row(rows, upload, index) for index in rows.read),
        unknown_owners=owners,
        known_owners=known,
        recommendations=tuple(reading.recommendations),
        attendance=tuple(reading.attendance),
        members=tuple(reading.members),
        figures=len(reading.figures),
        warnings=tuple(_notice(n) for n in importing.warnings_of_document(reading)),
        leftovers=tuple(_notice(n) for n in reading.leftovers),
        counts=counts,
        adds_up=importing.adds_up(counts),
        merge=merging,
        fingerprint=fingerprint(merging),
        obstacles=tuple(obstacles(upload, merging, len(rows.kept), len(reading.recommendations))),
    )


def unknown_owners(upload: Import) -> tuple[OwnerShown, ...]:
    """The owners to be matched, suggestions by initials and posts among them."""
    return _owners(rows_of(upload).kept, upload.matches, party_names(), party_names(with_hints=True))[0]


# What a document may hold that is worth keeping.
_UNDERSTOOD = ("rows", "recommendations", "figures", "attendance", "members")


def obstacles(upload: Import, merging: Merge | None, rows: int, recommendations: int) -> list[str]:
    """What must still be done before this import can be confirmed, each in a sentence."""
    reading: Mapping[str, Any] = upload.reading or {}
    kind = reading.get("document", {}).get("kind", "")
    found = []
    if upload.as_at is None:
        found.append("Say which day the document speaks of: its ratings and updates will carry that day.")
    if kind in PLAN_KINDS and not rows:
        found.append("No action was understood in this document, so there is nothing to import.")
    elif kind == "recommendations" and not recommendations:
        found.append("No recommendation was understood in this document, so there is nothing to import.")
    elif not any(reading.get(part) for part in _UNDERSTOOD):
        found.append("Nothing was understood in this document, so there is nothing to import.")
    if kind in PLAN_KINDS and not (upload.plan_id or upload.plan_name.strip()):
        found.append("Say which plan this is: a name for a new one, or one that is there already.")
    if merging and merging.asked:
        found.append(
            f"{_rows_that(len(merging.asked))} could be more than one action of the plan. Say which."
        )
    return found


def _rows_that(count: int) -> str:
    return "One row" if count == 1 else f"{count} rows"


def _row(rows: ReadRows, upload: Import, index: int) -> RowShown:
    read, aside = rows.read[index], index in rows.set_aside
    row = rows.kept.get(index, read)
    doubts = importing.warnings_of(rows.reading, row)
    changed = upload.corrections.get(str(index), {})
    before, now = importing.cells_of(read), importing.cells_of(row)
    telling = telling_cells(now, _as_at(rows, upload).year)
    cells = tuple(
        CellShown(
            name,
            importing.CELL_LABELS.get(name, name.removeprefix(importing.OTHER)),
            text,
            (*doubts.get(name, ()), *telling.get(name, ())),
            before.get(name, "") if name in changed else None,
        )
        for name, text in now.items()
    )
    return RowShown(
        index,
        row.kind,
        row.priority or "",
        cells,
        tuple(doubts.get("", ())),
        place(row.at),
        row.confidence,
        aside,
    )


def _as_at(rows: ReadRows, upload: Import) -> date:
    """The day the document speaks of; today where nobody said."""
    proposed = rows.reading.document.as_at
    return upload.as_at or (date.fromisoformat(proposed) if proposed else timezone.localdate())


def place(at: At) -> str:
    """A position in words: "page 2, table 1, row 5"; empty where none is known."""
    return ", ".join(f"{name} {number}" for name, number in at.as_json().items())


def _notice(notice: Notice) -> NoticeShown:
    return NoticeShown(notice.code, notice.message, place(notice.at))


def _priorities(printed: Sequence[PriorityRead], rows: Iterable[RowRead]) -> tuple[PriorityShown, ...]:
    """The priorities with how many rows stand under each; rows without one are counted under an empty number."""
    under: dict[str, int] = defaultdict(int)
    for row in rows:
        under[row.priority or ""] += 1
    shown = [PriorityShown(p.number, p.title, p.aim, under.pop(p.number, 0)) for p in printed]
    return tuple(shown + [PriorityShown(number, "", "", count) for number, count in under.items()])


def _owners(
    rows: Mapping[int, RowRead],
    decisions: Mapping[str, Mapping[str, str]],
    names: Sequence[PartyName],
    hints: Sequence[PartyName],
) -> tuple[tuple[OwnerShown, ...], int]:
    """The printed owners nobody knows, each with suggestions and what was decided; and how many are known."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, row in rows.items():
        for owner in row.owners:
            where[owner].append(index)
    unknown = {raw: places for raw, places in where.items() if not party_rules.matching(raw, names)}
    shown = tuple(
        OwnerShown(
            raw,
            tuple(dict.fromkeys(places)),
            tuple(party_rules.suggestions(raw, hints)),
            decisions.get(raw),
            decision_words(decisions.get(raw), names),
        )
        for raw, places in unknown.items()
    )
    return shown, len(where) - len(unknown)


def decision_words(decision: Mapping[str, str] | None, names: Sequence[PartyName]) -> str:
    """What was decided about an owner, in words; what happens without a decision where there is none."""
    if decision is None or decision["as"] == "text":
        return "Kept as text" if decision else "Kept as text unless you say who this is"
    if decision.get("name"):
        return f"New {decision['as']}: {decision['name']}"
    title = next((n.title for n in names if n.kind == decision["as"] and str(n.id) == decision["id"]), "")
    return f"{title} ({decision['as']})"
