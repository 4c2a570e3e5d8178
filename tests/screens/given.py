"""The options of GOV.UK Frontend's macros, taken one by one, and HTML brought to what matters in it."""

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString

COMPONENTS = (
    Path(__file__).resolve().parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
)
Options = dict[str, Any]


class NotOffered(Exception):
    """The fixture asks for something our function does not offer."""


class Given:
    """The options of one macro call; whatever is not taken by the end is not offered."""

    def __init__(self, options: Mapping[str, Any] | None) -> None:
        self.left = dict(options or {})

    def take(self, name: str, usual: Any = "") -> Any:
        value = self.left.pop(name, usual)
        return usual if value is None else value

    def words(self, *names: str) -> str:
        """Text, or mark-up that is safe, of `text`/`html` or of the given pair of names."""
        text, html = names or ("text", "html")
        plain, marked = self.take(text), self.take(html)
        return SafeString(marked.strip()) if marked else str(plain)

    def part(self, name: str) -> "Given":
        return Given(self.take(name, {}))

    def done(self) -> None:
        rest = {k: v for k, v in self.left.items() if v not in (None, "", [], {})}
        if rest:
            raise NotOffered(", ".join(sorted(rest)))


def fixtures(component: str) -> list[Options]:
    """The fixtures of one component, as its package ships them."""
    found: list[Options] = json.loads((COMPONENTS / component / "fixtures.json").read_text(encoding="utf-8"))[
        "fixtures"
    ]
    return found


class Normal(HTMLParser):
    """HTML as a list of parts in which only what matters counts: no order of attributes or classes, no blanks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pairs = {key: (value or "") for key, value in attrs}
        if "class" in pairs:
            pairs["class"] = " ".join(sorted(set(pairs["class"].split())))
        self.parts.append((tag, sorted((k, " ".join(v.split())) for k, v in pairs.items())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


def normal(html: str) -> list[Any]:
    """The parts of a piece of HTML."""
    parser = Normal()
    parser.feed(html)
    parser.close()
    return parser.parts
