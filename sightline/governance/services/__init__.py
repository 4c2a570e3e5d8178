"""Writing what governs groups: one function per thing a person does."""

from sightline.governance.services.lists import (
    ask_to_confirm,
    confirm_as_asked,
    decide,
    discard,
    give_back,
    read_list,
    upload_list,
)
from sightline.governance.services.taking import note_file_taken

__all__ = [
    "ask_to_confirm",
    "confirm_as_asked",
    "decide",
    "discard",
    "give_back",
    "note_file_taken",
    "read_list",
    "upload_list",
]
