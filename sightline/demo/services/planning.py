"""A plan's own life in the invented county: key, strands, a function, an action in two plans, a roll-over."""

from __future__ import annotations

from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.partners.selectors import match_owner
from sightline.plans.choices import Fate, PlanState, PriorityKind, TimescaleKind
from sightline.plans.models import Action, Plan
from sightline.plans.services.accounts import record_update
from sightline.plans.services.actions import add_action, edit_action
from sightline.plans.services.given import ActionGiven, OwnerGiven, TimescaleGiven
from sightline.plans.services.places import place_action
from sightline.plans.services.plans import add_priority, add_strand, change_plan_state, create_plan, edit_plan
from sightline.plans.services.rolling import (
    FateGiven,
    begin_roll_over,
    carry_out,
    choose_fates,
    finish_roll_over,
)
from sightline.plans.services.timescales import revise_timescale


def load_planning(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """Dress the two plans that are there, and roll a former one over into the quality plan."""
    main, quality = (Plan.objects.get(name=words[which]) for which in ("main", "quality"))
    by, now = people.manager, people.moment(people.on)
    edit_plan(main, main.version, {"legend": words["legend"]}, by=by, now=now)
    _strands(words["strands"], main, people)
    told = words["placement"]
    place_action(
        _action(quality, told["action"]),
        main,
        number=told["number"],
        priority=main.priorities.get(number=told["priority"]),
        reason=told["why"],
        as_at=people.on,
        by=by,
        now=now,
    )
    _function(words["function"], main, people)
    _roll_over(words["former"], quality, calendar, people)


def _action(plan: Plan, number: str) -> Action:
    return plan.actions.get(numbers__text=number)


def _strands(words: list[dict[str, Any]], plan: Plan, people: People) -> None:
    by, now = people.manager, people.moment(people.on)
    for told in words:
        priority = plan.priorities.get(number=told["priority"])
        strand = add_strand(priority, number=told["number"], title=told["title"], by=by, now=now)
        for number in told["actions"]:
            action = _action(plan, number)
            edit_action(action, action.version, {"strand": strand}, by=by, now=now)


def _function(words: dict[str, Any], plan: Plan, people: People) -> None:
    by, now = people.manager, people.moment(people.on)
    function = add_priority(
        plan, number=words["number"], title=words["title"], kind=PriorityKind.FUNCTION, by=by, now=now
    )
    told = words["action"]
    given = ActionGiven(
        told["a"],
        priority=function,
        numbers=[told["n"]],
        owners=[OwnerGiven(told["lead"], match_owner(told["lead"]))],
        timescale=TimescaleGiven(TimescaleKind.RECURRING, raw=told["timescale"]),
    )
    add_action(plan, given, as_at=people.on, by=by, now=now)


def _roll_over(words: dict[str, Any], following: Plan, calendar: Calendar, people: People) -> None:
    first, last = calendar.month_start(words["starts"]), calendar.day_in(words["rolled"], 12)
    by = people.manager
    group = people.groups[words["group"]]
    plan = create_plan(
        words["name"],
        group,
        as_at=first,
        state=PlanState.APPROVED,
        starts_on=first,
        by=by,
        now=people.moment(first),
    )
    change_plan_state(plan, PlanState.IN_FORCE, as_at=first, by=by, now=people.moment(first))
    printed = words["priority"]
    priority = add_priority(
        plan, number=printed["number"], title=printed["title"], by=by, now=people.moment(first)
    )
    fates = {}
    for told in words["actions"]:
        given = ActionGiven(
            told["a"],
            priority=priority,
            numbers=[told["n"]],
            owners=[OwnerGiven(told["lead"], match_owner(told["lead"]))],
            timescale=_by(calendar, told["due"]),
        )
        action = add_action(plan, given, as_at=first, by=by, now=people.moment(first))
        _lived(action, told, calendar, people)
        fates[action.pk] = FateGiven(Fate(told["fate"]), told.get("why", ""))
    moment = people.moment(last)
    roll = begin_roll_over(plan, next_plan=following, as_at=last, by=by, now=moment)
    roll = choose_fates(roll, roll.version, fates, by=by, now=moment)
    carry_out(finish_roll_over(roll, roll.version, by=by, now=moment), by=by, now=people.moment(people.on))


def _by(calendar: Calendar, month: int) -> TimescaleGiven:
    day = calendar.month_end(month)
    return TimescaleGiven(
        TimescaleKind.BY_MONTH, [day.isoformat()], raw=f"By end of {calendar.printed(month)}"
    )


def _lived(action: Action, told: dict[str, Any], calendar: Calendar, people: People) -> None:
    """What was said of the action while its plan was at work, and how its date moved."""
    by, day = people.manager, calendar.day_in(told["due"] - 1, 9)
    moment = people.moment(day)
    if told["said"]:
        record_update(action, told["said"], as_at=day, by=by, now=moment)
    if "slip" in told:
        action.refresh_from_db()
        later = _by(calendar, told["due"] + told["slip"])
        revise_timescale(
            action, action.version, later, reason="Two posts were empty.", as_at=day, by=by, now=moment
        )
