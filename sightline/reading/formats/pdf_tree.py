"""The structure tree of a tagged PDF, with the empty cells that tell which column is which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

_NODES = 200_000
_DEPTH = 60


@dataclass(slots=True)
class Node:
    """One element: its standard type, its attributes, and its children: elements or (page, marked content)."""

    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Node | tuple[int, int]] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        """The child elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def marks(self) -> list[tuple[int, int]]:
        """Every piece of marked content in it, in order: (page number, identifier)."""
        found: list[tuple[int, int]] = []
        waiting: list[Node | tuple[int, int]] = list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            if isinstance(child, Node):
                waiting.extend(reversed(child.children))
            else:
                found.append(child)
        return found


def structure(catalog: dict[str, Any], pages: dict[Any, int]) -> Node | None:
    """The document's structure tree, or None where it has none. `pages` gives page numbers by object number."""
    root = resolve1(catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    return _Tree(pages, resolve1(root.get("RoleMap")) or {}, resolve1(root.get("ClassMap")) or {}).grow(root)


@dataclass(slots=True)
class _Tree:
    pages: dict[Any, int]
    roles: dict[str, Any]
    classes: dict[str, Any]
    seen: set[int] = field(default_factory=set)
    count: int = 0

    def grow(self, root: dict[str, Any]) -> Node:
        node = Node("Root")
        self._add_children(node, root.get("K"), 0, 0)
        return node

    def _add_children(self, node: Node, kids: Any, page: int, depth: int) -> None:
        kids = kids if isinstance(kids, PDFObjRef) else resolve1(kids)
        listed = resolve1(kids) if isinstance(resolve1(kids), list) else [kids]
        for kid in listed if depth < _DEPTH else []:
            self.count += 1
            child = self._child(kid, page, depth) if self.count < _NODES else None
            if child is not None:
                node.children.append(child)

    def _child(self, kid: Any, page: int, depth: int) -> Node | tuple[int, int] | None:
        if isinstance(kid, PDFObjRef):
            if kid.objid in self.seen:
                return None
            self.seen.add(kid.objid)
        kid = resolve1(kid)
        if isinstance(kid, int):
            return (page, kid) if page else None
        if not isinstance(kid, dict):
            return None
        page = self._page(kid, page)
        if "MCID" in kid:
            mark = resolve1(kid["MCID"])
            return (page, mark) if page and isinstance(mark, int) else None
        if "S" not in kid:
            return None
        node = Node(self._kind(kid["S"]), self._attributes(kid))
        self._add_children(node, kid.get("K"), page, depth + 1)
        return node

    def _page(self, element: dict[str, Any], inherited: int) -> int:
        page = element.get("Pg")
        return self.pages.get(page.objid, 0) if isinstance(page, PDFObjRef) else inherited

    def _kind(self, name: Any) -> str:
        kind = _literal(resolve1(name))
        for _ in range(5):  # a role may be mapped to another role
            if kind not in self.roles or kind == "Title":  # PDF 2.0 has it, older files map it to a paragraph
                break
            kind = _literal(resolve1(self.roles[kind]))
        return kind

    def _attributes(self, element: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in ("C", "A"):
            given = resolve1(element.get(key))
            for part in given if isinstance(given, list) else [given]:
                part = resolve1(part)
                if isinstance(part, PSLiteral):
                    part = resolve1(self.classes.get(_literal(part)))
                if isinstance(part, dict):
                    found.update({name: resolve1(value) for name, value in part.items()})
        return found


def _literal(value: Any) -> str:
    name = value.name if isinstance(value, PSLiteral) else value
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)
