"""The rows of a plan's table as CSV: filtered, ordered, safe in a spreadsheet, and sent while they are read."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans.selectors.listed import HEADINGS
from tests.plans.making import make_agency, make_group, make_user
from tests.plans.viewing import many_actions, old_action, old_plan, signed_in

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
    assert tuple(rows_of(unit, address)[0]) == HEADINGS
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
