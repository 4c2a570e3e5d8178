"""Writing challenges: one function per thing a person does."""

from sightline.challenges.services.challenges import ChallengeGiven, do, edit_challenge, raise_challenge
from sightline.challenges.services.keeping import Said, note_list_taken
from sightline.challenges.services.work_items import refresh_work

__all__ = [
    "ChallengeGiven",
    "Said",
    "do",
    "edit_challenge",
    "note_list_taken",
    "raise_challenge",
    "refresh_work",
]
