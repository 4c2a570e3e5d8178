"""Where an action stands beside its own plan, as its page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.plans.models import Action
from sightline.plans.pages.said import Lines
from sightline.plans.rules import addresses
from sightline.plans.selectors.action import Told, ToldLine


@dataclass(frozen=True)
class PlaceShown:
    """One place: what it is, in words, and where the link leads. `number` of a place that can be changed, else 0."""

    words: str
    link: str
    href: str
    number: int = 0


def places_of(lines: Lines, others: Mapping[int, Action]) -> tuple[PlaceShown, ...]:
    """Other plans the action stands in, and the actions it came from and went into, as far as they may be read."""
    placed = sorted(lines[Told.PLACED], key=lambda line: line.said_by)
    carried = [("Carried from", line) for line in lines[Told.CARRIED_FROM]]
    carried += [("Carried into", line) for line in lines[Told.CARRIED_TO]]
    return (
        *map(_placed, placed),
        *(_carried(words, line) for words, line in carried if line.other in others),
    )


def _placed(line: ToldLine) -> PlaceShown:
    words = f"Also stands as {line.text} in" if line.text else "Also stands in"
    return PlaceShown(words, line.said_by, addresses.of_plan(line.more), line.row)


def _carried(words: str, line: ToldLine) -> PlaceShown:
    own = f"{line.text}, {line.more}" if line.text else line.more
    return PlaceShown(words, f"{own} of {line.said_by}", addresses.of_action(line.more))
