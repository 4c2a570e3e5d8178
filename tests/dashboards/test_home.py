"""The first page: what needs you, for each role."""

import datetime as dt
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline import dashboards
from sightline.dashboards.pages import HomePage, Line, home_page, lines
from sightline.dashboards.selectors import Standing
from sightline.jobs.models import Job, Worker
from sightline.messages.models import WorkItem
from sightline.plans.models import Plan
from tests.access.people import World, person
from tests.access.people import world as make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def item(scope: str, title: str, days: int | None = 0, tier: str = "T1") -> WorkItem:
    today = timezone.localdate()
    return WorkItem.objects.create(
        for_scope=scope,
        kind="update",
        subject_app="plans",
        subject_model="action",
        subject_id=title,
        title=title,
        sentence="Because.",
        url="/actions/A-1/",
        due_on=None if days is None else today + dt.timedelta(days=days),
        tier=tier,
        created_at=timezone.now(),
    )


def page(world: World, role: str) -> HomePage:
    return home_page(world.people[role], timezone.localdate(), timezone.now())


def titles(page: HomePage) -> dict[str, list[str]]:
    return {section.key: [need.title for need in section.needs] for section in page.sections}


def test_each_section_holds_what_is_equally_near(world: World) -> None:
    for title, days in (("far", 40), ("never", None), ("late", -3), ("today", 0), ("later still", -1)):
        item("unit", title, days)
    found = page(world, "unit")
    assert titles(found) == {
        "overdue": ["late", "later still"],
        "soon": ["today"],
        "later": ["far"],
        "undated": ["never"],
    }
    need = found.sections[0].needs[0]
    assert (need.when, need.is_late, need.sentence, need.url) == (
        "3 days late",
        True,
        "Because.",
        "/actions/A-1/",
    )
    assert found.summary == "Two things are overdue, and one more falls due within seven days."


def test_nobody_sees_what_is_for_others(world: World) -> None:
    item("unit", "for the unit")
    item(f"user:{world.people['owner'].pk}", "for the owner")
    item("group:somewhere-else", "for another group")
    item("unit", "a child's record", tier="T3")
    assert titles(page(world, "unit")) == {"soon": ["for the unit"]}
    assert titles(page(world, "owner")) == {"soon": ["for the owner"]}
    assert titles(page(world, "executive")) == {}


def test_at_most_a_hundred_are_shown(world: World) -> None:
    for number in range(101):
        item("unit", f"late {number}", -1)
    found = page(world, "unit")
    assert (len(found.sections[0].needs), found.has_more) == (100, True)
    assert found.summary.startswith("At least 100 things are overdue.")


def test_the_unit_is_told_how_the_machinery_stands(world: World) -> None:
    now = timezone.now()
    for state, number in (("waiting", 2), ("failed", 1), ("done", 5)):
        for i in range(number):
            Job.objects.create(
                name="plans.read_import",
                key=f"{state}{i}",
                state=state,
                actor_kind="system",
                actor_id="x",
                enqueued_at=now,
                run_after=now,
            )
    found = page(world, "unit")
    assert found.lines == (
        Line(2, "jobs wait their turn", "/jobs/?state=waiting", False),
        Line(1, "job failed", "/jobs/?state=failed", True),
    )
    assert found.no_worker is True


def test_where_a_worker_runs_and_nothing_waits(world: World) -> None:
    Worker.objects.create(name="w", started_at=timezone.now(), seen_at=timezone.now())
    found = page(world, "unit")
    assert (found.lines, found.no_worker) == ((), False)


@pytest.mark.parametrize("role", ["chair", "owner", "executive", "scrutineer"])
def test_the_others_are_not_told(world: World, role: str) -> None:
    found = page(world, role)
    assert (found.lines, found.no_worker) == (None, False)


def test_every_line_has_its_words_for_one_and_for_several() -> None:
    several = Standing(imports_waiting=2, jobs_waiting=2, jobs_failed=2, mails_failed=2, worker_runs=True)
    one = Standing(imports_waiting=1, jobs_waiting=1, jobs_failed=1, mails_failed=1, worker_runs=True)
    assert [line.words for line in lines(several)] == [
        "imports wait to be checked",
        "jobs wait their turn",
        "jobs failed",
        "e-mails could not be sent",
    ]
    assert [line.words for line in lines(one)] == [
        "import waits to be checked",
        "job waits its turn",
        "job failed",
        "e-mail could not be sent",
    ]


def shown(world: World, role: str) -> str:
    client = Client()
    client.force_login(world.people[role])
    return " ".join(client.get("/").content.decode().split())


def test_the_first_day_says_what_to_do_first(world: World) -> None:
    assert "Begin with the plan you have" in shown(world, "unit")
    assert "There is no plan here yet" in shown(world, "owner")


def test_when_all_is_done(world: World) -> None:
    Plan.objects.create(key="neglect", name="Neglect plan")
    assert "look at the plans" in shown(world, "owner")
    assert "Nothing needs you today." in shown(world, "owner")


def test_an_account_without_a_membership_is_told_whom_to_ask(world: World) -> None:
    world.people["outsider"] = person("Oz Outsider")
    assert "You are not a member of anything yet" in shown(world, "outsider")


@pytest.mark.parametrize("number", [1, 3])
def test_at_most_twelve_queries_however_many_items(
    world: World, number: int, django_assert_max_num_queries: Any
) -> None:
    for i in range(number):
        item("unit", f"late {i}", -1)
    client = Client()
    client.force_login(world.people["unit"])
    with django_assert_max_num_queries(12) as asked:
        assert client.get("/").status_code == 200
    assert len(asked) == 10


def test_the_template_uses_its_page_and_nothing_else() -> None:
    template = Path(dashboards.__file__).parent / "templates" / "dashboards" / "home.html"
    used = set(re.findall(r"\bpage\.(\w+)", template.read_text(encoding="utf-8"))) - {"html"}
    assert used == {field.name for field in fields(HomePage)}
