"""CSV that opens safely in a spreadsheet program and can be read back to the very same text.

A cell that a spreadsheet would take for a formula gets an apostrophe in front. So that this can be undone, a
cell that already stands like that (apostrophes, then such a beginning) gets one more. Reading back is then one
rule, `restored`: where apostrophes stand before a formula's beginning, take one away. Plain numbers such as
"-5", "+1,200.50" or "-3%" and a lone "-" are no formulas and stay as they are.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sightline.rendering.document import Table
from sightline.rendering.prepare import prepared_table
from sightline.rendering.text import clean, flat

# Most texts begin with none of these, and need no closer look; an empty text begins with nothing.
_BEGINNINGS = frozenset("'=+-@\t\n＝＋－＠")
_FORMULA = re.compile("'*[=+\\-@\t\n＝＋－＠]")
_NEUTRALISED = re.compile("'+[=+\\-@\t\n＝＋－＠]")
_HARMLESS = re.compile(r"-|[+-]?\d{1,15}(?:,\d{3})*(?:\.\d{1,15})?%?", re.ASCII)


def to_csv(table: Table) -> str:
    """The table as CSV for `encode("utf-8-sig")`: headings, then rows, lines ending in CRLF.

    Bands stand in the first column. Lines inside a cell end in LF, list items begin with "• ". Raises
    ValueError as `prepared_table` does.
    """
    table = prepared_table(table)
    rows = [[column.heading for column in table.columns]]
    for row in table.rows:
        texts = [flat(cell) for cell in row.cells]
        rows.append(texts + [""] * (len(table.columns) - len(texts)))
    page = io.StringIO(newline="")
    csv.writer(page, lineterminator="\r\n").writerows([neutralised(text) for text in row] for row in rows)
    return page.getvalue()


def streamed(headings: Sequence[str], rows: Iterable[Sequence[str]], at_once: int = 500) -> Iterator[bytes]:
    """The same file bit by bit, `at_once` rows in a piece, so that a million rows take no more memory than one piece.

    Cells are plain text; begins with the mark that tells a spreadsheet program it is UTF-8.
    """
    yield codecs.BOM_UTF8
    waiting = chain([headings], rows)
    while piece := list(islice(waiting, at_once)):
        page = io.StringIO(newline="")
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerows(map(_safe, piece))
        yield page.getvalue().encode()


def _safe(row: Sequence[str]) -> list[str]:
    """The cells cleaned and neutralised: most rows are looked at once as a whole, which is a third of the time."""
    whole = "".join(row)
    texts = row if clean(whole) is whole else map(clean, row)
    return [text if text[:1] not in _BEGINNINGS else neutralised(text) for text in texts]


def neutralised(text: str) -> str:
    """The text so that no spreadsheet program runs it; `restored` gives it back."""
    if text[:1] not in _BEGINNINGS:
        return text
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def restored(text: str) -> str:
    """What `neutralised` was given."""
    return text[1:] if _NEUTRALISED.match(text) else text
