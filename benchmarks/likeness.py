"""How well like recommendations and actions are found ("we have asked for this before"), and how fast.

`likeness.yaml` holds sixty-one wishes, each in five wordings. The first wording of each asks; found should be the other
four among all 304. Precision at 5: of five places, how many hold a like one; four is the most, so 0.80 is the best.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.measuring import Growth, fastest
from sightline.plans.rules.likeness import Candidate, ranked

PLACES = 5
SIZES = (1_000, 10_000, 100_000)
Search = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True)
class Wording:
    """One wording of a wish, under a key of its own ("gp_engagement/2")."""

    key: str
    topic: str
    text: str


@dataclass(frozen=True)
class Quality:
    """Over all queries. `precision`: like ones per place; `recall`: like ones found of all there are.

    `shown` is the share of those shown that are like, `first` how often the first shown is.
    """

    queries: int
    precision: float
    recall: float
    shown: float
    first: float

    def __str__(self) -> str:
        return (
            f"{self.queries} queries: precision at {PLACES} {self.precision:.2f} (0.80 is the best there can be), "
            f"recall at {PLACES} {self.recall:.2f}, of those shown {self.shown:.2f} are like, "
            f"first right {self.first:.2f}"
        )


def labelled() -> list[Wording]:
    """Every wording of the labelled set."""
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return [
        Wording(f"{topic}/{place}", topic, text)
        for topic, texts in told.items()
        for place, text in enumerate(texts)
    ]


def quality(wordings: Sequence[Wording], search: Search, of: Collection[str] | None = None) -> Quality:
    """How well `search(key, text)` finds the other wordings; it returns their keys, the likest first.

    `of`: the topics that ask, all where none are given. Among all is searched either way.
    """
    topics = {each.key: each.topic for each in wordings}
    asked = [each for each in wordings if each.key.endswith("/0") and (of is None or each.topic in of)]
    hits = shown = first = wanted = 0
    for each in asked:
        found = list(search(each.key, each.text))[:PLACES]
        right = [topics[key] == each.topic for key in found]
        hits, shown, first = hits + sum(right), shown + len(found), first + sum(right[:1])
        wanted += sum(other.topic == each.topic for other in wordings) - 1
    places = len(asked) * PLACES
    return Quality(len(asked), hits / places, hits / wanted, hits / max(shown, 1), first / len(asked))


def halves(wordings: Sequence[Wording]) -> tuple[set[str], set[str]]:
    """The topics in two halves, always the same: weights are chosen on the first, and must hold on the second."""
    topics = sorted({each.topic for each in wordings})
    random.Random(20_26).shuffle(topics)
    return set(topics[: len(topics) // 2]), set(topics[len(topics) // 2 :])


def by_rule(wordings: Sequence[Wording]) -> Search:
    """The rule alone: every wording is compared with every other."""

    def search(key: str, text: str) -> list[str]:
        others = [Candidate(each.key, each.text) for each in wordings if each.key != key]
        return [each.key for each in ranked(text, others)]

    return search


def measure(largest: int) -> Iterator[Growth]:
    """Print how well like ones are found through the database, and yield how the time grows with the actions."""
    from sightline.access.scope import COMMAND_LINE_SCOPE
    from sightline.plans.selectors.likeness import like_ones

    wordings = labelled()
    plan, by_text = _filled(wordings)
    known = {each.key: each.text for each in wordings}

    def search(key: str, text: str) -> list[str]:
        found = like_ones(COMMAND_LINE_SCOPE, text, most=PLACES + 1)
        keys = [by_text[like.record.text] for like in found]
        return [other for other in keys if other != key]

    print(f"Asked for before, by the rule: {quality(wordings, by_rule(wordings))}")
    print(f"Asked for before, with bounds: {quality(wordings, search)}")
    for name, half in zip(("weights were chosen on", "weights never saw"), halves(wordings), strict=True):
        print(f"  the half that {name}: {quality(wordings, by_rule(wordings), half)}")
    asked = known["fathers_before_birth/0"]
    sizes = [size for size in SIZES if size <= largest]
    seconds = []
    for size in sizes:
        _grow(plan, wordings, size)
        seconds.append(fastest(lambda: like_ones(COMMAND_LINE_SCOPE, asked), 5))
    yield Growth("Has it been asked for before", sizes, seconds, flat=True)


def _filled(wordings: Sequence[Wording]) -> tuple[object, dict[str, str]]:
    """A plan whose actions are the wordings."""
    from datetime import date

    from django.utils import timezone

    from sightline.events.choices import SYSTEM
    from sightline.plans.services import create_plan

    now = timezone.now()
    plan = create_plan("Labelled", None, as_at=date(2020, 1, 1), by=SYSTEM, now=now)
    _add(plan, [each.text for each in wordings], 0)
    return plan, {each.text: each.key for each in wordings}


def _grow(plan: object, wordings: Sequence[Wording], size: int) -> None:
    """Actions up to so many: words of the set, shaken."""
    from sightline.plans.models import Action

    standing = Action.objects.filter(plan=plan).count()
    chance = random.Random(size)
    words = [word for each in wordings for word in each.text.split()]
    _add(plan, [" ".join(chance.choices(words, k=14)) for _ in range(size - standing)], standing)


def _add(plan: object, texts: Sequence[str], start: int) -> None:
    from datetime import date

    from sightline.plans.models import Action, LikeWord
    from sightline.plans.rules.likeness import index_words

    made = Action.objects.bulk_create(
        (
            Action(plan=plan, reference=f"LK-{start + n:06d}", text=text, opened_on=date(2020, 1, 1))
            for n, text in enumerate(texts)
        ),
        batch_size=1_000,
    )
    words = (LikeWord(word=word, action=action) for action in made for word in index_words(action.text))
    LikeWord.objects.bulk_create(words, batch_size=2_000)
