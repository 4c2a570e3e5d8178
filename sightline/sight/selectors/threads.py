"""A thread: what asked for it, what was promised, and what came of it; a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.plans.choices import EvidenceQuarter, LineKind, ReportState
from sightline.plans.models import (
    Action,
    ActionSource,
    Addressee,
    Answering,
    Evidence,
    ExceptionReport,
    Outcome,
    Placement,
    Recommendation,
    ReportedAction,
    Source,
)
from sightline.plans.permissions import can_view_answered
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Line, Moment, facts_from
from sightline.plans.selectors.answering import logs_of_actions
from sightline.plans.selectors.history import lines_of
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, reports_visible_to
from sightline.sight.choices import Loose, StartKind
from sightline.sight.rules import loose_ends
from sightline.sight.selectors.starts import ANSWERS_LOGS, READS_FORMER, READS_NEXT, Start

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# How many actions of a thread stand on one page, and how many records a picture holds.
MOST = 60
# Pieces of evidence whose words are shown: of a page in all, and of each action where the thread has several.
MOST_TEXTS = 120
NEWEST = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action answers, as the person may see it; printed words that lead nowhere have neither record."""

    action: int
    source: Source | None
    recommendation: Recommendation | None
    words: str


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one action so far."""

    facts: ActionFacts
    updates: int
    quarters: Mapping[EvidenceQuarter, int]
    reports: tuple[ExceptionReport, ...]
    loose: tuple[Loose, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a thread. `unanswered` and `without_action` are ends that nothing follows."""

    start: Start
    actions: tuple[Action, ...]
    answers: tuple[Answer, ...]
    came: Mapping[int, Came]
    unanswered: tuple[Recommendation, ...] = ()
    without_action: tuple[Outcome, ...] = ()
    texts: tuple[Evidence, ...] = field(default=())
    addressees: tuple[Addressee, ...] = field(default=())
    carried: tuple[Action, ...] = field(default=())
    placed: tuple[Placement, ...] = field(default=())
    logged: Mapping[int, tuple[Answering, ...]] = field(default_factory=dict)

    def texts_of(self, action: Action) -> tuple[Evidence, ...]:
        """What the newest evidence of one of the actions says; all of it where the thread is of that action alone."""
        own = tuple(piece for piece in self.texts if piece.action_id == action.pk)
        return own if self.start.kind == StartKind.ACTION else own[:NEWEST]

    def is_placed_under_start(self, action: Action) -> bool:
        """Whether an action of another plan stands under the priority or outcome that the thread starts from."""
        start = self.start.record
        return any(
            place.action_id == action.pk and start in (place.priority, place.outcome) for place in self.placed
        )

    def answers_of(self, action: Action) -> tuple[Answer, ...]:
        """What one of the actions answers."""
        return tuple(answer for answer in self.answers if answer.action == action.pk)


def thread(user: Reader, start: Start, actions: Sequence[Action], on: date, *, first: bool = True) -> Thread:
    """The thread of these actions of it, as it stands on the day; at most seven queries.

    `first`: with the ends that nothing follows, which stand on the first page alone.
    """
    answers = answers_of(user, actions)
    answering = [action for action in actions if getattr(action, ANSWERS_LOGS, False)]
    # Only the thread of one action names them: every other one has as many questions to ask as a page may.
    logged = logs_of_actions(user, answering) if start.kind == StartKind.ACTION and answering else {}
    came = came_of(user, actions, answers, on, {action.pk for action in answering})
    shown = Evidence.objects.filter(action__in=[action.pk for action in actions])
    texts = tuple(shown.order_by("-dated_on", "-pk")[:MOST_TEXTS])
    unanswered = _unanswered(user, start, actions) if first else ()
    asked = {answer.recommendation.pk for answer in answers if answer.recommendation}
    asked |= {each.pk for each in unanswered}
    if start.kind == StartKind.RECOMMENDATION:
        asked.add(start.record.pk)
    return Thread(
        start=start,
        actions=tuple(actions),
        answers=answers,
        came=came,
        unanswered=unanswered,
        without_action=_without_action(user, start, actions) if first else (),
        texts=texts,
        addressees=_addressees(asked),
        carried=_carried(actions),
        placed=_placed(user, actions),
        logged=logged,
    )


