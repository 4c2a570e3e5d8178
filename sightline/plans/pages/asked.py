"""Who was asked by e-mail for an answer to a recommendation, as the unit sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.access.models import ReturnLink
from sightline.plans.models import Addressee
from sightline.plans.pages.looks import day
from sightline.screens.words import joined


@dataclass(frozen=True)
class AskedShown:
    """Somebody who was asked by e-mail. `end` is where the link is ended, empty where it is over."""

    sentence: str
    end: str


def asked_shown(each: Addressee, links: Iterable[ReturnLink], now: datetime) -> tuple[AskedShown, ...]:
    """Who was asked for this addressee's answer, the last first."""
    return tuple(_asked(each, link, now) for link in links)


def _asked(each: Addressee, link: ReturnLink, now: datetime) -> AskedShown:
    is_open = link.ended_at is None and link.expires_at > now and not each.gone_on
    if link.ended_at:
        state = f"ended on {_day(link.ended_at)}"
    elif each.gone_on:
        state = "no longer asked"
    else:
        state = f"the link {'works' if is_open else 'worked'} until {_day(link.expires_at)}"
    answered = f"answered on {_day(link.answered_at)}" if link.answered_at else "no answer yet"
    who = f"{link.name}, {link.email}" if link.name else link.email
    source = each.recommendation.source
    end = reverse("plans:ledger_ask_end", args=[source.key, each.recommendation_id, each.pk, link.pk])
    told = joined([f"asked on {_day(link.made_at)}", answered, state])
    return AskedShown(f"{who}: {told}.", end if is_open else "")


def _day(moment: datetime) -> str:
    return day(timezone.localtime(moment).date())
