"""Work items of many subjects are made what they should be, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from sightline.events.choices import Subject
from sightline.messages.models import WorkItem
from sightline.messages.services import keep_work_items

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


def standing() -> set[tuple[str, str, str, datetime]]:
    rows = WorkItem.objects.values_list("subject_model", "subject_id", "sentence", "created_at")
    return set(rows)


def test_items_are_added_changed_kept_and_taken_away() -> None:
    three = [subject(1), subject(2), subject(3)]
    keep_work_items(three, [item(1), item(2), item(3)], EARLY)
    keep_work_items(three, [item(1), item(2, "It is blocked.")], LATE)
    assert standing() == {
        ("action", "1", "It was due.", EARLY),
        ("action", "2", "It is blocked.", EARLY),
    }


def test_items_of_other_subjects_are_left_alone() -> None:
    keep_work_items([subject(1), subject(1, "plan")], [item(1), item(1, model="plan")], EARLY)
    keep_work_items([subject(1)], [], LATE)
    keep_work_items([], [], LATE)
    assert {model for model, *_ in standing()} == {"plan"}


def test_one_subject_may_ask_several() -> None:
    keep_work_items([subject(1)], [item(1), item(1, scope="agency:police")], EARLY)
    keep_work_items([subject(1)], [item(1, scope="agency:police"), item(1, scope="group:board")], LATE)
    assert sorted(WorkItem.objects.values_list("for_scope", "created_at")) == [
        ("agency:police", EARLY),
        ("group:board", LATE),
    ]


@pytest.mark.parametrize("size", [1, 3, 80])
def test_queries_do_not_grow(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subjects = [subject(number) for number in range(size)]
    with django_assert_num_queries(2):
        keep_work_items(subjects, [item(number) for number in range(size)], EARLY)
    with django_assert_num_queries(1):
        keep_work_items(subjects, [item(number) for number in range(size)], LATE)
