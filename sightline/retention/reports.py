"""The rules and a certificate as documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import yaml
from django.utils import timezone

from sightline.events.choices import MARKINGS, Tier
from sightline.rendering.document import Column, Document, Table, TableCell, TableRow
from sightline.retention.rules.definitions import Rule

COLUMNS = tuple(
    Column(heading)
    for heading in (
        "Rule",
        "Name",
        "What",
        "Basis",
        "Authority",
        "Kept for",
        "From when",
        "Action",
        "Carried out by",
        "Confirmed by",
        "Confirmed on",
    )
)


def rules_document(rules: Sequence[Rule], version: int, by: str, now: datetime) -> Document:
    """The rules as a table."""
    rows = tuple(TableRow(tuple(TableCell(text) for text in _cells(rule))) for rule in rules)
    local = timezone.localtime(now)
    return Document(
        title="Rules of retention",
        blocks=(Table("Rules of retention", COLUMNS, rows),),
        subtitle=f"Version {version}",
        marking=MARKINGS[Tier.T1],
        facts=(("Made", f"{local.day} {local:%B %Y}, by {by}"),),
        landscape=True,
    )


def rules_yaml(rules: Sequence[Rule], version: int) -> bytes:
    """The rules as YAML, in the form of sightline/definitions/retention.yaml."""
    told = {"version": version, "rules": [rule.told() for rule in rules]}
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True).encode()


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        rule.key,
        rule.name,
        rule.entity,
        rule.basis.value,
        rule.authority,
        str(rule.period or "permanent"),
        rule.trigger.value,
        rule.action.value,
        rule.carried_out.value,
        rule.confirmed_by,
        rule.confirmed_on,
    )
