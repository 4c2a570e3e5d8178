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
from sightline.challenges.models import Challenge, Scrutiny
from sightline.challenges.selectors.challenges import challenges_visible_to
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
from sightline.plans.selectors.answering import answerings_among
from sightline.plans.selectors.history import lines_of
from sightline.plans.selectors.visible import actions_visible_to, reports_visible_to
from sightline.sight.choices import LOGS, Loose, StartKind
from sightline.sight.rules import loose_ends
from sightline.sight.selectors.starts import (
    READS_FORMER,
    READS_LED_BY,
    READS_NEXT,
    Start,
    logged_by,
    placed_of,
)

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
    """One page of a thread. `unanswered` and `without_action` are ends that nothing follows.

    `logged`: what ties its records to challenges, risks and scrutiny; `led`: of a thread that starts from one of those,
    the entry of the scrutiny log that led to it, or the challenges it led to.
    """

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
    logged: tuple[Answering, ...] = field(default=())
    led: tuple[Challenge | Scrutiny, ...] = field(default=())

    def texts_of(self, action: Action) -> tuple[Evidence, ...]:
        """What the newest evidence of one of the actions says; all of it where the thread is of that action alone."""
        own = tuple(piece for piece in self.texts if piece.action_id == action.pk)
        return own if self.start.kind == StartKind.ACTION else own[:NEWEST]

    def logged_of(self, action: Action) -> tuple[Answering, ...]:
        """What ties one of the actions to records of the logs."""
        return tuple(each for each in self.logged if each.action_id == action.pk)

    @property
    def own_logged(self) -> tuple[Answering, ...]:
        """What was named for the record of the logs that the thread starts from, and for challenges it led to."""
        logs = (self.start.record, *self.led) if self.start.kind in LOGS else ()
        return tuple(each for each in self.logged if each.logged in logs)

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
    """The thread of these actions of it, as it stands on the day; at most six queries, and one of what a scrutiny
    entry led to.

    `first`: with the ends that nothing follows, which stand on the first page alone.
    """
    answers = answers_of(user, actions)
    shown = Evidence.objects.filter(action__in=[action.pk for action in actions])
    texts = tuple(shown.order_by("-dated_on", "-pk")[:MOST_TEXTS])
    unanswered = _unanswered(user, start, actions) if first else ()
    asked = {answer.recommendation.pk for answer in answers if answer.recommendation}
    asked |= {each.pk for each in unanswered}
    if start.kind == StartKind.RECOMMENDATION:
        asked.add(start.record.pk)
    logged = _logged(user, start, actions, asked)
    if start.kind in LOGS:
        named = [each for each in logged if each.recommendation and each.action_id is None]
        unanswered = tuple(each.recommendation for each in named if not vars(each)["is_followed"])
        asked |= {each.recommendation_id or 0 for each in named}
    came = came_of(user, actions, answers, on, {each.action_id or 0 for each in logged})
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
        placed=tuple(place for action in actions for place in placed_of(action)),
        logged=logged,
        led=_led(user, start),
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


def _logged(
    user: Reader, start: Start, actions: Sequence[Action], asked: Collection[int]
) -> tuple[Answering, ...]:
    """What ties the thread to challenges, risks and scrutiny; one query.

    A plan that was named whole belongs to the thread of what stands in it, not to that of what its actions answer.
    """
    found = answerings_among(
        user,
        logged_by(start),
        actions=[action.pk for action in actions],
        recommendations=() if start.kind in LOGS else asked,
        plans=_plans_of(start, actions),
    )
    return tuple(found)


def _plans_of(start: Start, actions: Sequence[Action]) -> set[int]:
    """The plans in which a start that is part of a plan, or what answers for it, stands."""
    if start.kind == StartKind.PRIORITY:
        return {start.record.plan_id}
    if start.kind == StartKind.OUTCOME:
        return {start.record.priority.plan_id}
    return {action.plan_id for action in actions} if start.kind == StartKind.ACTION else set()


def _led(user: Reader, start: Start) -> tuple[Challenge | Scrutiny, ...]:
    """The scrutiny that led to a challenge (it came with it), or the challenges that an entry led to (one query)."""
    if start.kind == StartKind.CHALLENGE and vars(start.record)[READS_LED_BY]:
        return (start.record.scrutiny,)
    if start.kind == StartKind.SCRUTINY:
        led_to = challenges_visible_to(user).select_related(None).filter(scrutiny=start.record.pk)
        return tuple(led_to.order_by("pk")[:MOST])
    return ()


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
