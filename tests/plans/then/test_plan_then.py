"""A plan as it stood on a day: by valid day and recorded moment, words and owners of then, today's permissions."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.partners.models import Group
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState, TimescaleKind
from sightline.plans.models import Action, Plan, StateChange
from sightline.plans.selectors.then import end_of
from sightline.plans.services import ActionGiven, OwnerGiven, TimescaleGiven
from tests.plans.making import BY, complete, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, many_actions, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db
LATER = date(2020, 6, 1)
LATER_NOW = datetime(2020, 6, 1, 9, tzinfo=UTC)
BETWEEN = "as_at=2020-04-15"


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def get(user: Any, plan: Plan, asked: str = BETWEEN) -> Any:
    return signed_in(user).get(f"/plans/{plan.key}/?{asked}")


def page_of(user: Any, plan: Plan, asked: str = BETWEEN) -> Any:
    return get(user, plan, asked).context["page"]


def moved_on(plan: Plan, *parties: Any) -> Action:
    """An action of March 2020 of which everything was changed in June."""
    before = priority_of(plan, "1", "Neglect is seen early")
    action = old_action(plan, *parties, priority=before, due="2020-04-30", text="Audit every file")
    services.record_update(action, "Half are done.", as_at=DAY, by=BY, now=THEN)
    services.rate(action, Dimension.DELIVERY, "amber", as_at=DAY, by=BY, now=THEN)
    after = priority_of(plan, "2", "Help comes in time")
    changes = {"text": "Audit one file in ten", "priority": after}
    services.edit_action(action, action.version, changes, numbers=["2.1"], by=BY, now=LATER_NOW)
    services.edit_priority(before, 1, {"title": "Neglect"}, by=BY, now=LATER_NOW)
    services.set_owners(action, [OwnerGiven(party=make_agency("Police"))], as_at=LATER, by=BY, now=LATER_NOW)
    services.revise_timescale(
        action,
        action.version,
        TimescaleGiven(TimescaleKind.BY_DATE, ["2020-09-30"], raw="By September"),
        as_at=LATER,
        reason="The auditor left",
        by=BY,
        now=LATER_NOW,
    )
    services.record_update(action, "All are done.", as_at=LATER, by=BY, now=LATER_NOW)
    services.rate(action, Dimension.DELIVERY, "green", as_at=LATER, reason="Seen", by=BY, now=LATER_NOW)
    complete(action, LATER, LATER_NOW)
    return action


def test_the_end_of_a_day_is_that_of_the_partnership() -> None:
    assert end_of(date(2020, 6, 1)) + timedelta(microseconds=1) == datetime(2020, 6, 1, 23, tzinfo=UTC)
    assert end_of(date(2020, 12, 1)) + timedelta(microseconds=1) == datetime(2020, 12, 2, tzinfo=UTC)


def test_every_cell_is_that_of_the_day(unit: Any) -> None:
    plan, group = old_plan(), make_group("Neglect group")
    moved_on(plan, group)
    (row,) = page_of(unit, plan).listing.rows
    cells = {cell.heading: cell.text for cell in row.cells}
    assert cells == {
        "Ref": "1.1",
        "What difference will this make?": "",
        "Lead": "Neglect group",
        "Action": "Audit every file",
        "Update": "2 March 2020: Half are done.",
        "By when": "By 2020-04-30",
        "RAG": "Amber",
        "Cost": "",
        "Impact": "Not yet known",
    }
    assert (row.delivery, row.state, row.is_complete) == ("amber", "Not started", False)
    assert [band.title for band in row.bands] == ["Priority 1: Neglect is seen early"]
    (now,) = page_of(unit, plan, "").listing.rows
    assert (now.text, now.label, now.state) == ("Audit one file in ten", "2.1", "Complete")
    assert Action.objects.get().text == "Audit one file in ten"


def test_what_was_learned_later_is_left_out_though_it_speaks_of_the_time_before(unit: Any) -> None:
    plan = old_plan()
    action = old_action(plan)
    services.record_update(action, "Told in June of March.", as_at=date(2020, 3, 20), by=BY, now=LATER_NOW)
    assert page_of(unit, plan).listing.rows[0].update == ""
    assert page_of(unit, plan, "as_at=2020-06-01").listing.rows[0].update == "Told in June of March."


def test_actions_added_later_and_learned_later_are_not_there(unit: Any) -> None:
    plan = old_plan()
    old_action(plan, text="From the beginning")
    old_action(plan, text="Added in June", as_at=LATER, now=LATER_NOW)
    old_action(plan, text="Said in June to be of March", now=LATER_NOW)
    assert [row.text for row in page_of(unit, plan).listing.rows] == ["From the beginning"]
    assert len(page_of(unit, plan, "as_at=2020-06-01").listing.rows) == 3


def test_the_figures_and_the_filter_are_those_of_the_day(unit: Any) -> None:
    plan = old_plan()
    late = old_action(plan, due="2020-03-31", numbers=["a"])
    services.rate(late, Dimension.DELIVERY, "red", as_at=DAY, by=BY, now=THEN)
    complete(late, LATER, LATER_NOW)
    old_action(plan, numbers=["b"])
    page = page_of(unit, plan)
    assert [(figure.number, figure.words) for figure in page.figures] == [
        (2, "open of 2"),
        (1, "rated red"),
        (1, "overdue"),
        (0, "silent"),
    ]
    for figure in page.figures:
        assert len(page_of(unit, plan, figure.href.lstrip("?")).listing.rows) == figure.number
    assert [r.label for r in page_of(unit, plan, f"{BETWEEN}&exception=any").listing.rows] == ["a"]
    assert [r.label for r in page_of(unit, plan, f"{BETWEEN}&words=audit&sort=-number").listing.rows] == [
        "b",
        "a",
    ]
    assert page_of(unit, plan, f"{BETWEEN}&state=complete").listing.rows == []
    assert page_of(unit, plan, f"{BETWEEN}&impact=green").listing.rows == []


def test_the_plans_own_state_name_and_columns_are_those_of_the_day(unit: Any) -> None:
    group = make_group("Executive of 2020")
    plan = old_plan(name="Neglect plan", period_raw="2020 to 2021")
    old_action(plan)
    services.edit_plan(plan, 1, {"name": "Neglect and harm plan"}, by=BY, now=LATER_NOW)
    services.change_plan_state(
        plan, PlanState.APPROVED, as_at=LATER, group=group, minute="minute 4", by=BY, now=LATER_NOW
    )
    page = page_of(unit, plan)
    assert (page.plan.name, page.state, page.approval) == ("Neglect plan", "Draft", "")
    later = page_of(unit, plan, "as_at=2020-06-01")
    assert (later.plan.name, later.state) == ("Neglect and harm plan", "Approved")
    assert later.approval == "Approved by Executive of 2020 on 1 June 2020 (minute 4)"


def test_nothing_can_be_changed_while_looking_back_and_every_link_keeps_the_day(unit: Any) -> None:
    plan = old_plan()
    action = old_action(plan)
    text = words(get(unit, plan))
    assert "As it stood on 15 April 2020" in text
    for offer in ("/edit/", "/state/", "/imports/new/", "Upload a new version"):
        assert offer not in text
    assert f'href="/actions/{action.reference}/?as_at=2020-04-15"' in text
    assert f'href="/plans/{plan.key}/export/docx/?as_at=2020-04-15"' in text
    assert '<input type="hidden" name="as_at" value="2020-04-15">' in text
    assert "?as_at=2020-04-15&amp;state=open" in text


def test_the_day_may_be_typed_in_three_boxes(unit: Any) -> None:
    plan = old_plan()
    old_action(plan)
    asked = "as_at-day=15&as_at-month=April&as_at-year=2020&words=audit"
    assert "As it stood on 15 April 2020" in words(get(unit, plan, asked))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("as_at=banana", "The address names no day that can be read."),
        ("as_at=0020-01-01", "The address names no day that can be read."),
        ("as_at=9999-12-31", "31 December 9999 has not come yet. Enter today or a day before."),
        ("as_at-day=31&as_at-month=2&as_at-year=2020", "The day must be a real date."),
        ("as_at-day=31", "The day must include a month and a year."),
        ("as_at-day=1&as_at-month=1&as_at-year=2199", "1 January 2199 has not come yet."),
    ],
)
def test_a_day_that_is_none_gives_a_sentence_and_the_page_of_today(
    unit: Any, asked: str, sentence: str
) -> None:
    plan = old_plan()
    old_action(plan)
    answer = get(unit, plan, asked)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "As it stood on" not in words(answer).replace("See it as it stood on", "")
    away = signed_in(unit).get(f"/plans/{plan.key}/export/csv/?{asked}")
    assert (away.status_code, away["Location"].startswith(f"/plans/{plan.key}/?as_at")) == (302, True)


def test_a_plan_not_yet_kept_says_so(unit: Any) -> None:
    plan = old_plan()
    old_action(plan)
    text = words(get(unit, plan, "as_at=2019-01-01"))
    assert "The plan was not kept here yet." in text


def test_todays_permissions_hold(unit: Any) -> None:
    plan = old_plan(make_group("Neglect group"))
    old_action(plan, text="For everybody")
    hidden = old_action(plan, text="For those it concerns", tier=Tier.T2)
    outsider = make_user("owner", "group", make_group().key)
    page = page_of(outsider, plan)
    assert [row.text for row in page.listing.rows] == ["For everybody"]
    assert page.figures[0].words == "open of 1"
    away = signed_in(outsider).get(f"/plans/{plan.key}/export/csv/?{BETWEEN}")
    assert hidden.text not in away.content.decode()
    assert len(page_of(unit, plan).listing.rows) == 2


def asked_for(user: Any, plan: Plan) -> int:
    client = signed_in(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/plans/{plan.key}/?{BETWEEN}").status_code == 200
    return len(asked)


def with_states(plan: Plan, number: int, group: Group) -> None:
    many_actions(plan, number, group)
    stamp = {"recorded_at": THEN, "entered_by_label": "A test", "to_state": "not_started", "as_at": DAY}
    StateChange.objects.bulk_create(StateChange(action=action, **stamp) for action in plan.actions.all())


def test_the_page_asks_as_often_for_three_hundred_rows_as_for_one(unit: Any) -> None:
    group = make_group("Neglect group")
    few, many = old_plan(group, name="Few"), old_plan(group, name="Many")
    moved_on(few, group)
    with_states(many, 300, group)
    assert asked_for(unit, few) == asked_for(unit, many) <= 12


def test_a_plan_too_long_for_one_look_is_leafed_through_and_says_so(unit: Any) -> None:
    group = make_group("Neglect group")
    plan = old_plan(group)
    with_states(plan, 1_001, group)
    page = page_of(unit, plan, f"{BETWEEN}&page=11")
    assert (page.figures, str(page.listing.count)) == (None, "1,001 actions")
    assert [row.label for row in page.listing.rows] == ["1.1000"]
    assert not any(heading.href for heading in page.listing.headings)
    text = words(get(unit, plan))
    assert "More than 1,000 actions stood in this plan." in text
    assert signed_in(unit).get(f"/plans/{plan.key}/export/csv/?{BETWEEN}").status_code == 404


def test_a_file_of_a_past_day_says_so_in_title_and_name(unit: Any) -> None:
    plan = old_plan(name="Neglect plan")
    moved_on(plan)
    away = signed_in(unit).get(f"/plans/{plan.key}/export/docx/?{BETWEEN}")
    assert away["Content-Disposition"] == 'attachment; filename="neglect-plan-as-it-stood-2020-04-15.docx"'
    paper = Document(io.BytesIO(away.content))
    told = "\n".join([p.text for p in paper.paragraphs] + [c.text for t in paper.tables for c in t._cells])
    assert "Neglect plan, as it stood on 15 April 2020" in told
    assert "Audit every file" in told
    assert "Audit one file in ten" not in told
    data = json.loads(signed_in(unit).get(f"/plans/{plan.key}/export/json/?{BETWEEN}").content)
    assert (data["plan"]["as_it_stood"], data["actions"][0]["cells"]["number"]) == (True, "1.1")
    assert [p["title"] for p in data["priorities"]] == ["Neglect is seen early"]
    entries = Entry.objects.filter(type__endswith="plan_exported")
    assert [json.loads(entry.after)["as_it_stood"] for entry in entries] == ["2020-04-15"] * 2


def test_today_can_be_looked_back_at(unit: Any) -> None:
    plan = old_plan()
    services.add_action(
        plan, ActionGiven("Begun today"), as_at=timezone.localdate(), by=BY, now=timezone.now()
    )
    today = timezone.localdate().isoformat()
    assert [row.text for row in page_of(unit, plan, f"as_at={today}").listing.rows] == ["Begun today"]


def test_words_are_looked_for_in_what_is_looked_for_today(unit: Any) -> None:
    plan = old_plan()
    old_action(plan, make_agency("Police"), numbers=["1.1"], text="Audit", other={"Why": "Quokkas"})
    for asked, found in (("audit", 1), ("police", 1), ("1.1", 1), ("quokkas", 1), ("wombat", 0)):
        page = page_of(unit, plan, f"{BETWEEN}&words={asked}")
        assert len(page.listing.rows) == found, asked
