"""What the journal records about plans."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class PlanEntry(StrEnum):
    """Entry types of plans."""

    SOURCE_ADDED = "source_added"
    SOURCE_EDITED = "source_edited"
    RECOMMENDATION_ADDED = "recommendation_added"
    RECOMMENDATION_EDITED = "recommendation_edited"
    RECOMMENDATION_ACCEPTED = "recommendation_accepted"
    RESPONSE_RECORDED = "response_recorded"
    PROGRESS_RECORDED = "progress_recorded"
    LEDGER_EVIDENCE_RECORDED = "ledger_evidence_recorded"
    STEP_RECORDED = "step_recorded"
    ADDENDUM_PRINTED = "addendum_printed"
    THEMES_SET = "themes_set"
    PLAN_CREATED = "plan_created"
    PLAN_EDITED = "plan_edited"
    PLAN_APPROVED = "plan_approved"
    PLAN_RETURNED_TO_DRAFT = "plan_returned_to_draft"
    PLAN_IN_FORCE = "plan_in_force"
    PLAN_CLOSED = "plan_closed"
    PLAN_ROLLED_OVER = "plan_rolled_over"
    PLAN_REOPENED = "plan_reopened"
    ROLL_OVER_BEGUN = "roll_over_begun"
    FATES_CHOSEN = "fates_chosen"
    ROLL_OVER_GIVEN_UP = "roll_over_given_up"
    ACTION_CARRIED = "action_carried"
    ACTION_LEFT = "action_left"
    ACTION_PLACED = "action_placed"
    PLACE_ENDED = "place_ended"
    BULK_BEGUN = "bulk_begun"
    BULK_DONE = "bulk_done"
    BULK_GIVEN_UP = "bulk_given_up"
    HAND_OVER_PRINTED = "hand_over_printed"
    PRIORITY_ADDED = "priority_added"
    PRIORITY_EDITED = "priority_edited"
    STRAND_ADDED = "strand_added"
    STRAND_EDITED = "strand_edited"
    OUTCOME_ADDED = "outcome_added"
    OUTCOME_EDITED = "outcome_edited"
    ACTION_ADDED = "action_added"
    ACTION_EDITED = "action_edited"
    OWNERS_SET = "owners_set"
    TIMESCALE_REVISED = "timescale_revised"
    UPDATE_RECORDED = "update_recorded"
    DATE_ANSWERED = "date_answered"
    PUBLISHABLE_SET = "publishable_set"
    PUBLISHABLE_PRINTED = "publishable_printed"
    DELIVERY_RATED = "delivery_rated"
    IMPACT_RATED = "impact_rated"
    ACTION_STARTED = "action_started"
    ACTION_PUT_BACK = "action_put_back"
    COMPLETION_CLAIMED = "completion_claimed"
    COMPLETION_CONFIRMED = "completion_confirmed"
    COMPLETION_RETURNED = "completion_returned"
    COMPLETION_WITHDRAWN = "completion_withdrawn"
    UPDATE_RETURNED = "update_returned"
    QUESTION_ANSWERED = "question_answered"
    ACTION_COMPLETED = "action_completed"
    ACTION_CLOSED = "action_closed"
    ACTION_SUPERSEDED = "action_superseded"
    ACTION_REOPENED = "action_reopened"
    EVIDENCE_RECORDED = "evidence_recorded"
    FILES_ADDED = "files_added"
    FILE_REPLACED = "file_replaced"
    FILE_TAKEN = "file_taken"
    TEST_SET = "test_set"
    TEST_PASSED = "test_passed"
    TEST_FAILED = "test_failed"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    DEPENDENCY_ADDED = "dependency_added"
    DEPENDENCY_ENDED = "dependency_ended"
    REFERENCE_MATCHED = "reference_matched"
    REPORT_DRAFTED = "report_drafted"
    REPORT_ISSUED = "report_issued"
    REPORT_PRINTED = "report_printed"
    DOCUMENT_UPLOADED = "document_uploaded"
    DOCUMENT_REFUSED = "document_refused"
    DOCUMENT_READ = "document_read"
    IMPORT_CORRECTED = "import_corrected"
    OWNER_MATCHED = "owner_matched"
    IMPORT_CONFIRMED = "import_confirmed"
    IMPORT_WITHDRAWN = "import_withdrawn"
    IMPORT_DISCARDED = "import_discarded"
    IMPORT_DISPOSED = "import_disposed"
    FILE_DISPOSED = "file_disposed"
    IMPORT_GIVEN_BACK = "import_given_back"
    PLAN_EXPORTED = "plan_exported"
    LIST_EXPORTED = "list_exported"
    ANSWER_NAMED = "answer_named"
    ANSWER_ENDED = "answer_ended"
    KEPT_KNOWINGLY = "kept_knowingly"


LABELS: dict[StrEnum, str] = {
    PlanEntry.SOURCE_ADDED: "Source added",
    PlanEntry.SOURCE_EDITED: "Source edited",
    PlanEntry.RECOMMENDATION_ADDED: "Recommendation added",
    PlanEntry.RECOMMENDATION_EDITED: "Recommendation edited",
    PlanEntry.RECOMMENDATION_ACCEPTED: "Recommendation accepted or not",
    PlanEntry.RESPONSE_RECORDED: "Response recorded",
    PlanEntry.PROGRESS_RECORDED: "Progress on a recommendation recorded",
    PlanEntry.LEDGER_EVIDENCE_RECORDED: "Evidence on a recommendation added",
    PlanEntry.STEP_RECORDED: "Step of the embedding ladder recorded",
    PlanEntry.ADDENDUM_PRINTED: "Addendum taken away",
    PlanEntry.THEMES_SET: "Themes chosen",
    PlanEntry.PLAN_CREATED: "Plan created",
    PlanEntry.PLAN_EDITED: "Plan edited",
    PlanEntry.PLAN_APPROVED: "Plan approved",
    PlanEntry.PLAN_RETURNED_TO_DRAFT: "Plan returned to draft",
    PlanEntry.PLAN_IN_FORCE: "Plan put in force",
    PlanEntry.PLAN_CLOSED: "Plan closed",
    PlanEntry.PLAN_ROLLED_OVER: "Plan rolled over",
    PlanEntry.PLAN_REOPENED: "Plan reopened",
    PlanEntry.ROLL_OVER_BEGUN: "Roll-over of a plan begun",
    PlanEntry.FATES_CHOSEN: "What becomes of actions chosen",
    PlanEntry.ROLL_OVER_GIVEN_UP: "Roll-over of a plan given up",
    PlanEntry.ACTION_CARRIED: "Action carried from a former plan",
    PlanEntry.ACTION_LEFT: "Action left in its plan",
    PlanEntry.ACTION_PLACED: "Action placed in another plan as well",
    PlanEntry.PLACE_ENDED: "Place in another plan ended",
    PlanEntry.BULK_BEGUN: "Change of many actions begun",
    PlanEntry.BULK_DONE: "Change of many actions done",
    PlanEntry.BULK_GIVEN_UP: "Change of many actions given up",
    PlanEntry.HAND_OVER_PRINTED: "Hand-over page taken away",
    PlanEntry.PRIORITY_ADDED: "Priority added",
    PlanEntry.PRIORITY_EDITED: "Priority edited",
    PlanEntry.STRAND_ADDED: "Strand added",
    PlanEntry.STRAND_EDITED: "Strand edited",
    PlanEntry.OUTCOME_ADDED: "Outcome added",
    PlanEntry.OUTCOME_EDITED: "Outcome edited",
    PlanEntry.ACTION_ADDED: "Action added",
    PlanEntry.ACTION_EDITED: "Action edited",
    PlanEntry.OWNERS_SET: "Owners set",
    PlanEntry.TIMESCALE_REVISED: "Timescale revised",
    PlanEntry.UPDATE_RECORDED: "Update recorded",
    PlanEntry.DATE_ANSWERED: "Answered whether a new date is given",
    PlanEntry.PUBLISHABLE_SET: "What may be published changed",
    PlanEntry.PUBLISHABLE_PRINTED: "What may be published taken away",
    PlanEntry.DELIVERY_RATED: "Delivery rated",
    PlanEntry.IMPACT_RATED: "Impact rated",
    PlanEntry.ACTION_STARTED: "Action started",
    PlanEntry.ACTION_PUT_BACK: "Action put back to not started",
    PlanEntry.COMPLETION_CLAIMED: "Action said to be done",
    PlanEntry.COMPLETION_CONFIRMED: "Completion confirmed",
    PlanEntry.COMPLETION_RETURNED: "Completion returned",
    PlanEntry.COMPLETION_WITHDRAWN: "Completion taken back",
    PlanEntry.UPDATE_RETURNED: "Update returned with a question",
    PlanEntry.QUESTION_ANSWERED: "Question answered",
    PlanEntry.ACTION_COMPLETED: "Action completed",
    PlanEntry.ACTION_CLOSED: "Action closed without completion",
    PlanEntry.ACTION_SUPERSEDED: "Action superseded",
    PlanEntry.ACTION_REOPENED: "Action reopened",
    PlanEntry.EVIDENCE_RECORDED: "Evidence recorded",
    PlanEntry.FILES_ADDED: "Files added to evidence",
    PlanEntry.FILE_REPLACED: "Newer version of a file of evidence",
    PlanEntry.FILE_TAKEN: "File of evidence taken away",
    PlanEntry.TEST_SET: "Embedding test set",
    PlanEntry.TEST_PASSED: "Embedding test passed",
    PlanEntry.TEST_FAILED: "Embedding test failed",
    PlanEntry.BLOCKED: "Action blocked",
    PlanEntry.UNBLOCKED: "Action no longer blocked",
    PlanEntry.DEPENDENCY_ADDED: "Dependency added",
    PlanEntry.DEPENDENCY_ENDED: "Dependency ended",
    PlanEntry.REFERENCE_MATCHED: "Said at what a reference points",
    PlanEntry.REPORT_DRAFTED: "Exception report drafted",
    PlanEntry.REPORT_ISSUED: "Exception report issued",
    PlanEntry.REPORT_PRINTED: "Exception report taken away",
    PlanEntry.DOCUMENT_UPLOADED: "Document uploaded",
    PlanEntry.DOCUMENT_REFUSED: "Document refused",
    PlanEntry.DOCUMENT_READ: "Document read",
    PlanEntry.IMPORT_CORRECTED: "Preview corrected",
    PlanEntry.OWNER_MATCHED: "Owner matched",
    PlanEntry.IMPORT_CONFIRMED: "Import confirmed",
    PlanEntry.IMPORT_WITHDRAWN: "Import withdrawn",
    PlanEntry.IMPORT_DISCARDED: "Import discarded",
    PlanEntry.IMPORT_DISPOSED: "Paper that never became a plan disposed of",
    PlanEntry.FILE_DISPOSED: "Evidence file disposed of",
    PlanEntry.IMPORT_GIVEN_BACK: "Import left as it was",
    PlanEntry.PLAN_EXPORTED: "Plan exported",
    PlanEntry.LIST_EXPORTED: "List exported",
    PlanEntry.ANSWER_NAMED: "Named what answers a challenge, risk or scrutiny entry",
    PlanEntry.ANSWER_ENDED: "Said that it answers no more",
    PlanEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
}

# Who said a thing is a person's name, and a reason may name somebody: shredded without touching the entry.
declare(
    "plans",
    PlanEntry,
    LABELS,
    {
        PlanEntry.UPDATE_RECORDED: ("said_by",),
        PlanEntry.PUBLISHABLE_SET: ("agreed_by",),
        PlanEntry.DELIVERY_RATED: ("said_by",),
        PlanEntry.IMPACT_RATED: ("said_by",),
        PlanEntry.EVIDENCE_RECORDED: ("said_by",),
        PlanEntry.COMPLETION_CLAIMED: ("said_by",),
        PlanEntry.COMPLETION_CONFIRMED: ("said_by",),
        PlanEntry.COMPLETION_RETURNED: ("said_by",),
        PlanEntry.COMPLETION_WITHDRAWN: ("said_by",),
        PlanEntry.RECOMMENDATION_ACCEPTED: ("said_by",),
        PlanEntry.RESPONSE_RECORDED: ("said_by",),
        PlanEntry.PROGRESS_RECORDED: ("said_by",),
        PlanEntry.LEDGER_EVIDENCE_RECORDED: ("said_by",),
        PlanEntry.STEP_RECORDED: ("said_by",),
        PlanEntry.KEPT_KNOWINGLY: ("because",),
    },
)
