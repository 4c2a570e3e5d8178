"""Word documents: tracked changes, content controls, lists, printed numbers, merged and shaded cells."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sightline.reading.blocks import At, Cell, Notice, Paragraph, PrintedDocument, UnreadableFile
from tests.reading.formats.showing import blocks, codes, fills, places, read, texts

NUMBERING = """
<w:abstractNum w:abstractNumId="90">
 <w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
 <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
 <w:lvl w:ilvl="5"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%6"/></w:lvl>
 <w:lvl w:ilvl="6"><w:numFmt w:val="decimalZero"/><w:lvlText w:val="%7"/></w:lvl>
 <w:lvl w:ilvl="7"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%8."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="91">
 <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1:"/></w:lvl>
</w:abstractNum>
<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>
<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>
<w:num w:numId="92"><w:abstractNumId w:val="90"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
 <w:lvlOverride w:ilvl="1">
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1-%2"/></w:lvl></w:lvlOverride>
 <w:lvlOverride w:ilvl="8"><w:startOverride w:val="7"/></w:lvlOverride>
</w:num>
<w:num w:numId="93"><w:abstractNumId w:val="404"/></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Contents"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Counted"><w:name w:val="counted"/>
 <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="90"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Dotted"><w:name w:val="List Bullet 9"/></w:style>
