"""The list of unusual access, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sightline.events.pages import JournalPage, day_page
from sightline.oversight import selectors
from sightline.oversight.choices import STATE_COLOURS, STATE_LABELS, AlertState, Unusual
from sightline.oversight.forms import AlertFilter, AnswerForm
from sightline.oversight.models import Alert, Answer
from sightline.oversight.permissions import can_answer
from sightline.oversight.rules.numbers import unusual_rules
from sightline.oversight.selectors.days import JOURNAL_READ, JOURNAL_TAKEN, OWN_NAME, REFUSED
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who

LIST = ListPage(
    noun=("thing noticed", "things noticed"),
    columns=(
        Column("day", "Day", sort=("day",)),
        Column("who", "Whose access", sort=("account__name",)),
        Column("rule", "What was unusual", sort=("rule", "-day")),
        Column("state", "Where it stands", sort=("current_state", "-day")),
    ),
    filter_form=AlertFilter,
    order="-day",
)


@dataclass(frozen=True)
class AlertRow:
    """One row of the list."""

    id: int
    day: date
    who: str
    what: str
    sentence: str
    state: str
    colour: str


@dataclass(frozen=True)
class UnusualPage:
    """The list, and up to which day was looked."""

    listing: Listing[AlertRow]
    last_day: date | None


@dataclass(frozen=True)
class Where:
    """A part of the journal to look at."""

    label: str
    href: str


@dataclass(frozen=True)
class AlertPage:
    """One thing noticed: what to look at, what was answered, and the form where the reader may answer."""

    row: AlertRow
    look_at: str
    where: tuple[Where, ...]
    answers: tuple[tuple[str, Answer], ...]
    form: AnswerForm
    may_answer: bool


def unusual_page(user: Who, query: QueryDict) -> UnusualPage:
    """The list that the address asks for."""
    found = LIST.read(query, selectors.alerts(user))
    return UnusualPage(found.with_rows(map(_row, found.rows)), selectors.last_day_looked_at())


def alert_page(user: Who, alert: Alert, form: AnswerForm | None = None) -> AlertPage:
    """The page of one."""
    answers = tuple((STATE_LABELS[AlertState(a.state)], a) for a in selectors.answers_of(alert))
    return AlertPage(
        row=_row(alert),
        look_at=unusual_rules()[Unusual(alert.rule)].look_at,
        where=where_to_look(alert),
        answers=answers,
        form=form or AnswerForm(initial={"version": alert.version}),
        may_answer=can_answer(user, alert),
    )


def _row(alert: Alert) -> AlertRow:
    state = AlertState(alert.current_state)
    return AlertRow(
        id=alert.pk,
        day=alert.day,
        who=alert.account.name,
        what=unusual_rules()[Unusual(alert.rule)].name,
        sentence=alert.sentence,
        state=STATE_LABELS[state],
        colour=STATE_COLOURS[state],
    )


def where_to_look(alert: Alert) -> tuple[Where, ...]:
    """The journal narrowed to that person and day, and to what the rule speaks of."""
    kinds = {
        Unusual.OWN_NAME: (
            ("Looked for their name", OWN_NAME),
            ("Read the journal", JOURNAL_READ),
            ("Took the journal away", JOURNAL_TAKEN),
        ),
        Unusual.REFUSALS: (("Pages that were refused", REFUSED),),
    }
    asked = kinds.get(Unusual(alert.rule), ())
    narrowed = tuple(Where(label, _journal(alert, {"kind": kind})) for label, kind in asked)
    return (*narrowed, Where("Everything they did on that day", _journal(alert, {})))


def _journal(alert: Alert, more: dict[str, str]) -> str:
    return f"{reverse('oversight:alert_journal', args=[alert.pk])}?{urlencode(more)}"


def alert_journal_page(user: Who, alert: Alert, query: QueryDict) -> JournalPage:
    """The journal of that person and day."""
    return day_page(user, query, who=alert.account.email, day=alert.day)
