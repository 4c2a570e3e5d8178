"""Where retention stands: what waits, what is held, what has gone."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.retention import selectors
from sightline.retention.models import Certificate, Disposal
from sightline.retention.pages.disposals import name_of, state_of

LATEST = 5


@dataclass(frozen=True)
class Waiting:
    """One disposal that is not done."""

    disposal: Disposal
    name: str
    state: str
    colour: str


@dataclass(frozen=True)
class OverviewPage:
    """Where retention stands. `holds`: how many stand."""

    rules: int
    unconfirmed: int
    waiting: tuple[Waiting, ...]
    holds: int
    certificates: tuple[Certificate, ...]


def overview_page() -> OverviewPage:
    """Where retention stands."""
    _, rules = selectors.rules_in_force()
    waiting = tuple(
        Waiting(each, name_of(each.rule, rules), *state_of(each)) for each in selectors.open_disposals()[:50]
    )
    return OverviewPage(
        rules=len(rules),
        unconfirmed=sum(not rule.is_confirmed for rule in rules.values()),
        waiting=waiting,
        holds=selectors.holds().filter(ended_at=None).count(),
        certificates=tuple(selectors.certificates()[:LATEST]),
    )
