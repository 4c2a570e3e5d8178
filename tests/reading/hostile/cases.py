"""Over two hundred hostile files, each with what must come of it."""

from __future__ import annotations

import io
import zipfile
from functools import partial

from tests.reading.hostile.making import (
    Case,
    altered,
    bomb,
    cut,
    flagged,
    flipped,
    honest,
    lying,
    ole,
    repacked,
    text,
    web,
    word,
    workbook,
)
from tests.reading.hostile.pdfs import PDFS
from tests.reading.hostile.texts import TEXTS

ENDINGS = ("docx", "xlsx", "pdf", "txt", "html", "md", "csv", "tsv")
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><a>&j;</a>"
).encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
_EXTERNAL = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="http://example.invalid/x" TargetMode="External"/></Relationships>'
)


def _macros() -> list[Case]:
    named = [
        Case(f"macro file named .{e}", e, word, "refused", "macros")
        for e in ("docm", "xlsm", "dotm", "xltm", "xlam")
    ]
    for ending, folder in (("docx", "word"), ("xlsx", "xl")):
        project = {f"{folder}/vbaProject.bin": b"\xcc\x61" * 50}
        named.append(
            Case(
                f"macros in {ending}", ending, partial(repacked, honest(ending), project), "refused", "macros"
            )
        )
    kinds = (
        (
            "docx",
            "wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        ("xlsx", "spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    )
    for ending, old, new in kinds:
        whole = f"application/vnd.openxmlformats-officedocument.{old}"
        make = partial(altered, honest(ending), "[Content_Types].xml", whole, new)
        named.append(Case(f"macro content type in {ending}", ending, make, "refused", "macros"))
    sheet = {"xl/macrosheets/sheet1.xml": b"<a/>"}
    named.append(Case("macro sheet", "xlsx", partial(repacked, workbook(), sheet), "refused", "macros"))
    return named


def _locked() -> list[Case]:
    cases = [Case(f"password zip {e}", e, partial(flagged, e), "refused", "password") for e in OFFICE]
    cases += [
        Case(f"encrypted package named .{e}", e, partial(ole, "EncryptedPackage"), "refused", "password")
        for e in ("docx", "xlsx", "xls", "txt", "")
    ]
    return cases


def _damaged() -> list[Case]:
    cases = []
    for ending in ("docx", "xlsx", "pdf"):
        cases += [
            Case(
                f"{ending} cut at {n} %",
                ending,
                partial(cut, honest(ending), n / 100),
                "refused" if n < 90 else "either",
            )
            for n in (1, 5, 20, 40, 60, 80, 95, 99)
            if not (ending == "pdf" and n > 5)
        ]
        cases += [
            Case(f"{ending} with bits flipped ({n})", ending, partial(flipped, honest(ending), n), "either")
            for n in range(16)
        ]
    cases += [
        Case(f"pdf cut at {n} %", "pdf", partial(cut, honest("pdf"), n / 100), "refused", "end of this PDF")
        for n in (20, 40, 60, 80, 95)
    ]
    cases += [
        Case(
            f"{ending} {what}",
            ending,
            partial(repacked, honest(ending), {part: content}),
            "refused",
            "",
        )
        for ending, part in OFFICE.items()
        for what, content in (("without its main part", None), ("with a broken main part", b"<w:document"))
    ]
    for ending in ENDINGS:
        cases.append(Case(f"{ending} that is empty", ending, lambda: b"", "refused", "empty"))
        cases.append(Case(f"{ending} of blanks", ending, lambda: b" \n\t " * 9, "refused", "empty"))
    return cases


def _misnamed() -> list[Case]:
    contents = {
        "docx": word, "xlsx": workbook, "pdf": partial(honest, "pdf"), "web": web, "text": text,
        "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "program": lambda: b"MZ" + bytes(range(200)),
        "old": partial(ole, "WordDocument"), "rtf": lambda: b"{\\rtf1 words}", "zip": _plain_zip,
        "odt": _open_document, "pptx": partial(_other_office, "presentationml.presentation.main+xml"),
        "xlsb": partial(_other_office, "ms-excel.sheet.binary.macroEnabled.main"),
    }  # fmt: skip
    right = {("docx", "docx"), ("xlsx", "xlsx"), ("pdf", "pdf"), ("html", "web")}
    right |= {(ending, "text") for ending in ("txt", "html", "md", "csv", "tsv")}
    cases = [
        Case(f"{kind} named .{ending}", ending, make, "refused", "but holds")
        for ending in ENDINGS
        for kind, make in contents.items()
        if (ending, kind) not in right
    ]
    for ending in ("exe", "doc", "xls", "odt", "ods", "rtf", "ppt", "pptx", "xlsb", "zip", "jpg"):
        cases.append(Case(f"a file named .{ending}", ending, text, "refused"))
    cases.append(Case("a picture without a name", "", contents["picture"], "refused", "not read"))
    cases += [
        Case(f"{kind} without an ending", "", contents[kind], "read")
        for kind in ("docx", "xlsx", "pdf", "web", "text")
    ]
    return cases


def _plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "words")
    return out.getvalue()


def _open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return out.getvalue()


def _other_office(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="application/{kind}"/></Types>'
        )
    return out.getvalue()


