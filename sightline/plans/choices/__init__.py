"""States and types of plans (`design.md` 4a), as plain enums with their words. No Django here."""

from __future__ import annotations

from enum import StrEnum

from sightline.plans.choices import accounts, actions, ledger, plans, sources
from sightline.plans.choices.accounts import (
    CLAIM_LABELS,
    ClaimResult,
    Completion,
    EvidenceQuarter,
    LineKind,
    ReceivedHow,
)
from sightline.plans.choices.actions import (
    FIRM_KINDS,
    GONE_STATES,
    IMPACT_LABELS,
    NEVER_OVERDUE_KINDS,
    OPEN_STATES,
    REVIEW_KINDS,
    DeliveryRating,
    DeliveryState,
    Dimension,
    Embedding,
    ImpactRating,
    OwnerRole,
    ReferenceKind,
    RowKind,
    TimescaleKind,
    WorkKind,
)
from sightline.plans.choices.imports import (
    IMPORT_LABELS,
    IN_THE_PLAN,
    NEVER_CONFIRMED,
    ImportState,
    RowFate,
)
from sightline.plans.choices.ledger import (
    ACCEPTANCE_LABELS,
    IMPACT_STEPS,
    STEP_LABELS,
    STEP_MEANINGS,
    Acceptance,
    LedgerKind,
    LedgerTo,
    Step,
)
from sightline.plans.choices.plans import (
    ENDED,
    FROM_PAPER,
    WORK_STATES,
    BulkKind,
    Fate,
    PlanState,
    PriorityKind,
    WorkingState,
)
from sightline.plans.choices.reports import (
    EXCEPTION_LABELS,
    FLAGS,
    REPORT_LABELS,
    ExceptionKind,
    ReportState,
)
from sightline.plans.choices.sources import (
    SourceKind,
)
from sightline.plans.choices.standings import (
    FIGURE_LABELS,
    Figure,
)

# Every state and type with its words.
LABELS: dict[StrEnum, str] = {
    **sources.LABELS,
    **plans.LABELS,
    **actions.LABELS,
    **accounts.LABELS,
    **ledger.LABELS,
}

__all__ = [
    "ACCEPTANCE_LABELS",
    "CLAIM_LABELS",
    "ENDED",
    "EXCEPTION_LABELS",
    "FIGURE_LABELS",
    "FIRM_KINDS",
    "FLAGS",
    "FROM_PAPER",
    "GONE_STATES",
    "IMPACT_LABELS",
    "IMPACT_STEPS",
    "IMPORT_LABELS",
    "IN_THE_PLAN",
    "LABELS",
    "NEVER_CONFIRMED",
    "NEVER_OVERDUE_KINDS",
    "OPEN_STATES",
    "REPORT_LABELS",
    "REVIEW_KINDS",
    "STEP_LABELS",
    "STEP_MEANINGS",
    "WORK_STATES",
    "Acceptance",
    "BulkKind",
    "ClaimResult",
    "Completion",
    "DeliveryRating",
    "DeliveryState",
    "Dimension",
    "Embedding",
    "EvidenceQuarter",
    "ExceptionKind",
    "Fate",
    "Figure",
    "ImpactRating",
    "ImportState",
    "LedgerKind",
    "LedgerTo",
    "LineKind",
    "OwnerRole",
    "PlanState",
    "PriorityKind",
    "ReceivedHow",
    "ReferenceKind",
    "ReportState",
    "RowFate",
    "RowKind",
    "SourceKind",
    "Step",
    "TimescaleKind",
    "WorkKind",
    "WorkingState",
]
