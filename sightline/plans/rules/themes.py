"""The vocabulary of themes (`definitions/themes.yaml`), and which of them the words of a text suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sightline import definitions
from sightline.definitions.synonyms import Synonyms, words_of
from sightline.definitions.synonyms import standard as standard_synonyms
from sightline.plans.rules.stems import stem


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its stable key, its name, what it is about, and the words that suggest it."""

    key: str
    name: str
    sentence: str
    words: tuple[str, ...]


def themes_from(definition: Mapping[str, Any]) -> dict[str, Theme]:
    """The themes of a definition by key, in its order. Raises ValueError where a key stands twice."""
    found = {item["key"]: Theme(**{**item, "words": tuple(item["words"])}) for item in definition["themes"]}
    if len(found) != len(definition["themes"]):
        raise ValueError("Themes: a key stands twice.")
    return found


@cache
def themes() -> Mapping[str, Theme]:
    """The themes that ship with Sightline, by key."""
    return MappingProxyType(themes_from(definitions.load("themes")))


def name_of(key: str) -> str:
    """The name of a theme; the key itself where a definition no longer holds it."""
    theme = themes().get(key)
    return theme.name if theme else key


def suggested(
    text: str, known: Iterable[Theme] | None = None, synonyms: Synonyms | None = None
) -> tuple[str, ...]:
    """Keys of the themes whose words stand in the text, in the order of the definition. For a person to choose from."""
    meant = synonyms or standard_synonyms()
    here = _meanings(text, meant)
    if known is None and synonyms is None:
        wanted = _words_that_ship()
    else:
        wanted = _words(themes().values() if known is None else known, meant)
    return tuple(key for key, words in wanted if any(word in here for word in words))


def _words(known: Iterable[Theme], synonyms: Synonyms) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((theme.key, tuple(_meanings(word, synonyms) for word in theme.words)) for theme in known)


@cache
def _words_that_ship() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _words(themes().values(), standard_synonyms())


def _meanings(text: str, synonyms: Synonyms) -> str:
    """The text as the names of what it means between bars, word by word where nothing more is known."""
    spans = synonyms.spans(words_of(text))
    return f"|{'|'.join(span.meaning.name if span.meaning else stem(span.words) for span in spans)}|"
