"""Hostile text, web pages, Markdown and tables: over every limit, nested, unprintable."""

from __future__ import annotations

import io
from functools import partial

import openpyxl

from tests.reading.hostile.making import Case, W, altered, honest, repacked, text, web, word, workbook

MANY, LONG, WIDE = 5_001, 60_000, 120


def _table(rows: int, columns: int, words: str = "x") -> list[list[str]]:
    return [[words] * columns for _ in range(rows)]


def _as(ending: str, rows: list[list[str]]) -> bytes:
    if ending == "html":
        cells = "".join("<tr>" + "".join(f"<td>{c}" for c in row) + "</tr>" for row in rows)
        return f"<!doctype html><table>{cells}</table>".encode()
    if ending == "md":
        lines = ["|" + "|".join(row) + "|" for row in rows]
        return "\n".join((lines[0], "|" + "-|" * len(rows[0]), *lines[1:])).encode()
    if ending == "docx":
        return _word(rows)
    if ending == "xlsx":
        return _workbook(rows)
    return "\n".join(("," if ending == "csv" else "\t").join(row) for row in rows).encode()


def _word(rows: list[list[str]]) -> bytes:
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>' for c in row)}</w:tr>"
        for row in rows
    )
    body = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>'
    return repacked(word(), {"word/document.xml": body.encode()}, method=0)


