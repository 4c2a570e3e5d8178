"""Certificates of what has gone: the list, and one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from sightline.events.choices import Way
from sightline.rendering import EXTENSIONS
from sightline.retention import selectors
from sightline.retention.choices import ITEM_LABELS, WAY_LABELS, ItemState
from sightline.retention.models import Certificate, DisposalItem
from sightline.retention.pages.table import facts_of
from sightline.retention.rules.definitions import Rule, rule_of
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage

LIST = ListPage(
    noun=("certificate", "certificates"),
    columns=(
        Column("number", "Certificate", sort=("-pk",)),
        Column("rule", "Rule"),
        Column("count", "Records", sort=("-count",), numeric=True),
        Column("made", "Made", sort=("-made_at",)),
        Column("by", "By"),
    ),
    order="number",
)
GONE = ListPage(noun=("record", "records"), columns=(Column("number", "Record", sort=("number",)),), size=100)
FORMATS = ("docx", "pdf", "csv")


@dataclass(frozen=True)
class CertificatesPage:
    """The list."""

    listing: Listing[Certificate]


@dataclass(frozen=True)
class CertificatePage:
    """One certificate, and the references it is about. `agrees`: whether the list has the digest certified."""

    certificate: Certificate
    rule: Rule
    noun: str
    facts: tuple[SummaryRow, ...]
    listing: Listing[DisposalItem]
    agrees: bool
    formats: tuple[str, ...]


def certificates_page(query: QueryDict) -> CertificatesPage:
    """The list."""
    return CertificatesPage(LIST.read(query, selectors.certificates()))


def certificate_page(certificate: Certificate, query: QueryDict, digest: str) -> CertificatePage:
    """One certificate."""
    rule = rule_of(certificate.told["rule"])
    gone = selectors.items_of(certificate.disposal).filter(state=ItemState.DISPOSED)
    return CertificatePage(
        certificate=certificate,
        rule=rule,
        noun=certificate.told["noun"],
        facts=tuple(SummaryRow(key, value) for key, value in certified(certificate)),
        listing=GONE.read(query, gone),
        agrees=digest == certificate.sha256,
        formats=FORMATS,
    )


def certified(certificate: Certificate) -> Iterator[tuple[str, str]]:
    """What a certificate says, as its page and its paper tell it."""
    told = certificate.told
    rule = rule_of(told["rule"])
    yield "What", f"{rule.name}: {rule.entity}"
    yield "How many", f"{certificate.count:,}"
    yield "What was done", WAY_LABELS[Way(told["way"])]
    yield from facts_of(rule)[:1]
    yield from facts_of(rule)[3:]
    yield "Version of the rules", f"{told['version']} (SHA-256 {told['version_sha256']})"
    yield "Approved by", f"{told['approved_by']}, {_moment(told['approved_at'])}: {told['approved_because']}"
    yield "Carried out by", f"{told['ordered_by']}, {_moment(told['ordered_at'])}"
    others = {state: told["counts"].get(state.value, 0) for state in ItemState if state != ItemState.DISPOSED}
    if left := "; ".join(
        f"{number:,} {ITEM_LABELS[state].lower()}" for state, number in others.items() if number
    ):
        yield "Not disposed of", left
    yield "SHA-256 of the list", certificate.sha256


def file_name(certificate: Certificate, format: str) -> str:
    """What a certificate is called as a file."""
    return f"certificate-of-disposal-{certificate.number}{EXTENSIONS[format]}"


def _moment(text: str) -> str:
    local = timezone.localtime(datetime.fromisoformat(text))
    return f"{local.day} {local:%B %Y, %H:%M}"
