"""What a row of paper says to a plan: its cells, its state and rating, which cell a warning belongs to, corrections.

Plain values in and out. Sources: design.md 4 and 4a ("a paper's single status becomes the delivery rating; complete or
blue becomes the state; impact stays not yet known"), documents.md A3 to A6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sightline.plans.choices import (
    IMPACT_LABELS,
    LABELS,
    DeliveryRating,
    DeliveryState,
    ImpactRating,
    RowKind,
)
from sightline.plans.rules.matching import PaperRow
from sightline.plans.rules.timescales import latest_day
from sightline.reading import numbers, owners, statuses, timescales
from sightline.reading.blocks import At, Notice
from sightline.reading.names import KnownNames
from sightline.reading.schema import Counts, Reading, RowRead
from sightline.reading.warnings import SENTENCES
from sightline.screens.words import day

PERSONAL = "personal_data"
CELLS = (
    "priority", "number", "source", "outcome", "owners", "action", "update", "timescale", "rating", "impact", "state",
)  # fmt: skip
CELL_LABELS = {
    "priority": "Priority",
    "number": "Number",
    "source": "Source",
    "outcome": "Outcome",
    "owners": "Owners",
    "action": "Action",
    "update": "Update",
    "timescale": "Timescale",
    "rating": "Delivery rating",
    "impact": "Impact rating",
    "state": "State",
}
OTHER = "other:"
SET_ASIDE = "set_aside"
BULLET = "\n• "

# Which cell a warning stands beside; a code that is not here belongs to the whole row.
WARNING_CELLS = {
    "duplicate_number": "number",
    "number_gap": "number",
    "number_unreadable": "number",
    "no_timescale": "timescale",
    "date_outside_period": "timescale",
    "inferred_year": "timescale",
    "year_missing": "timescale",
    "impossible_date": "timescale",
    "unknown_timescale": "timescale",
    "update_contradicts_date": "update",
    "red_without_update": "update",
    "complete_without_update": "update",
    "status_hint": "update",
    "no_rating": "rating",
    "rating_doubtful": "rating",
    "rating_unreadable": "rating",
    "status_by_colour": "rating",
    "children_disagree": "rating",
    "status_contradicts_date": "rating",
    "owner_unsplit": "owners",
    "no_owner": "owners",
    "lead_not_member": "owners",
    "self_reference": "action",
    "repeated_text": "action",
    "cut_off": "action",
}

# A status given by a cell's shading alone, in words: colour never stands alone.
RATING_WORDS = {
    "green": "Green",
    "amber": "Amber",
    "yellow": "Yellow",
    "red": "Red",
    "blue": "Blue",
    "complete": "Complete",
}
_RATINGS = {
    "green": DeliveryRating.GREEN,
    "amber": DeliveryRating.AMBER,
    "yellow": DeliveryRating.AMBER,
    "red": DeliveryRating.RED,
}
_STATES = {LABELS[state].casefold(): state for state in DeliveryState} | {s.value: s for s in DeliveryState}
_IMPACTS = {IMPACT_LABELS[value.value].casefold(): value for value in ImpactRating}


def action_words(row: RowRead) -> str:
    """The action as one text: its words, then the list inside the cell, one bullet a line."""
    missing = [item for item in row.items if item not in row.action]
    return row.action + "".join(f"{BULLET}{item}" for item in missing)


def rating_of(row: RowRead) -> DeliveryRating:
    """The delivery rating a printed status becomes. Yellow is a step of amber; its own word is kept beside it."""
    return _RATINGS.get(row.rating, DeliveryRating.NOT_RATED)


def state_of(row: RowRead) -> DeliveryState:
    """The delivery state: printed in a column of ours, else said by "complete" or blue, else by any sign of work."""
    if row.state:
        printed = _STATES.get(" ".join(row.state.split()).casefold())
        if printed:
            return printed
    if row.rating in ("complete", "blue"):
        return DeliveryState.COMPLETE
    begun = row.rating in _RATINGS or (row.update and not _not_started(row.update))
    return DeliveryState.IN_PROGRESS if begun else DeliveryState.NOT_STARTED


def _not_started(update: str) -> bool:
    said = " ".join(update.casefold().split()).strip(" .")
    return said in ("not started", "not yet started", "to start", "yet to start")


def impact_of(row: RowRead) -> ImpactRating:
    """The impact rating, where one of our own columns prints it. A paper's single status never says it."""
    return _IMPACTS.get(" ".join(row.impact_rating.split()).casefold(), ImpactRating.NOT_YET_KNOWN)


