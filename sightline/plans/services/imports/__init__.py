"""Importing a document: upload, read, correct, confirm, withdraw. One function per thing a person does."""

from sightline.plans.services.imports.asking import (
    ask_to_confirm,
    ask_to_withdraw,
    confirm_as_asked,
    give_back,
    job_key,
    withdraw_as_asked,
)
from sightline.plans.services.imports.confirming import confirm
from sightline.plans.services.imports.deciding import (
    OwnerDecision,
    choose,
    choose_all,
    correct_row,
    discard,
    match_owner,
    match_owners,
    say_about,
    set_as_at,
    set_plan,
)
from sightline.plans.services.imports.keeping import ImportRefused
from sightline.plans.services.imports.uploading import read_upload, upload
from sightline.plans.services.imports.whole import Imported, import_whole
from sightline.plans.services.imports.withdrawing import dependents, withdraw

__all__ = [
    "ImportRefused",
    "Imported",
    "OwnerDecision",
    "ask_to_confirm",
    "ask_to_withdraw",
    "choose",
    "choose_all",
    "confirm",
    "confirm_as_asked",
    "correct_row",
    "dependents",
    "discard",
    "give_back",
    "import_whole",
    "job_key",
    "match_owner",
    "match_owners",
    "read_upload",
    "say_about",
    "set_as_at",
    "set_plan",
    "upload",
    "withdraw",
    "withdraw_as_asked",
]
