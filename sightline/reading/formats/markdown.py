"""Markdown: headings, paragraphs, lists and pipe tables. Positions are lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sightline.reading.blocks import (
    At,
    Block,
    Cell,
    Heading,
    ListItem,
    Paragraph,
    PrintedDocument,
    Row,
    Table,
)
from sightline.reading.formats.encodings import decode
from sightline.reading.formats.html import html_blocks
from sightline.reading.formats.inline import follow_tag, unescaped
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.weighing import weigh_blocks, weigh_rows
from sightline.reading.formats.words import printable
from sightline.reading.limits import DEFAULT, Limits

_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_BOLD = {"strong_open": True, "strong_close": False}


def read_markdown(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a Markdown file."""
    text, notices = decode(path.read_bytes())
    lines = text.split("\n")
    weigh_rows(sum(1 for line in lines if line.lstrip().startswith("|")), limits)
    weigh_blocks(sum(1 for line in lines if line.strip()), limits)
    page = _Page(limits)
    page.walk(MarkdownIt("commonmark").enable("table").parse(printable(text)))
    title = next((block.text for block in page.blocks if isinstance(block, Heading)), "")
    return PrintedDocument(tuple(page.blocks), "md", title=title, notices=tuple(notices))


@dataclass(slots=True)
class _List:
    """An open list, and what stands beside its next item ("" once that is written)."""

    number: int | None
    marker: str = ""

    def next_item(self) -> None:
        self.marker = "•" if self.number is None else f"{self.number}."
        self.number = None if self.number is None else self.number + 1


@dataclass(slots=True)
class _Page:
    """The document as far as its tokens have been followed."""

    limits: Limits
    blocks: list[Block] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    tables: int = 0

    def walk(self, tokens: list[Token]) -> None:
        """Adds the blocks of a token stream."""
        heading = 0
        table: list[Token] | None = None
        for token in tokens:
            if token.type == "table_open":
                table = []
            elif token.type == "table_close":
                self._table(table or [])
                table = None
            elif table is not None:
                table.append(token)
            elif token.type == "heading_open":
                heading = int(token.tag[1])
            elif token.type == "inline":
                self._line(token, heading)
                heading = 0
            else:
                self._other(token)

    def _other(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
            self.lists.append(_List(start))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            self.lists[-1].next_item()
        elif token.type == "html_block":
            found, _ = html_blocks(token.content, self.limits, self.tables)
            self.blocks += found
            self.tables += sum(1 for block in found if isinstance(block, Table))
        elif token.type in ("fence", "code_block"):
            pen = Pen()
            for line in token.content.splitlines():
                pen.write(line)
                pen.end_line()
            if pen.text:
                self.blocks.append(Paragraph(pen.text, token.content, at=_line_at(token)))

    def _line(self, token: Token, heading: int) -> None:
        pen = _written(token)
        if not pen.text:
            return
        at = _line_at(token)
        if heading:
            self.blocks.append(Heading(pen.text.replace("\n", " "), heading, at))
        elif self.lists and self.lists[-1].marker:
            self.blocks.append(
                ListItem(pen.text.replace("\n", " "), self.lists[-1].marker, len(self.lists) - 1, at)
            )
            self.lists[-1].marker = ""
        else:
            self.blocks.append(Paragraph(pen.text, token.content, pen.all_bold, at))

    def _table(self, tokens: list[Token]) -> None:
        self.tables += 1
        rows: list[Row] = []
        cells: list[Cell] = []
        at, header = At(table=self.tables), False
        for token in tokens:
            if token.type in ("thead_open", "thead_close"):
                header = token.type == "thead_open"
            elif token.type == "tr_open":
                cells = []
                at = At(table=self.tables, row=len(rows) + 1, line=_line_at(token).line)
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), header, at))
            elif token.type == "inline":
                pen = _written(token)
                place = At(table=at.table, row=at.row, column=len(cells) + 1, line=at.line)
                cells.append(
                    Cell(
                        pen.text,
                        len(cells),
                        1,
                        pen.items,
                        token.content,
                        bold=pen.all_bold and not header,
                        at=place,
                    )
                )
        self.blocks.append(Table(tuple(rows), at=At(table=self.tables, line=rows[0].at.line)))


def _line_at(token: Token) -> At:
    return At(line=token.map[0] + 1) if token.map else At()


def _written(token: Token) -> Pen:
    pen = Pen()
    for child in token.children or []:
        if child.type in ("text", "code_inline", "image"):
            pen.write(unescaped(child.content))
        elif child.type == "softbreak":
            pen.write(" ")
        elif child.type == "hardbreak":
            pen.end_line()
        elif child.type in _BOLD:
            pen.embolden(opens=_BOLD[child.type])
        elif child.type == "html_inline" and (tag := _TAG.match(child.content)):
            follow_tag(pen, tag[2].lower(), opens=not tag[1])
    return pen
