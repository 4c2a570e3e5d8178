"""The scrutiny log, and one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.challenges import permissions, reports
from sightline.challenges.answered import AnswersShown, answers_of
from sightline.challenges.choices import (
    LOOKED_LABELS,
    SCRUTINY_DEED_BUTTONS,
    SCRUTINY_DEED_LABELS,
    SCRUTINY_STATE_COLOURS,
    SCRUTINY_STATE_LABELS,
    VERDICT_LABELS,
    Looked,
    ScrutinyDeed,
    ScrutinyState,
    Verdict,
)
from sightline.challenges.forms.scrutiny import ScrutinyFilter
from sightline.challenges.models import Scrutiny, ScrutinyAsked, ScrutinyStep
from sightline.challenges.pages.sections import Section, sections
from sightline.challenges.rules.scrutiny import is_answer_late, scrutiny_deeds
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.scrutiny import (
    PARTNERS,
    asked_anywhere,
    partners_asked,
    scrutiny_steps,
    scrutiny_visible_to,
)
from sightline.rendering.document import Document
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day, joined

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("entry", "entries"),
    columns=(
        Column("title", "Entry", sort=("title",)),
        Column("kind", "Looked at", sort=("kind",)),
        Column("seen", "Day", sort=("seen_on",)),
        Column("of", "Asked of"),
        Column("due", "Answer by", sort=("current_due_on",), empty_last=True),
        Column("state", "Where it stands", sort=("state", "current_due_on")),
        Column("verdict", "Verdict", sort=("current_verdict",)),
    ),
    filter_form=ScrutinyFilter,
    order="-seen",
)


@dataclass(frozen=True)
class EntryRow:
    """One entry of the log."""

    href: str
    title: str
    kind: str
    seen_on: date
    of: str
    due_on: date | None
    is_late: bool
    state: str
    colour: str
    verdict: str


@dataclass(frozen=True)
class LogPage:
    """The log."""

    sections: tuple[Section, ...]
    listing: Listing[EntryRow]
    may_write: bool


@dataclass(frozen=True)
class StepShown:
    """One row of the history."""

    title: str
    day: date
    text: str
    detail: str
    voice: str


@dataclass(frozen=True)
class EntryPage:
    """One entry. `partners` are those asked, with the day they answered; `challenges` what it led to."""

    entry: Scrutiny
    state: str
    colour: str
    is_late: bool
    turn: str
    facts: tuple[SummaryRow, ...]
    partners: tuple[tuple[str, date | None], ...]
    doings: tuple[tuple[str, str], ...]
    edit: str
    challenge: str
    challenges: tuple[tuple[str, str], ...]
    steps: tuple[StepShown, ...]
    answered: AnswersShown


def list_page(user: Reader, query: QueryDict, on: date) -> LogPage:
    """The entries that the address asks for."""
    exports = {
        label: reverse("challenges:scrutiny_export", args=[name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    rows = scrutiny_visible_to(user).prefetch_related(PARTNERS)
    found = LIST.read(query, rows, form=_filter(user, query), exports=exports)
    shown = found.with_rows(_row(each, on) for each in found.rows)
    return LogPage(sections(user, "challenges:scrutinies"), shown, permissions.scrutinises(user))


def list_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The log as it is narrowed and ordered, whole, as a table to take away."""
    rows = scrutiny_visible_to(user).prefetch_related(PARTNERS)
    found = LIST.ordered(_filter(user, query).narrow(rows), query)
    cells = map(reports.scrutiny_cells, found.iterator(chunk_size=500))
    return reports.table("Scrutiny", reports.SCRUTINY_COLUMNS, cells, marking)


def _filter(user: Reader, query: QueryDict) -> ScrutinyFilter:
    return ScrutinyFilter(query, of=asked_anywhere(user))


def _row(found: Scrutiny, on: date) -> EntryRow:
    state = found.state_now
    return EntryRow(
        href=reverse("challenges:scrutiny", args=[found.pk]),
        title=found.title,
        kind=LOOKED_LABELS[Looked(found.kind)],
        seen_on=found.seen_on,
        of=joined([str(each) for each in partners_asked(found)]) if found.asked else "",
        due_on=found.current_due_on,
        is_late=is_answer_late(state, found.current_due_on, on),
        state=SCRUTINY_STATE_LABELS[state],
        colour=SCRUTINY_STATE_COLOURS[state],
        verdict=found.verdict_label,
    )


