import pytest

from sightline.rendering.svg import checked

NS = 'xmlns="http://www.w3.org/2000/svg"'


def test_a_drawing_is_given_back_as_it_is() -> None:
    svg = f'<svg {NS}><defs><pattern id="p"/></defs><rect fill="url(#p)" class="a"/><text>x</text></svg>'
    assert checked(svg) == svg


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ("<svg", "The figure's SVG is not well-formed."),
        (f"<svg {NS}>&#0;</svg>", "The figure's SVG is not well-formed."),
        (f"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg {NS}>&a;</svg>", "The figure's SVG is not well-formed."),
        ("<svg/>", "The figure is not an SVG."),
        (f"<svg {NS}><script>x</script></svg>", "The figure's SVG may not hold “script”."),
        (f"<svg {NS}><foreignObject/></svg>", "The figure's SVG may not hold “foreignObject”."),
        (f'<svg {NS}><image href="x"/></svg>', "The figure's SVG may not hold “image”."),
        (f'<svg {NS} onload="x()"/>', "The figure's SVG may not hold the attribute “onload”."),
        (f'<svg {NS} style="fill:red"/>', "The figure's SVG may not hold the attribute “style”."),
        (f'<svg {NS}><rect href="#a"/></svg>', "The figure's SVG may not hold the attribute “href”."),
        (f'<svg {NS} fill="url(//a.b/c)"/>', "The figure's SVG may not hold the attribute “fill”."),
    ],
)
def test_anything_else_is_refused(svg: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"figure") as refusal:
        checked(svg)
    assert str(refusal.value) == sentence
