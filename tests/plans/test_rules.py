"""Every rule of design 4a, by its name. Each boundary stands on both its sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.plans import rules
from sightline.plans.choices import (
    FIRM_KINDS,
    NEVER_OVERDUE_KINDS,
    OPEN_STATES,
    DeliveryRating,
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    ImpactRating,
    TimescaleKind,
)
from sightline.plans.rules import ActionFacts, EvidenceFacts, RatingFacts

ON = date(2026, 6, 15)
CLOSED = sorted(set(DeliveryState) - OPEN_STATES)
FRESH = ActionFacts(opened_on=date(2026, 6, 1), last_update_on=ON)


def before(days: int) -> date:
    return ON - timedelta(days=days)


def after(days: int) -> date:
    return ON + timedelta(days=days)


def due(on: date, **values: object) -> ActionFacts:
    return replace(FRESH, timescale=TimescaleKind.BY_DATE, due_on=on, firm_dates=(on,), **values)  # type: ignore[arg-type]


def slipped(times: int, last: date) -> ActionFacts:
    dates = tuple(last - timedelta(days=30 * n) for n in range(times, -1, -1))
    return replace(due(last), firm_dates=dates)


class TestOverdue:
    def test_overdue_from_the_day_after_its_firm_date(self) -> None:
        assert not rules.is_overdue(due(ON), ON)
        assert rules.is_overdue(due(before(1)), ON)
        assert rules.days_overdue(due(before(29)), ON) == 29

    @pytest.mark.parametrize("state", CLOSED)
    def test_overdue_only_while_open(self, state: DeliveryState) -> None:
        assert not rules.is_overdue(due(before(100), state=state), ON)

    @pytest.mark.parametrize("kind", sorted(NEVER_OVERDUE_KINDS))
    def test_recurring_ongoing_and_immediate_are_never_overdue_only_silent(self, kind: TimescaleKind) -> None:
        facts = replace(FRESH, timescale=kind, due_on=before(500), last_update_on=before(200))
        assert not rules.is_overdue(facts, ON)
        assert rules.is_silent(facts, ON)

    def test_overdue_needs_a_firm_date(self) -> None:
        assert not rules.is_overdue(FRESH, ON)

    def test_overdue_goes_by_the_last_of_two_dates(self) -> None:
        last = rules.firm_date(TimescaleKind.BY_DATE, ["2026-03-31", "2026-06-30"])
        assert last == date(2026, 6, 30)

    def test_overdue_goes_by_the_month_end(self) -> None:
        assert rules.firm_date(TimescaleKind.BY_MONTH, ["2026-02"]) == date(2026, 2, 28)
        assert rules.firm_date(TimescaleKind.BY_MONTH, ["2024-02"]) == date(2024, 2, 29)

    @pytest.mark.parametrize("kind", sorted(set(TimescaleKind) - FIRM_KINDS))
    def test_only_firm_kinds_promise_a_day(self, kind: TimescaleKind) -> None:
        assert rules.firm_date(kind, ["2026-03-31"]) is None

    def test_no_date_no_promise(self) -> None:
        assert rules.firm_date(TimescaleKind.BY_DATE, []) is None


class TestReviewMissed:
    def review(self, on: date, last_update_on: date | None = None, **values: object) -> ActionFacts:
        return ActionFacts(
            opened_on=date(2026, 1, 1),
            timescale=TimescaleKind.REVIEW,
            review_on=on,
            last_update_on=last_update_on,
            **values,  # type: ignore[arg-type]
        )

    def test_review_missed_once_the_date_has_passed_without_an_update_since(self) -> None:
        assert rules.is_review_missed(self.review(before(1)), ON)
        assert not rules.is_review_missed(self.review(ON), ON)

    def test_review_is_met_by_an_update_of_its_day_or_later(self) -> None:
        assert rules.is_review_missed(self.review(before(10), before(11)), ON)
        assert not rules.is_review_missed(self.review(before(10), before(10)), ON)

    def test_review_missed_is_not_overdue(self) -> None:
        assert not rules.is_overdue(self.review(before(50)), ON)

    def test_review_missed_only_while_open_and_where_a_review_was_said(self) -> None:
        assert not rules.is_review_missed(self.review(before(9), state=DeliveryState.COMPLETE), ON)
        assert not rules.is_review_missed(FRESH, ON)

    @pytest.mark.parametrize(
        "kind", [TimescaleKind.REVIEW, TimescaleKind.MEETING, TimescaleKind.REPORT_TO_BOARD]
    )
    def test_reviews_meetings_and_reports_have_a_review_date(self, kind: TimescaleKind) -> None:
        assert rules.review_date(kind, ["2018-12"]) == date(2018, 12, 31)

    def test_a_deadline_is_no_review_date(self) -> None:
        assert rules.review_date(TimescaleKind.BY_DATE, ["2018-12-31"]) is None
        assert rules.review_date(TimescaleKind.REVIEW, []) is None


class TestSilent:
    def heard(self, on: date | None, opened_on: date = date(2025, 1, 1)) -> ActionFacts:
        return ActionFacts(opened_on=opened_on, last_update_on=on)

    def test_silent_after_92_days_without_an_update(self) -> None:
        assert not rules.is_silent(self.heard(before(92)), ON)
        assert rules.is_silent(self.heard(before(93)), ON)

    def test_silence_is_counted_from_the_first_day_where_no_update_ever_came(self) -> None:
        assert not rules.is_silent(self.heard(None, before(92)), ON)
        assert rules.is_silent(self.heard(None, before(93)), ON)

    @pytest.mark.parametrize("state", CLOSED)
    def test_silent_only_while_open(self, state: DeliveryState) -> None:
        assert not rules.is_silent(replace(self.heard(before(500)), state=state), ON)

    def test_silent_where_no_update_came_since_the_last_closed_round_opened(self) -> None:
        assert rules.is_silent(replace(self.heard(before(11)), asked_from=before(10)), ON)
        assert not rules.is_silent(replace(self.heard(before(10)), asked_from=before(10)), ON)
        assert rules.is_silent(replace(self.heard(None), asked_from=before(10)), ON)
        assert not rules.is_silent(replace(self.heard(None), asked_from=before(10), state=CLOSED[0]), ON)

    def test_a_round_stands_in_place_of_the_days(self) -> None:
        assert not rules.is_silent(replace(self.heard(before(120)), asked_from=before(130)), ON)

    def test_an_update_is_of_its_own_day_and_never_later_than_it_was_given(self) -> None:
        assert rules.update_day(None, ON) == ON
        assert rules.update_day(before(3), ON) == before(3)
        assert rules.update_day(after(3), ON) == ON

    def test_days_of_silence_are_never_below_none(self) -> None:
        assert rules.days_since_update(self.heard(after(5)), ON) == 0


class TestSlips:
    @pytest.mark.parametrize(
        ("dates", "times"),
        [
            ((), 0),
            ((ON,), 0),
            ((ON, ON), 0),
            ((ON, after(1)), 1),
            ((ON, before(1)), 0),
            ((ON, before(1), ON), 1),
            ((ON, after(1), after(2)), 2),
        ],
    )
    def test_slip_is_an_accepted_later_firm_date(self, dates: tuple[date, ...], times: int) -> None:
        assert rules.slips(replace(FRESH, firm_dates=dates)) == times


class TestBlocked:
    def test_blocked_by_an_open_dependency_or_by_its_owners_word(self) -> None:
        assert not rules.is_blocked(FRESH)
        assert rules.is_blocked(replace(FRESH, waits_for=("SL-00002",)))
        assert rules.is_blocked(replace(FRESH, blocked_reason="No analyst until May"))

    @pytest.mark.parametrize("state", CLOSED)
    def test_blocked_only_while_open(self, state: DeliveryState) -> None:
        assert not rules.is_blocked(replace(FRESH, blocked_reason="No analyst", state=state))


class TestSuggestedDelivery:
    def test_suggested_red_if_overdue_over_28_days(self) -> None:
        assert rules.suggested_delivery(due(before(28)), ON) == DeliveryRating.AMBER
        assert rules.suggested_delivery(due(before(29)), ON) == DeliveryRating.RED

    def test_suggested_red_if_overdue_and_slipped_twice(self) -> None:
        assert rules.suggested_delivery(slipped(1, before(1)), ON) == DeliveryRating.AMBER
        assert rules.suggested_delivery(slipped(2, before(1)), ON) == DeliveryRating.RED
        assert rules.suggested_delivery(slipped(2, after(60)), ON) == DeliveryRating.AMBER

    def test_suggested_amber_if_overdue(self) -> None:
        assert rules.suggested_delivery(due(before(1)), ON) == DeliveryRating.AMBER

    def test_suggested_amber_if_slipped(self) -> None:
        assert rules.suggested_delivery(slipped(1, after(60)), ON) == DeliveryRating.AMBER

    def test_suggested_amber_if_silent(self) -> None:
        quiet = ActionFacts(opened_on=before(400), last_update_on=before(93))
        assert rules.suggested_delivery(quiet, ON) == DeliveryRating.AMBER

    def test_suggested_amber_if_silent_since_the_last_round(self) -> None:
        quiet = ActionFacts(opened_on=before(400), last_update_on=before(20), asked_from=before(10))
        assert rules.suggested_delivery(quiet, ON) == DeliveryRating.AMBER

    @pytest.mark.parametrize(
        ("days_ahead", "update_days_ago", "expected"),
        [
            (28, 29, DeliveryRating.AMBER),
            (28, 28, DeliveryRating.GREEN),
            (29, 29, DeliveryRating.GREEN),
            (0, 29, DeliveryRating.AMBER),
        ],
    )
    def test_suggested_amber_if_due_within_28_days_with_no_update_in_28(
        self, days_ahead: int, update_days_ago: int, expected: DeliveryRating
    ) -> None:
        facts = replace(due(after(days_ahead)), last_update_on=before(update_days_ago))
        assert rules.suggested_delivery(facts, ON) == expected

    def test_due_soon_without_any_update_is_amber(self) -> None:
        facts = replace(due(after(5)), last_update_on=None, opened_on=before(3))
        assert rules.suggested_delivery(facts, ON) == DeliveryRating.AMBER

    def test_suggested_green_with_an_update_within_92_days_and_none_of_these(self) -> None:
        heard = ActionFacts(opened_on=before(400), last_update_on=before(92))
        assert rules.suggested_delivery(heard, ON) == DeliveryRating.GREEN

    def test_otherwise_nothing_is_suggested(self) -> None:
        assert rules.suggested_delivery(ActionFacts(opened_on=before(5)), ON) is None

    def test_a_date_moved_before_completion_is_not_held_against_it(self) -> None:
        done = replace(slipped(2, after(60)), state=DeliveryState.COMPLETE)
        assert rules.suggested_delivery(done, ON) == DeliveryRating.GREEN

    def test_a_complete_action_is_not_due(self) -> None:
        assert rules.suggested_delivery(due(before(90), state=DeliveryState.COMPLETE), ON) == "green"
        assert not rules.is_due_soon(due(ON, state=DeliveryState.COMPLETE), ON)


class TestSuggestedImpact:
    def with_evidence(self, *evidence: tuple[EvidenceQuarter, date], done: date | None = None) -> ActionFacts:
        state = DeliveryState.COMPLETE if done else DeliveryState.IN_PROGRESS
        pieces = tuple(EvidenceFacts(quarter, on) for quarter, on in evidence)
        return replace(FRESH, evidence=pieces, state=state, state_since=done)

    def test_suggested_impact_is_not_yet_known_without_evidence(self) -> None:
        assert rules.suggested_impact(FRESH) == ImpactRating.NOT_YET_KNOWN

    def test_suggested_impact_is_amber_with_evidence_in_one_quarter(self) -> None:
        facts = self.with_evidence(
            (EvidenceQuarter.AUDIT, after(1)), (EvidenceQuarter.AUDIT, after(2)), done=ON
        )
        assert rules.suggested_impact(facts) == ImpactRating.AMBER

    def test_suggested_impact_is_green_with_two_quarters_one_dated_after_completion(self) -> None:
        two = ((EvidenceQuarter.AUDIT, before(9)), (EvidenceQuarter.CHILDREN, before(2)))
        assert rules.suggested_impact(self.with_evidence(*two, done=before(3))) == ImpactRating.GREEN
        assert rules.suggested_impact(self.with_evidence(*two, done=before(2))) == ImpactRating.AMBER

    def test_suggested_impact_is_not_green_before_completion(self) -> None:
        two = ((EvidenceQuarter.AUDIT, before(9)), (EvidenceQuarter.CHILDREN, before(2)))
        assert rules.suggested_impact(self.with_evidence(*two)) == ImpactRating.AMBER


class TestAssertedBetterThanSuggested:
    @pytest.mark.parametrize(
        ("asserted", "suggestion", "owed"),
        [
            ("green", "amber", True),
            ("green", "red", True),
            ("amber", "red", True),
            ("green", "green", False),
            ("amber", "green", False),
            ("red", "red", False),
            ("red", "green", False),
            ("not_rated", "red", False),
            ("green", None, False),
            ("green", "", False),
            ("green", "not_yet_known", True),
            ("amber", "not_yet_known", True),
            ("red", "not_yet_known", False),
            ("not_yet_known", "not_yet_known", False),
            ("not_yet_known", "amber", False),
        ],
    )
    def test_asserted_better_than_suggested_needs_a_sentence(
        self, asserted: str, suggestion: str | None, owed: bool
    ) -> None:
        assert rules.needs_a_sentence(asserted, suggestion) is owed

    def test_an_imported_rating_stands_as_an_exception_until_its_first_update(self) -> None:
        imported = RatingFacts("green", imported=True)
        assert rules.stands_unexplained(imported, "red")
        assert not rules.stands_unexplained(replace(imported, updated_since=True), "red")

    def test_a_rating_of_a_person_stands_while_it_says_more(self) -> None:
        said = RatingFacts("green", reason="The panel met", updated_since=True)
        assert rules.stands_unexplained(said, "amber")
        assert not rules.stands_unexplained(said, "green")

    def test_suggested_of_either_dimension(self) -> None:
        assert rules.suggested(FRESH, Dimension.DELIVERY, ON) == "green"
        assert rules.suggested(FRESH, Dimension.IMPACT, ON) == "not_yet_known"
        assert rules.suggested(ActionFacts(opened_on=ON), Dimension.DELIVERY, ON) == ""


days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
any_facts = st.builds(
    ActionFacts,
    opened_on=days,
    state=st.sampled_from(DeliveryState),
    state_since=st.none() | days,
    timescale=st.sampled_from(TimescaleKind),
    due_on=st.none() | days,
    review_on=st.none() | days,
    firm_dates=st.lists(days, max_size=4).map(tuple),
    last_update_on=st.none() | days,
    asked_from=st.none() | days,
    delivery=st.builds(RatingFacts, st.sampled_from(DeliveryRating), imported=st.booleans()),
    impact=st.builds(RatingFacts, st.sampled_from(ImpactRating), reason=st.sampled_from(["", "Heard it"])),
    evidence=st.lists(st.builds(EvidenceFacts, st.sampled_from(EvidenceQuarter), days), max_size=3).map(
        tuple
    ),
    blocked_reason=st.sampled_from(["", "No analyst"]),
    waits_for=st.lists(st.sampled_from(["SL-00001", "SL-00002"]), unique=True).map(tuple),
)


class TestWhateverTheFacts:
    @given(any_facts, days)
    def test_every_exception_has_a_sentence_and_each_kind_comes_once(
        self, facts: ActionFacts, on: date
    ) -> None:
        found = rules.exceptions(facts, on)
        assert all(reason.sentence.endswith((".", "analyst", "it")) for reason in found)
        assert len({reason.kind for reason in found}) == len(found)

    @given(any_facts, days)
    def test_overdue_red_and_silence_agree_with_the_suggestion(self, facts: ActionFacts, on: date) -> None:
        suggestion = rules.suggested_delivery(facts, on)
        if rules.is_overdue(facts, on):
            assert suggestion in {DeliveryRating.RED, DeliveryRating.AMBER}
        if suggestion == DeliveryRating.RED:
            assert rules.is_overdue(facts, on)
        if suggestion == DeliveryRating.GREEN:
            assert not rules.is_silent(facts, on)
            assert rules.slips(facts) == 0 or not facts.is_open

    @given(any_facts, days)
    def test_an_overdue_action_stays_overdue_until_something_is_done(
        self, facts: ActionFacts, on: date
    ) -> None:
        if rules.is_overdue(facts, on):
            assert rules.is_overdue(facts, on + timedelta(days=1))

    @given(any_facts, days)
    def test_what_is_closed_asks_nothing_of_dates(self, facts: ActionFacts, on: date) -> None:
        closed = replace(facts, state=DeliveryState.COMPLETE)
        kinds = {reason.kind.value for reason in rules.exceptions(closed, on)}
        assert not kinds & {"overdue", "silent", "slipped_twice", "blocked", "review_missed"}

    @given(any_facts)
    def test_evidence_never_makes_impact_worse(self, facts: ActionFacts) -> None:
        order = [ImpactRating.NOT_YET_KNOWN, ImpactRating.AMBER, ImpactRating.GREEN]
        more = replace(facts, evidence=(*facts.evidence, EvidenceFacts(EvidenceQuarter.DATA, ON)))
        assert order.index(rules.suggested_impact(more)) >= order.index(rules.suggested_impact(facts))