def timescale_words(row: RowRead) -> str:
    """The words of a timescale that its own cell does not print: of a band over several rows."""
    due_on = latest_day(row.timescale.dates)
    return row.timescale.label or (f"By {day(due_on)}" if due_on else "")


def cells_of(row: RowRead) -> dict[str, str]:
    """Every cell of a row as text, what is inherited from the row above filled in: layout alone is no change."""
    cells = {
        "priority": row.priority or "",
        "number": row.number_raw,
        "source": row.sources_raw,
        "outcome": row.outcome,
        "owners": row.owners_raw or "; ".join(row.owners),
        "action": action_words(row),
        "update": row.update,
        "timescale": row.timescale_raw or timescale_words(row),
        "rating": row.rating_raw or RATING_WORDS.get(row.rating, ""),
        "impact": IMPACT_LABELS[impact_of(row)],
        "state": LABELS[state_of(row)],
    }
    return cells | {f"{OTHER}{heading}": text for heading, text in row.other.items()}


def printed_cells(rows: Iterable[RowRead]) -> frozenset[str]:
    """The cells a document prints: those with words in any row. What it does not print it says nothing about."""
    found = {"action"}
    for row in rows:
        cells = cells_of(row) | {"impact": row.impact_rating, "state": row.state}
        found |= {cell for cell, text in cells.items() if text}
    return frozenset(found)


def paper_rows(rows: Mapping[int, RowRead]) -> list[PaperRow]:
    """Rows as the merge compares them, with only the columns the document prints."""
    printed = printed_cells(rows.values())
    return [_paper_row(index, row, printed) for index, row in rows.items()]


def _paper_row(index: int, row: RowRead, printed: Iterable[str]) -> PaperRow:
    said = cells_of(row)
    # In the order of the table, always: the fingerprint of a merge is taken over it, in whichever process.
    ordered = [*(cell for cell in said if cell in printed), *sorted(set(printed) - set(said))]
    cells = {cell: said.get(cell, "") for cell in ordered}
    return PaperRow(index, cells, frozenset(row.numbers), action_words(row), row.reference)


def corrected(row: RowRead, changes: Mapping[str, str], legend: Mapping[str, str]) -> RowRead:
    """The row with cells as a person corrected them, each understood anew; warnings of those cells are answered.

    Owners stand one a line, as `split_owners` left them. Raises ValueError for a cell that a row does not have.
    """
    for cell, text in changes.items():
        if cell != SET_ASIDE:
            row = _with_cell(row, cell, text.strip(), legend)
    left = [code for code in row.warnings if WARNING_CELLS.get(code) not in changes]
    return replace(row, warnings=left) if changes else row


def split_owners(text: str, names: KnownNames) -> str:
    """An owner cell as a person typed it, one owner a line: known names first, then separators."""
    return "\n".join(owners.split(text, names).owners)


def _with_cell(row: RowRead, cell: str, text: str, legend: Mapping[str, str]) -> RowRead:
    if cell.startswith(OTHER):
        return replace(row, other={**row.other, cell.removeprefix(OTHER): text})
    if cell == "timescale":
        return replace(row, timescale_raw=text, timescale=timescales.parse(text))
    if cell == "rating":
        return replace(row, rating_raw=text, rating=statuses.parse(text, legend).rating)
    if cell == "owners":
        named = [line for line in text.splitlines() if line.strip()]
        return replace(row, owners_raw="; ".join(named), owners=named, owners_inherited=False)
    if cell == "number":
        return _numbered(row, text)
    return _with_words(row, cell, text)


