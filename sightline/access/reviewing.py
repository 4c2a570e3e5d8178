"""What is asked anew in a review of access: each app offers what its people hold and how that is ended.

It stands outside the layers of this app, like the marks of views, so that case lists of any later app can be offered
without knowing who reviews them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, Tier


@dataclass(frozen=True)
class Grant:
    """One thing somebody holds: `what` (a role, a place on a case list), over what, and what it opens (`reads`).

    `over`: the same in words, where the scope does not say it.
    """

    number: int
    account_id: int
    what: str
    scope_kind: str
    scope_key: str
    reads: Tier
    since: date
    over: str = ""


@dataclass(frozen=True)
class Offered:
    """A kind of grant. `held`: all that stand on a day and open this tier or more; `standing`: which of these numbers
    still do; `end`: end one from this moment's day on (raises NobodyLeft); who it is for is told by whoever reviews;
    `is_last`: whether one must stay until somebody else is there.
    """

    kind: str
    held: Callable[[date, Tier], Sequence[Grant]]
    standing: Callable[[Iterable[int], date], set[int]]
    end: Callable[[int, datetime, str, Actor], None]
    is_last: Callable[[int, datetime], bool] = lambda number, now: False


_offered: dict[str, Offered] = {}


def offer(offered: Offered) -> None:
    """Let a kind be reviewed. A second call for the same kind replaces the first."""
    _offered[offered.kind] = offered


def forget(kind: str) -> None:
    """Take a kind away: for tests that offer their own."""
    _offered.pop(kind, None)


def kinds() -> dict[str, Offered]:
    """Every kind that is reviewed."""
    return dict(_offered)
