"""Raising, scoring, treating, reviewing and closing a risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.challenges.choices import ControlState, RiskDeed, RiskOutcome, RiskState, Scored
from sightline.challenges.entries import ChallengeEntry
from sightline.challenges.models import Risk, RiskControl, RiskStep
from sightline.challenges.rules.scoring import Score, next_review, risk_deeds, scale
from sightline.challenges.selectors.risks import OWNERS, last_scores
from sightline.challenges.services.keeping import Said, stamp
from sightline.challenges.services.work_items import keep_risk_work
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import changed, held_as_seen, need, need_all, not_ahead, not_before
from sightline.partners.models import Agency, Group, Person
from sightline.search.services import keep_words

Owner = Agency | Group | Person
WORDS = {
    "title": "Enter what the risk is",
    "cause": "Enter what causes it",
    "event": "Enter what may happen",
    "effect": "Enter what it would mean for children",
}
ENTRIES = {
    RiskDeed.REVIEW: ChallengeEntry.RISK_REVIEWED,
    RiskDeed.SCORE: ChallengeEntry.RISK_SCORED,
    RiskDeed.CONTROL: ChallengeEntry.CONTROL_ADDED,
    RiskDeed.IN_PLACE: ChallengeEntry.CONTROL_IN_PLACE,
    RiskDeed.END_CONTROL: ChallengeEntry.CONTROL_ENDED,
    RiskDeed.CLOSE: ChallengeEntry.RISK_CLOSED,
    RiskDeed.REOPEN: ChallengeEntry.RISK_REOPENED,
}
# From which states a control is brought into which.
_CONTROLS = {
    RiskDeed.IN_PLACE: ((ControlState.PLANNED,), ControlState.IN_PLACE),
    RiskDeed.END_CONTROL: ((ControlState.PLANNED, ControlState.IN_PLACE), ControlState.ENDED),
}


@dataclass(frozen=True, slots=True)
class RiskGiven:
    """A new risk; `controls` are those in place on the day it is raised, one sentence each."""

    title: str
    cause: str
    event: str
    effect: str
    owner: Owner
    scores: Mapping[Scored, Score]
    review_months: int
    raised_on: date
    controls: tuple[str, ...] = ()
    tier: Tier = Tier.T1


@dataclass(frozen=True, slots=True)
class RiskMore:
    """What a deed needs besides its words: a score and what it is of, a control, a day, or why it is closed."""

    score: Score | None = None
    of: Scored = Scored.RESIDUAL
    control: RiskControl | None = None
    is_planned: bool = False
    review_on: date | None = None
    outcome: RiskOutcome | None = None


@deed
def raise_risk(given: RiskGiven, said: Said, *, by: Actor, now: datetime) -> Risk:
    """Put a risk into the register, scored three ways. `said`: whose words they are. Raises Unacceptable."""
    words = _words({name: getattr(given, name) for name in WORDS})
    not_ahead(given.raised_on, now, "raised_on")
    for of in Scored:
        _check_score(given.scores[of], f"{of.value}_likelihood")
    residual, review_on = given.scores[Scored.RESIDUAL], next_review(given.raised_on, given.review_months)
    told = stamp(by, now, said.said_by, said.received_how)
    made = Risk(
        **words,
        **told,
        **_owned(given.owner),
        raised_on=given.raised_on,
        review_months=given.review_months,
        tier=given.tier.value,
        current_inherent=given.scores[Scored.INHERENT].number,
        current_likelihood=residual.likelihood,
        current_impact=residual.impact,
        current_residual=residual.number,
        current_target=given.scores[Scored.TARGET].number,
        current_scored_on=given.raised_on,
        current_review_on=review_on,
    )
    made.save(force_insert=True)
    _first_rows(made, given, told)
    scores = {of.value: given.scores[of].number for of in Scored}
    after = {
        **words,
        "owner": str(given.owner),
        **scores,
        "controls": list(given.controls),
        "review_on": review_on,
    }
    after |= {"said_by": said.said_by} if said.said_by else {}
    record(ChallengeEntry.RISK_RAISED, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    keep_risk_work([made], now)
    return made


def _first_rows(made: Risk, given: RiskGiven, told: Mapping[str, Any]) -> None:
    """That it was raised, its first scores and the controls it had."""
    day = given.raised_on
    scores = [
        RiskStep(risk=made, deed=RiskDeed.SCORE, as_at=day, of=of, likelihood=given.scores[of].likelihood,
                 impact=given.scores[of].impact, **told)
        for of in Scored
    ]  # fmt: skip
    raised = RiskStep(
        risk=made, deed=RiskDeed.RAISE, text=made.event, as_at=day, review_on=made.current_review_on, **told
    )
    controls = [
        RiskControl(risk=made, text=text, state=ControlState.IN_PLACE, as_at=day, **told)
        for text in given.controls
    ]
    added = [
        RiskStep(risk=made, deed=RiskDeed.CONTROL, text=each.text, as_at=day, control=each, **told)
        for each in RiskControl.objects.bulk_create(controls)
    ]
    RiskStep.objects.bulk_create([raised, *scores, *added])


@deed
def edit_risk(found: Risk, version: int, values: Mapping[str, Any], *, by: Actor, now: datetime) -> Risk:
    """Change the words, the owner, the cycle or the tier of a risk. Raises Unacceptable, StaleRecord."""
    live = held_as_seen(found, version, *OWNERS)
    columns = {
        **_words({name: values[name] for name in WORDS}),
        **_owned(values["owner"]),
        "review_months": values["review_months"],
        "tier": Tier(values["tier"]).value,
    }
    owner = str(live.owner)
    before, after = changed(live, columns, save=False)
    if not after:
        return live
    live.version += 1
    live.save(update_fields=[*after, "version"])
    told = [{name: value for name, value in each.items() if name not in OWNERS} for each in (before, after)]
    if str(live.owner) != owner:
        told[0]["owner"], told[1]["owner"] = owner, str(live.owner)
    # Told under the higher of both, so that words of T2 are never read by those who read T1.
    tier = Tier(max(live.tier, before.get("tier", live.tier)))
    record(ChallengeEntry.RISK_EDITED, by=by, subject=live, before=told[0], after=told[1], tier=tier)
    keep_words(live)
    keep_risk_work([live], now)
    return live


@deed
def do_risk(
    found: Risk, what: RiskDeed, said: Said, *, version: int, by: Actor, now: datetime, more: RiskMore
) -> RiskStep:
    """Do what can be done about a risk that stands so, with a sentence; nothing said before is overwritten.

    Raises Unacceptable, StaleRecord.
    """
    live = held_as_seen(found, version, *OWNERS)
    if what not in risk_deeds(live.state_now):
        raise Unacceptable({"": f"The risk is {live.get_state_display().lower()}: this cannot be done now."})
    text = need(said.text, "text", "Say it in a sentence")
    not_ahead(said.as_at, now)
    not_before(said.as_at, live.raised_on, "The risk")
    told = stamp(by, now, said.said_by, said.received_how)
    step = RiskStep(risk=live, deed=what.value, text=text, as_at=said.as_at, **told)
    _fill(step, live, what, more)
    step.save(force_insert=True)
    before = {"state": live.state, "residual": live.current_residual, "review_on": live.current_review_on}
    _bring_up_to_date(live, step)
    after = {"text": text, **_said(live, step)}
    record(ENTRIES[what], by=by, subject=live, before=before, after=after, tier=Tier(live.tier))
    keep_words(live)
    if step.review_on or what == RiskDeed.CLOSE:
        keep_risk_work([live], now)
    return step


def _fill(step: RiskStep, live: Risk, what: RiskDeed, more: RiskMore) -> None:
    """What this deed needs besides its words, put into the row. Raises Unacceptable."""
    if what in (RiskDeed.REVIEW, RiskDeed.SCORE):
        score = _check_score(more.score, "likelihood")
        of = Scored.RESIDUAL if what == RiskDeed.REVIEW else more.of
        step.of, step.likelihood, step.impact = of.value, score.likelihood, score.impact
    if what in (RiskDeed.REVIEW, RiskDeed.REOPEN):
        step.review_on = more.review_on or next_review(step.as_at, live.review_months)
        if step.review_on <= step.as_at:
            raise Unacceptable({"review_on": "The next review lies after this one"})
    if what == RiskDeed.CONTROL:
        state = ControlState.PLANNED if more.is_planned else ControlState.IN_PLACE
        told = {name: getattr(step, name) for name in ("recorded_at", "entered_by_id", "entered_by_label",
                "said_by", "received_how")}  # fmt: skip
        step.control = RiskControl.objects.create(
            risk=live, text=step.text, state=state, as_at=step.as_at, **told
        )
    if what in _CONTROLS:
        step.control = _moved(live, what, more.control)
    if what == RiskDeed.CLOSE:
        if more.outcome is None:
            raise Unacceptable({"outcome": "Say as what it is closed"})
        step.outcome = more.outcome.value


def _moved(live: Risk, what: RiskDeed, control: RiskControl | None) -> RiskControl:
    """The control, brought into its new state. Raises Unacceptable."""
    states, to = _CONTROLS[what]
    rows = RiskControl.objects.filter(risk=live, state__in=states)
    if control is None or not rows.filter(pk=control.pk).update(state=to):
        raise Unacceptable({"control": "Choose one of the controls"})
    return control


def _bring_up_to_date(live: Risk, step: RiskStep) -> None:
    """Bring the columns that lists go by up to date."""
    if step.scored:
        last = last_scores(live, step.scored)
        score = last[0].score or Score(1, 1)
        setattr(live, f"current_{step.of}", score.number)
        if step.scored == Scored.RESIDUAL:
            before = last[1].score if len(last) > 1 else None
            live.current_likelihood, live.current_impact = score.likelihood, score.impact
            live.current_before = before.number if before else None
            live.current_scored_on = last[0].as_at
    if step.review_on:
        live.current_review_on = step.review_on
    if step.deed == RiskDeed.CLOSE:
        live.state, live.current_closed_on, live.current_outcome = RiskState.CLOSED, step.as_at, step.outcome
        live.current_review_on = None
    if step.deed == RiskDeed.REOPEN:
        live.state, live.current_closed_on, live.current_outcome = RiskState.OPEN, None, ""
    live.version += 1
    live.save()


def _said(live: Risk, step: RiskStep) -> dict[str, Any]:
    told = {
        "state": live.state, "residual": live.current_residual, "review_on": step.review_on, "of": step.of,
        "score": step.score.number if step.score else None, "control": step.control and step.control.text,
        "outcome": step.outcome, "said_by": step.said_by, "as_at": step.as_at,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


def _check_score(score: Score | None, field: str) -> Score:
    if score is None or not scale().holds(score):
        raise Unacceptable({field: "Choose a likelihood and an impact"})
    return score


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    return need_all({name: (text, WORDS[name]) for name, text in texts.items()})


def _owned(owner: Owner) -> dict[str, Any]:
    return {
        "owner_agency": owner if isinstance(owner, Agency) else None,
        "owner_group": owner if isinstance(owner, Group) else None,
        "owner_person": owner if isinstance(owner, Person) else None,
    }
