"""Rolling a plan over into the next: chosen action by action first, then done all at once."""

from sightline.plans.services.rolling.carrying import carry_out
from sightline.plans.services.rolling.choosing import (
    ROLL_OVER_JOB,
    FateGiven,
    begin_roll_over,
    choose_fates,
    finish_roll_over,
    give_up_roll_over,
    job_key,
)

__all__ = [
    "ROLL_OVER_JOB",
    "FateGiven",
    "begin_roll_over",
    "carry_out",
    "choose_fates",
    "finish_roll_over",
    "give_up_roll_over",
    "job_key",
]
