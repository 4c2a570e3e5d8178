"""A partnership that met for years: 40 agencies, 17 groups, the same at every run.

Agencies, people, seats, series and rules are made by services. What was said and done at a meeting is first told as
plain values (`Told`), by chance that depends on the meeting alone; then it is written row by row, in bulk. A test holds
that the rows are those that services write of the same values. Journal and search index are not written: no page that
is measured reads them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from sightline.access.services import create_user, grant
from sightline.challenges.choices import From, Scored
from sightline.challenges.rules.scoring import Score
from sightline.challenges.services import ChallengeGiven, RiskGiven, Said, raise_challenge, raise_risk
from sightline.events.choices import COMMAND_LINE
from sightline.events.services import entered
from sightline.governance.services import LeadGiven, add_lead
from sightline.meetings.choices import (
    ATTENDED,
    Attendance,
    Ended,
    How,
    ItemKind,
    MeetingState,
    Rhythm,
    Ruling,
)
from sightline.meetings.models import (
    Attended,
    Decision,
    GroupAction,
    Item,
    Meeting,
    MinuteText,
    PassedOn,
    Series,
)
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.services import MeetingGiven, begin_series, plan_meeting, set_rule
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Agency, Group, Person, Seat
from sightline.partners.services import (
    SeatGiven,
    add_seat,
    create_agency,
    create_group,
    create_person,
    fill_seat,
)
from sightline.plans.choices import PlanState
from sightline.plans.models import Plan
from sightline.plans.selectors.rounds import KIND
from sightline.plans.services import ActionGiven, OwnerGiven, add_action, create_plan
from sightline.requests.services import AskedGiven, RoundGiven, close_round, open_round

WORDS = (
    "review", "publish", "agree", "train", "share", "audit", "pathway", "practice", "children", "families", "schools",
    "police", "referral", "threshold", "neglect", "supervision", "visit", "recording", "panel", "response",
)  # fmt: skip
STANDING = ("Apologies", "Minutes of the last meeting", "Actions", "Risks", "Any other business")
RAISED = ("Findings of an audit", "A paper of the unit")
LEAST = 3
STATUSES = (
    *[Attendance.PRESENT] * 12, *[Attendance.REMOTE] * 4, *[Attendance.DEPUTY] * 2, Attendance.APOLOGIES,
    Attendance.ABSENT,
)  # fmt: skip
DEPUTY = "Somebody from the team"
DONE, DONE_AFTER = "It was done, and shown.", timedelta(days=60)
TO_WHOM = "Team leaders"


@dataclass(frozen=True)
class Size:
    """How large the partnership is, and what a year brings."""

    agencies: int = 40
    groups: int = 17
    seats: int = 20
    meetings: int = 6
    rounds: int = 4
    challenges: int = 60
    risks: int = 60


@dataclass(frozen=True)
class Spoken:
    """What was said of one item: a text, a correction of it, a decision, an action; and whether it was deferred."""

    title: str
    text: str
    correction: str = ""
    decision: str = ""
    action: str = ""
    owner: Agency | None = None
    due_on: date | None = None
    defer: bool = False


@dataclass(frozen=True)
class Told:
    """All that is told of one meeting."""

    on: date
    came: dict[int, Attendance]
    items: tuple[Spoken, ...]
    passed: dict[int, str]

    @property
    def is_quorate(self) -> bool:
        """Whether enough agencies were there: each seat is of one of its own."""
        return sum(status in ATTENDED for status in self.came.values()) >= LEAST


class Years:
    """The partnership, without a meeting until `grow`."""

    def __init__(self, size: Size | None = None, on: date | None = None) -> None:
        self.size, self.on, self.years = size or Size(), on or timezone.localdate(), 0
        self.begun = self.on - timedelta(days=6 * 365)
        self.manager = create_user("manager@wealdshire.example", name="Manager", by=COMMAND_LINE)
        grant(self.manager, "unit", "partnership", "", self.begun, by=COMMAND_LINE)
        self.agencies = [create_agency(f"Agency {n}", by=COMMAND_LINE) for n in range(self.size.agencies)]
        self.groups = [create_group(f"Group {n}", by=COMMAND_LINE) for n in range(self.size.groups)]
        self.people = {each.pk: _person(each) for each in self.agencies}
        self.seats: dict[int, list[tuple[Seat, Person]]] = {
            group.pk: [self._seat(group, place) for place in range(self.size.seats)] for group in self.groups
        }
        self.series = {group.pk: self._meets(group) for group in self.groups}
        self.plan = self._plan()
        self._leads()

    def grow(self, years: int) -> None:
        """Let it have met for so many years up to today; earlier years are put before those that are there."""
        for year in range(self.years, years):
            for group in self.groups:
                write(self, group, [self.told(group, year, place) for place in range(self.size.meetings)])
            self._logs(year)
            self._rounds(year)
        if not self.years:
            for group in self.groups:
                coming = MeetingGiven(self.on + timedelta(days=20), series=self.series[group.pk])
                plan_meeting(group, coming, **self.stamp(self.on))
        self.years = max(years, self.years)

    def stamp(self, on: date) -> dict[str, Any]:
        """Who enters something on a day, and when."""
        on = min(on, timezone.localdate())
        return {"by": COMMAND_LINE, "now": datetime(on.year, on.month, on.day, 9, tzinfo=UTC)}

    def told(self, group: Group, year: int, place: int) -> Told:
        """What is told of a meeting of a group: the one of this place in the year, `year` years ago."""
        chance = random.Random(f"{self.groups.index(group)} {year} {place}")
        gap = 365 // self.size.meetings
        on = self.on - timedelta(days=365 * year + gap * (self.size.meetings - 1 - place) + 5)
        seats = [seat.pk for seat, _ in self.seats[group.pk]]
        # To the third of a year too few come.
        there = seats if place != 2 else seats[: LEAST - 1]
        came = {pk: chance.choice(STATUSES) if pk in there else Attendance.APOLOGIES for pk in seats}
        items = [_said(title, chance, self.agencies, on) for title in (*STANDING, *RAISED)]
        if place < self.size.meetings - 1:
            items.append(Spoken(f"Put off, {place}", _words(chance, 8), defer=True))
        if place:
            items.insert(len(STANDING), Spoken(f"Put off, {place - 1}", _words(chance, 8)))
        passed = {pk: _words(chance, 12) for pk in there if came[pk] in ATTENDED and chance.random() < 0.6}
        return Told(on, came, tuple(items), passed)

    def _seat(self, group: Group, place: int) -> tuple[Seat, Person]:
        agency = self.agencies[(self.groups.index(group) * 7 + place) % len(self.agencies)]
        stamp = self.stamp(self.begun)
        made = add_seat(group, SeatGiven(agencies=(agency,), words="", is_essential=place < 2), **stamp)
        person = self.people[agency.pk]
        fill_seat(made.pk, person, HoldingKind.HOLDER, self.begun, None, **stamp)
        return made, person

    def _meets(self, group: Group) -> Series:
        stamp = self.stamp(self.begun)
        asked = QuorumAsked(least_agencies=LEAST)
        set_rule(group, asked, self.begun, counts_development=False, **stamp)
        return begin_series(group, "Meeting", Rhythm.TWO_MONTHS, standing="\n".join(STANDING), **stamp)

    def _plan(self) -> Plan:
        stamp = self.stamp(self.begun)
        columns = [{"heading": "Action", "meaning": "action"}, {"heading": "Lead", "meaning": "owners"}]
        made = create_plan(
            "Shared", self.groups[0], as_at=self.begun, state=PlanState.IN_FORCE, columns=columns, **stamp
        )
        for agency in self.agencies:
            given = ActionGiven(
                text=f"{agency} says how it stands", owners=(OwnerGiven(agency.name, agency),)
            )
            add_action(made, given, as_at=self.begun, **stamp)
        return made

    def _leads(self) -> None:
        for agency in self.agencies:
            for role in ("Named lead", "Deputy lead"):
                given = LeadGiven(
                    person=self.people[agency.pk],
                    role=role,
                    starts_on=self.begun,
                    cover_words="The duty desk",
                )
                add_lead(agency, given, **self.stamp(self.on - timedelta(days=30)))

    def _logs(self, year: int) -> None:
        """Challenges between agencies, and risks that agencies own."""
        for number in range(self.size.challenges):
            on = self.on - timedelta(days=365 * year + number * 6)
            chance, agency = random.Random(f"{year} {number}"), self.agencies[number % len(self.agencies)]
            given = ChallengeGiven(
                title=_words(chance, 5), text=_words(chance, 30), asked=_words(chance, 10), raised_on=on,
                due_on=on + timedelta(days=28), to=agency, kind=From.GROUP,
                party=self.groups[number % len(self.groups)],
            )  # fmt: skip
            raise_challenge(given, Said("", on), **self.stamp(on))
        scores = {Scored.INHERENT: Score(4, 4), Scored.RESIDUAL: Score(3, 4), Scored.TARGET: Score(2, 3)}
        for number in range(self.size.risks):
            on = self.on - timedelta(days=365 * year + number * 6)
            chance = random.Random(f"risk {year} {number}")
            risk = RiskGiven(
                title=_words(chance, 5), cause=_words(chance, 9), event=_words(chance, 9),
                effect=_words(chance, 9), owner=self.agencies[number % len(self.agencies)], scores=scores,
                review_months=3, raised_on=on,
            )  # fmt: skip
            raise_risk(risk, Said("", on), **self.stamp(on))

    def _rounds(self, year: int) -> None:
        """Rounds about the plan, each to everybody, and closed."""
        asked = [AskedGiven(self.people[each.pk], (("agency", each.pk),)) for each in self.agencies]
        for number in reversed(range(self.size.rounds)):
            on = self.on - timedelta(days=365 * year + number * 90)
            given = RoundGiven(
                KIND,
                self.plan.pk,
                f"Round {number}",
                self.plan.name,
                on + timedelta(days=28),
                self.groups[0].key,
            )
            made = open_round(given, asked, **self.stamp(on))
            close_round(made, **self.stamp(on + timedelta(days=28)))


def write(years: Years, group: Group, told: list[Told]) -> list[Meeting]:
    """Write the meetings of a year, the oldest first, with all that is told of them."""
    met = Meeting.objects.bulk_create([_meeting(years, group, each) for each in told])
    for place, one in enumerate(met, 1):
        later = zip(met[place:], told[place:], strict=True)
        if following := next((each for each, what in later if what.is_quorate), None):
            one.approved_at, one.state, one.version = following, MeetingState.APPROVED.value, 4
    Meeting.objects.bulk_update(met, ["approved_at", "state", "version"])
    Attended.objects.bulk_create(
        [row for one, each in zip(met, told, strict=True) for row in _attended(years, one, each)]
    )
    put_off: Item | None = None
    unruled: list[Decision] = []
    for one, each in zip(met, told, strict=True):
        items = Item.objects.bulk_create(list(_items(years, one, each, put_off)))
        put_off = next((item for item in items if item.is_deferred), None)
        _minute(years, each, items)
        if each.is_quorate:
            _rule(unruled, one)
        unruled = _decide(years, one, each, items)
    return met


def _meeting(years: Years, group: Group, told: Told) -> Meeting:
    return Meeting(
        group=group, series=years.series[group.pk], held_on=told.on, state=MeetingState.HELD.value,
        current_quorate=told.is_quorate, current_told=len(told.passed), version=2,
        **entered(**years.stamp(told.on)),
    )  # fmt: skip


def _attended(years: Years, meeting: Meeting, told: Told) -> Iterator[Attended]:
    stamp = entered(**years.stamp(told.on))
    for seat, person in years.seats[meeting.group_id]:
        status = told.came[seat.pk]
        who = {"name": DEPUTY} if status == Attendance.DEPUTY else {"person": person}
        yield Attended(meeting=meeting, seat=seat, status=status.value, **who, **stamp)


def _items(years: Years, meeting: Meeting, told: Told, put_off: Item | None) -> Iterator[Item]:
    stamp = entered(**years.stamp(told.on))
    for place, each in enumerate(told.items, 1):
        is_carried = put_off is not None and each.title == put_off.title
        kind = ItemKind.STANDING if each.title in STANDING else ItemKind.RAISED
        yield Item(
            meeting=meeting, order=10 * place, title=each.title, is_deferred=each.defer,
            kind=(ItemKind.MATTER if is_carried else kind).value, follows=put_off if is_carried else None, **stamp,
        )  # fmt: skip


def _minute(years: Years, told: Told, items: list[Item]) -> None:
    stamp = entered(**years.stamp(told.on))
    spoken = list(zip(items, told.items, strict=True))
    corrections = {
        item.pk: MinuteText(item=item, text=each.correction, is_correction=True, **stamp)
        for item, each in spoken
        if each.correction
    }
    MinuteText.objects.bulk_create(corrections.values())
    MinuteText.objects.bulk_create(
        [
            MinuteText(item=item, text=each.text, replaced_by=corrections.get(item.pk), **stamp)
            for item, each in spoken
        ]
    )


def _decide(years: Years, meeting: Meeting, told: Told, items: list[Item]) -> list[Decision]:
    """Decisions, actions, and what was passed on. The decisions, where they wait for the next meeting."""
    stamp, group = entered(**years.stamp(told.on)), meeting.group
    spoken = list(zip(items, told.items, strict=True))
    decisions = Decision.objects.bulk_create(
        [
            Decision(group=group, meeting=meeting, item=item, text=each.decision, how=How.MEETING.value,
                     decided_on=told.on, **stamp)
            for item, each in spoken if each.decision
        ]
    )  # fmt: skip
    GroupAction.objects.bulk_create(
        [
            GroupAction(group=group, meeting=meeting, item=item, text=each.action, owner=each.owner.name,
                        owner_agency=each.owner, due_on=each.due_on, **_done(years, told), **stamp)
            for item, each in spoken if each.owner
        ]
    )  # fmt: skip
    PassedOn.objects.bulk_create(
        [
            PassedOn(meeting=meeting, seat_id=seat, what=what, to_whom=TO_WHOM, reached=12, as_at=told.on, **stamp)
            for seat, what in told.passed.items()
        ]
    )  # fmt: skip
    return [] if told.is_quorate else decisions


def _done(years: Years, told: Told) -> dict[str, Any]:
    """An action is done two months after the meeting, as far as that is past."""
    on = told.on + DONE_AFTER
    done = {"done_on": on, "done_words": DONE, "ended_as": Ended.DONE.value, "version": 2}
    return done if on <= years.on else {}


def _rule(decisions: list[Decision], at: Meeting) -> None:
    for each in decisions:
        each.ruling, each.ruled_at, each.version = Ruling.RATIFY.value, at, 2
    Decision.objects.bulk_update(decisions, ["ruling", "ruled_at", "version"])


def _said(title: str, chance: random.Random, agencies: list[Agency], on: date) -> Spoken:
    """What was said of an item: a text, and of some a correction, a decision or an action."""
    text = _words(chance, 40)
    if title == RAISED[0]:
        return Spoken(title, text, correction=_words(chance, 40), decision=_words(chance, 15))
    if title in ("Actions", "Risks", RAISED[1]):
        due = on + timedelta(days=chance.randrange(20, 90))
        decision = _words(chance, 15) if title == RAISED[1] else ""
        return Spoken(
            title,
            text,
            decision=decision,
            action=_words(chance, 9),
            owner=chance.choice(agencies),
            due_on=due,
        )
    return Spoken(title, text)


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number)).capitalize()


def _person(agency: Agency) -> Person:
    address = f"{agency.key}@wealdshire.example"
    return create_person(f"Person of {agency}", agency=agency, email=address, by=COMMAND_LINE)
