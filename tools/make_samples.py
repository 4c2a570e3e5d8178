"""Write samples/: Wealdshire's plan as its manager would have it on paper, without what only exports carry.

Run it again when the story of Wealdshire changes: `.venv/bin/python tools/make_samples.py`. It works in a folder of
its own that it throws away.
"""

import datetime
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
# The day the papers speak of; it must not lie ahead.
ON = datetime.date(2026, 11, 20)


def main() -> None:
    """Load Wealdshire as on the day, and write its plan as Word, Excel, PDF and text."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIGHTLINE_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        from sightline.cli.starting import migrate, start

        start()
        migrate()
        _write()


def _write() -> None:
    from sightline.access.selectors import command_line_user
    from sightline.demo.services import load
    from sightline.plans.reports.printed import printed_plan
    from sightline.plans.selectors import actions_visible_to, get_plan
    from sightline.plans.selectors.printed import printed_rows
    from sightline.rendering import write
    from sightline.rendering.document import Table

    load(on=ON, progress=print)
    user = command_line_user()
    plan = get_plan(user, "safeguarding-plan")
    document = printed_plan(plan, printed_rows(plan, actions_visible_to(user)), ON)
    blocks = tuple(
        _as_paper(block, len(plan.columns)) if isinstance(block, Table) else block
        for block in document.blocks
    )
    paper = replace(document, blocks=blocks)
    SAMPLES.mkdir(exist_ok=True)
    for format in ("docx", "xlsx", "pdf"):
        (SAMPLES / f"safeguarding-plan.{format}").write_bytes(write(paper, format))
    table = next(block for block in blocks if isinstance(block, Table))
    (SAMPLES / "safeguarding-plan.txt").write_text(_text(plan.name, plan.period_raw, table), encoding="utf-8")


def _as_paper(table, width):
    """The table with its printed columns alone: references, impact ratings and states are ours."""
    rows = tuple(row if row.band else replace(row, cells=row.cells[:width]) for row in table.rows)
    return replace(table, columns=table.columns[:width], rows=rows)


def _text(title, period, table) -> str:
    """The table as text with tabs, as a plan looks when it is copied out of a document."""
    lines = [title, period, "", "\t".join(column.heading for column in table.columns)]
    for row in table.rows:
        cells = [
            " ".join([cell.text, *(f"• {item}" for item in cell.items)]).replace("\n", " ")
            for cell in row.cells
        ]
        lines.append("\t".join(cells + [""] * (len(table.columns) - len(cells))))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
