"""Writing what governs groups: one function per thing a person does."""

from sightline.governance.services.leads import (
    LeadGiven,
    add_lead,
    change_lead,
    confirm_lead,
    end_lead,
)
from sightline.governance.services.lists import (
    ask_to_confirm,
    confirm_as_asked,
    decide,
    discard,
    give_back,
    read_list,
    upload_list,
)
from sightline.governance.services.taking import note_file_taken, note_leads_taken
from sightline.governance.services.terms import TermsGiven, add_terms
from sightline.governance.services.withdrawing import ask_to_withdraw, leave_confirmed, withdraw_as_asked
from sightline.governance.services.work_items import refresh_work

__all__ = [
    "LeadGiven",
    "TermsGiven",
    "add_lead",
    "add_terms",
    "ask_to_confirm",
    "ask_to_withdraw",
    "change_lead",
    "confirm_as_asked",
    "confirm_lead",
    "decide",
    "discard",
    "end_lead",
    "give_back",
    "leave_confirmed",
    "note_file_taken",
    "note_leads_taken",
    "read_list",
    "refresh_work",
    "upload_list",
    "withdraw_as_asked",
]
