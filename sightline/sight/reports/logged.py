"""Challenges, risks and scrutiny entries that actions of a thread answer or treat."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.plans.models import Action, Answering
from sightline.plans.pages.answering import LogShown, logs_shown
from sightline.sight.choices import StartKind
from sightline.sight.selectors.starts import ANSWERS_LOGS
from sightline.sight.selectors.threads import Thread


def log_key(answering: Answering) -> str:
    """The challenge, risk or scrutiny entry that is answered."""
    return f"{answering.logged._meta.model_name}-{answering.logged.pk}"


def logs_in(told: Thread) -> Iterator[tuple[str, str, LogShown]]:
    """Each of them once: its key, its kind in a word, and what is shown of it."""
    found = {log_key(each): each for rows in told.logged.values() for each in rows}
    for key, each in found.items():
        yield key, key.partition("-")[0].capitalize(), logs_shown([each])[0]


def answers_logs(told: Thread, action: Action) -> str:
    """That it answers or treats records of the logs: the thread of one action names them, another says so."""
    if told.start.kind == StartKind.ACTION or not getattr(action, ANSWERS_LOGS, False):
        return ""
    return "Answers a challenge or scrutiny entry, or treats a risk"
