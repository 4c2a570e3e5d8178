"""The partnership's colour: never anything but a colour, and words on it can be read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.site.brand import USUAL, contrast, safe_colour, style_sheet, text_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
@example("#777777")
def test_words_on_any_colour_can_be_read(colour: str) -> None:
    assert contrast(colour, text_on(colour)) >= 4.5


@given(COLOURS)
def test_contrast_is_what_it_is_from_either_side(colour: str) -> None:
    assert contrast(colour, "#ffffff") == contrast("#ffffff", colour)


@pytest.mark.parametrize(
    "text", ["", "red", "#fff", "#1d70b8;}", "#1d70b8\n", "url(x)", "#1d70bg", "}body{display:none"]
)
def test_what_is_no_colour_never_reaches_the_style_sheet(text: str) -> None:
    assert safe_colour(text) == USUAL
    assert style_sheet(text) == style_sheet(USUAL)


def test_the_style_sheet() -> None:
    assert style_sheet("#5A2D82") == (
        ":root{--govuk-brand-colour:#5a2d82;--sl-brand:#5a2d82;--sl-on-brand:#ffffff;--sl-brand-line:#5a2d82}\n"
    )


def test_a_pale_colour_gets_dark_words_and_a_dark_line() -> None:
    assert style_sheet("#ffdd00") == (
        ":root{--govuk-brand-colour:#ffdd00;--sl-brand:#ffdd00;--sl-on-brand:#000000;--sl-brand-line:#000000}\n"
    )


def test_known_contrasts() -> None:
    assert (round(contrast("#000000", "#ffffff")), round(contrast("#1d70b8", "#1d70b8"))) == (21, 1)
