"""What groups of the invented county are owed, what came, and what they returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from importlib import resources
from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.requests.choices import OwedDeed
from sightline.requests.models import Cycle, Owed
from sightline.requests.rules import months_on, owed_kinds
from sightline.requests.services import CycleGiven, OwedGiven, begin_cycle
from sightline.rhythm.choices import StepOutcome
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import (
    ReadGiven,
    StepSaid,
    begin_return,
    keep_paper,
    refresh_work,
    send_back,
    sign_return,
    tell_owed,
    write_return,
)

Row = Mapping[str, Any]
DUE_DAY = 14


def load_rhythm(told: Row, calendar: Calendar, people: People) -> None:
    """Every cycle with what came of it, then every return in the order of the file."""
    for row in told["cycles"]:
        _came(_cycle(row, calendar, people), row, people)
    for row in told["returns"]:
        _return(row, calendar, people)
    for row in told["papers"]:
        _paper(row, calendar, people)
    refresh_work(now=people.moment(people.on))


def _cycle(row: Row, calendar: Calendar, people: People) -> Cycle:
    given = CycleGiven(
        kind=row["kind"],
        group=people.groups[row["group"]],
        first_due=_in_month(row["until"] + 1, DUE_DAY, calendar),
        first_until=calendar.month_end(row["until"]),
        months=owed_kinds()[row["kind"]].months,
        owed_by=people.groups[row["by"]] if "by" in row else None,
        owed_by_words=row.get("words", ""),
    )
    return begin_cycle(given, by=people.manager, now=people.moment(people.on))


def _came(cycle: Cycle, row: Row, people: People) -> None:
    owed = Owed.objects.select_related("cycle__group", "cycle__owed_by").filter(cycle=cycle)
    for found, said in zip(owed.order_by("due_on"), row.get("came", ()), strict=False):
        on = found.due_on.replace(day=said["day"])
        given = OwedGiven(on, said["words"])
        tell_owed(
            found, OwedDeed.CAME, given, version=found.version, by=people.manager, now=people.moment(on)
        )


def _return(row: Row, calendar: Calendar, people: People) -> None:
    group, last = people.groups[row["group"]], calendar.month_end(row["until"])
    first = months_on(last, -3) + timedelta(days=1)
    day = min(_in_month(row["until"] + 1, row.get("signed", 5), calendar), people.on)
    stamp: dict[str, Any] = {"by": people.manager, "now": people.moment(day)}
    owed = Owed.objects.select_related("cycle__group").get(cycle__owed_by=group, period_until=last)
    found = begin_return(group, "return_quarter", first, last, owed, **stamp)
    steps = {
        order: StepSaid(StepOutcome(said["outcome"]), said["words"])
        for order, said in row.get("steps", {}).items()
    }
    found = write_return(read_return(found), found.version, row["texts"], steps, **stamp)
    if "signed" in row:
        found = sign_return(found, found.version, day, row.get("by", "Priya Hallworth"), "email", **stamp)
    if "back" in row:
        send_back(found, found.version, row["back"], **stamp)


def _paper(row: Row, calendar: Calendar, people: People) -> None:
    """A report of a year gone by, kept to be looked over: one of its sections is of nobody that is known."""
    last = calendar.month_end(row["until"])
    text = (resources.files("sightline.demo") / "wealdshire" / row["text"]).read_text("utf-8")
    given = ReadGiven(text, row["name"], "return_year", months_on(last, -12) + timedelta(days=1), last)
    keep_paper(given, by=people.manager, now=people.moment(people.on))


def _in_month(months: int, day: int, calendar: Calendar) -> date:
    return calendar.month_start(months) + timedelta(days=day - 1)
