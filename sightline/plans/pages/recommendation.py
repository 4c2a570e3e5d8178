"""One recommendation: whom it is addressed to, what they said and did, and how far it has become practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from sightline.access.models import ReturnLink
from sightline.plans import permissions
from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    LABELS,
    STEP_LABELS,
    STEP_MEANINGS,
    Acceptance,
    EvidenceQuarter,
    LedgerKind,
    Step,
)
from sightline.plans.models import Addressee, LedgerLine, Recommendation
from sightline.plans.pages.answering import LogShown, logs_for
from sightline.plans.pages.asked import AskedShown, asked_shown
from sightline.plans.pages.likes import STEP_COLOURS, LikeShown, likes_of_recommendation, named
from sightline.plans.pages.looks import day, how_label, themes_shown
from sightline.plans.pages.sources import Answer, answers_shown
from sightline.plans.rules.ledger import (
    is_impact,
    is_progress_overdue,
    progress_due_on,
    standard,
)
from sightline.plans.rules.themes import name_of, suggested
from sightline.plans.selectors.ledger import Ledger, answering, ledgers_of
from sightline.plans.selectors.returns import links_of

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

MOST_ANSWERS = 50
ACCEPTANCE_COLOURS = {Acceptance.YES: "green", Acceptance.PARTLY: "yellow", Acceptance.NO: "red"}
NOT_SAID = "Acceptance not recorded"


@dataclass(frozen=True)
class LineShown:
    """One thing said: by whom, when, and how it reached us. `change` leads to a form that replaces it."""

    heading: str
    public: tuple[str, ...]
    private: tuple[str, ...]
    told: str
    change: str = ""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder. `shown` are what shows it, newest first; `mark`: "now", "was" (it fell back) or ""."""

    name: str
    meaning: str
    is_impact: bool
    mark: str
    shown: tuple[LineShown, ...]


@dataclass(frozen=True)
class Milestone:
    """Progress at so many months: when it is due, what was told, and whether it is late."""

    name: str
    due: str
    is_late: bool
    lines: tuple[LineShown, ...]


@dataclass(frozen=True)
class AddresseeShown:
    """Somebody it is addressed to, and everything they said of it."""

    anchor: str
    name: str
    note: str
    acceptance: str
    colour: str
    why: tuple[LineShown, ...]
    step: str
    step_colour: str
    impact: str
    rungs: tuple[Rung, ...]
    milestones: tuple[Milestone, ...]
    responses: tuple[LineShown, ...]
    evidence: tuple[LineShown, ...]
    doings: tuple[tuple[str, str], ...]
    asked: tuple[AskedShown, ...]


@dataclass(frozen=True)
class EventShown:
    """One line of the history."""

    on: date
    words: str
    who: str
    detail: str


@dataclass(frozen=True)
class RecommendationPage:
    """A recommendation as a page shows it."""

    recommendation: Recommendation
    title: str
    themes: tuple[tuple[str, str], ...]
    suggested: tuple[str, ...]
    responses: tuple[LineShown, ...]
    addressees: tuple[AddresseeShown, ...]
    gone: tuple[AddresseeShown, ...]
    answers: tuple[Answer, ...]
    likes: tuple[LikeShown, ...]
    history: tuple[EventShown, ...]
    may_write: bool
    logs: tuple[LogShown, ...]


def recommendation_page(user: Reader, found: Recommendation, on: date) -> RecommendationPage:
    """A recommendation with its ledger, what answers it, and what was asked for before."""
    (ledger,) = ledgers_of([found])
    actions = answering(user, found, MOST_ANSWERS)
    marks = [mark.theme for mark in found.theme_marks.all()]
    may_write = permissions.can_write_plan(user)
    asked = links_of(ledger.addressees) if may_write else {}
    shown = [
        _addressee(user, ledger, each, on, asked.get(each.pk, ()), may_write=may_write)
        for each in ledger.addressees
    ]
    gone = {each.pk for each in ledger.addressees if each.gone_on}
    pairs = list(zip(ledger.addressees, shown, strict=True))
    return RecommendationPage(
        recommendation=found,
        title=": ".join(filter(None, (named(found.number), found.title))),
        themes=themes_shown(marks),
        suggested=tuple(name_of(k) for k in suggested(f"{found.title} {found.text}") if k not in marks),
        responses=_responses(found, ledger.of(None), may_write=may_write),
        addressees=tuple(page for each, page in pairs if each.pk not in gone),
        gone=tuple(page for each, page in pairs if each.pk in gone),
        answers=answers_shown(actions),
        logs=logs_for(user, found),
        likes=likes_of_recommendation(user, found, (action.pk for action in actions)),
        history=tuple(_event(line, ledger) for line in reversed(ledger.lines)),
        may_write=may_write,
    )


def _addressee(
    user: Reader,
    ledger: Ledger,
    each: Addressee,
    on: date,
    asked: Sequence[ReturnLink],
    *,
    may_write: bool,
) -> AddresseeShown:
    each.recommendation = ledger.recommendation
    may = not each.gone_on and permissions.can_answer_recommendation(user, each)
    lines = ledger.of(each)
    step = Step(each.current_step)
    accepted = [line for line in lines if line.kind == LedgerKind.ACCEPTANCE]
    value = Acceptance(each.current_acceptance) if each.current_acceptance else None
    return AddresseeShown(
        anchor=f"addressee-{each.pk}",
        name=str(each),
        note=note_of(each),
        acceptance=ACCEPTANCE_LABELS[value] if value else NOT_SAID,
        colour=ACCEPTANCE_COLOURS[value] if value else "grey",
        why=tuple(shown_line(line) for line in accepted[-1:]),
        step=STEP_LABELS[step],
        step_colour=STEP_COLOURS[step],
        impact=impact_words(each),
        rungs=_rungs(each, lines),
        milestones=_milestones(each, lines, on),
        responses=_responses(ledger.recommendation, lines, may_write=may),
        evidence=tuple(shown_line(x) for x in reversed(lines) if x.kind == LedgerKind.EVIDENCE),
        doings=_doings(each, may_ask=may_write and bool(each.raw)) if may else (),
        asked=asked_shown(each, asked, timezone.now()),
    )


