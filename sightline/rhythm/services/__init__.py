"""Writing returns: one function per thing a person does."""

from sightline.rhythm.services.keeping import note_list_taken, note_return_taken
from sightline.rhythm.services.returns import StepSaid, begin_return, open_again, sign_return, write_return
from sightline.rhythm.services.work_items import keep_work, refresh_work, tell_owed

__all__ = [
    "StepSaid",
    "begin_return",
    "keep_work",
    "note_list_taken",
    "note_return_taken",
    "open_again",
    "refresh_work",
    "sign_return",
    "tell_owed",
    "write_return",
]
