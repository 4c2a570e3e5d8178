"""Puts papers behind a front: their pages as they are, their tags below a tag of their own, a bookmark each.

Loaded in the child process alone. A tree of tags is joined by ISO 32000-1, 14.7: its elements below a new one, its
numbers of parents moved up, its names of roles and classes beside those that are there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NumberTree, OutlineItem, String

from sightline.rendering.joining.joiner import DAMAGED

UNTAGGED = ""


class Clash(Exception):
    """The tags of a paper cannot be joined with those that are there."""


class Pack:
    """The file as it grows."""

    def __init__(self, front: pikepdf.Pdf) -> None:
        self.pdf = front
        self.root: Any = front.Root.StructTreeRoot
        self.parents: dict[int, Any] = dict(NumberTree(self.root.ParentTree).items())
        self.bookmarks: list[tuple[str, str, int]] = []

    def put(self, part: dict[str, Any]) -> str | None:
        """One part; its fault, "" where it is its tags alone, None where all went well."""
        if part["name"]:
            self._attach(part)
            return None
        at = len(self.pdf.pages)
        try:
            with pikepdf.open(part["path"], access_mode=pikepdf.AccessMode.stream) as paper:
                self.pdf.pages.extend(paper.pages)
                if part["is_tagged"]:
                    self._tag(paper, part["title"], at)
        except Clash:
            return UNTAGGED
        except Exception:  # whatever a hostile file makes of the library: it is told of that file
            return UNTAGGED if part["is_tagged"] else DAMAGED
        self.bookmarks.append((part["under"], part["title"], at))
        return None

    def _attach(self, part: dict[str, Any]) -> None:
        data = Path(part["path"]).read_bytes()
        self.pdf.attachments[part["name"]] = AttachedFileSpec(
            self.pdf,
            data,
            filename=part["name"],
            description=part["title"],
            mime_type="application/octet-stream",
            creation_date="",
            mod_date="",
        )

    def _tag(self, paper: pikepdf.Pdf, title: str, at: int) -> None:
        theirs: Any = self.pdf.copy_foreign(paper.Root.StructTreeRoot)
        self._join_names(theirs, "/RoleMap")
        self._join_names(theirs, "/ClassMap")
        numbers = dict(NumberTree(theirs.ParentTree).items()) if "/ParentTree" in theirs else {}
        up = max(self.parents, default=-1) + 1
        for page in list(self.pdf.pages)[at:]:
            _move_up(page.obj, up)
        self.parents |= {number + up: value for number, value in numbers.items()}
        top = Dictionary(Type=Name.StructElem, S=Name.Part, P=self.root, T=String(title))
        if "/Lang" in paper.Root:
            top.Lang = String(str(paper.Root.Lang))
        made: Any = self.pdf.make_indirect(top)
        kids = theirs.K if isinstance(theirs.K, Array) else Array([theirs.K])
        for kid in kids:
            kid.P = made
        made.K = kids
        self.root.K = Array([*_several(self.root.K), made])

    def _join_names(self, theirs: Any, key: str) -> None:
        """Names of roles or classes; the same name for two things would change what one of them says."""
        if key not in theirs:
            return
        ours = self.root.get(key) or Dictionary()
        for name, value in theirs[key].items():
            if name in ours and ours[name] != value:
                raise Clash(name)
            ours[name] = value
        self.root[key] = ours

    def finish(self, out: Path) -> None:
        """Bookmarks, numbers of parents, and no claim of a standard that papers of others need not keep."""
        self._write_parents()
        with self.pdf.open_outline() as outline:
            places: dict[str, OutlineItem] = {}
            for under, title, at in self.bookmarks:
                if under not in places:
                    places[under] = OutlineItem(under, at)
                    outline.root.append(places[under])
                places[under].children.append(OutlineItem(title, at))
        if self.bookmarks:
            with self.pdf.open_metadata(set_pikepdf_as_editor=False) as told:
                for claim in [name for name in told if "/pdfua/ns/id/" in name]:
                    del told[claim]
        self.pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    def _write_parents(self) -> None:
        flat: list[Any] = []
        for number in sorted(self.parents):
            flat += [number, self.parents[number]]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(flat)))
        self.root.ParentTreeNextKey = max(self.parents, default=-1) + 1


def _several(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _move_up(page: Any, up: int) -> None:
    """The page's own number of parents, and those of its links and drawings, each once."""
    if "/StructParents" in page:
        page.StructParents = int(page.StructParents) + up
    for link in page.get("/Annots", ()):
        if "/StructParent" in link:
            link.StructParent = int(link.StructParent) + up
    drawings = page.get("/Resources", {}).get("/XObject", {})
    for _, drawing in drawings.items():
        if "/StructParents" in drawing or "/StructParent" in drawing:
            raise Clash("A drawing that has tags of its own may stand on several pages.")
