"""What a file is, by its content; what is not kept, and the sentence that says why."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.documents.choices import (
    ACCEPTED,
    CONTENT_TYPES,
    ENDINGS,
    LABELS,
    MEGABYTE,
    MOST_BYTES,
    FileKind,
    FileRefused,
)
from sightline.documents.rules import bare, clean_name, fitting_name, kind_of, paper_kind
from tests.documents.hostile.making import relation, with_relation, with_words
from tests.documents.making import JPEG, PNG, chunk, exif, jpeg, office, pdf, png, segment


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(), FileKind.PDF),
        (office("docx"), FileKind.WORD),
        (office("xlsx"), FileKind.EXCEL),
        (office("pptx"), FileKind.SLIDES),
        (PNG, FileKind.PNG),
        (JPEG, FileKind.JPEG),
        (b"Plain words", FileKind.TEXT),
        ("Ærlig talt".encode("utf-16"), FileKind.TEXT),
        (b"caf\xe9 in the old way", FileKind.TEXT),
    ],
)
def test_the_kind_is_found_by_content_whatever_the_name(data: bytes, kind: FileKind) -> None:
    assert kind_of(data, "holiday.jpg") == kind
    assert kind_of(data) == kind


def test_only_a_table_is_told_from_text_by_its_name() -> None:
    assert kind_of(b"a,b\n1,2", "Figures.CSV") == FileKind.CSV
    assert kind_of(b"a,b\n1,2", "figures.txt") == FileKind.TEXT


def test_every_kind_has_its_words() -> None:
    for kind in FileKind:
        assert all((LABELS[kind], CONTENT_TYPES[kind], ENDINGS[kind]))


REFUSED = {
    "empty": (b" \n", "This file is empty"),
    "large": (b"x" * (MOST_BYTES + 1), "larger than 20 MB"),
    "macros": (office("docx", word__vbaProject_bin=b"x"), "This file holds macros"),
    "control": (office("docx", word__activeX__activeX1_xml=b"<x/>"), "This file holds macros"),
    "object": (office("docx", word__embeddings__oleObject1_bin=b"x"), "an object of another program"),
    "zip": (office("docx")[:60] + b"??" + office("docx")[62:], "This file is damaged"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old or a protected Office file"),
    "cut PDF": (pdf()[:-8], "The end of this file is missing"),
    "cut picture": (PNG[:-8], "This file is damaged"),
    "cut photograph": (JPEG[:-2], "This file is damaged"),
    "script": (pdf(b"<</S /JavaScript /JS (x)>>"), "This PDF holds a script"),
    "command": (pdf(b"<</S /Launch>>"), "This PDF holds a script"),
    "hidden name": (pdf(b"<</S /J#61vaScript>>"), "This PDF holds a script"),
    "packed script": (pdf(packed=b"7 0 <</S /JavaScript>>"), "This PDF holds a script"),
    "packed file": (pdf(packed=b"7 0 <</EmbeddedFiles 3 0 R>>"), "This PDF holds a script"),
    "web page": (b"\xef\xbb\xbf <!DOCTYPE html><p>x", "This kind of file is not kept"),
    "drawing": (b"<svg xmlns='x'><script/></svg>", "This kind of file is not kept"),
    "program": (b"MZ\x90\0\x03", "This kind of file is not kept"),
    "script file": (b"#!/bin/sh\necho x", "This kind of file is not kept"),
    "noise": (bytes(range(32)) * 40, "This kind of file is not kept"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_kept_is_refused_in_one_sentence(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(FileRefused, match=sentence):
        kind_of(data, "plan.docx")


def test_a_zip_of_something_else_is_refused() -> None:
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("photos/1.txt", b"x")
    with pytest.raises(FileRefused, match=f"kept are {ACCEPTED}"):
        kind_of(made.getvalue())


def test_a_workbook_behind_a_chart_and_a_printers_settings_are_no_macros() -> None:
    chart = office("docx", word__embeddings__Sheet1_xlsx=office("xlsx"))
    assert kind_of(chart) == FileKind.WORD
    assert kind_of(office("xlsx", xl__printerSettings__printerSettings1_bin=b"x")) == FileKind.EXCEL


@pytest.mark.parametrize(
    "formula",
    [
        "'Risk Register (2)'!$A$1",
        "'Plan | Q1'!$A$1:$B$2",
        "SUM('Image (2)'!A1:A9)",
        "Actions[[#This Row],[Plan | Q1]]",
        "Actions[Owner''s call (2)]",
        "'The \"call (1)\" sheet'!A1",
        "'[Risk Register (3).xlsx]Plan | Q1'!A1",
    ],
)
def test_the_names_of_sheets_and_columns_are_no_code(formula: str) -> None:
    book = f"<x><definedName name='a'>{escape(formula)}</definedName><f>{escape(formula)}</f></x>"
    assert kind_of(office("xlsx", xl__worksheets__sheet1_xml=book.encode())) == FileKind.EXCEL


def test_a_chance_of_mathematics_and_a_web_page_of_a_presentation_are_no_code() -> None:
    words = b"<w><m:f><m:num><m:t>P(A|B)</m:t></m:num></m:f><w:instrText>PAGE</w:instrText></w>"
    assert kind_of(office("docx", word__document_xml=words)) == FileKind.WORD
    assert (
        kind_of(office("pptx", ppt__presProps_xml=b"<p:presentationPr><p:webPr/></p:presentationPr>"))
        == FileKind.SLIDES
    )


def test_a_drawing_of_excel_need_not_be_whole() -> None:
    assert kind_of(office("xlsx", xl__drawings__a_vml=b"<xml><v:f eqn='x'/><br></xml>")) == FileKind.EXCEL


@pytest.mark.parametrize("begin", [b"<\x9a\x01\x00", b" <\x02", b"\xff\xfe\x01\x00", b"<?xml\x00"])
def test_a_font_that_begins_like_a_part_by_chance_is_kept(begin: bytes) -> None:
    font = begin + b"\x01\x00\x02\x00" * 99 + b"<f>"
    assert kind_of(office("pptx", ppt__fonts__font1_fntdata=font)) == FileKind.SLIDES
    assert kind_of(office("docx", word__fonts__font1_odttf=font)) == FileKind.WORD


LINKS = (
    "sip:dee@example.invalid",
    "x-apple-data-detectors://0",
    "msteams:/l/meetup",
    "htpp://example.invalid",
    "www.example.invalid:8080/plan",
    "file:///c:/plan.docx",
    "C:\\plan.docx",
)


@pytest.mark.parametrize("target", LINKS)
def test_a_link_that_starts_nothing_that_is_known_is_kept(target: str) -> None:
    assert kind_of(with_relation("docx", relation("hyperlink", target, ' TargetMode="External"')))
    assert kind_of(with_words("docx", f'<w:instrText>HYPERLINK "{target}"</w:instrText>'.encode()))
    assert kind_of(pdf(b"<</S /URI /URI (" + target.encode() + b")>>"))


@pytest.mark.parametrize(
    "formula",
    [
        'HYPERLINK("#"&"Plan!A1","Help: the plan")',
        'IF(A1="Data: x",HYPERLINK("https://e.invalid/?q=data:x",A1))',
    ],
)
def test_a_link_of_a_formula_that_starts_nothing_is_kept(formula: str) -> None:
    book = f"<x><f>{escape(formula)}</f></x>".encode()
    assert kind_of(office("xlsx", xl__worksheets__sheet1_xml=book)) == FileKind.EXCEL


SHOWN = (
    '\\o "Our Data: x" "https://e.invalid"',
    '"https://e.invalid/Our Data: x" \\o “help: x”',
)


@pytest.mark.parametrize("words", SHOWN)
def test_what_is_shown_over_a_link_is_no_link(words: str) -> None:
    assert kind_of(with_words("docx", f"<w:instrText>HYPERLINK {words}</w:instrText>".encode()))


def test_a_picture_of_this_computer_and_a_part_of_a_text_are_kept() -> None:
    for words in ('INCLUDEPICTURE \\d "c:\\\\plan.png" \\* MERGEFORMAT', "INCLUDETEXT plan.docx part \\!"):
        assert kind_of(with_words("docx", f"<w:instrText>{words}</w:instrText>".encode())) == FileKind.WORD


def test_a_long_link_and_many_of_them_are_kept() -> None:
    page = b"<</S /URI\n  /URI (https://e.invalid/" + b"x" * 900 + b")>> <</S/URI/URI(www.e.invalid\\/x)>>"
    assert kind_of(pdf(page * 300, packed=b"8 0 " + page * 1200)) == FileKind.PDF


def test_a_link_is_seen_where_two_pieces_of_a_stream_meet() -> None:
    link = b"/URI" + b" " * 90 + b"(" + b"".join(b"\\%03o" % sign for sign in b"javascript:") + b")"
    before = b"8 0 " + b" " * (MEGABYTE - 124)
    with pytest.raises(FileRefused, match="This PDF holds a script"):
        kind_of(pdf(packed=before + link))


def test_a_link_that_starts_something_has_its_own_sentence_and_papers_are_read_around_it() -> None:
    file = with_relation("docx", relation("hyperlink", "javascript:x", ' TargetMode="External"'))
    with pytest.raises(FileRefused, match="a link that starts something"):
        kind_of(file)
    assert paper_kind(file) == FileKind.WORD


def test_what_unpacks_to_nothing_is_not_read_without_end() -> None:
    """Empty blocks of zlib, read again from each of many beginnings: little comes of it, however much is read."""
    begin = b"stream\n" + b"\x78\x9c"
    nested = (
        b"".join(b"\x00\x09\x00\xf6\xff" + begin for _ in range(3000)) + b"\x00\x00\x00\xff\xff" * 400_000
    )
    with pytest.raises(FileRefused, match="far more than it weighs"):
        kind_of(pdf(begin + nested))


def test_names_like_those_of_scripts_do_not_make_a_pdf_act() -> None:
    assert kind_of(pdf(b"<</JSON (x)>> /Launcher")) == FileKind.PDF
    broken = pdf(packed=b"x").replace(b"stream\nx", b"stream\n??")
    assert kind_of(broken) == FileKind.PDF


def test_what_stands_beside_a_photograph_is_left_out_and_the_picture_is_not_touched() -> None:
    beside = (exif(turned=1), segment(0xED, b"Photoshop 3.0\x00A place"), segment(0xFE, b"A remark"))
    assert kind_of(jpeg(*beside)) == FileKind.JPEG
    assert bare(jpeg(*beside), FileKind.JPEG) == bare(JPEG, FileKind.JPEG) == JPEG
    colours = segment(0xE2, b"ICC_PROFILE\x00\x01\x01x") + segment(0xEE, b"Adobe\x00d")
    assert bare(jpeg(colours, exif()), FileKind.JPEG) == jpeg(colours)


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_photograph_is_turned_as_it_was(turned: int) -> None:
    kept = bare(jpeg(exif(turned)), FileKind.JPEG)
    assert b"N 51 30 26" not in kept
    assert kept.count(b"Exif\x00\x00MM\x00\x2a") == 1
    assert bare(kept, FileKind.JPEG) == kept


@pytest.mark.parametrize(
    "spoilt", [b"", b"II", b"II\x2a\x00\xff\xff\xff\xff", b"MM\x00\x2a\x00\x00\x00\x08\xff\xff"]
)
def test_damaged_notes_of_a_camera_are_left_out_too(spoilt: bytes) -> None:
    assert bare(jpeg(segment(0xE1, b"Exif\x00\x00" + spoilt)), FileKind.JPEG) == JPEG


@pytest.mark.parametrize(
    "behind", [jpeg(exif()), b"\x00\x00\x00\x18ftypmp42film", b"SEFHnotesSEFT", b"\x00" * 40]
)
def test_what_phones_put_behind_a_photograph_is_left_out(behind: bytes) -> None:
    assert bare(jpeg(behind=behind), FileKind.JPEG) == JPEG


def test_what_stands_beside_a_drawing_of_points_is_left_out() -> None:
    notes = [chunk(name, b"GPS 51") for name in (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"prVW")]
    assert bare(png(*notes), FileKind.PNG) == PNG
    turned = png(chunk(b"eXIf", exif(6)[10:]))
    kept = bare(turned, FileKind.PNG)
    assert b"N 51 30 26" in turned
    assert b"N 51 30 26" not in kept
    assert b"eXIfMM\x00\x2a" in kept
    assert bare(kept, FileKind.PNG) == kept
    colours = chunk(b"gAMA", b"\x00\x00\xb1\x8f")
    assert bare(png(colours), FileKind.PNG) == png(colours)


def test_real_pictures_look_the_same_afterwards() -> None:
    """By a library that is here for PDFs: the points are equal, one by one."""
    image = pytest.importorskip("PIL.Image")
    drawn = image.effect_noise((70, 40), 60)
    for kind, name, more in ((FileKind.JPEG, "JPEG", {"progressive": True}), (FileKind.PNG, "PNG", {})):
        notes = image.Exif()
        notes[0x0112], notes[0x010E] = 6, "At the school"
        made = io.BytesIO()
        drawn.save(made, name, exif=notes, **more)
        kept = bare(made.getvalue(), kind)
        assert b"At the school" in made.getvalue()
        assert b"At the school" not in kept
        with image.open(io.BytesIO(kept)) as after, image.open(made) as before:
            assert after.tobytes() == before.tobytes()
            assert after.getexif()[0x0112] == 6


@given(st.binary(min_size=1, max_size=3000))
def test_whatever_is_handed_over_has_a_kind_or_a_sentence(data: bytes) -> None:
    try:
        said = f"{bare(data, kind_of(data))!r}."
    except FileRefused as refused:
        said = str(refused)
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\audit.pdf", "audit.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("...", "document"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_cannot_mislead(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_name_fits_its_content() -> None:
    assert fitting_name("Audit.PDF", FileKind.PDF) == "Audit.PDF"
    assert fitting_name("audit", FileKind.JPEG) == "audit.jpg"
    with pytest.raises(FileRefused, match=r"named \.exe but holds a plain text"):
        fitting_name("audit.exe", FileKind.TEXT)
