"""How long a record to which others belong is kept, with all that belongs to it: by which rules, and by which holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from sightline.events.disposing import Gathering, kinds
from sightline.retention import selectors
from sightline.retention.pages.holds import HoldRow, what_of
from sightline.retention.pages.table import facts_of
from sightline.retention.rules.definitions import Rule, coverage
from sightline.screens.elements import SummaryRow


@dataclass(frozen=True)
class WholePage:
    """One such record. `belonging`: the rules under which what belongs to it is disposed of.

    `holds`: those that stand on all of it or on all records of these rules, each with what it is laid on. Nothing is
    counted, and no hold on a single record is named: what belongs to it may be for fewer readers than it is itself.
    """

    noun: str
    key: str
    title: str
    rule: Rule
    facts: tuple[SummaryRow, ...]
    belonging: tuple[Rule, ...]
    holds: tuple[HoldRow, ...]


def whole_page(gathering: Gathering, number: int, title: str) -> WholePage:
    """One such record, for somebody who may read it."""
    _, rules = selectors.rules_in_force()
    app, model = gathering.key
    rule = rules[coverage().rule_of(apps.get_model(app, model)._meta.label, "id")]
    belonging = tuple(rules[kind.rule] for kind in kinds().values() if gathering.key in kind.within)
    titles = {(app, model, number): title}
    standing = selectors.holds_over(gathering.key, number, [each.key for each in belonging])
    return WholePage(
        noun=gathering.noun,
        key=f"{app}.{model}.{number}",
        title=title,
        rule=rule,
        facts=tuple(SummaryRow(key, value) for key, value in facts_of(rule)),
        belonging=belonging,
        holds=tuple(HoldRow(hold, what_of(hold, rules, titles)) for hold in standing),
    )
