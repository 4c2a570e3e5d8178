"""To whom a child-level or restricted record opens: check and filter say the same, whatever somebody stands to it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import Error
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.permissions import Refused
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY
from sightline.access.selectors import command_line_user
from sightline.events import guards
from sightline.events.choices import SYSTEM, Tier
from sightline.knowing import registry, rules, services
from sightline.knowing.checks import check_wall
from sightline.knowing.models import Glass, Listed
from sightline.knowing.registry import NotBehindWall, kind_of
from sightline.knowing.rules import Ways, opens
from sightline.knowing.wall import can_keep_list, can_need_to_know, check_need_to_know, visible_to, ways_of
from sightline.partners.models import Agency
from tests.access.people import member
from tests.knowing.making import WHY, added, case, listed, officer
from tests.restricted.models import KIND, CaseNote

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def rows(user: Any) -> list[CaseNote]:
    return list(visible_to(user, CaseNote.objects.order_by("pk")))


@given(
    reads=st.sampled_from(Tier),
    tier=st.sampled_from([Tier.T3, Tier.T4]),
    ways=st.builds(Ways, st.booleans(), st.booleans(), st.booleans()),
)
def test_a_record_opens_by_role_and_name_and_never_with_a_conflict(
    reads: Tier, tier: Tier, ways: Ways
) -> None:
    opened = opens(reads, tier, ways)
    assert not (opened and (ways.conflict or reads < tier or not (ways.listed or ways.glass)))
    assert opened or ways.conflict or reads < tier or not (ways.listed or ways.glass)


@pytest.mark.parametrize(
    ("first", "last", "ended", "holds"),
    [
        (0, 0, False, True),
        (-5, 0, False, True),
        (0, 9, True, False),
        (1, 9, False, False),
        (-9, -1, False, False),
    ],
)
def test_a_line_holds_on_its_first_and_last_day_and_not_when_ended(
    first: int, last: int, ended: bool, holds: bool
) -> None:
    days = [TODAY + dt.timedelta(days=number) for number in (first, last)]
    assert rules.stands(*days, ended, TODAY) is holds


LISTINGS, GLASSES = ("none", "now", "over", "coming", "ended"), ("none", "open", "over", "closed")
CONFLICTS = ("none", "record", "reference", "child", "over")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["case_review_officer", "unit", "system_administrator"])
def test_check_and_filter_agree(role: str) -> None:
    """The property, over every way of standing to a record; what stands beside it for others changes nothing."""
    person, beside = member("Pat Person", role), officer("Bea Beside")
    kept: dict[CaseNote, tuple[str, str, str]] = {}
    for number, stands in enumerate(itertools.product(LISTINGS, GLASSES, CONFLICTS)):
        about = case(f"CR-{number}")
        _list(about, person, stands[0])
        _glass(about, person, stands[1])
        _list(about, beside, "now")
        _conflict(about, person, stands[2])
        kept[about] = stands
    expected = {
        about
        for about, (listing, glass, conflict) in kept.items()
        if role == "case_review_officer"
        and (listing == "now" or glass == "open")
        and conflict in {"none", "over"}
    }
    assert set(rows(person)) == expected
    assert {about for about in kept if can_need_to_know(person, about)} == expected
    assert {about for about in kept if can_keep_list(person, about)} == {
        about for about in expected if kept[about][0] == "now"
    }
    assert set(rows(beside)) == set(kept)


def _list(about: CaseNote, person: Any, listing: str) -> None:
    days = {"now": (0, 0), "over": (-9, -1), "coming": (1, 9), "ended": (0, 9)}
    if listing != "none":
        first, last = (TODAY + dt.timedelta(days=number) for number in days[listing])
        ended = {"ended_at": NOW, "ended_by_label": "Una"} if listing == "ended" else {}
        Listed.objects.create(
            app="restricted", model="casenote", number=about.pk, user=person, reason=WHY, starts_on=first,
            ends_on=last, added_at=NOW, added_by_label="Una", **ended,
        )  # fmt: skip


def _glass(about: CaseNote, person: Any, glass: str) -> None:
    hour = dt.timedelta(hours=1)
    if glass != "none":
        closed = {"closed_at": NOW, "closed_by_label": "Una"} if glass == "closed" else {}
        opened = NOW - 2 * hour if glass == "over" else NOW - dt.timedelta(minutes=1)
        Glass.objects.create(
            app="restricted", model="casenote", number=about.pk, user=person, reference="CR-1", reason=WHY,
            opened_at=opened, closes_at=opened + hour, **closed,
        )  # fmt: skip


def _conflict(about: CaseNote, person: Any, conflict: str) -> None:
    given: dict[str, Any] = {"about": about.child if conflict == "child" else about}
    if conflict == "reference":
        given = {"reference": f" {str(about.reference).lower()} "}
    if conflict != "none":
        made = services.declare_conflict(person, **given, by=SYSTEM, now=NOW)
        if conflict == "over":
            services.end_conflict(made, reason="They moved away", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_nobody_without_an_account_of_their_own_sees_any() -> None:
    about = case()
    for nobody in (NOBODY, COMMAND_LINE_SCOPE, command_line_user()):
        assert rows(nobody) == []
        assert not can_need_to_know(nobody, about)
        assert ways_of(nobody, about) == Ways()


@pytest.mark.django_db
def test_a_role_that_has_ended_closes_what_the_list_holds_open() -> None:
    about, person = case(), officer()
    listed(about, person)
    assert rows(person) == [about]
    person.memberships.update(ends_on=TODAY - dt.timedelta(days=1))
    again = type(person).objects.get(pk=person.pk)
    assert rows(again) == []
    with pytest.raises(Refused) as refused:
        check_need_to_know(again, about)
    assert refused.value.sentence == "This record is read by named people only."


@pytest.mark.django_db
def test_a_conflict_by_reference_closes_a_record_that_is_begun_later() -> None:
    person = officer()
    services.declare_conflict(person, reference="cr-9", by=person.actor, now=NOW)
    about = case("CR-9")
    listed(about, person)
    assert rows(person) == []


@pytest.mark.django_db
def test_no_more_queries_for_more_records(django_assert_num_queries: Any) -> None:
    person = officer()
    person.scope  # noqa: B018 - read before anything is counted
    for number in range(30):
        listed(case(f"CR-{number}"), person)
    with django_assert_num_queries(1):
        assert len(rows(person)) == 30
    with django_assert_num_queries(1):
        assert ways_of(person, CaseNote.objects.model(pk=1, tier="T4")) in {Ways(), Ways(listed=True)}


def test_what_stands_behind_no_wall_is_an_error_and_not_an_open_door() -> None:
    with pytest.raises(NotBehindWall):
        kind_of(Agency)
    with pytest.raises(NotBehindWall):
        visible_to(NOBODY, Agency.objects.all())


def test_a_restricted_model_outside_the_wall_fails_the_check() -> None:
    assert check_wall() == []
    offered, journal = registry._offered["restricted"], guards._offered["restricted"]
    registry.offer("restricted", [])
    guards.forget("restricted")
    try:
        found = check_wall()
    finally:
        registry.offer("restricted", offered)
        guards.offer("restricted", journal)
    assert [(type(each), each.id, each.obj) for each in found] == [
        (Error, "knowing.E001", CaseNote),
        (Error, "knowing.E002", CaseNote),
    ]
    assert registry.kinds()["restricted", "casenote"] is KIND


def test_a_kind_whose_references_are_not_kept_as_they_are_asked_for_fails_the_check() -> None:
    offered = registry._offered["restricted"]
    registry.offer("restricted", [replace(KIND, reference="title")])
    try:
        assert [each.id for each in check_wall()] == ["knowing.E003"]
    finally:
        registry.offer("restricted", offered)


@given(st.from_regex(rules.NORMAL_REFERENCE))
def test_what_is_kept_as_a_reference_is_in_the_form_in_which_it_is_compared(kept: str) -> None:
    assert rules.normal_reference(kept) == kept


@pytest.mark.django_db
def test_lines_that_were_given_for_days_to_come_open_on_their_first_day() -> None:
    about, keeper, person = case(), officer(), officer("Dee Later")
    listed(about, keeper)
    added(about, person, first=2, last=3)
    moments = [NOW + dt.timedelta(days=days) for days in range(5)]
    opened = [visible_to(person, CaseNote.objects.all(), now=moment).exists() for moment in moments]
    assert opened == [False, False, True, True, False]
