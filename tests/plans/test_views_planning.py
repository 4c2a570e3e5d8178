"""A plan written by hand: started, given its structure, approved, closed; two people at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from sightline.partners.models import Group
from sightline.plans import services
from sightline.plans.choices import PlanState
from sightline.plans.models import Action, Plan
from sightline.plans.pages import planning as pages
from sightline.plans.pages.planning import PriorityShown
from sightline.plans.rules.states import plan_moves_from
from tests.plans.making import BY, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, outcome_of, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group("Neglect group")


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def today(name: str = "as_at") -> dict[str, str]:
    return day(name, timezone.localdate())


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def head(group: Group, **more: Any) -> dict[str, Any]:
    return {"name": "New", "group": group.pk, "period_raw": "2020 to 2022", "tier": "T1", **more}


def test_an_empty_plan_is_started(group: Group, unit: Any) -> None:
    response = signed_in(unit).post("/plans/new/", {**head(group), **day("starts_on", DAY)})
    plan = Plan.objects.get()
    # "new" is a word of addresses: the plan of that name gets another key.
    assert (response["Location"], plan.key) == ("/plans/new-2/edit/", "new-2")
    assert (plan.name, plan.group, plan.period_raw, plan.starts_on, plan.state) == (
        "New", group, "2020 to 2022", DAY, "draft",
    )  # fmt: skip
    assert said(response) == ["New was started. Now add its first priority."]


def test_dates_out_of_order_are_refused_beside_their_boxes(group: Group, unit: Any) -> None:
    answers = {**head(group), **day("starts_on", DAY), **day("ends_on", date(2019, 1, 1))}
    refused = signed_in(unit).post("/plans/new/", answers)
    assert (refused.status_code, refused.context["form"].errors["ends_on"]) == (
        422,
        ["The plan ends before it starts."],
    )


def test_the_structure_is_shown_as_printed(group: Group) -> None:
    plan = old_plan(group)
    one, two = priority_of(plan), priority_of(plan, "2", "Priority 2")
    outcome = outcome_of(one)
    old_action(plan, priority=one)
    page = pages.planning_page(plan)
    assert page.priorities == (
        PriorityShown(
            one.pk, "Priority 1: Neglect is seen early", "", ((outcome.pk, outcome.text),), "1 action"
        ),
        PriorityShown(two.pk, "Priority 2", "", (), "0 actions"),
    )
    assert [(row.key, row.value) for row in page.facts] == [
        ("Name", "Children first"), ("Group", "Neglect group"), ("State", "Draft"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_structure_asks_no_more_for_more_priorities(
    group: Group, unit: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    plan = old_plan(group)
    for place in range(number):
        outcome_of(priority_of(plan, str(place)))
    client = signed_in(unit)
    with django_assert_max_num_queries(12) as asked:
        assert client.get(f"/plans/{plan.key}/edit/").status_code == 200
    assert len(asked) == 6


def test_what_is_printed_over_a_plan_is_changed_and_a_stale_change_is_told(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    client, address = signed_in(unit), f"/plans/{plan.key}/edit/head/"
    first = client.get(address).context["form"]
    assert (first["name"].value(), first["group"].value(), first["seen"].value()) == (
        "Children first", group.pk, "1",
    )  # fmt: skip
    answers = {**head(group, name="Neglect plan"), "seen": "1"}
    assert client.post(address, answers).status_code == 302
    stale = client.post(address, {**answers, "name": "Other"})
    assert (stale.status_code, Plan.objects.get().name) == (422, "Neglect plan")
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [
        ("Name", "Neglect plan"), ("Group", "Neglect group"), ("Period", "2020 to 2022"), ("State", "Draft"),
    ]  # fmt: skip


def test_a_plan_is_approved_with_its_group_and_minute(group: Group) -> None:
    plan = old_plan(group)
    executive = make_user("executive")
    client, address = signed_in(executive), f"/plans/{plan.key}/state/"
    form = client.get(address).context["form"]
    assert [value for value, _ in form.fields["to"].choices] == ["approved"]
    answers = {"seen": "draft", "to": "approved", "group": group.pk, "minute": "", "reason": "", **today()}
    refused = client.post(address, answers)
    assert "Say which group approved the plan" in refused.content.decode()
    kept = client.post(address, {**answers, "minute": "Item 6"})
    change = plan.changes.get(to_state="approved")
    assert (kept["Location"], change.group, change.minute, change.entered_by) == (
        f"/plans/{plan.key}/", group, "Item 6", executive,
    )  # fmt: skip
    assert client.get(address).status_code == 403


def test_a_plan_approved_meanwhile_is_not_approved_twice(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    services.change_plan_state(plan, PlanState.APPROVED, as_at=DAY, group=group, minute="1", by=BY, now=THEN)
    form = signed_in(unit).get(f"/plans/{plan.key}/state/").context["form"]
    assert ("group" in form.fields, [value for value, _ in form.fields["to"].choices]) == (
        False,
        ["draft", "in_force"],
    )
    stale = signed_in(unit).post(f"/plans/{plan.key}/state/", {"seen": "draft", "to": "in_force", **today()})
    assert (stale.status_code, Plan.objects.get().state) == (422, "approved")
    done = signed_in(unit).post(
        f"/plans/{plan.key}/state/", {"seen": "approved", "to": "in_force", **today()}
    )
    assert (done.status_code, Plan.objects.get().state) == (302, "in_force")


def test_priorities_and_outcomes_are_added_and_changed(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    client, home = signed_in(unit), f"/plans/{plan.key}"
    added = client.post(f"{home}/priorities/new/", {"number": "1", "title": "Neglect", "aim": "Seen early"})
    priority = plan.priorities.get()
    assert (said(added), priority.title, priority.aim) == (["Priority 1 was added."], "Neglect", "Seen early")
    answers = {"seen": "1", "number": "1", "title": "Neglect seen", "aim": ""}
    assert client.post(f"{home}/priorities/{priority.pk}/", answers).status_code == 302
    stale = client.post(f"{home}/priorities/{priority.pk}/", answers)
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [
        ("Number", "1"), ("Title", "Neglect seen"),
    ]  # fmt: skip
    client.post(f"{home}/priorities/{priority.pk}/outcomes/new/", {"text": "Children are fed"})
    outcome = priority.outcomes.get()
    assert client.get(f"{home}/outcomes/{outcome.pk}/").context["form"]["text"].value() == "Children are fed"
    changed = {"seen": "1", "text": "Children are fed daily"}
    assert client.post(f"{home}/outcomes/{outcome.pk}/", changed).status_code == 302
    stale = client.post(f"{home}/outcomes/{outcome.pk}/", changed)
    assert [row.value for row in stale.context["page"].theirs] == ["Children are fed daily"]
    assert client.get(f"{home}/priorities/{priority.pk + 1}/").status_code == 404


def test_the_screens_offer_the_moves_of_the_table_of_plans_and_no_others(group: Group, unit: Any) -> None:
    plan, client = old_plan(group), signed_in(unit)
    for state in PlanState:
        Plan.objects.filter(pk=plan.pk).update(state=state)
        form = client.get(f"/plans/{plan.key}/state/").context["form"]
        offered = {value for value, _ in form.fields["to"].choices}
        page = words(client.get(f"/plans/{plan.key}/"))
        free = {move.to_state for move in plan_moves_from(state)} - {PlanState.ROLLED_OVER}
        assert (f"/plans/{plan.key}/state/" in page) == bool(free)
        # Rolling over has its own way in: what becomes of each action is chosen first.
        if "Roll over into the next plan" in page:
            offered |= {PlanState.ROLLED_OVER}
        assert offered == {move.to_state for move in plan_moves_from(state)}


def test_an_action_is_added_by_hand_and_read_as_paper_is(group: Group, unit: Any) -> None:
    plan, police = old_plan(group), make_agency("Wealdshire Police")
    outcome = outcome_of(priority_of(plan))
    form = (
        signed_in(unit).get(f"/plans/{plan.key}/actions/new/?priority={outcome.priority_id}").context["form"]
    )
    assert form["priority"].value() == str(outcome.priority_id)
    answers = {
        "numbers": "1.1 & 1.2", "text": "Audit", "items": "Files", "priority": "", "outcome": outcome.pk,
        "owners": "wealdshire police\nSomebody", "timescale": "By 30 September 2031", **today(),
    }  # fmt: skip
    response = signed_in(unit).post(f"/plans/{plan.key}/actions/new/", answers)
    action = Action.objects.get()
    assert said(response) == [f"{action.reference} was added to the plan."]
    assert (action.text, action.items, action.priority, action.outcome, action.current_due_on) == (
        "Audit", ["Files"], outcome.priority, outcome, date(2031, 9, 30),
    )  # fmt: skip
    assert [(owner.raw, owner.party) for owner in action.owners.all()] == [
        ("wealdshire police", police), ("Somebody", None),
    ]  # fmt: skip
    assert [number.text for number in action.numbers.all()] == ["1.1", "1.2"]


def test_an_action_by_hand_needs_an_outcome_of_its_priority(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    outcome, other = outcome_of(priority_of(plan)), priority_of(plan, "2")
    answers = {"text": "Audit", "priority": other.pk, "outcome": outcome.pk, **today()}
    refused = signed_in(unit).post(f"/plans/{plan.key}/actions/new/", answers)
    assert refused.context["form"].errors["outcome"] == [
        "This difference belongs to another priority. Choose both to fit."
    ]
    plain = signed_in(unit).post(f"/plans/{plan.key}/actions/new/", {"text": "Audit", **today()})
    assert (plain.status_code, Action.objects.get().timescales.count()) == (302, 0)
