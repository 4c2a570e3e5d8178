"""What of background work is disposed of once it was kept long enough: the rest is cleared every day."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind, end_of
from sightline.events.services.forgetting import forget_in
from sightline.jobs.choices import JobState
from sightline.jobs.models import Job
from sightline.jobs.services import dispose_of_done_once


def _past(day: date) -> QuerySet[Job]:
    finished = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED], key__isnull=False)
    return finished.filter(finished_at__lt=end_of(day)).annotate(since=F("finished_at"))


offered = [Kind("jobs_once", Job, _past, {Way.DELETE: dispose_of_done_once}, "Job")]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside work they asked for."""
    models = apps.get_app_config("jobs").get_models()
    return forget_in(models, user_id, name, {"actor_label": "actor_user_id"})
