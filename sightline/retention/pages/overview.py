"""Where retention stands."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.retention import selectors


@dataclass(frozen=True)
class OverviewPage:
    """How many rules there are, and how many wait to be confirmed."""

    rules: int
    unconfirmed: int


def overview_page() -> OverviewPage:
    """Where retention stands."""
    _, rules = selectors.rules_in_force()
    return OverviewPage(len(rules), sum(not rule.is_confirmed for rule in rules.values()))
