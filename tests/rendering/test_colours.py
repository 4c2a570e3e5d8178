import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rendering import colours
from sightline.rendering.colours import contrast, fill, text_on


@pytest.mark.parametrize(
    ("value", "taken"),
    [("00703c", "00703C"), ("#D4351C", "D4351C"), ("", ""), ("red", ""), ("FFF", ""), ("00703C;x", "")],
)
def test_a_fill_is_six_hexadecimal_digits_or_nothing(value: str, taken: str) -> None:
    assert fill(value) == taken


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == 21
    assert contrast("FFFFFF", "FFFFFF") == 1
    assert round(contrast("767676", "FFFFFF"), 2) == 4.54


def test_text_without_fill_is_ink() -> None:
    assert text_on("") == colours.INK


@given(st.integers(0, 0xFFFFFF))
def test_text_on_any_fill_can_be_read(number: int) -> None:
    background = f"{number:06X}"
    assert contrast(text_on(background), background) >= 4.5


def test_where_near_black_is_too_light_black_is_taken() -> None:
    assert text_on("787878") == "000000"


@pytest.mark.parametrize(
    "background",
    ["GREEN", "AMBER", "RED", "BLUE", "GREY", "HEADER_FILL", "BAND_FILL"],
)
def test_our_own_fills_bear_ink_or_white(background: str) -> None:
    assert text_on(getattr(colours, background)) in (colours.INK, colours.WHITE)
