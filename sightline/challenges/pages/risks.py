"""The register of risks, one risk, and the heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.challenges import permissions, reports
from sightline.challenges.answered import AnswersShown, answers_of
from sightline.challenges.choices import (
    CONTROL_COLOURS,
    CONTROL_LABELS,
    OUTCOME_LABELS,
    RISK_DEED_BUTTONS,
    RISK_DEED_LABELS,
    RISK_STATE_COLOURS,
    RISK_STATE_LABELS,
    SCORED_LABELS,
    SCORED_MEANINGS,
    TREND_LABELS,
    ControlState,
    RiskDeed,
    RiskOutcome,
    RiskState,
    Scored,
)
from sightline.challenges.forms.risks import RiskFilter
from sightline.challenges.models import Risk, RiskControl, RiskStep
from sightline.challenges.pages.scores import ScoreShown, Scoring, picture_of, scorings, shown, words_of
from sightline.challenges.pages.sections import Section, sections
from sightline.challenges.rules.scoring import (
    is_review_late,
    oddities,
    risk_deeds,
    trend,
)
from sightline.challenges.selectors.risks import controls_of, risk_owners, risk_steps, risks_visible_to
from sightline.rendering.document import Document
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("risk", "risks"),
    columns=(
        Column("title", "Risk", sort=("title",)),
        Column("owner", "Owner", sort=("owner_agency__name", "owner_group__name", "owner_person__name")),
        Column("inherent", "Inherent", sort=("current_inherent",), numeric=True),
        Column("residual", "Residual", sort=("current_residual",), numeric=True),
        Column("target", "Target", sort=("current_target",), numeric=True),
        Column("trend", "Trend"),
        Column("review", "Next review", sort=("current_review_on",), empty_last=True),
        Column("state", "State", sort=("state", "current_closed_on")),
    ),
    filter_form=RiskFilter,
    order="-residual",
)


@dataclass(frozen=True)
class RiskRow:
    """One risk of the register."""

    href: str
    title: str
    owner: str
    inherent: int
    residual: ScoreShown
    target: int
    trend: str
    review_on: date | None
    is_late: bool
    state: str
    colour: str


@dataclass(frozen=True)
class RisksPage:
    """The register."""

    sections: tuple[Section, ...]
    listing: Listing[RiskRow]
    may_raise: bool


@dataclass(frozen=True)
class ControlShown:
    """One control."""

    text: str
    state: str
    colour: str
    since: date
    voice: str


@dataclass(frozen=True)
class StepShown:
    """One row of the history."""

    title: str
    day: date
    text: str
    detail: str
    voice: str


@dataclass(frozen=True)
class RiskPage:
    """One risk. `scores` are the three of today; `scorings` every residual one, the newest first."""

    risk: Risk
    state: str
    colour: str
    turn: str
    is_late: bool
    oddities: tuple[str, ...]
    scores: tuple[tuple[str, str, ScoreShown], ...]
    trend: str
    facts: tuple[SummaryRow, ...]
    doings: tuple[tuple[str, str], ...]
    edit: str
    controls: tuple[ControlShown, ...]
    picture: SafeString | None
    scorings: tuple[Scoring, ...]
    steps: tuple[StepShown, ...]
    answered: AnswersShown


def list_page(user: Reader, query: QueryDict, on: date) -> RisksPage:
    """The risks that the address asks for."""
    exports = {
        label: reverse("challenges:risk_export", args=[name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    found = LIST.read(query, risks_visible_to(user), form=_filter(user, query), exports=exports)
    rows = found.with_rows(_row(each, on) for each in found.rows)
    return RisksPage(sections(user, "challenges:risks"), rows, permissions.can_raise_risk(user))


def list_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The register as it is narrowed and ordered, whole, as a table to take away."""
    rows = LIST.ordered(_filter(user, query).narrow(risks_visible_to(user)), query)
    cells = map(reports.risk_cells, rows.iterator(chunk_size=500))
    return reports.table("Risks", reports.RISK_COLUMNS, cells, marking)


def _filter(user: Reader, query: QueryDict) -> RiskFilter:
    return RiskFilter(query, owners=risk_owners(user))


def _row(found: Risk, on: date) -> RiskRow:
    return RiskRow(
        href=_home(found),
        title=found.title,
        owner=str(found.owner),
        inherent=found.current_inherent,
        residual=shown(found.current_residual),
        target=found.current_target,
        trend=TREND_LABELS[trend(found.current_before, found.current_residual)],
        review_on=found.current_review_on,
        is_late=is_review_late(found.state_now, found.current_review_on, on),
        state=RISK_STATE_LABELS[found.state_now],
        colour=RISK_STATE_COLOURS[found.state_now],
    )


