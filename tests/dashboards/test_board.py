"""Dashboards: every figure opens exactly its rows, nobody counts what they may not read, and pages stay flat."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.dashboards.pages.board import board_page, charts_of
from sightline.dashboards.pages.tables import MOST_ROWS, plans_of, table_of, title_of
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import Dimension, EvidenceQuarter, Figure, PlanState
from sightline.plans.selectors.standings import Part, Place
from sightline.plans.services.standings import count_standings
from tests.plans.making import (
    BY,
    complete_on_paper,
    make_action,
    make_agency,
    make_group,
    make_plan,
    make_user,
)
from tests.plans.viewing import signed_in, words

pytestmark = pytest.mark.django_db
ROLES = (("unit", "partnership", ""), ("chair", "group", "audit-panel"))
LINK = re.compile(r'<a class="(?:govuk-link|sl-figure[^"]*)" href="(/actions/\?[^"]+)">(?:<strong>)?([\d,]+)')


@pytest.fixture
def county() -> dict[str, Any]:
    """A plan with a year behind it: something of every kind, some of it restricted, and its months counted."""
    today, now = timezone.localdate(), timezone.now()
    begun = today - timedelta(days=300)
    group, panel, police = make_group("Neglect group"), make_group("Audit panel"), make_agency("Police")
    plan = make_plan(group, state=PlanState.IN_FORCE, as_at=begun, now=now)
    priority = services.add_priority(plan, number="1", title="Early help", by=BY, now=now)

    def add(*owners: Any, **given: Any) -> Any:
        return make_action(plan, *owners, **{"as_at": begun, "now": now, "priority": priority, **given})

    who: dict[str, Any] = {"by": BY, "now": now}
    late = add(police, due=(today - timedelta(days=100)).isoformat())
    services.rate(late, Dimension.DELIVERY, "green", as_at=begun, reason="It was said.", **who)
    done, failed = add(panel), add(panel, priority=None)
    for action in (done, failed):
        complete_on_paper(action, today - timedelta(days=90), now)
    services.record_evidence(done, EvidenceQuarter.CHILDREN, "They say so.", dated_on=today, **who)
    for action, passed in ((done, True), (failed, False)):
        test = services.set_embedding_test(action, "Does it last?", due_on=today, as_at=today, **who)
        services.record_embedding_result(test, passed=passed, finding="Seen.", on=today, **who)
    for owner in (panel, police):
        secret = add(owner, tier=Tier.T2, text="A secret matter")
        services.rate(secret, Dimension.DELIVERY, "red", as_at=begun, **who)
    count_standings(now=now)
    return {"plan": plan, "group": group, "panel": panel}


def opened(client: Client, address: str) -> int:
    count = client.get(unescape(address)).context["page"].listing.count
    assert not count.more
    return int(count.number)


def addresses(county: dict[str, Any]) -> list[str]:
    last_month_end = timezone.localdate().replace(day=1) - timedelta(days=1)
    return [
        "/dashboard/",
        f"/dashboard/plans/{county['plan'].key}/",
        f"/dashboard/groups/{county['panel'].key}/",
        f"/dashboard/groups/{county['group'].key}/",
        f"/dashboard/?as_at={last_month_end.isoformat()}",
    ]


@pytest.mark.library
@pytest.mark.parametrize("role", ROLES)
def test_every_figure_on_the_page_opens_exactly_its_rows(county: dict[str, Any], role: Any) -> None:
    client, figures = signed_in(make_user(*role)), set()
    for address in addresses(county):
        found = set(LINK.findall(client.get(address).content.decode()))
        assert len(found) > 10, address
        figures |= found
    # The same figure stands on several pages, and is opened once.
    told = {link: int(number.replace(",", "")) for link, number in figures}
    assert len(told) == len(figures)
    assert {link: opened(client, link) for link in told} == told


def test_figures_count_what_their_reader_may_read(county: dict[str, Any]) -> None:
    numbers = {}
    for role in (("unit",), ("chair", "group", "audit-panel"), ("owner", "group", "somewhere")):
        page = signed_in(make_user(*role)).get("/dashboard/").context["page"]
        numbers[role[0]] = (
            page.table.total.whole.number,
            page.table.total.delivery[3].number,
            page.courses[0].periods[-2].numbers[3].number,
        )
    assert numbers == {"unit": (5, 2, 2), "chair": (4, 1, 1), "owner": (3, 0, 0)}


def test_a_plan_that_may_not_be_read_has_no_dashboard(county: dict[str, Any]) -> None:
    hidden = make_plan(county["group"], "An unseen plan", tier=Tier.T2)
    make_action(hidden, now=timezone.now(), as_at=timezone.localdate())
    count_standings(now=timezone.now())
    chair, unit = signed_in(make_user("chair", "group", "audit-panel")), signed_in(make_user("unit"))
    assert chair.get(f"/dashboard/plans/{hidden.key}/").status_code == 404
    assert chair.get("/dashboard/groups/nowhere/").status_code == 404
    assert "unseen" not in words(chair.get("/dashboard/"))
    assert "An unseen plan" in words(unit.get("/dashboard/"))


def test_it_says_what_is_done_and_what_has_lasted(county: dict[str, Any]) -> None:
    page = board_page(make_user("unit"), Place(), "")
    assert [(n.number, n.words) for n in page.embedding[:3]] == [
        (1, "complete"),
        (1, "embedded"),
        (1, "slipped back"),
    ]
    assert {n.words: n.number for n in page.looked_at}["said to be green, and overdue"] == 1
    assert [n.number for n in page.evidence] == [0, 0, 1, 0]
    assert (page.evidence[0].href, page.is_empty) == ("", False)


def test_a_day_that_was_not_counted_is_refused_with_a_sentence(county: dict[str, Any]) -> None:
    client = signed_in(make_user("unit"))
    for asked in ("2019-01-01", "yesterday", "2026-13-45"):
        page = client.get(f"/dashboard/?as_at={asked}")
        assert "That day was not counted." in words(page)
        assert page.context["page"].as_at == ""


def test_what_is_too_large_to_count_for_a_page_shows_the_last_count(
    county: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.plans.selectors.standings.MOST_COUNTED", 2)
    client = signed_in(make_user("unit"))
    page = client.get("/dashboard/")
    assert "these figures were counted on" in words(page)
    assert page.context["page"].table.total.whole.number == 5
    for link, number in set(LINK.findall(page.content.decode())):
        assert opened(client, link) == int(number)


def test_an_empty_installation_says_what_comes_here() -> None:
    page = signed_in(make_user("unit")).get("/dashboard/")
    assert "There is nothing to count here yet" in words(page)


def test_before_a_month_is_counted_it_says_when_it_will_be() -> None:
    make_action(make_plan(state=PlanState.IN_FORCE))
    assert "The ends of months are counted every night" in words(
        signed_in(make_user("unit")).get("/dashboard/")
    )


@pytest.mark.library
def test_queries_are_few_and_do_not_grow() -> None:
    group, now = make_group("Audit panel"), timezone.now()
    clients = {role: signed_in(make_user(*role)) for role in ROLES}
    pages = ("/dashboard/", f"/dashboard/groups/{group.key}/", f"/dashboard/?as_at={timezone.localdate()}")
    counted = set()
    for number in (1, 2, 40):
        for _ in range(number):
            plan = make_plan(group, f"Plan {number}", now=now)
            make_action(plan, group, as_at=date(2026, 1, 5), now=now, tier=Tier.T2)
        count_standings(now=now)
        for role, client in clients.items():
            for address in pages:
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(address).status_code == 200
                counted.add((role, address, len(seen)))
    assert len(counted) == len(ROLES) * len(pages)
    assert max(asked for _, _, asked in counted) <= 12


def part(number: int, plan: int = 1, **figures: int) -> Part:
    made = Part(plan, f"plan-{plan}", f"Plan {plan}", number, str(number), f"Title {number}", number)
    made.figures.update({Figure(name): count for name, count in figures.items()})
    return made


class TestTables:
    def test_more_priorities_than_anybody_reads_are_counted_by_plan(self) -> None:
        parts = [part(n, plan=n % 3, all=2) for n in range(MOST_ROWS + 1)]
        table = table_of(parts, Place(), None)
        assert (table.is_by_plan, [row.title for row in table.rows]) == (True, ["Plan 0", "Plan 1", "Plan 2"])
        assert table.rows[0].whole.href == "/actions/?figure=all&plan=plan-0"
        assert (table.total.whole.number, table.left_out) == (2 * (MOST_ROWS + 1), 0)
        assert sum(p.figures[Figure.ALL] for p in plans_of(parts)) == 2 * (MOST_ROWS + 1)

    def test_plans_beyond_those_shown_are_said_and_still_counted(self) -> None:
        table = table_of([part(n, plan=n, all=1) for n in range(MOST_ROWS + 3)], Place(), None)
        assert (len(table.rows), table.left_out, table.total.whole.number) == (MOST_ROWS, 3, MOST_ROWS + 3)

    def test_titles(self) -> None:
        assert title_of(part(1)) == "1: Title 1"
        blank = Part(1, "p", "P", 1, "4", "Priority 4", 1)
        assert title_of(blank) == "Priority 4"
        assert title_of(Part(1, "p", "P", None, "", "", 0)) == "Under no priority"

    def test_more_bars_than_anybody_reads_are_not_drawn(self) -> None:
        assert charts_of([part(n, all=1) for n in range(21)]) == []
        assert len(charts_of([part(n, all=1) for n in range(20)])) == 2
        assert charts_of([part(1)]) == []
