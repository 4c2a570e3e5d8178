"""The list of plans and a plan as its printed table: what they show, for whom, and how little they ask the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.partners.models import Group
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState
from sightline.plans.models import Action, Plan
from sightline.plans.pages import plans as list_pages
from sightline.plans.pages import table
from sightline.plans.pages.rows import Band, Shown
from sightline.plans.pages.table import Figure, Key
from sightline.plans.selectors import get_plan
from sightline.plans.selectors.figures import Figures
from tests.plans.making import BY, complete, make_group, make_user
from tests.plans.viewing import (
    DAY,
    THEN,
    many_actions,
    old_action,
    old_plan,
    outcome_of,
    priority_of,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group("Neglect group")


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def shown(user: Any, plan: Plan, asked: str = "") -> table.PlanPage:
    return table.plan_page(user, get_plan(user, plan.key), QueryDict(asked))


def references(page: table.PlanPage) -> list[str]:
    return [row.href.strip("/").split("/")[-1] for row in page.listing.rows]


# The list


def test_the_list_counts_what_stands_open_red_overdue_and_silent(group: Group, unit: Any) -> None:
    plan = old_plan(group, name="Neglect plan", period_raw="2020 to 2021")
    red = old_action(plan, group, due="2020-04-01")
    services.rate(red, Dimension.DELIVERY, "red", as_at=DAY, by=BY, now=THEN)
    services.refresh_current(red, now=THEN.replace(year=2021))
    done = old_action(plan, group)
    complete(done, DAY, THEN)
    page = list_pages.list_page(unit, QueryDict())
    (row,) = page.listing.rows
    assert (row.name, row.group, row.period, row.state, row.state_colour, row.href) == (
        "Neglect plan", "Neglect group", "2020 to 2021", "Draft", "yellow", "/plans/neglect-plan/",
    )  # fmt: skip
    assert row.figures == Figures(actions=2, open=1, red=1, overdue=1, silent=1, exceptions=2)
    assert (page.may_import, page.may_write) == (True, True)


def test_the_list_is_narrowed_by_words_and_state(group: Group, unit: Any) -> None:
    old_plan(group, name="Neglect plan")
    other = old_plan(name="Exploitation plan", state=PlanState.IN_FORCE)
    assert [r.name for r in list_pages.list_page(unit, QueryDict("words=neglect")).listing.rows] == [
        "Neglect plan"
    ]
    found = list_pages.list_page(unit, QueryDict("state=in_force")).listing.rows
    assert [(r.name, r.figures) for r in found] == [(other.name, Figures())]


@pytest.mark.parametrize(
    ("role", "sentence", "offered"),
    [("unit", "Begin with the plan you have", True), ("executive", "There is no plan here yet", False)],
)
def test_an_empty_list_says_what_to_do_first(role: str, sentence: str, offered: bool) -> None:
    page = words(signed_in(make_user(role)).get("/plans/"))
    assert sentence in page
    assert ("/imports/new/" in page) is offered


# The printed table


def test_a_row_is_printed_under_the_headings_of_paper(group: Group, unit: Any) -> None:
    plan = old_plan(group, legend={"On track": "green", "Done": "complete"})
    priority = priority_of(plan)
    action = old_action(
        plan,
        group,
        priority=priority,
        outcome=outcome_of(priority),
        due="2020-04-01",
        items=["Files", "Calls"],
        other={"Cost": "£200"},
    )
    services.record_update(action, "Half are done.", as_at=DAY, by=BY, now=THEN)
    page = shown(unit, plan)
    assert [heading.label for heading in page.listing.headings] == [
        "Ref", "What difference will this make?", "Lead", "Action", "Update", "By when", "RAG", "Cost", "Impact",
    ]  # fmt: skip
    (row,) = page.listing.rows
    assert row.cells == (
        Shown("number", "Ref", "1.1"),
        Shown("outcome", "What difference will this make?", "Children are seen sooner"),
        Shown("owners", "Lead", "Neglect group"),
        Shown("action", "Action", "Audit every re-referral\n• Files\n• Calls"),
        Shown("update", "Update", "2 March 2020: Half are done."),
        Shown("timescale", "By when", "By 2020-04-01"),
        Shown("rating", "RAG", ""),
        Shown("other", "Cost", "£200"),
        Shown("impact", "Impact", "Not yet known"),
    )
    assert (row.label, row.text, row.items, row.update, row.update_on) == (
        "1.1", "Audit every re-referral", ("Files", "Calls"), "Half are done.", DAY,
    )  # fmt: skip
    assert (row.delivery, row.impact, row.state, row.printed_rating) == (
        "not_rated", "not_yet_known", "Not started", "",
    )  # fmt: skip
    assert row.bands == (Band("Priority 1: Neglect is seen early", ""),)
    assert page.legend == (Key("On track", "green"), Key("Done", "blue"))
    assert page.link_kind == "number"


def test_bands_stand_where_the_priority_changes_and_empty_ones_keep_their_place(unit: Any) -> None:
    plan = old_plan()
    one, _empty, three, _last = (priority_of(plan, str(n), f"Priority {n}") for n in range(1, 5))
    for priority in (one, one, three):
        old_action(plan, priority=priority)
    page = shown(unit, plan)
    titles = [[band.title for band in row.bands] for row in page.listing.rows]
    assert titles == [["Priority 1"], [], ["Priority 2", "Priority 3"]]
    assert page.last_bands == (Band("Priority 4", ""),)


def test_what_paper_leaves_to_the_row_above_is_quiet_only_while_that_row_stands_above(
    group: Group, unit: Any
) -> None:
    plan = old_plan(group)
    priority = priority_of(plan)
    outcome = outcome_of(priority)
    shared = {"priority": priority, "outcome": outcome}
    old_action(plan, group, text="First", numbers=["1"], **shared)
    old_action(
        plan, group, text="Second", numbers=["2"], outcome_inherited=True, owners_inherited=True, **shared
    )

    def quiet(page: table.PlanPage) -> list[list[str]]:
        return [[cell.kind for cell in row.cells if cell.above] for row in page.listing.rows]

    assert quiet(shown(unit, plan)) == [[], ["outcome", "owners"]]
    assert quiet(shown(unit, plan, "words=second")) == [[]]
    assert quiet(shown(unit, plan, "sort=-number")) == [[], []]
    page = words(signed_in(unit).get(f"/plans/{plan.key}/"))
    assert page.count("As above: </span>") == 2


def test_exceptions_are_flagged_on_their_row(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    late = old_action(plan, group, due="2020-04-01")
    services.refresh_current(late, now=THEN.replace(year=2021))
    old_action(plan, group, text="In time")
    page = shown(unit, plan)
    assert [(row.is_exception, row.flags) for row in page.listing.rows] == [
        (True, ("Overdue", "Silent")),
        (False, ()),
    ]


def test_printed_words_of_a_rating_stand_beside_it(unit: Any) -> None:
    plan = old_plan()
    raw = {"rated": "green", "complete": False, "rating": "Green – just", "number": "1", "numbers": ["1"]}
    action = old_action(plan, numbers=["1"], raw=raw)
    services.rate(action, Dimension.DELIVERY, "green", as_at=DAY, reason="It goes well", by=BY, now=THEN)
    (row,) = shown(unit, plan).listing.rows
    assert (row.delivery, row.printed_rating) == ("green", "Green – just")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=audit", ["a"]),
        ("state=open", ["b", "c"]),
        ("state=complete", ["a"]),
        ("delivery=red", ["b"]),
        ("impact=amber", ["a"]),
        ("owner=group:owning-group", ["b"]),
        ("owner=agency:nobody", ["a", "b", "c"]),
        ("exception=overdue", ["b"]),
        ("exception=any", ["a", "b"]),
        ("words=nothing-of-the-kind", []),
    ],
)
def test_the_table_is_narrowed_by_every_answer(unit: Any, asked: str, found: list[str]) -> None:
    plan, owner = old_plan(), make_group("Owning group")
    a = old_action(plan, text="Audit", numbers=["a"])
    b = old_action(plan, owner, text="Beta", numbers=["b"], due="2020-04-01")
    old_action(plan, text="Gamma", numbers=["c"])
    complete(a, DAY, THEN)
    services.rate(b, Dimension.DELIVERY, "red", as_at=DAY, by=BY, now=THEN)
    services.rate(a, Dimension.IMPACT, "amber", as_at=DAY, reason="Seen", by=BY, now=THEN)
    services.refresh_current(b, now=THEN.replace(month=5))
    assert [row.label for row in shown(unit, plan, asked).listing.rows] == found


def test_the_table_is_narrowed_to_a_priority(unit: Any) -> None:
    plan = old_plan()
    one, two = priority_of(plan, "1", "Priority 1"), priority_of(plan, "2", "A long title " * 20)
    old_action(plan, priority=one, numbers=["1.1"])
    old_action(plan, priority=two, numbers=["2.1"])
    page = shown(unit, plan, f"priority={two.pk}")
    assert [row.label for row in page.listing.rows] == ["2.1"]
    (chip,) = page.listing.chips
    assert (chip.label, chip.value[:8], len(chip.value)) == ("Priority", "2: A lon", 79)


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", "abc"),
        ("sort=number", "abc"),
        ("sort=-number", "cba"),
        ("sort=timescale", "bac"),
        ("sort=-timescale", "abc"),
    ],
)
def test_the_table_is_sorted_as_the_address_says(unit: Any, asked: str, order: str) -> None:
    plan = old_plan()
    for number, due in (("a", "2020-06-01"), ("b", "2020-05-01"), ("c", "")):
        old_action(plan, numbers=[number], due=due)
    page = shown(unit, plan, asked)
    assert "".join(row.label for row in page.listing.rows) == order
    assert page.is_printed_order is (asked == "")
    assert page.printed_address == "?"


def test_a_plan_without_numbers_links_by_its_actions(unit: Any) -> None:
    plan = old_plan(columns=[{"heading": "What we will do", "meaning": "action"}])
    action = old_action(plan, numbers=[])
    assert shown(unit, plan).link_kind == "action"
    page = words(signed_in(unit).get(f"/plans/{plan.key}/"))
    assert f'<a class="govuk-link" href="/actions/{action.reference}/">{action.reference}</a>' in page


def test_a_column_without_a_heading_has_a_name_for_those_who_listen(unit: Any) -> None:
    plan = old_plan(
        columns=[{"heading": "Column 1", "meaning": "number"}, {"heading": "Action", "meaning": "action"}]
    )
    old_action(plan)
    heading = shown(unit, plan).listing.headings[0]
    assert (heading.label, heading.hidden_label) == ("Number", True)


def test_figures_and_approval_stand_over_the_table(unit: Any) -> None:
    group = make_group("Executive of 2020")
    plan = old_plan(group)
    old_action(plan)
    services.change_plan_state(
        plan, PlanState.APPROVED, as_at=DAY, group=group, minute="minute 4", by=BY, now=THEN
    )
    page = shown(unit, plan)
    assert page.approval == "Approved by Executive of 2020 on 2 March 2020 (minute 4)"
    assert page.figures == (
        Figure(1, "open of 1", "?state=open"),
        Figure(0, "rated red", "?state=open&delivery=red"),
        Figure(0, "overdue", "?exception=overdue"),
        Figure(0, "silent", "?exception=silent"),
    )
    assert (page.state, page.state_colour, page.moves) == ("Approved", "blue", True)


def test_an_action_that_left_the_document_says_since_when(unit: Any) -> None:
    plan = old_plan()
    action = old_action(plan)
    services.edit_action(action, 1, {"gone_from_document_on": date(2020, 5, 4)}, by=BY, now=THEN)
    assert shown(unit, plan).listing.rows[0].gone_on == date(2020, 5, 4)
    assert "Not in the document of 4 May 2020" in words(signed_in(unit).get(f"/plans/{plan.key}/"))


def test_an_empty_plan_says_how_to_begin() -> None:
    plan = old_plan()
    assert "Begin the plan by hand" in words(signed_in(make_user("unit")).get(f"/plans/{plan.key}/"))
    reading = words(signed_in(make_user("executive")).get(f"/plans/{plan.key}/"))
    assert "This plan has no actions yet" in reading
    assert "Begin the plan by hand" not in reading


def test_what_is_offered_goes_by_what_may_be_done(group: Group) -> None:
    plan = old_plan(group)
    offered = {}
    for role, kind, key in (
        ("unit", "partnership", ""),
        ("executive", "partnership", ""),
        ("chair", "group", group.key),
        ("scrutineer", "partnership", ""),
        ("owner", "group", group.key),
    ):
        page = shown(make_user(role, kind, key), plan)
        offered[role] = (page.may_write, page.may_import, page.may_report, page.moves, bool(page.exports))
    assert offered == {
        "unit": (True, True, True, True, True),
        "executive": (False, False, True, True, True),
        "chair": (False, False, True, False, True),
        "scrutineer": (False, False, True, False, True),
        "owner": (False, False, False, False, True),
    }


def test_a_plan_for_some_is_not_there_for_others(group: Group) -> None:
    plan = old_plan(group, tier=Tier.T2)
    outsider = make_user("owner", "group", make_group().key)
    assert signed_in(outsider).get(f"/plans/{plan.key}/").status_code == 404
    assert signed_in(outsider).get(f"/plans/{plan.key}/export/csv/").status_code == 404
    page = signed_in(make_user("unit")).get(f"/plans/{plan.key}/")
    assert (page.status_code, "OFFICIAL-SENSITIVE" in words(page)) == (200, True)


@pytest.mark.parametrize("number", [1, 3, 300])
def test_a_page_asks_as_often_for_one_row_as_for_three_hundred(
    group: Group, unit: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    plan = old_plan(group)
    many_actions(plan, number, group)
    client = signed_in(unit)
    with django_assert_max_num_queries(12) as asked:
        response = client.get(f"/plans/{plan.key}/?exception=any&sort=timescale")
    assert (response.status_code, len(asked)) == (200, 10)
    with django_assert_max_num_queries(12) as asked:
        assert client.get("/plans/").status_code == 200
    assert len(asked) == 6


def test_a_plan_too_long_to_be_counted_for_a_page_says_so(unit: Any) -> None:
    plan = old_plan()
    rows = (
        Action(plan=plan, reference=f"SL-8{place:05d}", order=place, text="Words", opened_on=DAY)
        for place in range(10_001)
    )
    Action.objects.bulk_create(rows)
    page = shown(unit, plan)
    assert (page.figures, str(page.listing.count)) == (None, "more than 10,000 actions")


def test_a_page_shows_a_hundred_rows_and_leafs(group: Group, unit: Any) -> None:
    plan = old_plan(group)
    many_actions(plan, 101, group)
    first, second = shown(unit, plan), shown(unit, plan, "page=2")
    assert (len(first.listing.rows), str(first.listing.count), first.listing.next) == (
        100,
        "101 actions",
        "?page=2",
    )
    assert references(second) == ["SL-90100"]
    # The row begins a page, so its band stands before it again.
    assert [band.title for band in second.listing.rows[0].bands] == ["Priority 1: Neglect is seen early"]


# Exports


@pytest.mark.parametrize(
    ("format", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")]
)
def test_a_plan_is_taken_away_as_a_file(unit: Any, format: str, begins: bytes) -> None:
    plan = old_plan(name="Neglect plan")
    old_action(plan)
    response = signed_in(unit).get(f"/plans/{plan.key}/export/{format}/")
    assert response.status_code == 200
    assert response.content.startswith(begins)
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="neglect-plan-')
    assert name.endswith(f'.{format}"')
    assert Entry.objects.filter(type__endswith="plan_exported").count() == 1


def test_every_format_offered_can_be_had(unit: Any) -> None:
    plan = old_plan()
    old_action(plan)
    offered = shown(unit, plan).exports
    assert [label for label, _ in offered] == ["Word", "Excel", "PDF", "CSV", "Markdown", "JSON"]
    assert {
        signed_in(unit).get(href).status_code for label, href in offered if label in ("CSV", "Markdown")
    } == {200}


def test_an_unknown_format_is_not_there(unit: Any) -> None:
    plan = old_plan()
    assert signed_in(unit).get(f"/plans/{plan.key}/export/exe/").status_code == 404
