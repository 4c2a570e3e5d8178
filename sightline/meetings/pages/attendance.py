"""Figures of attendance: by seat, agency, sector, group and year, with the printed table and its chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from sightline.meetings import permissions
from sightline.meetings.forms.attendance import AttendanceForm
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.rules.attendance import Tally, standard, year_label
from sightline.meetings.rules.passed import Cascade, cascade_told
from sightline.meetings.selectors.attendance import ALL
from sightline.meetings.selectors.counted import Figures, figures, stands
from sightline.partners.choices import SECTOR_LABELS
from sightline.partners.selectors import groups
from sightline.rendering.charts import bar_chart
from sightline.rendering.document import Column, Document, Figure, Paragraph, Table, TableCell, TableRow
from sightline.screens.elements import drawing
from sightline.screens.words import count, joined

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader
    from sightline.partners.models import Group

Key = TypeVar("Key")
FORMATS = {"CSV": "csv", "Excel": "xlsx", "Word": "docx", "PDF": "pdf"}
MOST_BARS = 40
COLUMNS = (
    "Counted",
    "Attended",
    "of them by deputies",
    "Apologies",
    "Absent",
    "Vacant",
    "Not entered",
    "Attendance",
)
PASSED_COLUMNS = ("Seats asked", "Told", "Samples checked", "Had arrived", "Told, of those asked")
HOW = (
    "Attended: present, remote or by a deputy. Apologies and absence count against. Meetings at which a seat was "
    "vacant, or was no seat yet, are left out. An agency attends by any of its seats."
)


@dataclass(frozen=True)
class Line:
    """One row of a table of attendance."""

    name: str
    detail: str
    tally: Tally

    @property
    def is_low(self) -> bool:
        """Whether it is flagged."""
        return self.tally.is_low(standard())


@dataclass(frozen=True)
class Part:
    """One table: what its rows are, and those rows."""

    title: str
    first: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PassedPart:
    """One table of how meetings were passed on: what its rows are, and of each its name and its figures."""

    title: str
    first: str
    lines: tuple[tuple[str, Cascade], ...]


@dataclass(frozen=True)
class AttendancePage:
    """The page. `met`: how many meetings are counted, in words; `passed`: how they were passed on."""

    sections: tuple[Section, ...]
    form: AttendanceForm
    title: str
    met: str
    parts: tuple[Part, ...]
    passed: tuple[PassedPart, ...]
    passed_in_all: str
    chart: Figure | None
    low: tuple[str, ...]
    exports: tuple[tuple[str, str], ...]
    how: str = HOW
    low_below: int = 0

    @property
    def picture(self) -> SafeString:
        """The chart as a picture."""
        return drawing(self.chart.svg if self.chart else "")


def attendance_page(user: Reader, query: QueryDict) -> AttendancePage:
    """The figures that the address asks for: of a group or of all, in a year or in all."""
    known = list(groups(user))
    form = AttendanceForm(query, groups=known)
    group = form.group_chosen(known)
    standing, numbers = stands(user, group), standard()
    form.offer_years(standing.years, numbers)
    year = form.year_chosen(standing.years)
    found = figures(standing, group, year)
    parts = _parts(found, group, every_year=year is None)
    asked = query.urlencode()
    exports = tuple(
        (label, f"{reverse('meetings:attendance_export', args=[name])}{'?' if asked else ''}{asked}")
        for label, name in FORMATS.items()
    )
    return AttendancePage(
        sections("meetings:attendance"),
        form,
        _title(group, year),
        _met(found),
        parts,
        _passed(found, group, every_year=year is None) if parts else (),
        _passed_in_all(found),
        _chart(parts[0]) if parts else None,
        tuple(
            f"{line.name}: {line.tally.percent}%" for line in (parts[0].lines if parts else ()) if line.is_low
        ),
        exports if parts and permissions.can_export(user) else (),
        low_below=numbers.low_below_percent,
    )


def attendance_document(user: Reader, query: QueryDict, marking: str) -> Document:
    """The same as a document, table by table, to take away."""
    page = attendance_page(user, query)
    # A CSV is made of tables: where nobody has come yet, of one without a line.
    tables = tuple(_table(part) for part in page.parts or (_by_group(Figures((), {}, ())),))
    passed: tuple[Paragraph | Table, ...] = tuple(map(_passed_table, page.passed))
    passed = (Paragraph(page.passed_in_all), *passed) if passed else ()
    return Document(
        page.title, (Paragraph(page.met), Paragraph(HOW), *tables, *passed), marking=marking, landscape=True
    )


def _title(group: Group | None, year: int | None) -> str:
    where = group.name if group else "All groups"
    when = f", {year_label(year, standard())}" if year is not None else ", all years"
    return f"Attendance: {where}{when}"


def _met(found: Figures) -> str:
    met, left_out = (sum(getattr(each, name) for each in found.years) for name in ("meetings", "left_out"))
    left = f" {count(left_out, 'development day')} left out." if left_out else ""
    return f"{count(met, 'meeting')} with attendance.{left}"


def _parts(found: Figures, group: Group | None, *, every_year: bool) -> tuple[Part, ...]:
    """The tables, the one that is printed first: by seat for a group, by group for all.

    Years stand beside each other where all of them are asked for: a page of one year reads that year alone.
    """
    if not any(any(each.total) for each in found.years):
        return ()
    first = _by_seat(found) if group else _by_group(found)
    years = (_by_year(found),) if every_year else ()
    return tuple(part for part in (first, _by_agency(found), _by_sector(found), *years) if part.lines)


def _by_seat(found: Figures) -> Part:
    """Each place of a seat; one that did not stand at any of the meetings is left out."""
    tallies = _summed(pair for each in found.years for pair in each.seats.items())
    lines = []
    for seat in found.seats:
        for place in range(1, seat.places + 1):
            told = tallies.get((seat.id, place), Tally())
            if told != Tally():
                several = f" ({place} of {seat.places})" if seat.places > 1 else ""
                whose = joined([name for _, name, _ in seat.agencies])
                lines.append(Line(f"{seat.title}{several}", "" if whose == seat.title else whose, told))
    return Part("By seat", "Seat", tuple(lines))


def _by_agency(found: Figures) -> Part:
    tallies = _agencies(found)
    lines = [Line(found.agencies[key][0], "", told) for key, told in tallies.items() if told != Tally()]
    return Part("By agency", "Agency", tuple(sorted(lines, key=lambda line: line.name.casefold())))


def _agencies(found: Figures) -> dict[int, Tally]:
    return _summed(pair for each in found.years for pair in each.agencies.items())


def _by_sector(found: Figures) -> Part:
    """What its agencies attended, each agency once for each meeting."""
    tallies = _summed((found.agencies[key][1], told.numbers) for key, told in _agencies(found).items())
    lines = [
        Line(label, "", tallies[sector.value])
        for sector, label in SECTOR_LABELS.items()
        if sector.value in tallies
    ]
    return Part("By sector", "Sector", tuple(line for line in lines if line.tally != Tally()))


def _by_group(found: Figures) -> Part:
    tallies = _summed((each.group_name, each.total) for each in found.years if each.meetings)
    return Part("By group", "Group", tuple(Line(name, "", tallies[name]) for name in sorted(tallies)))


def _by_year(found: Figures) -> Part:
    tallies = _summed((each.year, each.total) for each in found.years if each.meetings)
    return Part(
        "By year",
        "Year",
        tuple(Line(year_label(key, standard()), "", tallies[key]) for key in sorted(tallies)),
    )


def _passed(found: Figures, group: Group | None, *, every_year: bool) -> tuple[PassedPart, ...]:
    """How the same meetings were passed on: by group for all of them, by agency, and by year for all years."""
    told = [each for each in found.years if ALL in each.cascade]
    groups = _cascades((each.group_name, each.cascade[ALL]) for each in told)
    agencies = _cascades(
        (found.agencies[key][0], numbers)
        for each in told
        for key, numbers in each.cascade.items()
        if key != ALL
    )
    years = _cascades((year_label(each.year, standard()), each.cascade[ALL]) for each in told)
    parts = (
        PassedPart("Passed on, by group", "Group", () if group else groups),
        PassedPart("Passed on, by agency", "Agency", agencies),
        PassedPart("Passed on, by year", "Year", years if every_year else ()),
    )
    return tuple(part for part in parts if part.lines)


def _passed_in_all(found: Figures) -> str:
    numbers = _added((ALL, each.cascade[ALL]) for each in found.years if ALL in each.cascade)
    return cascade_told(Cascade(*numbers.get(ALL, ())))


def _cascades(pairs: Iterable[tuple[str, Sequence[int]]]) -> tuple[tuple[str, Cascade], ...]:
    found = {name: Cascade(*numbers) for name, numbers in _added(pairs).items()}
    return tuple((name, found[name]) for name in sorted(found, key=str.casefold) if found[name].asked)


def _passed_table(part: PassedPart) -> Table:
    columns = (Column(part.first, 3), *(Column(name, 1, number=True) for name in PASSED_COLUMNS))
    rows = tuple(
        TableRow(tuple(TableCell(text) for text in (name, *map(str, told.numbers), f"{told.percent}%")))
        for name, told in part.lines
    )
    return Table(part.title, columns, rows)


def _summed(pairs: Iterable[tuple[Key, Sequence[int]]]) -> dict[Key, Tally]:
    """The tallies under each key together."""
    return {key: Tally(*numbers) for key, numbers in _added(pairs).items()}


def _added(pairs: Iterable[tuple[Key, Sequence[int]]]) -> dict[Key, list[int]]:
    found: defaultdict[Key, list[Sequence[int]]] = defaultdict(list)
    for key, numbers in pairs:
        found[key].append(numbers)
    return {key: [sum(each) for each in zip(*rows, strict=True)] for key, rows in found.items()}


def _chart(part: Part) -> Figure:
    """The rates of the printed table; those beyond the most that a chart holds stand in the table alone."""
    bars = [(line.name, line.tally.percent) for line in part.lines[:MOST_BARS]]
    return bar_chart(f"Attendance {part.title.lower()}", bars, heading=part.first, measure="Per cent")


def _table(part: Part) -> Table:
    columns = (
        Column(part.first, 3),
        Column("Stands for", 2),
        *(Column(name, 1, number=True) for name in COLUMNS),
    )
    rows = tuple(TableRow(tuple(TableCell(text) for text in cells_of(line))) for line in part.lines)
    return Table(part.title, (*columns, Column("Flag", 1)), rows)


def cells_of(line: Line) -> tuple[str, ...]:
    """A line as the printed table has it."""
    told = line.tally
    numbers = (
        told.counted,
        told.attended,
        told.deputies,
        told.apologies,
        told.absent,
        told.vacant,
        told.unsaid,
    )
    percent = "" if told.percent is None else f"{told.percent}%"
    return (line.name, line.detail, *map(str, numbers), percent, "Low" if line.is_low else "")
