"""An action as it stood on a day, and edits kept so that its words can be given back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter, SourceKind
from sightline.plans.models import Action, Edit
from sightline.plans.services import SourceGiven
from tests.plans.making import BY, complete, make_group, make_user
from tests.plans.then.test_plan_then import BETWEEN, LATER, LATER_NOW, moved_on
from tests.plans.viewing import DAY, THEN, old_action, old_plan, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def get(user: Any, action: Action, asked: str = BETWEEN) -> Any:
    return signed_in(user).get(f"/actions/{action.reference}/?{asked}")


def page_of(user: Any, action: Action, asked: str = BETWEEN) -> Any:
    return get(user, action, asked).context["page"]


def test_all_that_is_shown_is_of_the_day(unit: Any) -> None:
    action = moved_on(old_plan(), make_group("Neglect group"))
    page = page_of(unit, action)
    assert (page.number, page.action.text, page.state) == ("1.1", "Audit every file", "Not started")
    assert page.priority == "Priority 1: Neglect is seen early"
    assert [owner.name for owner in page.owners] == ["Neglect group"]
    assert ([when.words for when in page.whens], page.slips) == (["By 2020-04-30"], 0)
    assert [account.text for account in page.updates] == ["Half are done."]
    assert page.ratings[0].value == "amber"
    assert "Embedding" not in [event.words for event in page.history]
    assert all(event.day <= date(2020, 4, 15) for event in page.history)
    now = page_of(unit, action, "")
    assert ([owner.name for owner in now.owners], now.slips, now.state) == (["Police"], 1, "Complete")


def test_a_test_answered_later_waits_and_a_block_ended_later_stands(unit: Any) -> None:
    plan = old_plan()
    action = old_action(plan)
    complete(action, DAY, THEN)
    test = services.set_embedding_test(action, "Ask ten", due_on=LATER, as_at=DAY, by=BY, now=THEN)
    services.record_embedding_result(test, True, on=LATER, finding="It lasted", by=BY, now=LATER_NOW)
    blocked, needed = old_action(plan, text="Blocked"), old_action(plan, text="Needed")
    services.block(blocked, "No money", as_at=DAY, by=BY, now=THEN)
    services.unblock(blocked, as_at=LATER, by=BY, now=LATER_NOW)
    services.end_dependency(
        services.add_dependency(blocked, needed, as_at=DAY, by=BY, now=THEN),
        as_at=LATER,
        by=BY,
        now=LATER_NOW,
    )
    (check,) = page_of(unit, action).tests
    assert (check.result, check.finding, check.answer, check.may_answer) == ("Waiting", "", "", False)
    assert page_of(unit, action, "").tests[0].result == "Embedded"
    assert [each.words for each in page_of(unit, blocked).hindrances] == ["No money", "Waits for an action"]
    assert page_of(unit, blocked, "").hindrances == ()


def test_what_it_answered_is_given_back_in_words(unit: Any) -> None:
    source = services.create_source("Inspection", SourceKind.INSPECTION, by=BY, now=THEN)
    action = old_action(old_plan(), sources=[SourceGiven(source=source)])
    services.edit_action(action, 1, {}, sources=[SourceGiven("106")], by=BY, now=LATER_NOW)
    assert [each.words for each in page_of(unit, action).sources] == ["Inspection"]
    assert [each.words for each in page_of(unit, action, "").sources] == ["106"]


def test_nothing_is_offered_while_looking_back(unit: Any) -> None:
    action = old_action(old_plan())
    text = words(get(unit, action))
    for offer in (
        "Record an update",
        "Add evidence",
        "Change its state",
        "Change the action",
        "Rate delivery",
    ):
        assert offer not in text
        assert offer in words(get(unit, action, ""))
    assert f'href="/plans/{action.plan.key}/?as_at=2020-04-15"' in text


def test_an_action_not_yet_kept_says_so_and_shows_today(unit: Any) -> None:
    action = old_action(old_plan(), now=LATER_NOW)
    text = words(get(unit, action))
    assert "The action was not kept here yet on 15 April 2020." in text
    assert "Record an update" in text


def test_an_action_for_some_is_not_there_for_others_on_any_day() -> None:
    action = old_action(old_plan(), tier=Tier.T2)
    assert get(make_user("owner", "group", make_group().key), action).status_code == 404


def test_the_page_asks_no_more_often_than_for_today(unit: Any) -> None:
    action = moved_on(old_plan(), make_group("Neglect group"))
    for quarter in EvidenceQuarter:
        services.record_evidence(action, quarter, "Seen", dated_on=DAY, by=BY, now=THEN)
    client = signed_in(unit)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/actions/{action.reference}/?{BETWEEN}").status_code == 200
    assert len(asked) <= 12


# Edits


def test_an_edit_keeps_what_stood_before_and_after_by_whom_and_why() -> None:
    action = old_action(old_plan())
    services.edit_action(action, 1, {"text": "Audit one in ten"}, by=BY, now=LATER_NOW, reason="Too many")
    edit = Edit.objects.get()
    assert (edit.action, edit.before, edit.after) == (
        action,
        {"text": "Audit every re-referral"},
        {"text": "Audit one in ten"},
    )
    assert (edit.reason, edit.entered_by_label, edit.recorded_at) == ("Too many", "A test", LATER_NOW)


def test_an_edit_that_changes_nothing_keeps_nothing() -> None:
    action = old_action(old_plan())
    services.edit_action(action, 1, {"text": action.text}, by=BY, now=LATER_NOW)
    assert not Edit.objects.exists()


def test_a_source_has_no_such_history_and_a_plan_has(unit: Any) -> None:
    source = services.create_source("Inspection", SourceKind.INSPECTION, by=BY, now=THEN)
    services.edit_source(source, 1, {"title": "Inspection of 2020"}, by=BY, now=LATER_NOW)
    plan = old_plan()
    services.edit_plan(plan, 1, {"name": "Neglect plan"}, by=BY, now=LATER_NOW)
    assert [edit.plan for edit in Edit.objects.all()] == [plan]


def test_an_edit_is_of_one_record() -> None:
    plan = old_plan()
    stamp = {"recorded_at": THEN, "entered_by_label": "A test"}
    for wrong in ({}, {"plan": plan, "priority": priority_of(plan)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edit.objects.create(**wrong, **stamp)
