import runpy
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from sightline.rendering import fonts


def web_font(path: Path, family: str, letters: str) -> None:
    """A tiny web font in which every letter is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "fullName": family, "psName": "Test"}
    )
    builder.setupOS2()
    builder.setupPost()
    font = builder.font
    font.flavor = "woff2"
    font.save(path)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    source, target = tmp_path / "source", tmp_path / "made"
    source.mkdir()
    web_font(source / "a-latin-400-normal.woff2", fonts.FAMILY, "ab")
    web_font(source / "a-latin-ext-400-normal.woff2", fonts.FAMILY, "ł")
    assert [path.name for path in fonts.make(source, target)] == [
        "a-latin-400-normal.ttf",
        "a-latin-ext-400-normal.ttf",
    ]
    return target


def test_web_fonts_become_fonts_of_two_families(made: Path) -> None:
    names = [TTFont(path)["name"].getDebugName(1) for path in sorted(made.iterdir())]
    assert names == [fonts.FAMILY, fonts.EXTENDED]
    assert fonts.families(made) == [fonts.FAMILY, fonts.EXTENDED, fonts.FALLBACK]


def test_without_them_the_writers_own_are_used(tmp_path: Path) -> None:
    assert fonts.families(tmp_path / "nowhere") == [fonts.FALLBACK]


def test_a_folder_without_web_fonts_makes_none(tmp_path: Path) -> None:
    assert fonts.make(tmp_path, tmp_path / "made") == []


def test_the_command_tells_whether_there_were_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "source", tmp_path / "made"
    source.mkdir()
    assert fonts.main([str(source), str(target)]) == 1
    web_font(source / "a-latin-400-normal.woff2", fonts.FAMILY, "ab")
    monkeypatch.setattr("sys.argv", ["fonts", str(source), str(target)])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(fonts.__file__, run_name="__main__")
    assert end.value.code == 0
    assert [path.name for path in target.iterdir()] == ["a-latin-400-normal.ttf"]
