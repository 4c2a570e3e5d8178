"""Cell fills and the text colour that can be read on them. Colours are RRGGBB, upper case, without "#"."""

from __future__ import annotations

import re

INK = "0B0C0C"
WHITE = "FFFFFF"
LINE = "B1B4B6"
HEADER_FILL = "F3F2F1"
BAND_FILL = "E4ECF5"
LINK = "1D70B8"

GREEN, AMBER, RED, BLUE, GREY = "00703C", "FFB700", "D4351C", "1D70B8", "DEE0E2"
"""Fills for ratings and states, all readable with `text_on`; whoever uses one prints the word too."""

_HEX = re.compile("#?([0-9A-Fa-f]{6})")


def fill(value: str) -> str:
    """The fill as RRGGBB in upper case, or an empty string where `value` is no colour."""
    match = _HEX.fullmatch(value)
    return match[1].upper() if match else ""


def luminance(colour: str) -> float:
    """Relative luminance between 0 (black) and 1 (white), as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(background: str) -> str:
    """Near-black or white, whichever reads better on the fill; never below 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    if not background:
        return INK
    best = max((INK, WHITE), key=lambda ink: contrast(ink, background))
    return best if contrast(best, background) >= 4.5 else "000000"
