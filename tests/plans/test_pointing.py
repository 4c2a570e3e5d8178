"""What actions point at is resolved when the target appears, and never where it could be two."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.events.services import deed
from sightline.plans import services
from sightline.plans.choices import Fate, PlanState, ReferenceKind, RowKind
from sightline.plans.models import Action, Plan, Reference
from sightline.plans.services import ReferenceGiven, imports, rolling
from sightline.plans.services.places import place_action
from sightline.plans.services.pointing import match_reference, open_reference, resolve_references
from sightline.plans.services.rolling.choosing import FateGiven
from tests.plans.imports.papers import imported, paper, plan_of
from tests.plans.making import BY, NOW, TODAY, make_action, make_group, make_plan

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}


def pointing(plan: Plan, number: str = "2.1", other: str = "", **given: Any) -> Action:
    kind = ReferenceKind.OTHER_PLAN if other else ReferenceKind.IN_TEXT
    return make_action(plan, references=[ReferenceGiven(kind, number, other)], **given)


def target(action: Action) -> Action | None:
    return action.references.get().target


def test_an_action_added_later_is_found() -> None:
    plan = make_plan()
    first = pointing(plan)
    assert target(first) is None
    later = make_action(plan, numbers=["2.1"])
    assert target(first) == later


def test_a_number_given_later_is_found() -> None:
    plan = make_plan()
    first, later = pointing(plan), make_action(plan, numbers=["9"])
    services.edit_action(later, 1, {}, numbers=["9", "2.1"], **WHO)
    assert target(first) == later


def test_a_plans_name_is_found_as_printed_whatever_its_letters() -> None:
    first = pointing(make_plan(), "1.2", other="ÉQUIPE plan")
    make_action(make_plan(name="ÉQUIPE plan"), numbers=["1.2"])
    assert target(first) is not None


def test_a_plan_imported_or_named_later_is_found() -> None:
    first = pointing(make_plan(), "1.2", other=" neglect PLAN")
    row = ("1.2", "Seen", "Police", "Audit", "", "", "")
    imports = plan_of(imported(paper(row), plan_name="Plan without a name"))
    assert target(first) is None
    services.edit_plan(imports, imports.version, {"name": "Neglect plan"}, **WHO)
    assert target(first) == imports.actions.get()
    second = pointing(make_plan(), "1.7", other="Young people’s plan")
    there = plan_of(imported(paper(("1.7", *row[1:])), plan_name="Young people’s plan"))
    assert target(second) == there.actions.get()


def test_what_could_be_two_or_itself_stays_words() -> None:
    plan = make_plan()
    twice, itself = pointing(plan), pointing(plan, "7", numbers=["7"])
    Reference.objects.update(target=None)
    make_action(plan, numbers=["2.1"], refresh=False)
    make_action(plan, numbers=["2.1"], refresh=False)
    resolve_references(plan, by=BY)
    assert (target(twice), target(itself)) == (None, None)
    own = pointing(plan, "7", other=plan.name)
    assert target(own) is None
    for name in ("Young plan", "young plan"):
        make_plan(name=name)
    unclear = pointing(plan, "1", other="Young plan")
    for young in Plan.objects.filter(name__iexact="young plan"):
        make_action(young, numbers=["1"])
    assert target(unclear) is None
    assert str(unclear.references.get()) == "Young plan 1"


def test_a_part_that_hangs_on_another_does_not_answer_to_its_number() -> None:
    plan = make_plan()
    first = pointing(plan)
    make_action(plan, numbers=["2.1"], kind=RowKind.BULLET)
    assert target(first) is None


def test_the_carried_plan_and_a_placed_action_are_found() -> None:
    asking, old = make_plan(name="Asking"), make_plan(name="Old plan")
    home = make_action(make_plan(name="Home"), numbers=["9.9"])
    first, second = pointing(asking, "1.1", other="Next plan"), pointing(asking, "3.2", other="Next plan")
    make_action(old, numbers=["1.1"])
    for to in (PlanState.APPROVED, PlanState.IN_FORCE):
        services.change_plan_state(old, to, as_at=TODAY, group=make_group(), minute="7", **WHO)
    old.refresh_from_db()
    roll = rolling.begin_roll_over(old, next_name="Next plan", as_at=TODAY, **WHO)
    rolling.choose_fates(roll, roll.version, {old.actions.get().pk: FateGiven(Fate.CARRY)}, **WHO)
    roll.refresh_from_db()
    roll = rolling.carry_out(rolling.finish_roll_over(roll, roll.version, **WHO), **WHO)
    assert roll.next_plan
    assert target(first) == roll.next_plan.actions.get()
    place_action(home, roll.next_plan, number="3.2", as_at=TODAY, **WHO)
    assert target(second) == home


def test_a_number_taken_away_makes_another_clear() -> None:
    plan = make_plan()
    one, other = (make_action(plan, numbers=["2.1"]) for _ in range(2))
    first = pointing(plan)
    assert target(first) is None
    services.edit_action(other, 1, {}, numbers=["2.2"], **WHO)
    assert target(first) == one


def test_it_is_journalled_as_closely_as_both_ends() -> None:
    first = pointing(make_plan(), "1", other="Closed plan")
    there = make_action(make_plan(name="Closed plan", tier=Tier.T2), numbers=["1"])
    entry = Entry.objects.get(type="plans.reference_matched")
    assert (entry.subject_id, entry.tier) == (str(first.pk), Tier.T2)
    assert there.reference in entry.after


def test_a_new_version_of_the_paper_keeps_what_was_decided_and_withdrawing_puts_it_back() -> None:
    rows = [
        ("1.1", "", "Police", "See action 1.2 first", "", "", ""),
        ("1.2", "", "Police", "Audit", "", "", ""),
        ("1.3", "", "Police", "Train", "", "", ""),
    ]
    upload = imported(paper(*rows))
    first, second, third = plan_of(upload).actions.order_by("pk")
    reference = first.references.get()
    assert reference.target == second
    kept = match_reference(reference, 1, None, **WHO)
    july: dict[str, Any] = {"plan": plan_of(upload), "plan_name": "", "now": NOW + timedelta(days=30)}
    later = imported(paper((*rows[0][:3], "See action 1.2 first, soon", "", "", ""), *rows[1:]), **july)
    reference = first.references.get()
    assert (reference.target, reference.by_hand, reference.version) == (None, True, kept.version)
    imports.withdraw(later, **WHO)
    later = imported(paper((*rows[0][:3], "See action 1.3 first", "", "", ""), *rows[1:]), **july)
    reference = first.references.get()
    assert (str(reference), reference.target, reference.by_hand) == ("1.3", third, False)
    imports.withdraw(later, **WHO)
    reference = first.references.get()
    assert (str(reference), reference.target, reference.by_hand) == ("1.2", None, True)


def test_what_pointed_at_a_withdrawn_action_waits_again() -> None:
    row = ("1.2", "", "Police", "Audit", "", "", "")
    upload = imported(paper(row), plan_name="Neglect plan")
    first = pointing(make_plan(), "7", other="Neglect plan")
    match_reference(first.references.get(), 1, plan_of(upload).actions.get(), **WHO)
    imports.withdraw(upload, **WHO)
    reference = first.references.get()
    assert (reference.target, reference.by_hand) == (None, False)
    there = imported(paper(("7", *row[1:])), plan_name="Neglect plan")
    assert target(first) == plan_of(there).actions.get()


class TestByHand:
    def test_a_person_says_what_is_meant_and_takes_it_back(self) -> None:
        plan = make_plan()
        first = pointing(plan)
        meant = make_action(plan, numbers=["5"])
        reference = match_reference(first.references.get(), 1, meant, **WHO)
        assert (reference.target, reference.by_hand, reference.version) == (meant, True, 2)
        make_action(plan, numbers=["2.1"])
        assert target(first) == meant
        with pytest.raises(StaleRecord):
            match_reference(reference, 1, None, **WHO)
        reference = open_reference(reference, 2, **WHO)
        assert (reference.target, reference.by_hand) == (plan.actions.get(numbers__text="2.1"), False)
        told = Entry.objects.filter(type="plans.reference_matched").order_by("pk")
        found = reference.target
        assert found
        assert [json.loads(entry.after)["to"] for entry in told] == [meant.reference, "", found.reference]

    def test_words_that_stay_words_are_looked_for_no_more(self) -> None:
        plan = make_plan()
        first = pointing(plan)
        match_reference(first.references.get(), 1, None, **WHO)
        make_action(plan, numbers=["2.1"])
        assert target(first) is None

    def test_nothing_points_at_itself(self) -> None:
        first = pointing(make_plan())
        with pytest.raises(Unacceptable, match="does not point at itself"):
            match_reference(first.references.get(), 1, first, **WHO)


@pytest.mark.parametrize("number", [1, 3, 300])
def test_it_asks_as_often_for_many(number: int) -> None:
    plan, other = make_plan(), make_plan(name="Other plan")
    first, meant = make_action(plan, numbers=["0"]), make_action(other, numbers=["2.1"], refresh=False)
    Reference.objects.bulk_create(
        Reference(action=first, kind="other_plan", plan_text="Other plan", number="2.1")
        for _ in range(number)
    )
    resolve = deed(resolve_references)
    with CaptureQueriesContext(connection) as asked:
        resolve(other, by=BY)
    # What waits, the plan named, its actions, those placed in it; both ends of the deed, what it writes and tells.
    reads = [query for query in asked if query["sql"].startswith("SELECT")]
    assert len(reads) == 4
    assert Reference.objects.filter(target=meant).count() == number
    with CaptureQueriesContext(connection) as asked:
        resolve_references(other, by=BY)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        resolve_references(other, numbers=[], by=BY)
    assert len(asked) == 0