def _numbered(row: RowRead, text: str) -> RowRead:
    kind = RowKind.NUMBERED if text and row.kind in (RowKind.UNNUMBERED, RowKind.CONTINUATION) else row.kind
    own = list(numbers.parse(text).numbers) or ([text] if text else [])
    return replace(row, number_raw=text, numbers=own or row.numbers, kind=kind)


def _with_words(row: RowRead, cell: str, text: str) -> RowRead:
    words = {
        "priority": lambda: replace(row, priority=text or None),
        "source": lambda: replace(row, sources_raw=text, sources=numbers.parse_sources(text)),
        "outcome": lambda: replace(row, outcome=text, outcome_inherited=False),
        "action": lambda: replace(row, action=_stem(text), items=_items(text)),
        "update": lambda: replace(row, update=text),
        "impact": lambda: replace(row, impact_rating=text),
        "state": lambda: replace(row, state=text),
    }
    if cell not in words:
        raise ValueError(f"A row has no cell “{cell}”.")
    return words[cell]()


def _stem(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("•")).strip()


def _items(text: str) -> list[str]:
    return [line.lstrip(" \t•").strip() for line in text.splitlines() if line.lstrip().startswith("•")]


def is_set_aside(changes: Mapping[str, str]) -> bool:
    """Whether a person said that the row is no action and stays out of the plan."""
    return bool(changes.get(SET_ASIDE))


def counts_after(counts: Counts, set_aside: int) -> Counts:
    """The counts once people have set rows aside: the same total, moved from one heap to another."""
    return replace(counts, imported=counts.imported - set_aside, set_aside=counts.set_aside + set_aside)


def adds_up(counts: Counts) -> bool:
    """Rows seen = imported + joined + furniture + set aside (`documents.md` A6)."""
    return counts.rows_seen == counts.imported + counts.joined + counts.furniture + counts.set_aside


def warnings_of(reading: Reading, row: RowRead) -> dict[str, list[str]]:
    """The row's warnings as sentences, by the cell they stand beside; "" holds those of the whole row.

    Not of what may tell who a child is: `identifying.telling_cells` says of each cell what that is.
    """
    found: dict[str, list[str]] = {}
    for code in (code for code in row.warnings if code != PERSONAL):
        said = next((n.message for n in reading.warnings if n.code == code and same_row(n.at, row.at)), "")
        sentence = said or SENTENCES.get(code, code.replace("_", " ").capitalize() + ".")
        found.setdefault(WARNING_CELLS.get(code, ""), []).append(sentence)
    return found


def same_row(one: At, other: At) -> bool:
    """Whether two positions lie in one row of the document."""
    return (one.page, one.table, one.row, one.line) == (other.page, other.table, other.row, other.line)


def warnings_of_document(reading: Reading) -> list[Notice]:
    """Warnings that stand beside no row: of the document as a whole, or of a place that became no row."""
    beside = {
        (code, row.at.page, row.at.table, row.at.row, row.at.line)
        for row in reading.rows
        for code in row.warnings
    }
    return [n for n in reading.warnings if (n.code, n.at.page, n.at.table, n.at.row, n.at.line) not in beside]


HANGING = frozenset({RowKind.BULLET, RowKind.CONTINUATION})


def parents(rows: Mapping[int, RowRead]) -> dict[int, int]:
    """Which row each bullet or continuation belongs to: the last row with a number or list above it."""
    found: dict[int, int] = {}
    head: tuple[int, RowRead] | None = None
    for index, row in rows.items():
        if row.kind not in HANGING:
            head = (index, row)
        elif head and (not row.numbers or set(row.numbers) & set(head[1].numbers)):
            found[index] = head[0]
    return found
