"""Pages that can be seen as they stood on a day: how the address says which, and what the page says about it.

The address keeps the day (`?as_at=2026-03-31`), so that it can be shared. A view reads it once::

    looking = read_looking_back(request.GET, timezone.localdate())
    page = … if looking.day is None else … as it stood on looking.day

and the template shows `{% looking_back looking %}` under its heading: the banner, and the question for a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from .fields import PARTS, BoxesDateField
from .forms import Form

NAME = "as_at"
BOXES = frozenset(f"{NAME}-{part}" for part in PARTS)
NOT_KEPT = frozenset({NAME, "page", *BOXES})
FIRST_YEAR = 1900


class AsAtForm(Form):
    """The question for a day."""

    as_at = BoxesDateField(label="See it as it stood on", what="The day", help_text="For example, 27 3 2026")


@dataclass(frozen=True)
class LookingBack:
    """What the address asks for. `day` is empty where it asks for today, and where `problem` says what is wrong.

    `kept` is the rest of the address, for the form; `today_address` the same page as it stands today. `short_of`
    are sentences on what the page shows as of today all the same.
    """

    day: dt.date | None
    problem: str
    form: AsAtForm
    kept: tuple[tuple[str, str], ...] = ()
    today_address: str = "?"
    short_of: tuple[str, ...] = field(default=())

    @property
    def in_address(self) -> Mapping[str, tuple[str, ...]]:
        """The part of the address that keeps the day, for the links of a list."""
        return {NAME: (self.day.isoformat(),)} if self.day else {}

    @property
    def query(self) -> str:
        """ "?as_at=2026-03-31" to put behind the address of another page; empty for today."""
        return f"?{NAME}={self.day.isoformat()}" if self.day else ""


def read_looking_back(query: QueryDict, today: dt.date) -> LookingBack:
    """The day the address asks for, from `as_at` or from the three boxes of the form.

    A day that has not come yet, or words that are no day, give a sentence and the page as it stands today.
    """
    day, problem, form = _asked(query, today)
    rest = QueryDict(mutable=True)
    kept = []
    for name in query:
        if name not in NOT_KEPT:
            rest.setlist(name, query.getlist(name))
            kept += [(name, value) for value in query.getlist(name)]
    return LookingBack(day, problem, form, tuple(kept), "?" + rest.urlencode())


def _asked(query: QueryDict, today: dt.date) -> tuple[dt.date | None, str, AsAtForm]:
    written = query.get(NAME, "").strip()
    if written:
        return _written(written, today)
    if not any(query.get(box, "").strip() for box in BOXES):
        return None, "", AsAtForm()
    form = AsAtForm(query)
    if not form.is_valid():
        return None, f"{form.errors[NAME][0]}.", form
    day = form.cleaned_data[NAME]
    return *_come(day, today), form


def _written(text: str, today: dt.date) -> tuple[dt.date | None, str, AsAtForm]:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        return None, "The address names no day that can be read. Enter the day here.", AsAtForm()
    return *_come(day, today), AsAtForm(initial={NAME: day})


def _come(day: dt.date, today: dt.date) -> tuple[dt.date | None, str]:
    if day > today:
        return None, f"{day.day} {day:%B %Y} has not come yet. Enter today or a day before."
    return day, ""
