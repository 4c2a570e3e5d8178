"""How a Word document looks: every style is set here, so a reader can change one and the whole follows."""

from __future__ import annotations

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from sightline.rendering.colours import INK, LINK

FONT = "Arial"

_HEADINGS = ((32, 360, 120), (26, 300, 100), (23, 240, 80), (22, 200, 60), (22, 200, 60), (22, 200, 60))


def _size(half_points: int, more: str = "") -> str:
    return f'{more}<w:color w:val="{INK}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"
_RULE = '<w:pBdr><w:left w:val="single" w:sz="36" w:space="10" w:color="0B0C0C"/></w:pBdr>'

# Style id, name, paragraph properties, run properties; all based on Normal.
_STYLES = (
    ("Normal", "Normal", _spacing(0, 140), _size(22)),
    ("Title", "Title", _KEEP + _spacing(0, 60, 240), _size(44, _BOLD)),
    ("Subtitle", "Subtitle", _spacing(0, 160), _size(26)),
    ("Caption", "caption", _KEEP + _spacing(160, 100), _size(23, _BOLD)),
    ("Header", "header", _spacing(0, 0) + '<w:jc w:val="center"/>', _size(20, _BOLD)),
    ("Footer", "footer", _spacing(0, 0) + '<w:jc w:val="right"/>', _size(17)),
    ("Facts", "Facts", _spacing(0, 40), _size(22)),
    ("Lead", "Lead", _spacing(120, 160), _size(26)),
    ("Small", "Small", _spacing(0, 120), _size(18)),
    ("Warning", "Warning", _RULE + _spacing(120, 160) + '<w:ind w:left="240"/>', _size(22, _BOLD)),
    ("TableText", "Table Text", _spacing(0, 20, 252), _size(17)),
    ("TableHeading", "Table Heading", "<w:keepNext/>" + _spacing(0, 20, 252), _size(17, _BOLD)),
    ("AfterTable", "After Table", _spacing(0, 60, 120), _size(8)),
)


def dress(word: WordFile, language: str) -> None:
    """Give the file its typeface, language and styles."""
    styles = word.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    _replace(defaults, f"<w:rFonts {fonts}/>")
    _replace(defaults, f'<w:lang w:val="{language}" w:eastAsia="{language}"/>')
    for identity, name, paragraph, run in _STYLES:
        _style(word, identity, name, paragraph, run)
    for level, (size, before, after) in enumerate(_HEADINGS, start=1):
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        paragraph = _KEEP + _spacing(before, after, 252) + outline
        _style(word, f"Heading{level}", f"heading {level}", paragraph, _size(size, _BOLD))
    number = word.styles["List Bullet"].element.pPr.numPr.numId.val
    bullet = f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' + _spacing(0, 20, 252)
    _style(word, "TableBullet", "Table Bullet", bullet + '<w:ind w:left="170" w:hanging="170"/>', _size(17))
    underlined = f'<w:color w:val="{LINK}"/><w:u w:val="single"/>'
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
            f"<w:rPr>{underlined}</w:rPr></w:style>"
        )
    )


def settle(word: WordFile, language: str) -> None:
    """Settings: today's layout rules, not those of Word 2010, and the language of the theme's fonts."""
    settings = word.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _style(word: WordFile, identity: str, name: str, paragraph: str, run: str) -> None:
    """Make the style, or give the one of the template new properties."""
    styles = word.styles.element
    found = next((s for s in styles.style_lst if s.get(qn("w:styleId")) == identity), None)
    if found is None:
        found = parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{identity}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/></w:style>'
        )
        styles.append(found)
    for tag in ("w:pPr", "w:rPr"):
        for old in found.findall(qn(tag)):
            found.remove(old)
    found.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
    found.append(parse_xml(f"<w:rPr {nsdecls('w')}>{run}</w:rPr>"))


def _replace(parent: object, xml: str) -> None:
    """Put an element in the place of the one of the same name."""
    new = parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))
    old = parent.find(new.tag)  # type: ignore[attr-defined]  # the stubs do not know the element's parent
    parent.replace(old, new)  # type: ignore[attr-defined]  # the stubs do not know the element's parent
