"""Writing once what is sent more than once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from sightline.access.models import Token
from sightline.api.models import KeptAnswer
from sightline.events.services import deed

KEPT_FOR = timedelta(days=1)
Answer = dict[str, Any]


class KeyUsed(Exception):
    """The key stands for something else that was asked before."""


def answer_once(token: Token, key: str, digest: str, do: Callable[[], Answer], now: datetime) -> Answer:
    """What `do` answers; where the same was asked under this key before, the answer of then, and nothing is done.

    Without a key it is done each time. What is refused is not kept: it may be sent again, mended. Raises KeyUsed.
    """
    if not key:
        return do()
    if kept := _kept(token, key, digest):
        return answer_of(kept)
    try:
        return _first(token, key, digest, do, now)
    except IntegrityError:
        # Somebody else wrote under this key meanwhile; anything else is a fault.
        kept = _kept(token, key, digest)
        if kept is None:
            raise
        return answer_of(kept)


def answer_of(kept: KeptAnswer) -> Answer:
    """What was answered."""
    return dict(kept.answer)


def _kept(token: Token, key: str, digest: str) -> KeptAnswer | None:
    found = KeptAnswer.objects.filter(token=token, key=key).first()
    if found and found.digest != digest:
        raise KeyUsed
    return found


@deed
def _first(token: Token, key: str, digest: str, do: Callable[[], Answer], now: datetime) -> Answer:
    row = KeptAnswer.objects.create(token=token, key=key, digest=digest, made_at=now)
    row.answer = do()
    row.save(update_fields=["answer"])
    return answer_of(row)


@deed
def forget_answers(now: datetime) -> int:
    """Delete answers that nobody asks for again. Returns how many."""
    return KeptAnswer.objects.filter(made_at__lt=now - KEPT_FOR).delete()[0]
