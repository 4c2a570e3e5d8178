"""What people have before them when they say, confirm or doubt that an action is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.access.permissions import scope_of
from sightline.plans.choices import CLAIM_LABELS, LABELS, ClaimResult, Completion, EvidenceQuarter
from sightline.plans.models import Action, CompletionClaim, Update
from sightline.plans.pages.looks import day, how_label
from sightline.plans.pages.said import Lines
from sightline.plans.rules.completing import (
    NEEDS_EVIDENCE,
    OWN_WORD,
    Answer,
    Voice,
    completion,
    is_own_word,
)
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.selectors.action import Told, ToldLine
from sightline.plans.selectors.confirmers import confirmers_of, group_names_of
from sightline.screens.elements import SummaryRow
from sightline.screens.words import joined

_SAYS = {
    Completion.CONFIRMED: "confirmed by a second person",
    Completion.ON_PAPER: "complete on paper, not confirmed",
    Completion.UNCONFIRMED: "not confirmed by a second person",
}


@dataclass(frozen=True)
class DoneShown:
    """What stands of the action's completion. `says`: beside the state; the rest: the claim that waits, if one does."""

    says: str
    number: int = 0
    text: str = ""
    told: str = ""
    may_decide: bool = False
    may_take_back: bool = False
    is_own: bool = False
    may_claim: bool = False


def done_of(user: Any, lines: Lines, facts: ActionFacts, *, update: bool, confirm: bool) -> DoneShown:
    """Whether it is said to be done, by whom, and what the person may say to it."""
    states, claims = lines[Told.STATE], lines[Told.CLAIM]
    last = states[-1] if states else None
    answers = [Answer(line.word, line.ended_recorded_at) for line in claims]
    on_paper = bool(last and last.import_of)
    said = completion(facts.state, last.recorded_at if last else None, on_paper, answers)
    if said != Completion.CLAIMED:
        claimable = facts.is_open or said in (Completion.ON_PAPER, Completion.UNCONFIRMED)
        return DoneShown(_SAYS.get(said, ""), may_claim=update and claimable)
    waiting = claims[-1]
    own = is_own_word(Voice(waiting.other, waiting.entered_by), waiting.said_by, voice_of(user))
    return DoneShown(
        says="said to be done",
        number=waiting.row,
        text=waiting.text,
        told=told_of_claim(waiting),
        may_decide=confirm and not own,
        may_take_back=update,
        is_own=own,
    )


@dataclass(frozen=True)
class QuestionShown:
    """The question about an update that waits for its answer."""

    update: int
    text: str
    told: str


def question_of(lines: Lines) -> QuestionShown | None:
    """The question that waits; there is never more than one."""
    waiting = [line for line in lines[Told.QUESTION] if line.ended_on is None]
    if not waiting:
        return None
    asked = waiting[-1]
    when = f", {day(asked.as_at)}" if asked.as_at else ""
    return QuestionShown(asked.other or 0, asked.text, f"Asked by {asked.entered_by}{when}")


def told_of_claim(line: ToldLine) -> str:
    """Who says so, since when, how it came and who entered it."""
    since = f"Done since {day(line.as_at)}" if line.as_at else ""
    said = f"said by {line.said_by}" if line.said_by else ""
    return " · ".join(filter(None, (since, said, how_label(line.how), f"Entered by {line.entered_by}")))


def voice_of(user: Any) -> Voice:
    """Who looks at the page."""
    return Voice(scope_of(user).user_id, str(getattr(user, "name", "")))


@dataclass(frozen=True)
class Claiming:
    """Over the form of a claim: what evidence stands, who can confirm, and what is in the way."""

    rows: tuple[SummaryRow, ...]
    warning: str


def claiming(user: Any, action: Action, on: date) -> Claiming:
    """What somebody who says it is done should have before them."""
    evidence = evidence_words(action)
    others = [person.name for person in confirmers_of(action, on) if person.pk != scope_of(user).user_id]
    rows = (
        SummaryRow("Evidence that stands", evidence or "None yet"),
        SummaryRow("Who can confirm it", joined(others) if others else "Nobody yet"),
    )
    warnings = ["" if evidence else NEEDS_EVIDENCE, "" if others else nobody_words(action)]
    return Claiming(rows, " ".join(filter(None, warnings)))


def nobody_words(action: Action) -> str:
    """Who could confirm, where nobody but the person themselves can."""
    chairs = [f"the chair of {name}" for name in group_names_of(action)]
    could = " or ".join([*chairs, "a second person of the business unit"])
    return (
        f"Nobody else can confirm it yet: that takes {could}. Said now, it waits for somebody in that role."
    )


def evidence_words(action: Action) -> str:
    """ "3 pieces: data and audit"; empty where there is none."""
    counted = Counter(action.evidence.values_list("quarter", flat=True))
    words = [LABELS[quarter].lower() for quarter in EvidenceQuarter if quarter in counted]
    number = sum(counted.values())
    return f"{number} piece{'s' if number > 1 else ''}: {joined(words)}" if number else ""


def deciding(action: Action, claim: CompletionClaim) -> tuple[SummaryRow, ...]:
    """What was claimed, by whom, and what shows it."""
    return (
        SummaryRow("What was done", claim.text),
        SummaryRow("Said by", f"{claim.voice}, entered by {claim.entered_by_label}"),
        SummaryRow("Done since", day(claim.as_at)),
        *_evidence_rows(action),
    )


def _evidence_rows(action: Action) -> Sequence[SummaryRow]:
    pieces = action.evidence.order_by("-dated_on", "-pk")[:10]
    return [
        SummaryRow(
            f"Evidence: {LABELS[EvidenceQuarter(piece.quarter)].lower()}",
            f"{day(piece.dated_on)}: {piece.text}",
        )
        for piece in pieces
    ]


def own(user: Any, claim: CompletionClaim) -> str:
    """What stands in the way of somebody who would answer their own word, or an answered claim."""
    if claim.result != ClaimResult.WAITING:
        return f"{claim.result_by_label} has answered this already: {CLAIM_LABELS[ClaimResult(claim.result)].lower()}."
    entered = Voice(claim.entered_by_id, claim.entered_by_label)
    return OWN_WORD if is_own_word(entered, claim.said_by, voice_of(user)) else ""


def asking_about(update: Update) -> tuple[SummaryRow, ...]:
    """The update a question is about."""
    said = update.said_by or update.entered_by_label
    return (
        SummaryRow("The update", update.text),
        SummaryRow("Said by", f"{said}, {day(update.dated_on or update.as_at)}"),
    )
