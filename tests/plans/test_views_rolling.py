"""Rolling a plan over on screen: begun, chosen page by page, done, and looked at afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from sightline.events.choices import Tier
from sightline.jobs.worker import run_all
from sightline.plans.choices import PlanState
from sightline.plans.models import Action, Plan, RollOver
from sightline.plans.pages import rolling as pages
from tests.plans.making import complete, make_agency, make_group, make_user
from tests.plans.test_views_planning import said, today
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return old_plan(make_group("Neglect group"), state=PlanState.IN_FORCE)


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def begin(client: Any, plan: Plan, **given: Any) -> RollOver:
    answers = {"next_name": "Children first 2", "period_raw": "", **today(), **given}
    assert client.post(f"/plans/{plan.key}/next/", answers).status_code == 302
    return RollOver.objects.latest("pk")


def choose(client: Any, plan: Plan, chosen: dict[Action, str], query: str = "", **given: Any) -> Any:
    seen = RollOver.objects.latest("pk").version
    rows = {"row": [action.pk for action in chosen]}
    fates = {f"fate-{action.pk}": fate for action, fate in chosen.items() if fate}
    return client.post(f"/plans/{plan.key}/next/{query}", {"seen": seen, **rows, **fates, **given})


def test_a_plan_is_rolled_over_from_the_first_page_to_the_last(plan: Plan, unit: Any) -> None:
    carried, left = old_action(plan), old_action(plan, text="Left behind", numbers=["1.2"])
    client, address = signed_in(unit), f"/plans/{plan.key}/next/"
    assert "Roll over into the next plan" in words(client.get(f"/plans/{plan.key}/"))
    begin(client, plan)
    page = client.get(address).context["page"]
    assert (page.chosen.undecided, [row.label for row in page.listing.rows]) == (2, ["1.1", "1.2"])
    saved = choose(client, plan, {carried: "carry", left: "leave"}, **{f"reason-{left.pk}": "Ends soon"})
    assert said(saved) == ["What you chose was saved."]
    page = client.get(address).context["page"]
    assert [(row.fate, row.reason) for row in page.listing.rows] == [
        ("Carry into the next plan", ""), ("Leave it in this plan", "Ends soon"),
    ]  # fmt: skip
    waiting = client.post(f"{address}finish/", {"version": page.roll.version})
    assert waiting["Location"] == address
    assert "waiting for its turn" in words(client.get(address))
    run_all()
    done = client.get(address)
    new = Action.objects.get(carried_from=carried)
    assert [row.to_label for row in done.context["page"].listing.rows] == [new.reference, ""]
    former = words(client.get(f"/actions/{carried.reference}/"))
    assert (
        f'Carried into <a class="govuk-link" href="/actions/{new.reference}/">1.1, {new.reference} of Children'
        in former
    )
    assert f'Carried from <a class="govuk-link" href="/actions/{carried.reference}/">' in words(
        client.get(f"/actions/{new.reference}/")
    )
    old_page, new_page = (words(client.get(f"/plans/{p.key}/")) for p in (plan, new.plan))
    assert f'Rolled over into <a class="govuk-link" href="/plans/{new.plan.key}/">' in old_page
    assert f'Follows <a class="govuk-link" href="/plans/{plan.key}/">' in new_page
    assert "What became of its actions" in old_page


def test_one_answer_does_for_all_the_rest_of_a_page(plan: Plan, unit: Any) -> None:
    one, two, done = old_action(plan), old_action(plan), old_action(plan)
    complete(done, DAY, THEN)
    client = signed_in(unit)
    begin(client, plan)
    choose(client, plan, {one: "carry", two: "", done: ""}, others="close", reason="The board ends")
    page = client.get(f"/plans/{plan.key}/next/").context["page"]
    # What is complete is not closed with the rest: it stays to be decided.
    assert [(row.fate, row.reason) for row in page.listing.rows] == [
        ("Carry into the next plan", ""), ("Close: it will not be done", "The board ends"), ("", ""),
    ]  # fmt: skip
    assert [option.label for option in page.listing.rows[2].options] == ["Carry", "Leave here"]


def test_a_missing_reason_is_said_beside_its_row_and_the_answers_stay(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    client = signed_in(unit)
    begin(client, plan)
    refused = choose(client, plan, {action: "close"})
    (row,) = refused.context["page"].listing.rows
    assert (refused.status_code, row.errors, [o.value for o in row.options if o.is_chosen]) == (
        422, ("Say why it is not carried into the next plan.",), ["close"],
    )  # fmt: skip
    assert RollOver.objects.get().choices.count() == 0


def test_the_second_of_two_people_keeps_their_answers(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    client = signed_in(unit)
    begin(client, plan)
    choose(client, plan, {action: "carry"})
    stale = client.post(
        f"/plans/{plan.key}/next/",
        {"seen": 1, "row": [action.pk], f"fate-{action.pk}": "leave", f"reason-{action.pk}": "Ends"},
    )
    assert "Somebody else has chosen meanwhile" in words(stale)
    (row,) = stale.context["page"].listing.rows
    assert ([o.value for o in row.options if o.is_chosen], row.reason) == (["leave"], "Ends")
    done = client.post(
        f"/plans/{plan.key}/next/",
        {
            "seen": stale.context["page"].form["seen"].value(),
            "row": [action.pk],
            f"fate-{action.pk}": "leave",
            f"reason-{action.pk}": "Ends",
        },
    )
    assert (done.status_code, RollOver.objects.get().choices.get().fate) == (302, "leave")


def test_undecided_actions_are_counted_and_refused(plan: Plan, unit: Any) -> None:
    old_action(plan)
    client = signed_in(unit)
    roll = begin(client, plan)
    refused = client.post(f"/plans/{plan.key}/next/finish/", {"version": roll.version}, follow=True)
    assert "1 action is not decided yet. Nothing was rolled over." in words(refused)
    gone = client.post(f"/plans/{plan.key}/next/give-up/", {"version": "no number"}, follow=True)
    assert RollOver.objects.get().state == "choosing", words(gone)
    client.post(f"/plans/{plan.key}/next/give-up/", {"version": roll.version})
    assert RollOver.objects.get().state == "given_up"
    assert client.post(f"/plans/{plan.key}/next/finish/", {"version": 3}).status_code == 404


def test_the_list_is_narrowed_and_leads_on(plan: Plan, unit: Any) -> None:
    old_action(plan, priority=priority_of(plan), text="Under a priority")
    action = old_action(plan, text="Alone")
    client = signed_in(unit)
    begin(client, plan)
    page = client.get(f"/plans/{plan.key}/next/?words=alone").context["page"]
    assert [row.text for row in page.listing.rows] == ["Alone"]
    priority = plan.priorities.get()
    page = client.get(f"/plans/{plan.key}/next/?priority={priority.pk}").context["page"]
    assert [row.priority for row in page.listing.rows] == ["Priority 1"]
    onwards = choose(client, plan, {action: "carry"}, query="?fate=undecided")
    assert onwards["Location"] == f"/plans/{plan.key}/next/?fate=undecided"
    page = client.get(onwards["Location"]).context["page"]
    assert [row.text for row in page.listing.rows] == ["Under a priority"]


def test_a_choice_for_an_action_of_another_plan_is_passed_over(plan: Plan, unit: Any) -> None:
    other = old_action(old_plan(name="Another"))
    client = signed_in(unit)
    begin(client, plan)
    choose(client, plan, {other: "carry"})
    assert RollOver.objects.get().choices.count() == 0


@pytest.mark.parametrize("number", [1, 3, 300])
def test_choosing_asks_no_more_for_more_actions(
    plan: Plan, unit: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    many_actions(plan, number, make_agency().pk and make_group())
    client = signed_in(unit)
    begin(client, plan)
    with django_assert_max_num_queries(12) as asked:
        assert client.get(f"/plans/{plan.key}/next/").status_code == 200
    assert len(asked) == 9
    rows = {
        "row": list(plan.actions.values_list("pk", flat=True)[: pages.SIZE]),
        "seen": 1,
        "others": "carry",
    }
    with django_assert_max_num_queries(12 + 12):
        assert client.post(f"/plans/{plan.key}/next/", rows).status_code == 302
    assert RollOver.objects.get().choices.count() == min(number, pages.SIZE)


def test_a_next_plan_that_may_not_be_read_is_not_linked(plan: Plan) -> None:
    action = old_action(plan)
    hidden = old_plan(make_group("Closed group"), name="Sealed", tier=Tier.T2)
    client = signed_in(make_user("unit"))
    begin(client, plan, next_plan=hidden.pk, next_name="")
    choose(client, plan, {action: "carry"})
    client.post(f"/plans/{plan.key}/next/finish/", {"version": RollOver.objects.get().version})
    run_all()
    assert hidden.actions.count() == 1
    reader = signed_in(make_user("owner", "agency", make_agency().key))
    for address, shown in (
        (f"/plans/{plan.key}/", "Rolled over"),
        (f"/actions/{action.reference}/", "Superseded"),
    ):
        page = words(reader.get(address))
        assert shown in page
        assert "sealed" not in page.casefold()
