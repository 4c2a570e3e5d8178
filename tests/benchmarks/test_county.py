"""The county of the measures: copies made inside the database are as true as what services make."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from benchmarks.county import COPIED, DAYS, County, reference
from benchmarks.pages import Visitor, requests_of
from sightline.messages.models import WorkItem
from sightline.plans.models import Action, CountedDay, Standing, Tally
from sightline.plans.services import refresh_current
from sightline.plans.services.standings import count_standings
from sightline.search.models import SearchEntry
from sightline.search.services import rebuild

pytestmark = pytest.mark.django_db
FIRST, SIZE = 20, 60


def grown() -> County:
    county = County(FIRST)
    county.grow(SIZE)
    return county


def counts() -> dict[str, list[Any]]:
    """How actions stood on the days that are kept, and what was counted of them."""
    days = list(CountedDay.objects.order_by("-on").values_list("on", flat=True)[:DAYS])
    place = ("on", "group", "plan", "priority", "restricted", "figure", "number")
    stood = Standing.objects.filter(on__in=days).order_by("on", "action")
    return {
        "standings": [{**row, "id": 0} for row in stood.values()],
        "tallies": sorted(Tally.objects.filter(on__in=days).values_list(*place), key=str),
    }


def test_copies_are_counted_as_every_night_counts() -> None:
    grown()
    before = counts()
    count_standings(now=timezone.now())
    assert counts() == before
    assert all(before.values())


def everything() -> dict[str, list[Any]]:
    """All that is kept from history, and so would be another if the copies were not true."""
    return {
        "actions": list(Action.objects.order_by("pk").values()),
        "work": sorted(
            WorkItem.objects.values("for_scope", "kind", "subject_id", "title", "url", "due_on"), key=str
        ),
        "words": list(SearchEntry.objects.filter(kind="action").order_by("record_id").values()),
    }


def test_a_copy_is_what_services_would_have_made() -> None:
    grown()
    before = everything()
    refresh_current(Action.objects.all(), now=timezone.now())
    rebuild()
    assert everything() == before


def rows_of_actions() -> dict[str, int]:
    """How many rows hang on actions, by table."""
    kept: dict[str, Any] = {model.__name__: model._default_manager.all() for model in COPIED}
    kept["WorkItem"] = WorkItem.objects.filter(subject_model="action")
    kept["SearchEntry"] = SearchEntry.objects.filter(kind="action")
    return {name: rows.count() for name, rows in kept.items()}


def test_each_plan_grows_as_much_and_each_action_keeps_its_history() -> None:
    county = County(FIRST)
    before = rows_of_actions()
    county.grow(SIZE)
    assert rows_of_actions() == {name: 3 * number for name, number in before.items()}
    assert min(before.values()) > 0
    sizes = dict(Action.objects.order_by().values_list("plan").annotate(Count("pk")))
    assert [sizes[plan.pk] for plan in county.plans] == [60, 6, 6, 6]


def test_later_growth_begins_where_the_first_ended() -> None:
    county = grown()
    county.grow(2 * SIZE)
    assert Action.objects.filter(plan=county.plans[0]).count() == 2 * SIZE
    newest = Action.objects.order_by("-pk")[0]
    assert newest.reference == reference(newest.pk)


def test_copies_made_after_updates_were_measured_are_as_true() -> None:
    county = County(FIRST)
    for size in (SIZE, 2 * SIZE):
        visitor = Visitor(county)
        for _ in range(10):
            visitor.look()
            visitor.update()
        county.grow(size)
    before = everything()
    refresh_current(Action.objects.all(), now=timezone.now())
    assert everything() == before


def test_every_request_measured_is_answered() -> None:
    visitor = Visitor(grown())
    for request in requests_of(visitor).values():
        request()
    for _ in range(30):
        visitor.look()
        visitor.update()
