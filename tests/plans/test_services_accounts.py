"""Updates, ratings, states, evidence, embedding tests, blocks: what is said of an action, and what follows from it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.events.choices import StaleRecord
from sightline.events.models import Entry, PersonalValue
from sightline.messages.models import WorkItem
from sightline.partners.choices import Unacceptable
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    Embedding,
    EvidenceQuarter,
    ReceivedHow,
    TimescaleKind,
)
from sightline.plans.models import Action, Import
from sightline.plans.services import TimescaleGiven
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    make_action,
    make_agency,
    make_group,
    make_person,
    make_plan,
    make_user,
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


class TestUpdates:
    def test_an_update_is_added_and_the_list_knows_it(self) -> None:
        action = make_action()
        first = services.record_update(
            action, " Panel met ", as_at=JUNE, dated_on=MAY, said_by="J. Smith", **WHO
        )
        services.record_update(action, "All trained", as_at=TODAY, received_how=ReceivedHow.EMAIL, **WHO)
        assert (first.text, first.said_by, first.received_how) == ("Panel met", "J. Smith", "screen")
        now = fresh(action)
        assert (now.current_update_on, now.current_update_text) == (TODAY, "All trained")
        assert action.updates.count() == 2

    def test_who_said_it_stands_where_it_can_be_shredded(self) -> None:
        services.record_update(make_action(), "Done", as_at=TODAY, said_by="J. Smith", **WHO)
        assert "J. Smith" not in last_entry().after
        assert PersonalValue.objects.filter(entry=last_entry(), value='"J. Smith"').exists()

    @pytest.mark.parametrize(("text", "as_at", "field"), [("  ", TODAY, "text"), ("Done", TOMORROW, "as_at")])
    def test_an_empty_update_or_one_of_tomorrow_is_refused(self, text: str, as_at: date, field: str) -> None:
        action = make_action()
        with pytest.raises(Unacceptable) as refused:
            services.record_update(action, text, as_at=as_at, **WHO)
        assert set(refused.value.problems) == {field}
        assert not action.updates.exists()

    def test_an_update_does_not_disturb_whoever_is_editing(self) -> None:
        action = make_action()
        services.record_update(action, "Done", as_at=TODAY, **WHO)
        assert fresh(action).version == 1

    def test_many_are_refreshed_at_their_end(self) -> None:
        action = make_action(refresh=False)
        services.record_update(action, "Done", as_at=TODAY, refresh=False, **WHO)
        assert fresh(action).current_update_on is None
        services.refresh_current([action], now=NOW)
        assert fresh(action).current_update_on == TODAY
        services.refresh_current([], now=NOW)


class TestRatings:
    def test_a_rating_keeps_who_when_why_and_what_was_suggested(self) -> None:
        action = make_action()
        services.record_update(action, "Going well", as_at=JUNE, **WHO)
        made = services.rate(action, Dimension.DELIVERY, "green", as_at=JUNE, said_by="J. Smith", **WHO)
        assert (made.value, made.suggested, made.reason, made.said_by) == ("green", "green", "", "J. Smith")
        now = fresh(action)
        assert (now.current_delivery_rating, now.current_delivery_since) == ("green", JUNE)
        assert now.current_impact_rating == "not_yet_known"

    def test_asserted_better_than_suggested_needs_a_reason(self) -> None:
        action = make_action(due="2026-06-10")
        with pytest.raises(Unacceptable) as refused:
            services.rate(action, Dimension.DELIVERY, "green", as_at=TODAY, **WHO)
        assert refused.value.problems == {
            "reason": "You say green; dates and updates suggest amber. "
            "Write a sentence that says why it is better than that."
        }
        assert not action.ratings.exists()
        made = services.rate(
            action, Dimension.DELIVERY, "green", as_at=TODAY, reason="It was done today", **WHO
        )
        assert (made.suggested, made.reason) == ("amber", "It was done today")
        assert fresh(action).current_exceptions == ",overdue,asserted_better,"

    def test_impact_green_without_evidence_needs_a_reason_and_stays_an_exception(self) -> None:
        action = make_action()
        with pytest.raises(Unacceptable, match="evidence suggests not yet known"):
            services.rate(action, Dimension.IMPACT, "green", as_at=TODAY, **WHO)
        services.rate(action, Dimension.IMPACT, "green", as_at=TODAY, reason="Children say so", **WHO)
        assert fresh(action).current_exceptions == ",asserted_better,green_without_evidence,"

    def test_an_imported_rating_owes_no_reason_and_stands_until_its_first_update(self) -> None:
        action = make_action(due="2026-05-01", as_at=date(2026, 4, 1))
        services.rate(
            action,
            Dimension.DELIVERY,
            "green",
            as_at=JUNE,
            raw="Green:",
            import_of=an_import(),
            by=BY,
            now=NOW - timedelta(days=3),
        )
        assert fresh(action).current_exceptions == ",overdue,asserted_better,"
        services.record_update(action, "Nearly there", as_at=TODAY, **WHO)
        assert fresh(action).current_exceptions == ",overdue,"

    def test_a_rating_of_an_earlier_day_is_kept_and_the_later_one_stands(self) -> None:
        action = make_action()
        services.rate(action, Dimension.DELIVERY, "amber", as_at=JUNE, **WHO)
        services.rate(action, Dimension.DELIVERY, "red", as_at=MAY, **WHO)
        assert (fresh(action).current_delivery_rating, action.ratings.count()) == ("amber", 2)

    def test_only_ratings_of_its_kind_are_accepted(self) -> None:
        for dimension, value in ((Dimension.DELIVERY, "not_yet_known"), (Dimension.IMPACT, "not_rated")):
            with pytest.raises(Unacceptable, match="Choose one of the ratings"):
                services.rate(make_action(), dimension, value, as_at=TODAY, **WHO)

    def test_the_journal_has_what_was_before(self) -> None:
        action = make_action()
        services.rate(action, Dimension.IMPACT, "red", as_at=TODAY, refresh=False, **WHO)
        entry = last_entry()
        assert entry.type == "plans.impact_rated"
        assert json.loads(entry.before) == {"rating": "not_yet_known"}
        assert json.loads(entry.after) == {
            "rating": "red",
            "as_at": "2026-06-15",
            "suggested": "not_yet_known",
        }


class TestStates:
    def test_start_complete_reopen(self) -> None:
        action = make_action(due="2026-06-10")
        services.change_state(action, DeliveryState.IN_PROGRESS, as_at=JUNE, **WHO)
        services.change_state(action, DeliveryState.COMPLETE, as_at=date(2026, 6, 9), **WHO)
        now = fresh(action)
        assert (now.state, now.current_state_since) == ("complete", date(2026, 6, 9))
        assert now.current_exceptions == ",not_embedded,"
        services.change_state(action, DeliveryState.IN_PROGRESS, as_at=TODAY, reason="Not so", **WHO)
        assert fresh(action).current_exceptions == ",overdue,"
        assert [c.to_state for c in action.state_changes.all()] == [
            "not_started",
            "in_progress",
            "complete",
            "in_progress",
        ]
        assert (action.state, last_entry().type, last_entry().reason) == (
            "in_progress",
            "plans.action_reopened",
            "Not so",
        )

    @pytest.mark.parametrize(
        ("to", "as_at", "field"),
        [
            (DeliveryState.SUPERSEDED, TODAY, "state"),
            (DeliveryState.NOT_STARTED, TODAY, "state"),
            (DeliveryState.COMPLETE, TOMORROW, "as_at"),
            (DeliveryState.COMPLETE, date(2026, 5, 31), "as_at"),
        ],
    )
    def test_a_move_the_rules_refuse_changes_nothing(
        self, to: DeliveryState, as_at: date, field: str
    ) -> None:
        action = make_action()
        with pytest.raises(Unacceptable) as refused:
            services.change_state(action, to, as_at=as_at, **WHO)
        assert set(refused.value.problems) == {field}
        assert (fresh(action).state, action.state_changes.count()) == ("not_started", 1)

    def test_two_people_moving_at_once_do_not_both_win(self) -> None:
        action = make_action()
        mine, theirs = fresh(action), fresh(action)
        services.change_state(theirs, DeliveryState.COMPLETE, as_at=TODAY, refresh=False, **WHO)
        with pytest.raises(Unacceptable, match="cannot become “complete” from there"):
            services.change_state(mine, DeliveryState.COMPLETE, as_at=TODAY, **WHO)


class TestEvidenceAndEmbedding:
    def done(self) -> Action:
        action = make_action()
        services.change_state(action, DeliveryState.COMPLETE, as_at=JUNE, **WHO)
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
        ended = services.unblock(action, as_at=TODAY, **WHO)
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
        services.change_state(other, DeliveryState.COMPLETE, as_at=TODAY, **WHO)
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


class TestWorkItems:
    def items(self) -> set[tuple[str, str, str]]:
        rows = WorkItem.objects.filter(subject_model="action")
        return set(rows.values_list("for_scope", "kind", "sentence"))

    def test_an_overdue_action_asks_each_owner(self) -> None:
        user = make_user()
        police, panel = make_agency("Police"), make_group("Audit panel")
        make_action(None, police, panel, make_person(None, user), due="2026-06-10")
        said = ("overdue", "It was due on 10 June 2026.")
        assert self.items() == {
            ("agency:police", *said),
            ("group:audit-panel", *said),
            (f"user:{user.pk}", *said),
        }

    def test_who_has_no_account_is_asked_through_their_agency_and_else_the_unit_is(self) -> None:
        make_action(None, make_person(make_agency("Police")), due="2026-06-10")
        make_action(None, make_person(), due="2026-06-10")
        make_action(None, due="2026-06-10")
        asked = WorkItem.objects.filter(subject_model="action").values_list("for_scope", flat=True)
        assert sorted(asked) == ["agency:police", "unit", "unit"]

    def test_only_the_most_pressing_thing_is_asked(self) -> None:
        make_action(None, make_agency("Police"), due="2026-01-10", as_at=date(2026, 1, 6))
        assert [kind for _, kind, _ in self.items()] == ["overdue"]

    def test_a_review_is_asked_for_before_and_after_its_day(self) -> None:
        def review(on: str) -> TimescaleGiven:
            return TimescaleGiven(TimescaleKind.REVIEW, [on])

        make_action(timescale=review("2026-06-14"))
        make_action(timescale=review("2026-07-13"))
        make_action(timescale=review("2026-07-14"))
        assert self.items() == {
            ("unit", "review_due", "A review was due on 14 June 2026."),
            ("unit", "review_due", "A review is due on 13 July 2026."),
        }

    def test_silence_asks_for_an_update_and_an_update_answers_it(self) -> None:
        action = make_action(None, make_agency("Police"), as_at=date(2026, 1, 6))
        assert self.items() == {
            ("agency:police", "update_wanted", "No update has come yet. Say how it stands.")
        }
        services.record_update(action, "Begun", as_at=date(2026, 2, 1), **WHO)
        assert {s for _, _, s in self.items()} == {
            "The last update is of 1 February 2026. Say how it stands."
        }
        services.record_update(action, "Going on", as_at=TODAY, **WHO)
        assert self.items() == set()

    def test_new_owners_are_asked_and_former_ones_no_more(self) -> None:
        action = make_action(None, make_agency("Police"), due="2026-06-10")
        services.set_owners(action, [services.OwnerGiven(party=make_agency("Health"))], as_at=TODAY, **WHO)
        assert {scope for scope, _, _ in self.items()} == {"agency:health"}

    def test_the_unit_is_told_of_a_plans_exceptions(self) -> None:
        plan = make_plan()
        first = make_action(plan, due="2026-06-10")
        item = WorkItem.objects.get(subject_model="plan")
        assert (item.for_scope, item.sentence) == ("unit", "1 action of this plan is an exception.")
        assert item.url == "/reports/exceptions/?plan=children-first"
        make_action(plan, due="2026-06-10")
        item.refresh_from_db()
        assert item.sentence == "2 actions of this plan are exceptions."
        Action.objects.exclude(pk=first.pk).delete()
        services.revise_timescale(
            first, 1, TimescaleGiven(TimescaleKind.BY_DATE, ["2026-07-31"]), reason="x", as_at=TODAY, **WHO
        )
        assert not WorkItem.objects.filter(subject_model="plan").exists()

    def test_days_pass_and_the_daily_refresh_notices(self) -> None:
        action = make_action(None, make_agency("Police"), due="2026-06-20")
        assert (fresh(action).current_exceptions, self.items()) == ("", set())
        assert services.refresh_all(now=NOW + timedelta(days=6)) == 1
        assert fresh(action).current_exceptions == ",overdue,"
        assert self.items() == {("agency:police", "overdue", "It was due on 20 June 2026.")}
