"""The words of a recommendation: its short title, whom it asks, and which one a response answers."""

from __future__ import annotations

import re

from sightline.reading.schema import RecommendationRead

_ASKS = re.compile(
    r"\b(?:should|must|(?:is|are)\s+(?:\w+\s+)?(?:recommended|asked|requested|required|invited)"
    r"|needs?\s+to|ought\s+to|will|to ensure|shall)\b",
    re.I,
)
_ASIDE = re.compile(r"\s+(?:in\s+\w+ing|when\s+\w+ing|as part of|working with|through|via|,)\b.*$", re.I)
_PASSIVE = re.compile(r"^\W*(?:that|it is recommended that)\s+", re.I)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_COUNT = re.compile(
    rf"\b(?:makes?|made|contains?|are|were|has|have|sets? out|following|of)\s+(?:the\s+)?(?:following\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s+(?:\w+\s+)?recommendations\b",
    re.I,
)
_SHINGLE = 6
_MOST_SKIPPED = 3


def number_word(text: str) -> int:
    """A number in words or figures up to twenty in words; 0 for anything else."""
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text.lower(), 0)


def count_said(text: str) -> int | None:
    """How many recommendations a sentence says there are ("makes eight recommendations"), or None."""
    found = _COUNT.search(text)
    return number_word(found["count"]) if found else None


def asks(text: str) -> bool:
    """Whether words ask somebody to do something, as a recommendation does and a title does not."""
    return bool(_ASKS.search(text))


def title_and_text(text: str, again: list[str]) -> tuple[str, str]:
    """The short title printed before a recommendation's words, and the words.

    The title is what the second printing repeats of the first, unless that is a sentence that asks; a second
    printing may drop the title's first words ("Priority Rehousing" becomes "Rehousing"). With no second printing, the
    title is a part before a colon, a line break or a full stop that asks nothing.
    """
    for heading in again:
        end = _end_of(heading, text)
        if end and not asks(text[:end]):
            return text[:end].strip(" :.–-"), text[end:].lstrip(" :.–-").rstrip() or text.strip()
    if again:
        return "", text.strip()
    found = re.match(r"^(?P<title>[^.:\n]{3,120})(?:\s*[:\n]\s*|\.\s+|\s+–\s+)(?P<rest>\S.*)$", text, re.S)
    if found and not asks(found["title"]) and asks(found["rest"]):
        return found["title"].strip(), found["rest"].strip()
    return "", text.strip()


def _end_of(heading: str, text: str) -> int:
    """Where in `text` the words of `heading` end, if they stand at its beginning; 0 where they do not."""
    wanted = [re.escape(word) for word in re.findall(r"\w+", heading)]
    if not wanted:
        return 0
    found = re.search(r"\W+".join(wanted) + r"\W*?(?=\s|$)", text, re.I)
    if not found or len(re.findall(r"\w+", text[: found.start()])) > _MOST_SKIPPED:
        return 0
    closing = re.match(r"[)\]”\"’']+", text[found.end() :])
    return found.end() + (closing.end() if closing else 0)


def subject(text: str) -> str:
    """Whom a recommendation addresses: the words before "should", "is recommended to" and the like."""
    text = _PASSIVE.sub("", text)
    found = _ASKS.search(text)
    if not found:
        return ""
    before = text[: found.start()].strip(" ,")
    sentence = re.split(r"[.:;]\s+", before)[-1]
    return _ASIDE.sub("", sentence).strip(" ,")


def answers_another(paragraph: str, own: RecommendationRead, every: list[RecommendationRead]) -> str:
    """The number of the recommendation whose words a paragraph repeats, where it is not the one above it, or ""."""
    said = _shingles(paragraph)
    shared = {one.number: len(said & _shingles(one.text)) for one in every}
    best = max(shared, key=lambda number: shared[number], default="")
    return best if best and best != own.number and shared[best] > 1 + 2 * shared[own.number] else ""


def _shingles(text: str) -> set[str]:
    plain = re.findall(r"[a-z]+", text.lower())
    return {" ".join(plain[i : i + _SHINGLE]) for i in range(len(plain) - _SHINGLE + 1)}
