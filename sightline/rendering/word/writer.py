"""A document as a Word file: pages, properties, and block after block."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Emu, Mm, Twips

from sightline.rendering.document import Block, BulletList, Document, Figure, Heading, Paragraph, Span, Table
from sightline.rendering.pdf import LANDSCAPE_ROOM, PORTRAIT_ROOM, to_png
from sightline.rendering.prepare import prepared
from sightline.rendering.text import spans
from sightline.rendering.word import styles, xml

_PARAGRAPHS = {"lead": "Lead", "small": "Small", "warning": "Warning"}
_PROPERTIES = ("subject", "keywords", "category", "comments")
_PROPERTY_LIMIT = 255
_PICTURE_WIDTH = Mm(165)


def to_docx(doc: Document) -> bytes:
    """The document as a Word file, A4.

    Tables repeat their header row, keep short rows whole and carry their caption as their title too. A figure
    is drawn as a picture with its text equivalent (Word shows no SVG by itself), its table beneath. Raises
    ValueError as `prepared` does.
    """
    return _Writer(prepared(doc)).write()


class _Writer:
    """Writes one prepared document."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.word: WordFile = docx.Document()
        self.related: dict[str, str] = {}
        self.bookmarks = 0
        self.width = 15_250 if doc.landscape else 9_638
        self.room = LANDSCAPE_ROOM if doc.landscape else PORTRAIT_ROOM

    def write(self) -> bytes:
        """The file's bytes."""
        styles.dress(self.word, self.doc.language)
        styles.settle(self.word, self.doc.language)
        self.properties()
        self.page()
        self.head()
        for block in self.doc.blocks:
            self.block(block)
        file = io.BytesIO()
        self.word.save(file)
        return file.getvalue()

    def properties(self) -> None:
        """Title, author and language, by which access technology and searches know the file."""
        core = self.word.core_properties
        core.title = self.doc.title[:_PROPERTY_LIMIT]
        core.author = core.last_modified_by = self.doc.author[:_PROPERTY_LIMIT]
        core.language = self.doc.language
        core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)
        core.comments = ""
        for name in _PROPERTIES:
            if value := self.doc.properties.get(name):
                setattr(core, name, value[:_PROPERTY_LIMIT])

    def page(self) -> None:
        """Paper, margins, the marking at the head and the page number at the foot of every page."""
        section = self.word.sections[0]
        short, long = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if self.doc.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if self.doc.landscape else (short, long)
        width = section.page_width or short
        section.left_margin = section.right_margin = Twips((width.twips - self.width) // 2)
        section.top_margin = section.bottom_margin = Mm(18)
        section.header_distance = section.footer_distance = Mm(9)
        section.header.paragraphs[0].add_run(self.doc.marking)
        numbers = (
            xml.run("Page ")
            + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            + xml.run(" of ")
            + '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
        foot = section.footer.paragraphs[0]._p
        foot.getparent().replace(foot, parse_xml(_outermost(xml.paragraph(numbers, "Footer"))))

    def head(self) -> None:
        """Title, subtitle and facts."""
        self.add(xml.paragraph(xml.run(self.doc.title), "Title"))
        if self.doc.subtitle:
            self.add(xml.paragraph(xml.run(self.doc.subtitle), "Subtitle"))
        for name, value in self.doc.facts:
            self.add(xml.paragraph(xml.run(f"{name}: ", "<w:b/>") + xml.run(value), "Facts"))

    def block(self, block: Block) -> None:
        """One block."""
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Paragraph):
            self.add(xml.paragraph(self.runs(block.content), _PARAGRAPHS.get(block.style, "Normal")))
        elif isinstance(block, BulletList):
            self.list(block)
        elif isinstance(block, Figure):
            self.figure(block)
        else:
            self.table(block)

    def heading(self, heading: Heading) -> None:
        """A heading in its real style, bookmarked where something may link to it."""
        content = xml.run(heading.text)
        if heading.anchor:
            self.bookmarks += 1
            start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{heading.anchor}"/>'
            content = f'{start}{content}<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        self.add(xml.paragraph(content, f"Heading{heading.level}"))

    def list(self, block: BulletList) -> None:
        """A real list; each numbered one begins with 1 again."""
        more, style = "", "ListBullet"
        if block.ordered:
            style = "ListNumber"
            more = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.new_numbers()}"/></w:numPr>'
        for item in block.items:
            self.add(xml.paragraph(self.runs(item), style, more))

    def new_numbers(self) -> int:
        """A numbering of its own, like the template's, starting at 1."""
        numbering = self.word.part.numbering_part.element
        used = self.word.styles["List Number"].element.pPr.numPr.numId.val
        number = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def figure(self, figure: Figure) -> None:
        """Caption, picture with its text equivalent, table."""
        if figure.caption:
            self.add(xml.paragraph(xml.run(figure.caption), "Caption"))
        picture = self.word.add_paragraph().add_run().add_picture(io.BytesIO(to_png(figure.svg)))
        picture.height = Emu(int(picture.height * _PICTURE_WIDTH / picture.width))
        picture.width = _PICTURE_WIDTH
        picture._inline.docPr.set("descr", figure.alt)
        if figure.table:
            self.table(figure.table)

    def table(self, table: Table) -> None:
        """A table under its caption; the small paragraph after it keeps Word from joining two tables."""
        if table.caption and table.caption_visible:
            self.add(xml.paragraph(xml.run(table.caption), "Caption"))
        self.add(xml.table(table, self.width, self.room, self.relate))
        self.add(xml.paragraph("", "AfterTable"))

    def runs(self, content: str | tuple[Span, ...]) -> str:
        """Spans as runs."""
        return "".join(xml.span(one, self.relate) for one in spans(content))

    def relate(self, href: str) -> str:
        """The relationship id of an address, one for all its links."""
        if href not in self.related:
            part = self.word.part
            self.related[href] = part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.related[href]

    def add(self, markup: str) -> None:
        """Put a paragraph or table at the end of the body."""
        self.word.element.body.sectPr.addprevious(parse_xml(_outermost(markup)))


def _outermost(markup: str) -> str:
    """The mark-up with the namespaces on its outermost element."""
    return markup.replace("<w:p>", f"<w:p {xml.NAMESPACES}>", 1) if markup.startswith("<w:p>") else markup
