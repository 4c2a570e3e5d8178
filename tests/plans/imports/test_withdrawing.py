"""An import is taken back whole, while nothing depends on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from sightline.events.models import Entry
from sightline.events.services import verify
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    ImportState,
    PlanState,
    TimescaleKind,
)
from sightline.plans.models import Action, Import, LikeWord, Plan, Recommendation, Source
from sightline.plans.selectors.preview import preview
from sightline.plans.services import OwnerGiven, SourceGiven, TimescaleGiven, imports
from sightline.plans.services.likeness import gather_words
from tests.plans.imports.papers import TWINS, cells, imported, kept_bytes, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, TODAY, make_action, make_group

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)
AUGUST = JULY + timedelta(days=31)
BAND = ("Priority 1: Neglect is seen early",)
ONE = ("1.1", "Children are heard", "Police", "Audit forty case files", "Scoped.", "By 30 May 2026", "Amber")
TWO = ("1.2", "", "", "Train every designated lead", "", "", "")
BULLET = ("", "", "", "• Ask the nurses", "", "", "")
OLD = paper(BAND, ONE, TWO, BULLET)
DONE = "Complete"
NEW = paper(
    BAND,
    ("1.1b", "Children say it helped", "Health", "Audit fifty case files", "Scoped. Read.", "By 30 June 2026", DONE),
    ("1.3", "", "", "Write to every school", "", "", ""),
    ("Priority 2: Help",),
    ("", "", "", "Ask the nurses", "", "", "Red"),
)  # fmt: skip


def state_of_plans() -> dict[str, list[Any]]:
    """Every row of the plans app but the imports themselves, without versions and the numbers of rows made again."""
    gather_words()
    again = {"actionnumber", "actionowner", "actionsource"}
    left_out = {"import", "importedrow", "referencesequence", "likeword", *again}
    tables = {m._meta.model_name: m for m in apps.get_app_config("plans").get_models()}
    rows = {
        name: [
            {k: v for k, v in row["fields"].items() if k != "version"} | {"pk": row["pk"]}
            for row in json.loads(serializers.serialize("json", model._default_manager.order_by("pk")))
        ]
        for name, model in tables.items()
        if name not in left_out
    }
    for name in again:
        found = json.loads(
            serializers.serialize("json", tables[name]._default_manager.order_by("action", "order"))
        )
        rows[name] = [row["fields"] for row in found]
    work = WorkItem.objects.order_by("subject_model", "subject_id", "for_scope", "kind").values(
        "subject_id", "for_scope", "kind", "title"
    )
    found = LikeWord.objects.order_by("action", "word").values_list("action", "word")
    return rows | {"work": list(work), "words": list(found)}


class TestAnImportThatStartedAPlan:
    def test_everything_goes_but_the_import_its_file_and_the_journal(self) -> None:
        before = state_of_plans()
        made = imported(OLD)
        told = Entry.objects.count()
        made = imports.withdraw(made, version=made.version, by=BY, now=JULY)
        assert state_of_plans() == before
        assert (made.state, made.withdrawn_at, made.plan, made.plan_name) == (
            ImportState.WITHDRAWN,
            JULY,
            None,
            "Neglect plan",
        )
        assert kept_bytes(made) == OLD.encode()
        assert [row.action for row in made.rows.all()] == [None] * 3
        assert Entry.objects.count() > told
        assert Entry.objects.filter(type="plans.action_added").count() == 3
        assert verify().broken == []

    def test_it_can_be_imported_again(self) -> None:
        imports.withdraw(imported(OLD), by=BY, now=NOW)
        plan = plan_of(imported(OLD))
        assert plan.actions.count() == 3
        assert Import.objects.filter(state=ImportState.CONFIRMED).get().follows is None

    def test_it_is_withdrawn_once(self) -> None:
        made = imports.withdraw(imported(OLD), by=BY, now=NOW)
        with pytest.raises(imports.ImportRefused, match="has been withdrawn"):
            imports.withdraw(made, by=BY, now=NOW)

    def test_a_preview_is_discarded_not_withdrawn(self) -> None:
        with pytest.raises(imports.ImportRefused, match="has not been confirmed"):
            imports.withdraw(uploaded(OLD), by=BY, now=NOW)

    def test_uploads_that_wait_for_the_plan_keep_its_name(self) -> None:
        made = imported(OLD)
        waiting = uploaded(NEW, plan=plan_of(made))
        imports.withdraw(made, by=BY, now=NOW)
        waiting.refresh_from_db()
        assert (waiting.plan, waiting.plan_name) == (None, "Neglect plan")


class TestAnImportIntoAPlan:
    def test_the_plan_is_as_it_was(self) -> None:
        plan = plan_of(imported(OLD))
        own = make_action(plan, text="Ring the helpline every day", numbers=["9.9"], as_at=date(2026, 6, 2))
        services.record_update(own, "Rung twice.", as_at=TODAY, by=BY, now=NOW)
        services.refresh_current(plan.actions.all(), now=JULY)
        before, printed = state_of_plans(), cells(plan)
        upload = uploaded(NEW, plan=plan, as_at=date(2026, 7, 1), now=JULY)
        assert not preview(upload).merge.changes_nothing  # type: ignore[union-attr]
        second = imports.confirm(upload, by=BY, now=JULY)
        assert cells(plan) != printed
        imports.withdraw(second, by=BY, now=JULY)
        assert cells(plan) == printed
        assert state_of_plans() == before

    def test_versions_go_on_and_never_back(self) -> None:
        plan = plan_of(imported(OLD))
        one = plan.actions.order_by("pk")[0]
        second = imports.confirm(uploaded(NEW, plan=plan, as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY)
        between = Action.objects.get(pk=one.pk).version
        imports.withdraw(second, by=BY, now=JULY)
        assert one.version < between < Action.objects.get(pk=one.pk).version

    def test_the_next_version_is_compared_with_the_import_before(self) -> None:
        first = imported(OLD)
        second = imports.confirm(
            uploaded(NEW, plan=plan_of(first), as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY
        )
        imports.withdraw(second, by=BY, now=JULY)
        assert preview(uploaded(OLD, plan=plan_of(first))).merge.changes_nothing  # type: ignore[union-attr]
        assert imported(OLD, plan=plan_of(first)).follows == first

    def test_an_import_marked_gone_and_one_that_brought_back_are_both_undone(self) -> None:
        plan = plan_of(imported(OLD))
        gone = imports.confirm(
            uploaded(paper(BAND, ONE), plan=plan, as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY
        )
        assert plan.actions.filter(gone_from_document_on=None).count() == 1
        back = imports.confirm(
            uploaded(OLD, plan=plan, as_at=date(2026, 8, 1), now=AUGUST), by=BY, now=AUGUST
        )
        assert plan.actions.filter(gone_from_document_on=None).count() == 3
        imports.withdraw(back, by=BY, now=AUGUST)
        assert plan.actions.filter(gone_from_document_on=date(2026, 7, 1)).count() == 2
        imports.withdraw(gone, by=BY, now=AUGUST)
        assert plan.actions.filter(gone_from_document_on=None).count() == 3


class TestRecommendations:
    def test_a_source_goes_with_its_import(self) -> None:
        made = imported((TWINS / "addendum.txt").read_bytes(), plan_name="Review of Child R")
        imports.withdraw(made, by=BY, now=NOW)
        assert (Source.objects.count(), Recommendation.objects.count()) == (0, 0)

    def test_not_while_actions_answer_it_or_it_has_grown(self) -> None:
        made = imported((TWINS / "addendum.txt").read_bytes(), plan_name="Review of Child R")
        assert made.source is not None
        extra = services.create_recommendation(made.source, number="9", text="Do more", by=BY, now=NOW)
        assert "added to its source" in imports.dependents(made)[0]
        extra.delete()
        assert imports.dependents(made) == []
        make_action(sources=[SourceGiven(recommendation=made.source.recommendations.first())])
        with pytest.raises(imports.ImportRefused, match="actions answer its recommendations"):
            imports.withdraw(made, by=BY, now=NOW)


def _embedding(action: Action) -> None:
    services.set_embedding_test(action, "Re-audit ten", due_on=TODAY, as_at=TODAY, by=BY, now=JULY)


def _revise(action: Action) -> None:
    given = TimescaleGiven(TimescaleKind.BY_DATE, ["2026-09-01"], raw="By 1 September 2026")
    services.revise_timescale(action, action.version, given, reason="Late", as_at=TODAY, by=BY, now=JULY)


def _depend(action: Action) -> None:
    other = Action.objects.exclude(pk=action.pk).first()
    assert other is not None
    services.add_dependency(action, other, reason="First that", as_at=TODAY, by=BY, now=JULY)


def _plan(action: Action) -> Plan:
    return Plan.objects.get(pk=action.plan_id)


AT: dict[str, Any] = {"as_at": TODAY, "by": BY, "now": JULY}

# What people may do after an import, and the words of the refusal that follow from it.
AFTERWARDS: dict[str, tuple[Callable[[Action], object], str]] = {
    "update": (lambda a: services.record_update(a, "Said", **AT), "recorded updates since, on SL-"),
    "rating": (lambda a: services.rate(a, Dimension.DELIVERY, "red", **AT), "recorded ratings"),
    "state": (lambda a: services.change_state(a, DeliveryState.CLOSED_OTHER, reason="x", **AT), "changes of state"),
    "owners": (lambda a: services.set_owners(a, [OwnerGiven("Anna")], **AT), "changes of owner"),
    "timescale": (_revise, "revised timescales"),
    "evidence": (
        lambda a: services.record_evidence(a, EvidenceQuarter.AUDIT, "Ten", dated_on=TODAY, by=BY, now=JULY),
        "recorded evidence",
    ),
    "test": (_embedding, "embedding tests"),
    "block": (lambda a: services.block(a, "No room", as_at=TODAY, by=BY, now=JULY), "recorded blocks"),
    "dependency": (_depend, "dependencies"),
    "edit": (lambda a: services.edit_action(a, a.version, {"text": "New"}, by=BY, now=JULY), "has been edited since"),
    "new action": (lambda a: make_action(_plan(a), text="Another"), "actions have been added to its plan"),
    "new priority": (
        lambda a: services.add_priority(_plan(a), number="9", title="More", by=BY, now=JULY),
        "its plan has been changed",
    ),
    "new outcome": (
        lambda a: services.add_outcome(a.priority, text="More", by=BY, now=JULY),  # type: ignore[arg-type]
        "its plan has been changed",
    ),
    "plan edited": (
        lambda a: services.edit_plan(_plan(a), _plan(a).version, {"name": "Other"}, by=BY, now=JULY),
        "its plan has been changed",
    ),
    "plan closed": (
        lambda a: services.change_plan_state(_plan(a), PlanState.CLOSED, as_at=TODAY, reason="Over", by=BY, now=JULY),
        "its plan has been changed",
    ),
    "report": (
        lambda a: services.draft_exception_report(None, plan=_plan(a), as_at=TODAY, by=BY, now=JULY),
        "an exception report names its actions",
    ),
    "next import": (
        lambda a: imports.confirm(uploaded(NEW, plan=_plan(a), as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY),
        "“paper.txt” was imported on top of it",
    ),
}  # fmt: skip


class TestWhatDependsOnIt:
    @pytest.mark.parametrize("deed", AFTERWARDS)
    def test_it_stays_and_the_sentence_says_why(self, deed: str) -> None:
        made = imported(OLD)
        do, words = AFTERWARDS[deed]
        action = plan_of(made).actions.order_by("pk").first()
        assert action is not None
        do(action)
        before = state_of_plans()
        with pytest.raises(imports.ImportRefused, match=words) as refused:
            imports.withdraw(made, by=BY, now=JULY)
        assert refused.value.sentence.startswith("This import cannot be withdrawn, because ")
        assert state_of_plans() == before

    def test_another_plans_action_that_waits_for_it(self) -> None:
        made = imported(OLD)
        action = plan_of(made).actions.order_by("pk").first()
        assert action is not None
        waiting = make_action(text="Wait for the audit")
        services.add_dependency(waiting, action, reason="First that", as_at=TODAY, by=BY, now=JULY)
        with pytest.raises(imports.ImportRefused, match=f"{waiting.reference} waits for one of its actions"):
            imports.withdraw(made, by=BY, now=JULY)

    def test_what_people_said_before_a_second_import_does_not_hold_that_one(self) -> None:
        plan = plan_of(imported(OLD))
        one = plan.actions.order_by("pk").first()
        assert one is not None
        services.record_update(one, "Said", as_at=TODAY, by=BY, now=NOW)
        second = imports.confirm(uploaded(NEW, plan=plan, as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY)
        assert imports.dependents(second) == []

    def test_a_report_issued_since_that_names_an_action(self) -> None:
        group = make_group()
        made = imported(OLD)
        action = plan_of(made).actions.order_by("pk").first()
        assert action is not None
        services.set_owners(action, [OwnerGiven(party=group)], as_at=TODAY, by=BY, now=NOW)
        second = imports.confirm(
            uploaded(NEW, plan=plan_of(made), as_at=date(2026, 7, 1), now=JULY), by=BY, now=JULY
        )
        report = services.draft_exception_report(None, as_at=AUGUST.date(), by=BY, now=AUGUST)
        assert imports.dependents(second) == []
        report = services.issue_exception_report(report, by=BY, now=AUGUST)
        assert report.rows
        assert "an exception report names its actions" in imports.dependents(second)[0]
