"""A challenge, and everything that was done about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.challenges.choices import (
    CHANGED_LABELS,
    DEED_LABELS,
    FROM_LABELS,
    STATE_LABELS,
    ChallengeState,
    Changed,
    Deed,
    From,
)
from sightline.challenges.models.scrutiny import Scrutiny
from sightline.challenges.models.told import Told
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group


def _party(to: type[models.Model]) -> Any:
    return models.ForeignKey(to, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


def _from(kind: From, **empty: bool) -> Q:
    return Q(from_kind=kind, **{f"from_{name}__isnull": is_empty for name, is_empty in empty.items()})


class Challenge(Told):
    """Somebody asks an agency or a group for something, by a day, and judges the answer.

    `from_user` is the account of whoever raised it for themselves or for those they speak for; empty where the unit
    typed it. `from_name` is a person's name, where a person challenges. `scrutiny` is what the
    scrutineer found, where that led to it. Columns named `current_…` are kept by services.
    """

    LOWEST_TIER = Tier.T1

    title = models.CharField(max_length=300)
    text = models.TextField()
    asked = models.TextField()
    raised_on = models.DateField()
    from_kind = models.CharField(
        max_length=10, choices=[(kind.value, label) for kind, label in FROM_LABELS.items()]
    )
    from_agency = _party(Agency)
    from_group = _party(Group)
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_name = models.CharField(max_length=200, blank=True)
    scrutiny = models.ForeignKey(
        Scrutiny, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    to_agency = _party(Agency)
    to_group = _party(Group)
    tier = models.CharField(
        max_length=2, default=Tier.T1.value, choices=[(t.value, t.label) for t in (Tier.T1, Tier.T2)]
    )
    state = models.CharField(
        max_length=10,
        default=ChallengeState.RAISED.value,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
    )
    current_due_on = models.DateField()
    current_answered_on = models.DateField(null=True, blank=True)
    current_closed_on = models.DateField(null=True, blank=True)
    current_changed = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-raised_on", "-id")
        indexes = [
            models.Index(fields=["state", "current_due_on", "id"], name="challenge_state_due"),
            models.Index(fields=["raised_on", "id"], name="challenge_raised"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=[Tier.T1.value, Tier.T2.value]), name="challenge_of_a_tier_it_may_have"
            ),
            models.CheckConstraint(
                condition=_from(From.AGENCY, agency=False, group=True)
                | _from(From.GROUP, agency=True, group=False)
                | (_from(From.PERSON, agency=True, group=True) & ~Q(from_name=""))
                | _from(From.SCRUTINEER, agency=True, group=True),
                name="challenge_from_one",
            ),
            models.CheckConstraint(
                condition=Q(to_agency__isnull=False, to_group__isnull=True)
                | Q(to_agency__isnull=True, to_group__isnull=False),
                name="challenge_to_one",
            ),
            models.CheckConstraint(
                condition=Q(current_due_on__gte=F("raised_on")), name="challenge_due_after_raised"
            ),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.CLOSED, current_closed_on__isnull=False)
                | (~Q(state=ChallengeState.CLOSED) & Q(current_closed_on__isnull=True)),
                name="challenge_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_now(self) -> ChallengeState:
        """Where it stands."""
        return ChallengeState(self.state)

    @property
    def challenger(self) -> str:
        """Who raises it, in words."""
        if self.from_kind == From.SCRUTINEER:
            return FROM_LABELS[From.SCRUTINEER]
        return str(self.from_agency or self.from_group or self.from_name)

    @property
    def challenged(self) -> Agency | Group:
        """Whom it is raised to."""
        found: Agency | Group | None = self.to_agency or self.to_group
        if found is None:
            raise ValueError("A challenge is raised to an agency or a group")
        return found


class ChallengeStep(Told):
    """One thing done about a challenge: raised, answered, judged, moved, and what changed. Never overwritten.

    `due_on` is the day by which an answer is asked for from then on, where the deed sets one.
    """

    LOWEST_TIER = Tier.T1

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=[(d.value, label) for d, label in DEED_LABELS.items()])
    text = models.TextField()
    as_at = models.DateField()
    changed = models.CharField(
        max_length=10, blank=True, choices=[(c.value, label) for c, label in CHANGED_LABELS.items()]
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("challenge", "as_at", "id")
        indexes = [models.Index(fields=["challenge", "as_at", "id"], name="challenge_step_as_at")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(deed__in=[Deed.CLOSE, Deed.CHANGE]) & ~Q(changed=""))
                | (~Q(deed__in=[Deed.CLOSE, Deed.CHANGE]) & Q(changed="")),
                name="challenge_step_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True)
                | Q(deed__in=[Deed.RAISE, Deed.ASK_MORE, Deed.DATE, Deed.REOPEN]),
                name="challenge_step_sets_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {DEED_LABELS[Deed(self.deed)]}"

    @property
    def changed_label(self) -> str:
        """For whom something changed; nothing where the deed does not say."""
        return CHANGED_LABELS[Changed(self.changed)] if self.changed else ""
