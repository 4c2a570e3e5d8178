"""Reading what somebody typed into a search box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.definitions.synonyms import Span, Synonyms
from sightline.search.rules.words import Word, cut, kept_of

# Words that say nothing by themselves; inside quotation marks they count.
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Expression:
    """Words in the index's form. `ordered`: one after the other; `prefix`: the last may go on."""

    words: tuple[str, ...]
    ordered: bool = True
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be found in one of several ways."""

    ways: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """Words that were typed and the other words that were looked for with them."""

    typed: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: every need, and nothing of what is left out."""

    needs: tuple[Need, ...] = ()
    left_out: tuple[Expression, ...] = ()
    used: tuple[Used, ...] = ()

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Everything whose finding is to be shown."""
        return tuple(way for need in self.needs for way in need.ways)


def parse(text: str, synonyms: Synonyms | None) -> Query:
    """The query of a text; without synonyms it is searched exactly. Nothing raises: odd signs are passed over."""
    needs, left_out, used, run = [], [], [], []
    for part in list(PART.finditer(text.replace("“", '"').replace("”", '"')))[:MOST_PARTS]:
        words, prefix = _words(part)
        if part["minus"]:
            left_out += [Expression(tuple(w.kept for w in words), prefix=prefix)] if words else []
        elif part["phrase"] is None and not prefix and len(words) == 1:
            run += words
        elif words:
            needs.append(_need(words, prefix))
    found = list(_spans(_telling(run, bool(needs)), synonyms))
    used = [use for _, use in found if use]
    return Query((*(need for need, _ in found), *needs), tuple(left_out), tuple(used))


def beginnings(text: str) -> Query:
    """The query of a text in which every word that stands alone may go on: "neg" finds "neglect". No synonyms."""
    straight = text.replace("“", '"').replace("”", '"')
    return parse(PART.sub(_open_ended, straight), None)


def _open_ended(part: re.Match[str]) -> str:
    ended = part["phrase"] is not None or part.group().endswith("*")
    return part.group() if ended else f"{part.group()}*"


def _words(part: re.Match[str]) -> tuple[list[Word], bool]:
    text = part["phrase"] if part["phrase"] is not None else part["word"]
    return list(cut(text)), part["phrase"] is None and text.endswith("*")


def _telling(words: Sequence[Word], others: bool) -> list[Word]:
    """The words without those that say nothing, unless nothing else was typed."""
    telling = [word for word in words if word.plain not in STOP]
    return telling if telling or others else list(words)


def _need(words: Sequence[Word], prefix: bool) -> Need:
    kept = tuple(word.kept for word in words)
    if not prefix:
        return Need((Expression(kept),))
    typed = (*kept[:-1], words[-1].plain)
    return Need(tuple(Expression(way, prefix=True) for way in dict.fromkeys((kept, typed))))


def _spans(words: Sequence[Word], synonyms: Synonyms | None) -> Iterable[tuple[Need, Used | None]]:
    """Each word, or longest run of words that has a meaning, with the other words of that meaning."""
    if synonyms is None:
        yield from ((Need((Expression((word.kept,)),)), None) for word in words)
        return
    for span in synonyms.spans([word.plain for word in words]):
        kept = tuple(word.kept for word in words[span.start : span.end])
        others = {_expression(other): other for other in reversed(_others(span))}
        others.pop(Expression(kept), None)
        new = tuple(reversed(others.values()))
        ways = (Expression(kept, ordered=len(kept) == 1), *reversed(others))
        yield Need(ways), Used(span.words, new) if new else None


def _others(span: Span) -> tuple[str, ...]:
    return span.meaning.others(span.words) if span.meaning else ()


def _expression(words: str) -> Expression:
    return Expression(tuple(kept_of(word) for word in words.split()))
