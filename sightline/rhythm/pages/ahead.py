"""The forward plan: what lies ahead as a table or a month, what did not come, and what is owed again and again."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.rendering.document import Document, table
from sightline.requests.ahead import Ahead, ahead
from sightline.requests.choices import OWED_BUTTONS, OWED_COLOURS, OWED_LABELS, OwedDeed, OwedState
from sightline.requests.models import Cycle, Owed
from sightline.requests.permissions import can_keep_owed
from sightline.requests.rules import months_on, owed_kinds, owed_numbers
from sightline.requests.selectors import cycles_visible_to, gaps, owed_visible_to
from sightline.rhythm import permissions, reports
from sightline.rhythm.forms.ahead import WHOLE, AheadFilter
from sightline.rhythm.looking import shown, with_answers
from sightline.rhythm.pages.sections import Section, sections
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import MONTHS, count, day, joined

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader

LIST = ListPage(
    noun=("thing", "things"),
    columns=(
        Column("day", "Day"),
        Column("what", "What"),
        Column("group", "Group"),
        Column("state", "Where it stands"),
        Column("doing", "What you can do", hidden_label=True),
    ),
    filter_form=AheadFilter,
    size=100,
)
FORMATS = {"CSV": "csv", "Excel": "xlsx"}
CALENDAR = "calendar"
# What is due later than this is not expected yet: nothing is done about it, and the table leaves it out unless asked.
NEAR = timedelta(days=92)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class AheadRow:
    """One thing that lies ahead; `doings` are words and address."""

    each: Ahead
    hours: str
    doings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DayShown:
    """A day of the month; `number` is 0 for one of another month."""

    number: int
    weekday: str
    is_today: bool
    things: tuple[Ahead, ...]


@dataclass(frozen=True)
class WeekShown:
    """A week of the month."""

    days: tuple[DayShown, ...]

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in it."""
        return not any(each.things for each in self.days)


@dataclass(frozen=True)
class MonthShown:
    """A month as weeks of days; `before` and `after` lead to the next ones, "" where the plan ends."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[WeekShown, ...]
    before: str
    after: str

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in it."""
        return all(each.is_free for each in self.weeks)


@dataclass(frozen=True)
class CycleShown:
    """Something owed again and again, in a sentence; `change` and `end` are empty for whoever does not keep it."""

    title: str
    told: str
    href: str
    change: str
    end: str


@dataclass(frozen=True)
class TimeShown:
    """One time of a cycle: `words` say what came or why it was excused; `href` leads to the return that answers it."""

    found: Owed
    state: tuple[str, str]
    words: str
    href: str
    doings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CyclePage:
    """Something owed again and again, with its times: those of the past and the next one, the newest first."""

    found: Cycle
    facts: tuple[SummaryRow, ...]
    told: str
    times: tuple[TimeShown, ...]
    change: str
    end: str


@dataclass(frozen=True)
class AheadPage:
    """The forward plan. `gaps`: what did not come."""

    sections: tuple[Section, ...]
    told: str
    gaps: tuple[AheadRow, ...]
    listing: Listing[AheadRow]
    month: MonthShown | None
    as_table: str
    as_calendar: str
    cycles: tuple[CycleShown, ...]
    may_keep: bool


