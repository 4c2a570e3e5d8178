"""Conflicts of interest go seven years after they are over, with the words kept of them, and no others do."""

from __future__ import annotations

import datetime as dt

import pytest

from sightline.events.choices import SYSTEM, Actor, Way
from sightline.events.models import Entry, PersonalValue, RowChange
from sightline.events.services import verify
from sightline.knowing import services
from sightline.knowing.models import Conflict
from sightline.retention.models import DisposalItem
from sightline.retention.services import approve, carry_out, find_due, order
from tests.access.people import member
from tests.knowing.making import case, officer
from tests.retention.making import confirm, nothing

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2019, 3, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def conflict(reference: str, *, ended: dt.datetime | None = LONG_AGO) -> Conflict:
    who = Conflict.objects.count()
    made = services.declare_conflict(
        officer(f"Cass Reviewer {who}"), reference=reference, reason="A cousin", by=SYSTEM, now=LONG_AGO
    )
    if ended:
        services.end_conflict(made, reason="The cousin moved away", by=SYSTEM, now=ended)
    return made


def found_on(moment: dt.datetime) -> set[int]:
    find_due(now=moment, progress=nothing)
    return set(
        DisposalItem.objects.filter(rule="conflicts", state="waiting").values_list("number", flat=True)
    )


def test_only_what_is_over_for_seven_years_and_about_no_record_goes() -> None:
    case("CR-1")
    gone = conflict("CR-9")
    kept = {
        conflict("CR-8", ended=None).pk,
        conflict("CR-7", ended=LONG_AGO + dt.timedelta(days=1)).pk,
        conflict("cr-1").pk,
    }
    confirm("conflicts", now=LONG_AGO)
    assert found_on(LATER - dt.timedelta(days=1)) == set()
    assert found_on(LATER) == {gone.pk}
    dee, una = member("Dee Data", "data_protection"), member("Una Unit", "unit")
    told = Entry.objects.filter(subject_app="knowing", subject_id=str(gone.pk))
    assert PersonalValue.objects.filter(entry__in=told).count() > 2
    _carry_out(dee.actor, una.actor)
    assert set(Conflict.objects.values_list("pk", flat=True)) == kept
    assert not PersonalValue.objects.filter(entry__in=told).exists()
    assert told.filter(type="knowing.conflict_disposed").count() == 1
    assert not [entry for entry in told if "user_id" in entry.before_values | entry.after_values]
    noted = RowChange.objects.filter(table="knowing_conflict", row=str(gone.pk))
    assert noted.filter(operation="delete").count() == 1
    assert not [change for change in noted if "user_id" in change.before + change.after]
    others = Entry.objects.filter(type="knowing.conflict_declared").exclude(subject_id=str(gone.pk))
    assert {entry.personal_values.exists() for entry in others} == {True}
    assert verify().broken == []


def test_one_that_a_record_bears_again_before_it_is_carried_out_stays() -> None:
    made = conflict("CR-9")
    confirm("conflicts", now=LONG_AGO)
    assert found_on(LATER) == {made.pk}
    case("CR-9")
    dee, una = member("Dee Data", "data_protection"), member("Una Unit", "unit")
    _carry_out(dee.actor, una.actor)
    assert Conflict.objects.get() == made
    assert DisposalItem.objects.get().state == "not_due"


def _carry_out(first: Actor, second: Actor) -> None:
    disposal = DisposalItem.objects.get().disposal
    approved = approve(disposal, Way.DELETE, reason="Over", version=disposal.version, by=first, now=LATER)
    ordered = order(approved, version=approved.version, by=second, now=LATER)
    carry_out(ordered.pk, by=second, now=LATER, progress=nothing)
