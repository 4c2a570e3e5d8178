"""Each partnership's own colour, as a few custom properties of the style sheet."""

import re

HEX = re.compile(r"#[0-9a-f]{6}\Z", re.IGNORECASE)
USUAL = "#1d70b8"
DARK = "#000000"
LIGHT = "#ffffff"
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text


def safe_colour(colour: str) -> str:
    """The colour if it is six hexadecimal digits, else the usual one. Nothing else may reach a style sheet."""
    return colour.lower() if HEX.match(colour or "") else USUAL


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """White on the colour where that can be read, else black: one of the two always can."""
    return LIGHT if contrast(colour, LIGHT) >= READABLE else DARK


def style_sheet(colour: str) -> str:
    """The served style sheet. `--sl-brand-line` is the colour where it shows on white, else black."""
    brand = safe_colour(colour)
    line = brand if contrast(brand, LIGHT) >= 3 else DARK  # WCAG 2.2, 1.4.11: contrast of what is not text
    return (
        ":root{"
        f"--govuk-brand-colour:{brand};--sl-brand:{brand};--sl-on-brand:{text_on(brand)};--sl-brand-line:{line}"
        "}\n"
    )
