"""Words that are left out of the public version of minutes: marked, never changed. Source: issue 6.2; `decisions/0050`.

What is to be left out stands in double brackets: [[the words]]. A name stands with what the public reads instead of it:
[[Ann Archer => Police]].
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

INSTEAD = " => "
MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
TITLES = "Mrs|Mr|Miss|Ms|Mx|Dr|Professor|Prof|Cllr|Councillor|Sir|Dame|Revd"
OPEN_ENDED = "Every [[ needs a ]] behind it, and no mark stands inside another."
NOTHING_MARKED = "There is nothing between [[ and ]]: put the words there that are to be left out."
CHANGED = (
    "Words are left out here, never changed, and these are no longer those of the minutes. Put them back as they were, "
    "and [[ and ]] around what is to be left out."
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of words as the public reads it. `is_cut`: other words stood there; `is_name`: those of a name."""

    words: str
    is_cut: bool = False
    is_name: bool = False


def prepared(text: str) -> str:
    """A text in which nothing looks like a mark."""
    return re.sub(r"\[(?=\[)|\](?=\])", r"\g<0> ", text).strip()


def marked(words: str, instead: str) -> str:
    """A name with what stands instead of it."""
    return f"[[{words}{INSTEAD}{instead}]]"


def unmarked(text: str) -> str:
    """The words without marks: those of the minutes."""
    return MARK.sub(lambda found: found[1].partition(INSTEAD)[0], text)


def same_words(text: str, other: str) -> bool:
    """Whether two texts are the same but for marks, and for how lines and blanks are typed."""
    return unmarked(text).split() == unmarked(other).split()


def wrong(text: str, stood: str) -> str:
    """What is wrong with the marks of a text, `stood` being the one before it, in a sentence; empty for nothing."""
    inside, outside = MARK.findall(text), MARK.sub("", text)
    if "[[" in outside or "]]" in outside or any("[[" in each for each in inside):
        return OPEN_ENDED
    if not all(all(map(str.strip, each.split(INSTEAD))) for each in inside):
        return NOTHING_MARKED
    return "" if same_words(text, stood) else CHANGED


def cuts(text: str, reason: str) -> tuple[Cut, ...]:
    """A marked text as the public reads it; what was left out is in none of it. `reason`: why, in words."""
    found, at = [], 0
    for mark in MARK.finditer(text):
        found.append(Cut(text[at : mark.start()]))
        _, is_name, instead = mark[1].partition(INSTEAD)
        words = f"[{instead}]" if is_name else f"[left out: {reason}]"
        found.append(Cut(words, is_cut=True, is_name=bool(is_name)))
        at = mark.end()
    return tuple(each for each in (*found, Cut(text[at:])) if each.words)


def leaves_out(text: str) -> bool:
    """Whether a marked text leaves words out, for which a reason is owed; a name that is replaced owes none."""
    return any(each.is_cut and not each.is_name for each in cuts(text, ""))


def paragraphs(found: Sequence[Cut]) -> list[list[Cut]]:
    """The runs paragraph by paragraph."""
    made: list[list[Cut]] = [[]]
    for each in found:
        first, *others = [each.words] if each.is_cut else re.split(r"\n\s*", each.words)
        made[-1].append(Cut(first, each.is_cut, each.is_name))
        made += [[Cut(line)] for line in others]
    return [kept for line in made if (kept := [each for each in line if each.words.strip()])]


def named(text: str, names: Mapping[str, str], somebody: str) -> str:
    """The text with every known name marked, whole or as "Ms Archer"; `names`: what stands instead of each.

    Where two are called Archer and are there for different things, `somebody` stands for "Ms Archer".
    """
    families: dict[str, set[str]] = {}
    for name, instead in names.items():
        families.setdefault(name.split()[-1], set()).add(instead)
    whole = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = rf"(?<!\w)(?:(?P<whole>{whole or '(?!)'})|(?:{TITLES})\.? (?P<family>[^\W\d_][\w’'-]*))(?!\w)"

    def mark(found: re.Match[str]) -> str:
        fits = {names[found["whole"]]} if found["whole"] else families.get(found["family"], set())
        return marked(found[0], fits.pop() if len(fits) == 1 else somebody) if fits else found[0]

    return re.sub(pattern, mark, text)
