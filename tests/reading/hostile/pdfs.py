"""Hostile PDFs: protected, active, looping, endless."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from tests.reading.formats.paper import Sheet, pdf
from tests.reading.hostile.making import Case, page


def _opened(change: Any) -> bytes:
    with pikepdf.open(io.BytesIO(page())) as paper:
        change(paper)
        out = io.BytesIO()
        paper.save(out)
        return out.getvalue()


def _locked(user: str, owner: str, strength: int) -> bytes:
    return pdf(Sheet().words(50, 50, "Secret"), encryption=_protection(user, owner, strength))


def _protection(user: str, owner: str, strength: int) -> Encryption:
    modern = strength >= 4
    return Encryption(user=user, owner=owner, R=strength, aes=modern, metadata=modern)


def _script(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _named_script(paper: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))


def _launch(paper: pikepdf.Pdf) -> None:
    paper.Root.AA = Dictionary(WC=Dictionary(S=Name.Launch, F=String("calc.exe")))


def _attached(paper: pikepdf.Pdf) -> None:
    paper.attachments["x.exe"] = b"MZ"


def _form(paper: pikepdf.Pdf) -> None:
    paper.Root.AcroForm = Dictionary(Fields=Array([Dictionary(T=String("name"), V=String("x"))]))


def _looping_pages(paper: pikepdf.Pdf) -> None:
    paper.Root.Pages.Kids.append(paper.Root.Pages)


def _lying_count(paper: pikepdf.Pdf) -> None:
    paper.Root.Pages.Count = 2_000_000_000


def _huge_page(paper: pikepdf.Pdf) -> None:
    paper.pages[0].MediaBox = Array([0, 0, 1e9, 1e9])


def _odd_box(paper: pikepdf.Pdf) -> None:
    paper.pages[0].MediaBox = Array([String("x")])


def _deep_tree(paper: pikepdf.Pdf) -> None:
    node = Dictionary(S=Name.P, Pg=paper.pages[0].obj, K=0)
    for _ in range(400):
        node = paper.make_indirect(Dictionary(S=Name.Div, K=Array([node])))
    paper.Root.StructTreeRoot = Dictionary(K=node)


def _looping_form(paper: pikepdf.Pdf) -> None:
    form = paper.make_stream(b"/X Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    paper.pages[0].Resources.XObject = Dictionary(X=form)
    paper.pages[0].Contents = paper.make_stream(b"/X Do")


def _wrong_filter(paper: pikepdf.Pdf) -> None:
    paper.pages[0].Contents = pikepdf.Stream(paper, b"no such packing", Filter=Name.NoSuchDecode)


def _many_pages(count: int) -> bytes:
    return pdf(*[Sheet().words(50, 50, "x") for _ in range(count)])


def _looping_tables() -> bytes:
    content = page()
    start = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    return content.replace(b"trailer <<", b"trailer << /Prev %d" % start, 1)


def _broken_page() -> bytes:
    """A page whose packed drawing is spoilt in the middle, all else being well."""
    whole = pdf(Sheet().words(50, 50, "Words that would be lost " * 9), compress_streams=True)
    start = whole.index(b"stream\n", whole.index(b"FlateDecode")) + 20
    return whole[:start] + b"\xff\x00\xff\x00" + whole[start + 4 :]


def _case(name: str, change: Any, wanted: str = "either", hint: str = "") -> Case:
    return Case(name, "pdf", partial(_opened, change), wanted, hint)


PDFS = [
    *(
        Case(f"pdf locked with strength {r}", "pdf", partial(_locked, "u", "o", r), "refused", "protected")
        for r in (2, 3, 4, 6)
    ),
    *(
        Case(f"pdf open to read, strength {r}", "pdf", partial(_locked, "", "o", r), "refused", "protected")
        for r in (3, 6)
    ),
    _case("pdf with a script", _script, "warned", "active_content"),
    _case("pdf with a named script", _named_script, "warned", "active_content"),
    _case("pdf that starts a program", _launch, "warned", "active_content"),
    _case("pdf with a program attached", _attached, "warned", "embedded_files"),
    _case("pdf that is a form", _form, "warned", "form_fields_unread"),
    _case("pdf whose pages hold themselves", _looping_pages),
    _case("pdf that claims two thousand million pages", _lying_count),
    _case("pdf with an endless page", _huge_page),
    _case("pdf with a page of no size", _odd_box),
    _case("pdf with a deep structure", _deep_tree),
    _case("pdf with a drawing that draws itself", _looping_form),
    _case("pdf packed in an unknown way", _wrong_filter),
    Case("pdf with a broken page", "pdf", _broken_page, "refused", "Page 1"),
    Case("pdf of 201 pages", "pdf", partial(_many_pages, 201), "refused", "pages"),
    Case("pdf of 200 pages", "pdf", partial(_many_pages, 200), "read"),
    Case("pdf of one picture", "pdf", lambda: pdf(Sheet().box(0, 0, 99, 99, "0 g")), "refused", "pictures"),
    Case("pdf with a table of contents that loops", "pdf", _looping_tables, "either"),
    Case("pdf that is only a header", "pdf", lambda: b"%PDF-1.7\n%%EOF", "refused"),
    Case("pdf after other bytes", "pdf", lambda: b"junk\n" * 50 + page(), "either"),
    Case("pdf of noise", "pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "refused"),
]
