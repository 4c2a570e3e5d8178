"""The stem of an English word, so that "practitioner" finds "practitioners" and "neglected" finds "neglect".

M. F. Porter's algorithm ("An algorithm for suffix stripping", Program 14, 1980) with British endings beside the
American ones (-ise, -isation). Done here and not by a database, so that both databases find the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
RUN = re.compile(r"(?:[aeiou]|(?<=[^aeiou])y)+(?:[^aeiouy]|(?<=[aeiou])y|^y)+")
SHORTEST = 3
# Steps 2 and 3: an ending and what takes its place where something with a vowel stands before it.
REPLACED = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "iser": "ize",
    "abli": "able", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
    "isation": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful",
    "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
REPLACED_NEXT = {
    "icate": "ic", "ative": "", "alize": "al", "alise": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
# Step 4: endings that go where two such runs stand before them.
DROPPED = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ise", "ion", "al", "er", "ic", "ou",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in small letters; words with figures or other letters than a to z stay as they are."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    for step in (_plural, _past, _y, _replace, _replace_next, _drop, _tidy):
        word = step(word)
    return word


def measure(word: str) -> int:
    """How many runs of vowels with consonants after them a word has: m in Porter's paper."""
    return len(RUN.findall(word))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word if word.endswith("ss") or not word.endswith("s") else word[:-1]


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        before = word.removesuffix(ending)
        if before != word and VOWEL.search(before):
            return _mended(before)
    return word


def _mended(word: str) -> str:
    """What stands after -ed or -ing went: "creat" is "create", "hopp" is "hop", "fil" is "file"."""
    if word.endswith(("at", "bl", "iz", "is")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return word + "e" if measure(word) == 1 and _short(word) else word


def _short(word: str) -> bool:
    return bool(re.search(r"[^aeiou][aeiouy][^aeiouwxy]$", word))


def _y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and VOWEL.search(word[:-1]) else word


def _replaced(word: str, table: dict[str, str]) -> str:
    for size in range(7, 1, -1):
        if word[-size:] in table and len(word) > size:
            before = word[:-size]
            return before + table[word[-size:]] if measure(before) else word
    return word


def _replace(word: str) -> str:
    return _replaced(word, REPLACED)


def _replace_next(word: str) -> str:
    return _replaced(word, REPLACED_NEXT)


def _drop(word: str) -> str:
    for ending in DROPPED:
        if word.endswith(ending):
            before = word[: -len(ending)]
            fits = measure(before) > 1 and (ending != "ion" or before.endswith(("s", "t")))
            return before if fits else word
    return word


def _tidy(word: str) -> str:
    if word.endswith("e"):
        before = word[:-1]
        if measure(before) > 1 or (measure(before) == 1 and not _short(before)):
            word = before
    return word[:-1] if word.endswith("ll") and measure(word) > 1 else word
