"""Export, read again: printed columns, impact rating, state, reference and unknown columns are unchanged."""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.plans import services
from sightline.plans.choices import Dimension
from sightline.plans.models import Plan
from sightline.plans.reports.printed import export_plan
from sightline.plans.rules.importing import cells_of
from sightline.plans.selectors.imports import merge_of, rows_of
from sightline.plans.selectors.printed import printed_rows
from sightline.reading.schema import RowRead
from tests.plans.imports.papers import TWINS, imported, paper, plan_of, read, uploaded
from tests.plans.making import BY, NOW, TODAY, complete

pytestmark = [pytest.mark.django_db, pytest.mark.library]
PRINTED = (
    "priority", "kind", "number_raw", "numbers", "sources_raw", "sources", "outcome", "owners", "action", "items",
    "update", "timescale_raw", "timescale", "rating_raw", "rating", "other",
)  # fmt: skip


def shown(row: RowRead) -> dict[str, object]:
    return {name: getattr(row, name) for name in PRINTED}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "md"])
@pytest.mark.parametrize("twin", ["strategy.html", "two_rows.html"])
def test_other_shapes_of_plans_come_back_and_change_nothing(twin: str, ending: str) -> None:
    paper = (TWINS / twin).read_bytes()
    plan = plan_of(imported(paper, "html"))
    sent = export_plan(plan, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    after, standing = read(sent, ending), printed_rows(plan)
    assert [cells_of(row) for row in after.rows] == [row.cells for row in standing]
    assert [row.update for row in after.rows] == [row.update for row in read(paper, "html").rows]
    upload = uploaded(sent, ending, plan=plan)
    assert merge_of(upload, plan, rows_of(upload).kept).changes_nothing


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "md"])
def test_the_twin_plan_comes_back_as_it_went_out(ending: str) -> None:
    paper = (TWINS / "plan.txt").read_bytes()
    before = read(paper)
    plan = plan_of(imported(paper))
    content = export_plan(plan, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    after = read(content, ending)
    assert [
        c for c in after.document.columns if c not in ("Sightline reference", "Impact rating", "State")
    ] == (before.document.columns)
    assert [shown(row) for row in after.rows] == [shown(row) for row in before.rows]
    standing = printed_rows(plan)
    assert [row.reference for row in after.rows] == [row.reference for row in standing]
    assert [row.impact_rating for row in after.rows] == [row.cells["impact"] for row in standing]
    assert [row.state for row in after.rows] == [row.cells["state"] for row in standing]
    assert [(p.number, p.title) for p in after.priorities] == [(p.number, p.title) for p in before.priorities]


WORDS = st.sampled_from(
    ["audit", "train", "listen", "children", "school", "review", "hub", "the", "of", "asks"]
)
SENTENCE = st.lists(WORDS, min_size=3, max_size=8).map(lambda words: " ".join(words).capitalize())
UPDATE = st.lists(SENTENCE.map(lambda s: s + "."), max_size=3).map("\n".join)
TIMESCALE = st.sampled_from(
    ["", "By 30 June 2026", "Review December 2026", "Ongoing", "Q2 2026/27", "By May 2027"]
)
STATUS = st.sampled_from(["", "Green", "Amber", "Red", "Complete", "Amber: staff left", "Blue", "Yellow"])
OWNERS = st.sampled_from(
    ["", "Police", "Quality Group / Police", "QA & P", "Health; Schools", "All partner agencies"]
)
OTHER = st.sampled_from(["", "£200", "£1,500", "-5", "=1+1", "@home", "to be agreed"])
HEADS = ("No.", "Outcome", "Lead", "Action", "Update", "Timescale", "RAG", "Cost")


@st.composite
def papers(draw: st.DrawFn) -> str:
    """A plan as somebody might print it: bands, numbers that repeat, bullets under a stem, columns nobody knows."""
    rows: list[tuple[str, ...]] = []
    for priority in range(1, draw(st.integers(1, 3)) + 1):
        rows.append((f"Priority {priority}: {draw(SENTENCE)}",))
        for place in range(1, draw(st.integers(1, 4)) + 1):
            number = draw(
                st.sampled_from([f"{priority}.{place}", f"{priority}.1", f"{priority}.{place} & 9.{place}"])
            )
            cells = [draw(s) for s in (SENTENCE if place == 1 else st.one_of(st.just(""), SENTENCE), OWNERS)]
            rest = [draw(s) for s in (UPDATE, TIMESCALE, STATUS, OTHER)]
            rows.append((number, *cells, draw(SENTENCE), *(text.replace("\n", " ") for text in rest)))
            for _ in range(draw(st.integers(0, 2))):
                rows.append(("", "", "", f"• {draw(SENTENCE)}", "", draw(TIMESCALE), draw(STATUS), ""))
    return paper(*rows, headings=HEADS, title="Neglect action plan")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "md"])
@settings(
    max_examples=100 if os.environ.get("SIGHTLINE_SOAK") else 6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(content=papers(), data=st.data())
def test_any_plan_comes_back_as_it_went_out(ending: str, content: str, data: st.DataObject) -> None:
    with transaction.atomic():
        before = read(content)
        plan = plan_of(imported(content))
        _live_a_little(plan, data)
        sent = export_plan(plan, ending, user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
        after, standing = read(sent, ending), printed_rows(plan)
        assert [row.number_raw for row in after.rows] == [row.number_raw for row in before.rows]
        assert [row.reference for row in after.rows] == [row.reference for row in standing]
        assert [cells_of(row) for row in after.rows] == [row.cells for row in standing]
        assert [row.kind for row in after.rows] == [row.kind for row in before.rows]
        upload = uploaded(sent, ending, plan=plan)
        assert merge_of(upload, plan, rows_of(upload).kept).changes_nothing
        transaction.set_rollback(True)


def _live_a_little(plan: Plan, data: st.DataObject) -> None:
    """Some actions are rated, updated or completed after the import."""
    for action in plan.actions.order_by("pk"):
        deed = data.draw(st.sampled_from(["", "", "impact", "update", "complete"]))
        if deed == "impact":
            services.rate(action, Dimension.IMPACT, "red", as_at=TODAY, by=BY, now=NOW)
        elif deed == "update":
            services.record_update(action, "A call came.", as_at=TODAY, by=BY, now=NOW)
        elif deed == "complete" and action.is_open:
            complete(action, TODAY, NOW)