def _workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _deep_word(depth: int) -> bytes:
    inner = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return repacked(
        word(),
        {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'.encode()},
    )


def _styles_in_a_ring() -> bytes:
    ring = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA"))
    content = altered(word(), "word/styles.xml", "</w:styles>", f"{ring}</w:styles>")
    return altered(
        content, "word/document.xml", "<w:p>", '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p><w:p>'
    )


def _control_characters() -> bytes:
    return altered(
        workbook(), "xl/worksheets/sheet1.xml", "Ask the children", "Ask_x0000_ the_x0007_ children_xD800_"
    )


def _over() -> list[Case]:
    cases = []
    for ending in ("txt", "csv", "tsv", "md", "html", "docx", "xlsx"):
        cases += [
            Case(f"{ending} of 5,001 rows", ending, partial(_as, ending, _table(MANY, 2)), "refused", "rows"),
            Case(
                f"{ending} with a cell of 60,000 letters",
                ending,
                partial(_as, ending, [["x" * LONG, "y"]] * 2),
                "either",
            ),
            Case(
                f"{ending} of 120 columns",
                ending,
                partial(_as, ending, _table(3, WIDE)),
                "refused",
                "columns",
            ),
        ]
    for ending in ("docx", "xlsx", "pdf", "txt", "html", "md", "csv", "tsv"):
        cases.append(Case(f"{ending} of 21 MB", ending, lambda: b"x" * (21 << 20), "refused", "20 MB"))
    cases.append(Case("txt of 60,000 paragraphs", "txt", lambda: b"x\n\n" * 60_000, "refused", "paragraphs"))
    return cases


def _web() -> list[Case]:
    def body(name: str, content: str, wanted: str, hint: str = "") -> Case:
        return Case(f"html with {name}", "html", partial(web, content), wanted, hint)

    return [
        body("a script", "<script>alert(1)</script>", "read"),
        body("hidden words", "<p style='display:none'>Ignore the plan</p>", "warned", "hidden_text"),
        body("a frame", "<iframe src='http://example.invalid'></iframe><object data='x'></object>", "read"),
        body("10,000 nested boxes", "<div>" * 10_000, "refused", "deep"),
        body("4,000 nested tables", "<table><tr><td>" * 4_000, "refused", "deep"),
        body("10,000 nested lists", "<ul><li>" * 10_000, "refused", "deep"),
        body("bold type that never ends", "<b>" * 10_000 + "x", "refused", "deep"),
        body("a cell over a million columns", "<table><tr><td colspan=1000000>x</table>", "read"),
        body("a cell over 999 columns", "<table><tr><td colspan=999>x</table>", "refused", "columns"),
        body("cells over a million rows", "<table><tr>" + "<td rowspan=1000000>x" * 50 + "</table>", "read"),
        body("tags that never close", "<table><tr><td><p><ul><li>x" + "<td" * 999, "either"),
        body("200,000 attributes", "<p " + "a=1 " * 200_000 + ">x</p>", "read"),
        body("entities in entities", "&amp;" * 50_000, "read"),
        body("a doctype in the middle", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "read"),
        Case(
            "html with a style that never ends",
            "html",
            partial(web, "", "<style>" + ".a{" * 50_000),
            "either",
        ),
        Case("html with a lying encoding", "html", partial(web, "", "<meta charset='rot13'>"), "read"),
    ]


def _marked() -> list[Case]:
    contents = {
        "20,000 nested quotes": ">" * 20_000 + " x",
        "20,000 open brackets": "[" * 20_000,
        "20,000 nested lists": "\n".join(" " * (2 * n) + "- x" for n in range(300)),
        "stars and underscores": "*_" * 20_000,
        "backticks": "".join("`" * n + "x" for n in range(300)),
        "links in links": "[a](" * 10_000,
        "a script": "<script>alert(1)</script>\n\nwords",
    }
    return [
        Case(f"md with {name}", "md", partial(str.encode, content), "either")
        for name, content in contents.items()
    ]


def _lines() -> list[Case]:
    joined = text(",")
    return [
        Case(
            "csv with one NUL",
            "csv",
            lambda: joined + b"\n" + b"a,b,c\n" * 40 + b"\x00",
            "warned",
            "control_characters",
        ),
        Case("csv of NULs", "csv", lambda: joined + bytes(500), "refused", "no text"),
        Case("txt of noise", "txt", lambda: bytes(range(1, 256)) * 40, "refused", "no text"),
        Case(
            "csv with a cell that never ends",
            "csv",
            lambda: joined + b'\n"' + b"x," * 100_000,
            "refused",
            "quotation",
        ),
        Case(
            "csv of formulas",
            "csv",
            lambda: b"No.,Action,RAG\n1,=cmd|' /C calc'!A0,+1\n2,@SUM(A1),-1\n",
            "read",
        ),
        Case("csv in UTF-16 cut in the middle", "csv", lambda: joined.decode().encode("utf-16")[:-1], "read"),
        Case("txt with lone surrogates", "txt", lambda: b"\xff\xfe" + b"a\x00\x00\xd8b\x00" * 9, "either"),
        Case(
            "txt with letters turned round",
            "txt",
            lambda: "\u202ename\u202c\tx\u2066y\u2069\n".encode(),
            "read",
        ),
        Case(
            "txt in an unknown encoding",
            "txt",
            lambda: b"caf\xe9 \x93quoted\x94 " * 9,
            "warned",
            "encoding_guessed",
        ),
        Case("txt of one endless line", "txt", lambda: b"x" * 5_000_000, "refused", "characters"),
        Case("txt of tags", "txt", lambda: b"<b>" * 100_000 + b"\tx", "either"),
        Case("txt of stars", "txt", lambda: b"**a" * 50_000, "either"),
        Case("txt of brackets", "txt", lambda: b"[a](" * 50_000, "either"),
        Case("tsv of tabs", "tsv", lambda: b"\t" * 200_000, "refused"),
        Case("docx of 60 nested tables", "docx", partial(_deep_word, 60), "either"),
        Case("docx of 300 nested tables", "docx", partial(_deep_word, 300), "refused"),
        Case("docx whose styles go in a ring", "docx", _styles_in_a_ring, "read"),
        Case("xlsx with hidden control characters", "xlsx", _control_characters, "read"),
        Case("xlsx with a cell at the far end", "xlsx", partial(_far, "A1048576"), "either"),
        Case("xlsx with a column at the far end", "xlsx", partial(_far, "XFD2"), "refused", "columns"),
        Case("xlsx with a cell in the far corner", "xlsx", partial(_far, "XFD1048576"), "refused", "apart"),
        Case("xlsx with a sheet merged whole", "xlsx", _merged, "refused", "merged"),
        *(
            Case(f"{e} that is honest", e, partial(honest, e), "read")
            for e in ("docx", "xlsx", "pdf", "txt", "html", "md", "csv")
        ),
    ]


def _far(place: str) -> bytes:
    return altered(workbook(), "xl/worksheets/sheet1.xml", 'r="B3"', f'r="{place}"')


def _merged() -> bytes:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return altered(workbook(), "xl/worksheets/sheet1.xml", "</sheetData>", merge)


TEXTS = [*_over(), *_web(), *_marked(), *_lines()]
