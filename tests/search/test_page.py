"""The page of search, and the box on every page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import Tier
from sightline.partners.models import Partnership
from sightline.search import selectors
from sightline.search.services import rebuild
from tests.access.people import person
from tests.plans.making import make_action, make_group, make_plan, make_user
from tests.plans.viewing import many_actions, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Client:
    return signed_in(make_user("unit"))


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_result_says_what_it_is_and_how_it_stands(unit: Client) -> None:
    action = make_action(make_plan(name="Neglect plan"), text="Audit twenty cases")
    page = unit.get("/search/", {"q": "audits"})
    assert f'href="/actions/{action.reference}/"' in page.content.decode()
    assert "<mark>Audit</mark> twenty cases" in page.content.decode()
    assert "Action · Neglect plan · Not started Delivery Not rated Impact Not yet known" in re.sub(
        r"(Delivery|Impact): ", "", text(page)
    )
    assert "1 result" in text(page)


def test_searching_writes_nothing_and_begins_no_transaction(unit: Client) -> None:
    """SQLite has one writer at a time: a search must not wait for it, nor keep others waiting."""
    unit.get("/search/", {"q": "audits"})
    with CaptureQueriesContext(connection) as asked:
        unit.get("/search/", {"q": "audits"})
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []


def test_what_was_typed_and_found_cannot_break_the_page(unit: Client) -> None:
    make_action(text="Audit <script>alert(1)</script> & more")
    html = unit.get("/search/", {"q": '<script>alert "audit'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;<mark>script</mark>&gt;" in html


def test_a_kind_that_there_is_none_of_can_be_put_right_where_the_page_says_so(unit: Client) -> None:
    page = unit.get("/search/", {"q": "neglect", "kind": "nothing"}).content.decode()
    assert 'href="#filter-kind"' in page
    assert re.search(r'<select[^>]*id="filter-kind"', page)
    assert 'type="hidden" name="kind"' not in page


def test_kinds_can_be_chosen_between(unit: Client) -> None:
    make_action(make_plan(name="Neglect plan"), text="Neglect is seen")
    page = text(unit.get("/search/", {"q": "neglect"}))
    assert "Everything 2 Actions 1 Plans 1" in page
    only = unit.get("/search/", {"q": "neglect", "kind": "plan"})
    assert "1 result" in text(only)
    assert "Everything 2 Actions 1 Plans 1" in text(only)
    assert "Neglect is seen" not in text(only)
    assert unit.get("/search/", {"q": "neglect", "kind": "nonsense"}).status_code == 200


def test_synonyms_are_told_and_can_be_left_out(unit: Client) -> None:
    make_action(text="Map child sexual exploitation")
    page = unit.get("/search/", {"q": "CSE"})
    assert "“cse” also finds child sexual exploitation" in text(page)
    assert 'href="?q=CSE&amp;exact=on"' in page.content.decode()
    assert "Nothing was found" in text(unit.get("/search/", {"q": "CSE", "exact": "on"}))
    assert "Exactly these words." in text(unit.get("/search/", {"q": "exploitation", "exact": "on"}))


def test_nothing_found_says_what_to_try(unit: Client) -> None:
    page = text(unit.get("/search/", {"q": "zebra"}))
    assert "Nothing was found check the spelling, or use fewer words" in page
    assert "Say also what to look for" in text(unit.get("/search/", {"q": "-zebra"}))
    assert "How to search" in text(unit.get("/search/"))


def test_a_reference_opens_its_action(unit: Client) -> None:
    action = make_action()
    assert unit.get("/search/", {"q": action.reference})["Location"] == f"/actions/{action.reference}/"


def test_confidential_words_are_in_no_part_of_the_page() -> None:
    group = make_group()
    make_action(make_plan(group, name="Plan of one group", tier=Tier.T2), text="Quokka sighting")
    stranger = signed_in(make_user("owner", "agency", "nowhere"))
    page = text(stranger.get("/search/", {"q": "quok*"}))
    assert "Nothing was found" in page
    assert "sighting" not in page
    chair = signed_in(make_user("chair", "group", group.key))
    assert "Quokka sighting" in text(chair.get("/search/", {"q": "quok*"}))


@pytest.mark.parametrize("number", [1, 3, 300])
def test_queries_do_not_grow_with_what_is_found(unit: Client, number: int) -> None:
    plan = make_plan()
    many_actions(plan, number, make_group())
    rebuild()
    Partnership.objects.create(pk=1, name="Wealdshire", short_name="W")
    for query in ({"q": "action"}, {"q": "action", "kind": "action"}):
        with CaptureQueriesContext(connection) as queries:
            page = unit.get("/search/", query)
        assert page.status_code == 200
        assert len(queries) <= 9


def test_leafing(unit: Client) -> None:
    many_actions(make_plan(), 45, make_group())
    rebuild()
    first, last = (words(unit.get("/search/", {"q": "action", "page": n})) for n in ("1", "3"))
    assert "page=2" in first
    assert "<strong>45 results</strong>" in first
    assert last.count("sl-results__item") == 5
    assert text(unit.get("/search/", {"q": "action", "page": "99"})) == text(
        unit.get("/search/", {"q": "action", "page": "3"})
    )


def test_more_than_ten_thousand_are_not_counted(unit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (selectors, __import__("sightline.search.pages", fromlist=["pages"])):
        monkeypatch.setattr(module, "MOST_COUNTED", 4)
    many_actions(make_plan(), 6, make_group())
    rebuild()
    page = text(unit.get("/search/", {"q": "action"}))
    assert "more than 4 results" in page
    assert "Add a word, or choose a kind" in page


def test_the_box_stands_on_every_page_of_a_member_and_on_no_other(unit: Client) -> None:
    assert 'action="/search/"' in unit.get("/").content.decode()
    stranger = signed_in(person("Nobody Yet"))
    assert 'action="/search/"' not in stranger.get("/").content.decode()
    assert stranger.get("/search/").status_code == 403
    assert 'action="/search/"' not in Client().get("/sign-in/").content.decode()
