"""Challenges are kept; the names of people who have left are taken from beside what they did."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Q

from sightline.challenges.models import Challenge, Risk
from sightline.challenges.models.told import Told
from sightline.challenges.selectors.challenges import PARTIES
from sightline.challenges.selectors.risks import OWNERS
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.services.forgetting import forget_in, shred_about, shred_named
from sightline.search.services import keep_words


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered, and from what they raised."""
    typed = Q(from_user=None, from_name=name) if name else Q()
    theirs = Challenge.objects.filter(Q(from_user=user_id) | typed).exclude(from_name__in=("", FORMER_MEMBER))
    raised = [challenge.pk for challenge in theirs]
    models = apps.get_app_config("challenges").get_models()
    done = forget_in(models, user_id, name, {"from_name": "from_user", "said_by": ""})
    again = Challenge.objects.filter(pk__in=raised)
    shred_about(again, doing, ("after.from_name", "after.said_by"))
    shred_named("challenges", name, doing, ("after.said_by", "before.owner", "after.owner"))
    keep_words(*again.select_related(*PARTIES).prefetch_related("steps"))
    return done


def reword(former: Mapping[int, str]) -> None:
    """What people who lost their names raised without an account, and the risks they own, are told of without them."""
    typed = Challenge.objects.filter(from_user=None, from_name__in=former.values())
    raised = [challenge.pk for challenge in typed]
    typed.update(from_name=FORMER_MEMBER)
    for told in (each for each in apps.get_app_config("challenges").get_models() if issubclass(each, Told)):
        told._base_manager.filter(said_by__in=former.values()).update(said_by=FORMER_MEMBER)
    again = Challenge.objects.filter(pk__in=raised).select_related(*PARTIES).prefetch_related("steps")
    risks = Risk.objects.filter(owner_person__in=former).select_related(*OWNERS).prefetch_related("steps")
    keep_words(*again, *risks)
