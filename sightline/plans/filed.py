"""Where the stored files of plans are found: those of evidence with their action, papers with their import."""

from __future__ import annotations

from sightline.plans.models import EvidenceFile
from sightline.plans.rules import addresses


def _of_document(number: int) -> str:
    kept = EvidenceFile.objects.filter(document=number).select_related("evidence__action").first()
    return addresses.of_action(kept.evidence.action.reference) if kept else ""


offered = {"documents.document": _of_document, "plans.import": addresses.of_import}
