"""Documents for the tests of imports: papers made of rows, read as people's papers are, confirmed as people do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile

from sightline.partners.selectors import known_names
from sightline.plans.choices import ImportState
from sightline.plans.models import Import, Plan
from sightline.plans.services import imports
from sightline.plans.services.imports.keeping import storable
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.reading.schema import Reading
from tests.plans.making import BY, NOW

TWINS = Path(__file__).parents[2] / "reading" / "twins"
AS_AT = date(2026, 6, 1)
HEADINGS = ("No.", "What difference will this make?", "Lead", "Action", "Update", "Timescale", "RAG")


def paper(
    *rows: Sequence[str], headings: Sequence[str] = HEADINGS, title: str = "Neglect action plan"
) -> str:
    """A plan as text with tabs; a row of one cell is a band."""
    lines = [title, "", "\t".join(headings)]
    lines += ["\t".join([*row, *[""] * (len(headings) - len(row))]) for row in rows]
    return "\n".join(lines) + "\n"


def read(content: str | bytes, ending: str = "txt") -> Reading:
    """Read a document as the job does, in this process."""
    raw = content.encode() if isinstance(content, str) else content
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"paper.{ending}"
        path.write_bytes(raw)
        return interpret(printed(path), known_names())


def uploaded(
    content: str | bytes,
    ending: str = "txt",
    *,
    plan: Plan | None = None,
    plan_name: str = "Neglect plan",
    as_at: date | None = AS_AT,
    now: datetime = NOW,
) -> Import:
    """An upload as it stands in its preview."""
    raw = content.encode() if isinstance(content, str) else content
    made = imports.upload(
        ContentFile(raw, name=f"paper.{ending}"),
        f"paper.{ending}",
        plan=plan,
        plan_name=plan_name,
        as_at=as_at,
        by=BY,
        now=now,
        enqueue_reading=False,
    )
    reading = read(raw, ending)
    reading.document.file, reading.document.sha256 = made.file_name, made.sha256
    made.reading, made.state = storable(reading.as_json()), ImportState.PREVIEW
    made.save()
    return made


def imported(content: str | bytes, ending: str = "txt", **given: object) -> Import:
    """An upload that was confirmed."""
    now = given.get("now", NOW)
    return imports.confirm(uploaded(content, ending, **given), by=BY, now=now)  # type: ignore[arg-type]


def plan_of(upload: Import) -> Plan:
    """The plan an import went into."""
    assert upload.plan is not None
    return upload.plan


def kept_bytes(upload: Import) -> bytes:
    """The file as it is kept."""
    with upload.file.open("rb") as kept:
        return kept.read()


def cells(plan: Plan) -> list[Mapping[str, str]]:
    """Every printed row of a plan as it is now."""
    from sightline.plans.selectors.printed import printed_rows

    return [row.cells for row in printed_rows(plan)]
