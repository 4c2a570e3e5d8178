"""How well words that may tell who a child is are found in what people type.

`identifying.yaml` holds five hundred sentences as officers of a partnership write them, each with the kinds it holds;
280 hold none, and many of those look as if they did. They were written by somebody who had not seen the patterns. The
patterns were mended once after a first look at the misses: first found were names with precision 0.89 and recall 0.63,
dates of birth with 0.93 and 0.84, the others as now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from sightline.identifying import LABELS, Kind, found

# The year in which the sentences were written.
YEAR = 2026


def labelled() -> list[tuple[str, frozenset[Kind]]]:
    """Every sentence with the kinds it holds."""
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return [(each["text"], frozenset(map(Kind, each["holds"]))) for each in told["sentences"]]


@dataclass(frozen=True)
class Quality:
    """Of one kind: how many of those found are right, and how many of those there are were found."""

    kind: Kind
    precision: float
    recall: float
    number: int

    def __str__(self) -> str:
        words = f"precision {self.precision:.2f}, recall {self.recall:.2f}, of {self.number}"
        return f"{LABELS[self.kind]:30} {words}"


def qualities() -> list[Quality]:
    """Precision and recall of each kind."""
    right, wrong, missed = Counter[Kind](), Counter[Kind](), Counter[Kind]()
    for text, holds in labelled():
        seen = {each.kind for each in found(text, YEAR)}
        right.update(seen & holds)
        wrong.update(seen - holds)
        missed.update(holds - seen)
    return [
        Quality(kind, right[kind] / (right[kind] + wrong[kind]), right[kind] / number, number)
        for kind in Kind
        if (number := right[kind] + missed[kind])
    ]


def asked() -> Counter[tuple[bool, bool]]:
    """Sentences by whether they hold anything, and whether their writer is asked."""
    return Counter((bool(holds), bool(found(text, YEAR))) for text, holds in labelled())


def lines() -> Iterator[str]:
    """What is printed."""
    yield from map(str, qualities())
    told = asked()
    yield (
        f"Of {sum(told.values())} sentences: asked rightly {told[True, True]}, missed {told[True, False]}, "
        f"asked needlessly {told[False, True]}, left alone {told[False, False]}"
    )
