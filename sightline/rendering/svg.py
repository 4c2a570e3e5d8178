"""What an SVG may hold to be printed: a drawing and its words, nothing that runs, loads or leads elsewhere."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    {"svg", "g", "title", "desc", "defs", "pattern", "marker", "clipPath", "text", "tspan"}
    | {"path", "rect", "line", "polyline", "polygon", "circle", "ellipse"}
)
_LOCAL = re.compile(r"url\(#[\w-]+\)")


def checked(svg: str) -> str:
    """The SVG itself, when it is only a drawing.

    Raises ValueError for mark-up that is not well-formed, for elements that run or load anything, for event
    handlers, style attributes (a page's security policy refuses them) and links.
    """
    try:
        root = fromstring(svg, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ValueError("The figure's SVG is not well-formed.") from error
    if root.tag != f"{_NAMESPACE}svg":
        raise ValueError("The figure is not an SVG.")
    for element in root.iter():
        name = str(element.tag).removeprefix(_NAMESPACE)
        if name not in _ELEMENTS:
            raise ValueError(f"The figure's SVG may not hold “{name}”.")
        for attribute, value in element.attrib.items():
            if not _harmless(attribute, value):
                raise ValueError(f"The figure's SVG may not hold the attribute “{attribute}”.")
    return svg


def _harmless(attribute: str, value: str) -> bool:
    name = attribute.lower()
    if name == "style" or name.startswith("on") or name.endswith("href"):
        return False
    return "url(" not in value.lower() or _LOCAL.fullmatch(value) is not None
