"""What stands below "what needs you", by role: each figure opens its rows, and nobody sees what is not theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.models import Membership, User
from sightline.dashboards.pages import home_page
from sightline.dashboards.pages.home import report_lines
from sightline.dashboards.selectors import reporting
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState
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


def who() -> dict[str, Any]:
    return {"by": BY, "now": timezone.now()}


def day(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def plan() -> Any:
    plan = make_plan(
        make_group("Neglect group"), state=PlanState.IN_FORCE, as_at=day(-200), now=timezone.now()
    )
    services.add_priority(plan, number="1", title="Early help", **who())
    return plan


def add(plan: Any, *owners: Any, due: int | None = None, **given: Any) -> Any:
    when = {"due": day(due).isoformat()} if due is not None else {}
    values = {"as_at": day(-20), "now": timezone.now(), "priority": plan.priorities.get(), **when, **given}
    return make_action(plan, *owners, **values)


def blocks(user: User) -> dict[str, Any]:
    page = home_page(user, timezone.localdate(), timezone.now())
    return {block.key: block for block in page.blocks}


def numbers(block: Any) -> dict[str, int]:
    return {number.words: number.number for _, group in block.numbers for number in group}


def test_an_owner_sees_their_own_and_what_is_due_next(plan: Any) -> None:
    police, others = make_agency("Police"), make_agency("Others")
    add(plan, police, due=-5, text="Late")
    add(plan, police, due=30, text="Next month")
    add(plan, police, due=3, text="This week")
    add(plan, others, due=4, text="Somebody else’s")
    user = make_user("owner", "agency", "police")
    (block,) = blocks(user).values()
    assert [item.text for item in block.items] == ["This week", "Next month"]
    assert block.items[0].update_href.endswith("/update/")
    assert numbers(block) == {"open": 3, "overdue": 1, "silent": 0, "open, delivery red": 0}
    client = signed_in(user)
    for _, group in block.numbers:
        for number in group:
            if number.href:
                assert client.get(number.href).context["page"].listing.count.number == number.number
    assert "All 3 open actions of yours" in words(client.get("/"))


def test_a_member_of_the_group_that_owns_an_action_is_not_offered_what_is_refused(plan: Any) -> None:
    user = make_user("owner", "agency", "police")
    Membership.objects.create(
        user=user, role="member", scope_kind="group", scope_key=plan.group.key, starts_on=day(-9)
    )
    add(plan, make_agency("Police"), due=3, text="Ours")
    action = add(plan, plan.group, due=4, text="The group’s")
    (block,) = (each for each in blocks(user).values() if each.key == "yours")
    assert [(item.text, bool(item.update_href)) for item in block.items] == [
        ("Ours", True),
        ("The group’s", False),
    ]
    assert signed_in(user).get(f"/actions/{action.reference}/update/").status_code == 403


def test_an_owner_of_nothing_has_no_block(plan: Any) -> None:
    add(plan, make_agency("Police"))
    assert blocks(make_user("owner", "agency", "nowhere")) == {}


def test_a_chair_sees_each_of_their_groups(plan: Any) -> None:
    panel = make_group("Audit panel")
    add(plan, panel, due=-5)
    done = add(plan, panel)
    complete_on_paper(done, day(-1), timezone.now())
    add(plan, make_agency("Police"))
    user = make_user("chair", "group", "audit-panel")
    for name in ("A third", "B fourth"):
        make_group(name)
    for key in ("neglect-group", "a-third", "b-fourth"):
        Membership.objects.create(
            user=user, role="chair", scope_kind="group", scope_key=key, starts_on=day(-900)
        )
    user = User.objects.get(pk=user.pk)
    found = blocks(user)
    assert list(found) == ["group-a-third", "group-audit-panel", "group-b-fourth", "group-neglect-group"]
    assert found["group-a-third"].sentence.startswith("No action of a plan that runs")
    shown = numbers(found["group-audit-panel"])
    assert (shown["Complete"], shown["overdue"], shown["complete, and no test waits"]) == (1, 1, 1)
    assert found["group-neglect-group"].numbers == ()
    assert found["group-neglect-group"].more[1] == "/dashboard/groups/neglect-group/"


def test_the_executive_sees_one_table_and_what_got_worse(plan: Any) -> None:
    action = add(plan)
    user = make_user("executive")
    (block,) = blocks(user).values()
    assert (block.table.total.whole.number, block.changes) == (1, ())
    assert block.sentence.startswith("What got worse is shown once")
    count_standings(now=timezone.now())
    (block,) = blocks(user).values()
    assert block.sentence.startswith("Nothing got worse since")
    services.rate(action, Dimension.DELIVERY, "red", as_at=day(0), **who())
    (block,) = blocks(user).values()
    (change,) = block.changes
    assert (change.title, change.plan) == ("1: Early help", "Children first")
    assert [(number.words, number.number, before) for number, before in change.numbers] == [
        ("rated red for delivery", 1, 0)
    ]
    listed = signed_in(user).get(change.numbers[0][0].href).context["page"].listing
    assert listed.count.number == 1


def test_the_scrutineer_sees_where_said_and_suggested_part(plan: Any) -> None:
    late = add(plan, due=-5, text="Said to be green")
    done = add(plan, text="Done")
    user = make_user("scrutineer")
    assert blocks(user)["said-and-suggested"].sentence.startswith("No rating says more")
    services.rate(late, Dimension.DELIVERY, "green", as_at=day(0), reason="It was said.", **who())
    complete_on_paper(done, day(-1), timezone.now())
    found = blocks(user)
    said = found["said-and-suggested"]
    assert (list(numbers(said).values()), [item.text for item in said.items]) == (
        [1, 1],
        ["Said to be green"],
    )
    assert list(numbers(found["without-evidence"]).values()) == [1, 1, 2]


def test_nobody_counts_or_lists_what_they_may_not_read(plan: Any) -> None:
    add(plan, make_agency("Police"), tier=Tier.T2, text="An unseen matter", due=3)
    make_group("Audit panel")
    for role in (("owner", "agency", "nowhere"), ("chair", "group", "audit-panel")):
        assert "unseen" not in words(signed_in(make_user(*role)).get("/"))
    assert "An unseen matter" in words(signed_in(make_user("owner", "agency", "police")).get("/"))


def test_the_unit_is_told_what_is_new_since_the_last_report_and_of_drafts(plan: Any) -> None:
    unit = make_user("unit")
    add(plan, due=-5)
    assert list(report_lines(reporting(unit))) == []
    on = timezone.localdate()
    services.issue_exception_report(services.draft_exception_report(None, as_at=on, **who()), **who())
    add(plan, due=-6)
    add(plan, due=-7)
    services.draft_exception_report(None, as_at=on, **who())
    new, drafts = report_lines(reporting(unit))
    assert (new.number, drafts.number) == (2, 1)
    assert new.words.startswith("exceptions are new since the report as at")
    client = signed_in(unit)
    assert client.get(new.url).context["page"].listing.count.number == 2
    assert client.get(drafts.url).context["page"].listing.count.number == 1
    assert "exceptions are new since" in words(client.get("/"))
    assert reporting(make_user("executive")) is None


def test_one_of_each_is_said_in_the_singular(plan: Any) -> None:
    on = timezone.localdate()
    services.issue_exception_report(services.draft_exception_report(None, as_at=on, **who()), **who())
    add(plan, due=-6)
    services.draft_exception_report(None, as_at=on, **who())
    told = [line.words for line in report_lines(reporting(make_user("unit")))]
    assert told[0].startswith("exception is new since")
    assert told[1] == "draft of a report is not issued"


ROLES = [
    ("unit",),
    ("executive",),
    ("scrutineer",),
    ("chair", "group", "audit-panel"),
    ("owner", "agency", "police"),
]


@pytest.mark.library
def test_queries_are_few_and_do_not_grow(plan: Any) -> None:
    owners, on = (make_agency("Police"), make_group("Audit panel")), timezone.localdate()
    clients = {role: signed_in(make_user(*role)) for role in ROLES}
    services.issue_exception_report(services.draft_exception_report(None, as_at=on, **who()), **who())
    counted = set()
    for number in (1, 2, 27):
        for _ in range(number):
            action = add(plan, *owners, due=-5)
            services.rate(action, Dimension.DELIVERY, "green", as_at=day(0), reason="Said.", **who())
        count_standings(now=timezone.now())
        for role, client in clients.items():
            with CaptureQueriesContext(connection) as seen:
                assert client.get("/").status_code == 200
            counted.add((role, len(seen)))
    assert len(counted) == len(ROLES)
    assert max(asked for _, asked in counted) <= 12
