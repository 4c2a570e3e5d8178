"""The versions of a file of evidence: the newest first, each with who put it there and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from sightline.plans.models import Action, EvidenceFile
from sightline.plans.pages.action import told_of_files
from sightline.plans.pages.looks import day
from sightline.plans.rules import addresses
from sightline.plans.selectors.files import evidence_files
from sightline.screens.elements import SummaryRow
from sightline.screens.words import count

# Why a version is here for which nobody wrote that: newer versions come with a reason, files added to evidence do not.
FIRST = "It was the first."
ELSEWHERE = "It stood with other evidence of the action."


@dataclass(frozen=True)
class VersionShown:
    """One version: its file and what is known of it. `earlier` says which stands now, where this is not the newest."""

    title: str
    name: str
    href: str
    earlier: str
    facts: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class VersionsPage:
    """All versions of one file; `put`: where a newer one is put, for those who may."""

    action: Action
    name: str
    told: str
    versions: tuple[VersionShown, ...]
    put: str


def versions_page(action: Action, rows: Sequence[EvidenceFile], *, may_add: bool) -> VersionsPage:
    """The page of these rows, the newest version first."""
    newest = rows[0]
    return VersionsPage(
        action=action,
        name=newest.document.name,
        told=f"{count(len(rows), 'version')}, the newest first. Nothing of an earlier one was changed.",
        versions=tuple(_shown(action, row, newest) for row in rows),
        put=addresses.of_newer(action.reference, newest.pk) if may_add else "",
    )


def _shown(action: Action, row: EvidenceFile, newest: EvidenceFile) -> VersionShown:
    document, is_newest = row.document, row.pk == newest.pk
    stands = f"Not the newest version: that is version {newest.document.version}, “{newest.document.name}”."
    facts = [
        ("Put there", f"{day(timezone.localtime(row.recorded_at).date())} by {row.entered_by_label}"),
        ("Why", row.reason or (FIRST if document.version == 1 else ELSEWHERE)),
        ("What it is", f"{document.kind_label}, {filesizeformat(document.size)}"),
        ("SHA-256", document.sha256),
    ]
    return VersionShown(
        title=f"Version {document.version}",
        name=document.name,
        href=addresses.of_file(action.reference, row.pk),
        earlier="" if is_newest else stands,
        facts=tuple(SummaryRow(key, value) for key, value in facts),
    )


def version_facts(action: Action, kept: EvidenceFile) -> tuple[SummaryRow, ...]:
    """The file whose place is taken, and how many pieces of evidence show it: the newer one then stands with each."""
    shown = evidence_files(action).filter(document=kept.document_id).count()
    document = kept.document
    stands = f"“{document.name}”, version {document.version}"
    rows = [("Takes the place of", stands)]
    if shown > 1:
        rows.append(
            ("Where it stands", f"With {shown} pieces of evidence of this action; it is put with each")
        )
    return tuple(SummaryRow(key, value) for key, value in rows)


def added(made: Sequence[EvidenceFile]) -> str:
    """The sentence of success."""
    document = made[0].document
    told = f"“{document.name}” is version {document.version} now; those before it are kept."
    if len(made) > 1:
        told += f" It stands with {len(made)} pieces of evidence."
    return told + told_of_files(made[:1])
