"""What recommendations and actions are about, in one vocabulary (`definitions/themes.yaml`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.plans.models.actions import Action
from sightline.plans.models.sources import Recommendation


class ThemeMark(models.Model):
    """A theme that a person chose for a recommendation or for an action. Keys are those of the definition."""

    LOWEST_TIER = Tier.T1

    theme = models.CharField(max_length=40)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.CASCADE, related_name="theme_marks"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="theme_marks"
    )

    class Meta:
        ordering = ("theme", "id")
        indexes = [
            models.Index(fields=["theme", "recommendation"], name="theme_recommendations"),
            models.Index(fields=["theme", "action"], name="theme_actions"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True, action__isnull=False)
                | Q(recommendation__isnull=False, action__isnull=True),
                name="a_theme_is_of_one_record",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "theme"], name="theme_once_of_a_recommendation"
            ),
            models.UniqueConstraint(fields=["action", "theme"], name="theme_once_of_an_action"),
        ]

    def __str__(self) -> str:
        return self.theme


class LikeWord(models.Model):
    """A word of a recommendation or an action, as `rules.likeness` reduces it: where like ones are looked for.

    Gathered by a job after every change of the words; holds nothing that could not be made anew from the records.
    """

    LOWEST_TIER = Tier.T1

    word = models.CharField(max_length=40)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["word", "-id"], name="like_word_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True, action__isnull=False)
                | Q(recommendation__isnull=False, action__isnull=True),
                name="a_word_is_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.word
