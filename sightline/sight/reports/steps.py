"""A thread in words, step after step: where it comes from, what was asked, promised, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    IMPACT_LABELS,
    LABELS,
    STEP_LABELS,
    Acceptance,
    DeliveryState,
    Embedding,
    EvidenceQuarter,
    SourceKind,
)
from sightline.plans.choices import (
    Step as LedgerStep,
)
from sightline.plans.models import Action, ExceptionReport, Outcome, Priority, Recommendation, Source
from sightline.plans.rules import addresses
from sightline.screens.words import count, day, joined
from sightline.sight.choices import LOGS, LOOSE_SENTENCES, START_LABELS, Loose, StartKind, Way
from sightline.sight.reports.items import Item, Step, Tagged, thread_href
from sightline.sight.reports.logged import kind_of, log_href, log_items, named_plans
from sightline.sight.selectors.starts import Start
from sightline.sight.selectors.threads import Came, Thread

TITLES = (
    "Where it comes from",
    "What was asked",
    "What should be different",
    "What was promised",
    "What came of it",
)
_KEYS = ("sources", "asked", "aims", "promised", "came")
_NOTHING = (
    "No source that you can see is named.",
    "No recommendation that you can see is named.",
    "No priority or outcome is named.",
    "No action that you can see belongs to it.",
    "Nothing can have come of it yet.",
)
_PLACE = {
    StartKind.SOURCE: 0,
    StartKind.RECOMMENDATION: 1,
    StartKind.PRIORITY: 2,
    StartKind.OUTCOME: 2,
    StartKind.ACTION: 3,
    **dict.fromkeys(LOGS, 0),
}


def shown_steps(start: Start, way: Way) -> range:
    """Which of the five steps are looked at: up to the start, from it onwards, or all."""
    place = _PLACE[start.kind]
    if way == Way.WHY:
        return range(place + 1)
    return range(min(place + 1, 4) if way == Way.CAME else 0, 5)


def steps_of(told: Thread, way: Way) -> tuple[Step, ...]:
    """The steps of the thread that this way looks along."""
    makers: tuple[Callable[[Thread], Iterator[Item]], ...] = (_sources, _asked, _aims, _promised, _came)
    return tuple(
        Step(_KEYS[place], TITLES[place], tuple(makers[place](told)), _NOTHING[place])
        for place in shown_steps(told.start, way)
    )


def source_key(source: Source) -> str:
    return f"source-{source.pk}"


def asked_key(recommendation: Recommendation) -> str:
    return f"recommendation-{recommendation.pk}"


def aim_key(action: Action) -> str:
    """The outcome an action works towards, else its priority; "" where it has neither."""
    if action.outcome_id:
        return f"outcome-{action.outcome_id}"
    return f"priority-{action.priority_id}" if action.priority_id else ""


def _sources(told: Thread) -> Iterator[Item]:
    found = {answer.source.pk: answer.source for answer in told.answers if answer.source}
    if told.start.kind == StartKind.SOURCE:
        found = {told.start.record.pk: told.start.record}
    if told.start.kind == StartKind.RECOMMENDATION:
        found = {told.start.record.source_id: told.start.record.source}
    if told.start.kind in LOGS:
        found = {each.source_id: each.source for each in _named(told)}
    yield from log_items(told) if told.start.kind in LOGS else ()
    for source in found.values():
        kind = LABELS[SourceKind(source.kind)]
        published = f", {day(source.published_on)}" if source.published_on else ""
        yield Item(
            key=source_key(source),
            words=source.title,
            href=addresses.of_source(source.key),
            thread_href=thread_href(StartKind.SOURCE, source.key),
            details=tuple(filter(None, (f"{kind}{published}", source.summary))),
            short=f"{kind}{published}",
            is_start=told.start.kind == StartKind.SOURCE,
        )
    yield from () if told.start.kind in LOGS else log_items(told)


def _named(told: Thread) -> list[Recommendation]:
    """Recommendations named as what answers the record of the logs that the thread starts from."""
    return [each.recommendation for each in told.own_logged if each.recommendation]


def _asked(told: Thread) -> Iterator[Item]:
    found = {
        answer.recommendation.pk: answer.recommendation for answer in told.answers if answer.recommendation
    }
    found |= {each.pk: each for each in told.unanswered}
    if told.start.kind in LOGS:
        found = {each.pk: each for each in _named(told)}
    if told.start.kind == StartKind.RECOMMENDATION:
        found = {told.start.record.pk: told.start.record}
    open_ends = {each.pk for each in told.unanswered}
    for each in sorted(found.values(), key=lambda one: (one.source_id, one.order, one.pk)):
        loose = (LOOSE_SENTENCES[Loose.UNANSWERED],) if each.pk in open_ends else ()
        yield Item(
            key=asked_key(each),
            words=f"{named(each.number)}: {each.title or each.text}",
            href=f"{addresses.of_source(each.source.key)}#recommendation-{each.pk}",
            thread_href=thread_href(StartKind.RECOMMENDATION, str(each.pk)),
            details=tuple(
                filter(
                    None, (f"From {each.source.title}", each.text if each.title else "", *_ledger(told, each))
                )
            ),
            loose=loose,
            short="No action answers it" if loose else "",
            is_start=told.start.kind == StartKind.RECOMMENDATION,
        )


def _ledger(told: Thread, recommendation: Recommendation) -> Iterator[str]:
    """Whom it is addressed to, what each answered, and how far it has become practice with them."""
    for each in told.addressees:
        if each.recommendation_id == recommendation.pk and (each.party or each.raw or each.is_partnership):
            who = "the partnership" if each.is_partnership else str(each)
            answer = (
                ACCEPTANCE_LABELS[Acceptance(each.current_acceptance)]
                if each.current_acceptance
                else "no response yet"
            )
            yield f"To {who}: {lowered(answer)}; {lowered(STEP_LABELS[LedgerStep(each.current_step)])}."


def lowered(words: str) -> str:
    """Words within a sentence."""
    return words[:1].lower() + words[1:]


def named(number: str) -> str:
    """A printed number as words: "Recommendation 9" for a bare figure."""
    return f"Recommendation {number}" if number[:1].isdigit() else number


def _aims(told: Thread) -> Iterator[Item]:
    found: dict[str, Outcome | Priority] = {}
    start = told.start
    if start.kind in (StartKind.PRIORITY, StartKind.OUTCOME):
        found[f"{start.kind}-{start.record.pk}"] = start.record
    for action in told.actions:
        aim = action.outcome or action.priority
        if aim:
            found.setdefault(aim_key(action), aim)
    found |= {f"outcome-{each.pk}": each for each in told.without_action}
    open_ends = {each.pk for each in told.without_action}
    plans = {aim_key(action): action.plan for action in told.actions}
    for key, aim in found.items():
        kind = StartKind(key.partition("-")[0])
        plan = plans.get(key) or (aim.plan if isinstance(aim, Priority) else aim.priority.plan)
        loose = kind == StartKind.OUTCOME and aim.pk in open_ends
        yield Item(
            key=key,
            words=str(aim),
            href=addresses.of_plan(plan.key),
            thread_href=thread_href(kind, str(aim.pk)),
            details=(f"In {plan.name}",),
            loose=(LOOSE_SENTENCES[Loose.OUTCOME_WITHOUT_ACTION],) if loose else (),
            short="No action works towards it" if loose else plan.name,
            is_start=start.kind == kind and start.record.pk == aim.pk,
        )
    yield from named_plans(told)


def named_action(action: Action) -> str:
    """An action by its printed number, or our reference, and its words."""
    return f"{action.current_number_label or action.reference} {action.text}"


def _answered(told: Thread, action: Action) -> list[str]:
    """What the action answers, shortly: numbers of recommendations, titles of sources, printed words."""
    found = []
    for answer in told.answers_of(action):
        if answer.recommendation:
            found.append(named(answer.recommendation.number))
        elif answer.source:
            found.append(answer.source.title)
        elif answer.words:
            found.append(f"“{answer.words}” as printed, matched to nothing")
    found += [
        f"the {START_LABELS[kind_of(each.logged)].lower()} “{each.logged}”" for each in told.logged_of(action)
    ]
    return found


def _promised(told: Thread) -> Iterator[Item]:
    for action in told.actions:
        facts = told.came[action.pk].facts
        answers = _answered(told, action)
        shortly = f"Answers {joined(answers)}" if answers else "Answers nothing"
        due = f"Due on {day(facts.due_on)}" if facts.due_on else facts.timescale_label
        yield Item(
            key=f"action-{action.reference}",
            words=named_action(action),
            href=addresses.of_action(action.reference),
            thread_href=thread_href(StartKind.ACTION, action.reference),
            details=tuple(
                filter(
                    None,
                    (
                        f"Answers {joined(answers)}" if answers else "",
                        *_placed(told, action),
                        f"Owners: {action.current_owner_label or 'nobody'}",
                        due,
                    ),
                )
            ),
            tied=tuple(_carried(told, action)),
            loose=_loose_words(told.came[action.pk], Loose.ANSWERS_NOTHING),
            tags=Tagged(
                LABELS[facts.state],
                facts.state == DeliveryState.COMPLETE,
                facts.delivery.value,
                facts.impact.value,
            ),
            short=f"{LABELS[facts.state]}. {shortly}",
            is_start=told.start.kind == StartKind.ACTION,
        )


def _carried(told: Thread, action: Action) -> Iterator[tuple[str, str]]:
    """The action it was carried from, and the one it goes on as: the thread does not end with a plan."""
    for other in told.carried:
        words = f"{named_action(other)}, in {other.plan.name}"
        if other.pk == action.carried_from_id:
            yield f"Carried over from {words}", thread_href(StartKind.ACTION, other.reference)
        elif other.carried_from_id == action.pk:
            yield f"Goes on as {words}", thread_href(StartKind.ACTION, other.reference)


def _placed(told: Thread, action: Action) -> Iterator[str]:
    """The other plans it stands in, each with its number there."""
    for place in told.placed:
        if place.action_id == action.pk:
            number = f" as {place.number}" if place.number else ""
            under = place.outcome or place.priority
            yield f"Also stands{number} in {place.plan.name}{f', under {under}' if under else ''}"


def _loose_words(came: Came, *kinds: Loose) -> tuple[str, ...]:
    return tuple(LOOSE_SENTENCES[kind] for kind in came.loose if kind in kinds)


def _came(told: Thread) -> Iterator[Item]:
    for action in told.actions:
        came = told.came[action.pk]
        yield Item(
            key=f"came-{action.reference}",
            words=named_action(action),
            href=f"{addresses.of_action(action.reference)}#evidence",
            details=(*came_in_words(came), *_texts(told, action)),
            loose=_loose_words(came, *(set(Loose) - {Loose.ANSWERS_NOTHING})),
            links=tuple((report_words(report), addresses.of_report(report.pk)) for report in came.reports),
            short=came_shortly(came),
        )


def came_in_words(came: Came) -> tuple[str, ...]:
    """Updates, evidence, embedding and impact, each in a sentence."""
    facts = came.facts
    last = f", the last of {day(facts.last_update_on)}" if facts.last_update_on else ""
    pieces = [f"{LABELS[q].lower()} ({came.quarters[q]})" for q in EvidenceQuarter if came.quarters.get(q)]
    said = f", said by {facts.impact.said_by}" if facts.impact.said_by else ""
    lasted = {
        Embedding.NONE_SET: "No embedding test is set.",
        Embedding.WAITING: f"Its embedding test is due{f' on {day(facts.test_due_on)}' if facts.test_due_on else ''}.",
        Embedding.PASSED: "A test has shown that it lasted.",
        Embedding.FAILED: "A test has shown that it did not last.",
    }[facts.embedding]
    return (
        f"{count(came.updates, 'update')}{last}.",
        f"Evidence from {joined(pieces)}." if pieces else "No evidence of a difference is recorded.",
        lasted,
        f"Impact: {IMPACT_LABELS[facts.impact.value].lower()}{said}.",
    )


def came_shortly(came: Came) -> str:
    """The same for a box of the picture."""
    pieces = sum(came.quarters.values())
    lasted = LABELS[came.facts.embedding] if came.facts.embedding != Embedding.NONE_SET else "not tested"
    return f"{count(pieces, 'piece')} of evidence, {lasted.lower()}"


def _texts(told: Thread, action: Action) -> tuple[str, ...]:
    """What the evidence of an action says."""
    return tuple(
        f"{day(piece.dated_on)}, {LABELS[EvidenceQuarter(piece.quarter)].lower()}: {piece.text}"
        for piece in told.texts_of(action)
    )


def report_words(report: ExceptionReport) -> str:
    """An issued report by what it is for and its day."""
    return f"Exception report for {report.group or report.plan or 'the partnership'}, {day(report.as_at)}"


def href_of(start: Start) -> str:
    """The page of the record itself; a priority or outcome stands in its plan."""
    record = start.record
    if start.kind == StartKind.SOURCE:
        return addresses.of_source(record.key)
    if start.kind == StartKind.RECOMMENDATION:
        return f"{addresses.of_source(record.source.key)}#recommendation-{record.pk}"
    if start.kind == StartKind.ACTION:
        return addresses.of_action(record.reference)
    if start.kind in LOGS:
        return log_href(record)
    return addresses.of_plan((record if start.kind == StartKind.PRIORITY else record.priority).plan.key)


def title_of(start: Start) -> str:
    """What the thread is of, in words."""
    record = start.record
    if start.kind == StartKind.ACTION:
        return named_action(record)
    if start.kind == StartKind.RECOMMENDATION:
        return f"{named(record.number)}: {record.title or record.text}"
    return str(record)
