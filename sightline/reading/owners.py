"""Owners: split a lead cell into bodies and people (documents.md A5).

No separator is safe: "QA & P", "Learning & Development" and "Ashdown & St Mary's" are single bodies, and two bodies
may stand side by side with nothing between. So: known names first, then marks, then words; else keep whole and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sightline.reading.names import (
    AGENCIES,
    FUNCTIONS,
    HEADS,
    POSTS,
    STRONG_HEADS,
    KnownNames,
    any_of,
    normal,
)

_SHORT = re.compile(r"(?<![\w&])[A-Z][A-Za-z]{0,3}\s?&\s?[A-Z]{1,3}(?![\w])")  # QA & P, L&D, P & P, T & F
_HARD = re.compile(
    r"\s*(?:;|\n|•|\s/\s|/(?!or\b)"
    r"|\b(?:to include|including|supported by|with support from|in partnership with|with)\b)\s*",
    re.I,
)
_SOFT = re.compile(r"\s+(?:and|&|plus)\s+|\s+&|&\s+", re.I)
_ALL = re.compile(
    r"\s+(?=all\s+(?:partners?|agencies|partner agencies|members|schools|services|leads)\b)", re.I
)
_BRACKET_FIRST = re.compile(r"^(\([^()]+\))\s+(?=\w)")
_LABEL = re.compile(r"^\s*(?:lead(?:s|\s+agency|\s+officer)?|owner|responsible)\s*:\s*", re.I)
_PERSON = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|DCI|DI|Supt)\.? )?[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?"
)
_NOBODY = re.compile(
    r"^\W*(?:tb[cad]|to be (?:confirmed|agreed|identified|decided)|n\s?/\s?a|none)\W*$", re.I
)
LONGEST = 800  # letters a cell of names may have; more is not a cell of names
_FUNCTION = any_of(FUNCTIONS)
_GLUED = re.compile(r"\b(?:and/or|St\.? [A-Z]\w+(?:['’]s)?)")
_HELD = "\ue000{}\ue001"
_HOLDER = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class OwnersRead:
    """The owners of a cell in order, and whether one was kept whole although it may be several."""

    owners: tuple[str, ...] = ()
    unsplit: bool = False


class _Holds:
    """Phrases put aside while a cell is cut, so that no separator inside them cuts."""

    def __init__(self) -> None:
        self.phrases: list[str] = []
        self.functions: set[int] = set()

    def hold(self, text: str, found: re.Pattern[str], *, function: bool) -> str:
        """Replace every match by a place-holder; `function` marks a phrase that may stand as a body's name."""

        def put(match: re.Match[str]) -> str:
            self.phrases.append(match.group())
            if function:
                self.functions.add(len(self.phrases) - 1)
            return _HELD.format(len(self.phrases) - 1)

        return found.sub(put, text)

    def restore(self, text: str) -> str:
        """The text with its phrases back in their places."""
        while _HOLDER.search(text):
            text = _HOLDER.sub(lambda m: self.phrases[int(m[1])], text)
        return text

    def is_function(self, token: str) -> bool:
        """Whether a token is one held phrase that names a function ("QA & P")."""
        found = _HOLDER.fullmatch(token)
        return bool(found) and int(found[1]) in self.functions if found else False


def split(text: str, names: KnownNames | None = None) -> OwnersRead:
    """The owners `text` names. Never raises; a cell that cannot be split for certain is one owner, `unsplit`."""
    words = _LABEL.sub("", _lines(text))
    if not words.strip(" -–—.,;/") or _NOBODY.match(words):
        return OwnersRead()
    if len(words) > LONGEST:
        return OwnersRead((words,), True)
    known = names or KnownNames()
    if words in known:
        return OwnersRead((words.strip(),))
    tiled = _tiled(words, known)
    if tiled:
        return OwnersRead(tiled)
    holds = _Holds()
    held = _protect(words, known, holds)
    pieces = [piece for part in _HARD.split(held) for piece in _commas(part, holds)]
    cut = [holds.restore(p).strip(" ,;:") for piece in pieces for p in _soft(piece, holds)]
    owners = [_unbracket(owner) for owner in cut if owner.strip(" ,;:.-–—()")]
    return OwnersRead(tuple(owners), any(_may_be_several(owner, known) for owner in owners))


def _lines(text: str) -> str:
    """Single spaces; a line break stays where a new name can begin after it, else it is a wrapped line."""
    lines = [" ".join(line.split()) for line in re.split(r"[\n\r]+", text)]
    out = ""
    for line in (one for one in lines if one):
        out = out + (" " if _wrapped(out.rsplit("\n", 1)[-1], line) else "\n" if out else "") + line
    return out


def _wrapped(above: str, line: str) -> bool:
    """Whether a line goes on with the name above: lower case, a mark, the head of a name, or no name ended there."""
    if not above or line[0].islower() or line[0] in "&/(" or not _more_than_a_head(line.split(), _Holds()):
        return bool(above)
    return line[0] != "•" and not _complete(above, _Holds()) and not _PERSON.fullmatch(above)


def _tiled(words: str, known: KnownNames) -> tuple[str, ...]:
    """The known names a cell consists of and nothing else but separators, or nothing."""
    taken = [match.span() for match in _known_pattern(known).finditer(words)]
    rest = list(words)
    for start, end in taken:
        rest[start:end] = " " * (end - start)
    left = re.sub(
        r"\b(?:and|with|to include|supported by)\b|[\s,;:/&•()\-–—.]", "", "".join(rest), flags=re.I
    )
    return tuple(words[s:e] for s, e in taken) if taken and not left else ()


