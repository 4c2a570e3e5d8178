"""The list of samples, one sample, and one entry of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from sightline.events import selectors as journal
from sightline.events.models import Entry
from sightline.events.pages import EntryPage, entry_page, row_of, rows_of
from sightline.oversight import selectors
from sightline.oversight.choices import (
    NOT_LOOKED_AT,
    SIGNATURE_LABELS,
    VERDICT_COLOURS,
    VERDICT_LABELS,
    SignatureKind,
    Verdict,
)
from sightline.oversight.forms import MarkForm, SignForm
from sightline.oversight.models import Mark, Sample, SampledEntry, Signature
from sightline.oversight.rules.numbers import sample_kinds
from sightline.rendering import EXTENSIONS
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who

LIST = ListPage(
    noun=("sample", "samples"),
    columns=(
        Column("month", "Month", sort=("month",)),
        Column("size", "Entries", numeric=True),
        Column("left", "Not looked at", numeric=True),
        Column("queried", "Queried, open", numeric=True),
        Column("state", "Signed", sort=("is_signed", "-month")),
    ),
    order="-month",
)
FORMATS = ("docx", "pdf", "csv")
WITHHELD = "About a record that you may not open"
GONE = "No longer in the journal: its keeping time is over"


@dataclass(frozen=True)
class SamplesPage:
    """The list of samples."""

    listing: Listing[Any]


@dataclass(frozen=True)
class DrawnRow:
    """One entry that was drawn, in words. What it is about is told only to those who may read it."""

    position: int
    number: int
    kind: str
    moment: datetime | None
    who: str
    what: str
    about: str
    tier: str
    verdict: str
    verdict_label: str
    colour: str


@dataclass(frozen=True)
class SamplePage:
    """One sample. `next`: the first entry nobody has looked at, 0 when there is none."""

    sample: Sample
    groups: tuple[tuple[str, int, tuple[DrawnRow, ...]], ...]
    left: int
    queried: int
    next: int
    signatures: tuple[tuple[str, Signature], ...]
    form: SignForm
    may_sign: bool
    formats: tuple[str, ...]


@dataclass(frozen=True)
class DrawnPage:
    """One entry of a sample, with all the reader may see of it, and what was said of it."""

    sample: Sample
    row: DrawnRow
    entry_read: Entry | None
    entry: EntryPage | None
    marks: tuple[tuple[str, Mark], ...]
    form: MarkForm
    size: int
    previous: int
    next: int


def samples_page(user: Who, query: QueryDict) -> SamplesPage:
    """The list."""
    return SamplesPage(LIST.read(query, selectors.samples(user)))


def sample_page(user: Who, sample: Sample, form: SignForm | None = None) -> SamplePage:
    """One sample."""
    rows = rows_for(user, sample, list(selectors.drawn_of(sample)))
    left = [row for row in rows if not row.verdict]
    signed = tuple((SIGNATURE_LABELS[SignatureKind(s.kind)], s) for s in selectors.signatures_of(sample))
    queried = sum(row.verdict == Verdict.QUERIED for row in rows)
    return SamplePage(
        sample=sample,
        groups=tuple(_groups(sample, rows)),
        left=len(left),
        queried=queried,
        next=left[0].position if left else 0,
        signatures=signed,
        form=form or SignForm(initial={"version": sample.version}),
        may_sign=not left and not queried and len(signed) < len(SignatureKind),
        formats=FORMATS,
    )


def _groups(sample: Sample, rows: list[DrawnRow]) -> Iterable[tuple[str, int, tuple[DrawnRow, ...]]]:
    """The rows by kind, each with its name and how many there were to draw from."""
    for key in dict.fromkeys(row.kind for row in rows):
        kind = sample_kinds().get(key)
        yield (
            kind.name if kind else key,
            sample.population.get(key, 0),
            tuple(row for row in rows if row.kind == key),
        )


def drawn_page(user: Who, drawn: SampledEntry, form: MarkForm | None = None) -> DrawnPage:
    """One entry of a sample."""
    entry = journal.readable(user).filter(pk=drawn.entry_number).first()
    size = drawn.sample.drawn.count()
    marks = tuple((VERDICT_LABELS[Verdict(m.verdict)], m) for m in drawn.marks.order_by("-pk"))
    return DrawnPage(
        sample=drawn.sample,
        row=rows_for(user, drawn.sample, [drawn])[0],
        entry_read=entry,
        entry=entry_page(entry) if entry else None,
        marks=marks,
        form=form or MarkForm(initial={"version": drawn.version}, was=drawn.current_verdict),
        size=size,
        previous=drawn.position - 1,
        next=drawn.position + 1 if drawn.position < size else 0,
    )


def next_left(sample: Sample, position: int) -> int:
    """The next entry that nobody has looked at, after this one or from the beginning again; 0 when there is none."""
    left = list(
        sample.drawn.filter(current_verdict="").order_by("position").values_list("position", flat=True)
    )
    return next((one for one in left if one > position), left[0] if left else 0)


def rows_for(user: Who, sample: Sample, drawn: list[SampledEntry]) -> list[DrawnRow]:
    """Drawn entries in words: as many queries for one as for all."""
    numbers = [one.entry_number for one in drawn]
    every = Entry.objects.in_bulk(numbers)
    readable = {row.number: row for row in rows_of(journal.readable(user).filter(pk__in=numbers))}
    return [_drawn_row(one, every.get(one.entry_number), readable) for one in drawn]


def _drawn_row(drawn: SampledEntry, entry: Entry | None, readable: dict[int, Any]) -> DrawnRow:
    shown = readable.get(drawn.entry_number)
    told = row_of(entry) if entry else None
    about = (shown.about or shown.told or shown.reason) if shown else WITHHELD if entry else GONE
    verdict = drawn.current_verdict
    return DrawnRow(
        position=drawn.position,
        number=drawn.entry_number,
        kind=drawn.kind,
        moment=entry.moment if entry else None,
        who=told.who if told else "",
        what=told.what if told else "",
        about=about,
        tier=told.tier if told else "",
        verdict=verdict,
        verdict_label=VERDICT_LABELS[Verdict(verdict)] if verdict else NOT_LOOKED_AT,
        colour=VERDICT_COLOURS[verdict],
    )


def file_name(sample: Sample, format: str) -> str:
    """What the report is called as a file."""
    return f"journal-sample-{sample.key}{EXTENSIONS[format]}"


def month_named(key: str) -> date | None:
    """The month of an address ("2026-10"); None for what is none."""
    try:
        return datetime.strptime(key, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
