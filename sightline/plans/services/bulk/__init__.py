"""One change of many actions for one reason: chosen, looked at, done all at once by a job."""

from sightline.plans.services.bulk.choosing import (
    BULK_JOB,
    MOST,
    begin_change,
    finish_change,
    give_up_change,
    job_key,
    say_change,
)
from sightline.plans.services.bulk.doing import carry_out_change
from sightline.plans.services.bulk.effects import Effect, Wanted, effect_on, wanted_of

__all__ = [
    "BULK_JOB",
    "MOST",
    "Effect",
    "Wanted",
    "begin_change",
    "carry_out_change",
    "effect_on",
    "finish_change",
    "give_up_change",
    "job_key",
    "say_change",
    "wanted_of",
]
