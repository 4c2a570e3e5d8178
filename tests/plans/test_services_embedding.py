"""Done is not embedded: evidence, embedding tests, and what hinders an action."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import (
    Dimension,
    Embedding,
    EvidenceQuarter,
)
from sightline.plans.models import Action, Import
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    complete,
    make_action,
    make_plan,
)

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
TOMORROW = date(2026, 6, 16)


def last_entry() -> Entry:
    entry = Entry.objects.order_by("pk").last()
    assert entry
    return entry


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def an_import() -> Import:
    return Import.objects.create(file_name="plan.docx", uploaded_at=NOW, uploaded_by_label="A test")


class TestEvidenceAndEmbedding:
    def done(self) -> Action:
        action = make_action()
        complete(action, JUNE)
        return action

    def test_evidence_in_two_quarters_after_completion_supports_green(self) -> None:
        action = self.done()
        services.record_evidence(action, EvidenceQuarter.AUDIT, "9 of 10", dated_on=MAY, refresh=False, **WHO)
        services.record_evidence(
            action, EvidenceQuarter.CHILDREN, "They say so", dated_on=TODAY, said_by="The council", **WHO
        )
        made = services.rate(action, Dimension.IMPACT, "green", as_at=TODAY, **WHO)
        assert (made.suggested, made.reason) == ("green", "")
        assert fresh(action).current_exceptions == ",not_embedded,"

    @pytest.mark.parametrize(
        ("text", "on", "field"), [("", TODAY, "text"), ("9 of 10", TOMORROW, "dated_on")]
    )
    def test_evidence_says_something_of_a_day_that_has_come(self, text: str, on: date, field: str) -> None:
        with pytest.raises(Unacceptable) as refused:
            services.record_evidence(make_action(), EvidenceQuarter.DATA, text, dated_on=on, **WHO)
        assert set(refused.value.problems) == {field}

    def test_a_passed_test_shows_that_it_lasted(self) -> None:
        action = self.done()
        test = services.set_embedding_test(action, "Re-audit ten cases", due_on=TODAY, as_at=JUNE, **WHO)
        assert fresh(action).current_embedding == Embedding.WAITING
        services.record_embedding_result(test, True, finding="10 of 10", on=TODAY, **WHO)
        assert (test.result, test.result_on, test.result_by_label) == ("passed", TODAY, "A test")
        now = fresh(action)
        assert (now.current_embedding, now.state, now.current_exceptions) == ("passed", "complete", "")

    def test_a_failed_test_returns_the_action_to_in_progress_history_kept(self) -> None:
        action = self.done()
        test = services.set_embedding_test(action, "Re-audit", due_on=TODAY, as_at=JUNE, refresh=False, **WHO)
        services.record_embedding_result(test, False, finding="4 of 10", on=TODAY, **WHO)
        now = fresh(action)
        assert (now.state, now.current_embedding, now.current_state_since) == ("in_progress", "failed", TODAY)
        assert [c.to_state for c in action.state_changes.all()] == ["not_started", "complete", "in_progress"]
        assert last_entry().reason == "Embedding test failed: 4 of 10"
        types = list(Entry.objects.order_by("-pk").values_list("type", flat=True)[:2])
        assert types == ["plans.action_reopened", "plans.test_failed"]

    def test_a_test_failed_on_an_open_action_moves_nothing(self) -> None:
        action = make_action()
        test = services.set_embedding_test(action, "Re-audit", due_on=TODAY, as_at=JUNE, **WHO)
        services.record_embedding_result(test, False, finding="4 of 10", on=TODAY, refresh=False, **WHO)
        assert (fresh(action).state, action.state_changes.count()) == ("not_started", 1)

    def test_only_what_is_complete_can_be_embedded(self) -> None:
        test = services.set_embedding_test(make_action(), "Re-audit", due_on=TODAY, as_at=JUNE, **WHO)
        with pytest.raises(Unacceptable, match="Only a complete action"):
            services.record_embedding_result(test, True, finding="10 of 10", on=TODAY, **WHO)

    def test_a_test_is_answered_once(self) -> None:
        test = services.set_embedding_test(self.done(), "Re-audit", due_on=TODAY, as_at=JUNE, **WHO)
        services.record_embedding_result(test, True, finding="10 of 10", on=TODAY, **WHO)
        with pytest.raises(StaleRecord, match="answered this test already"):
            services.record_embedding_result(test, False, finding="No", on=TODAY, **WHO)
        assert fresh(test.action).state == "complete"

    def test_one_test_waits_at_a_time(self) -> None:
        action = self.done()
        services.set_embedding_test(action, "Re-audit", due_on=TODAY, as_at=JUNE, **WHO)
        with pytest.raises(Unacceptable, match="already waits"):
            services.set_embedding_test(action, "Ask staff", due_on=TODAY, as_at=JUNE, **WHO)

    @pytest.mark.parametrize(
        ("question", "due_on", "as_at", "field"),
        [
            (" ", TODAY, JUNE, "question"),
            ("Re-audit", MAY, JUNE, "due_on"),
            ("Re-audit", date(2026, 9, 1), TOMORROW, "as_at"),
        ],
    )
    def test_a_test_asks_something_by_a_later_day(
        self, question: str, due_on: date, as_at: date, field: str
    ) -> None:
        with pytest.raises(Unacceptable) as refused:
            services.set_embedding_test(make_action(), question, due_on=due_on, as_at=as_at, **WHO)
        assert set(refused.value.problems) == {field}

    @pytest.mark.parametrize(
        ("finding", "on", "field"), [("", TODAY, "finding"), ("x", TOMORROW, "on"), ("x", MAY, "on")]
    )
    def test_an_answer_says_what_was_found_and_when(self, finding: str, on: date, field: str) -> None:
        test = services.set_embedding_test(self.done(), "Re-audit", due_on=TODAY, as_at=JUNE, **WHO)
        with pytest.raises(Unacceptable) as refused:
            services.record_embedding_result(test, True, finding=finding, on=on, **WHO)
        assert set(refused.value.problems) == {field}


class TestHindrances:
    def test_an_owner_says_it_cannot_go_on_and_that_it_can_again(self) -> None:
        action = make_action()
        services.block(action, " No analyst ", as_at=JUNE, **WHO)
        now = fresh(action)
        assert (now.current_blocked_reason, now.current_exceptions) == ("No analyst", ",blocked,")
        with pytest.raises(Unacceptable, match="said already"):
            services.block(action, "Still none", as_at=TODAY, **WHO)
        services.unblock(action, as_at=TODAY, **WHO)
        ended = action.blocks.get()
        assert (ended.ended_on, ended.ended_by_label) == (TODAY, "A test")
        assert fresh(action).current_blocked_reason == ""
        with pytest.raises(Unacceptable, match="Nothing is said"):
            services.unblock(action, as_at=TODAY, **WHO)

    def test_a_block_needs_a_reason_and_ends_after_it_began(self) -> None:
        action = make_action()
        with pytest.raises(Unacceptable, match="Say what hinders it"):
            services.block(action, "", as_at=JUNE, **WHO)
        services.block(action, "No analyst", as_at=JUNE, refresh=False, **WHO)
        with pytest.raises(Unacceptable, match="Give that day or a later one"):
            services.unblock(action, as_at=MAY, **WHO)
        services.unblock(action, as_at=JUNE, refresh=False, **WHO)

    def test_an_action_waits_until_the_other_is_done(self) -> None:
        plan = make_plan()
        action, other = make_action(plan), make_action(plan)
        services.add_dependency(action, other, as_at=JUNE, **WHO)
        assert fresh(action).current_exceptions == ",blocked,"
        complete(other, TODAY)
        assert fresh(action).current_exceptions == ""
        test = services.set_embedding_test(other, "Re-audit", due_on=TODAY, as_at=TODAY, **WHO)
        services.record_embedding_result(test, False, finding="4 of 10", on=TODAY, **WHO)
        assert fresh(action).current_exceptions == ",blocked,"

    def test_a_dependency_is_ended(self) -> None:
        plan = make_plan()
        action, other = make_action(plan), make_action(plan)
        made = services.add_dependency(action, other, as_at=JUNE, reason="Needs its data", **WHO)
        stale = type(made).objects.get(pk=made.pk)
        services.end_dependency(made, as_at=TODAY, **WHO)
        assert (made.ended_on, fresh(action).current_exceptions) == (TODAY, "")
        with pytest.raises(StaleRecord):
            services.end_dependency(stale, as_at=TODAY, **WHO)
        again = services.add_dependency(action, other, as_at=TODAY, refresh=False, **WHO)
        services.end_dependency(again, as_at=TODAY, refresh=False, **WHO)

    def test_no_circle_can_be_made(self) -> None:
        plan = make_plan()
        first, second, third = make_action(plan), make_action(plan), make_action(plan)
        services.add_dependency(first, second, as_at=JUNE, **WHO)
        services.add_dependency(second, third, as_at=JUNE, **WHO)
        for action, needs in ((third, first), (second, first), (first, first)):
            with pytest.raises(Unacceptable, match="neither could ever go on"):
                services.add_dependency(action, needs, as_at=JUNE, **WHO)
        with pytest.raises(Unacceptable, match="already"):
            services.add_dependency(first, second, as_at=JUNE, **WHO)

    def test_nothing_hinders_from_tomorrow(self) -> None:
        action, other = make_action(), make_action()
        for attempt in (
            lambda: services.block(action, "x", as_at=TOMORROW, **WHO),
            lambda: services.unblock(action, as_at=TOMORROW, **WHO),
            lambda: services.add_dependency(action, other, as_at=TOMORROW, **WHO),
        ):
            with pytest.raises(Unacceptable, match="lies ahead"):
                attempt()
