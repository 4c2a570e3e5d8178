"""What these logs ask of people: an answer, a verdict, a review. Kept by the services, looked over once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.challenges.choices import ChallengeState, Chaser, ScrutinyState
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.rules.scoring import asks_for_review, scale
from sightline.challenges.rules.waiting import ladder
from sightline.challenges.selectors.challenges import answerers, judges, open_challenges
from sightline.challenges.selectors.risks import reviewed_soon, reviewers
from sightline.challenges.selectors.scrutiny import open_scrutiny, partners_asked, there
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.screens.words import day, joined

APP, UNIT = "challenges", "unit"
SCRUTINEER = f"may:{Permission.SCRUTINY_WRITE.value}"
ANSWER, VERDICT, REVIEW = "challenge_answer", "challenge_verdict", "risk_review"
RESPONSE, JUDGEMENT = "scrutiny_response", "scrutiny_verdict"
CHALLENGE_LATE, SCRUTINY_LATE, REVIEW_LATE = "challenge_late", "scrutiny_late", "risk_review_late"
CHUNK = 200
Asked = Callable[[Any, date], Iterator[WorkItem]]


def refresh_work(*, now: datetime) -> int:
    """Ask anew what open challenges and risks ask of people: roles end, people leave, days come.

    Returns how many were looked at.
    """
    every: tuple[tuple[list[Any], Callable[[Sequence[Any], datetime], None]], ...] = (
        (list(open_challenges()), keep_work),
        (list(reviewed_soon(timezone.localdate(now))), keep_risk_work),
        (list(open_scrutiny()), keep_scrutiny_work),
    )
    for found, keep in every:
        for start in range(0, len(found), CHUNK):
            keep(found[start : start + CHUNK], now)
    return sum(len(found) for found, _ in every)


def keep_work(challenges: Sequence[Challenge], now: datetime) -> None:
    """Make what these challenges ask of people exactly what is wanted."""
    _keep("challenge", challenges, _of_challenge, now)


def keep_risk_work(risks: Sequence[Risk], now: datetime) -> None:
    """Make what these risks ask of people exactly what is wanted."""
    _keep("risk", risks, _of_risk, now)


def keep_scrutiny_work(entries: Sequence[Scrutiny], now: datetime) -> None:
    """Make what these entries of the scrutiny log ask of people exactly what is wanted."""
    _keep("scrutiny", entries, _of_scrutiny, now)


def _keep(model: str, records: Sequence[Any], asked: Asked, now: datetime) -> None:
    stood = standing_items(APP, model, [each.pk for each in records])
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    wanted = [item for each in records for item in asked(each, timezone.localdate(now))]
    replace_work_items(standing, wanted, now)


def _of_challenge(challenge: Challenge, on: date) -> Iterator[WorkItem]:
    if challenge.state == ChallengeState.RAISED:
        asked = f"{challenge.challenger} raised a challenge, and asks for an answer by {day(challenge.current_due_on)}."
        found = answerers(challenge, on)
        nobody = f"{asked} Nobody has a role by which they could answer for {challenge.challenged}: type it for them."
        for scope in found or [UNIT]:
            yield _item(challenge, scope, ANSWER, asked if found else nobody, challenge.current_due_on)
        yield from _chased(
            challenge,
            CHALLENGE_LATE,
            str(challenge.challenged),
            lambda: judges(challenge, on),
            bool(found),
            on,
        )
    elif challenge.state == ChallengeState.ANSWERED:
        judging, who = judges(challenge, on), challenge.challenger
        asked = f"{challenge.challenged} has answered the challenge. Say whether that is enough."
        nobody = (
            f"{challenge.challenged} has answered the challenge, and nobody is left who speaks for {who}."
        )
        for scope in judging or [UNIT]:
            yield _item(challenge, scope, VERDICT, asked if judging else nobody, None)


def _chased(
    found: Challenge | Scrutiny,
    kind: str,
    silent: str,
    askers: Callable[[], list[str]],
    is_asked: bool,
    on: date,
) -> Iterator[WorkItem]:
    """What a late answer asks of others: of the unit, where somebody else is asked, and of whoever asked for it."""
    due_on = found.current_due_on
    chasers = ladder().chasers(due_on, on) if due_on else frozenset()
    late = f"The answer of {silent} was asked for by {day(due_on)}, and has not come."
    if Chaser.UNIT in chasers and is_asked:
        yield _item(found, UNIT, kind, f"{late} Ask what stands in the way.", due_on)
    if Chaser.ASKER in chasers:
        ways = "Ask again with another day, or bring it to a meeting."
        yield from (_item(found, scope, kind, f"{late} {ways}", due_on) for scope in askers())


def _of_risk(risk: Risk, on: date) -> Iterator[WorkItem]:
    if not asks_for_review(risk.state_now, risk.current_review_on, on, scale().review_soon_days):
        return
    found = reviewers(risk, on)
    asked = f"Say how this risk stands now: its review is due by {day(risk.current_review_on)}."
    nobody = f"{asked} {risk.owner} has nobody here who could do so: ask them, and type it for them."
    for scope in found or [UNIT]:
        sentence = asked if found else nobody
        yield _item(risk, scope, REVIEW, sentence, risk.current_review_on)
    due_on = risk.current_review_on
    if found and due_on and ladder().chases_review(due_on, on):
        late = (
            f"{risk.owner} was to review this risk by {day(due_on)}, and has not. Ask what stands in the way."
        )
        yield _item(risk, UNIT, REVIEW_LATE, late, due_on)


def _of_scrutiny(entry: Scrutiny, on: date) -> Iterator[WorkItem]:
    if entry.state == ScrutinyState.WAITING:
        waiting = [each.partner for each in partners_asked(entry) if each.current_answered_on is None]
        keys = {f"{party._meta.model_name}:{party.key}": party for party in waiting}
        known = there(keys, on)
        asked = f"The independent scrutineer asks for an answer by {day(entry.current_due_on)}."
        for key in sorted(known):
            yield _item(entry, key, RESPONSE, asked, entry.current_due_on)
        if silent := [str(party) for key, party in keys.items() if key not in known]:
            sentence = f"{asked} Nobody here could answer for {joined(silent)}: type it for them."
            yield _item(entry, UNIT, RESPONSE, sentence, entry.current_due_on)
        names = joined([str(party) for party in waiting])
        yield from _chased(entry, SCRUTINY_LATE, names, lambda: [SCRUTINEER], bool(known), on)
    elif entry.state == ScrutinyState.ANSWERED:
        # Nobody else may judge: where there is no scrutineer now, it waits for the next one.
        yield _item(
            entry, SCRUTINEER, JUDGEMENT, "Partners have answered your scrutiny. Say what you conclude.", None
        )


def _item(found: Any, scope: str, kind: str, sentence: str, due_on: date | None) -> WorkItem:
    model = found._meta.model_name
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=APP,
        subject_model=model,
        subject_id=str(found.pk),
        title=found.title[:500],
        sentence=sentence[:500],
        url=reverse(f"challenges:{model}", args=[found.pk]),
        due_on=due_on,
        tier=found.tier,
    )
