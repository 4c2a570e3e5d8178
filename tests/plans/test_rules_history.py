"""From lines of history to facts as at a day: by valid day, then by the moment recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from sightline.plans.choices import DeliveryState, Embedding, LineKind, TimescaleKind
from sightline.plans.rules import ActionFacts, EvidenceFacts, Line, Moment, RatingFacts, facts_from

OPENED = date(2026, 1, 5)
ON = date(2026, 6, 15)
_rows = count(1)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def line(kind: LineKind, as_at: date, recorded_at: datetime | None = None, **values: object) -> Line:
    moment = recorded_at or datetime(as_at.year, as_at.month, as_at.day, 9, tzinfo=UTC)
    return Line(1, kind, next(_rows), as_at, moment, **values)  # type: ignore[arg-type]


def facts(*lines: Line, on: date = ON, known_by: datetime | None = None) -> ActionFacts:
    return facts_from(lines, Moment(on, known_by), OPENED, "SL-00001")


def test_without_history_an_action_has_not_started() -> None:
    assert facts() == ActionFacts(opened_on=OPENED, reference="SL-00001")


def test_the_last_valid_day_wins_then_the_last_moment_recorded() -> None:
    first = line(LineKind.DELIVERY, date(2026, 3, 1), at(5, 1), word="red")
    second = line(LineKind.DELIVERY, date(2026, 4, 1), at(4, 1), word="amber")
    corrected = line(LineKind.DELIVERY, date(2026, 4, 1), at(4, 2), word="green")
    assert facts(first, corrected, second).delivery.value == "green"
    assert facts(first, corrected, second, on=date(2026, 3, 31)).delivery.value == "red"


def test_what_lies_after_the_day_does_not_count() -> None:
    later = line(LineKind.STATE, date(2026, 6, 16), word="complete")
    assert facts(later).state == DeliveryState.NOT_STARTED


def test_as_it_stood_leaves_out_what_was_not_known_yet() -> None:
    late_news = line(LineKind.DELIVERY, date(2026, 3, 1), at(6, 20), word="red")
    assert facts(late_news).delivery.value == "red"
    assert facts(late_news, known_by=at(6, 15)).delivery.value == "not_rated"


def test_state_and_since_when() -> None:
    told = facts(
        line(LineKind.STATE, date(2026, 1, 5), word="not_started"),
        line(LineKind.STATE, date(2026, 5, 1), word="complete"),
    )
    assert (told.state, told.state_since, told.completed_on) == (
        "complete",
        date(2026, 5, 1),
        date(2026, 5, 1),
    )
    assert facts(line(LineKind.STATE, date(2026, 1, 5), word="in_progress")).completed_on is None


def test_firm_dates_keep_their_order_and_the_timescale_in_force_decides() -> None:
    promised = line(
        LineKind.TIMESCALE, date(2026, 1, 5), word="by_date", day=date(2026, 3, 31), text="By 31 March"
    )
    moved = line(
        LineKind.TIMESCALE, date(2026, 3, 1), word="by_month", day=date(2026, 5, 31), text="May 2026"
    )
    review = line(
        LineKind.TIMESCALE, date(2026, 5, 1), word="review", day=date(2026, 7, 1), text="Review July"
    )
    two = facts(promised, moved)
    assert (two.due_on, two.review_on, two.timescale_label) == (date(2026, 5, 31), None, "May 2026")
    three = facts(promised, moved, review)
    assert three.firm_dates == (date(2026, 3, 31), date(2026, 5, 31))
    assert (three.timescale, three.due_on, three.review_on) == (TimescaleKind.REVIEW, None, date(2026, 7, 1))


def test_the_last_update_goes_by_the_day_it_speaks_of() -> None:
    old_news = line(LineKind.UPDATE, date(2026, 6, 1), day=date(2026, 2, 1), text="In February we met")
    news = line(LineKind.UPDATE, date(2026, 5, 1), text="All trained")
    told = facts(old_news, news)
    assert (told.last_update_on, told.last_update_text) == (date(2026, 5, 1), "All trained")


def test_a_rating_keeps_who_why_whence_and_whether_an_update_followed() -> None:
    rating = line(
        LineKind.IMPACT, date(2026, 4, 1), at(4, 5), word="green", who="J. Smith", text="Seen", import_of=3
    )
    same_import = line(LineKind.UPDATE, date(2026, 4, 1), at(4, 5), import_of=3)
    assert facts(rating, same_import).impact == RatingFacts(
        "green", date(2026, 4, 1), "J. Smith", "Seen", imported=True, updated_since=False
    )
    answer = line(LineKind.UPDATE, date(2026, 4, 1), at(4, 6))
    assert facts(rating, same_import, answer).impact.updated_since is True


def test_evidence_keeps_quarter_and_day() -> None:
    told = facts(line(LineKind.EVIDENCE, date(2026, 4, 1), word="audit"))
    assert [(e.quarter, e.dated_on) for e in told.evidence] == [("audit", date(2026, 4, 1))]
    assert isinstance(told.evidence[0], EvidenceFacts)


def test_embedding_goes_by_the_last_test_as_answered_by_the_day() -> None:
    answer = {"ended_on": date(2026, 5, 20), "ended_recorded_at": at(5, 21)}
    test = line(LineKind.TEST, date(2026, 5, 2), word="passed", day=date(2026, 5, 15), **answer)
    done = line(LineKind.STATE, date(2026, 5, 1), word="complete")
    assert facts(done).embedding == Embedding.NONE_SET
    assert facts(done, test).embedding == Embedding.PASSED
    before = facts(done, test, on=date(2026, 5, 19))
    assert (before.embedding, before.test_due_on) == (Embedding.WAITING, date(2026, 5, 15))
    assert facts(done, test, on=date(2026, 5, 20), known_by=at(5, 20)).embedding == Embedding.WAITING


def test_a_test_passed_before_the_action_was_completed_again_says_nothing_now() -> None:
    answer = {"ended_on": date(2026, 3, 1), "ended_recorded_at": at(3, 1)}
    test = line(LineKind.TEST, date(2026, 2, 2), word="passed", day=date(2026, 3, 1), **answer)
    again = line(LineKind.STATE, date(2026, 5, 1), word="complete")
    assert facts(again, test).embedding == Embedding.NONE_SET


def test_a_failed_test_stays_failed_while_the_action_is_open_again() -> None:
    answer = {"ended_on": date(2026, 3, 1), "ended_recorded_at": at(3, 1)}
    test = line(LineKind.TEST, date(2026, 2, 2), word="failed", day=date(2026, 3, 1), **answer)
    reopened = line(LineKind.STATE, date(2026, 3, 1), word="in_progress")
    assert facts(reopened, test).embedding == Embedding.FAILED
    assert facts(test).embedding == Embedding.FAILED


def test_blocks_and_dependencies_stand_until_they_end() -> None:
    over = {"ended_on": date(2026, 5, 1), "ended_recorded_at": at(5, 1)}
    block = line(LineKind.BLOCK, date(2026, 2, 1), text="No analyst", **over)
    waits = line(LineKind.DEPENDENCY, date(2026, 2, 1), word="in_progress", who="SL-00002", **over)
    during = facts(block, waits, on=date(2026, 4, 30))
    assert (during.blocked_reason, during.waits_for) == ("No analyst", ("SL-00002",))
    afterwards = facts(block, waits)
    assert (afterwards.blocked_reason, afterwards.waits_for) == ("", ())


def test_a_dependency_on_something_done_hinders_nothing() -> None:
    assert facts(line(LineKind.DEPENDENCY, date(2026, 2, 1), word="complete", who="SL-00002")).waits_for == ()


ratings = st.lists(
    st.tuples(
        st.dates(date(2026, 1, 1), date(2026, 6, 30)),
        st.integers(0, 400),
        st.sampled_from(["red", "amber", "green"]),
    ),
    max_size=6,
)


@given(ratings, st.randoms())
def test_the_order_in_which_lines_arrive_changes_nothing(
    told: list[tuple[date, int, str]], chance: object
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        Line(1, LineKind.DELIVERY, row, as_at, start + timedelta(days=days), word=word)
        for row, (as_at, days, word) in enumerate(told)
    ]
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert facts(*lines) == facts(*shuffled)


def test_asked_from_the_opening_of_the_last_round_that_was_closed_by_then() -> None:
    first = line(LineKind.ROUND, date(2026, 3, 31), day=date(2026, 3, 1))
    second = line(LineKind.ROUND, date(2026, 6, 1), at(6, 2), day=date(2026, 5, 1))
    assert facts().asked_from is None
    assert facts(second, first).asked_from == date(2026, 5, 1)
    assert facts(second, first, on=date(2026, 5, 31)).asked_from == date(2026, 3, 1)
    assert facts(second, first, known_by=at(6, 1)).asked_from == date(2026, 3, 1)
