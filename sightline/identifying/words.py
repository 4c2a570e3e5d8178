"""Lists of words that stand beside this module, in small letters, with blanks between."""

from __future__ import annotations

from importlib.resources import files


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split())


# Given names that children in England bear, to tell "Mia (7)" from "Neglect (7)". From the yearly lists of baby names
# of the Office for National Statistics and what registers of schools show beside them. Names that are words or months
# as well (May, June, April, Will, Mark) are left out.
GIVEN_NAMES = words_of("given")
