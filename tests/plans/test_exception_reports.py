"""The exception report: its rows, what is new, issuing, and the document it becomes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from sightline.access.choices import ScopeKind
from sightline.access.scope import Held, Scope
from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.plans import selectors, services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    ExceptionKind,
    PlanState,
    ReportState,
    SourceKind,
)
from sightline.plans.models import Action, ExceptionReport
from sightline.plans.reports import exception_report_document
from sightline.plans.selectors import ExceptionRow, read_report
from sightline.plans.services import OwnerGiven, SourceGiven
from sightline.plans.services.reports import DraftIsOld
from tests.plans.making import BY, NOW, TODAY, complete, make_action, make_agency, make_group, make_plan

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
LATE = "2026-06-10"


def references(rows: list[ExceptionRow]) -> list[str]:
    return [row.reference for row in rows]


class TestRows:
    def test_a_row_says_what_who_when_how_and_why(self) -> None:
        source = services.create_source("A review", SourceKind.REVIEW, **WHO)
        asked = services.create_recommendation(source, number="4", text="Audit it", **WHO)
        plan = make_plan(make_group("Business group"))
        priority = services.add_priority(plan, number="1", title="Early help", **WHO)
        action = make_action(
            plan,
            make_agency("Police"),
            due=LATE,
            numbers=["2.11", "3.2"],
            priority=priority,
            sources=[SourceGiven("R4", source, asked), SourceGiven("p. 9", source), SourceGiven("106")],
        )
        services.record_update(action, "Two cases left", as_at=date(2026, 6, 11), **WHO)
        services.rate(action, Dimension.DELIVERY, "amber", as_at=TODAY, **WHO)
        (row,) = selectors.exceptions_for(UNIT, None, TODAY)
        assert row == ExceptionRow(
            reference=action.reference,
            number="2.11, 3.2",
            text="Audit every re-referral",
            owners="Police",
            plan="Children first",
            plan_key="children-first",
            priority="Priority 1: Early help",
            timescale="By 2026-06-10",
            due_on=date(2026, 6, 10),
            state="not_started",
            delivery="amber",
            impact="not_yet_known",
            kinds=(ExceptionKind.OVERDUE,),
            sentences=("It was due on 10 June 2026 and is 5 days overdue.",),
            sources=(
                selectors.SourceLink("A review, 4", "/sources/a-review/"),
                selectors.SourceLink("A review, p. 9", "/sources/a-review/"),
                selectors.SourceLink("106", ""),
            ),
            last_update_on=date(2026, 6, 11),
            last_update="Two cases left",
            tier="T1",
        )
        assert row.href == f"/actions/{action.reference}/"
        assert row.sentence(ExceptionKind.OVERDUE) == "It was due on 10 June 2026 and is 5 days overdue."
        assert row.sentence(ExceptionKind.RED) == ""

    def test_rows_survive_being_frozen(self) -> None:
        make_action(due=LATE)
        make_action(state=DeliveryState.COMPLETE)
        rows = selectors.exceptions_for(UNIT, None, TODAY)
        assert [ExceptionRow.from_json(row.as_json()) for row in rows] == rows

    def test_a_groups_rows_are_what_it_owns_and_what_stands_in_its_plans(self) -> None:
        group, other = make_group("Business group"), make_group("Audit panel")
        in_its_plan = make_action(make_plan(group, "A"), other, due=LATE)
        owned = make_action(make_plan(other, "B"), other, group, due=LATE)
        make_action(make_plan(other, "C"), other, due=LATE)
        assert references(selectors.exceptions_for(UNIT, group, TODAY)) == references_of(in_its_plan, owned)
        assert len(selectors.exceptions_for(UNIT, other, TODAY)) == 3
        assert len(selectors.exceptions_for(UNIT, None, TODAY)) == 3

    def test_a_plan_may_be_asked_for(self) -> None:
        wanted = make_action(make_plan(None, "A"), due=LATE)
        make_action(make_plan(None, "B"), due=LATE)
        assert references(selectors.exceptions_for(UNIT, None, TODAY, wanted.plan)) == [wanted.reference]

    def test_exceptions_are_as_at_a_day(self) -> None:
        action = make_action(due=LATE)
        assert selectors.exceptions_for(UNIT, None, date(2026, 6, 10)) == []
        assert references(selectors.exceptions_for(UNIT, None, date(2026, 6, 11))) == [action.reference]
        complete(action, TODAY)
        (before,) = selectors.exceptions_for(UNIT, None, date(2026, 6, 14))
        assert (before.kinds, before.state) == ((ExceptionKind.OVERDUE,), "not_started")

    def test_an_action_that_had_not_begun_is_none(self) -> None:
        make_action(due=LATE, opened_on=date(2026, 6, 12))
        assert selectors.exceptions_for(UNIT, None, date(2026, 6, 11)) == []
        assert len(selectors.exceptions_for(UNIT, None, date(2026, 6, 12))) == 1

    def test_a_plan_that_had_ended_is_left_out(self) -> None:
        plan = make_plan(state=PlanState.IN_FORCE)
        make_action(plan, due=LATE)
        services.change_plan_state(plan, PlanState.CLOSED, as_at=date(2026, 6, 13), reason="x", **WHO)
        assert len(selectors.exceptions_for(UNIT, None, date(2026, 6, 12))) == 1
        assert selectors.exceptions_for(UNIT, None, date(2026, 6, 13)) == []

    def test_as_it_stood_knows_only_what_was_recorded_by_then(self) -> None:
        action = make_action(due=LATE, now=NOW - timedelta(days=10))
        services.record_update(action, "Late news", as_at=date(2026, 6, 12), **WHO)
        (now_known,) = selectors.exceptions_for(UNIT, None, date(2026, 6, 13))
        (then_known,) = selectors.exceptions_for(
            UNIT, None, date(2026, 6, 13), known_by=NOW - timedelta(days=1)
        )
        assert (now_known.last_update, then_known.last_update) == ("Late news", "")

    def test_a_dependency_goes_by_what_was_known_too(self) -> None:
        plan = make_plan()
        early = NOW - timedelta(days=10)
        action, other = make_action(plan, now=early), make_action(plan, now=early)
        services.add_dependency(action, other, as_at=date(2026, 6, 2), by=BY, now=early)
        complete(other, date(2026, 6, 3))
        day = date(2026, 6, 4)
        then = selectors.facts_of([action], day, NOW - timedelta(days=1))[action.pk]
        assert then.waits_for == (other.reference,)
        assert selectors.facts_of([action], day)[action.pk].waits_for == ()

    @pytest.mark.parametrize("size", [1, 3, 30])
    def test_queries_do_not_grow_with_rows(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        plan, police = make_plan(make_group()), make_agency()
        source = services.create_source("A review", SourceKind.REVIEW, **WHO)
        for _ in range(size):
            make_action(plan, police, due=LATE, sources=[SourceGiven("4", source)], refresh=False)
        with django_assert_num_queries(4):
            assert len(selectors.exceptions_for(UNIT, None, TODAY)) == size


class TestOwnersOfTheDay:
    """A report of a day in spring names who answered in spring, whoever answers now."""

    def handed_over(self, **given: Any) -> tuple[Action, Any, Any]:
        before, after = make_group("Before"), make_group("After")
        action = make_action(make_plan(None, "A"), before, due="2026-03-01", as_at=date(2026, 2, 1), **given)
        services.set_owners(action, [OwnerGiven(party=after)], as_at=date(2026, 5, 1), **WHO)
        return action, before, after

    def test_a_row_names_the_owners_of_its_day(self) -> None:
        self.handed_over()
        (then,) = selectors.exceptions_for(UNIT, None, date(2026, 4, 30))
        (now,) = selectors.exceptions_for(UNIT, None, date(2026, 5, 1))
        assert (then.owners, now.owners) == ("Before", "After")

    def test_a_group_finds_what_it_owned_on_the_day(self) -> None:
        _, before, after = self.handed_over()
        assert len(selectors.exceptions_for(UNIT, before, date(2026, 4, 30))) == 1
        assert selectors.exceptions_for(UNIT, before, TODAY) == []
        assert selectors.exceptions_for(UNIT, after, date(2026, 4, 30)) == []
        assert len(selectors.exceptions_for(UNIT, after, TODAY)) == 1

    def test_before_the_first_known_owners_those_of_now_stand_in(self) -> None:
        _, before, after = self.handed_over(opened_on=date(2025, 1, 1))
        (early,) = selectors.exceptions_for(UNIT, after, date(2026, 1, 20))
        assert early.owners == "After"
        assert selectors.exceptions_for(UNIT, before, date(2026, 1, 20)) == []

    def test_as_it_stood_knows_no_handover_recorded_later(self) -> None:
        before, after = make_group("Before"), make_group("After")
        early = NOW - timedelta(days=30)
        action = make_action(None, before, due="2026-03-01", as_at=date(2026, 2, 1), now=early)
        services.set_owners(action, [OwnerGiven(party=after)], as_at=date(2026, 5, 1), **WHO)
        (row,) = selectors.exceptions_for(UNIT, before, date(2026, 5, 2), known_by=NOW - timedelta(days=1))
        assert row.owners == "Before"


def references_of(*actions: Action) -> list[str]:
    return [action.reference for action in actions]


class TestDraftAndIssue:
    def test_a_draft_is_made_anew_each_time(self) -> None:
        group = make_group("Business group")
        make_action(make_plan(group), due=LATE)
        first = services.draft_exception_report(group, as_at=TODAY, **WHO)
        make_action(make_plan(group, "Another"), due=LATE)
        second = services.draft_exception_report(group, as_at=TODAY, **WHO)
        assert (first.pk, first.counts["exceptions"]) == (second.pk, 1)
        assert (
            second.counts["exceptions"],
            second.counts["looked_at"],
            second.counts["kinds"]["overdue"],
        ) == (2, 2, 2)
        assert (second.state, second.issued_at) == (ReportState.DRAFT, None)

    def test_issuing_freezes_rows_day_and_who(self) -> None:
        action = make_action(due=LATE)
        draft = services.draft_exception_report(None, as_at=TODAY, **WHO)
        complete(action, date(2026, 6, 9))
        with pytest.raises(DraftIsOld, match="1 line is different"):
            services.issue_exception_report(draft, **WHO)
        draft = services.draft_exception_report(None, as_at=TODAY, **WHO)
        issued = services.issue_exception_report(draft, **WHO)
        assert [row["kinds"] for row in issued.rows] == [["not_embedded"]]
        services.change_state(action, DeliveryState.IN_PROGRESS, as_at=TODAY, reason="x", **WHO)
        stored = ExceptionReport.objects.get(pk=issued.pk)
        assert (stored.state, stored.issued_at, stored.issued_by_label) == ("issued", NOW, "A test")
        assert (stored.rows, stored.as_at) == (issued.rows, TODAY)
        assert str(stored) == "Exception report for the partnership as at 2026-06-15"
        with pytest.raises(StaleRecord, match="issued already"):
            services.issue_exception_report(draft, **WHO)
        last = Entry.objects.order_by("pk").last()
        assert last
        assert last.type == "plans.action_reopened"
        assert Entry.objects.filter(type="plans.report_issued").count() == 1

    def test_a_new_draft_leaves_the_issued_report_alone(self) -> None:
        make_action(due=LATE)
        issued = services.issue_exception_report(
            services.draft_exception_report(None, as_at=TODAY, **WHO), **WHO
        )
        assert services.draft_exception_report(None, as_at=TODAY, **WHO).pk != issued.pk

    def test_since_the_last_report_means_the_last_issued_for_that_group(self) -> None:
        group = make_group("Business group")
        plan = make_plan(group)
        stays, goes = make_action(plan, due=LATE), make_action(plan, due=LATE)
        drafted = services.draft_exception_report(group, as_at=TODAY, **WHO)
        first = services.issue_exception_report(drafted, **WHO)
        assert (first.previous, first.counts["new"], first.counts["resolved"]) == (None, 0, 0)
        services.draft_exception_report(None, as_at=TODAY, **WHO)
        services.change_state(goes, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
        services.block(stays, "No analyst", as_at=TODAY, **WHO)
        comes = make_action(plan, due=LATE)
        second = services.draft_exception_report(group, as_at=TODAY, **WHO)
        assert (second.previous, second.counts["new"], second.counts["resolved"]) == (first, 2, 1)
        new = {row["reference"]: row["new_kinds"] for row in second.rows}
        assert new == {stays.reference: ["blocked"], comes.reference: ["overdue"]}
        assert [row["reference"] for row in second.resolved] == [goes.reference]
        assert services.draft_exception_report(None, as_at=TODAY, **WHO).previous is None

    def test_no_report_is_of_tomorrow(self) -> None:
        with pytest.raises(Unacceptable, match="lies ahead"):
            services.draft_exception_report(None, as_at=date(2026, 6, 16), **WHO)

    def test_a_report_is_as_sensitive_as_its_most_sensitive_row(self) -> None:
        plan = make_plan()
        make_action(plan, due=LATE)
        assert services.draft_exception_report(None, as_at=TODAY, **WHO).tier == Tier.T1
        make_action(plan, due=LATE, tier=Tier.T2)
        report = services.draft_exception_report(None, as_at=TODAY, **WHO)
        assert (report.tier, exception_report_document(read_report(UNIT, report)).marking) == (
            Tier.T2,
            "OFFICIAL-SENSITIVE",
        )
