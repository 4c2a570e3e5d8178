"""The list of challenges, one challenge, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.challenges import permissions, reports
from sightline.challenges.answered import AnswersShown, answers_of
from sightline.challenges.choices import (
    CHANGED_LABELS,
    DEED_BUTTONS,
    DEED_LABELS,
    FROM_LABELS,
    STATE_COLOURS,
    STATE_LABELS,
    ChallengeState,
    Changed,
    Deed,
    From,
)
from sightline.challenges.forms.challenges import ME, ChallengeFilter
from sightline.challenges.models import Challenge, ChallengeStep
from sightline.challenges.pages.sections import Section, sections
from sightline.challenges.reports import Figure
from sightline.challenges.rules.states import moves_from
from sightline.challenges.rules.waiting import days_open, is_late
from sightline.challenges.selectors.challenges import (
    challenger_has_left,
    challenges_visible_to,
    sides_named,
    steps_of,
)
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.rendering.document import Document
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("challenge", "challenges"),
    columns=(
        Column("title", "Challenge", sort=("title",)),
        Column("by", "Raised by", sort=("from_kind", "from_agency__name", "from_group__name")),
        Column("to", "Raised to", sort=("to_agency__name", "to_group__name")),
        Column("raised", "Raised", sort=("raised_on",)),
        Column("due", "Answer by", sort=("current_due_on",)),
        Column("state", "Where it stands", sort=("state", "current_due_on")),
        Column("changed", "What changed", sort=("current_changed",)),
    ),
    filter_form=ChallengeFilter,
    order="-raised",
)


@dataclass(frozen=True)
class ChallengeRow:
    """One challenge of the list."""

    href: str
    title: str
    challenger: str
    challenged: str
    raised_on: date
    due_on: date
    state: str
    colour: str
    is_late: bool
    changed: str


@dataclass(frozen=True)
class ChallengesPage:
    """The list of challenges."""

    sections: tuple[Section, ...]
    listing: Listing[ChallengeRow]


@dataclass(frozen=True)
class StepShown:
    """One row of the history."""

    title: str
    day: date
    text: str
    changed: str
    due_on: date | None
    voice: str


@dataclass(frozen=True)
class ChallengePage:
    """One challenge. `turn` says in a sentence whose turn it is; `doings` are what its reader may do."""

    challenge: Challenge
    facts: tuple[SummaryRow, ...]
    state: str
    colour: str
    is_late: bool
    turn: str
    doings: tuple[tuple[str, str], ...]
    edit: str
    steps: tuple[StepShown, ...]
    led_by: tuple[str, str] | None
    answered: AnswersShown


@dataclass(frozen=True)
class FiguresPage:
    """Figures of challenges, each with the way to its rows."""

    sections: tuple[Section, ...]
    ages: tuple[Figure, ...]
    challengers: tuple[Figure, ...]
    answers: Figure


def list_page(user: Reader, query: QueryDict, on: date) -> ChallengesPage:
    """The challenges that the address asks for."""
    exports = {
        label: reverse("challenges:list_export", args=[name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    found = LIST.read(query, challenges_visible_to(user), form=_filter(user, query), exports=exports)
    rows = found.with_rows(_row(each, on) for each in found.rows)
    return ChallengesPage(sections(user, "challenges:list"), rows)


def list_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The list as it is narrowed and ordered, whole, as a table to take away."""
    rows = LIST.ordered(_filter(user, query).narrow(challenges_visible_to(user)), query)
    cells = map(reports.challenge_cells, rows.iterator(chunk_size=500))
    return reports.table("Challenges", reports.CHALLENGE_COLUMNS, cells, marking)


def _filter(user: Reader, query: QueryDict) -> ChallengeFilter:
    return ChallengeFilter(query, by=sides_named(user, "from"), to=sides_named(user, "to"))


def _row(found: Challenge, on: date) -> ChallengeRow:
    state = found.state_now
    return ChallengeRow(
        href=reverse("challenges:challenge", args=[found.pk]),
        title=found.title,
        challenger=found.challenger,
        challenged=str(found.challenged),
        raised_on=found.raised_on,
        due_on=found.current_due_on,
        state=STATE_LABELS[state],
        colour=STATE_COLOURS[state],
        is_late=is_late(state, found.current_due_on, on),
        changed=CHANGED_LABELS[Changed(found.current_changed)] if found.current_changed else "",
    )


