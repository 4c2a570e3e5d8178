"""What answers a challenge or a scrutiny entry, or treats a risk: an action, a recommendation or a plan."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.events.choices import Tier
from sightline.plans.models.accounts import Ending, ends_after_it_starts
from sightline.plans.models.actions import Action
from sightline.plans.models.plans import Plan
from sightline.plans.models.sources import Recommendation

LOGGED = ("challenge", "risk", "scrutiny")
ANSWERS = ("action", "recommendation", "plan")


def _one_of(names: tuple[str, ...]) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


def _to(model: type[models.Model]) -> Any:
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.PROTECT, related_name="answerings"
    )


class Answering(Ending):
    """One thing named as what answers one record of the logs, from a day on. It ends with a reason, and stays."""

    LOWEST_TIER = Tier.T1

    challenge = _to(Challenge)
    risk = _to(Risk)
    scrutiny = _to(Scrutiny)
    action = _to(Action)
    recommendation = _to(Recommendation)
    plan = _to(Plan)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("as_at", "id")
        constraints = [
            models.CheckConstraint(condition=_one_of(LOGGED), name="answering_is_of_one_record"),
            models.CheckConstraint(condition=_one_of(ANSWERS), name="answering_names_one_thing"),
            ends_after_it_starts("answering_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="answering_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.named}: {self.logged}"

    @property
    def logged(self) -> Challenge | Risk | Scrutiny:
        """The record of the logs."""
        found: Challenge | Risk | Scrutiny | None = self.challenge or self.risk or self.scrutiny
        if found is None:
            raise ValueError("What is answered is a challenge, a risk or a scrutiny entry")
        return found

    @property
    def named(self) -> Action | Recommendation | Plan:
        """What answers it."""
        found: Action | Recommendation | Plan | None = self.action or self.recommendation or self.plan
        if found is None:
            raise ValueError("An action, a recommendation or a plan answers it")
        return found
