"""Many actions are changed for one reason: all at once, each with its entry, or not at all."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.jobs.worker import run_all
from sightline.plans import jobs, services
from sightline.plans.choices import BulkKind, OwnerRole
from sightline.plans.models import Action, BulkChange
from sightline.plans.rules.bulk import OwnerKept, owners_after
from sightline.plans.selectors.bulk import mark_of, owned_by_mark, owners_within, party_of_mark
from sightline.plans.services import OwnerGiven
from sightline.plans.services.bulk import (
    begin_change,
    carry_out_change,
    effect_on,
    finish_change,
    give_up_change,
    say_change,
    wanted_of,
)
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_person, make_plan

pytestmark = pytest.mark.django_db
assert jobs.bulk_change
AS = {"by": BY, "now": NOW}


def said(actions: list[Action], kind: BulkKind, **values: Any) -> BulkChange:
    change = begin_change(actions, kind, **AS)
    return say_change(change, change.version, values, reason="She leaves in July", as_at=TODAY, **AS)


def done(change: BulkChange) -> BulkChange:
    return carry_out_change(finish_change(change, change.version, **AS), **AS)


def kept(*owners: tuple[str, str]) -> list[OwnerKept]:
    return [OwnerKept(mark, mark, role) for mark, role in owners]


@pytest.mark.parametrize(
    ("owners", "after"),
    [
        ([("a", "lead"), ("b", "support")], [("n", "lead"), ("b", "support")]),
        ([("b", "lead"), ("a", "support")], [("b", "lead"), ("n", "support")]),
        ([("a", "lead"), ("n", "support")], [("n", "lead")]),
        ([("n", "support"), ("b", "lead"), ("a", "lead")], [("n", "lead"), ("b", "lead")]),
        ([("b", "lead")], [("b", "lead")]),
        ([], []),
    ],
)
def test_the_new_owner_stands_where_the_old_one_stood(owners: list[Any], after: list[Any]) -> None:
    found = owners_after(kept(*owners), "a", OwnerKept("n", "n", "lead"))
    assert [(owner.mark, owner.role) for owner in found] == after


def test_the_same_owner_in_their_own_place_changes_nothing() -> None:
    owners = kept(("a", "support"))
    assert owners_after(owners, "a", OwnerKept("a", "a", "lead")) == owners


def test_a_leavers_actions_go_to_another_with_one_reason_and_an_entry_each() -> None:
    leaver, other, follower = make_person(), make_agency(), make_person()
    first = make_action(make_plan(), leaver, other)
    second = make_action(make_plan(name="Another"), other)
    services.set_owners(
        second, [OwnerGiven(party=other), OwnerGiven(party=leaver, role=OwnerRole.SUPPORT)], as_at=TODAY, **AS
    )
    second.refresh_from_db()
    untouched = make_action(first.plan, other)
    change = said(
        [first, second, untouched],
        BulkKind.OWNERS,
        **{"from": f"person:{leaver.pk}", "to": f"person:{follower.pk}"},
    )
    assert [effect_on(a, wanted_of(change)).is_change for a in (first, second, untouched)] == [
        True,
        True,
        False,
    ]
    result = done(change)
    assert (result.state, result.trouble) == ("done", "")
    owners = {
        a.pk: [(o.party, o.role) for o in Action.objects.get(pk=a.pk).owners.all()]
        for a in (first, second, untouched)
    }
    assert owners == {
        first.pk: [(follower, "lead"), (other, "lead")],
        second.pk: [(other, "lead"), (follower, "support")],
        untouched.pk: [(other, "lead")],
    }
    entries = Entry.objects.filter(type="plans.owners_set", reason="She leaves in July")
    assert sorted(entries.values_list("subject_id", flat=True)) == sorted(str(a.pk) for a in (first, second))
    assert json.loads(Entry.objects.get(type="plans.bulk_done").after)["actions"] == 2
    first.refresh_from_db()
    assert first.owners_changes.last().reason == "She leaves in July"
    assert str(follower) in first.current_owner_label


def test_printed_words_nobody_was_matched_to_are_given_to_somebody() -> None:
    action, agency = make_action(make_plan(), owners=[OwnerGiven("Vacant")]), make_agency()
    change = said([action], BulkKind.OWNERS, **{"from": "raw:Vacant", "to": f"agency:{agency.pk}"})
    assert owners_within(change) == [("raw:Vacant", "Vacant")]
    done(change)
    assert [owner.party for owner in Action.objects.get().owners.all()] == [agency]


def test_dates_are_moved_and_each_counts_as_a_slip() -> None:
    actions = [make_action(due="2026-07-31"), make_action(due="2026-08-31")]
    done(said(actions, BulkKind.TIMESCALE, raw="By 31 October 2026"))
    for action in Action.objects.order_by("pk"):
        assert (action.current_due_on, action.current_slips) == (date(2026, 10, 31), 1)
        assert action.timescales.last().reason == "She leaves in July"


def test_actions_are_put_under_another_priority_and_strand() -> None:
    plan = make_plan()
    old = services.add_priority(plan, number="1", title="Old", **AS)
    new = services.add_priority(plan, number="2", title="New", **AS)
    strand = services.add_strand(new, title="Schools", **AS)
    outcome = services.add_outcome(old, text="Seen", **AS)
    action = make_action(plan, priority=old, outcome=outcome)
    done(said([action], BulkKind.PLACE, priority=new.pk, strand=strand.pk))
    action = Action.objects.get()
    assert (action.priority, action.strand, action.outcome) == (new, strand, None)
    assert Entry.objects.get(type="plans.action_edited").reason == "She leaves in July"


def test_a_place_must_fit_the_plan_and_its_strand() -> None:
    plan, other = make_plan(), make_plan(name="Another")
    here = services.add_priority(plan, number="1", title="Here", **AS)
    there = services.add_priority(other, number="1", title="There", **AS)
    strand = services.add_strand(there, title="Schools", **AS)
    action = make_action(plan)
    for values, field in (
        ({"priority": there.pk}, "priority"), ({"priority": here.pk, "strand": strand.pk}, "strand"), ({}, "priority"),
    ):  # fmt: skip
        with pytest.raises(Unacceptable) as refused:
            said([action], BulkKind.PLACE, **values)
        assert list(refused.value.problems) == [field]


def test_plans_are_given_to_another_group() -> None:
    plan, group = make_plan(make_group()), make_group()
    done(said([make_action(plan), make_action(plan)], BulkKind.GROUP, group=group.pk))
    plan.refresh_from_db()
    assert plan.group == group


def test_what_somebody_else_changed_meanwhile_stops_all_of_it_until_it_was_looked_at() -> None:
    leaver, follower = make_person(), make_person()
    mine, theirs = make_action(make_plan(), leaver), make_action(make_plan(name="B"), leaver)
    change = said(
        [mine, theirs], BulkKind.OWNERS, **{"from": f"person:{leaver.pk}", "to": f"person:{follower.pk}"}
    )
    services.edit_action(theirs, theirs.version, {"text": "Changed"}, **AS)
    change = done(change)
    assert (change.state, change.trouble) == (
        "choosing",
        f"1 action was changed by somebody else since you looked: {theirs.reference}. "
        "Nothing was done. Look at the list again, then go on.",
    )
    assert [owner.party for owner in mine.owners.all()] == [leaver]
    assert done(change).state == "done"
    assert [owner.party for owner in Action.objects.get(pk=mine.pk).owners.all()] == [follower]


def test_what_a_rule_refuses_for_one_is_done_for_none() -> None:
    one, other = make_action(due="2026-07-31"), make_action(due="2026-08-31")
    change = begin_change([one, other], BulkKind.TIMESCALE, **AS)
    change = say_change(change, 1, {"raw": "By 1 October 2026"}, reason="Late", as_at=date(2026, 5, 1), **AS)
    change = done(change)
    assert change.state == "choosing"
    assert change.trouble.endswith("Nothing was done.")
    assert {action.current_slips for action in Action.objects.all()} == {0}


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (BulkKind.OWNERS, {"from": "raw:x", "to": ""}, "to"),
        (BulkKind.OWNERS, {"from": "raw:x", "to": "person:99999"}, "to"),
        (BulkKind.OWNERS, {"from": "raw:x", "to": "person:²"}, "to"),
        (BulkKind.TIMESCALE, {"raw": " "}, "raw"),
        (BulkKind.GROUP, {"group": 99999}, "group"),
    ],
)
def test_what_is_missing_is_said(kind: BulkKind, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        said([make_action()], kind, **values)
    assert list(refused.value.problems) == [field]


def test_nobody_takes_over_from_themselves() -> None:
    agency = make_agency()
    with pytest.raises(Unacceptable, match="Both are the same"):
        said([make_action()], BulkKind.OWNERS, **{"from": f"agency:{agency.pk}", "to": f"agency:{agency.pk}"})


def test_a_reason_a_day_and_an_action_are_needed() -> None:
    with pytest.raises(Unacceptable, match="at least one"):
        begin_change([], BulkKind.TIMESCALE, **AS)
    with pytest.raises(Unacceptable, match="At most"):
        begin_change([make_action()] * 2_001, BulkKind.TIMESCALE, **AS)
    change = begin_change([make_action()], BulkKind.TIMESCALE, **AS)
    for given in ({"reason": " ", "as_at": TODAY}, {"reason": "Late", "as_at": date(2026, 7, 1)}):
        with pytest.raises(Unacceptable):
            say_change(change, 1, {"raw": "Quarterly"}, **given, **AS)
    with pytest.raises(Unacceptable, match="Say first"):
        finish_change(change, 1, **AS)


def test_a_change_given_up_or_done_is_not_taken_up_again() -> None:
    change = said([make_action()], BulkKind.TIMESCALE, raw="Quarterly")
    with pytest.raises(StaleRecord):
        finish_change(change, change.version - 1, **AS)
    change = give_up_change(change, change.version, **AS)
    with pytest.raises(StaleRecord):
        finish_change(change, change.version, **AS)
    other = done(said([make_action()], BulkKind.TIMESCALE, raw="Quarterly"))
    assert carry_out_change(other, **AS).state == "done"


def test_the_job_does_it() -> None:
    action = make_action()
    change = said([action], BulkKind.TIMESCALE, raw="Quarterly")
    finish_change(change, change.version, **AS)
    run_all()
    assert (BulkChange.objects.get().state, Action.objects.get().current_timescale_label) == (
        "done",
        "Quarterly",
    )


def test_asking_costs_the_same_for_one_and_for_many() -> None:
    asked = []
    for number in (1, 60):
        actions = [make_action() for _ in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            change = begin_change(actions, BulkKind.TIMESCALE, **AS)
        with CaptureQueriesContext(connection) as finished:
            change = say_change(change, 1, {"raw": "Quarterly"}, reason="So", as_at=TODAY, **AS)
            finish_change(change, change.version, **AS)
        asked.append((len(seen), len(finished)))
    assert asked[0] == asked[1]


def test_marks_name_owners() -> None:
    agency = make_agency()
    action = make_action(make_plan(), agency)
    owner = action.owners.get()
    assert (mark_of(owner), party_of_mark(mark_of(owner))) == (f"agency:{agency.pk}", agency)
    assert (
        Action.objects.filter(owners__in=action.owners.filter(owned_by_mark(mark_of(owner)))).get() == action
    )
    assert not action.owners.filter(owned_by_mark("nobody:1")).exists()
    assert party_of_mark("raw:Vacant") is None
