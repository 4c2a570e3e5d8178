"""What stands now, for people who write at the same time: a token, and what they had not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, repeat
from typing import Any

from django.db.models import QuerySet

from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    IMPACT_LABELS,
    LABELS,
    STEP_LABELS,
    Acceptance,
    Dimension,
    LedgerKind,
    Step,
)
from sightline.plans.models import Action, Addressee, LedgerLine, Rating, Recommendation, StateChange, Update
from sightline.plans.pages.looks import day, label_of
from sightline.plans.selectors.visible import NEWEST
from sightline.screens.asking import Standing
from sightline.screens.elements import SummaryRow

MOST_SHOWN = 5
NOTHING = "0"


def updates(action: Action) -> Callable[[str], Standing]:
    """Updates of the action that came after those seen."""
    return _since(action, action.updates.all(), lambda row: row.text)


def ratings(action: Action, dimension: Dimension) -> Callable[[str], Standing]:
    """Ratings of one dimension that came after those seen."""
    return _since(action, action.ratings.filter(dimension=dimension), rating_words)


def states(action: Action) -> Callable[[str], Standing]:
    """Changes of the action's state that came after those seen."""
    return _since(action, action.state_changes.all(), state_words)


def rating_words(rating: Rating) -> str:
    """A rating with its reason."""
    impact = rating.dimension == Dimension.IMPACT
    label = IMPACT_LABELS.get(rating.value, rating.value) if impact else label_of(LABELS, rating.value)
    return f"{label}. {rating.reason}".strip()


def state_words(change: StateChange) -> str:
    """A change of state with its reason."""
    return f"{label_of(LABELS, change.to_state)}. {change.reason}".strip()


def _since(record: Any, rows: QuerySet[Any], words: Callable[[Any], str]) -> Callable[[str], Standing]:
    """The first look is at what came with the record (`newest`), where nothing is newer; a later one reads again."""

    def stand(seen: str) -> Standing:
        if NEWEST in record.__dict__:
            newest = str(record.__dict__.pop(NEWEST) or NOTHING)
            if seen in ("", newest):
                return Standing(newest)
        return _after(rows, seen, words)

    return stand


def _after(rows: QuerySet[Any], seen: str, words: Callable[[Any], str]) -> Standing:
    newest: list[Update | Rating | StateChange] = list(rows.order_by("-pk")[:MOST_SHOWN])
    token = str(newest[0].pk) if newest else NOTHING
    unseen = [row for row in newest if seen.isdecimal() and row.pk > int(seen[:18])]
    return Standing(token, tuple(SummaryRow(_by(row), words(row)) for row in unseen))


def _by(row: Any) -> str:
    return f"{getattr(row, 'said_by', '') or row.entered_by_label}, {day(row.as_at)}"


def version(
    found: Any, read: Callable[[], Any], rows: Callable[[Any], Iterable[SummaryRow]]
) -> Callable[[str], Standing]:
    """The version of a record, with its values as they stand where somebody had seen an older one.

    The first look is at what the view found; a later one reads again, for somebody may have been quicker.
    """
    looks = chain([lambda: found], repeat(read))

    def stand(seen: str) -> Standing:
        record = next(looks)()
        token = str(record.version)
        return Standing(token, tuple(rows(record)) if seen and seen != token else ())

    return stand


def ledger(addressee: Addressee, kind: LedgerKind) -> Callable[[str], Standing]:
    """What one addressee said of one kind that came after what was seen."""
    return _since(addressee, addressee.lines.filter(kind=kind), said_words)


def joint_responses(recommendation: Recommendation) -> Callable[[str], Standing]:
    """Responses in the name of all that came after those seen."""
    lines = recommendation.ledger.filter(kind=LedgerKind.RESPONSE, addressee=None)
    return lambda seen: _after(lines, seen, said_words)


def said_words(line: LedgerLine) -> str:
    """A line of the ledger: acceptance or step first, then its paragraphs."""
    step = STEP_LABELS[Step(line.step)] if line.step is not None else ""
    accepted = ACCEPTANCE_LABELS[Acceptance(line.acceptance)] if line.acceptance else ""
    return " ".join(filter(None, (accepted, step, *line.public, *line.private)))
