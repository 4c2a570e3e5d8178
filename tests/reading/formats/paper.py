"""Draws small PDFs by hand: words, lines and boxes at given places, and a structure tree where wanted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

HEIGHT, WIDTH = 400, 500
# A node of a structure tree: its type, its attributes, and its children: nodes, marks of page 1, or (page, mark).
Tree = tuple[str, dict[str, Any], Sequence[Any]]


@dataclass(slots=True)
class Sheet:
    """One page. Places are points from the top left corner."""

    parts: list[str] = field(default_factory=list)

    def words(
        self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False, mark: int | None = None
    ) -> Sheet:
        """Writes words with their base line at `y`; `mark` makes them marked content."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn = f"BT /{'B' if bold else 'R'} {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET"
        self.parts.append(drawn if mark is None else f"/Span <</MCID {mark}>> BDC {drawn} EMC")
        return self

    def artifact(self, x: float, y: float, text: str) -> Sheet:
        """Writes words that the file says are no content."""
        self.parts.append(f"/Artifact BMC BT /R 10 Tf {x} {HEIGHT - y} Td ({text}) Tj ET EMC")
        return self

    def upwards(self, x: float, y: float, text: str) -> Sheet:
        """Writes words from bottom to top."""
        self.parts.append(f"BT /R 10 Tf 0 1 -1 0 {x} {HEIGHT - y} Tm ({text}) Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Draws a line."""
        self.parts.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: str) -> Sheet:
        """Fills a box; `colour` is the operator with its numbers, as "1 0 0 rg"."""
        self.parts.append(f"q {colour} {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f Q")
        return self

    def grid(self, columns: Sequence[float], rows: Sequence[float]) -> Sheet:
        """Draws the lines of a table."""
        for x in columns:
            self.line(x, rows[0], x, rows[-1])
        for y in rows:
            self.line(columns[0], y, columns[-1], y)
        return self


def pdf(
    *sheets: Sheet, tree: Tree | None = None, catalog: dict[str, Any] | None = None, **saving: Any
) -> bytes:
    """A PDF of these pages, with a structure tree and with entries of the catalogue where given."""
    paper = pikepdf.new()
    fonts = Dictionary(
        R=Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
        ),
        B=Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name("/Helvetica-Bold"),
            Encoding=Name.WinAnsiEncoding,
        ),
    )
    for sheet in sheets:
        page = paper.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(Font=fonts)
        page.Contents = paper.make_stream("\n".join(sheet.parts).encode("cp1252"))
    if tree is not None:
        root = paper.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.RoleMap = Dictionary(
            Title=Name.P, Absatz=Name.P, Zelle=Name.Zelle2, Zelle2=Name.TD, Kreis=Name.Kreis
        )
        root.ClassMap = Dictionary(Breit=Dictionary(O=Name.Table, ColSpan=2))
        root.K = Array([_node(paper, tree)])
        paper.Root.StructTreeRoot = root
    for name, value in (catalog or {}).items():
        paper.Root[f"/{name}"] = value
    out = io.BytesIO()
    paper.save(out, **saving)
    return out.getvalue()


def _node(paper: pikepdf.Pdf, node: Tree) -> Any:
    kind, attributes, children = node
    made = paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), Pg=paper.pages[0].obj))
    for name, value in attributes.items():
        made[f"/{name}"] = value
    made.K = Array([_child(paper, child) for child in children])
    return made


def _child(paper: pikepdf.Pdf, child: Any) -> Any:
    if isinstance(child, int):
        return child
    if isinstance(child[0], int):
        return Dictionary(Type=Name.MCR, Pg=paper.pages[child[0] - 1].obj, MCID=child[1])
    return _node(paper, child)
