"""A restricted case, and people who stand to it in every way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.knowing import services
from sightline.knowing.models import Listed
from tests.access.people import member
from tests.restricted.models import CaseNote, Child

WHY = "Runs the review of this case"


def officer(name: str = "Cass Reviewer") -> User:
    """Somebody whose role reads restricted records and keeps their lists."""
    return member(name, "case_review_officer")


def case(reference: str = "CR-1", title: str = "Marzipan case", **more: Any) -> CaseNote:
    """A restricted case about a child."""
    child = more.pop("child", None) or Child.objects.create(name="Tamsin Quillback")
    return CaseNote.objects.create(reference=reference, title=title, child=child, **more)


def listed(about: CaseNote, user: User, **more: Any) -> Listed:
    """Put somebody on the list, as the domain does for whoever begins a record."""
    return services.open_list(about, user, reason=WHY, by=SYSTEM, now=more.get("now", timezone.now()))


def added(about: CaseNote, user: User, *, first: int = 0, last: int = 10) -> Listed:
    """Put somebody on the list from and until days counted from today."""
    today = timezone.localdate()
    return services.add_to_list(
        about,
        user,
        reason=WHY,
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        by=SYSTEM,
        now=timezone.now(),
    )
