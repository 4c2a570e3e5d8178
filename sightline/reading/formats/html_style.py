"""How a web page looks, as far as it says something: cell backgrounds, bold type, hidden parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sightline.reading.formats.colours import css_colour

_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;}]+)", re.IGNORECASE)
_COLOUR = re.compile(r"rgba?\([^)]*\)|#[0-9a-fA-F]{3,8}|[a-zA-Z]+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:^|[\s>])(?:[a-z]+[0-9]?)?\.([\w-]+)$", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PRINT_OF_RULES = 200_000  # characters of style sheet that are looked at


def background(style: str) -> str | None:
    """RRGGBB of the background a style declares, or None."""
    found = _BACKGROUND.search(style)
    if not found:
        return None
    return next((colour for word in _COLOUR.findall(found[1]) if (colour := css_colour(word))), None)


@dataclass(frozen=True, slots=True)
class Styles:
    """The page's own style rules, as far as they are read: class names with a background."""

    fills: dict[str, str]

    @classmethod
    def of(cls, page: LexborHTMLParser) -> Styles:
        """The rules in the page's style elements."""
        fills = {}
        for sheet in page.css("style"):
            for selectors, body in _RULE.findall(sheet.text()[:_PRINT_OF_RULES]):
                if fill := background(body):
                    named = (_CLASS.search(selector.strip()) for selector in selectors.split(","))
                    fills.update({name[1]: fill for name in named if name})
        return cls(fills)

    def fill(self, node: LexborNode) -> str | None:
        """The background of `node` itself: its style, its bgcolor, or one of its classes."""
        attributes = node.attributes
        if colour := background(attributes.get("style") or ""):
            return colour
        if colour := css_colour(attributes.get("bgcolor") or ""):
            return colour
        return next((self.fills[c] for c in (attributes.get("class") or "").split() if c in self.fills), None)


def is_hidden(node: LexborNode) -> bool:
    """Whether the page says that `node` is not to be shown."""
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def is_bold(node: LexborNode) -> bool:
    """Whether `node` sets its words in bold type."""
    return node.tag in ("b", "strong", "th") or bool(_BOLD.search(node.attributes.get("style") or ""))
