"""Writing plans: one function per thing a person does. Each is one transaction with its journal entry.

Every function takes `by` (who does it) and `now` (the moment), and `as_at` where what is said speaks of a day. They
raise Unacceptable (a sentence per field, fit to show) and StaleRecord (somebody else saved first). Who may call them
is for `permissions` to say, before.
"""

from sightline.plans.services.accounts import (
    add_files,
    add_version,
    answer_date,
    change_state,
    claim_completion,
    confirm_completion,
    rate,
    record_embedding_result,
    record_evidence,
    record_update,
    return_claim,
    return_update,
    set_embedding_test,
    withdraw_claim,
)
from sightline.plans.services.actions import (
    add_action,
    edit_action,
    set_numbers,
    set_references,
)
from sightline.plans.services.answering import end_answer, name_answer
from sightline.plans.services.blocks import add_dependency, block, end_dependency, unblock
from sightline.plans.services.current import refresh_all, refresh_current
from sightline.plans.services.given import (
    ActionGiven,
    OwnerGiven,
    ReferenceGiven,
    SourceGiven,
    TimescaleGiven,
)
from sightline.plans.services.ledger import (
    Said,
    accept,
    answer_by_link,
    ask_answer,
    report_progress,
    respond,
    show_evidence,
    take_step,
)
from sightline.plans.services.owners import set_owners
from sightline.plans.services.plans import (
    add_outcome,
    add_priority,
    add_strand,
    change_plan_state,
    create_plan,
    create_recommendation,
    create_source,
    edit_outcome,
    edit_plan,
    edit_priority,
    edit_recommendation,
    edit_source,
    edit_strand,
)
from sightline.plans.services.publishable import set_publishable
from sightline.plans.services.references import next_references
from sightline.plans.services.reports import draft_exception_report, issue_exception_report
from sightline.plans.services.themes import set_themes
from sightline.plans.services.timescales import revise_timescale

__all__ = [
    "ActionGiven",
    "OwnerGiven",
    "ReferenceGiven",
    "Said",
    "SourceGiven",
    "TimescaleGiven",
    "accept",
    "add_action",
    "add_dependency",
    "add_files",
    "add_outcome",
    "add_priority",
    "add_strand",
    "add_version",
    "answer_by_link",
    "answer_date",
    "ask_answer",
    "block",
    "change_plan_state",
    "change_state",
    "claim_completion",
    "confirm_completion",
    "create_plan",
    "create_recommendation",
    "create_source",
    "draft_exception_report",
    "edit_action",
    "edit_outcome",
    "edit_plan",
    "edit_priority",
    "edit_recommendation",
    "edit_source",
    "edit_strand",
    "end_answer",
    "end_dependency",
    "issue_exception_report",
    "name_answer",
    "next_references",
    "rate",
    "record_embedding_result",
    "record_evidence",
    "record_update",
    "refresh_all",
    "refresh_current",
    "report_progress",
    "respond",
    "return_claim",
    "return_update",
    "revise_timescale",
    "set_embedding_test",
    "set_numbers",
    "set_owners",
    "set_publishable",
    "set_references",
    "set_themes",
    "show_evidence",
    "take_step",
    "unblock",
    "withdraw_claim",
]
