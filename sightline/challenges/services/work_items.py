"""What open challenges ask of people: an answer, then a verdict. Kept by the services, looked over once a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.challenges.choices import ChallengeState
from sightline.challenges.models import Challenge
from sightline.challenges.selectors.challenges import answerers, judges, open_challenges
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.screens.words import day

APP, UNIT = "challenges", "unit"
ANSWER, VERDICT = "challenge_answer", "challenge_verdict"
CHUNK = 200


def refresh_work(*, now: datetime) -> int:
    """Ask anew what open challenges ask of people: roles end, and people leave. Returns how many were looked at."""
    found = list(open_challenges())
    for start in range(0, len(found), CHUNK):
        keep_work(found[start : start + CHUNK], now)
    return len(found)


def keep_work(challenges: Sequence[Challenge], now: datetime) -> None:
    """Make what these challenges ask of people exactly what is wanted."""
    stood = standing_items(APP, "challenge", [each.pk for each in challenges])
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    wanted = [item for each in challenges for item in _asked(each, timezone.localdate(now))]
    replace_work_items(standing, wanted, now)


def _asked(challenge: Challenge, on: date) -> Iterator[WorkItem]:
    if challenge.state == ChallengeState.RAISED:
        asked = f"{challenge.challenger} asks for an answer by {day(challenge.current_due_on)}."
        found = answerers(challenge, on)
        nobody = f"{asked} Nobody has a role by which they could answer for {challenge.challenged}: type it for them."
        for scope in found or [UNIT]:
            yield _item(challenge, scope, ANSWER, asked if found else nobody, challenge.current_due_on)
    elif challenge.state == ChallengeState.ANSWERED:
        judging = judges(challenge, on)
        asked = f"{challenge.challenged} has answered. Say whether that is enough."
        nobody = (
            f"{challenge.challenged} has answered, and nobody is left who speaks for {challenge.challenger}."
        )
        for scope in judging or [UNIT]:
            yield _item(challenge, scope, VERDICT, asked if judging else nobody, None)


def _item(challenge: Challenge, scope: str, kind: str, sentence: str, due_on: date | None) -> WorkItem:
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=APP,
        subject_model="challenge",
        subject_id=str(challenge.pk),
        title=f"Challenge: {challenge.title}"[:500],
        sentence=sentence[:500],
        url=reverse("challenges:challenge", args=[challenge.pk]),
        due_on=due_on,
        tier=challenge.tier,
    )
