"""The background work of retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor
from sightline.jobs.choices import PermanentFailure
from sightline.jobs.registry import JobContext, every, job
from sightline.retention import services
from sightline.retention.choices import NotPossible
from sightline.retention.services.disposals import CARRY_OUT


@every(hours=24)
@job("retention.find_due", label="Find what is past its keeping time")
def find_due(run: JobContext) -> int:
    """Propose what is due, and clear what nobody decides about."""
    return services.find_due(now=timezone.now(), progress=run.progress)


def stopped(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    """Tell whoever keeps retention that a disposal was not finished."""
    services.tell_it_stopped(args["disposal"], sentence)


@job(CARRY_OUT, label="Carry out a disposal", gave_up=stopped)
def carry_out(run: JobContext, disposal: int) -> None:
    """Dispose of what two people let go, and certify it."""
    try:
        services.carry_out(disposal, by=run.by, now=timezone.now(), progress=run.progress)
    except NotPossible as refused:
        raise PermanentFailure(refused.sentence) from refused