def entry_page(user: Reader, found: Scrutiny, on: date) -> EntryPage:
    """One entry with all that was done about it, the newest first."""
    state, partners = found.state_now, partners_asked(found)
    led = challenges_visible_to(user).filter(scrutiny=found).order_by("pk")
    writes = permissions.scrutinises(user)
    return EntryPage(
        entry=found,
        state=SCRUTINY_STATE_LABELS[state],
        colour=SCRUTINY_STATE_COLOURS[state],
        is_late=is_answer_late(state, found.current_due_on, on),
        turn=_turn(found, partners),
        facts=_facts(found),
        partners=tuple((str(each), each.current_answered_on) for each in partners),
        doings=_doings(user, found, has_asked=bool(partners)),
        edit=reverse("challenges:scrutiny_edit", args=[found.pk]) if writes else "",
        challenge=f"{reverse('challenges:new')}?after={found.pk}" if writes else "",
        challenges=tuple((each.title, reverse("challenges:challenge", args=[each.pk])) for each in led),
        answered=answers_of(
            user, found, "In plans: what answers it", may_name=permissions.can_name_answer(user, found)
        ),
        steps=tuple(_step(each) for each in reversed(scrutiny_steps(found))),
    )


def _facts(found: Scrutiny) -> tuple[SummaryRow, ...]:
    rows = (
        ("Kind", LOOKED_LABELS[Looked(found.kind)]),
        ("Looked at", found.looked_at),
        ("Found", found.found),
        ("Asked of partners", found.asked),
        ("Day", day(found.seen_on)),
        ("Verdict", found.verdict_label),
        ("Entered by", found.voice),
        ("Who may read it", found.get_tier_display()),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _turn(found: Scrutiny, partners: list[ScrutinyAsked]) -> str:
    if found.state == ScrutinyState.WAITING:
        silent = joined([str(each) for each in partners if each.current_answered_on is None])
        return f"Waits for {silent}, by {day(found.current_due_on)}."
    if found.state == ScrutinyState.ANSWERED:
        return "All partners have answered. The independent scrutineer says what came of it."
    return found.verdict_label


def _doings(user: Reader, found: Scrutiny, *, has_asked: bool) -> tuple[tuple[str, str], ...]:
    may = {ScrutinyDeed.RESPOND: permissions.can_answer_scrutiny(user, found)}
    writes = permissions.scrutinises(user)
    return tuple(
        (SCRUTINY_DEED_BUTTONS[deed], reverse("challenges:scrutiny_do", args=[found.pk, deed.value]))
        for deed in scrutiny_deeds(has_asked, found.state_now)
        if may.get(deed, writes)
    )


def _step(step: ScrutinyStep) -> StepShown:
    label = SCRUTINY_DEED_LABELS[ScrutinyDeed(step.deed)]
    details = [
        VERDICT_LABELS[Verdict(step.verdict)] if step.verdict else "",
        f"answer by {day(step.due_on)}" if step.due_on else "",
    ]
    title = f"{label}: {step.partner}" if step.partner else label
    return StepShown(title, step.as_at, step.text, " · ".join(filter(None, details)), step.voice)


def as_it_stands(found: Scrutiny) -> tuple[SummaryRow, ...]:
    """The entry as it stands, with the last thing done about it, for somebody who had not seen it."""
    steps = list(scrutiny_steps(found))[-1:]
    told = tuple(
        SummaryRow(SCRUTINY_DEED_LABELS[ScrutinyDeed(each.deed)], f"{each.text} ({each.voice})")
        for each in steps
    )
    rows = (("About", found.title), ("Found", found.found), ("Asked of partners", found.asked),
            ("Where it stands", SCRUTINY_STATE_LABELS[found.state_now]))  # fmt: skip
    return (*(SummaryRow(key, value) for key, value in rows if value), *told)
