"""Interpreters: what the neutral blocks of a document mean. Nothing is repaired in silence, and no word is lost."""

from __future__ import annotations

from sightline.reading.blocks import PrintedDocument
from sightline.reading.interpreters import (
    checks,
    compacting,
    facts,
    figures,
    furniture,
    legends,
    lists,
    people,
    plan_tables,
    recommendations,
    wording,
    years,
)
from sightline.reading.interpreters.desk import Desk
from sightline.reading.names import KnownNames
from sightline.reading.schema import Reading

__all__ = ["interpret"]


def interpret(doc: PrintedDocument, names: KnownNames | None = None) -> Reading:
    """What `doc` says, and every doubt. Never raises: what fits no interpreter is set aside with its words."""
    desk = Desk(compacting.tidied(doc), names or KnownNames())
    desk.reading.warnings += doc.notices
    furniture.mark(desk)
    facts.state(desk)
    for step in _STEPS:
        step(desk)
    years.infer(desk.reading.rows)
    checks.check(desk, plan_tables.printed(desk))
    wording.check(desk)
    figures.read(desk)
    facts.periods_agree(desk)
    facts.decide_kind(desk)
    furniture.clear(desk)
    return desk.finish()


_STEPS = (legends.read, lists.read, people.read, recommendations.read, plan_tables.interpret)
