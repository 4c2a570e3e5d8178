"""Making what is owed, and returns, for tests, by the services that people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.partners.models import Group
from sightline.requests.models import Cycle, Owed
from sightline.requests.services import CycleGiven, begin_cycle
from sightline.rhythm.models import Return
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import begin_return, sign_return, write_return

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
SIGNED = date(2026, 7, 10)
WORDS = {
    "achievements": "Two audits finished",
    "impact": "Fewer children waited for an assessment",
    "voice": "Children said that nobody told them why; we changed the letter",
    "challenges": "A vacant post",
    "next_steps": "- Write to schools\n- Repeat the audit",
}


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(number)


def make_cycle(group: Group, by: Group | None = None, due: int = 10, **given: Any) -> Cycle:
    """A quarterly return that `by` owes to the group, the first one due in so many days from today."""
    first = in_days(due)
    values = {
        "kind": "return_quarter" if by else "scorecard",
        "group": group,
        "first_due": first,
        "first_until": first - timedelta(5),
        "months": 3,
        "owed_by": by,
        "owed_by_words": "" if by else "The business unit",
    } | given
    return begin_cycle(CycleGiven(**values), by=SYSTEM, now=timezone.now())


def owed(cycle: Cycle) -> Owed:
    """The first time of it."""
    return Owed.objects.select_related("cycle__group", "cycle__owed_by").filter(cycle=cycle)[0]


def make_return(group: Group, first: date = FIRST, last: date = LAST, found: Owed | None = None) -> Return:
    return begin_return(group, "return_quarter", first, last, found, by=SYSTEM, now=timezone.now())


def written(found: Return, steps: Any = (), **words: str) -> Return:
    """The return with these words, and all others of `WORDS` under their headings."""
    return write_return(
        read_return(found), found.version, WORDS | words, dict(steps), by=SYSTEM, now=timezone.now()
    )


def signed(found: Return, on: date = SIGNED, **given: Any) -> Return:
    return sign_return(found, found.version, on, "Cy Chair", by=SYSTEM, now=timezone.now(), **given)
