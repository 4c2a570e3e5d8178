"""Writing what is said of actions: updates, evidence, ratings, changes of state, embedding tests."""

from sightline.plans.services.accounts.completing import (
    claim_completion,
    confirm_completion,
    return_claim,
    withdraw_claim,
)
from sightline.plans.services.accounts.dates import answer_date
from sightline.plans.services.accounts.embedding import record_embedding_result, set_embedding_test
from sightline.plans.services.accounts.evidence import add_files, record_evidence
from sightline.plans.services.accounts.questions import return_update
from sightline.plans.services.accounts.ratings import better_sentence, rate
from sightline.plans.services.accounts.states import change_state
from sightline.plans.services.accounts.updates import record_update
from sightline.plans.services.accounts.versions import add_version

__all__ = [
    "add_files",
    "add_version",
    "answer_date",
    "better_sentence",
    "change_state",
    "claim_completion",
    "confirm_completion",
    "rate",
    "record_embedding_result",
    "record_evidence",
    "record_update",
    "return_claim",
    "return_update",
    "set_embedding_test",
    "withdraw_claim",
]
