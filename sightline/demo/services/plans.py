"""The sources, plans and actions of the invented county, as they stood on their first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar, Event, events_of, printed_timescale
from sightline.partners.selectors import known_names, match_owner, party_names
from sightline.plans.choices import (
    OwnerRole,
    PlanState,
    RowKind,
    SourceKind,
    TimescaleKind,
)
from sightline.plans.models import Action, Plan, Priority, Recommendation
from sightline.plans.services.actions import add_action
from sightline.plans.services.given import ActionGiven, OwnerGiven, SourceGiven, TimescaleGiven
from sightline.plans.services.plans import (
    add_outcome,
    add_priority,
    change_plan_state,
    create_plan,
    create_recommendation,
    create_source,
)
from sightline.reading import owners as reading_owners
from sightline.reading import timescales

MEANINGS = {
    "Source": "source",
    "What difference will this make to children?": "outcome",
    "Lead": "owners",
    "No.": "number",
    "Action": "action",
    "Progress": "update",
    "Timescale": "timescale",
    "Status": "rating",
}
Recommendations = dict[str, Recommendation]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of one action."""

    action: Action
    event: Event
    calendar: Calendar


def load_sources(words: list[dict[str, Any]], calendar: Calendar, people: People) -> Recommendations:
    """Sources and their recommendations; the latter under their printed numbers."""
    found: Recommendations = {}
    for row in words:
        day = calendar.day_in(row["month"], 9)
        source = create_source(
            row["title"],
            SourceKind(row["kind"]),
            body=row["body"],
            published_on=day,
            summary=row["summary"],
            by=people.manager,
            now=people.moment(day),
        )
        for told in row["recommendations"]:
            found[told["n"]] = create_recommendation(
                source,
                number=told["n"],
                title=told.get("title", ""),
                text=told["text"],
                addressed_to=told.get("to", ()),
                by=people.manager,
                now=people.moment(day),
            )
    return found


def load_plan(
    words: dict[str, Any], calendar: Calendar, people: People, recommendations: Recommendations
) -> list[Happening]:
    """A plan with its priorities, outcomes and actions; gives what happened to them afterwards."""
    first = calendar.month_start(words["starts"])
    plan = _plan(words, calendar, people, first)
    happened: list[Happening] = []
    for told in words["priorities"]:
        priority = add_priority(
            plan, number=told["number"], title=told["title"], by=people.manager, now=people.moment(first)
        )
        outcomes = [
            add_outcome(priority, text=text, by=people.manager, now=people.moment(first))
            for text in told["outcomes"]
        ]
        above: dict[str, Any] = {}
        for row in told["actions"]:
            printed = _given(row, above, priority, calendar, recommendations)
            given = ActionGiven(**printed, outcome=outcomes[row["o"]])
            action = add_action(
                plan, given, as_at=first, by=people.manager, now=people.moment(first), refresh=False
            )
            happened += [
                Happening(action, event, calendar) for event in events_of(row, calendar, action.order)
            ]
            above = row
    return happened


def _plan(words: dict[str, Any], calendar: Calendar, people: People, first: date) -> Plan:
    approved = words["approved"]
    plan = create_plan(
        words["name"],
        people.groups[words["group"]],
        as_at=first,
        period_raw=f"{calendar.printed(words['starts'])} to {calendar.printed(words['ends'])}",
        starts_on=first,
        ends_on=calendar.month_end(words["ends"]),
        columns=[
            {"heading": heading, "meaning": MEANINGS.get(heading, "other")} for heading in words["columns"]
        ],
        by=people.manager,
        now=people.moment(first),
    )
    for state, group, minute in (
        (PlanState.APPROVED, people.groups[approved["group"]], approved["minute"]),
        (PlanState.IN_FORCE, None, ""),
    ):
        change_plan_state(
            plan, state, as_at=first, group=group, minute=minute, by=people.manager, now=people.moment(first)
        )
    return plan


def _given(
    row: dict[str, Any],
    above: dict[str, Any],
    priority: Priority,
    calendar: Calendar,
    recommendations: Recommendations,
) -> dict[str, Any]:
    """What is printed in a row. An empty lead or outcome means "as above", as on paper."""
    printed = printed_timescale(row, calendar)
    read = timescales.parse(printed)
    lead = row["lead"] or above.get("lead", "")
    raw = {"number": " & ".join(row["n"]), "owners": row["lead"], "source": row["src"], "timescale": printed}
    return {
        "text": row["a"],
        "priority": priority,
        "kind": RowKind(row.get("kind", "numbered" if row["n"] else "unnumbered")),
        "numbers": row["n"],
        "items": row.get("items", ()),
        "owners": _owners(lead),
        "owners_inherited": not row["lead"],
        "outcome_inherited": above.get("o") == row["o"],
        "sources": [
            SourceGiven(raw=number, recommendation=recommendations.get(number))
            for number in row["src"].split(", ")
            if number
        ],
        "timescale": TimescaleGiven(TimescaleKind(read.kind), read.dates, printed, read.label),
        "raw": raw,
        "other": {"Cost": row["cost"]} if "cost" in row else {},
    }


def _owners(lead: str) -> list[OwnerGiven]:
    """Owners as the importer splits them; those nobody knows stay words."""
    names = party_names()
    return [
        OwnerGiven(text, match_owner(text, names), OwnerRole.LEAD)
        for text in reading_owners.split(lead, known_names()).owners
    ]