def _protect(words: str, known: KnownNames, holds: _Holds) -> str:
    several, single = _known_patterns(known)
    words = holds.hold(words, several, function=True)
    words = holds.hold(words, single, function=False)
    words = holds.hold(words, _FUNCTION, function=True)
    words = holds.hold(words, _GLUED, function=False)
    return holds.hold(words, _SHORT, function=True)


@lru_cache(maxsize=64)
def _known_patterns(known: KnownNames) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Known names of several words, which may end where another name begins, and those of one."""
    several = [name for name in known.all if len(name.split()) > 1]
    return any_of(several), any_of(set(known.all) - set(several))


@lru_cache(maxsize=64)
def _known_pattern(known: KnownNames) -> re.Pattern[str]:
    return any_of(known.all)


def _commas(part: str, holds: _Holds) -> Iterable[str]:
    """Cut at commas only where every piece is a body by itself ("Kent, Essex & Sussex Ltd" is one)."""
    pieces = [p.strip() for p in re.split(r",(?![^(]*\))", part) if p.strip()]
    whole = len(pieces) > 1 and all(any(_complete(q, holds) for q in _soft(p, holds)) for p in pieces)
    return pieces if whole else [part.strip(" ,")]


def _soft(piece: str, holds: _Holds) -> Iterator[str]:
    """Cut at "and", "&" and at nothing, where a complete name stands on both sides."""
    bracket = _BRACKET_FIRST.match(piece)
    if bracket:
        yield bracket[1]
        yield from _soft(piece[bracket.end() :], holds)
        return
    for match in [*_SOFT.finditer(piece), *_ALL.finditer(piece), *_gaps(piece, holds)]:
        left, right = piece[: match.start()].strip(), piece[match.end() :].strip()
        if _complete(left, holds) and right and _begins_name(right) and _complete_somewhere(right, holds):
            yield from _soft(left, holds)
            yield from _soft(right, holds)
            return
    if piece.strip():
        yield piece.strip()


def _gaps(piece: str, holds: _Holds) -> Iterator[re.Match[str]]:
    """Spaces after the end of one body and before the capital of another."""
    for match in re.finditer(r"\s+", piece):
        before, after = piece[: match.start()].split(), piece[match.end() :].split()
        if not before or not after or before[0].lower() in ("head", "director") or after[0].lower() in POSTS:
            continue
        ended = _bare(before[-1]) in STRONG_HEADS or (
            holds.is_function(before[-1])
            and (holds.is_function(after[0]) or _ALL.match(" " + " ".join(after)))
        )
        if ended and (after[0][0].isupper() or _HOLDER.match(after[0])) and _more_than_a_head(after, holds):
            yield match


def _more_than_a_head(after: list[str], holds: _Holds) -> bool:
    first = _bare(after[0])
    alone = len(after) == 1 and first in HEADS and first not in _AGENCY_WORDS
    return not alone and not (first in STRONG_HEADS and len(after) == 1)


def _begins_name(right: str) -> bool:
    return right[0].isupper() or bool(_HOLDER.match(right)) or right.lower().startswith("all ")


def _complete_somewhere(right: str, holds: _Holds) -> bool:
    """Whether some complete name stands in the words that follow."""
    tokens = right.split()
    return any(_complete(" ".join(tokens[: i + 1]), holds) for i in range(len(tokens)))


_AGENCY_WORDS = frozenset(normal(a) for a in AGENCIES)


def _complete(words: str, holds: _Holds) -> bool:
    """Whether words could stand as a name: they end in a body or post, are an agency's word, initials or held."""
    tokens = words.split()
    if not tokens:
        return False
    last = _bare(tokens[-1])
    if (
        last in HEADS
        or _HOLDER.fullmatch(tokens[-1])
        or tokens[-1].endswith(")")
        or _SHORT.search(words[-8:])
    ):
        return True
    return normal(words) in _AGENCY_WORDS or bool(re.fullmatch(r"[A-Z][A-Za-z]?[A-Z]{1,7}", tokens[-1]))


def _may_be_several(owner: str, known: KnownNames) -> bool:
    """Whether an owner still holds a separator that nothing explains."""
    if re.search(r"\(\w+\s?&\s?\w+\)$", owner):  # "Quality and Improvement (Q&I)" explains itself
        return False
    holds = _Holds()
    held = _protect(re.sub(r"\([^()]*\)", "", owner), known, holds)
    return bool(_SOFT.search(held.strip()) or "," in held) and owner not in known


def _unbracket(owner: str) -> str:
    inner = re.fullmatch(r"\(([^()]+)\)", owner.strip())
    return inner[1] if inner else owner.strip()


def _bare(token: str) -> str:
    return token.lower().strip(".,;:()'’")


def looks_like_owner(text: str) -> bool:
    """Whether a cell reads like owners: short names that end in a body or post, not a sentence."""
    owners = split(text).owners
    return bool(owners) and all(
        len(owner.split()) <= 9
        and owner[0].isupper()
        and _complete(owner, _Holds())
        and owner[-1] not in ".?!"
        for owner in owners
    )
