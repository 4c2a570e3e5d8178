"""The typeface of printed documents: Atkinson Hyperlegible, made for readers with low vision.

The font files are not kept in the repository. Setting up turns the web fonts of the npm package into files the
PDF writer takes: `python -m sightline.rendering.fonts SOURCE`. Without them the writer's own Libertinus is used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FAMILY = "Atkinson Hyperlegible"
EXTENDED = f"{FAMILY} Extended"
FALLBACK = "Libertinus Serif"
FOLDER = Path(__file__).parent / "fonts_made"

_FAMILY_NAMES = (1, 4, 16)


def make(source: Path, target: Path = FOLDER) -> list[Path]:
    """Turn every .woff2 in `source` into a .ttf in `target` and say which were made.

    The "latin-ext" files hold other characters of the same family; they get a family name of their own, or the
    PDF writer would take one for the other.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for file in sorted(source.glob("*.woff2")):
        font = TTFont(file)
        font.flavor = None
        if "latin-ext" in file.name:
            for record in font["name"].names:
                if record.nameID in _FAMILY_NAMES:
                    record.string = record.toUnicode().replace(FAMILY, EXTENDED)
        made.append(target / f"{file.stem}.ttf")
        font.save(made[-1])
    return made


@cache
def fonts(folder: Path = FOLDER) -> typst.Fonts:
    """The fonts of a PDF: those made in `folder`, if any, and those inside the writer; none of the system."""
    paths = [folder] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def families(folder: Path = FOLDER) -> list[str]:
    """Font families in order of preference, of those that are there."""
    there = set(fonts(folder).families())
    return [name for name in (FAMILY, EXTENDED, FALLBACK) if name in there]


def main(arguments: Sequence[str]) -> int:
    """Make fonts from the folder named first, in the one named second or in `FOLDER`; 1 where there were none."""
    source, *target = (Path(argument) for argument in arguments)
    return 0 if make(source, *target) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
