"""Sources on screen: from a need to what was promised, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict

from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Recommendation, Source
from sightline.plans.pages import sources as pages
from sightline.plans.pages.sources import Answer, SourceRow
from sightline.plans.services import SourceGiven
from tests.plans.making import BY, complete, make_group, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def make_source(title: str = "Inspection of 2019", **given: Any) -> Source:
    return services.create_source(title, SourceKind.INSPECTION, published_on=DAY, by=BY, now=THEN, **given)


def ask_for(source: Source, number: str, **given: Any) -> Recommendation:
    return services.create_recommendation(
        source, number=number, text=f"Do {number}", by=BY, now=THEN, **given
    )


def test_the_list_says_how_much_is_asked_and_not_answered(unit: Any) -> None:
    source = make_source(body="Inspectorate")
    answered, _open = ask_for(source, "1"), ask_for(source, "2")
    old_action(old_plan(), sources=[SourceGiven("1", recommendation=answered)])
    page = pages.list_page(unit, QueryDict())
    assert page.listing.rows == [
        SourceRow(
            source.key, f"/sources/{source.key}/", "Inspection of 2019", "Inspection", "Inspectorate", DAY, 2, 1
        )
    ]  # fmt: skip
    assert page.may_write is True


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=voice", ["Children’s voice"]),
        ("words=dentist", ["Inspection"]),
        ("kind=voice", ["Children’s voice"]),
        ("unanswered=on", ["Inspection"]),
        ("sort=title", ["Children’s voice", "Inspection"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(unit: Any, asked: str, found: list[str]) -> None:
    services.create_source("Children’s voice", SourceKind.VOICE, by=BY, now=THEN)
    source = make_source("Inspection")
    services.create_recommendation(source, number="1", text="See a dentist", by=BY, now=THEN)
    assert [row.title for row in pages.list_page(unit, QueryDict(asked)).listing.rows] == found


def test_each_thing_asked_for_shows_the_actions_that_answer_it(unit: Any) -> None:
    source = make_source(summary="A hard year")
    one = ask_for(source, "1", title="Children", addressed_to=["Police", "ICB"], response=["We agree."])
    two, three = ask_for(source, "2"), ask_for(source, "3")
    group = make_group("Neglect group")
    plan = old_plan(name="Neglect plan")
    action = old_action(plan, group, sources=[SourceGiven("1", recommendation=one)])
    done = old_action(
        plan, text="Done", sources=[SourceGiven("2", recommendation=two), SourceGiven("", source)]
    )
    complete(done, DAY, THEN)
    page = pages.source_page(unit, source)
    assert page.standing == (
        "It asks for 3 things. No action answers 1 of them. For 1 of them every action is complete."
    )
    assert [(a.anchor, a.number, a.title, a.text, a.addressed_to, a.response) for a in page.asked] == [
        (f"recommendation-{one.pk}", "Recommendation 1", "Children", "Do 1", "Police, ICB", ("We agree.",)),
        (f"recommendation-{two.pk}", "Recommendation 2", "", "Do 2", "", ()),
        (f"recommendation-{three.pk}", "Recommendation 3", "", "Do 3", "", ()),
    ]
    assert [len(asked.answers) for asked in page.asked] == [1, 1, 0]
    assert page.asked[0].answers[0] == Answer(
        f"/actions/{action.reference}/", "1.1", "Audit every re-referral", "Neglect plan", "Neglect group",
        "Not started", "grey", "not_rated", "not_yet_known", False,
    )  # fmt: skip
    assert [answer.text for answer in page.whole] == ["Done"]
    assert [(row.key, row.value) for row in page.facts] == [
        ("Kind", "Inspection"), ("Published", "2 March 2020"), ("In short", "A hard year"),
    ]  # fmt: skip


def test_a_source_that_asks_for_nothing_yet_says_so(unit: Any) -> None:
    assert pages.source_page(unit, make_source()).standing == "Nothing it asks for is recorded yet."


def test_actions_one_may_not_read_answer_nothing_one_can_see() -> None:
    source = make_source()
    asked = ask_for(source, "1")
    old_action(old_plan(tier=Tier.T2), sources=[SourceGiven("1", recommendation=asked)], text="Secret words")
    reader = make_user("owner", "group", make_group().key)
    assert pages.source_page(reader, source).standing == "It asks for 1 thing. No action answers 1 of them."
    assert pages.list_page(reader, QueryDict()).listing.rows[0].unanswered == 1
    unit = pages.source_page(make_user("unit"), source)
    assert unit.standing == "It asks for 1 thing. Every one is answered by an action."


def test_a_source_for_some_is_not_there_for_others() -> None:
    source = make_source(tier=Tier.T2)
    reader = make_user("owner", "group", make_group().key)
    assert signed_in(reader).get(f"/sources/{source.key}/").status_code == 404
    assert pages.list_page(reader, QueryDict()).listing.rows == []


@pytest.mark.parametrize("number", [1, 3, 300])
def test_pages_ask_no_more_for_more_answers(
    unit: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    source, plan = make_source(), old_plan()
    asked = ask_for(source, "1")
    action = old_action(plan)
    action.sources.bulk_create(
        action.sources.model(action=action, raw="1", recommendation=asked) for _ in range(number)
    )
    client = signed_in(unit)
    with django_assert_max_num_queries(12) as queries:
        assert client.get(f"/sources/{source.key}/").status_code == 200
    assert len(queries) == 6
    with django_assert_max_num_queries(12) as queries:
        assert client.get("/sources/").status_code == 200
    assert len(queries) == 4


def test_an_empty_list_says_what_to_do_first(unit: Any) -> None:
    assert "Add an inspection, review or audit" in words(signed_in(unit).get("/sources/"))
    assert "When the business unit has put one in" in words(
        signed_in(make_user("executive")).get("/sources/")
    )


def test_a_source_and_what_it_asks_for_are_added_and_changed(unit: Any) -> None:
    client = signed_in(unit)
    answers = {
        "title": "Audit of neglect", "kind": "audit", "body": "Quality group", "summary": "", "tier": "T0",
        "published_on-day": "2", "published_on-month": "3", "published_on-year": "2020",
    }  # fmt: skip
    response = client.post("/sources/new/", answers)
    source = Source.objects.get()
    assert (response["Location"], source.kind, source.tier, source.published_on) == (
        "/sources/audit-of-neglect/", "audit", "T0", date(2020, 3, 2),
    )  # fmt: skip
    home = f"/sources/{source.key}/"
    asked = {"number": "A1", "title": "", "text": "Re-audit", "addressed_to": "Police\nICB"}
    response = client.post(f"{home}recommendations/new/", asked)
    assert [str(m) for m in get_messages(response.wsgi_request)][-1] == "A1 was added."
    assert source.recommendations.get().addressed_to == ["Police", "ICB"]
    form = client.get(f"{home}edit/").context["form"]
    assert (form["title"].value(), form["tier"].value(), form["seen"].value()) == (
        "Audit of neglect",
        "T0",
        "1",
    )
    changed = {**answers, "seen": "1", "title": "Second audit of neglect"}
    assert client.post(f"{home}edit/", changed).status_code == 302
    stale = client.post(f"{home}edit/", changed)
    assert (stale.status_code, Source.objects.get().title) == (422, "Second audit of neglect")
    assert [row.key for row in stale.context["page"].theirs] == ["Kind", "Published by", "Published"]
