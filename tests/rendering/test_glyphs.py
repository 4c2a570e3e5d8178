import unicodedata

import pytest
import typst

from sightline.rendering import fonts
from sightline.rendering.glyphs import _pattern, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain #[x] $y$ @ref", "plain #[x] $y$ @ref"),
        ("café – “quoted” • ✓ £ …", "café – “quoted” • ✓ £ …"),
        ("e\u0301", "é"),
        ("well \N{GRINNING FACE}", "well [grinning face]"),
        ("\u4e2d\u6587", "[U+4E2D][U+6587]"),
        ("\ue000", "[U+E000]"),
        ("\N{THUMBS UP SIGN}\ufe0f", "[thumbs up sign]"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("שלום مرحبا", "שלום مرحبا"),
    ],
)
def test_what_has_no_glyph_is_named(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_strictly_marks_are_named_too() -> None:
    assert printable("x\u0651é", strict=True) == "x[arabic shadda]é"


def test_every_character_that_we_let_through_has_a_glyph() -> None:
    pattern = _pattern()
    # A mark alone has no letter to stand on; `strict` is for those.
    shown = [
        chr(n)
        for n in range(0x21, 0x20000)
        if not pattern.match(chr(n)) and unicodedata.category(chr(n)) not in ("Mn", "Mc", "Me", "Cs")
    ]
    assert len(shown) > 7000
    typst.compile(
        b'#set document(title: "t")\n#set text(font: "Libertinus Serif")\n#sys.inputs.text',
        sys_inputs={"text": "\n".join(shown)},
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
    )
