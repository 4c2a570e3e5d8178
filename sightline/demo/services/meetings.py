"""Meetings of the invented county: who came, what was said and decided, and the ones to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from django.urls import reverse

from sightline.access.models import User
from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.access.tabling import Tabled
from sightline.definitions.bank_holidays import bank_holiday
from sightline.demo.services.logs import LOGS
from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.events.choices import Actor, Tier
from sightline.meetings.choices import Attendance, How, MeetingDeed, Part, ReplyHow, Rhythm, Ruling
from sightline.meetings.models import GroupAction, Item, Meeting, Series
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.rules.series import after, proposed
from sightline.meetings.selectors.about import NOTHING
from sightline.meetings.selectors.invitations import KIND, holders_of
from sightline.meetings.selectors.items import agenda_of, standing_texts
from sightline.meetings.selectors.meetings import PlaceThen, attended_at, places_at, planned_in
from sightline.meetings.services import (
    CameGiven,
    DecisionGiven,
    ItemGiven,
    MeetingGiven,
    MinuteGiven,
    add_item,
    begin_series,
    do,
    enter_attendance,
    finish_action,
    minute,
    plan_meeting,
    plan_series,
    rule_on,
    set_rule,
    take_decision,
)
from sightline.meetings.services.coming import ReplyGiven, reply
from sightline.meetings.services.interests import InterestGiven, declare_interest, declare_none
from sightline.meetings.services.invitations import ask_to_invite, send_invitations
from sightline.plans.models import ActionNumber
from sightline.requests.models import RoundMail
from sightline.requests.services import link_actor

Row = Mapping[str, Any]
AHEAD = timedelta(days=548)
QUORUM = ("least_seats", "least_agencies", "all_essential", "all_partners")


def load_meetings(told: Row, calendar: Calendar, people: People) -> None:
    """Every meeting in the order of the file, each as typed on its day; minutes are approved at the next one."""
    first = calendar.month_start(-20)
    stamp: dict[str, Any] = {"by": people.manager, "now": people.moment(first)}
    for row in told["rules"]:
        asked = QuorumAsked(**{name: row[name] for name in QUORUM if name in row})
        set_rule(people.groups[row["group"]], asked, first, counts_development=False, **stamp)
    series = {row["group"]: _series(row, people, first) for row in told["series"]}
    for row in told["between"]:
        _between(row, calendar, people)
    before: dict[str, list[Meeting]] = {}
    for row in told["meetings"]:
        met = _meeting(row, series[row["group"]], calendar, people)
        if not row.get("coming"):
            _held(met, row, calendar, people)
            met.refresh_from_db()
            # A meeting that is not quorate approves nothing: the one after it does.
            for earlier in before.pop(row["group"], []) if met.current_quorate else []:
                _approve(earlier, met, people)
            before.setdefault(row["group"], []).append(met)
        elif "answers" in row:
            _invited(met, row, people)
    for each in series.values():
        _ahead(each, people)


def _ahead(series: Series, people: People) -> None:
    """Plan what comes after the last meeting of the series, as far as the forward plan looks."""
    last, _ = planned_in(series, people.on)
    if last is None:
        return
    rhythm = Rhythm(series.rhythm)
    days = proposed(rhythm, after(rhythm, last.held_on), people.on + AHEAD, bank_holiday)
    given = {str(number): each.day for number, each in enumerate(days)}
    hours = last.starts_at, last.ends_at
    plan_series(
        series, given, *hours, version=series.version, by=people.manager, now=people.moment(people.on)
    )


def _invited(met: Meeting, row: Row, people: People) -> None:
    """Invite the members, and take what they answered, each on its day and by its way."""
    now = people.moment(people.on - timedelta(days=row["invited_days"]))
    ask_to_invite(met, by=people.manager, now=now)
    send_invitations(met.pk, new=True, by=people.manager, now=now)
    members = {person.name: person for person in holders_of(met)}
    links = {mail.email: mail for mail in RoundMail.objects.filter(round__record=met.pk, round__kind=KIND)}
    for said in row["answers"]:
        person = members[said["who"]]
        how = ReplyHow(said.get("how", ReplyHow.LINK))
        link = links[person.email] if how == ReplyHow.LINK else None
        by = link_actor(link.asked) if link and link.asked else people.manager
        given = ReplyGiven(Attendance(said["coming"]), said.get("name", ""), said.get("words", ""))
        on = people.moment(people.on - timedelta(days=said["days"]))
        reply(met, {person: given}, how=how, link=link, by=by, now=on)


def _series(row: Row, people: People, first: date) -> Series:
    standing = "\n".join(row["standing"])
    return begin_series(
        people.groups[row["group"]],
        row["name"],
        Rhythm(row["rhythm"]),
        place=row["place"],
        standing=standing,
        by=people.manager,
        now=people.moment(first),
    )


def _between(row: Row, calendar: Calendar, people: People) -> None:
    day = _day(row, calendar)
    given = DecisionGiven(row["text"], How(row["how"]), day)
    take_decision(people.groups[row["group"]], given, by=people.manager, now=people.moment(day))


def _day(row: Row, calendar: Calendar) -> date:
    return calendar.month_start(row["m"]) + timedelta(days=row["day"] - 1)


def _meeting(row: Row, series: Series, calendar: Calendar, people: People) -> Meeting:
    day = _day(row, calendar)
    starts, ends = time.fromisoformat(row["from"]), time.fromisoformat(row["to"])
    given = MeetingGiven(day, series=series, starts_at=starts, ends_at=ends)
    planned = people.moment(min(day, people.on) - timedelta(days=28))
    return plan_meeting(series.group, given, by=people.manager, now=planned)


def _held(met: Meeting, row: Row, calendar: Calendar, people: People) -> None:
    now = people.moment(met.held_on)
    places, came = places_at(met, attended_at(met)), {}
    for place in places:
        said = row["seats"].get(place.then.title, {"status": Attendance.PRESENT})
        if not place.is_vacant:
            key = (place.then.seat.pk, place.place)
            came[key] = CameGiven(Attendance(said["status"]), said.get("name", ""))
    version, guests = met.version, row.get("guests", ())
    enter_attendance(met, places, came, guests, version=version, by=people.manager, now=now)
    for item in row["items"]:
        _item(met, item, calendar, people)
    for told in row.get("interests", ()):
        _interest(met, told, places, people)
    if row.get("ratify"):
        met.refresh_from_db()
        for decision in agenda_of(COMMAND_LINE_SCOPE, met).waiting:
            rule_on(decision, Ruling.RATIFY, met, version=decision.version, by=people.manager, now=now)


def _interest(met: Meeting, row: Row, places: Sequence[PlaceThen], people: People) -> None:
    """What somebody in a seat declared; an empty row says that nobody did."""
    stamp: dict[str, Any] = {"by": people.manager, "now": people.moment(met.held_on)}
    if not row:
        declare_none(met, **stamp)
        return
    seat = next(each.then.seat for each in places if each.then.title == row["seat"])
    item = Item.objects.get(meeting=met, title=row["item"])
    declare_interest(met, InterestGiven(row["seat"], row["text"], Part(row["part"]), seat, item), **stamp)


def _item(met: Meeting, row: Row, calendar: Calendar, people: People) -> None:
    """Minute an item that stands on the agenda already, or put it there first."""
    now = people.moment(met.held_on)
    stamp: dict[str, Any] = {"by": people.manager, "now": now}
    found = Item.objects.filter(meeting=met, title=row["title"]).first()
    if found is None:
        given = ItemGiven(
            row["title"], row.get("text", ""), Tier(row.get("tier", "T1")), _about(row.get("about"))
        )
        found = add_item(met, given, **stamp)
    line = row.get("line", "")
    if "due" in row:
        months, day = row["due"]
        due = calendar.month_start(months) + timedelta(days=day - 1)
        line = line.replace("{due}", due.isoformat())
    said = {"decision": row.get("decision", ""), "line": line, "defer": row.get("defer", False)}
    minute(found, MinuteGiven(row["minute"], **said), **stamp)
    if "correction" in row:
        seen = list(standing_texts([found.pk]).values_list("pk", flat=True))
        corrected = MinuteGiven(row["correction"], seen, is_correction=True)
        minute(found, corrected, by=_chair(people), now=now)
    if "done" in row:
        months, words = row["done"]
        action, done_on = GroupAction.objects.get(item=found), calendar.month_end(months)
        finish_action(action, action.version, words, done_on, by=people.manager, now=people.moment(done_on))


def _about(row: Row | None) -> Tabled:
    """The challenge or risk of the title, or the action of the printed number."""
    if row is None:
        return NOTHING
    for kind, model in LOGS.items():
        if kind in row:
            found = model._default_manager.get(title=row[kind])
            where = reverse(f"challenges:{kind}", args=[found.pk])
            return Tabled("challenges", kind, str(found.pk), f"{kind.capitalize()} {found.pk}", where)
    action = ActionNumber.objects.get(plan__name=row["plan"], text=row["number"]).action
    where = f"/actions/{action.reference}/"
    return Tabled("plans", "action", str(action.pk), f"Action {action.reference}", where)


def _approve(met: Meeting, at: Meeting, people: People) -> None:
    now = people.moment(at.held_on)
    for deed, where in ((MeetingDeed.CHECK, None), (MeetingDeed.APPROVE, at)):
        met.refresh_from_db()
        do(met, deed, version=met.version, approved_at=where, by=people.manager, now=now)


def _chair(people: People) -> Actor:
    return User.objects.get(email="priya.hallworth@wealdshire.example").actor
