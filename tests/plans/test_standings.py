"""What dashboards count: every figure, now and at the ends of months, opens exactly its rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.access.choices import ScopeKind
from sightline.access.scope import Held, Scope
from sightline.events.choices import SYSTEM, Tier
from sightline.jobs.registry import scheduled_jobs
from sightline.jobs.services import enqueue
from sightline.jobs.worker import run_all
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    Figure,
    PlanState,
    TimescaleKind,
)
from sightline.plans.models import Action, CountedDay, Standing, Tally
from sightline.plans.rules.standings import days_to_count, month_ends_before, no_longer_counted
from sightline.plans.selectors import lists
from sightline.plans.selectors.across import actions_across, standings_across
from sightline.plans.selectors.standings import Place, over_time, parts_now, parts_on
from sightline.plans.services import TimescaleGiven
from sightline.plans.services.standings import count_standings
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    complete_on_paper,
    make_action,
    make_agency,
    make_group,
    make_plan,
    make_user,
)

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))
MAY = date(2026, 5, 31)
FEBRUARY = date(2026, 2, 1)


def revise(action: Action, day: str) -> None:
    given = TimescaleGiven(TimescaleKind.BY_DATE, [day], raw=f"By {day}")
    version = Action.objects.get(pk=action.pk).version
    services.revise_timescale(action, version, given, as_at=date(2026, 5, 1), reason="x", **WHO)


def complete(action: Action, on: date = date(2026, 5, 20)) -> None:
    complete_on_paper(action, on)


def put_to_the_test(action: Action, *, passed: bool) -> None:
    test = services.set_embedding_test(action, "Does it last?", due_on=date(2026, 6, 2), as_at=MAY, **WHO)
    services.record_embedding_result(test, passed=passed, finding="Seen.", on=date(2026, 6, 2), **WHO)


@pytest.fixture
def one_of_each() -> dict[str, Action]:
    """Actions of which every figure counts at least one, and one that counts nowhere."""
    plan = make_plan(make_group("Neglect group"), state=PlanState.IN_FORCE)
    priority = services.add_priority(plan, number="1", title="Early help", **WHO)

    def add(**given: Any) -> Action:
        return make_action(plan, **{"as_at": FEBRUARY, "opened_on": FEBRUARY, "priority": priority, **given})

    made = {
        name: add(text=name) for name in ("quiet", "late", "slipped", "done", "lasting", "failed", "gone")
    }
    made["waiting"], made["red"] = add(text="waiting", priority=None), add(text="red", priority=None)
    late, slipped = made["late"], made["slipped"]
    revise(late, "2026-05-10")
    for day in ("2026-05-10", "2026-07-10", "2026-09-10"):
        revise(slipped, day)
    services.record_update(slipped, "Going on.", as_at=date(2026, 6, 1), **WHO)
    services.rate(late, Dimension.DELIVERY, "green", as_at=date(2026, 5, 2), reason="The panel met.", **WHO)
    services.rate(slipped, Dimension.DELIVERY, "amber", as_at=date(2026, 5, 2), **WHO)
    services.rate(made["red"], Dimension.DELIVERY, "red", as_at=date(2026, 5, 2), **WHO)
    services.rate(made["red"], Dimension.IMPACT, "red", as_at=date(2026, 5, 2), **WHO)
    services.rate(slipped, Dimension.IMPACT, "amber", as_at=date(2026, 5, 2), reason="Seen.", **WHO)
    services.rate(made["done"], Dimension.IMPACT, "green", as_at=date(2026, 5, 2), reason="Seen.", **WHO)
    for quarter in EvidenceQuarter:
        services.record_evidence(made["lasting"], quarter, "Seen.", dated_on=date(2026, 5, 21), **WHO)
    for name in ("done", "lasting", "failed", "waiting"):
        complete(made[name])
    put_to_the_test(made["lasting"], passed=True)
    put_to_the_test(made["failed"], passed=False)
    services.set_embedding_test(made["waiting"], "Does it last?", due_on=date(2026, 7, 1), as_at=TODAY, **WHO)
    services.change_state(made["gone"], DeliveryState.CLOSED_OTHER, as_at=date(2026, 5, 2), reason="x", **WHO)
    for name, action in made.items():
        made[name] = Action.objects.get(pk=action.pk)
    return made


def test_every_figure_counts_and_opens_exactly_its_rows(one_of_each: dict[str, Action]) -> None:
    (parts,) = [parts_now(UNIT, Place())]
    assert parts is not None
    for figure in Figure:
        counted = sum(part.figures[figure] for part in parts)
        rows = actions_across(UNIT, {"figure": figure})
        assert (figure, counted) == (figure, rows.count())
        assert counted > 0, figure
        assert "gone" not in {row.text for row in rows}
        for part in parts:
            chosen = {"figure": figure, "plan": part.plan_key, "priority": str(part.priority or "none")}
            assert actions_across(UNIT, chosen).count() == part.figures[figure]


def test_what_each_figure_means(one_of_each: dict[str, Action]) -> None:
    def shown(figure: Figure) -> set[str]:
        return {row.text for row in actions_across(UNIT, {"figure": figure})}

    everything = set(one_of_each) - {"gone"}
    assert shown(Figure.ALL) == everything
    assert shown(Figure.COMPLETE) == {"done", "lasting", "waiting"}
    assert shown(Figure.OPEN) == everything - {"done", "lasting", "waiting"}
    assert shown(Figure.OVERDUE) == shown(Figure.GREEN_BUT_OVERDUE) == {"late"}
    assert shown(Figure.SLIPPED) == shown(Figure.SLIPPED_TWICE) == {"slipped"}
    assert shown(Figure.EMBEDDED) == {"lasting"}
    assert shown(Figure.TEST_WAITING) == {"waiting"}
    assert shown(Figure.UNTESTED) == {"done"}
    assert shown(Figure.SLIPPED_BACK) == {"failed"}
    assert shown(Figure.COMPLETE_WITHOUT_EVIDENCE) == {"done", "waiting"}
    assert shown(Figure.EVIDENCE_CHILDREN) == {"lasting"}
    assert shown(Figure.NO_EVIDENCE) == everything - {"lasting"}
    assert shown(Figure.DELIVERY_RED) == shown(Figure.IMPACT_RED) == {"red"}
    assert shown(Figure.IMPACT_GREEN) == {"done"}


def test_parts_stand_in_printed_order_and_what_has_no_priority_last(one_of_each: dict[str, Action]) -> None:
    parts = parts_now(UNIT, Place(plan=one_of_each["quiet"].plan))
    assert parts is not None
    assert [(part.number, part.title, part.figures[Figure.ALL]) for part in parts] == [
        ("1", "Early help", 6),
        ("", "", 2),
    ]


def test_a_counted_day_says_the_same_as_its_rows(one_of_each: dict[str, Action]) -> None:
    assert count_standings(now=NOW) == 13
    for day in (MAY, TODAY):
        parts = parts_on(UNIT, Place(), day)
        series = over_time(UNIT, Place(), [day])[day]
        for figure in Figure:
            counted = sum(part.figures[figure] for part in parts)
            assert (figure, counted) == (figure, series[figure])
            assert (figure, counted) == (figure, standings_across(UNIT, {"figure": figure}, day).count())
    now = parts_now(UNIT, Place())
    assert [(p.title, p.figures) for p in parts_on(UNIT, Place(), TODAY)] == [
        (p.title, p.figures) for p in now or ()
    ]


def test_a_month_is_counted_as_it_was(one_of_each: dict[str, Action]) -> None:
    count_standings(now=NOW)
    then = over_time(UNIT, Place(), [date(2026, 4, 30), MAY])
    april, may = then[date(2026, 4, 30)], then[MAY]
    assert (april[Figure.ALL], april[Figure.COMPLETE], april[Figure.DELIVERY_RED]) == (9, 0, 0)
    assert (may[Figure.ALL], may[Figure.COMPLETE], may[Figure.DELIVERY_RED]) == (8, 4, 1)
    assert over_time(UNIT, Place(), [date(2026, 1, 31)]) == {date(2026, 1, 31): {}}


def test_a_group_is_counted_over_its_plans_and_what_it_owns(one_of_each: dict[str, Action]) -> None:
    group = one_of_each["quiet"].plan.group
    other = make_plan(make_group("Audit panel"), "Other")
    owned = make_action(other, group, as_at=FEBRUARY, opened_on=FEBRUARY)
    make_action(other, as_at=FEBRUARY, opened_on=FEBRUARY)
    count_standings(now=NOW)
    place = Place(group=group)
    now, then = parts_now(UNIT, place), parts_on(UNIT, place, TODAY)
    assert now is not None
    assert [sum(p.figures[Figure.ALL] for p in parts) for parts in (now, then)] == [9, 9]
    for rows in (
        actions_across(UNIT, {"figure": "all", "group": "neglect-group"}),
        standings_across(UNIT, {"figure": "all", "group": "neglect-group"}, TODAY),
    ):
        assert rows.count() == 9
    assert standings_across(UNIT, {"group": "neglect-group"}, TODAY).filter(action=owned).exists()


def test_counting_again_changes_only_what_differs(one_of_each: dict[str, Action]) -> None:
    count_standings(now=NOW)
    before = dict(Standing.objects.values_list("pk", "state"))
    numbers = Tally.objects.count()
    services.change_state(one_of_each["quiet"], DeliveryState.IN_PROGRESS, as_at=date(2026, 5, 30), **WHO)
    services.change_state(
        one_of_each["red"], DeliveryState.SUPERSEDED, as_at=date(2026, 5, 30), reason="x", **WHO
    )
    count_standings(now=NOW)
    after = dict(Standing.objects.values_list("pk", "state"))
    assert set(before) > set(after)
    assert {pk for pk, state in after.items() if before[pk] != state} == set(
        Standing.objects.filter(action=one_of_each["quiet"], on__gte=MAY).values_list("pk", flat=True)
    )
    assert Tally.objects.count() != numbers
    assert not Standing.objects.filter(action=one_of_each["red"], on__gte=MAY).exists()


def test_yesterdays_count_gives_way_and_month_ends_stay(one_of_each: dict[str, Action]) -> None:
    count_standings(now=NOW)
    count_standings(now=NOW + timedelta(days=1))
    days = set(CountedDay.objects.values_list("on", flat=True))
    assert days == {*month_ends_before(TODAY), TODAY + timedelta(days=1)}
    assert set(Standing.objects.values_list("on", flat=True)) <= days
    assert set(Tally.objects.values_list("on", flat=True)) <= days


def test_a_plan_that_had_ended_is_not_counted(one_of_each: dict[str, Action]) -> None:
    plan = one_of_each["quiet"].plan
    services.change_plan_state(plan, PlanState.CLOSED, as_at=date(2026, 5, 15), reason="x", **WHO)
    count_standings(now=NOW)
    assert parts_now(UNIT, Place()) == parts_on(UNIT, Place(), MAY) == []
    assert over_time(UNIT, Place(), [date(2026, 4, 30)])[date(2026, 4, 30)][Figure.ALL] == 9


def test_days_that_are_counted() -> None:
    assert month_ends_before(date(2026, 3, 31), 3) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]
    assert days_to_count(date(2026, 3, 1))[-2:] == [date(2026, 2, 28), date(2026, 3, 1)]
    days = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]
    assert no_longer_counted(days, date(2026, 3, 2)) == [date(2026, 2, 27), date(2026, 3, 1)]


def test_more_than_anybody_counts_for_a_page_is_left_to_the_night(
    one_of_each: dict[str, Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.plans.selectors.standings.MOST_COUNTED", 5)
    assert parts_now(UNIT, Place()) is None
    assert lists.MOST_COUNTED == 10_000


class TestRestricted:
    """Actions that only some may read: in nobody else's figure, list or file."""

    @pytest.fixture
    def chair(self) -> Any:
        return make_user("chair", "group", "audit-panel")

    @pytest.fixture
    def plan(self) -> Any:
        plan = make_plan(make_group("Business group"))
        panel = make_group("Audit panel")
        given = {"as_at": FEBRUARY, "opened_on": FEBRUARY}
        make_action(plan, text="open to all", **given)
        make_action(plan, make_agency(), text="a hidden matter (secret)", tier=Tier.T2, **given)
        make_action(plan, panel, text="the panel’s own matter (secret)", tier=Tier.T2, **given)
        count_standings(now=NOW)
        return plan

    def test_figures_hold_what_the_reader_may_read(self, plan: Any, chair: Any) -> None:
        for who, number in ((UNIT, 3), (chair, 2)):
            now = parts_now(who, Place())
            assert now is not None
            assert sum(p.figures[Figure.ALL] for p in now) == number
            assert sum(p.figures[Figure.ALL] for p in parts_on(who, Place(), MAY)) == number
            assert over_time(who, Place(plan=plan), [MAY])[MAY][Figure.ALL] == number
            assert actions_across(who, {"figure": "all"}).count() == number
            assert standings_across(who, {"figure": "all"}, MAY).count() == number

    def test_a_group_of_others_is_no_way_in(self, plan: Any, chair: Any) -> None:
        place = Place(group=plan.group)
        assert over_time(UNIT, place, [MAY])[MAY][Figure.ALL] == 3
        assert over_time(chair, place, [MAY])[MAY][Figure.ALL] == 2

    def test_lists_and_files_hold_no_secret(self, plan: Any, chair: Any, client: Client) -> None:
        for who, sees in ((make_user("unit"), True), (chair, False)):
            client.force_login(who)
            for name in ("plans:actions", "plans:actions_export"):
                for asked in ("", f"?as_at={MAY.isoformat()}", "?words=secret", "?figure=all"):
                    text = body(client.get(reverse(name) + asked))
                    assert "the panel’s own matter" in text
                    assert ("a hidden matter" in text) is sees


def body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_the_nightly_job_counts(one_of_each: dict[str, Action]) -> None:
    assert scheduled_jobs()["plans.count"] == timedelta(hours=24)
    enqueue("plans.count", by=SYSTEM)
    run_all()
    assert CountedDay.objects.count() == 13
    assert Standing.objects.exists()
