"""The queue, the schedule and the workers' signs of life, in the project's own database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Actor
from sightline.jobs.choices import STATE_LABELS, JobState
from sightline.jobs.registry import label_of


class Job(models.Model):
    """One piece of work to be done once. It commits or rolls back with whatever asked for it."""

    name = models.CharField(max_length=100)
    args = models.JSONField(default=dict)
    # The idempotency key: asking again with the same key gives the same job.
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=JobState.WAITING.value,
    )
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=500, blank=True)
    actor_user_id = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=1)
    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Changes with every attempt: a worker that lost its lease can no longer write to the job.
    token = models.CharField(max_length=32, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_sentence = models.CharField(max_length=500, blank=True)
    error_sentence = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "run_after", "id"], name="jobs_job_due"),
            models.Index(fields=["state", "lease_until"], name="jobs_job_lease"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")), name="jobs_job_progress"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="jobs_job_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{label_of(self.name)}, job {self.pk}"

    @property
    def by(self) -> Actor:
        """Who asked for it."""
        kind: Any = self.actor_kind
        return Actor(kind, self.actor_id, self.actor_label, self.actor_role, self.actor_user_id)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATE_LABELS[JobState(self.state)]

    @property
    def is_finished(self) -> bool:
        """Whether it will not run again by itself."""
        return self.state in {JobState.DONE, JobState.FAILED}


class Schedule(models.Model):
    """When a job that runs again and again is next due."""

    name = models.CharField(max_length=100, primary_key=True)
    next_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker's sign of life."""

    name = models.CharField(max_length=200, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
