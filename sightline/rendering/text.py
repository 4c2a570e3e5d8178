"""Text fit to be printed: what no file format may hold is replaced where it stands, never dropped in silence."""

from __future__ import annotations

import re

from sightline.rendering.document import Span, TableCell

BULLET = "• "
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_PIECE = 4

_DIRTY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text with every kind of line break as "\\n" and what XML forbids shown as "\N{REPLACEMENT CHARACTER}".

    A byte order mark inside a text means nothing and is left out. Tabs stay.
    """
    if not _DIRTY.search(text):
        return text
    broken = _BREAKS.sub("\n", text).replace("\ufeff", "")
    return _DIRTY.sub(REPLACEMENT, broken)


def one_line(text: str) -> str:
    """The clean text on one line, white space at its ends left out: for titles, captions and headings."""
    return " ".join(clean(text).split("\n")).strip()


def lines(text: str) -> list[str]:
    """The lines of a text; an empty text has none, an empty line inside it stays."""
    return text.split("\n") if text else []


def flat(cell: TableCell) -> str:
    """A cell as plain text: its lines, then its list items, each after "• ". What spreadsheets and CSV print."""
    return "\n".join([*lines(cell.text), *(BULLET + item for item in cell.items)])


def spans(content: str | tuple[Span, ...]) -> tuple[Span, ...]:
    """Paragraph content as spans, whichever way it was given."""
    return (Span(content),) if isinstance(content, str) else content


def plain(content: str | tuple[Span, ...]) -> str:
    """Paragraph content as text without mark-up."""
    return "".join(span.text for span in spans(content))


def pieces(line: str, longest: int) -> list[str]:
    """The line in pieces between which it may be broken: words of more than `longest` characters are cut."""
    found: list[str] = []
    done = 0
    for word in re.finditer(rf"\S{{{longest + 1},}}", line):
        for cut in range(word.start() + _PIECE, word.end() - _PIECE + 1, _PIECE):
            found.append(line[done:cut])
            done = cut
    return [*found, line[done:]]