def challenge_page(user: Reader, found: Challenge, on: date) -> ChallengePage:
    """One challenge with all that was done about it, the newest first."""
    state, steps = found.state_now, list(steps_of(found))
    return ChallengePage(
        challenge=found,
        facts=facts(found, on),
        state=STATE_LABELS[state],
        colour=STATE_COLOURS[state],
        is_late=is_late(state, found.current_due_on, on),
        turn=_turn(found, on),
        doings=_doings(user, found, on),
        edit=reverse("challenges:edit", args=[found.pk])
        if permissions.can_edit_challenge(user, found)
        else "",
        steps=tuple(_step(each) for each in reversed(steps)),
        led_by=_led_by(user, found),
        answered=answers_of(
            user, found, "In plans: what answers it", may_name=permissions.can_name_answer(user, found)
        ),
    )


def _led_by(user: Reader, found: Challenge) -> tuple[str, str] | None:
    """The entry of the scrutiny log that led to it, where the reader may read that."""
    entry = scrutiny_visible_to(user).filter(pk=found.scrutiny_id).first() if found.scrutiny_id else None
    return (entry.title, reverse("challenges:scrutiny", args=[entry.pk])) if entry else None


def facts(found: Challenge, on: date) -> tuple[SummaryRow, ...]:
    """What is known of a challenge, in words; what is not known is left out."""
    rows = (
        ("Raised by", found.challenger),
        ("Raised to", str(found.challenged)),
        ("What is challenged", found.text),
        ("What is asked for", found.asked),
        ("Raised on", day(found.raised_on)),
        ("Answer asked for by", day(found.current_due_on)),
        ("First answer", day(found.current_answered_on)),
        ("Closed on", day(found.current_closed_on)),
        ("Open for", f"{days_open(found.raised_on, found.current_closed_on, on):,} days"),
        ("What changed", CHANGED_LABELS[Changed(found.current_changed)] if found.current_changed else ""),
        ("Entered by", found.voice),
        ("Who may read it", found.get_tier_display()),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _turn(found: Challenge, on: date) -> str:
    if found.state == ChallengeState.RAISED:
        asked = f"{found.challenged} is asked to answer by {day(found.current_due_on)}."
        return f"{asked} That day is past." if is_late(found.state_now, found.current_due_on, on) else asked
    if found.state == ChallengeState.ANSWERED:
        return f"{found.challenged} has answered. {found.challenger} says whether that is enough."
    return f"Closed on {day(found.current_closed_on)}. It can be opened again, with a reason."


def _doings(user: Reader, found: Challenge, on: date) -> tuple[tuple[str, str], ...]:
    """What the reader may do, as what a button says and where it leads."""
    deeds = [each.deed for each in moves_from(found.state_now) if permissions.can_do(user, found, each.deed)]
    if Deed.CLOSE_FOR in deeds and not challenger_has_left(found, on):
        deeds.remove(Deed.CLOSE_FOR)
    return tuple(
        (DEED_BUTTONS[deed], reverse("challenges:do", args=[found.pk, deed.value])) for deed in deeds
    )


def _step(step: ChallengeStep) -> StepShown:
    title = DEED_LABELS[Deed(step.deed)]
    return StepShown(title, step.as_at, step.text, step.changed_label, step.due_on, step.voice)


def as_it_stands(found: Challenge) -> tuple[SummaryRow, ...]:
    """The challenge as it stands, with the last thing done about it, for somebody who had not seen it."""
    last = steps_of(found).last()
    told = (SummaryRow(DEED_LABELS[Deed(last.deed)], f"{last.text} ({last.voice})"),) if last else ()
    rows = (("About", found.title), ("What is challenged", found.text), ("What is asked for", found.asked),
            ("Where it stands", STATE_LABELS[found.state_now]))  # fmt: skip
    return (*(SummaryRow(key, value) for key, value in rows), *told)


def figures_page(user: Reader, on: date) -> FiguresPage:
    """The figures of all challenges that a person may read."""
    return FiguresPage(
        sections(user, "challenges:figures"),
        reports.by_age(user, on),
        reports.by_challenger(user),
        reports.answer_days(user),
    )


def own_voices(user: Reader, parties: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """In whose name somebody may raise a challenge in their own right."""
    mine = [each for each in parties if _may(user, each[0])]
    scrutineer = [(From.SCRUTINEER.value, FROM_LABELS[From.SCRUTINEER])] if _scrutinises(user) else []
    return [*scrutineer, *mine, (ME, "Myself")]


def _may(user: Reader, chosen: str) -> bool:
    kind, _, key = chosen.partition(":")
    return not permissions.keeps_logs(user) and permissions.can_raise(user, From(kind), key)


def _scrutinises(user: Reader) -> bool:
    return not permissions.keeps_logs(user) and permissions.can_raise(user, From.SCRUTINEER)
