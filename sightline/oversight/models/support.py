"""Support sessions: whoever supplies Sightline is let in for some hours, and all of it is written down."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.access.roles import role
from sightline.events.choices import Tier


class SupportSession(models.Model):
    """One session: who was let in as what, why, by whom, until when; when it was over, by a click or by time."""

    LOWEST_TIER = Tier.T2

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    membership = models.OneToOneField("access.Membership", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=50)
    opens_confidential = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    opened_by_label = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="oversight_one_session_at_once"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="oversight_session_has_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="oversight_session_says_why"),
        ]

    def __str__(self) -> str:
        return f"Support session of {self.account}"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return role(self.role).name
