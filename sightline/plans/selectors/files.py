"""The stored files of evidence: which is the newest version of each, and which came before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.documents.selectors import versions_of
from sightline.plans.models import Action, EvidenceFile


def evidence_files(action: Action) -> QuerySet[EvidenceFile]:
    """The stored files of an action the person was found to read, oldest first.

    `is_earlier`: a newer version stands with the same evidence.
    """
    files = EvidenceFile.objects.filter(evidence__action=action).select_related("document")
    return files.annotate(is_earlier=Exists(_newer())).order_by("pk")


def versions_with(action: Action, kept: EvidenceFile) -> list[EvidenceFile]:
    """Every version of a file that stands with the action, each once, the newest first. Needs `kept.document`."""
    versions = versions_of(kept.document).order_by().values("pk")
    rows = evidence_files(action).filter(document__in=versions).order_by("-document__version", "-pk")
    return list({row.document_id: row for row in rows}.values())


def newest_only(files: QuerySet[EvidenceFile]) -> QuerySet[EvidenceFile]:
    """Of each file of a piece of evidence the newest version that stands with it."""
    return files.filter(~Exists(_newer()))


def first_only(files: QuerySet[EvidenceFile]) -> QuerySet[EvidenceFile]:
    """Of each file of a piece of evidence the version with which it began there: its number never changes."""
    before = EvidenceFile.objects.filter(
        evidence=OuterRef("evidence"), document=OuterRef("document__replaces")
    )
    return files.filter(~Exists(before))


def newest_among(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    """The same of rows in hand, with their documents: all of a piece of evidence."""
    rows = list(files)
    replaced = {(row.evidence_id, row.document.replaces_id) for row in rows}
    return [row for row in rows if (row.evidence_id, row.document_id) not in replaced]


def with_versions(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    """These rows, and those of the other versions that stand with the same evidence; with document and action."""
    wanted = {(row.evidence_id, row.document.series) for row in files}
    rows = EvidenceFile.objects.filter(evidence__in={evidence for evidence, _ in wanted})
    found = rows.select_related("document", "evidence__action").order_by("pk")
    return [row for row in found if (row.evidence_id, row.document.series) in wanted]


def began_as(numbers: Collection[int]) -> dict[int, int]:
    """The numbers of the versions with which files of evidence began there, by these numbers; the same number where
    there is no such file. One query.
    """
    series = Coalesce("document__first_id", "document_id", output_field=BigIntegerField())
    files = EvidenceFile.objects.annotate(series=series)
    same = files.filter(evidence=OuterRef("evidence"), series=OuterRef("series"))
    line = same.order_by("document__version", "pk")
    rows = files.filter(pk__in=numbers).annotate(began=Subquery(line.values("pk")[:1]))
    found = dict(rows.values_list("pk", "began"))
    return {number: found.get(number, number) for number in numbers}


def was_carried(action: Action) -> bool:
    """Whether another action took over from this one, which keeps the files it had: newer versions stand with that."""
    return Action.objects.filter(carried_from=action).exists()


def _newer() -> QuerySet[EvidenceFile]:
    return EvidenceFile.objects.filter(evidence=OuterRef("evidence"), document__replaces=OuterRef("document"))
