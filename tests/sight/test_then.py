"""Actions across plans as they stood on a day: exceptions of then, and what a group answered for then."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.models import Action, StateChange
from sightline.plans.services import OwnerGiven
from tests.plans.making import BY, complete_on_paper, make_group, make_user
from tests.plans.then.test_plan_then import BETWEEN, LATER, LATER_NOW
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def page_of(user: Any, asked: str = BETWEEN) -> Any:
    return signed_in(user).get(f"/as-it-stood/?{asked}").context["page"]


def rows(page: Any) -> list[str]:
    return [row.words for row in page.listing.rows]


def test_a_group_is_shown_what_it_answered_for_then(unit: Any) -> None:
    group, other = make_group("Neglect group"), make_group("Other group")
    action = old_action(old_plan(), group, text="Handed on in June", due="2020-03-31")
    services.set_owners(action, [OwnerGiven(party=other)], as_at=LATER, by=BY, now=LATER_NOW)
    assert rows(page_of(unit, f"{BETWEEN}&group={group.key}")) == ["1.1 Handed on in June"]
    assert rows(page_of(unit, f"{BETWEEN}&group={other.key}")) == []
    assert rows(page_of(unit, f"as_at=2020-06-01&group={other.key}")) == ["1.1 Handed on in June"]
    (row,) = page_of(unit).listing.rows
    assert (row.owners, row.due, row.state) == ("Neglect group", "31 March 2020", "Not started")
    assert row.why == ("It was due on 31 March 2020 and is 15 days overdue.",)


def test_the_exceptions_are_those_of_the_day(unit: Any) -> None:
    plan = old_plan()
    late = old_action(plan, text="Late then", due="2020-03-31")
    complete_on_paper(late, LATER, LATER_NOW)
    old_action(plan, text="In time", numbers=["1.2"])
    assert rows(page_of(unit, f"{BETWEEN}&exception=overdue")) == ["1.1 Late then"]
    assert rows(page_of(unit, f"{BETWEEN}&exception=any")) == ["1.1 Late then"]
    assert rows(page_of(unit, "as_at=2020-06-01&exception=overdue")) == []
    assert rows(page_of(unit, "as_at=2020-06-01&exception=not_embedded")) == ["1.1 Late then"]
    assert rows(page_of(unit, f"{BETWEEN}&state=open")) == ["1.1 Late then", "1.2 In time"]
    assert rows(page_of(unit, "as_at=2020-06-01&state=complete")) == ["1.1 Late then"]


def test_what_one_may_not_read_did_not_stand_for_them(unit: Any) -> None:
    plan = old_plan()
    old_action(plan, text="For everybody")
    old_action(plan, text="For few", tier=Tier.T2)
    outsider = make_user("owner", "group", make_group().key)
    page = page_of(outsider)
    assert (rows(page), page.tier) == (["1.1 For everybody"], "T1")
    away = signed_in(outsider).get(f"/as-it-stood/download/csv/?{BETWEEN}")
    assert "For few" not in away.content.decode()
    assert (len(rows(page_of(unit))), page_of(unit).tier) == (2, "T2")


def test_links_keep_the_day_and_lead_to_the_action_as_it_stood(unit: Any) -> None:
    action = old_action(old_plan())
    text = words(signed_in(unit).get(f"/as-it-stood/?{BETWEEN}"))
    assert f'href="/actions/{action.reference}/?as_at=2020-04-15"' in text
    assert 'href="/as-it-stood/download/docx/?as_at=2020-04-15"' in text
    assert "As it stood on 15 April 2020" in text


def test_a_day_that_is_none_gives_a_sentence_and_today(unit: Any) -> None:
    old_action(old_plan())
    answer = signed_in(unit).get("/as-it-stood/?as_at=9999-01-01")
    assert "1 January 9999 has not come yet." in words(answer)
    assert len(answer.context["page"].listing.rows) == 1
    away = signed_in(unit).get("/as-it-stood/download/csv/?as_at=9999-01-01")
    assert (away.status_code, away["Location"]) == (302, "/as-it-stood/?as_at=9999-01-01")


def test_nothing_then_says_so(unit: Any) -> None:
    assert "Nothing was looked at then" in words(signed_in(unit).get("/as-it-stood/?as_at=2019-01-01"))


def test_the_file_carries_the_day_in_name_and_title(unit: Any) -> None:
    old_action(old_plan(), due="2020-03-31")
    away = signed_in(unit).get(f"/as-it-stood/download/csv/?{BETWEEN}&exception=overdue")
    assert (
        away["Content-Disposition"]
        == 'attachment; filename="actions-as-it-stood-2020-04-15 (OFFICIAL-SENSITIVE).csv"'
    )
    found = list(csv.DictReader(io.StringIO(away.content.decode("utf-8-sig"))))
    assert [(row["Action"], row["Date"]) for row in found] == [
        ("1.1 Audit every re-referral", "31 March 2020")
    ]
    page = signed_in(unit).get(f"/as-it-stood/download/docx/?{BETWEEN}")
    assert page.content.startswith(b"PK")
    assert Entry.objects.filter(type__endswith="then_taken").count() == 2
    assert signed_in(unit).get(f"/as-it-stood/download/exe/?{BETWEEN}").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_asks_as_often_for_one_as_for_three_hundred(unit: Any, number: int) -> None:
    group = make_group("Neglect group")
    plan = old_plan(group)
    many_actions(plan, number, group)
    stamp = {"recorded_at": THEN, "entered_by_label": "A test", "to_state": "not_started", "as_at": DAY}
    StateChange.objects.bulk_create(StateChange(action=a, **stamp) for a in Action.objects.all())
    client = signed_in(unit)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/as-it-stood/?{BETWEEN}&group={group.key}").status_code == 200
    assert len(asked) <= 12
    assert ASKED.setdefault("then", len(asked)) == len(asked)


# What one number of actions asked for, the others must ask for too.
ASKED: dict[str, int] = {}


def test_too_many_for_one_look_says_so(unit: Any) -> None:
    group = make_group("Neglect group")
    plan = old_plan(group)
    many_actions(plan, 1_001, group)
    stamp = {"recorded_at": THEN, "entered_by_label": "A test", "to_state": "not_started", "as_at": DAY}
    StateChange.objects.bulk_create(StateChange(action=a, **stamp) for a in Action.objects.all())
    page = page_of(unit)
    assert (page.too_many[:24], str(page.listing.count)) == ("More than 1,000 actions ", "1,000 actions")
