"""The desk a document is read at: what each interpreter took, what it says, and what nobody took.

Every table row and every block of prose is a unit with one fate, so the counts add up by construction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline.reading.blocks import (
    At,
    Block,
    Heading,
    ListItem,
    Notice,
    Paragraph,
    PrintedDocument,
    Row,
    Table,
)
from sightline.reading.names import KnownNames
from sightline.reading.schema import Counts, Reading
from sightline.reading.warnings import SENTENCES

IMPORTED, JOINED, FURNITURE, SET_ASIDE = "imported", "joined", "furniture", "set_aside"
PROSE = -1

Unit = tuple[int, int]
Prose = Heading | Paragraph | ListItem


@dataclass(slots=True)
class Desk:
    """A document being read. `fates` says what became of each (block, row); prose has row -1."""

    doc: PrintedDocument
    names: KnownNames = field(default_factory=KnownNames)
    reading: Reading = field(default_factory=Reading)
    fates: dict[Unit, str] = field(default_factory=dict)
    glossary: dict[str, str] = field(default_factory=dict)
    period: tuple[str, str, str] | None = None

    def warn(self, code: str, at: At | None = None, detail: str = "") -> None:
        """Note a warning: the general sentence of `code`, with what stands here in front of it."""
        sentence = SENTENCES[code]
        self.reading.warnings.append(
            Notice(code, f"{detail}: {sentence}" if detail else sentence, at or At())
        )

    def take(self, fate: str, block: int, row: int = PROSE) -> None:
        """Say what became of a unit. The last word holds."""
        self.fates[(block, row)] = fate

    def take_table(self, fate: str, block: int, table: Table) -> None:
        """Say what became of every row of a table."""
        for index in range(len(table.rows)):
            self.take(fate, block, index)

    def open_tables(self) -> Iterator[tuple[int, Table]]:
        """The tables with rows that no interpreter has taken, with their block index."""
        for index, block in enumerate(self.doc.blocks):
            if not isinstance(block, Table) or not block.rows:
                continue
            if not any((index, row) in self.fates for row in range(len(block.rows))):
                yield index, block

    def prose(self) -> Iterator[tuple[int, Prose]]:
        """The blocks of prose that nobody has taken, with their index."""
        for index, block in enumerate(self.doc.blocks):
            if not isinstance(block, Table) and (index, PROSE) not in self.fates:
                yield index, block

    def prose_before(self, block: int, most: int) -> list[Prose]:
        """Up to `most` blocks of prose before a block, nearest first; tables and page furniture are passed over."""
        found: list[Prose] = []
        for index in range(block - 1, -1, -1):
            before = self.doc.blocks[index]
            if not isinstance(before, Table) and self.fates.get((index, PROSE)) != FURNITURE:
                found.append(before)
            if len(found) == most:
                break
        return found

    def finish(self) -> Reading:
        """The reading, with counts; what nobody took is set aside with its words."""
        for unit, words, at in self._units():
            if unit not in self.fates:
                self.fates[unit] = SET_ASIDE if words else FURNITURE
            if self.fates[unit] == SET_ASIDE:
                self.reading.leftovers.append(Notice("row_set_aside", words, at))
        self._tables_set_aside()
        tally = Counter(self.fates[unit] for unit, _, _ in self._units())
        self.reading.counts = Counts(
            tally.total(), tally[IMPORTED], tally[JOINED], tally[FURNITURE], tally[SET_ASIDE]
        )
        return self.reading

    def _tables_set_aside(self) -> None:
        """Warn of each table of which nothing was taken but its header or title."""
        refused = {w.at for w in self.reading.warnings if w.code == "columns_unreadable"}
        for index, block in enumerate(self.doc.blocks):
            if isinstance(block, Table) and block.at not in refused:
                fates = {self.fates[(index, row)] for row in range(len(block.rows))}
                if SET_ASIDE in fates and not fates & {IMPORTED, JOINED}:
                    self.warn("table_set_aside", block.at)

    def _units(self) -> Iterator[tuple[Unit, str, At]]:
        for index, block in enumerate(self.doc.blocks):
            if isinstance(block, Table):
                for place, row in enumerate(block.rows):
                    yield (index, place), words_of(row), row.at
            else:
                yield (index, PROSE), block.text.strip(), block.at


def words_of(row: Row) -> str:
    """All words of a row, cells parted by tabs."""
    return "\t".join(cell.text for cell in row.cells).strip()


def is_short(block: Block) -> bool:
    """Whether a block of prose is short enough for a title or heading."""
    return not isinstance(block, Table) and len(block.text.split()) <= 20