def note_of(each: Addressee) -> str:
    """What is known of a name beside it: as whom it was printed, or that nobody is known by it."""
    if each.gone_on:
        return f"Addressed to until {day(each.gone_on)}"
    if not each.raw:
        return "The unit answers for it"
    if each.party is None:
        return "The partnership itself" if each.is_partnership else "Kept as printed: not matched to anybody"
    return f"Printed: {each.raw}" if each.raw != str(each) else ""


def impact_words(each: Addressee) -> str:
    """Whether the step reached counts as impact, and whether it stood higher before."""
    step, highest = Step(each.current_step), Step(each.current_highest_step)
    counts = "This counts as impact." if is_impact(step) else "This does not count as impact."
    fell = (
        f" It stood on “{STEP_LABELS[highest].lower()}” before and has fallen back." if highest > step else ""
    )
    return counts + fell


def _rungs(each: Addressee, lines: Sequence[LedgerLine]) -> tuple[Rung, ...]:
    rungs = []
    for step in list(Step)[1:]:
        shown = tuple(shown_line(x) for x in reversed(lines) if x.step == step)
        mark = (
            "now"
            if step == each.current_step
            else "was"
            if each.current_step < step <= each.current_highest_step
            else ""
        )
        rungs.append(Rung(STEP_LABELS[step], STEP_MEANINGS[step], is_impact(step), mark, shown))
    return tuple(rungs)


def _milestones(each: Addressee, lines: Sequence[LedgerLine], on: date) -> tuple[Milestone, ...]:
    published = each.recommendation.source.published_on
    told = [line for line in lines if line.kind == LedgerKind.PROGRESS]
    found = []
    for months in standard().progress_months:
        due = progress_due_on(published, months) if published else None
        # What is owed first, and whatever else has passed since: a later word would answer for both.
        owed = each.current_due_months is not None and months >= each.current_due_months
        late = owed and is_progress_overdue(due, on)
        said = tuple(shown_line(line) for line in told if line.months == months)
        found.append(Milestone(f"At {months} months", day(due) if due else "", late, said))
    between = tuple(shown_line(line) for line in told if line.months is None)
    return (*found, *([Milestone("At another time", "", False, between)] if between else []))


def _responses(
    found: Recommendation, lines: Sequence[LedgerLine], *, may_write: bool
) -> tuple[LineShown, ...]:
    """The responses that stand, in the order given; those replaced are in the history."""
    replaced = {line.replaces_id for line in lines}
    return tuple(
        shown_line(line, change=_change(found, line) if may_write else "")
        for line in lines
        if line.kind == LedgerKind.RESPONSE and line.pk not in replaced
    )


def _change(found: Recommendation, line: LedgerLine) -> str:
    if line.addressee_id is None:
        home = reverse("plans:recommendation_response", args=[found.source.key, found.pk])
    else:
        home = reverse("plans:ledger_respond", args=[found.source.key, found.pk, line.addressee_id])
    return f"{home}?replaces={line.pk}"


def _doings(each: Addressee, *, may_ask: bool) -> tuple[tuple[str, str], ...]:
    args = [each.recommendation.source.key, each.recommendation_id, each.pk]
    return tuple(
        (label, reverse(f"plans:ledger_{name}", args=args))
        for name, label in (
            ("accept", "Say whether it is accepted"),
            ("respond", "Add a response"),
            ("progress", "Report progress"),
            ("step", "Move on the ladder"),
            ("evidence", "Add evidence"),
            *([("ask", "Ask for the answer by e-mail")] if may_ask else []),
        )
    )


def shown_line(line: LedgerLine, *, change: str = "") -> LineShown:
    """A line with who said it, who entered it, when, and how it was received."""
    return LineShown(line_words(line), tuple(line.public), tuple(line.private), told_words(line), change)


def told_words(line: LedgerLine) -> str:
    """ "Police, 3 May 2026. By e-mail, entered by Morgan Ellery"."""
    by = f"{line.said_by}, " if line.said_by else ""
    return f"{by}{day(line.as_at)}. {how_label(line.received_how)}, entered by {line.entered_by_label}"


def line_words(line: LedgerLine) -> str:
    """What a line is, in a few words."""
    if line.kind == LedgerKind.ACCEPTANCE:
        return ACCEPTANCE_LABELS[Acceptance(line.acceptance)]
    if line.kind == LedgerKind.PROGRESS:
        return f"Progress at {line.months} months" if line.months else "Progress"
    if line.kind == LedgerKind.RESPONSE:
        return "Response"
    quarter = LABELS[EvidenceQuarter(line.quarter)] if line.quarter else ""
    if line.kind == LedgerKind.EVIDENCE:
        return f"Evidence: {quarter.lower()}"
    return ": ".join(filter(None, (STEP_LABELS[Step(line.step or 0)], quarter.lower())))


def _event(line: LedgerLine, ledger: Ledger) -> EventShown:
    names = {each.pk: str(each) for each in ledger.addressees}
    whose = names.get(line.addressee_id or 0, "All it is addressed to")
    words = line_words(line) if line.kind != LedgerKind.STEP else f"Ladder: {line_words(line).lower()}"
    again = " (in place of an earlier one)" if line.replaces_id else ""
    return EventShown(
        line.as_at, f"{whose}. {words}{again}", told_words(line), " ".join([*line.public, *line.private])
    )