def _addressees(asked: set[int]) -> tuple[Addressee, ...]:
    """Whom the recommendations are addressed to, with where each stands; one query."""
    rows = (
        Addressee.objects.filter(recommendation__in=asked, gone_on=None)
        if asked
        else Addressee.objects.none()
    )
    return tuple(rows.select_related("agency", "group").order_by("recommendation_id", "order", "pk"))


def _carried(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The readable actions that these were carried from, or carried on as; they came with them."""
    former = [action.carried_from for action in actions if getattr(action, READS_FORMER, False)]
    following = [action.carried_to for action in actions if getattr(action, READS_NEXT, False)]
    return tuple(each for each in (*former, *following) if each)


def _placed(user: Reader, actions: Sequence[Action]) -> tuple[Placement, ...]:
    """Where these actions stand beside their own plans, in plans that the person may read; one query."""
    found = Placement.objects.filter(action__in=[action.pk for action in actions], ended_on=None)
    readable = plans_visible_to(user).select_related(None).order_by().values("pk")
    whole = found.filter(plan__in=readable).select_related("plan", "priority", "outcome")
    return tuple(whole.order_by("plan__name", "plan_id"))


def answers_of(user: Reader, actions: Sequence[Action]) -> tuple[Answer, ...]:
    """What the actions answer; a source the person may not read is left out without a trace. One query."""
    links = ActionSource.objects.filter(action__in=[action.pk for action in actions])
    links = links.select_related("source", "recommendation__source").order_by("action_id", "order", "pk")
    found = []
    for link in links:
        if can_view_answered(user, link):
            source = link.recommendation.source if link.recommendation else link.source
            found.append(Answer(link.action_id, source, link.recommendation, link.raw))
    return tuple(found)


def came_of(
    user: Reader,
    actions: Sequence[Action],
    answers: Sequence[Answer],
    on: date,
    logged: Collection[int] = (),
) -> dict[int, Came]:
    """What came of each action by the day; `logged` are those that answer a record of the logs. Two queries."""
    moment = Moment(on)
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines_of([action.pk for action in actions], moment):
        lines[line.action].append(line)
    reports = reports_of(user, actions)
    named = {answer.action for answer in answers if answer.source} | set(logged)
    found = {}
    for action in actions:
        facts = facts_from(lines[action.pk], moment, action.opened_on, action.reference)
        found[action.pk] = Came(
            facts=facts,
            updates=sum(line.kind == LineKind.UPDATE for line in lines[action.pk]),
            quarters=Counter(piece.quarter for piece in facts.evidence),
            reports=reports[action.pk],
            loose=loose_ends(facts, answers=action.pk in named),
        )
    return found


def reports_of(user: Reader, actions: Sequence[Action]) -> Mapping[int, tuple[ExceptionReport, ...]]:
    """The issued reports that each action stood in, as the person may read them, newest first; one query."""
    found: defaultdict[int, tuple[ExceptionReport, ...]] = defaultdict(tuple)
    if not scope_of(user).holds_anywhere(Permission.REPORT_RUN):
        return found
    readable = reports_visible_to(user).filter(state=ReportState.ISSUED).order_by().values("pk")
    rows = ReportedAction.objects.filter(action__in=[action.pk for action in actions], report__in=readable)
    for row in (
        rows.select_related("report__group", "report__plan")
        .defer("report__rows", "report__resolved")
        .order_by("-report__as_at", "-report_id")
    ):
        found[row.action_id] += (row.report,)
    return found


def _unanswered(user: Reader, start: Start, actions: Sequence[Action]) -> tuple[Recommendation, ...]:
    if start.kind == StartKind.RECOMMENDATION:
        return () if actions else (start.record,)
    if start.kind != StartKind.SOURCE:
        return ()
    readable = actions_visible_to(user).select_related(None).order_by()
    answering = ActionSource.objects.filter(recommendation=OuterRef("pk"), action__in=readable)
    rows = start.record.recommendations.exclude(Exists(answering)).order_by("order", "pk")
    return tuple(rows[: MOST + 1])


def _without_action(user: Reader, start: Start, actions: Sequence[Action]) -> tuple[Outcome, ...]:
    if start.kind == StartKind.OUTCOME:
        return () if actions else (start.record,)
    if start.kind != StartKind.PRIORITY:
        return ()
    working = actions_visible_to(user).select_related(None).order_by().filter(outcome=OuterRef("pk"))
    rows = Outcome.objects.filter(priority=start.record).exclude(Exists(working)).order_by("order", "pk")
    return tuple(rows[: MOST + 1])
