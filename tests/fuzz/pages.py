"""What a page offers to whoever reads it: its links, and its forms with what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser, LexborNode

HERE = "http://testserver"
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass(frozen=True)
class Field:
    """One question of a form: what kind it is of, what it offers, and what is chosen or stands in it."""

    name: str
    kind: str
    offered: tuple[str, ...]
    standing: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page, to be sent by one of its buttons; `button` is empty where that has no name."""

    page: str
    action: str
    method: str
    fields: tuple[Field, ...]
    button: tuple[str, str] | tuple[()]

    @property
    def shape(self) -> tuple[object, ...]:
        """The same for forms that ask the same of the same address."""
        names = tuple(sorted({field.name.rstrip("0123456789") for field in self.fields}))
        return (self.method, route(self.action), names, self.button)


def route(address: str) -> str:
    """The pattern of an address; the address itself where the site has none for it."""
    try:
        return str(resolve(urlsplit(address).path).route)
    except Resolver404:
        return urlsplit(address).path


def link_shape(address: str) -> tuple[object, ...]:
    """The same for addresses of one pattern by which the same things are asked."""
    asked = urlsplit(address).query.split("&")
    return ("get", route(address), tuple(sorted({part.split("=")[0] for part in asked if part})))


def inside(page: str, address: str) -> str:
    """The whole of an address on a page, without its host; empty for one that leads elsewhere."""
    whole = urljoin(HERE + page, address)
    return whole.removeprefix(HERE) if whole.startswith(f"{HERE}/") else ""


def links(page: str, tree: LexborHTMLParser) -> list[str]:
    """Where a page leads on this site, each once, in its order; without places within pages."""
    found = [inside(page, link.attributes.get("href") or "") for link in tree.css("a[href]")]
    return list(dict.fromkeys(urldefrag(address).url for address in found if address))


def missing_places(page: str, tree: LexborHTMLParser) -> list[str]:
    """Links to a place within the page itself that the page does not have."""
    found = [inside(page, link.attributes.get("href") or "") for link in tree.css("a[href]")]
    own = [urldefrag(address) for address in found]
    wanted = {place for address, place in own if place and address == page}
    return sorted(wanted - {node.attributes.get("id") for node in tree.css("[id]")})


def forms(page: str, tree: LexborHTMLParser) -> Iterator[Form]:
    """Every form of a page, once for each of its buttons."""
    for node in tree.css("form"):
        fields = tuple(_fields(node))
        attributes = node.attributes
        buttons = [button for button in node.css("button, input[type=submit]") if _sends(button)] or [None]
        for button in buttons:
            said = button.attributes if button else {}
            named = (str(said["name"]), said.get("value") or "") if said.get("name") else ()
            yield Form(
                page,
                inside(page, said.get("formaction") or attributes.get("action") or page),
                (attributes.get("method") or "get").lower(),
                fields,
                named,
            )


def _sends(button: LexborNode) -> bool:
    return (button.attributes.get("type") or "submit") == "submit" and "disabled" not in button.attributes


def _fields(form: LexborNode) -> Iterator[Field]:
    """Radio buttons and boxes of one name are one question; the token of the form is no question."""
    choices: dict[tuple[str, str], list[LexborNode]] = {}
    for node in form.css("input[name], textarea[name], select[name]"):
        name, kind = node.attributes["name"] or "", node.attributes.get("type") or "text"
        if name == "csrfmiddlewaretoken" or "disabled" in node.attributes:
            continue
        if node.tag == "textarea":
            yield Field(name, "words", (), (node.text(),))
        elif node.tag == "select":
            yield _select(name, node)
        elif kind in {"radio", "checkbox"}:
            choices.setdefault((name, kind), []).append(node)
        elif kind not in BUTTONS:
            standing = () if kind == "file" else (node.attributes.get("value") or "",)
            yield Field(name, kind, (), standing)
    for (name, kind), nodes in choices.items():
        offered = tuple(_value(node, "on") for node in nodes)
        chosen = tuple(_value(node, "on") for node in nodes if "checked" in node.attributes)
        yield Field(name, kind, offered, chosen)


def _select(name: str, node: LexborNode) -> Field:
    options = node.css("option")
    chosen = [option for option in options if "selected" in option.attributes]
    several = "multiple" in node.attributes
    standing = chosen or ([] if several else options[:1])
    offered = tuple(_value(option, option.text(strip=True)) for option in options)
    return Field(
        name,
        "several" if several else "select",
        offered,
        tuple(_value(option, option.text(strip=True)) for option in standing),
    )


def _value(node: LexborNode, otherwise: str) -> str:
    return (node.attributes.get("value") or "") if "value" in node.attributes else otherwise
