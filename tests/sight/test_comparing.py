"""What changed between two days of a plan, and between two papers of it: all of it, for whom it may be seen."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from sightline.plans.models import Action, Import, Plan, StateChange, Update
from tests.plans.imports.papers import imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, make_group, make_user
from tests.plans.then.test_plan_then import LATER, LATER_NOW, moved_on
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
DAYS = "from=2020-04-15&to=2020-07-01"


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def page_of(user: Any, plan: Plan, asked: str = DAYS) -> Any:
    return signed_in(user).get(f"/plans/{plan.key}/compare/?{asked}").context["page"]


def told(page: Any) -> dict[str, dict[str, tuple[str, str]]]:
    return {row.words: {c.what: (c.before, c.after) for c in row.changes} for row in page.listing.rows}


def test_everything_that_changed_is_told_as_before_and_after(unit: Any) -> None:
    plan = old_plan()
    action = moved_on(plan, make_group("Neglect group"))
    services.record_evidence(action, EvidenceQuarter.AUDIT, "Seen", dated_on=LATER, by=BY, now=LATER_NOW)
    old_action(plan, text="Untouched", numbers=["3"])
    old_action(plan, text="Begun in June", numbers=["4"], as_at=LATER, now=LATER_NOW)
    assert told(page_of(unit, plan)) == {
        "2.1 Audit one file in ten": {
            "Number": ("1.1", "2.1"),
            "Words": ("Audit every file", "Audit one file in ten"),
            "Priority": ("Priority 1: Neglect is seen early", "Priority 2: Help comes in time"),
            "Owners": ("Neglect group", "Police"),
            "State": ("Not started", "Complete"),
            "Delivery": ("Amber", "Green"),
            "Date": ("30 April 2020", "30 September 2020"),
            "Updates": ("", "1 came: All are done."),
            "Evidence": ("", "2 came: Data · Audit"),
        },
        "4 Begun in June": {"New": ("", "Not kept here on the first day")},
    }


def test_what_was_moved_back_again_says_so(unit: Any) -> None:
    plan = old_plan()
    action = old_action(plan)
    services.block(action, "No money", as_at=date(2020, 5, 1), by=BY, now=LATER_NOW)
    services.unblock(action, as_at=date(2020, 5, 20), by=BY, now=LATER_NOW)
    (row,) = page_of(unit, plan).listing.rows
    assert row.changes == ()
    text = words(signed_in(unit).get(f"/plans/{plan.key}/compare/?{DAYS}"))
    assert "Something was recorded, and it stands as it stood on the first day." in text


def test_what_stands_in_the_way_is_compared_as_of_each_day(unit: Any) -> None:
    plan = old_plan()
    action, needed = (
        old_action(plan, text="Waiting", numbers=["1"]),
        old_action(plan, text="Needed", numbers=["2"]),
    )
    waits = services.add_dependency(action, needed, as_at=DAY, by=BY, now=THEN)
    services.end_dependency(waits, as_at=LATER, by=BY, now=LATER_NOW)
    assert told(page_of(unit, plan)) == {
        "1 Waiting": {"In the way": (f"Waits for {needed.reference}", "Nothing")}
    }


def test_nothing_changed_says_what_to_do(unit: Any) -> None:
    plan = old_plan()
    old_action(plan)
    text = words(signed_in(unit).get(f"/plans/{plan.key}/compare/?{DAYS}"))
    assert "Nothing was recorded of any action you can see between these two days." in text


def test_what_one_may_not_read_has_not_changed_for_them(unit: Any) -> None:
    plan = old_plan()
    old_action(plan, text="For few", tier=Tier.T2, as_at=LATER, now=LATER_NOW)
    outsider = make_user("owner", "group", make_group().key)
    assert told(page_of(outsider, plan)) == {}
    assert str(page_of(outsider, plan).listing.count) == "0 actions changed"
    away = signed_in(outsider).get(f"/plans/{plan.key}/compare/download/csv/?{DAYS}")
    assert "For few" not in away.content.decode()
    assert (len(told(page_of(unit, plan))), page_of(unit, plan).tier) == (1, "T2")
    hidden = old_plan(tier=Tier.T2, name="Hidden plan")
    assert signed_in(outsider).get(f"/plans/{hidden.key}/compare/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=banana&to=2020-07-01", "The address names no two days that can be read."),
        ("from=2020-07-01", "The address names no two days that can be read."),
        ("from=2020-07-01&to=2020-07-01", "The second day must be later than the first."),
        ("from=2020-07-01&to=9999-01-01", "1 January 9999 has not come yet."),
        ("from=0001-01-01&to=2020-07-01", "The first day lies before anything kept here."),
        ("first-day=31&first-month=2&first-year=2020&second-day=1&second-month=3&second-year=2020",
         "The first day must be a real date"),
    ],
)  # fmt: skip
def test_days_that_are_none_give_a_sentence(unit: Any, asked: str, sentence: str) -> None:
    answer = signed_in(unit).get(f"/plans/{old_plan().key}/compare/?{asked}")
    assert (answer.status_code, sentence in words(answer)) == (200, True)


def test_the_days_may_be_typed_and_stay_in_every_link(unit: Any) -> None:
    plan = old_plan()
    moved_on(plan)
    typed = "first-day=15&first-month=4&first-year=2020&second-day=1&second-month=7&second-year=2020"
    page = page_of(unit, plan, typed)
    assert (page.first, page.second) == (date(2020, 4, 15), date(2020, 7, 1))
    assert page.downloads[0] == ("Word", f"/plans/{plan.key}/compare/download/docx/?{DAYS}")


@pytest.mark.parametrize("number", [1, 300])
def test_the_page_asks_as_often_for_one_as_for_three_hundred(unit: Any, number: int) -> None:
    plan = old_plan()
    many_actions(plan, number, make_group())
    later = {"recorded_at": LATER_NOW, "entered_by_label": "A test"}
    rows = list(Action.objects.filter(plan=plan))
    StateChange.objects.bulk_create(
        StateChange(action=a, to_state="not_started", as_at=DAY, **{**later, "recorded_at": THEN})
        for a in rows
    )
    Update.objects.bulk_create(Update(action=a, text="News", as_at=LATER, **later) for a in rows)
    client = signed_in(unit)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/plans/{plan.key}/compare/?{DAYS}").context["page"]
    assert len(page.listing.rows) == min(number, 50)
    assert len(asked) <= 12
    assert ASKED.setdefault("compare", len(asked)) == len(asked)


# What one number of actions asked for, the others must ask for too.
ASKED: dict[str, int] = {}


@pytest.mark.parametrize(("format", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_comparison_is_taken_away_and_journalled(unit: Any, format: str, begins: bytes) -> None:
    plan = old_plan(name="Neglect plan")
    moved_on(plan)
    answer = signed_in(unit).get(f"/plans/{plan.key}/compare/download/{format}/?{DAYS}")
    assert answer.content.startswith(begins)
    assert f"neglect-plan-2020-04-15-to-2020-07-01.{format}" in answer["Content-Disposition"]
    assert Entry.objects.filter(type__endswith="comparison_taken").count() == 1
    assert signed_in(unit).get(f"/plans/{plan.key}/compare/download/exe/?{DAYS}").status_code == 404


# Two papers


def two_papers() -> tuple[Import, Import]:
    first = imported(paper(["1", "", "Police", "Audit files", "", "By 31 March 2026", "Green"],
                           ["2", "", "Police", "Train staff", "", "By 31 May 2026", "Amber"]))  # fmt: skip
    second = paper(["1", "", "Police", "Audit files", "", "By 30 June 2026", "Amber"],
                   ["3", "", "Police", "Ask children what changed", "", "By 31 May 2026", "Green"])  # fmt: skip
    later = {"plan": plan_of(first), "as_at": date(2026, 6, 10), "now": NOW.replace(hour=11)}
    return first, imported(second, **later)


def paper_page(user: Any, upload: Import, asked: str = "") -> Any:
    return signed_in(user).get(f"/imports/{upload.pk}/compare/?{asked}").context["page"]


def test_two_papers_are_compared_row_by_row(unit: Any) -> None:
    first, second = two_papers()
    assert told(paper_page(unit, second)) == {
        "1 Audit files": {
            "Timescale": ("By 31 March 2026", "By 30 June 2026"),
            "Delivery rating": ("Green", "Amber"),
        },
        "3 Ask children what changed": {"New": ("", "Not in the former paper")},
        "2 Train staff": {"Gone": ("In the former paper", "")},
    }
    back = paper_page(unit, first, f"with={second.pk}")
    assert back.other == second
    assert "2 Train staff" in told(back)


def test_a_paper_alone_says_so(unit: Any) -> None:
    only = imported(paper(["1", "", "Police", "Audit files", "", "By 31 March 2026", "Green"]))
    text = words(signed_in(unit).get(f"/imports/{only.pk}/compare/"))
    assert "There is no other paper to compare with" in text


def test_rows_of_actions_one_may_not_read_are_in_neither_paper(unit: Any) -> None:
    first, second = two_papers()
    gone = Action.objects.get(text="Train staff")
    new = Action.objects.get(text="Ask children what changed")
    Action.objects.filter(pk__in=[gone.pk, new.pk]).update(tier=Tier.T2)
    outsider = make_user("owner", "group", make_group().key)
    assert set(told(paper_page(outsider, second))) == {"1 Audit files"}
    away = signed_in(outsider).get(f"/imports/{second.pk}/compare/download/csv/")
    assert "Train staff" not in away.content.decode()
    waiting = uploaded(paper(["9", "", "", "For few", "", "", ""]), plan=plan_of(first))
    assert signed_in(outsider).get(f"/imports/{waiting.pk}/compare/").status_code == 404
    assert signed_in(unit).get(f"/imports/{waiting.pk}/compare/").status_code == 200
    assert len(paper_page(outsider, second).others) == 1


def test_two_papers_are_taken_away(unit: Any) -> None:
    _, second = two_papers()
    answer = signed_in(unit).get(f"/imports/{second.pk}/compare/download/csv/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["1 Audit files", "Timescale", "By 31 March 2026", "By 30 June 2026"] in rows
    assert signed_in(unit).get(f"/imports/{second.pk}/compare/download/exe/").status_code == 404
