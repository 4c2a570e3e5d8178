"""The lists of actions and of exceptions across plans: filters, orders, pages, files, and a fixed number of queries."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import Dimension
from sightline.plans.services.standings import count_standings
from tests.plans.making import BY, make_action, make_agency, make_group, make_user
from tests.plans.viewing import many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db
LISTS = ("plans:actions", "plans:exceptions")


@pytest.fixture
def unit() -> Client:
    return signed_in(make_user("unit"))


def shown(client: Client, name: str, asked: str = "") -> list[str]:
    return [row.text for row in client.get(reverse(name) + asked).context["page"].listing.rows]


@pytest.fixture
def two_plans() -> dict[str, Any]:
    police, panel = make_agency("Police"), make_group("Audit panel")
    first, second = old_plan(panel, name="First plan"), old_plan(None, name="Second plan")
    priority = priority_of(first)
    old_action(first, police, text="Audit referrals", numbers=["1.10"], due="2020-06-30", priority=priority)
    old_action(second, panel, text="Train staff", numbers=["1.9"], due="2020-05-31")
    today = timezone.localdate()
    make_action(
        second, text="Ask children", numbers=["7"], as_at=today, now=timezone.now(), opened_on=today,
        due=(today + timedelta(days=200)).isoformat(),
    )  # fmt: skip
    services.refresh_all(now=timezone.now())
    return {"priority": priority.pk}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["Train staff", "Audit referrals", "Ask children"]),
        ("?sort=-due", ["Ask children", "Audit referrals", "Train staff"]),
        ("?sort=number", ["Train staff", "Audit referrals", "Ask children"]),
        ("?plan=first-plan", ["Audit referrals"]),
        ("?plan=second-plan&exception=overdue", ["Train staff"]),
        ("?exception=any", ["Train staff", "Audit referrals"]),
        ("?group=audit-panel", ["Train staff", "Audit referrals"]),
        ("?owner=agency:police", ["Audit referrals"]),
        ("?owner=group:audit-panel", ["Train staff"]),
        ("?words=audit", ["Train staff", "Audit referrals"]),
        ("?words=1.10", ["Audit referrals"]),
        (
            "?state=open&delivery=not_rated&impact=not_yet_known&figure=overdue",
            ["Train staff", "Audit referrals"],
        ),
        ("?state=complete", []),
        ("?plan=first-plan&priority=none", []),
    ],
)
def test_actions_are_narrowed_and_ordered(
    unit: Client, two_plans: Any, asked: str, expected: list[str]
) -> None:
    assert shown(unit, "plans:actions", asked) == expected


def test_a_priority_can_be_chosen_once_a_plan_is(unit: Client, two_plans: Any) -> None:
    asked = f"?plan=first-plan&priority={two_plans['priority']}"
    assert shown(unit, "plans:actions", asked) == ["Audit referrals"]
    alone = unit.get(reverse("plans:actions") + f"?priority={two_plans['priority']}").context["page"]
    assert "priority" not in alone.listing.form.fields


def test_nonsense_in_the_address_is_shown_and_not_applied(unit: Client, two_plans: Any) -> None:
    answer = unit.get(reverse("plans:actions") + "?plan=nowhere&figure=x&as_at=2020-13-45&sort=y&page=zz")
    assert answer.status_code == 200
    assert answer.context["page"].listing.count.number == 3
    assert "Select a valid choice" in words(answer) or answer.context["page"].listing.form.errors


def test_exceptions_say_every_reason(unit: Client, two_plans: Any) -> None:
    answer = unit.get(reverse("plans:exceptions"))
    rows = answer.context["page"].listing.rows
    assert [row.text for row in rows] == ["Train staff", "Audit referrals"]
    assert rows[0].why[0].startswith("It was due on 31 May 2020 and is ")
    assert any(sentence.startswith("No update for") for sentence in rows[0].why)
    assert shown(unit, "plans:exceptions", "?exception=red") == []
    assert shown(unit, "plans:exceptions", "?exception=silent&plan=first-plan") == ["Audit referrals"]


def test_a_counted_day_shows_what_stood_then(unit: Client, two_plans: Any) -> None:
    now = timezone.now()
    count_standings(now=now)
    month_end = timezone.localdate().replace(day=1) - timedelta(days=1)
    action = old_action(old_plan(name="Third plan"), text="Turned red", numbers=["8"])
    count_standings(now=now)
    services.rate(action, Dimension.DELIVERY, "red", as_at=timezone.localdate(), by=BY, now=now)
    asked = f"?as_at={month_end.isoformat()}"
    assert "Turned red" in shown(unit, "plans:actions", asked + "&delivery=not_rated")
    assert shown(unit, "plans:actions", asked + "&delivery=red") == []
    assert shown(unit, "plans:actions", "?delivery=red") == ["Turned red"]
    assert "Ask children" not in shown(unit, "plans:actions", asked)
    page = unit.get(reverse("plans:actions") + asked)
    assert "Actions as they stood on" in words(page)
    assert page.context["page"].today_address == "?"
    for column in ("number", "-due", "delivery", "impact", "update"):
        assert len(shown(unit, "plans:actions", f"{asked}&sort={column}")) == 3


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("plans:actions_export", "?sort=number", ["Train staff", "Audit referrals", "Ask children"]),
        ("plans:actions_export", "?plan=first-plan", ["Audit referrals"]),
        ("plans:exceptions_export", "", ["Train staff", "Audit referrals"]),
        ("plans:exceptions_export", "?owner=agency:police", ["Audit referrals"]),
    ],
)
def test_the_file_holds_the_rows_of_the_screen_in_its_order(
    unit: Client, two_plans: Any, name: str, asked: str, expected: list[str]
) -> None:
    answer = unit.get(reverse(name) + asked)
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(_text(answer))))
    assert [row["Action"] for row in rows] == expected
    assert (rows[0]["State"], rows[0]["Delivery"]) == ("Not started", "Not rated")
    entry = Entry.objects.latest("pk")
    assert entry.type == "plans.list_exported"
    assert json.loads(entry.after)["asked"] == asked.removeprefix("?").replace(":", "%3A")


def test_no_cell_of_the_file_runs_as_a_formula(unit: Client) -> None:
    old_action(old_plan(), text="=1+1", numbers=["1"])
    row = next(csv.DictReader(io.StringIO(_text(unit.get(reverse("plans:actions_export"))))))
    assert row["Action"] == "'=1+1"


def test_a_counted_day_is_taken_away_too(unit: Client, two_plans: Any) -> None:
    count_standings(now=timezone.now())
    today = timezone.localdate().isoformat()
    text = _text(unit.get(reverse("plans:actions_export") + f"?as_at={today}&plan=first-plan"))
    assert [row["Action"] for row in csv.DictReader(io.StringIO(text))] == ["Audit referrals"]


def test_an_empty_list_says_what_comes_here(unit: Client) -> None:
    assert "There is no action here yet" in words(unit.get(reverse("plans:actions")))
    assert "Nothing needs the group’s eye" in words(unit.get(reverse("plans:exceptions")))


@pytest.mark.parametrize("role", [("unit", "partnership", ""), ("chair", "group", "audit-panel")])
def test_queries_are_few_and_do_not_grow(role: tuple[str, str, str]) -> None:
    client, group = signed_in(make_user(*role)), make_group("Audit panel")
    counted = []
    for number in (1, 2, 297):
        if number == 1:
            many_actions(old_plan(group, name="Plan 1"), 1, group)
        else:
            _more(number)
        for name in LISTS:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(reverse(name) + "?plan=plan-1").status_code == 200
            counted.append((name, len(seen)))
    assert len(set(counted)) == len(LISTS)
    assert max(number for _, number in counted) <= 12


def _more(number: int) -> None:
    from sightline.plans.models import Action, Plan

    plan, first = Plan.objects.get(name="Plan 1"), Action.objects.count()
    begun = Action.objects.values_list("opened_on", flat=True)[0]
    Action.objects.bulk_create(
        Action(
            plan=plan, reference=f"SL-8{first + place:04d}", order=place, text="More", opened_on=begun,
            current_exceptions=",overdue,", current_exception_count=1,
        )
        for place in range(number)
    )  # fmt: skip


def _text(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")
