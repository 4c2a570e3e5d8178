"""Sources, recommendations, plans, priorities and outcomes: written once, journalled, never overwritten unseen."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import PlanState, SourceKind
from sightline.plans.models import Plan, Priority, Source
from tests.plans.making import BY, NOW, TODAY, make_action, make_group, make_plan

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}


def last_entry() -> Entry:
    entry = Entry.objects.order_by("pk").last()
    assert entry
    return entry


class TestSources:
    def test_a_source_is_added_under_a_key_of_its_own(self) -> None:
        first = services.create_source("Thematic audit", SourceKind.AUDIT, **WHO)
        second = services.create_source("Thematic audit", SourceKind.AUDIT, tier=Tier.T2, **WHO)
        assert (first.key, second.key) == ("thematic-audit", "thematic-audit-2")
        assert (last_entry().type, last_entry().tier) == ("plans.source_added", "T2")

    def test_a_title_without_a_letter_gets_a_key_too(self) -> None:
        assert services.create_source("???", SourceKind.OTHER, **WHO).key == "untitled"

    def test_a_source_needs_a_title(self) -> None:
        with pytest.raises(Unacceptable) as refused:
            services.create_source("  ", SourceKind.AUDIT, **WHO)
        assert refused.value.problems == {"title": "Give the source a title."}
        assert not Source.objects.exists()

    def test_a_source_is_edited_by_version(self) -> None:
        source = services.create_source("Audit", SourceKind.AUDIT, **WHO)
        services.edit_source(source, 1, {"title": "Audit of 2026", "body": "The panel"}, **WHO)
        assert (source.title, source.body, source.version) == ("Audit of 2026", "The panel", 2)
        assert json.loads(last_entry().before) == {"title": "Audit", "body": ""}
        with pytest.raises(StaleRecord):
            services.edit_source(source, 1, {"title": "Mine"}, **WHO)

    def test_only_columns_of_a_source_are_edited(self) -> None:
        source = services.create_source("Audit", SourceKind.AUDIT, **WHO)
        with pytest.raises(TypeError, match="key"):
            services.edit_source(source, 1, {"key": "mine"}, **WHO)

    def test_recommendations_keep_their_printed_number_and_order(self) -> None:
        source = services.create_source("A review", SourceKind.REVIEW, **WHO)
        first = services.create_recommendation(source, number="Recommendation 4", text="Train all", **WHO)
        second = services.create_recommendation(
            source, number="5", text="Audit it", response=["We will."], addressed_to=["Police"], **WHO
        )
        third = services.create_recommendation(source, number="1", text="Before all", order=7, **WHO)
        assert [first.order, second.order, third.order] == [0, 1, 7]
        assert (str(first), second.response) == ("A review: Recommendation 4", ["We will."])
        with pytest.raises(Unacceptable):
            services.create_recommendation(source, number="6", text="", **WHO)


class TestPlans:
    def test_a_plan_keeps_its_first_state_as_history(self) -> None:
        group = make_group("Executive")
        plan = make_plan(group, state=PlanState.IN_FORCE, columns=[{"heading": "No.", "meaning": "number"}])
        change = plan.changes.get()
        assert (change.from_state, change.to_state, change.as_at) == ("", "in_force", date(2026, 1, 5))
        assert plan.columns == [{"heading": "No.", "meaning": "number"}]
        assert json.loads(last_entry().after) == {
            "name": "Children first",
            "group": "Executive",
            "state": "in_force",
        }

    def test_a_key_is_never_the_word_of_another_address(self) -> None:
        assert [make_plan(name="New").key, make_plan(name="New").key] == ["new-2", "new-3"]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"name": " "}, "name"),
            ({"starts_on": date(2026, 4, 1), "ends_on": date(2026, 3, 31)}, "ends_on"),
            ({"as_at": date(2026, 6, 16)}, "as_at"),
        ],
    )
    def test_what_cannot_be_a_plan_is_refused(self, values: dict[str, Any], field: str) -> None:
        with pytest.raises(Unacceptable) as refused:
            make_plan(None, **values)
        assert set(refused.value.problems) == {field}
        assert not Plan.objects.exists()

    def test_a_plan_is_edited_by_version(self) -> None:
        plan = make_plan()
        group = make_group("Executive")
        services.edit_plan(plan, 1, {"group": group, "period_raw": "2026 to 2027"}, **WHO)
        assert (plan.group, plan.version) == (group, 2)
        assert json.loads(last_entry().after)["group"] == {"id": group.pk, "name": "Executive"}
        with pytest.raises(StaleRecord) as stale:
            services.edit_plan(plan, 1, {"name": "Mine"}, **WHO)
        assert stale.value.sentence.startswith("Somebody else saved this while you were writing.")

    def test_an_edit_that_changes_nothing_is_not_journalled(self) -> None:
        plan = make_plan()
        number = last_entry().pk
        services.edit_plan(plan, 1, {"name": plan.name}, **WHO)
        assert last_entry().pk == number

    def test_an_edit_keeps_dates_in_order(self) -> None:
        plan = make_plan(starts_on=date(2026, 4, 1))
        with pytest.raises(Unacceptable):
            services.edit_plan(plan, 1, {"ends_on": date(2026, 3, 1)}, **WHO)
        plan.refresh_from_db()
        assert plan.version == 1

    def test_a_plan_is_approved_by_a_group_in_a_minute_then_put_in_force_then_closed(self) -> None:
        plan, group = make_plan(), make_group("Executive")
        change = services.change_plan_state(
            plan, PlanState.APPROVED, as_at=date(2026, 2, 1), group=group, minute="4.2", **WHO
        )
        assert (change.group, change.minute, plan.state) == (group, "4.2", "approved")
        services.change_plan_state(plan, PlanState.IN_FORCE, as_at=date(2026, 2, 1), **WHO)
        services.change_plan_state(plan, PlanState.CLOSED, as_at=TODAY, reason="A new plan", **WHO)
        plan.refresh_from_db()
        assert plan.state == PlanState.CLOSED
        assert [c.to_state for c in plan.changes.all()] == ["draft", "approved", "in_force", "closed"]
        assert (last_entry().type, last_entry().reason) == ("plans.plan_closed", "A new plan")

    def test_a_closed_plan_asks_nothing_any_more(self) -> None:
        plan = make_plan(make_group(), state=PlanState.IN_FORCE)
        action = make_action(plan, due="2026-06-01")
        assert WorkItem.objects.count() == 2
        services.change_plan_state(plan, PlanState.CLOSED, as_at=TODAY, reason="Done", **WHO)
        action.refresh_from_db()
        assert action.current_exception_count == 0
        assert not WorkItem.objects.exists()

    @pytest.mark.parametrize(
        ("to", "values", "field"),
        [
            (PlanState.APPROVED, {"as_at": TODAY}, "state"),
            (PlanState.CLOSED, {"as_at": TODAY, "reason": "x"}, "state"),
            (PlanState.APPROVED, {"as_at": date(2026, 6, 16), "minute": "1"}, "as_at"),
            (PlanState.APPROVED, {"as_at": date(2026, 1, 4), "minute": "1"}, "as_at"),
        ],
    )
    def test_a_move_the_rules_refuse_changes_nothing(
        self, to: PlanState, values: dict[str, Any], field: str
    ) -> None:
        plan = make_plan()
        with pytest.raises(Unacceptable) as refused:
            services.change_plan_state(plan, to, group=make_group(), **values, **WHO)
        assert set(refused.value.problems) == {field}
        plan.refresh_from_db()
        assert (plan.state, plan.changes.count()) == ("draft", 1)


class TestPrioritiesAndOutcomes:
    def test_priorities_and_outcomes_keep_their_order(self) -> None:
        plan = make_plan()
        first = services.add_priority(plan, number="1", title="Early help", aim="Sooner", **WHO)
        second = services.add_priority(plan, number="2", title="Neglect", order=9, **WHO)
        third = services.add_priority(plan, number="3", title="Exploitation", **WHO)
        assert [first.order, second.order, third.order] == [0, 9, 10]
        outcome = services.add_outcome(first, text="Children are heard", **WHO)
        assert (outcome.order, services.add_outcome(first, text="And safe", order=4, **WHO).order) == (0, 4)
        assert str(first) == "Priority 1: Early help"

    def test_they_are_edited_by_version(self) -> None:
        priority = services.add_priority(make_plan(), number="1", title="Early help", **WHO)
        outcome = services.add_outcome(priority, text="Children are heard", **WHO)
        services.edit_priority(priority, 1, {"title": "Early help first"}, **WHO)
        services.edit_outcome(outcome, 1, {"text": "Every child is heard"}, **WHO)
        assert (priority.version, outcome.version) == (2, 2)
        assert json.loads(last_entry().after) == {"text": "Every child is heard"}
        with pytest.raises(StaleRecord):
            services.edit_outcome(outcome, 1, {"text": "Mine"}, **WHO)

    def test_empty_ones_are_refused(self) -> None:
        plan = make_plan()
        with pytest.raises(Unacceptable):
            services.add_priority(plan, number="1", title="", **WHO)
        priority = services.add_priority(plan, number="1", title="Early help", **WHO)
        with pytest.raises(Unacceptable):
            services.add_outcome(priority, text="", **WHO)
        with pytest.raises(Unacceptable):
            services.edit_priority(priority, 1, {"title": " "}, **WHO)
        assert Priority.objects.get().version == 1
