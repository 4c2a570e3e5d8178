"""Tables of sources, plans, actions and what is said of them. Grouped by file; import from here."""

from sightline.plans.models.accounts import (
    Block,
    DateAnswer,
    Dependency,
    EmbeddingTest,
    Evidence,
    EvidenceFile,
    PublishableText,
    Rating,
    StateChange,
    Update,
)
from sightline.plans.models.actions import (
    Action,
    ActionNumber,
    ActionOwner,
    ActionSource,
    OwnersChange,
    Reference,
    ReferenceSequence,
    Timescale,
)
from sightline.plans.models.answering import Answering
from sightline.plans.models.claims import CompletionClaim, Question
from sightline.plans.models.edits import Edit
from sightline.plans.models.imports import Import, ImportedRow
from sightline.plans.models.ledger import Addressee, LedgerLine
from sightline.plans.models.planning import BulkChange, BulkRow, Placement, RollOver, RollOverChoice
from sightline.plans.models.plans import Outcome, Plan, PlanChange, Priority, Strand
from sightline.plans.models.reports import ExceptionReport, ReportedAction
from sightline.plans.models.rounds import RoundClosing
from sightline.plans.models.sources import Recommendation, Source
from sightline.plans.models.standings import CountedDay, Standing, Tally
from sightline.plans.models.themes import LikeWord, ThemeMark

__all__ = [
    "Action",
    "ActionNumber",
    "ActionOwner",
    "ActionSource",
    "Addressee",
    "Answering",
    "Block",
    "BulkChange",
    "BulkRow",
    "CompletionClaim",
    "CountedDay",
    "DateAnswer",
    "Dependency",
    "Edit",
    "EmbeddingTest",
    "Evidence",
    "EvidenceFile",
    "ExceptionReport",
    "Import",
    "ImportedRow",
    "LedgerLine",
    "LikeWord",
    "Outcome",
    "OwnersChange",
    "Placement",
    "Plan",
    "PlanChange",
    "Priority",
    "PublishableText",
    "Question",
    "Rating",
    "Recommendation",
    "Reference",
    "ReferenceSequence",
    "ReportedAction",
    "RollOver",
    "RollOverChoice",
    "RoundClosing",
    "Source",
    "Standing",
    "StateChange",
    "Strand",
    "Tally",
    "ThemeMark",
    "Timescale",
    "Update",
]
