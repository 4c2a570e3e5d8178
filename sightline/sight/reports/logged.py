"""Challenges, risks and scrutiny entries in a thread: where they stand, and what answers or treats them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.urls import reverse

from sightline.challenges.choices import CHANGED_LABELS, Changed
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.rules.scoring import scale
from sightline.plans.models import Action, Answering
from sightline.plans.rules import addresses
from sightline.screens.words import day
from sightline.sight.choices import LOGS, START_LABELS, StartKind
from sightline.sight.reports.items import Item, thread_href
from sightline.sight.selectors.threads import Thread

Log = Challenge | Risk | Scrutiny


def kind_of(log: Log) -> StartKind:
    """Which of the logs it stands in."""
    return StartKind(str(log._meta.model_name))


def log_key(log: Log) -> str:
    """What joins it to others in a picture."""
    return f"{kind_of(log).value}-{log.pk}"


def log_href(log: Log) -> str:
    """Its own page."""
    return reverse(f"challenges:{kind_of(log).value}", args=[log.pk])


def log_items(told: Thread) -> Iterator[Item]:
    """Each of them once, with how it is answered; the start first, then what led to it or what it led to."""
    start = told.start
    first = (start.record, *told.led) if start.kind in LOGS else ()
    tied = () if start.kind in LOGS else (each.logged for each in _tied(told))
    for log in {log_key(each): each for each in chain(first, tied)}.values():
        kind = kind_of(log)
        reasons = (_reason(each) for each in _tied(told) if each.logged == log)
        yield Item(
            key=log_key(log),
            words=f"{START_LABELS[kind]}: {log.title}",
            href=log_href(log),
            thread_href=thread_href(kind, str(log.pk)),
            details=tuple(dict.fromkeys((_stands(log), *reasons))),
            short=START_LABELS[kind],
            is_start=kind == start.kind and log == start.record,
        )


def _tied(told: Thread) -> tuple[Answering, ...]:
    """What ties records of the logs to the start: a recommendation's thread has those that it answers itself."""
    if told.start.kind in LOGS:
        return told.own_logged
    if told.start.kind == StartKind.RECOMMENDATION:
        return tuple(each for each in told.logged if each.recommendation_id == told.start.record.pk)
    return told.logged


def _reason(tied: Answering) -> str:
    return f"Answered by the whole of {tied.plan.name}: {tied.reason}" if tied.plan else tied.reason


def _stands(log: Log) -> str:
    """Where it stands, in a sentence or two."""
    if isinstance(log, Scrutiny):
        verdict = f" {log.verdict_label}." if log.verdict_label else ""
        return f"Seen on {day(log.seen_on)}. {log.get_state_display()}.{verdict}"
    if isinstance(log, Risk):
        score = (
            f"residual score {log.current_residual}, {scale().band_of(log.current_residual).label.lower()}"
        )
        return f"Raised on {day(log.raised_on)}. {log.get_state_display()}, {score}."
    changed = CHANGED_LABELS[Changed(log.current_changed)].lower() if log.current_changed else ""
    told = f" What changed: {changed}." if changed else ""
    return f"Raised on {day(log.raised_on)}. {log.get_state_display()}.{told}"


def named_plans(told: Thread) -> Iterator[Item]:
    """Plans that were named whole as what answers the record of the logs that the thread starts from."""
    for each in {tied.plan_id: tied for tied in told.own_logged if tied.plan}.values():
        if each.plan:
            yield Item(
                key=f"plan-{each.plan.pk}",
                words=f"Plan: {each.plan.name}",
                href=addresses.of_plan(each.plan.key),
                details=(f"The whole plan is named: {each.reason}",),
                short="Plan",
            )


def log_joins(told: Thread, aim_of: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Which boxes they belong to; `aim_of` gives the box of the aim that an action works towards, or its own."""
    for each in told.logged:
        log = log_key(each.logged)
        if each.action_id in aim_of:
            yield log, aim_of[each.action_id or 0]
        if each.recommendation_id:
            yield log, f"recommendation-{each.recommendation_id}"
        if each.plan_id:
            yield log, f"plan-{each.plan_id}"
            yield from ((log, aim_of[action.pk]) for action in told.actions if _in_plan(each, action))


def _in_plan(tied: Answering, action: Action) -> bool:
    return action.plan_id == tied.plan_id
