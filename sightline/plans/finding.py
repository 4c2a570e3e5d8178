"""What of plans can be found by searching, and who may find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

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
from sightline.plans.selectors import words
from sightline.plans.selectors.files import newest_only
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.visible import (
    actions_visible_to,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)
from sightline.search.registry import Guard, Indexed, Kind, Offer

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_REFERENCE = re.compile(r"\s*sl[\s-]?0*(\d{1,9})\s*", re.IGNORECASE)


def jump(user: Reader, text: str) -> str | None:
    """The page of the action whose reference was typed ("SL-00012", "sl 12"), where the person may read it."""
    named = _REFERENCE.fullmatch(text)
    if named is None:
        return None
    actions = actions_visible_to(user).filter(reference=f"SL-{int(named[1]):05d}")
    found = actions.values_list("reference", flat=True).first()
    return addresses.of_action(found) if found else None


def _newest_files() -> QuerySet[EvidenceFile]:
    """A file is found by its newest version; those before it are on the page of its versions."""
    return newest_only(EvidenceFile.objects.select_related("evidence__action", "document"))


def _kind(
    key: str,
    label: tuple[str, str],
    guard: str,
    model: type[Model],
    indexed: Callable[[Iterable[Any]], Iterable[Indexed]],
    order: int,
    *,
    needs: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Kind:
    """A kind whose words are read with the records it `needs` and without the columns nobody searches.

    What hangs on an action is told with the action's title before it.
    """

    def records() -> QuerySet[Any]:
        found = model._default_manager.defer(*without)
        return found.select_related(*needs) if needs else found

    return Kind(key, label, guard, model, records, indexed, order, of_guard=guard == "action" != key)


offered = Offer(
    guards=(
        Guard("action", actions_visible_to, words.facts_of_actions),
        Guard("plan", plans_visible_to, words.facts_of_plans),
        Guard("source", sources_visible_to, words.facts_of_sources),
        Guard("report", reports_visible_to),
        Guard("import", imports_visible_to),
    ),
    kinds=(
        _kind("action", ("Action", "Actions"), "action", Action, words.of_actions, 10),
        _kind("update", ("Update", "Updates"), "action", Update, words.of_updates, 20, needs=["action"]),
        _kind(
            "evidence", ("Evidence", "Evidence"), "action", Evidence, words.of_evidence, 21, needs=["action"]
        ),
        Kind(
            "file",
            ("File", "Files"),
            "action",
            EvidenceFile,
            _newest_files,
            words.of_files,
            22,
            of_guard=True,
        ),
        _kind(
            "claim",
            ("Completion", "Completions"),
            "action",
            CompletionClaim,
            words.of_claims,
            23,
            needs=["action"],
        ),
        _kind(
            "question",
            ("Question", "Questions"),
            "action",
            Question,
            words.of_questions,
            24,
            needs=["action"],
        ),
        _kind(
            "test",
            ("Embedding test", "Embedding tests"),
            "action",
            EmbeddingTest,
            words.of_tests,
            25,
            needs=["action"],
        ),
        _kind(
            "recommendation",
            ("Recommendation", "Recommendations"),
            "source",
            Recommendation,
            words.of_recommendations,
            30,
            needs=["source"],
        ),
        _kind("source", ("Source", "Sources"), "source", Source, words.of_sources, 31),
        _kind(
            "ledger",
            ("Response or progress", "Responses and progress"),
            "source",
            LedgerLine,
            words.of_ledger,
            32,
            needs=["recommendation__source", "addressee__agency", "addressee__group"],
        ),
        _kind("plan", ("Plan", "Plans"), "plan", Plan, words.of_plans, 40),
        _kind(
            "priority", ("Priority", "Priorities"), "plan", Priority, words.of_priorities, 41, needs=["plan"]
        ),
        _kind(
            "strand", ("Strand", "Strands"), "plan", Strand, words.of_strands, 42, needs=["priority__plan"]
        ),
        _kind(
            "outcome",
            ("Outcome", "Outcomes"),
            "plan",
            Outcome,
            words.of_outcomes,
            43,
            needs=["priority__plan"],
        ),
        _kind(
            "report",
            ("Exception report", "Exception reports"),
            "report",
            ExceptionReport,
            words.of_reports,
            60,
            needs=["group", "plan"],
            without=["rows", "resolved"],
        ),
        _kind(
            "import",
            ("Import", "Imports"),
            "import",
            Import,
            words.of_imports,
            70,
            without=["reading", "undo"],
        ),
    ),
    jumps=(jump,),
)
