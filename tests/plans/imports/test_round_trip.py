"""Export, read again: printed columns, impact rating, state, reference and unknown columns are unchanged."""

from __future__ import annotations

import pytest

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.plans.reports.printed import export_plan
from sightline.plans.selectors.printed import printed_rows
from sightline.reading.schema import RowRead
from tests.plans.imports.papers import TWINS, imported, plan_of, read
from tests.plans.making import BY, TODAY

pytestmark = pytest.mark.django_db
PRINTED = (
    "priority", "kind", "number_raw", "numbers", "sources_raw", "sources", "outcome", "owners", "action", "items",
    "update", "timescale_raw", "timescale", "rating_raw", "rating", "other",
)  # fmt: skip


def shown(row: RowRead) -> dict[str, object]:
    return {name: getattr(row, name) for name in PRINTED}


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
