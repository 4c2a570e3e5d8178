"""Updates, ratings and states: what is said of an action, and what follows from it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.events.choices import Unacceptable
from sightline.events.models import Entry, PersonalValue
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    ReceivedHow,
)
from sightline.plans.models import Action, Import
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    complete,
    make_action,
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
        assert fresh(action).current_exceptions == ",overdue,asserted_better,green_without_evidence,"

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
        assert fresh(action).current_exceptions == ",overdue,asserted_better,green_without_evidence,"
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
        complete(action, date(2026, 6, 9))
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
            (DeliveryState.IN_PROGRESS, TOMORROW, "as_at"),
            (DeliveryState.IN_PROGRESS, date(2026, 5, 31), "as_at"),
            (DeliveryState.COMPLETE, TODAY, "state"),
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
        closed = DeliveryState.CLOSED_OTHER
        services.change_state(theirs, closed, as_at=TODAY, reason="No money", refresh=False, **WHO)
        with pytest.raises(Unacceptable, match="cannot become “closed without completion” from there"):
            services.change_state(mine, closed, as_at=TODAY, reason="No money", **WHO)
