"""Colours as files name them, turned into RRGGBB."""

from __future__ import annotations

import colorsys
import re

# The colour words of CSS and HTML that documents are shaded with.
NAMED = {
    "black": "000000", "blue": "0000FF", "crimson": "DC143C", "darkgreen": "006400", "darkorange": "FF8C00",
    "darkred": "8B0000", "forestgreen": "228B22", "gold": "FFD700", "gray": "808080", "green": "008000",
    "grey": "808080", "lightblue": "ADD8E6", "lightgray": "D3D3D3", "lightgreen": "90EE90", "lightgrey": "D3D3D3",
    "lime": "00FF00", "limegreen": "32CD32", "navy": "000080", "orange": "FFA500", "orangered": "FF4500",
    "purple": "800080", "red": "FF0000", "silver": "C0C0C0", "tomato": "FF6347", "white": "FFFFFF",
    "yellow": "FFFF00",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?:ff)?", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)", re.IGNORECASE
)


def css_colour(word: str) -> str | None:
    """RRGGBB for a CSS colour (`#c00`, `rgb(192 0 0)`, `red`); None for anything else, transparent included."""
    word = word.strip().lower()
    if word in NAMED:
        return NAMED[word]
    if found := _HEX.fullmatch(word):
        digits = found[1]
        return (digits if len(digits) == 6 else "".join(d * 2 for d in digits)).upper()
    if (found := _RGB.fullmatch(word)) and float((found[4] or "1").rstrip("%")) > 0:
        return "".join(f"{min(int(part), 255):02X}" for part in found.groups()[:3])
    return None


def tinted(colour: str, tint: float) -> str:
    """`colour` made lighter (tint above 0) or darker (below 0) as ECMA-376 part 1, 18.8.3 says."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), strength)
    return "".join(f"{round(part * 255):02X}" for part in parts)
