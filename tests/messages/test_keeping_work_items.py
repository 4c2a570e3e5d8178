"""Work items of many subjects are made what they should be, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from sightline.events.choices import Subject
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of
from sightline.messages.services import clear_ended_items, replace_work_items

pytestmark = pytest.mark.django_db
EARLY, LATE = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 15, tzinfo=UTC)


def subject(number: int, model: str = "action") -> Subject:
    return Subject("plans", model, str(number), "")


def item(number: int, sentence: str = "It was due.", scope: str = "unit", model: str = "action") -> WorkItem:
    return WorkItem(
        for_scope=scope,
        kind="overdue",
        subject_app="plans",
        subject_model=model,
        subject_id=str(number),
        title=f"Action {number}",
        sentence=sentence,
        url=f"/actions/{number}/",
        due_on=date(2026, 6, 1),
    )


def keep(subjects: list[Subject], wanted: list[WorkItem], now: datetime) -> None:
    about = [(subject.app, subject.model, subject.id) for subject in subjects]
    standing = [
        StandingItem(place_of(item), says_of(item), item.created_at)
        for item in WorkItem.objects.all()
        if place_of(item)[2:] in about
    ]
    replace_work_items(standing, wanted, now)


def standing() -> set[tuple[str, str, str, datetime]]:
    rows = WorkItem.objects.values_list("subject_model", "subject_id", "sentence", "created_at")
    return set(rows)


def test_items_are_added_changed_kept_and_taken_away() -> None:
    three = [subject(1), subject(2), subject(3)]
    keep(three, [item(1), item(2), item(3)], EARLY)
    keep(three, [item(1), item(2, "It is blocked.")], LATE)
    assert standing() == {
        ("action", "1", "It was due.", EARLY),
        ("action", "2", "It is blocked.", EARLY),
    }


def test_items_of_other_subjects_are_left_alone() -> None:
    keep([subject(1), subject(1, "plan")], [item(1), item(1, model="plan")], EARLY)
    keep([subject(1)], [], LATE)
    keep([], [], LATE)
    assert {model for model, *_ in standing()} == {"plan"}


def test_one_subject_may_ask_several() -> None:
    keep([subject(1)], [item(1), item(1, scope="agency:police")], EARLY)
    keep([subject(1)], [item(1, scope="agency:police"), item(1, scope="group:board")], LATE)
    assert sorted(WorkItem.objects.values_list("for_scope", "created_at")) == [
        ("agency:police", EARLY),
        ("group:board", LATE),
    ]


def test_what_ended_may_begin_again_and_is_cleared_away() -> None:
    keep([subject(1)], [item(1)], EARLY)
    keep([subject(1)], [], EARLY)
    assert (WorkItem.objects.count(), WorkItem.everything.count()) == (0, 1)
    keep([subject(1)], [item(1)], LATE)
    assert standing() == {("action", "1", "It was due.", LATE)}
    keep([subject(1)], [], LATE)
    assert (clear_ended_items(), WorkItem.everything.count()) == (1, 0)


@pytest.mark.parametrize("size", [1, 3, 80])
def test_queries_do_not_grow(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subjects = [subject(number) for number in range(size)]
    with django_assert_num_queries(2):
        keep(subjects, [item(number) for number in range(size)], EARLY)
    with django_assert_num_queries(1):
        keep(subjects, [item(number) for number in range(size)], LATE)