<w:style w:type="paragraph" w:styleId="Heavy"><w:name w:val="heavy"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Nameless"/>
"""


def made(body: str) -> bytes:
    """A Word file whose body is `body` (WordprocessingML)."""
    document = docx.Document()
    space = nsdecls("w", "wp", "r") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for place, xml in ((document.part.numbering_part.element, NUMBERING), (document.styles.element, STYLES)):
        for element in parse_xml(f"<w:x {space}>{xml}</w:x>"):
            place.append(element)
    for element in reversed(parse_xml(f"<w:x {space}>{body}</w:x>")):
        document.element.body.insert(0, element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(tmp_path: Path, body: str) -> PrintedDocument:
    return read(tmp_path, "a.docx", made(body))


def p(words: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def listed(words: str, number: int, level: int = 0) -> str:
    return p(words, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(content: str = "<w:p/>", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def test_a_whole_small_plan(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "from the properties"
    document.add_paragraph("The plan", style="Title")
    document.add_heading("Part one", 2)
    document.add_paragraph("How it is managed")
    document.add_paragraph("a point", style="List Bullet")
    grid = document.add_table(rows=2, cols=2)
    for place, words in enumerate(("No.", "Action", "1.1", "Ask them")):
        grid.cell(place // 2, place % 2).text = words
    document.save(str(tmp_path / "x.docx"))
    found = read(tmp_path, "a.docx", (tmp_path / "x.docx").read_bytes())
    assert blocks(found) == [
        ("h1", "The plan"),
        ("h2", "Part one"),
        ("p", "How it is managed"),
        ("li", "•", 0, "a point"),
        ("table", [["No.", "Action"], ["1.1", "Ask them"]]),
    ]
    assert found.title == "The plan"
    assert found.tables[0].rows[1].cells[1] == Cell(
        "Ask them", 1, raw="Ask them", at=At(table=1, row=2, column=2)
    )


def test_the_title_comes_from_a_heading_or_the_properties(tmp_path: Path) -> None:
    assert word(tmp_path, p("Second", "Outlined") + p("First", "Heading1")).title == "Second"
    bare = docx.Document()
    bare.core_properties.title = "Named"
    bare.add_paragraph("x")
    bare.save(str(tmp_path / "x.docx"))
    assert read(tmp_path, "b.docx", (tmp_path / "x.docx").read_bytes()).title == "Named"


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        '<w:p><w:r><w:t xml:space="preserve">Map </w:t></w:r><w:ins w:id="1"><w:r><w:t>hotspots</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText> places</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3"><w:r><w:t>moved</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4"><w:r><w:t xml:space="preserve"> now</w:t></w:r></w:moveTo></w:p>'
        + table(cell(p("1")) + cell(p("kept")))
        + '<w:tbl><w:tr><w:trPr><w:del w:id="5"/></w:trPr>'
        + cell(p("row gone"))
        + "</w:tr><w:ins><w:tr>"
        + cell(p("row new"))
        + "</w:tr></w:ins></w:tbl>",
    )
    assert blocks(document) == [
        ("p", "Map hotspots now"),
        ("table", [["1", "kept"]]),
        ("table", [["row new"]]),
    ]
    sentence = (
        "The document holds tracked changes: 2 tracked insertions were read, 2 tracked deletions left out."
    )
    assert document.notices == (Notice("tracked_changes", sentence),)


def test_content_controls_keep_their_words_but_not_their_prompts(tmp_path: Path) -> None:
    chosen = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Amber</w:t></w:r></w:sdtContent></w:sdt>"
    shows = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    prompt = f"<w:sdt>{shows}<w:sdtContent><w:r><w:t>Choose</w:t></w:r></w:sdtContent></w:sdt>"
    whole = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Block')}</w:sdtContent></w:sdt>"
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
    )
    around = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell(p('in a control'))}</w:sdtContent></w:sdt>"
    document = word(
        tmp_path,
        whole + empty + table(cell(f"<w:p>{chosen}{prompt}</w:p>") + around),
    )
    assert blocks(document) == [("p", "Block"), ("table", [["Amber", "in a control"]])]


def test_breaks_symbols_hidden_text_and_fields(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="F999"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> seen</w:t></w:r>'
        '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>'
        "<!-- a comment --></w:p>",
    )
    assert blocks(document) == [("p", "one\ntwo three-four✓? seen link")]
    assert codes(document) == ["hidden_text"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    document = word(
        tmp_path,
        "<w:p><w:r><w:t>around</w:t><mc:AlternateContent><mc:Choice><wp:inline>"
        f"{box}</wp:inline></mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent><!-- x --></w:r></w:p>",
    )
    assert blocks(document) == [("p", "around\nboxed")]


def test_lists_count_as_word_counts(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        listed("a", 90)
        + listed("b", 90, 1)
        + p("c", "Counted")
        + listed("d", 90, 2)
        + listed("e", 90)
        + listed("f", 90, 1)
        + listed("bare", 90, 3)
        + listed("dot", 90, 4)
        + listed("g", 90, 5)
        + listed("h", 90, 6)
        + listed("i", 90, 7)
        + listed("j", 92)
        + listed("k", 92, 1)
        + listed("unknown", 93)
        + listed("nowhere", 404)
        + p("named", "Dotted")
        + "<w:p><w:pPr><w:numPr><w:numId w:val='90'/></w:numPr></w:pPr><w:r><w:t>l</w:t></w:r></w:p>",
    )
    assert blocks(document) == [
        ("li", "2.", 0, "a"),
        ("li", "2a)", 1, "b"),
        ("li", "2b)", 1, "c"),
        ("li", "(I)", 2, "d"),
        ("li", "3.", 0, "e"),
        ("li", "3a)", 1, "f"),
        ("p", "bare"),
        ("li", "•", 4, "dot"),
        ("li", "A", 5, "g"),
        ("li", "01", 6, "h"),
        ("li", "i.", 7, "i"),
        ("li", "7.", 0, "j"),
        ("li", "7-1", 1, "k"),
        ("p", "unknown"),
        ("p", "nowhere"),
        ("li", "•", 0, "named"),
        ("li", "4.", 0, "l"),
    ]


def test_a_number_in_words_belongs_to_the_text(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:numId w:val="91"/></w:numPr>'
    document = word(tmp_path, listed("Do this", 91) + p("And this", "Heading2", numbered) + listed("", 91))
    assert blocks(document) == [("p", "Recommendation 1: Do this"), ("h2", "Recommendation 2: And this")]


def test_headings_by_style_outline_and_base(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        p("a", "Heading3")
        + p("b", "Outlined")
        + p("c", more='<w:outlineLvl w:val="0"/>')
        + p("d", more='<w:outlineLvl w:val="9"/>')
        + p("e", "Loop")
        + p("f", "Contents")
        + p("g", "Heading9")
        + p("h", "NoSuchStyle")
        + p("i", "Nameless"),
    )
    assert blocks(document) == [
        ("h3", "a"),
        ("h3", "b"),
        ("h1", "c"),
        ("p", "d"),
        ("p", "e"),
        ("h6", "g"),
        ("p", "h"),
        ("p", "i"),
    ]


def test_bold_by_run_and_style(tmp_path: Path) -> None:
    off = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>plain</w:t></w:r>'
    document = word(
        tmp_path,
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r></w:p>"
        + p("heavy", "Heavy")
        + f'<w:p><w:pPr><w:pStyle w:val="Heavy"/></w:pPr>{off}</w:p>'
        + '<w:p><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>strong</w:t></w:r></w:p>',
    )
    assert [block.bold for block in document.blocks if isinstance(block, Paragraph)] == [
        True,
        True,
        False,
        True,
    ]


def test_lists_in_cells_become_items(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        table(
            cell(p("Stem") + p("first", "ListBullet") + p("second", "ListBullet"))
            + cell(listed("one", 90) + listed("two", 90))
            + cell(listed("alone", 90))
            + cell(listed("", 90))
            + cell(p("• a") + p("• b"))
            + cell(listed("do it", 91) + listed("do that", 91))
        ),
    ).tables[0]
    assert [(c.text, c.items) for c in found.rows[0].cells] == [
        ("Stem\nfirst\nsecond", ("first", "second")),
        ("one\ntwo", ("one", "two")),
        ("4. alone", ()),
        ("5.", ()),
        ("a\nb", ("a", "b")),
        ("Recommendation 1: do it\nRecommendation 2: do that", ()),
    ]


def test_merged_cells(tmp_path: Path) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = word(
        tmp_path,
        table(
            cell(p("a"), down) + cell(p("b"), '<w:gridSpan w:val="2"/>'),
            cell("<w:p/>", on) + cell(p("c")) + cell(p("d")),
            "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(p("e")),
            cell(p("f"), '<w:hMerge w:val="restart"/>') + cell("<w:p/>", "<w:hMerge/>") + cell(p("g")),
            cell("<w:p/>", "<w:hMerge/>") + cell(p("h"), '<w:gridSpan w:val="x"/>'),
        ),
    ).tables[0]
    assert places(found) == [
        [("a", 0, 1, False), ("b", 1, 2, False)],
        [("", 0, 1, True), ("c", 1, 1, False), ("d", 2, 1, False)],
        [("e", 1, 1, False)],
        [("f", 0, 2, False), ("g", 2, 1, False)],
        [("", 0, 1, False), ("h", 1, 1, False)],
    ]


def test_rows_marked_as_headers(tmp_path: Path) -> None:
    found = word(tmp_path, table("<w:trPr><w:tblHeader/></w:trPr>" + cell(p("No")), cell(p("1")))).tables[0]
    assert [row.header for row in found.rows] == [True, False]


def test_shading_and_highlighting(tmp_path: Path) -> None:
    lit = (
        '<w:p><w:r><w:rPr><w:highlight w:val="red"/></w:rPr><w:t>Red</w:t></w:r><w:r><w:t> </w:t></w:r></w:p>'
    )
    shaded = '<w:p><w:r><w:rPr><w:shd w:val="clear" w:fill="FFC000"/></w:rPr><w:t>Amber</w:t></w:r></w:p>'
    half = '<w:p><w:r><w:rPr><w:highlight w:val="red"/></w:rPr><w:t>Red</w:t></w:r><w:r><w:t>ish</w:t></w:r></w:p>'
    odd = '<w:p><w:r><w:rPr><w:highlight w:val="none"/></w:rPr><w:t>x</w:t></w:r></w:p>'
    found = word(
        tmp_path,
        table(
            cell(p("x"), '<w:shd w:val="clear" w:fill="00b050"/>')
            + cell(p("x"), '<w:shd w:val="clear" w:fill="auto"/>')
            + cell(p("x"), '<w:shd w:val="solid" w:color="FF0000" w:fill="auto"/>')
            + cell(p("x"), '<w:shd w:val="clear"/>')
            + cell(lit)
            + cell(shaded)
            + cell(half)
            + cell(odd)
            + cell("<w:p/>")
        ),
    ).tables[0]
    assert fills(found) == [["00B050", None, "FF0000", None, "FF0000", "FFC000", None, None, None]]


def test_a_table_in_a_cell_keeps_its_cells_apart(tmp_path: Path) -> None:
    inner = table(cell(p("i")) + cell(p("j")), cell("<w:p/>") + cell(p("k") + p("l")))
    found = word(tmp_path, table(cell(p("before") + inner + p("after")) + cell(p("next")))).tables[0]
    assert texts(found) == [["before\ni | j\nk l\nafter", "next"]]


def test_a_table_that_only_places_others_is_opened(tmp_path: Path) -> None:
    inner = table(cell(p("1")) + cell(p("2")))
    document = word(tmp_path, table(cell(p("Title", "Heading1") + inner), ""))
    assert blocks(document) == [("h1", "Title"), ("table", [["1", "2"]])]


def test_a_document_without_lists_or_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("a point", style="List Bullet")
    lists = document.part.numbering_part
    document.part.rels.pop(next(key for key, rel in document.part.rels.items() if rel.target_part is lists))
    document.save(str(tmp_path / "x.docx"))
    assert blocks(read(tmp_path, "a.docx", (tmp_path / "x.docx").read_bytes())) == [("li", "•", 0, "a point")]


def test_smart_tags_and_custom_xml_are_transparent(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        f"<w:customXml>{p('kept')}</w:customXml><w:p><w:smartTag><w:r><w:t>tagged</w:t></w:r></w:smartTag></w:p>",
    )
    assert blocks(document) == [("p", "kept"), ("p", "tagged")]


FOOTNOTES = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>As agreed.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
COMMENTS = f'<w:comments {nsdecls("w")}><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'


def test_footnotes_are_read_and_comments_told_of(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Words")
    document.element.body.insert(0, parse_xml(f"<w:altChunk {nsdecls('w')}/>"))
    for kind, content in (("footnotes", FOOTNOTES), ("comments", COMMENTS)):
        name = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        part = Part(PackURI(f"/word/{kind}.xml"), name, content.encode(), document.part.package)
        document.part.relate_to(
            part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        )
    document.save(str(tmp_path / "x.docx"))
    found = read(tmp_path, "a.docx", (tmp_path / "x.docx").read_bytes())
    assert blocks(found) == [("p", "Words"), ("p", "As agreed.")]
    assert codes(found) == ["comments_unread", "embedded_files"]


def test_a_main_part_of_another_name(tmp_path: Path) -> None:
    """Word on the web writes word/document2.xml."""
    content = made(p("Words"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name).replace(b"word/document.xml", b"word/document2.xml")
            after.writestr(name.replace("/document.xml", "/document2.xml"), text)
    assert blocks(read(tmp_path, "a.docx", out.getvalue())) == [("p", "Words")]


def test_a_document_that_nests_too_deep_is_refused(tmp_path: Path) -> None:
    deep = "<w:smartTag>" * 220 + "<w:r><w:t>x</w:t></w:r>" + "</w:smartTag>" * 220
    with pytest.raises(UnreadableFile, match="lie more than 200 deep"):
        word(tmp_path, f"<w:p>{deep}</w:p>")
