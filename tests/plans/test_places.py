"""One action in several plans: each plan's number, one home, and nothing shown to who may not read it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState
from sightline.plans.models import Placement, Plan, StateChange
from sightline.plans.reports.printed import export_plan, export_plan_then
from sightline.plans.selectors.exceptions import exceptions_for
from sightline.plans.selectors.imports import merge_of, rows_of
from sightline.plans.selectors.printed import printed_rows
from sightline.plans.services.places import end_place, place_action
from tests.plans.imports.papers import TWINS, imported, plan_of, read, uploaded
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.test_views_planning import said, today
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db
AS: dict[str, Any] = {"by": BY, "now": NOW}


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
    assert "| 3.2 |" in sent
    assert "Ask every child | Home plan" in sent
    assert services.refresh_all(now=NOW) == 2


def test_looking_back_shows_what_was_placed_then_and_how_it_stood(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, text="Ask every child", numbers=["2.11"])
    old_action(other, numbers=["1.1"])
    place = place_action(action, other, number="3.2", as_at=DAY, by=BY, now=THEN)
    later = THEN + timedelta(days=60)
    services.edit_action(action, action.version, {"text": "Ask some children"}, by=BY, now=later)
    services.rate(action, Dimension.DELIVERY, "red", as_at=later.date(), by=BY, now=later)
    place.refresh_from_db()
    ended = later + timedelta(days=60)
    end_place(place, as_at=ended.date(), by=BY, now=ended)
    client = signed_in(make_user("unit"))

    def stood(plan: Plan, day: date) -> list[tuple[str, str, str]]:
        page = client.get(f"/plans/{plan.key}/?as_at={day.isoformat()}").context["page"]
        assert any(action.reference in row.href for row in page.listing.rows) is (plan == home)
        return [(row.number, row.text, row.delivery) for row in page.placed]

    assert stood(other, DAY) == [("3.2", "Ask every child", "not_rated")]
    assert stood(other, later.date()) == [("3.2", "Ask some children", "red")]
    assert stood(other, ended.date()) == []
    assert stood(home, DAY) == []
    given: dict[str, Any] = {"user": make_user("unit"), "by": BY, "on": DAY}
    sent = json.loads(export_plan_then(other, "json", **given))
    assert [row["number"] for row in sent["also_here"]] == ["3.2"]
    assert [row["reference"] for row in sent["actions"]] != [action.reference]
    assert "Ask every child" in export_plan_then(other, "csv", **given).decode()


def test_looking_back_shows_nobody_what_they_may_not_read(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, make_agency("Owner"), text="Sealed words", tier=Tier.T2)
    place_action(action, other, number="3.2", as_at=DAY, by=BY, now=THEN)
    for user, shown in ((make_user("owner", "agency", make_agency().key), 0), (make_user("unit"), 1)):
        address = f"/plans/{other.key}/?as_at={DAY.isoformat()}"
        assert len(signed_in(user).get(address).context["page"].placed) == shown
        sent = export_plan_then(other, "json", user=user, by=BY, on=DAY).decode()
        assert (action.reference in sent) is bool(shown)
        rows = b"".join(signed_in(user).get(f"/plans/{other.key}/rows.csv").streaming_content).decode()  # type: ignore[attr-defined]
        assert (action.reference in rows) is bool(shown)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "md", "html"])
def test_files_hold_it_under_the_plans_number_and_come_back_to_the_same_plan(ending: str) -> None:
    plan = plan_of(imported((TWINS / "plan.txt").read_bytes()))
    for number in ("3.2", "3.3"):
        home = make_plan(name=f"Home of {number}")
        place_action(make_action(home, text="Ask every child"), plan, number=number, as_at=TODAY, **AS)
    sent = export_plan(plan, ending, user=make_user("unit"), by=BY, on=TODAY)
    after = read(sent, ending)
    assert [row.reference for row in after.rows] == [row.reference for row in printed_rows(plan)]
    words_set_aside = [notice.message for notice in after.leftovers]
    assert [text.split("\t")[0] for text in words_set_aside[-2:]] == ["3.2", "3.3"]
    assert "Ask every child\tHome of 3.2" in words_set_aside[-2]
    upload = uploaded(sent, ending, plan=plan)
    assert merge_of(upload, plan, rows_of(upload).kept).changes_nothing


def test_the_rows_of_a_plan_as_csv_hold_it_with_the_plan_it_belongs_to(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, text="Ask every child", numbers=["2.11"])
    own = old_action(other, text="Train all", numbers=["1.1"])
    place_action(action, other, number="3.2", priority=priority_of(other, "3"), as_at=TODAY, **AS)
    answer = signed_in(make_user("unit")).get(f"/plans/{other.key}/rows.csv")
    sent = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(sent)))
    assert [(r["Reference"], r["Number"], r["Priority"], r["Action"], r["Belongs to"]) for r in rows] == [
        (own.reference, "1.1", "", "Train all", "Other plan"),
        (action.reference, "3.2", "3", "Ask every child", "Home plan"),
    ]


def test_a_thread_holds_it_under_the_priority_of_the_other_plan(plans: tuple[Plan, Plan]) -> None:
    home, other = plans
    action = old_action(home, text="Ask every child", numbers=["2.11"])
    sealed = old_plan(make_group(), name="Sealed plan", tier=Tier.T2)
    priority = priority_of(other, "3", "Voice")
    place_action(action, other, number="3.2", priority=priority, as_at=TODAY, **AS)
    place_action(action, sealed, number="9", as_at=TODAY, **AS)
    reader = signed_in(make_user("owner", "agency", make_agency().key))

    def promised(address: str) -> list[tuple[str, list[str]]]:
        page = reader.get(address).context["page"]
        items = next(step.items for step in page.steps if step.key == "promised")
        return [(item.words, [d for d in item.details if d.startswith("Also")]) for item in items]

    also = ["Also stands as 3.2 in Other plan, under Priority 3: Voice"]
    assert promised(f"/line-of-sight/priority/{priority.pk}/") == [("2.11 Ask every child", also)]
    assert promised(f"/line-of-sight/action/{action.reference}/") == [("2.11 Ask every child", also)]
    end_place(Placement.objects.get(plan=other), as_at=TODAY, **AS)
    assert promised(f"/line-of-sight/priority/{priority.pk}/") == []


@pytest.mark.parametrize("number", [1, 3, 300])
def test_looking_back_asks_no_more_for_more_places(number: int, django_assert_max_num_queries: Any) -> None:
    home, other = old_plan(name="Home plan"), old_plan(name="Other plan")
    many_actions(home, number, make_group())
    kept = {"as_at": DAY, "recorded_at": THEN, "entered_by_label": "A test"}
    home.actions.update(opened_on=DAY)
    StateChange.objects.bulk_create(
        StateChange(action=a, to_state="not_started", **kept) for a in home.actions.all()
    )
    client = signed_in(make_user("unit"))
    Placement.objects.bulk_create(
        Placement(
            action=a, plan=other, number=str(a.order), as_at=DAY, recorded_at=THEN, entered_by_label="A test"
        )
        for a in home.actions.all()
    )
    with django_assert_max_num_queries(12):
        page = client.get(f"/plans/{other.key}/?as_at={DAY.isoformat()}").context["page"]
    assert len(page.placed) == number


def test_as_it_stood_for_programs_asks_for_the_strands_of_all_priorities_at_once(
    plans: tuple[Plan, Plan],
) -> None:
    home, client = plans[0], signed_in(make_user("unit"))
    for number in ("1", "2", "3"):
        priority = priority_of(home, number, f"Voice {number}")
        services.add_strand(priority, title=f"Schools {number}", by=BY, now=THEN)
        old_action(home, priority=priority)
    sent = client.get(f"/plans/{home.key}/export/json/?as_at={DAY.isoformat()}").content
    found = [strand["title"] for each in json.loads(sent)["priorities"] for strand in each["strands"]]
    assert found == ["Schools 1", "Schools 2", "Schools 3"]
