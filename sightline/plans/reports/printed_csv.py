"""A plan's printed table as CSV that is sent while it is read: the same file that `export_plan` makes whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from sightline.events.choices import Actor
from sightline.plans.models import Placement, Plan
from sightline.plans.permissions import check_export_plan, reads_all_tiers
from sightline.plans.reports.printed import PLACED_HEADINGS, columns_of, placed_cells, table_rows
from sightline.plans.rules.columns import heading_to_print
from sightline.plans.selectors.placed import placed_in
from sightline.plans.selectors.printed import printed_in_parts
from sightline.plans.selectors.visible import actions_visible_to
from sightline.plans.services.exporting import note_export
from sightline.reading.formats.delimited import APART
from sightline.rendering.csv_writer import streamed
from sightline.rendering.text import flat, one_line

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def stream_plan(plan: Plan, *, user: Reader, by: Actor) -> Iterator[bytes]:
    """The plan as this person may read it, piece by piece; journalled before the first. Raises Refused."""
    check_export_plan(user, plan)
    actions = actions_visible_to(user)
    own = actions.filter(plan=plan).order_by()
    note_export(plan, "csv", own.count(), by=by)
    columns = columns_of(plan, stranded=own.filter(strand__isnull=False).exists())
    rows = printed_in_parts(plan, actions, all_sources=reads_all_tiers(user))
    standing = (row for row in rows if row.gone_on is None)
    printed = table_rows(list(plan.priorities.order_by("order", "pk")), standing, columns)
    blank = [""] * len(columns)
    lines = ((texts + blank)[: len(columns)] for texts in ([flat(c) for c in row.cells] for row in printed))
    headings = [one_line(heading_to_print(column)) for column in columns]
    return _with_placed(plan.name, headings, lines, placed_in(user, plan))


def _with_placed(
    name: str, headings: Sequence[str], lines: Iterable[Sequence[str]], placed: Sequence[Placement]
) -> Iterator[bytes]:
    """The table; where actions of other plans stand in this one too, both tables under their captions."""
    if not placed:
        return streamed(headings, lines)
    apart = ([], [APART], PLACED_HEADINGS, *(placed_cells(place) for place in placed))
    return streamed([one_line(name)], chain([headings], lines, apart))