def risk_page(user: Reader, found: Risk, on: date) -> RiskPage:
    """One risk with its controls and all that was done about it, the newest first."""
    steps, controls = list(risk_steps(found)), list(controls_of(found))
    scored = scorings(steps)
    may = permissions.can_keep_risk(user, found)
    return RiskPage(
        risk=found,
        state=RISK_STATE_LABELS[found.state_now],
        colour=RISK_STATE_COLOURS[found.state_now],
        turn=_turn(found),
        is_late=is_review_late(found.state_now, found.current_review_on, on),
        oddities=oddities(found.current_inherent, found.current_residual, found.current_target),
        scores=_scores(steps),
        trend=TREND_LABELS[trend(found.current_before, found.current_residual)],
        facts=_facts(found),
        doings=_doings(found, controls) if may else (),
        edit=reverse("challenges:risk_edit", args=[found.pk]) if may else "",
        controls=tuple(_control(each) for each in controls),
        picture=picture_of(scored),
        scorings=scored[::-1],
        answered=answers_of(
            user, found, "In plans: what treats it", may_name=permissions.can_name_answer(user, found)
        ),
        steps=tuple(_step(each) for each in reversed(steps)),
    )


def _scores(steps: Sequence[RiskStep]) -> tuple[tuple[str, str, ScoreShown], ...]:
    """The newest score of each kind, with what it is of."""
    last = {each.scored: each.score for each in steps if each.score}
    return tuple(
        (SCORED_LABELS[of], SCORED_MEANINGS[of], shown(score.number, words_of(score)))
        for of in Scored
        if (score := last.get(of))
    )


def _facts(found: Risk) -> tuple[SummaryRow, ...]:
    months = found.review_months
    outcome = OUTCOME_LABELS[RiskOutcome(found.current_outcome)] if found.current_outcome else ""
    rows = (
        ("Cause", found.cause),
        ("Event", found.event),
        ("Effect", found.effect),
        ("Owner", str(found.owner)),
        ("Reviewed", "Every month" if months == 1 else f"Every {months} months"),
        ("Raised on", day(found.raised_on)),
        ("Closed on", day(found.current_closed_on)),
        ("Closed as", outcome),
        ("Entered by", found.voice),
        ("Who may read it", found.get_tier_display()),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _turn(found: Risk) -> str:
    if found.state == RiskState.CLOSED:
        return f"Closed on {day(found.current_closed_on)}. It can be opened again, with a reason."
    return f"{found.owner} reviews it by {day(found.current_review_on)}."


def _doings(found: Risk, controls: Sequence[RiskControl]) -> tuple[tuple[str, str], ...]:
    """What can be done, as what a button says and where it leads; nothing is asked of controls that are not there."""
    standing = {each.state_now for each in controls}
    wanted = {
        RiskDeed.IN_PLACE: ControlState.PLANNED in standing,
        RiskDeed.END_CONTROL: bool(standing - {ControlState.ENDED}),
    }
    deeds = [deed for deed in RISK_DEED_BUTTONS if deed in risk_deeds(found.state_now)]
    return tuple(
        (RISK_DEED_BUTTONS[deed], reverse("challenges:risk_do", args=[found.pk, deed.value]))
        for deed in deeds
        if wanted.get(deed, True)
    )


def _control(found: RiskControl) -> ControlShown:
    state = found.state_now
    return ControlShown(found.text, CONTROL_LABELS[state], CONTROL_COLOURS[state], found.as_at, found.voice)


def _step(step: RiskStep) -> StepShown:
    details = [
        f"{SCORED_LABELS[step.scored]} {step.score.number}: {words_of(step.score)}"
        if step.scored and step.score
        else "",
        step.control.text if step.control and step.deed != RiskDeed.CONTROL else "",
        f"next review by {day(step.review_on)}" if step.review_on else "",
        OUTCOME_LABELS[RiskOutcome(step.outcome)] if step.outcome else "",
    ]
    title = RISK_DEED_LABELS[RiskDeed(step.deed)]
    return StepShown(title, step.as_at, step.text, " · ".join(filter(None, details)), step.voice)


def as_it_stands(found: Risk) -> tuple[SummaryRow, ...]:
    """The risk as it stands, with the last thing done about it, for somebody who had not seen it."""
    last = risk_steps(found).last()
    told = (SummaryRow(RISK_DEED_LABELS[RiskDeed(last.deed)], f"{last.text} ({last.voice})"),) if last else ()
    rows = (("Risk", found.title), ("Owner", str(found.owner)), ("State", RISK_STATE_LABELS[found.state_now]),
            ("Residual score", str(found.current_residual)))  # fmt: skip
    return (*(SummaryRow(key, value) for key, value in rows), *told)


def own_owners(user: Reader, known: dict[str, object]) -> list[tuple[str, str]]:
    """For whom somebody may raise a risk, as key and name."""
    return [(key, str(party)) for key, party in known.items() if permissions.can_raise_risk(user, party)]  # type: ignore[arg-type]  # parties all


def _home(found: Risk) -> str:
    return reverse("challenges:risk", args=[found.pk])
