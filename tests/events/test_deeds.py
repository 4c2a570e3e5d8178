"""Deeds: services made of services are one transaction, whose entries are written together at its end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry, PersonalValue
from sightline.events.services import at_end, deed, record, verify
from tests.events.kinds import Kind

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("reason", flat=True))


@deed
def part(word: str) -> None:
    record(Kind.PLAIN, by=SYSTEM, reason=word)


@deed
def failing_part(word: str) -> None:
    part(word)
    raise ValueError(word)


def test_entries_of_all_parts_are_written_with_one_statement_in_their_order() -> None:
    @deed
    def whole() -> None:
        part("one")
        assert told() == []
        part("two")
        record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Ann"}, reason="three")

    with CaptureQueriesContext(connection) as asked:
        whole()
    assert told() == ["one", "two", "three"]
    assert PersonalValue.objects.get().entry == Entry.objects.get(reason="three")
    # savepoint, the look of the assertion, entries, their personal values, release
    assert len(asked) == 5
    assert verify().is_sound


def test_a_deed_that_fails_leaves_no_entry() -> None:
    @deed
    def whole() -> None:
        part("one")
        failing_part("two")

    with pytest.raises(ValueError, match="two"):
        whole()
    part("after")
    assert told() == ["after"]


def test_what_a_savepoint_of_the_deed_undoes_is_not_told_of() -> None:
    @deed
    def whole() -> None:
        part("one")
        with pytest.raises(ValueError, match="two"), transaction.atomic():
            failing_part("two")
        with transaction.atomic():
            part("three")
            transaction.set_rollback(True)
        with transaction.atomic():
            part("four")

    whole()
    assert sorted(told()) == ["four", "one"]


def test_a_part_whose_exception_is_swallowed_spoils_the_whole() -> None:
    @deed
    def whole() -> None:
        with pytest.raises(ValueError, match="two"):
            failing_part("two")
        part("one")
        Entry.objects.count()

    with pytest.raises(transaction.TransactionManagementError):
        whole()
    assert told() == []


def test_a_deed_says_what_its_service_says() -> None:
    @deed
    def named(word: str, *, times: int = 1) -> str:
        """Its own words."""
        return word * times

    assert named("ab", times=2) == "abab"
    assert (named.__name__, named.__doc__) == ("named", "Its own words.")


def test_what_is_left_for_the_end_is_written_together_and_what_failed_is_not() -> None:
    seen: list[list[str]] = []

    def writer(items: Sequence[str]) -> None:
        seen.append(list(items))

    @deed
    def leave(word: str) -> None:
        at_end(writer, word)

    @deed
    def failing() -> None:
        leave("lost")
        raise ValueError

    @deed
    def whole() -> None:
        leave("one")
        with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011 - no words are wanted
            failing()
        leave("two")

    at_end(writer, "alone")
    whole()
    assert seen == [["alone"], ["lost"], ["one", "two"]]
