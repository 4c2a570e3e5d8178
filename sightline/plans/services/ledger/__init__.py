"""Writing the ledger of recommendations: whom they are addressed to, and what is said of them."""

from sightline.plans.services.ledger.addressing import readdress, write_addressees
from sightline.plans.services.ledger.answering import Answer, answer_by_link, ask_answer
from sightline.plans.services.ledger.current import hold_source, refresh_all_ledgers, refresh_ledger
from sightline.plans.services.ledger.saying import (
    Said,
    accept,
    report_progress,
    respond,
    show_evidence,
    take_step,
)

__all__ = [
    "Answer",
    "Said",
    "accept",
    "answer_by_link",
    "ask_answer",
    "hold_source",
    "readdress",
    "refresh_all_ledgers",
    "refresh_ledger",
    "report_progress",
    "respond",
    "show_evidence",
    "take_step",
    "write_addressees",
]
