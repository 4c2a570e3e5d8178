"""One action in several plans: each plan's number, one home, and nothing shown to who may not read it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Tier
from sightline.partners.choices import Unacceptable
from sightline.plans import services
from sightline.plans.choices import PlanState
from sightline.plans.models import Placement, Plan
from sightline.plans.reports.printed import export_plan
from sightline.plans.selectors.exceptions import exceptions_for
from sightline.plans.services.places import end_place, place_action
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.test_views_planning import said, today
from tests.plans.viewing import many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db
AS = {"by": BY, "now": NOW}


@pytest.fixture
def plans() -> tuple[Plan, Plan]:
    return old_plan(make_group(), name="Home plan"), old_plan(make_group(), name="Other plan")


def test_an_action_stands_in_another_plan_under_its_number(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, text="Ask every child", numbers=["2.11"])
    priority_of(other, "3", "Voice")
    client, address = signed_in(make_user("unit")), f"/actions/{action.reference}"
    form = client.get(f"{address}/places/new/").context["form"]
    assert [plan.name for plan in form.fields["plan"].queryset] == ["Other plan"]
    answers = {"plan": other.pk, "number": "3.2", "priority": "3", "reason": "One audit", **today()}
    placed = client.post(f"{address}/places/new/", answers)
    assert said(placed) == ["It stands in “Other plan” as well now. It still belongs to “Home plan”."]
    assert "Also stands as 3.2 in" in words(client.get(f"{address}/"))
    (row,) = client.get(f"/plans/{other.key}/").context["page"].placed
    assert (row.number, row.text, row.home, row.priority) == (
        "3.2",
        "Ask every child",
        "Home plan",
        "Priority 3",
    )
    assert client.get(f"/plans/{home.key}/").context["page"].placed == ()
    place = Placement.objects.get()
    ended = client.post(f"{address}/places/{place.pk}/end/")
    assert said(ended) == ["It stands in “Other plan” no longer."]
    assert client.get(f"/plans/{other.key}/").context["page"].placed == ()
    assert client.post(f"{address}/places/{place.pk}/end/").status_code == 404


def test_what_is_no_place_is_refused(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action, ended = make_action(home), make_plan(name="Ended", state=PlanState.CLOSED)
    elsewhere = priority_of(home)
    place_action(action, other, as_at=TODAY, **AS)
    for plan, given, field in (
        (home, {}, "plan"), (ended, {}, "plan"), (other, {}, "plan"),
        (make_plan(name="New"), {"priority": elsewhere}, "priority"),
        (make_plan(name="N"), {"as_at": date(2027, 1, 1)}, "as_at"),
    ):  # fmt: skip
        with pytest.raises(Unacceptable) as refused:
            place_action(action, plan, **{"as_at": TODAY, **given}, **AS)
        assert list(refused.value.problems) == [field]
    client = signed_in(make_user("unit"))
    answers = {"plan": make_plan(name="Third").pk, "priority": "9", **today()}
    refused_page = client.post(f"/actions/{action.reference}/places/new/", answers)
    assert "That plan has no priority with this number." in words(refused_page)


def test_a_place_is_ended_once(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    place = place_action(make_action(home), other, as_at=TODAY, **AS)
    with pytest.raises(Unacceptable):
        end_place(place, as_at=date(2026, 6, 1), **AS)
    end_place(place, as_at=TODAY, **AS)
    with pytest.raises(StaleRecord):
        end_place(place, as_at=TODAY, **AS)


def test_the_exception_report_of_the_other_plan_has_it_under_that_number(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = make_action(home, due="2026-01-31", as_at=date(2026, 1, 5), numbers=["2.11"])
    make_action(other, due="2026-01-31", as_at=date(2026, 1, 5), numbers=["1.1"])
    unit = make_user("unit")
    assert [row.number for row in exceptions_for(unit, None, TODAY, other)] == ["1.1"]
    place = place_action(action, other, number="3.2", as_at=date(2026, 6, 1), **AS)
    rows = exceptions_for(unit, None, TODAY, other)
    assert [(row.number, row.plan) for row in rows] == [("3.2", "Home plan"), ("1.1", "Other plan")]
    # As at a day before it stood there, it is not among them.
    assert [row.number for row in exceptions_for(unit, None, date(2026, 5, 31), other)] == ["1.1"]
    assert [row.number for row in exceptions_for(unit, None, TODAY, home)] == ["2.11"]
    end_place(place, as_at=TODAY, **AS)
    assert [row.number for row in exceptions_for(unit, None, TODAY, other)] == ["1.1"]


def test_who_may_not_read_the_action_does_not_see_it_there(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, make_agency("Owner"), text="Sealed words", tier=Tier.T2)
    place_action(action, other, number="3.2", as_at=TODAY, **AS)
    reader, unit = make_user("owner", "agency", make_agency().key), make_user("unit")
    for user, shown in ((reader, False), (unit, True)):
        assert ("Sealed words" in words(signed_in(user).get(f"/plans/{other.key}/"))) is shown
        for format in ("json", "md"):
            sent = export_plan(other, format, user=user, by=BY, on=TODAY).decode()
            assert (action.reference in sent) is shown
        found = exceptions_for(user, None, date(2027, 1, 1), other)
        assert ([row.number for row in found] == ["3.2"]) is shown


def test_a_plan_that_may_not_be_read_is_not_named_on_the_action() -> None:
    sealed = old_plan(make_group(), name="Sealed plan", tier=Tier.T2)
    action = old_action(old_plan(name="Home plan"))
    place = place_action(action, sealed, number="9", as_at=TODAY, **AS)
    reader = signed_in(make_user("owner", "agency", make_agency().key))
    assert "Sealed" not in words(reader.get(f"/actions/{action.reference}/"))
    assert "Sealed plan" in words(signed_in(make_user("unit")).get(f"/actions/{action.reference}/"))
    assert place.pk


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_plan_asks_no_more_for_more_places(number: int, django_assert_max_num_queries: Any) -> None:
    home, other = old_plan(name="Home plan"), old_plan(name="Other plan")
    many_actions(home, number, make_group())
    client = signed_in(make_user("unit"))
    with django_assert_max_num_queries(12) as without:
        client.get(f"/plans/{other.key}/")
    Placement.objects.bulk_create(
        Placement(
            action=a, plan=other, number=str(a.order), as_at=TODAY, recorded_at=NOW, entered_by_label="A test"
        )
        for a in home.actions.all()
    )
    with django_assert_max_num_queries(12) as with_places:
        page = client.get(f"/plans/{other.key}/").context["page"]
    assert (len(page.placed), len(with_places) - len(without)) == (number, 1)


def test_exports_name_it_below_the_table_and_come_back_to_the_same_plan(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    priority_of(other)
    make_action(other, priority=other.priorities.get())
    place_action(make_action(home, text="Ask every child"), other, number="3.2", as_at=TODAY, **AS)
    sent = export_plan(other, "md", user=make_user("unit"), by=BY, on=TODAY).decode()
    assert "Also in this plan as 3.2: “Ask every child”" in sent.replace("\\", "")
    assert services.refresh_all(now=NOW) == 2
