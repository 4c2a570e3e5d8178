"""What search keeps of plans, actions and what is said of them, and what it tells beside a result."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from sightline.plans.choices import LABELS, LedgerKind
from sightline.plans.models import (
    Action,
    CompletionClaim,
    EmbeddingTest,
    Evidence,
    EvidenceFile,
    ExceptionReport,
    Import,
    LedgerLine,
    Outcome,
    Plan,
    Priority,
    Question,
    Recommendation,
    Source,
    Strand,
    Update,
)
from sightline.plans.rules import addresses
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, sources_visible_to
from sightline.screens.words import day
from sightline.search.registry import Facts, Indexed

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def of_action(action: Action) -> Indexed:
    """An action: its numbers and words, and below them its reference, owners and the columns nobody knows."""
    items = [str(item) for item in action.items]
    other = [f"{heading}: {cell}" for heading, cell in action.other.items() if cell]
    title = f"{action.current_number_label} {action.text}".strip()
    body = " · ".join(part for part in (*items, action.current_owner_label, *other, action.reference) if part)
    address = addresses.of_action(action.reference)
    return Indexed("action", action.pk, action.pk, title, address, body)


def mark_of(action: Action) -> str:
    """A short mark of what search keeps of an action: another mark, other words."""
    found = of_action(action)
    return hashlib.blake2b(f"{found.title}\0{found.body}".encode(), digest_size=8).hexdigest()


def of_actions(actions: Iterable[Action]) -> Iterable[Indexed]:
    """Several actions."""
    return map(of_action, actions)


def of_updates(updates: Iterable[Update]) -> Iterable[Indexed]:
    """Updates, each found on the page of its action (loaded with it)."""
    for update in updates:
        address = f"{addresses.of_action(update.action.reference)}#updates"
        title = f"Update of {day(update.dated_on or update.as_at)}"
        yield Indexed(
            "update",
            update.pk,
            update.action_id,
            title,
            address,
            update.text,
            update.dated_on or update.as_at,
        )


def of_evidence(evidence: Iterable[Evidence]) -> Iterable[Indexed]:
    """Evidence, found on the page of its action (loaded with it)."""
    for each in evidence:
        address = f"{addresses.of_action(each.action.reference)}#evidence"
        title = f"Evidence of {day(each.dated_on)}"
        yield Indexed("evidence", each.pk, each.action_id, title, address, each.text, each.dated_on)


def of_files(files: Iterable[EvidenceFile]) -> Iterable[Indexed]:
    """Files kept with evidence (loaded with it, its action and document), by their names; each is the file itself."""
    for each in files:
        action, name = each.evidence.action, each.document.name
        address = addresses.of_file(action.reference, each.pk)
        yield Indexed("file", each.pk, action.pk, name, address, each.evidence.text, each.evidence.dated_on)


def of_claims(claims: Iterable[CompletionClaim]) -> Iterable[Indexed]:
    """Words that an action is done, with the answer to them; on the page of the action (loaded with it)."""
    for each in claims:
        address = f"{addresses.of_action(each.action.reference)}#history"
        title = f"Said to be done since {day(each.as_at)}"
        body = " · ".join(part for part in (each.text, each.reason) if part)
        yield Indexed("claim", each.pk, each.action_id, title, address, body, each.as_at)


def of_questions(questions: Iterable[Question]) -> Iterable[Indexed]:
    """Questions about an update, found on the page of their action (loaded with it)."""
    for each in questions:
        address = f"{addresses.of_action(each.action.reference)}#updates"
        title = f"Question of {day(each.as_at)}"
        yield Indexed("question", each.pk, each.action_id, title, address, each.text, each.as_at)


def of_tests(tests: Iterable[EmbeddingTest]) -> Iterable[Indexed]:
    """Embedding tests with what they found, on the page of their action (loaded with it)."""
    for each in tests:
        address = f"{addresses.of_action(each.action.reference)}#embedding"
        on = each.result_on or each.due_on
        body = " · ".join(part for part in (each.question, each.finding) if part)
        yield Indexed("test", each.pk, each.action_id, f"Embedding test of {day(on)}", address, body, on)


def of_plans(plans: Iterable[Plan]) -> Iterable[Indexed]:
    """Plans by name and period."""
    for plan in plans:
        yield Indexed("plan", plan.pk, plan.pk, plan.name, addresses.of_plan(plan.key), plan.period_raw)


def of_priorities(priorities: Iterable[Priority]) -> Iterable[Indexed]:
    """Priorities (loaded with their plan)."""
    for each in priorities:
        address = f"{addresses.of_plan(each.plan.key)}?priority={each.pk}"
        yield Indexed("priority", each.pk, each.plan_id, str(each), address, each.aim)


def of_outcomes(outcomes: Iterable[Outcome]) -> Iterable[Indexed]:
    """Outcomes (loaded with priority and plan)."""
    for each in outcomes:
        priority = each.priority
        address = f"{addresses.of_plan(priority.plan.key)}?priority={priority.pk}"
        yield Indexed("outcome", each.pk, priority.plan_id, each.text, address)


def of_strands(strands: Iterable[Strand]) -> Iterable[Indexed]:
    """Strands of work (loaded with priority and plan)."""
    for each in strands:
        priority = each.priority
        address = f"{addresses.of_plan(priority.plan.key)}?priority={priority.pk}"
        yield Indexed("strand", each.pk, priority.plan_id, str(each), address, str(priority))


def of_sources(sources: Iterable[Source]) -> Iterable[Indexed]:
    """Sources: title, who published it, and what it says in short."""
    for each in sources:
        body = " · ".join(part for part in (each.body, each.summary) if part)
        address = addresses.of_source(each.key)
        yield Indexed("source", each.pk, each.pk, each.title, address, body, each.published_on)


def _named(recommendation: Recommendation) -> str:
    number = recommendation.number
    return number if number[:3].isalpha() else f"Recommendation {number}"


def of_recommendations(recommendations: Iterable[Recommendation]) -> Iterable[Indexed]:
    """Recommendations (loaded with their source), with whom they ask and what answers them."""
    for each in recommendations:
        title = f"{_named(each)}: {each.title}" if each.title else _named(each)
        asked = [str(one) for one in each.addressed_to]
        answered = [one if isinstance(one, str) else str(one.get("text", "")) for one in each.response]
        body = " · ".join(part for part in (each.text, *asked, *answered) if part)
        address = addresses.of_recommendation(each.source.key, each.pk)
        yield Indexed("recommendation", each.pk, each.source_id, title, address, body)


def of_ledger(lines: Iterable[LedgerLine]) -> Iterable[Indexed]:
    """What was said of a recommendation (loaded with it and its source, and whom it is addressed to)."""
    for each in lines:
        asked = each.recommendation
        what = LABELS[LedgerKind(each.kind)]
        whose = f" of {each.addressee}" if each.addressee else ""
        title = f"{what}{whose}, {day(each.as_at)}: {_named(asked)}"
        body = " · ".join([*each.public, *each.private])
        address = addresses.of_recommendation(asked.source.key, asked.pk)
        yield Indexed("ledger", each.pk, asked.source_id, title, address, body, each.as_at)


def of_imports(imports: Iterable[Import]) -> Iterable[Indexed]:
    """Uploaded documents by the name of their file; their words are found in what they became."""
    for each in imports:
        address = addresses.of_import(each.pk)
        yield Indexed(
            "import", each.pk, each.pk, each.file_name, address, each.plan_name, each.uploaded_at.date()
        )


def of_reports(reports: Iterable[ExceptionReport]) -> Iterable[Indexed]:
    """Exception reports (loaded with group and plan)."""
    for each in reports:
        about = each.group or each.plan or "the partnership"
        title = f"Exception report for {about} as at {day(each.as_at)}"
        yield Indexed("report", each.pk, each.pk, title, addresses.of_report(each.pk), "", each.as_at)


def facts_of_actions(user: Reader, numbers: Collection[int]) -> Mapping[int, Facts]:
    """Where these actions stand, their state and both ratings; one query."""
    actions = actions_visible_to(user).filter(pk__in=numbers)
    return {
        action.pk: Facts(
            " · ".join([action.plan.name, LABELS[action.state_now]]),
            (
                ("Delivery", action.current_delivery_rating),
                ("Impact", action.current_impact_rating),
            ),
            f"{action.current_number_label} {action.text}".strip(),
        )
        for action in actions
    }


def facts_of_plans(user: Reader, numbers: Collection[int]) -> Mapping[int, Facts]:
    """The plan's name and state; one query."""
    plans = plans_visible_to(user).filter(pk__in=numbers).select_related(None)
    return {plan.pk: Facts(f"{plan.name} · {LABELS[plan.state_now]}") for plan in plans}


def facts_of_sources(user: Reader, numbers: Collection[int]) -> Mapping[int, Facts]:
    """The source's title; one query."""
    return {source.pk: Facts(source.title) for source in sources_visible_to(user).filter(pk__in=numbers)}