def ahead_page(user: Reader, query: QueryDict, on: date) -> AheadPage:
    """What lies ahead from today on, as far as the definition says; six queries, however much it is."""
    last = months_on(on, owed_numbers()["ahead_months"])
    wants_month = query.get("look") == CALENDAR
    start = _month_asked(query.get("month", ""), on, last) if wants_month else on
    found = ahead(user, min(start, on), last)
    missed = [shown(each, on) for each in with_answers(gaps(owed_visible_to(user), on))]
    form = AheadFilter(query, standing=[*found, *missed])
    cycles = list(cycles_visible_to(user).filter(ends_on=None))
    kept = {each.pk for each in cycles if can_keep_owed(user, each)}
    known = with_answers(owed_visible_to(user)).filter(cycle__in=kept) if kept else ()
    owed = {f"owed-{each.pk}": each for each in known}
    if wants_month:
        del form.fields["reach"]
    later, until = _reaching([each for each in found if each.on >= on], form, on, last)
    looks = {"look": (CALENDAR,), "month": (f"{start:%Y-%m}",)} if wants_month else {}
    exports = {
        label: reverse("rhythm:ahead_export", args=[name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    listing = LIST.read(query, later, form=form, kept=looks, exports=exports)
    narrowed = form.narrow(missed)
    return AheadPage(
        sections=sections("rhythm:ahead"),
        told=f"From {day(on)} to {day(last if wants_month else until)}.",
        gaps=tuple(_row(user, each, owed, on) for each in narrowed),
        listing=listing.with_rows(_row(user, each, owed, on) for each in listing.rows),
        month=_month(start, on, last, form.narrow(found), query) if wants_month else None,
        as_table=_address(query),
        as_calendar=_address(query, look=CALENDAR),
        cycles=tuple(_cycle(each, each.pk in kept) for each in cycles),
        may_keep=permissions.writes_any(user),
    )


def ahead_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The forward plan as it is narrowed, whole, with what did not come before it, as a table to take away."""
    on = timezone.localdate()
    last = months_on(on, owed_numbers()["ahead_months"])
    missed = [shown(each, on) for each in with_answers(gaps(owed_visible_to(user), on))]
    found = [*missed, *ahead(user, on, last)]
    narrowed = AheadFilter(query, standing=found).narrow(found)
    return table("Forward plan", reports.AHEAD_COLUMNS, map(reports.ahead_cells, narrowed), marking)


def _address(query: QueryDict, **more: str) -> str:
    kept = {name: str(query[name]) for name in ("group", "what") if query.get(name)} | more
    asked = QueryDict(mutable=True)
    asked.update(kept)
    return f"{reverse('rhythm:ahead')}?{asked.urlencode()}" if kept else reverse("rhythm:ahead")


def _reaching(found: list[Ahead], form: AheadFilter, on: date, last: date) -> tuple[list[Ahead], date]:
    """What the table shows, and up to which day: the next months, or all where that is asked or nothing is as near."""
    near = [each for each in found if each.on <= on + NEAR]
    return (near, on + NEAR) if near and form.chosen.get("reach") != WHOLE else (found, last)


def _row(user: Reader, each: Ahead, owed: dict[str, Owed], on: date) -> AheadRow:
    hours = " to ".join(moment.strftime("%H:%M") for moment in (each.starts_at, each.ends_at) if moment)
    found = owed.get(each.key)
    is_near = each.on <= on + NEAR
    return AheadRow(each, hours, (*_writing(user, found), *_doings(found)) if found and is_near else ())


def _writing(user: Reader, found: Owed) -> tuple[tuple[str, str], ...]:
    """Where a return that is owed and not begun is written, for whoever writes it."""
    kind, group = owed_kinds().get(found.cycle.kind), found.cycle.owed_by
    is_open = found.is_open and not hasattr(found, "answered_by")
    if not (is_open and kind and kind.is_return and group and permissions.can_write_return(user, group)):
        return ()
    return (("Write it", f"{reverse('rhythm:return_new')}?owed={found.pk}"),)


def _doings(found: Owed) -> tuple[tuple[str, str], ...]:
    deeds = (OwedDeed.CAME, OwedDeed.CALL_OFF) if found.is_open else (OwedDeed.TAKE_BACK,)
    return tuple(
        (OWED_BUTTONS[deed], reverse("rhythm:owed_do", args=[found.pk, deed.value])) for deed in deeds
    )


def _often(found: Cycle) -> str:
    return "every month" if found.months == 1 else f"every {count(found.months, 'month')}"


def _cycle(found: Cycle, keeps: bool) -> CycleShown:
    return CycleShown(
        title=found.title,
        told=f"{found.who} owes it to {found.group}, {_often(found)}, first by {day(found.first_due)}.",
        href=reverse("rhythm:cycle", args=[found.pk]),
        change=reverse("rhythm:cycle_change", args=[found.pk]) if keeps else "",
        end=reverse("rhythm:cycle_end", args=[found.pk]) if keeps else "",
    )


def cycle_page(user: Reader, found: Cycle, on: date) -> CyclePage:
    """Every time of a cycle up to the next that is still to come; two queries."""
    keeps = can_keep_owed(user, found)
    rows = list(with_answers(owed_visible_to(user).filter(cycle=found)).order_by("due_on"))
    past = [each for each in rows if each.due_on <= on or not each.is_open]
    coming = [each for each in rows if each not in past][:1]
    said = _cycle(found, keeps and not found.ends_on)
    often = f"E{_often(found)[1:]}, first by {day(found.first_due)}"
    facts = (
        ("From", found.who), ("To", found.group.name), ("How often", often), ("Ended on", day(found.ends_on)),
    )  # fmt: skip
    return CyclePage(
        found=found,
        facts=tuple(SummaryRow(key, value) for key, value in facts if value),
        told=_how_often(past, on),
        times=tuple(_time(each, on, keeps=keeps) for each in reversed([*past, *coming])),
        change=said.change,
        end=said.end,
    )


def _how_often(past: Sequence[Owed], on: date) -> str:
    """How many came by their day, late, not at all, or were excused."""
    states = [each.state_on(on) for each in past]
    told = [
        f"{number} {OWED_LABELS[state].lower()}" for state in OwedState if (number := states.count(state))
    ]
    return f"Of {count(len(past), 'time')} so far: {joined(told)}." if told else "Nothing of it was due yet."


def _time(each: Owed, on: date, *, keeps: bool) -> TimeShown:
    state, answer = each.state_on(on), getattr(each, "answered_by", None)
    came = f"Came on {day(each.came_on)}. {each.came_words}".strip() if each.came_on else ""
    off = f"Excused because: {each.called_off_because}" if each.called_off_because else ""
    gap = f"Put on an agenda on {day(each.gap_taken_on)}" if each.gap_taken_on else ""
    return TimeShown(
        found=each,
        state=(OWED_LABELS[state], OWED_COLOURS[state]),
        words=". ".join(part.strip(" .") for part in (came, off, gap) if part),
        href=reverse("rhythm:return", args=[answer.of_id]) if answer else "",
        doings=_doings(each) if keeps and each.due_on <= on + NEAR else (),
    )


def _month_asked(asked: str, on: date, last: date) -> date:
    """The first day of the month in an address, "2027-01"; this month for anything else."""
    year, _, month = asked.partition("-")
    if year.isascii() and year.isdecimal() and month.isascii() and month.isdecimal():
        number = int(year[:4]) * 12 + int(month[:2]) - 1
        if on.year * 12 + on.month - 1 <= number <= last.year * 12 + last.month - 1:
            return date(number // 12, number % 12 + 1, 1)
    return on.replace(day=1)


def _month(first: date, on: date, last: date, found: Sequence[Ahead], query: QueryDict) -> MonthShown:
    by_day: dict[date, list[Ahead]] = {}
    for each in found:
        by_day.setdefault(each.on, []).append(each)
    weeks = tuple(
        WeekShown(tuple(_day(each, first, on, by_day) for each in week))
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    before, after = first - timedelta(days=1), months_on(first, 1)
    return MonthShown(
        title=f"{MONTHS[first.month - 1]} {first.year}",
        weekdays=WEEKDAYS,
        weeks=weeks,
        before=_address(query, look=CALENDAR, month=f"{before:%Y-%m}") if before >= on.replace(day=1) else "",
        after=_address(query, look=CALENDAR, month=f"{after:%Y-%m}") if after <= last else "",
    )


def _day(each: date, first: date, on: date, by_day: dict[date, list[Ahead]]) -> DayShown:
    is_own = each.month == first.month
    return DayShown(
        number=each.day if is_own else 0,
        weekday=WEEKDAYS[each.weekday()],
        is_today=each == on,
        things=tuple(by_day.get(each, ())) if is_own else (),
    )


def owed_facts(found: Owed) -> list[SummaryRow]:
    """What is known of something owed, in words."""
    rows = (
        ("What", found.cycle.title),
        ("From", found.cycle.who),
        ("To", found.cycle.group.name),
        ("Due by", day(found.due_on)),
        ("Tells of", f"{day(found.period_from)} to {day(found.period_until)}"),
        ("Came on", day(found.came_on)),
        ("What came", found.came_words),
        ("Excused because", found.called_off_because),
    )
    return [SummaryRow(key, value) for key, value in rows if value]
