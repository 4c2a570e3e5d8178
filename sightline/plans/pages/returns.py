"""An answer asked for by link: the page that its person sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.access.models import ReturnLink
from sightline.plans.forms.returns import AnswerForm
from sightline.plans.models import Addressee
from sightline.plans.pages.likes import named
from sightline.plans.pages.looks import day
from sightline.plans.pages.recommendation import LineShown, shown_line
from sightline.plans.selectors.returns import Stands


@dataclass(frozen=True)
class AnswerPage:
    """What somebody is asked, and what they said so far: nothing of what others said."""

    source: str
    title: str
    text: str
    whose: str
    due: str
    form: AnswerForm
    lines: tuple[LineShown, ...]
    until: datetime


def answer_page(found: Addressee, link: ReturnLink, form: AnswerForm, stands: Stands) -> AnswerPage:
    """The page of this answer."""
    recommendation = found.recommendation
    return AnswerPage(
        source=recommendation.source.title,
        title=": ".join(filter(None, (named(recommendation.number), recommendation.title))),
        text=recommendation.text,
        whose=str(found),
        due=_due(found),
        form=form,
        lines=tuple(shown_line(line) for line in reversed(stands.lines)),
        until=timezone.localtime(link.expires_at),
    )


def _due(found: Addressee) -> str:
    if found.current_due_on is None:
        return ""
    return f"Progress at {found.current_due_months} months is due by {day(found.current_due_on)}."


def first_answers(link: ReturnLink, stands: Stands) -> dict[str, Any]:
    """What stands in the form at first: what they said before, and who they are."""
    return {
        "seen": str(stands.newest),
        "value": stands.acceptance or "",
        "why": "\n".join(stands.why),
        "response": "\n".join(stands.response.public) if stands.response else "",
        "said_by": link.name,
    }
