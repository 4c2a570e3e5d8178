"""The background work of whole exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from sightline.carrying import services
from sightline.carrying.services.asking import MAKE
from sightline.events.choices import Actor
from sightline.jobs.registry import JobContext, every, job


def _not_made(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    services.give_up(args["export"], by=by)


@job(MAKE, label="Export all records of the partnership", retries=1, gave_up=_not_made)
def make(run: JobContext, export: int) -> None:
    """Make the file that somebody asked for."""
    services.make(export, by=run.by, now=timezone.now(), say=run.progress)


@every(hours=1)
@job("carrying.clear", label="Clear away whole exports whose time is over")
def clear(run: JobContext) -> int:
    """Take the files away that nobody may fetch any more."""
    return services.clear_past(by=run.by, now=timezone.now())
