"""What keeps lists and figures flat: indexes that hold all that is asked, counts that stop, plans too long to count."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.events.choices import Tier
from sightline.plans.models import Action, Plan, Tally
from sightline.plans.pages import plans as list_pages
from sightline.plans.pages import table
from sightline.plans.selectors import ActionFilter, get_plan
from sightline.plans.selectors.figures import figures_of, figures_within
from sightline.plans.selectors.lists import actions_listed, walked
from sightline.plans.selectors.owned import owned_by_agency, owned_by_group
from sightline.plans.services.standings import count_standings
from tests.plans.making import make_action, make_agency, make_group, make_person, make_plan, make_user
from tests.plans.viewing import signed_in, words

pytestmark = pytest.mark.django_db
# Of three rows PostgreSQL makes short work: it reads them all, and sorts them, unless it is told not to.
ROWS, IN_ORDER, ALONE = (
    ("seqscan",),
    ("seqscan", "sort", "bitmapscan"),
    ("seqscan", "bitmapscan"),
)


def explained(rows: QuerySet[Any, Any], without: Sequence[str] = ROWS) -> str:
    """How the database would find these rows if there were too many for the ways that it does `without`."""
    with connection.cursor() as cursor:
        for way in without if connection.vendor == "postgresql" else ():
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def uses(rows: QuerySet[Any, Any], index: str) -> bool:
    return index in explained(rows)


def drop_indexes_but(kept: Collection[str]) -> None:
    """In an empty table one way of finding a row costs as much as another: leave no other to choose. Rolled back."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Action._meta.db_table)
        for name, about in found.items():
            if about["index"] and not about["unique"] and name not in kept:
                cursor.execute(f'DROP INDEX "{name}"')


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three actions are more than anybody counts for a page."""
    monkeypatch.setattr("sightline.plans.selectors.visible.MOST_COUNTED", 2)
    monkeypatch.setattr("sightline.plans.selectors.figures.MOST_COUNTED", 2)


def long_plan(**given: Any) -> Plan:
    plan = make_plan(**{"state": "in_force", **given})
    for place in range(3):
        make_action(plan, due="2026-02-01", numbers=[f"1.{place}"], now=timezone.now())
    return plan


def test_the_figures_of_a_plan_are_counted_from_an_index_alone() -> None:
    counted = Action.objects.filter(plan=make_plan()).order_by()
    drop_indexes_but({"action_plan_figures"})
    columns = ("state", "current_delivery_rating", "current_exceptions", "current_exception_count")
    for rows in (counted.values_list("plan_id", *columns), counted.values("plan_id", *columns, "tier", "pk")):
        found = explained(rows, ALONE)
        assert re.search("(Index Only Scan|COVERING INDEX).* action_plan_figures", found), found


def test_an_owners_actions_are_found_by_index_and_not_among_all_owners() -> None:
    police, group = make_agency("Police"), make_group("Panel")
    plan = explained(owned_by_agency("police"))
    assert ("owner_agency_actions" in plan, "owner_person_actions" in plan) == (True, True)
    assert uses(owned_by_group("panel"), "owner_group_actions")
    mine, of_person, theirs = (make_action(None, each) for each in (police, make_person(police), group))
    assert {a.pk for a in actions_listed(COMMAND_LINE_SCOPE, ActionFilter(owner_agency="police"))} == {
        mine.pk,
        of_person.pk,
    }
    assert [a.pk for a in actions_listed(COMMAND_LINE_SCOPE, ActionFilter(owner_group="panel"))] == [
        theirs.pk
    ]
    assert list(actions_listed(COMMAND_LINE_SCOPE, ActionFilter(owner_agency="nobody"))) == []


def test_every_order_of_a_plans_table_has_its_index() -> None:
    rows = Action.objects.filter(plan=make_plan())
    indexes = {
        "action_plan_order": ("order", "pk"),
        "action_plan_due": ("current_due_on", "pk"),
        "action_plan_rating": ("current_delivery_rating", "order"),
        "action_plan_number": ("current_number_sort", "pk"),
        "action_plan_updated": ("current_update_on", "pk"),
    }
    drop_indexes_but(indexes)
    for index, order in indexes.items():
        assert index in explained(rows.order_by(*order)[:100], IN_ORDER), order


def test_what_an_action_became_in_the_next_plan_is_found_by_index_where_hardly_any_was_carried() -> None:
    first, *_ = (make_action(None, numbers=[f"1.{place}"]) for place in range(3))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    assert "carried_from" in explained(Action.objects.filter(carried_from=first))


@pytest.mark.usefixtures("short_pages")
class TestALongPlan:
    def test_shows_the_last_count_and_says_of_which_day(self) -> None:
        plan, unit = long_plan(), make_user("unit")
        assert figures_within(unit, get_plan(unit, plan.key)) is None
        count_standings(now=timezone.now())
        make_action(plan)
        found = figures_within(unit, get_plan(unit, plan.key))
        assert found
        assert (found.actions, found.open, found.overdue, found.on) == (3, 3, 3, timezone.localdate())
        page = words(signed_in(unit).get(f"/plans/{plan.key}/"))
        assert "these figures were counted on" in page
        assert "<strong>3</strong> open of 3" in page

    def test_counts_no_restricted_action_for_those_who_may_not_read_it(self) -> None:
        police = make_agency("Police")
        plan = long_plan()
        make_action(plan, police, due="2026-02-01", tier=Tier.T2, now=timezone.now())
        count_standings(now=timezone.now())
        readers = (
            make_user("unit"),
            make_user("owner", "agency", "police"),
            make_user("owner", "agency", "health"),
        )
        found = [figures_within(reader, get_plan(reader, plan.key)) for reader in readers]
        assert [each.actions if each else None for each in found] == [4, 4, 3]

    def test_never_asks_more_than_twelve_times(
        self, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        plan = long_plan()
        count_standings(now=timezone.now())
        for user in (make_user("unit"), make_user("owner", "agency", "health")):
            client = signed_in(user)
            with django_assert_max_num_queries(12):
                assert client.get(f"/plans/{plan.key}/?words=audit&exception=any").status_code == 200
            with django_assert_max_num_queries(12):
                assert client.get("/plans/").status_code == 200

    def test_the_list_of_plans_shows_the_last_count_of_each(self) -> None:
        unit = make_user("unit")
        plan, draft = long_plan(), make_plan(name="Only a draft")
        assert figures_of(unit, [plan, draft]) == {}
        assert "they are counted in the night" in words(signed_in(unit).get("/plans/"))
        count_standings(now=timezone.now())
        found = figures_of(unit, [plan, draft])
        assert (list(found), found[plan.pk].open) == ([plan.pk], 3)
        page = list_pages.list_page(unit, QueryDict())
        assert page.counted.startswith("There are more than 10,000 actions here: the figures were counted on")
        assert [bool(row.figures) for row in page.listing.rows] == [True, False]


def test_a_short_plan_is_counted_as_it_stands() -> None:
    plan, unit = long_plan(), make_user("unit")
    page = table.plan_page(unit, get_plan(unit, plan.key), QueryDict())
    assert (page.counted_on, page.figures and page.figures[0].number) == ("", 3)
    assert not Tally.objects.exists()
    assert figures_of(unit, [plan])[plan.pk].on is None


@pytest.mark.parametrize("most", [0, 1, 100])
@pytest.mark.parametrize("owner", ["agency:police", "group:panel"])
def test_a_page_of_one_owner_is_the_same_whether_looked_up_or_walked(
    owner: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.plans.selectors.lists.MOST_SOUGHT", most)
    police, panel, plan, unit = make_agency("Police"), make_group("Panel"), make_plan(), make_user("unit")
    for number, owners in enumerate([(police,), (panel, police), (make_person(police),), (panel,), ()]):
        make_action(plan, *owners, numbers=[str(number)])
    asked = QueryDict(f"owner={owner}&sort=-number")
    listing = table.plan_page(unit, get_plan(unit, plan.key), asked).listing
    wanted = {"agency:police": ["2", "1", "0"], "group:panel": ["3", "1"]}[owner]
    assert [row.label for row in listing.rows] == wanted
    assert (listing.count.number, listing.count.more) == (
        min(len(wanted), most or len(wanted)),
        0 < most < len(wanted),
    )
    assert walked(ActionFilter(plan, owner_agency="police")).walks == (most < 3)
    assert not walked(ActionFilter(plan, owner_agency="police", words="audit")).walks
