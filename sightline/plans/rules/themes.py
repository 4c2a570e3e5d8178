"""The vocabulary of themes (`definitions/themes.yaml`), and which of them the words of a text suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sightline import definitions
from sightline.definitions.synonyms import Synonyms, words_of
from sightline.definitions.synonyms import standard as standard_synonyms
from sightline.plans.rules.likeness import stem


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
    chosen = themes().values() if known is None else known
    return tuple(t.key for t in chosen if any(_stands(_meanings(w, meant), here) for w in t.words))


def _meanings(text: str, synonyms: Synonyms) -> list[str]:
    """The text as the names of what it means, word by word where nothing more is known."""
    spans = synonyms.spans(words_of(text))
    return [span.meaning.name if span.meaning else stem(span.words) for span in spans]


def _stands(wanted: Sequence[str], here: Sequence[str]) -> bool:
    """Whether the words stand in the text one after the other."""
    size = len(wanted)
    return bool(size) and any(
        list(wanted) == list(here[at : at + size]) for at in range(len(here) - size + 1)
    )
