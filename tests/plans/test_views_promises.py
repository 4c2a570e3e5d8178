"""Changing what is promised: words, owners, dates, sources, waits; two people at once; nothing overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from sightline.partners.models import Group
from sightline.partners.services import remember_alias
from sightline.plans import services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Action, Plan
from sightline.plans.services import SourceGiven
from sightline.plans.services.timescales import timescale_given
from tests.plans.making import BY, make_agency, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, outcome_of, priority_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group("Neglect group")


@pytest.fixture
def plan(group: Group) -> Plan:
    return old_plan(group, name="Neglect plan")


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def today(name: str = "as_at") -> dict[str, str]:
    return boxes(name, timezone.localdate())


def address(action: Action, page: str) -> str:
    return f"/actions/{action.reference}/{page}/"


def said(response: Any) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(response.wsgi_request)]


def promise(action: Action, **more: Any) -> dict[str, Any]:
    known = {
        "seen": str(action.version),
        "text": action.text,
        "items": "",
        "numbers": "1.1",
        "priority": action.priority_id or "",
        "outcome": action.outcome_id or "",
        "tier": action.tier,
    }
    return {**known, **more}


def test_the_words_numbers_and_place_of_an_action_are_changed(plan: Plan, unit: Any) -> None:
    priority = priority_of(plan)
    outcome = outcome_of(priority)
    action = old_action(plan)
    first = signed_in(unit).get(address(action, "edit"))
    assert (first.context["form"]["text"].value(), first.context["form"]["seen"].value()) == (
        action.text,
        "1",
    )
    answers = promise(
        action, text="Audit twice", items="• Files\n\n- Calls", numbers="2.11 & 3.2",
        priority=priority.pk, outcome=outcome.pk,
    )  # fmt: skip
    assert signed_in(unit).post(address(action, "edit"), answers).status_code == 302
    now = Action.objects.get(pk=action.pk)
    assert (now.text, now.items, now.priority, now.outcome, now.version) == (
        "Audit twice", ["Files", "Calls"], priority, outcome, 2,
    )  # fmt: skip
    assert [number.text for number in now.numbers.all()] == ["2.11", "3.2"]


def test_an_outcome_belongs_to_the_priority_chosen(plan: Plan, unit: Any) -> None:
    one, two = priority_of(plan, "1"), priority_of(plan, "2")
    action = old_action(plan)
    answers = promise(action, priority=two.pk, outcome=outcome_of(one).pk)
    refused = signed_in(unit).post(address(action, "edit"), answers)
    assert refused.context["form"].errors["outcome"] == [
        "This difference belongs to another priority. Choose both to fit."
    ]


def test_a_stale_change_shows_what_was_saved_beside_ones_own_words(plan: Plan, unit: Any) -> None:
    action = old_action(plan, numbers=["1.1"])
    mine = promise(action, text="My own words")
    services.edit_action(action, 1, {"text": "Somebody else’s words"}, by=BY, now=THEN)
    stale = signed_in(unit).post(address(action, "edit"), mine)
    assert (stale.status_code, Action.objects.get(pk=action.pk).text) == (422, "Somebody else’s words")
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [
        ("What is promised", "Somebody else’s words"),
        ("Printed numbers", "1.1"),
    ]
    assert stale.context["form"]["text"].value() == "My own words"
    assert "Error: Change the action" in words(stale)
    again = {**mine, "seen": stale.context["form"]["seen"].value()}
    assert signed_in(unit).post(address(action, "edit"), again).status_code == 302
    assert Action.objects.get(pk=action.pk).text == "My own words"


def test_owners_are_known_by_any_of_their_names_and_others_stay_words(plan: Plan, unit: Any) -> None:
    police, group = make_agency("Wealdshire Police"), make_group("Quality group")
    remember_alias("The constabulary", police, by=BY)
    action = old_action(plan, group)
    first = signed_in(unit).get(address(action, "owners")).context["form"]
    assert (first["lead"].value(), first["support"].value()) == ("Quality group", "")
    answers = {
        "seen": "1",
        "lead": "quality group\nThe constabulary\n\nNobody at all",
        "support": "Wealdshire Police",
    }
    response = signed_in(unit).post(address(action, "owners"), {**answers, "reason": "", **today()})
    assert said(response) == [
        "The owners were saved. Nobody is known by: Nobody at all. The words were kept."
    ]
    assert [(o.raw, o.party, o.role) for o in Action.objects.get(pk=action.pk).owners.all()] == [
        ("Quality group", group, "lead"),
        ("The constabulary", police, "lead"),
        ("Nobody at all", None, "lead"),
        ("Wealdshire Police", police, "support"),
    ]
    again = signed_in(unit).get(address(action, "owners")).context["form"]
    assert (again["support"].value(), again["seen"].value()) == ("Wealdshire Police", "2")


def test_owners_somebody_else_saved_are_shown(plan: Plan, group: Group, unit: Any) -> None:
    action = old_action(plan)
    services.set_owners(action, [services.OwnerGiven(party=group)], as_at=DAY, version=1, by=BY, now=THEN)
    stale = signed_in(unit).post(address(action, "owners"), {"seen": "1", "lead": "X", **today()})
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [("Owners", "Neglect group")]


@pytest.mark.parametrize(
    ("raw", "due", "sentence"),
    [
        ("By 30 September 2031", date(2031, 9, 30), "It is due on 30 September 2031."),
        ("Review by 30 September 2031", date(2031, 9, 30), "It is looked at again on 30 September 2031."),
        ("Quarterly", None, "Understood as: comes again and is never overdue, only silent."),
        ("When the moon is full", None, "Understood as: no day was read from these words."),
    ],
)
def test_a_timescale_is_read_as_paper_is_and_says_how(
    plan: Plan, unit: Any, raw: str, due: date | None, sentence: str
) -> None:
    action = old_action(plan)
    response = signed_in(unit).post(
        address(action, "timescale"), {"seen": "1", "raw": raw, "reason": "", **today()}
    )
    made = action.timescales.get()
    assert (made.raw, made.due_on) == (raw, due)
    assert said(response) == [f"The timescale was saved. {sentence}"]


def test_a_later_date_asks_why_and_keeps_the_one_before(plan: Plan, unit: Any) -> None:
    action = old_action(plan, due="2020-04-01")
    answers = {"seen": "1", "raw": "By 30 June 2031", "reason": "", **today()}
    refused = signed_in(unit).post(address(action, "timescale"), answers)
    assert refused.context["form"].errors["reason"] == ["Say why the timescale changes."]
    assert [(r.key, r.value) for r in refused.context["page"].asking.facts] == [
        ("By when now", "By 2020-04-01")
    ]
    assert (
        signed_in(unit).post(address(action, "timescale"), {**answers, "reason": "Staff left"}).status_code
        == 302
    )
    assert Action.objects.get(pk=action.pk).current_slips == 1
    assert action.timescales.count() == 2


def test_the_recommendations_it_answers_are_ticked_and_printed_words_stay(plan: Plan, unit: Any) -> None:
    source = services.create_source("Inspection", SourceKind.INSPECTION, by=BY, now=THEN)
    one, two, three = (
        services.create_recommendation(source, number=n, text="Ask " * 40, by=BY, now=THEN) for n in "123"
    )
    given = [SourceGiven("VFC"), SourceGiven("1", recommendation=one), SourceGiven("2", recommendation=two)]
    action = old_action(plan, sources=given)
    page = signed_in(unit).get(address(action, "sources"))
    assert page.context["form"].heading == "Which recommendations does it answer?"
    assert "<title>Which recommendations does it answer?" in words(page)
    answers = {"seen": "1", "recommendations": [two.pk, three.pk]}
    assert signed_in(unit).post(address(action, "sources"), answers).status_code == 302
    assert [(link.raw, link.recommendation) for link in action.sources.all()] == [
        ("VFC", None), ("2", two), ("", three),
    ]  # fmt: skip
    stale = signed_in(unit).post(address(action, "sources"), answers)
    assert [row.value for row in stale.context["page"].theirs] == ["VFC; Inspection: 2; Inspection: 3"]


def test_an_action_waits_for_another_by_reference_or_number(plan: Plan, unit: Any) -> None:
    action, other = old_action(plan), old_action(plan, numbers=["2.1"])
    third = old_action(plan, numbers=["2.2"])
    for asked, needs in ((other.reference.lower(), other), ("2.2", third)):
        response = signed_in(unit).post(address(action, "waits"), {"needs": asked, "reason": "", **today()})
        assert said(response) == [f"It now waits for {needs.reference}."]
    refused = signed_in(unit).post(address(action, "waits"), {"needs": "9.9", "reason": "", **today()})
    assert refused.context["form"].errors["needs"] == [
        "No single action is known by “9.9”. Give its reference."
    ]
    circle = signed_in(unit).post(
        address(other, "waits"), {"needs": action.reference, "reason": "", **today()}
    )
    assert "neither could ever go on" in words(circle)


def test_a_wait_is_ended_once(plan: Plan, unit: Any) -> None:
    action, other = old_action(plan), old_action(plan)
    wait = services.add_dependency(action, other, as_at=DAY, by=BY, now=THEN)
    end = f"/actions/{action.reference}/waits/{wait.pk}/end/"
    assert said(signed_in(unit).post(end)) == [f"It no longer waits for {other.reference}."]
    assert said(signed_in(unit).post(end)) == ["Somebody else has ended this already."]
    assert signed_in(unit).get(end).status_code == 405


@pytest.mark.parametrize("page", ["edit", "owners", "timescale", "sources", "test"])
def test_what_is_promised_is_changed_by_the_unit_alone(plan: Plan, group: Group, page: str) -> None:
    action = old_action(plan, group)
    for role in ("owner", "chair"):
        assert signed_in(make_user(role, "group", group.key)).get(address(action, page)).status_code == 403


def test_words_of_a_timescale_that_promise_nothing() -> None:
    given = timescale_given("  TBC ")
    assert (given.raw, given.kind, list(given.dates)) == ("TBC", "unknown", [])
