"""What plans tell the logs below them: which actions, recommendations and plans answer a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from sightline.challenges.answered import Answered, Offer
from sightline.plans.pages.answering import ended_words, words_of
from sightline.plans.selectors.answering import answers_to


def answers(user: Any, logged: Model) -> Sequence[Answered]:
    """What was named, the ended ones too, as far as the reader may read it; one query."""
    found = []
    for each in answers_to(user, logged):
        words, href, thread = words_of(each.named)
        end = "" if each.ended_on else reverse("plans:answer_end", args=[each.pk])
        found.append(Answered(words, href, thread, each.reason, each.as_at, ended_words(each), end))
    return found


def name_href(logged: Model) -> str:
    """Where an answer is named."""
    return reverse("plans:answer_name", args=[str(logged._meta.model_name), logged.pk])


def thread_href(logged: Model) -> str:
    """Where one looks along its line of sight."""
    return reverse("sight:thread", args=[str(logged._meta.model_name), str(logged.pk)])


offered = Offer(answers, name_href, thread_href)
