"""What was answered to a request that may be sent again."""

from __future__ import annotations

from django.db import models

from sightline.access.models import Token
from sightline.events.choices import Tier


class KeptAnswer(models.Model):
    """The answer to what a program wrote under a key of its own, for a day: sent again, it is answered and not done.

    `digest` is of what was asked, so that the same key is not used for something else. The row is made in the
    transaction of the writing, so that of two at the same moment one waits for the other.
    """

    LOWEST_TIER = Tier.T1

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("made_at", "id")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_one_answer_for_a_key")]

    def __str__(self) -> str:
        return f"answer of {self.made_at:%Y-%m-%d %H:%M}"
