"""Returns are kept; the names of people who have left are taken from beside what they did, and whose word it was."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.services.forgetting import forget_in, shred_about, shred_named
from sightline.rhythm.models import Reopened, Return, ReturnPaper, ReturnText, SignedOff, StepTold

SIGNED_BY = ("after.signed_by",)


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered, and from what they signed or was signed in their name."""
    own = SignedOff.objects.filter(entered_by=user_id, how="").exclude(signed_by=FORMER_MEMBER)
    returns = list(own.values_list("of", flat=True))
    done = own.update(signed_by=FORMER_MEMBER)
    models = [Return, ReturnText, SignedOff, StepTold, Reopened, ReturnPaper]
    done += forget_in(models, user_id, name, {"signed_by": ""})
    shred_named("rhythm", name, doing, SIGNED_BY)
    if not SignedOff.objects.filter(of__in=returns).exclude(signed_by=FORMER_MEMBER).exists():
        shred_about(Return.objects.filter(pk__in=returns), doing, SIGNED_BY)
    return done


def reword(former: Mapping[int, str]) -> None:
    """People who lost their names lose them where returns were signed off by their word."""
    SignedOff.objects.filter(signed_by__in=former.values()).update(signed_by=FORMER_MEMBER)
