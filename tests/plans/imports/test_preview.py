"""The preview: everything understood, every doubt beside its cell."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY
from sightline.events.choices import Tier
from sightline.plans.choices import ImportState
from sightline.plans.models import Import
from sightline.plans.selectors.imports import get_import, imports_visible_to, last_import_of, plan_named
from sightline.plans.selectors.preview import Preview, preview
from sightline.plans.selectors.printed import printed_page, printed_rows
from sightline.plans.services import imports
from sightline.reading.warnings import SENTENCES
from tests.plans.imports.papers import TWINS, imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, make_group, make_plan, make_user

pytestmark = pytest.mark.django_db
PAPER = paper(
    ("Priority 1: Neglect",),
    ("1.1c", "Children are heard", "Police", "Audit forty files", "Scoped", "By 30 May 2026", "Amber?"),
    ("1.1c", "", "", "Train every lead", "", "", ""),
    ("Priority 2: Help",),
    ("2.1", "", "Health", "Open the hub", "", "By May 2027", "Green"),
)


def doubts(shown: Preview, row: int) -> dict[str, tuple[str, ...]]:
    return {cell.name: cell.warnings for cell in shown.rows[row].cells if cell.warnings}


class TestRows:
    def test_doubts_stand_beside_their_cells(self) -> None:
        shown = preview(uploaded(PAPER))
        assert set(doubts(shown, 0)) == {"rating"}
        assert set(doubts(shown, 1)) == {"number", "timescale", "rating"}
        assert doubts(shown, 1)["timescale"][0].endswith(SENTENCES["no_timescale"])
        assert shown.warning_count >= 4

    def test_rows_say_where_they_stood(self) -> None:
        assert preview(uploaded(PAPER)).rows[0].place == "table 1, row 3, line 5"

    def test_cells_have_their_names_and_other_columns_their_own(self) -> None:
        headings = ("No.", "Action", "Lead", "By when", "Cost")
        row = preview(uploaded(paper(("1", "Audit", "Police", "May 2026", "£2"), headings=headings))).rows[0]
        assert {cell.name: cell.label for cell in row.cells}["timescale"] == "Timescale"
        assert {cell.label: cell.text for cell in row.cells}["Cost"] == "£2"

    def test_priorities_count_their_rows(self) -> None:
        shown = preview(uploaded(PAPER))
        assert [(p.number, p.title, p.rows) for p in shown.priorities] == [
            ("1", "Neglect", 2),
            ("2", "Help", 1),
        ]
        made = imports.correct_row(uploaded(PAPER), 2, {"priority": "7"}, by=BY, now=NOW)
        assert [(p.number, p.rows) for p in preview(made).priorities] == [("1", 2), ("2", 0), ("7", 1)]

    def test_the_twin_adds_up_and_keeps_what_it_set_aside(self) -> None:
        shown = preview(uploaded((TWINS / "plan.txt").read_bytes()))
        assert shown.adds_up
        assert len(shown.leftovers) == shown.counts.set_aside
        assert all(notice.message and notice.place for notice in shown.leftovers)
        beside = sum(len(cell.warnings) for row in shown.rows for cell in row.cells)
        assert beside
        assert shown.warnings

    def test_before_it_is_read_there_is_nothing_to_show(self) -> None:
        shown = preview(Import(file_name="plan.docx", state=ImportState.WAITING, plan_name="x"))
        assert (shown.rows, shown.kind, shown.can_be_confirmed) == ((), "unknown", False)

    def test_recommendations_without_any_cannot_be_confirmed(self) -> None:
        made = uploaded((TWINS / "addendum.txt").read_bytes())
        assert made.reading is not None
        assert preview(made).obstacles == ()
        made.reading["recommendations"] = []
        assert "No recommendation was understood" in preview(made).obstacles[0]

    def test_as_many_queries_for_many_rows_as_for_few(self) -> None:
        few = uploaded(PAPER)
        many = uploaded(paper(*((f"1.{n}", "", "Police", f"Audit file {n}", "", "", "") for n in range(60))))
        assert queries(few) == queries(many) <= 6
        plan = plan_of(
            imported(paper(*((f"1.{n}", "", "Police", f"Audit file {n}", "", "", "") for n in range(60))))
        )
        again = uploaded(PAPER, plan=plan)
        assert queries(again) <= 7


def queries(upload: Import) -> int:
    fresh = Import.objects.select_related("plan").get(pk=upload.pk)
    with CaptureQueriesContext(connection) as asked:
        preview(fresh)
    return len(asked)


class TestWhoSees:
    def test_members_see_imports_that_are_no_plan_yet_or_of_a_plan_they_read(self) -> None:
        open_plan, own = uploaded(PAPER, plan=make_plan()), make_group()
        closed = uploaded(PAPER, plan=make_plan(own, name="Closed", tier=Tier.T2))
        loose = uploaded(PAPER)
        chair = make_user("chair", "group", make_group().key)
        own_chair = make_user("chair", "group", own.key)
        assert set(imports_visible_to(chair)) == {open_plan, loose}
        assert set(imports_visible_to(own_chair)) == {open_plan, loose, closed}
        assert set(imports_visible_to(COMMAND_LINE_SCOPE)) == {open_plan, loose, closed}
        assert not imports_visible_to(NOBODY)
        assert get_import(own_chair, closed.pk) == closed
        with pytest.raises(Import.DoesNotExist):
            get_import(chair, closed.pk)

    def test_plans_are_found_by_key_or_name_among_those_one_reads(self) -> None:
        plan = make_plan(name="Neglect plan")
        closed = make_plan(make_group(), name="Closed", tier=Tier.T2)
        chair = make_user("chair", "group", make_group().key)
        assert [
            plan_named(chair, name) for name in (plan.key, " neglect PLAN ", closed.key, "None such")
        ] == [
            plan,
            plan,
            None,
            None,
        ]

    def test_the_last_import_is_the_last_confirmed(self) -> None:
        first = imported(PAPER)
        plan = plan_of(first)
        uploaded(PAPER, plan=plan)
        assert last_import_of(plan) == first
        imports.withdraw(first, by=BY, now=NOW)
        assert last_import_of(make_plan()) is None


def test_long_cells_say_so() -> None:
    row = preview(uploaded(paper(("1.1", "", "Police", "Audit " * 60, "", "", "")))).rows[0]
    assert {cell.name for cell in row.cells if cell.is_long} == {"action"}


def test_a_page_of_actions_is_printed_with_one_query() -> None:
    plan = plan_of(imported(PAPER))
    whole = printed_rows(plan)
    some = list(plan.actions.select_related("priority", "outcome").order_by("order")[1:3])
    with CaptureQueriesContext(connection) as asked:
        page = printed_page(some)
    assert (page, len(asked)) == (whole[1:3], 1)