def _bombs() -> list[Case]:
    cases = []
    for ending, main in OFFICE.items():
        cases += [
            Case(
                f"{ending} with a part of 60 MB of nothing",
                ending,
                partial(bomb, ending, "x.xml", 60 << 20),
                "refused",
                "unpacks",
            ),
            Case(
                f"{ending} whose main part is a bomb",
                ending,
                partial(bomb, ending, main, 60 << 20),
                "refused",
                "unpacks",
            ),
            Case(f"{ending} of 2,500 parts", ending, partial(_many_parts, ending), "refused", "parts"),
            Case(
                f"{ending} that lies about a size",
                ending,
                partial(lying, ending, "x.xml", bytes(9 << 20), b"small"),
                "refused",
            ),
            Case(
                f"{ending} with a zip in a zip", ending, partial(_nested, ending), "warned", "embedded_files"
            ),
            Case(
                f"{ending} packed as no Office file is",
                ending,
                partial(_odd_packing, ending),
                "refused",
                "packed",
            ),
            Case(f"{ending} with a wild header", ending, partial(_wild_header, ending), "refused", "damaged"),
            Case(
                f"{ending} with a part cut short", ending, partial(_short_part, ending), "refused", "damaged"
            ),
        ]
        cases += [
            Case(
                f"{ending} with a part named {name}",
                ending,
                partial(repacked, honest(ending), {name: b"x"}),
                "refused",
                "outside",
            )
            for name in ("../../x", "/etc/x", "C:\\x", "word/..\\..\\x", "\\\\host\\x")
        ]
        cases.append(Case(f"{ending} with a part twice", ending, partial(_twice, ending), "refused", "twice"))
    return cases


def _many_parts(ending: str) -> bytes:
    return repacked(honest(ending), {f"x/{n}.txt": b"x" for n in range(2500)})


def _nested(ending: str) -> bytes:
    inner = bomb("docx", "x.bin", 30 << 20)
    folder = "word" if ending == "docx" else "xl"
    return repacked(honest(ending), {f"{folder}/embeddings/a.docx": inner})


def _odd_packing(ending: str) -> bytes:
    return repacked(honest(ending), {}, zipfile.ZIP_BZIP2)


def _wild_header(ending: str) -> bytes:
    return honest(ending).replace(b"PK\x03\x04", b"PK\x09\x09", 2).replace(b"PK\x09\x09", b"PK\x03\x04", 1)


def _short_part(ending: str) -> bytes:
    content = honest(ending)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.infolist()[0]
    start = entry.header_offset + 30 + len(entry.filename)
    return content[:start] + bytes(entry.compress_size) + content[start + entry.compress_size :]


def _twice(ending: str) -> bytes:
    out = io.BytesIO(honest(ending))
    with zipfile.ZipFile(out, "a") as archive:
        name = archive.namelist()[0]
        archive.filelist.append(archive.filelist[0])
        del archive.NameToInfo[name]
        archive.writestr(name, b"other")
    return out.getvalue()


def _entities() -> list[Case]:
    parts = {
        "docx": (
            "word/document.xml",
            "word/styles.xml",
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
        ),
        "xlsx": (
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "xl/theme/theme1.xml",
            "docProps/core.xml",
        ),
    }
    kinds = {
        "billion laughs": LAUGHS,
        "an outside entity": OUTSIDE,
        "billion laughs in UTF-16": LAUGHS.decode().encode("utf-16"),
        "billion laughs in lower case": LAUGHS.replace(b"DOCTYPE", b"doctype"),
    }
    return [
        Case(
            f"{name} in {part} of {ending}",
            ending,
            partial(repacked, honest(ending), {part: content}),
            "refused",
        )
        for ending, names in parts.items()
        for part in names
        for name, content in kinds.items()
    ]


def _links() -> list[Case]:
    cases = []
    for kind in ("attachedTemplate", "image", "oleObject", "frame"):
        make = partial(
            altered, word(), "word/_rels/document.xml.rels", "</Relationships>", _EXTERNAL.format(kind)
        )
        cases.append(Case(f"docx that fetches a {kind}", "docx", make, "warned", "external_link"))
    linked = partial(
        altered,
        workbook(),
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        _EXTERNAL.format("externalLinkPath"),
    )
    cases.append(Case("xlsx with a link to another workbook", "xlsx", linked, "warned", "external_link"))
    plain = partial(
        altered, word(), "word/_rels/document.xml.rels", "</Relationships>", _EXTERNAL.format("hyperlink")
    )
    cases.append(Case("docx with an ordinary link", "docx", plain, "read"))
    cases.append(
        Case(
            "docx with a control",
            "docx",
            partial(repacked, word(), {"word/activeX/x.bin": b"x"}),
            "warned",
            "embedded_files",
        )
    )
    strict = 'xmlns:x="http://purl.oclc.org/ooxml/'
    for ending, part in OFFICE.items():
        make = partial(altered, honest(ending), part, "xmlns", f'{strict}" xmlns')
        cases.append(Case(f"strict {ending}", ending, make, "refused", "strict"))
    hidden = partial(altered, workbook(), "xl/workbook.xml", 'state="visible"', 'state="veryHidden"')
    cases.append(Case("xlsx with a hidden sheet", "xlsx", hidden, "warned", "hidden_sheet"))
    for formula in (
        'HYPERLINK("http://example.invalid")',
        "cmd|' /C calc'!A0",
        'WEBSERVICE("http://x.invalid")',
        "1/0",
    ):
        make = partial(
            altered,
            workbook(),
            "xl/worksheets/sheet1.xml",
            '<row r="3"',
            f'<row r="4"><c r="A4"><f>{formula.replace("&", "")}</f><v>7</v></c><c r="B4"><v>8</v></c></row><row r="3"',
        )
        cases.append(Case(f"xlsx with the formula {formula}", "xlsx", make, "warned", "formula_value"))
    return cases


CASES = [*_macros(), *_locked(), *_damaged(), *_misnamed(), *_bombs(), *_entities(), *_links(), *PDFS, *TEXTS]
