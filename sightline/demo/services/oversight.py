"""What data protection looks at in Wealdshire: the review of access, unusual access, a sample of the journal."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sightline.access.models import User
from sightline.access.services import note_refused
from sightline.demo.services.partners import People
from sightline.oversight.choices import AlertState, Verdict
from sightline.oversight.models import Alert
from sightline.oversight.services import answer, mark, name_reviewer
from sightline.oversight.services.reviews import open_review
from sightline.oversight.services.samples import draw_of
from sightline.oversight.services.unusual import look_at
from sightline.search.services import note_own_name


def load_oversight(words: dict[str, Any], people: People) -> None:
    """Name the reviewers, and open the quarter's review of what everybody holds."""
    for row in words["reviewers"]:
        account = User.objects.get(email=row["email"])
        name_reviewer(people.agencies[row["agency"]], account, by=people.manager, today=people.on)
    open_review(people.on)


def load_looks(words: dict[str, Any], people: People) -> None:
    """What was unusual on the day of loading, and a sample of the month so far: a journal has no earlier days.

    The days and months that follow are looked at as everywhere.
    """
    officer = User.objects.get(email=words["officer"]).actor
    for row in words["refused"]:
        for page in row["pages"]:
            note_refused(User.objects.get(email=row["who"]), page)
    for email in words["own_name"]:
        note_own_name(User.objects.get(email=email))
    now = timezone.now()
    today = timezone.localdate(now)
    look_at(today, now)
    for row in words["answered"]:
        raised = Alert.objects.get(account__email=row["who"], rule=row["rule"], day=today)
        answer(raised, AlertState.EXPLAINED, row["because"], version=raised.version, by=officer, now=now)
    drawn = draw_of(today.replace(day=1), now)
    if drawn is None:
        raise ValueError("The loading of Wealdshire left nothing in the journal.")
    *in_order, asked = drawn.drawn.order_by("position")[: words["marked"]]
    for entry in in_order:
        mark(entry, Verdict.IN_ORDER, "", version=entry.version, by=officer, now=now)
    mark(asked, Verdict.QUERIED, words["query"], version=asked.version, by=officer, now=now)
