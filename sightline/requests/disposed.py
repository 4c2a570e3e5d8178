"""Rounds go after two years; before that, the names and addresses of people who have left are taken out of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now

from sightline.access.models import User
from sightline.access.selectors import NOWHERE
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.services.forgetting import forget_in, shred_named
from sightline.requests.models import Asked, Cycle, Round, RoundMail

# Where e-mails of rounds went to people who have left.
FORMER_ADDRESS = f"former{NOWHERE}"


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside the rounds they opened, and from those that asked them or told them of silence.

    Where somebody else bears the name too, it is theirs by the person of the account alone.
    """
    asked, address = Asked.objects.filter(person__user=user_id), Q(email=_address_of(user_id))
    written = {*asked.values_list("name", "email")}
    done = forget_in([Round, Cycle], user_id, name, {}) + _take_out(asked)
    done += RoundMail.objects.filter(address, asked=None).update(email=f"former-{user_id}{NOWHERE}")
    for said in {name, *(one for both in written for one in both), _address_of(user_id)}:
        is_theirs = said == name or not User.objects.filter(name=said).exclude(pk=user_id).exists()
        shred_named("requests", said if is_theirs else "", doing, ("after.name", "after.to"))
    return done


def reword(former: Mapping[int, str]) -> None:
    """People who lost their names lose them, and their addresses, where rounds asked them."""
    _take_out(Asked.objects.filter(person__in=former))


def _take_out(asked: QuerySet[Asked]) -> int:
    """Put a former member in the place of these; nobody is asked, and nothing opens, by their links any more."""
    rows = asked.exclude(email__endswith=NOWHERE)
    place = Concat(Value("former-"), Cast("pk", CharField()), Value(NOWHERE))
    mails = RoundMail.objects.filter(asked__in=rows)
    mails.update(email=FORMER_ADDRESS)
    mails.update(ended_at=Coalesce("ended_at", Now()))
    rows.update(ended_at=Coalesce("ended_at", Now()))
    rows.update(name=FORMER_MEMBER)
    return rows.update(email=place)


def _address_of(user_id: int) -> str:
    return User.objects.values_list("email", flat=True).get(pk=user_id)
