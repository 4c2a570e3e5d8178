"""The rules and a certificate as documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import yaml
from django.utils import timezone

from sightline.events.choices import MARKINGS, Tier
from sightline.rendering.document import Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.retention.models import Certificate
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


def certificate_document(
    certificate: Certificate, told: Iterable[tuple[str, str]], numbers: Iterable[int], by: str, now: datetime
) -> Document:
    """A certificate with the references of all that was disposed of: numbers, never names."""
    noun = certificate.told["noun"]
    rows = tuple(TableRow((TableCell(f"{noun} {number}"),)) for number in numbers)
    made, local = timezone.localtime(certificate.made_at), timezone.localtime(now)
    facts = tuple(TableRow((TableCell(key), TableCell(value))) for key, value in told)
    return Document(
        title=f"Certificate of disposal {certificate.number}",
        blocks=(
            Paragraph("The records listed here were disposed of by two people under the rule below."),
            Table("What is certified", (Column("What", 0.4), Column("As it stood")), facts),
            Table("References", (Column("Reference"),), rows),
        ),
        marking=MARKINGS[Tier.T1],
        facts=(
            ("Certified", f"{made.day} {made:%B %Y, %H:%M}"),
            ("Taken away", f"{local.day} {local:%B %Y, %H:%M}, by {by}"),
        ),
    )
