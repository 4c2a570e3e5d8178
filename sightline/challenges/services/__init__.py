"""Writing challenges, risks and the scrutiny log: one function per thing a person does."""

from sightline.challenges.services.challenges import ChallengeGiven, do, edit_challenge, raise_challenge
from sightline.challenges.services.keeping import Said, note_list_taken
from sightline.challenges.services.risks import RiskGiven, RiskMore, do_risk, edit_risk, raise_risk
from sightline.challenges.services.scrutiny import (
    ScrutinyGiven,
    ScrutinyMore,
    do_scrutiny,
    edit_scrutiny,
    record_scrutiny,
)
from sightline.challenges.services.work_items import refresh_work

__all__ = [
    "ChallengeGiven",
    "RiskGiven",
    "RiskMore",
    "Said",
    "ScrutinyGiven",
    "ScrutinyMore",
    "do",
    "do_risk",
    "do_scrutiny",
    "edit_challenge",
    "edit_risk",
    "edit_scrutiny",
    "note_list_taken",
    "raise_challenge",
    "raise_risk",
    "record_scrutiny",
    "refresh_work",
]
