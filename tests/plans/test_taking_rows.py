"""The rows of a plan's table as CSV: filtered, ordered, safe in a spreadsheet, and sent while they are read."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.utils import timezone

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans.models import Action
from sightline.plans.reports.lists import HEADINGS as ACROSS
from sightline.plans.reports.lists import cells_now
from sightline.plans.reports.printed import export_plan
from sightline.plans.selectors import printed
from sightline.plans.selectors.listed import HEADINGS
from sightline.plans.services.places import place_action
from tests.plans.making import BY, make_agency, make_group, make_user
from tests.plans.viewing import DAY, many_actions, old_action, old_plan, priority_of, signed_in

pytestmark = pytest.mark.django_db


def rows_of(user: Any, address: str) -> list[dict[str, str]]:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_rows_stand_as_the_page_filters_and_orders_them() -> None:
    police = make_agency("Police")
    plan = old_plan()
    old_action(plan, police, numbers=["1.1"], text="Audit referrals", due="2020-09-30")
    old_action(plan, police, numbers=["1.2"], text="Train all staff", due="2020-06-30")
    old_action(plan, make_group("Panel"), numbers=["1.3"], text="Write the tool")
    unit, address = make_user("unit"), f"/plans/{plan.key}/rows.csv"
    assert tuple(rows_of(unit, address)[0]) == (*HEADINGS, "Belongs to")
    assert [row["Number"] for row in rows_of(unit, address)] == ["1.1", "1.2", "1.3"]
    narrowed = rows_of(unit, f"{address}?owner=agency:police&sort=timescale")
    assert [(row["Number"], row["Owners"], row["Due"], row["State"]) for row in narrowed] == [
        ("1.2", "Police", "2020-06-30", "Not started"),
        ("1.1", "Police", "2020-09-30", "Not started"),
    ]
    entry = Entry.objects.filter(type="plans.plan_exported").latest("pk")
    assert entry.after_values == {"format": "csv", "actions": 2}


def test_nobody_takes_away_what_they_may_not_read() -> None:
    plan = old_plan()
    old_action(plan, text="For all")
    old_action(plan, make_agency("Police"), text="For some", tier=Tier.T2)
    address = f"/plans/{plan.key}/rows.csv"
    assert [row["Action"] for row in rows_of(make_user("owner", "agency", "health"), address)] == ["For all"]
    assert len(rows_of(make_user("unit"), address)) == 2
    old_plan(name="Closed to most", tier=Tier.T2)
    response = signed_in(make_user("owner", "agency", "health")).get("/plans/closed-to-most/rows.csv")
    assert response.status_code == 404


def test_no_cell_is_run_by_a_spreadsheet_program() -> None:
    plan = old_plan()
    old_action(plan, text="=HYPERLINK(1)\r\nand more")
    [row] = rows_of(make_user("unit"), f"/plans/{plan.key}/rows.csv")
    assert row["Action"] == "'=HYPERLINK(1)\nand more"


@pytest.mark.parametrize("number", [1, 3, 300])
def test_it_asks_as_often_for_many_rows(number: int, django_assert_max_num_queries: Any) -> None:
    plan = old_plan()
    many_actions(plan, number, make_group())
    client = signed_in(make_user("unit"))
    with django_assert_max_num_queries(12) as asked:
        response = client.get(f"/plans/{plan.key}/rows.csv")
        assert b"".join(response.streaming_content).count(b"\r\n") == number + 1
    assert len(asked) == 9


def test_the_page_offers_it_with_the_filter_kept() -> None:
    plan = old_plan()
    old_action(plan)
    page = signed_in(make_user("unit")).get(f"/plans/{plan.key}/?state=open").content.decode()
    assert f'href="/plans/{plan.key}/rows.csv?state=open"' in page


def printed_plan_of_many() -> Any:
    """A plan with bands, an empty priority, strands, a row that left the paper, and cells a spreadsheet would run."""
    plan, police = old_plan(), make_agency("Police")
    first, second = priority_of(plan), priority_of(plan, "2", "Nothing stands under it")
    third = priority_of(plan, "3", "Homes are safe")
    for place, priority in enumerate((first, first, third, None, third)):
        old_action(
            plan,
            police,
            numbers=[f"1.{place}"],
            text=f"=Action {place}\r\nand more",
            priority=priority,
            order=place,
        )
    gone = old_action(plan, text="Left the paper", order=9)
    Action.objects.filter(pk=gone.pk).update(gone_from_document_on=DAY)
    assert second.pk
    elsewhere = old_action(old_plan(name="Kept elsewhere"), police, text="=Ask every child")
    place_action(elsewhere, plan, number="3.9", as_at=DAY, by=BY, now=timezone.now())
    return plan


@pytest.mark.parametrize("at_once", [1, 2, 1_000])
def test_a_plan_sent_while_it_is_read_is_the_plan_made_whole(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, unit = printed_plan_of_many(), make_user("unit")
    monkeypatch.setattr("sightline.plans.selectors.printed.AT_ONCE", at_once)
    response = signed_in(unit).get(f"/plans/{plan.key}/export/csv/")
    sent = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert sent == export_plan(plan, "csv", user=unit, by=BY, on=timezone.localdate())
    assert "attachment" in response["Content-Disposition"]
    assert Entry.objects.filter(type="plans.plan_exported").first().after_values == {
        "format": "csv",
        "actions": 6,
    }  # type: ignore[union-attr]


def test_an_empty_plan_is_sent_with_its_headings() -> None:
    plan, unit = old_plan(), make_user("unit")
    response = signed_in(unit).get(f"/plans/{plan.key}/export/csv/")
    assert b"".join(response.streaming_content) == export_plan(
        plan, "csv", user=unit, by=BY, on=timezone.localdate()
    )  # type: ignore[attr-defined]


def test_no_more_than_a_part_of_a_plan_is_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is let go before more is read: each question asks for two actions, whatever was sent before."""
    plan, asked = printed_plan_of_many(), []
    monkeypatch.setattr(printed, "AT_ONCE", 2)
    page = printed.printed_page

    def watched(actions: Any, **given: Any) -> Any:
        asked.append(len(actions))
        return page(actions, **given)

    monkeypatch.setattr(printed, "printed_page", watched)
    rows = printed.printed_in_parts(plan, Action.objects.all())
    assert (next(rows).reference, asked) == ("SL-00001", [2])
    assert (len(list(rows)), asked) == (5, [2, 2, 2])


def test_nobody_is_sent_a_row_they_may_not_read() -> None:
    plan = old_plan()
    old_action(plan, text="For all")
    old_action(plan, make_agency("Police"), text="For some", tier=Tier.T2)
    sent = [
        b"".join(signed_in(user).get(f"/plans/{plan.key}/export/csv/").streaming_content).decode()  # type: ignore[attr-defined]
        for user in (make_user("owner", "agency", "health"), make_user("unit"))
    ]
    assert ["For some" in text for text in sent] == [False, True]


def test_a_list_across_plans_is_sent_a_part_at_a_time() -> None:
    plan = old_plan()
    many_actions(plan, 5, make_group())
    cells = cells_now(Action.objects.order_by("pk"))
    first = next(cells)
    assert dict(zip(ACROSS, first, strict=True)) | {"Reference": ""} == {
        "Reference": "", "No.": "", "Action": "Action 0", "Plan": "Children first", "Priority": "Priority 1",
        "Owners": "", "Timescale": "", "Due": "", "State": "Not started", "Delivery": "Not rated",
        "Impact": "Not yet known", "Embedding": "No test set", "To look at": "Overdue", "Last update on": "",
        "Last update": "",
    }  # fmt: skip
    assert len(list(cells)) == 4
