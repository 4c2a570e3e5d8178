"""The meetings and series a person may read, the rule that held on a day, and who was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.meetings.choices import ATTENDANCE_LABELS, Attendance, MeetingState
from sightline.meetings.models import Attended, Meeting, MeetingRule, RuleAgency, Series
from sightline.meetings.permissions import can_minute
from sightline.meetings.rules.quorum import SeatCounted, in_words, missing
from sightline.partners.choices import AgencyKind, HoldingKind, Position
from sightline.partners.models import Agency, Group, Holding, Seat
from sightline.partners.selectors import SeatThen, seats_then, standing

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

# Days that a page names at most.
MOST_NAMED = 60


def meetings_visible_to(user: Reader) -> QuerySet[Meeting]:
    """The meetings a person may read, with their groups and series."""
    found = Meeting.objects.select_related("group", "series")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def series_visible_to(user: Reader) -> QuerySet[Series]:
    """The series a person may read, with their groups."""
    found = Series.objects.select_related("group")
    return found if scope_of(user).holds(Permission.PLANS_VIEW) else found.none()


def planned_in(series: Series, since: date) -> tuple[Meeting | None, list[date]]:
    """The latest meeting of a series that stands, and the days from `since` on that have one; one query."""
    found = Meeting.objects.filter(series=series).exclude(state=MeetingState.CANCELLED)
    last = found.order_by("-held_on", "-pk")
    wanted = last.filter(Q(held_on__gte=since) | Q(pk=Subquery(last.values("pk")[:1])))
    rows = list(wanted)
    days = sorted(each.held_on for each in rows if each.held_on >= since)
    return (rows[0] if rows else None), days[:MOST_NAMED]


def is_secretary(user: Reader, group: Group, on: date) -> bool:
    """Whether somebody is in the seat of the group's secretary on the day, not as a deputy; one query.

    Nothing is asked for whoever keeps the group's meetings anyway.
    """
    scope = scope_of(user)
    if scope.user_id is None or scope.holds(Permission.MEETINGS_KEEP, groups=[group.key]):
        return False
    return as_secretary(scope.user_id, on).filter(seat__group=group).exists()


def as_secretary(user_id: int | None, on: date) -> QuerySet[Holding]:
    """Where somebody is in a secretary's seat on the day, not as a deputy."""
    return secretaries_on(on).filter(person__user=user_id)


def secretaries_on(on: date) -> QuerySet[Holding]:
    """Who may sign in and is in a secretary's seat on the day, not as a deputy."""
    held = Holding.objects.filter(
        standing(on), kind=HoldingKind.HOLDER.value, is_mistake=False, person__user__is_active=True
    )
    held = held.filter(Q(seat__ends_on=None) | Q(seat__ends_on__gte=on))
    return held.filter(seat__position=Position.SECRETARY.value)


def meetings_to_raise_at(user: Reader, on: date) -> QuerySet[Meeting]:
    """The planned meetings on the day or later whose agenda somebody writes, the soonest first."""
    scope = scope_of(user)
    ahead = meetings_visible_to(user).filter(state=MeetingState.PLANNED, held_on__gte=on)
    if not scope.holds(Permission.MEETINGS_KEEP):
        own = Q(group__key__in=scope.groups_with(Permission.MEETINGS_KEEP))
        if scope.user_id is not None:
            own |= Q(group__in=as_secretary(scope.user_id, on).values("seat__group"))
        ahead = ahead.filter(own)
    return ahead.order_by("held_on", "group__name", "pk")


def minutes_it(user: Reader, group: Group, on: date) -> bool:
    """Whether somebody writes agenda, attendance and minutes of this group's meetings."""
    return can_minute(user, group, is_secretary=is_secretary(user, group, on))


def groups_kept_by(user: Reader, on: date) -> QuerySet[Group]:
    """The groups of that day whose meetings a person keeps."""
    scope = scope_of(user)
    found = Group.objects.filter(standing(on)).order_by("name")
    if scope.holds(Permission.MEETINGS_KEEP):
        return found
    return found.filter(key__in=scope.groups_with(Permission.MEETINGS_KEEP))


def groups_meeting(user: Reader, on: date) -> QuerySet[Group]:
    """Groups that have a series, and those of that day whose meetings this person keeps."""
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return Group.objects.none()
    kept = groups_kept_by(user, on).order_by().values("pk")
    return Group.objects.filter(Q(pk__in=Series.objects.values("group")) | Q(pk__in=kept)).order_by("name")


def rules_on(on: date) -> QuerySet[MeetingRule]:
    """Rules that had begun by the day, the one that held first of each group."""
    return MeetingRule.objects.filter(starts_on__lte=on).order_by("-starts_on", "-pk")


def rule_of(group: Group, on: date) -> MeetingRule | None:
    """The rule that held for a group's meetings on the day."""
    return rules_on(on).filter(group=group).first()


@dataclass(frozen=True)
class PlaceThen:
    """One place of a seat at a meeting. `holder`: who held it on that day, none where it was vacant.

    `is_gone`: attendance was entered, and the seat was taken from that day afterwards.
    """

    then: SeatThen
    place: int
    holder: Holding | None
    row: Attended | None
    is_gone: bool = False

    @property
    def label(self) -> str:
        """The place in words, without the name of whoever is in it."""
        several = f" ({self.place} of {self.then.seat.places})" if self.then.seat.places > 1 else ""
        return f"{self.then.title or self.then.seat}{several}"

    @property
    def status(self) -> str:
        """How it was filled, in words."""
        if self.row:
            gone = ", no seat on that day any more" if self.is_gone else ""
            return f"{ATTENDANCE_LABELS[Attendance(self.row.status)]}{gone}"
        return "Vacant" if self.is_vacant else "Not entered"

    @property
    def is_vacant(self) -> bool:
        """Whether nobody held it, and nobody came."""
        return self.holder is None and self.row is None

    @property
    def is_filled(self) -> bool:
        """Whether somebody came."""
        return self.row is not None and self.row.is_filled


def attended_at(meeting: Meeting) -> list[Attended]:
    """Every row of attendance of a meeting; one query."""
    return list(Attended.objects.filter(meeting=meeting).select_related("person", "seat__group"))


def places_at(meeting: Meeting, rows: Iterable[Attended]) -> list[PlaceThen]:
    """Every place of the group's seats on the day of the meeting, with its attendance; two queries.

    What was entered for a place that is no more stands at the end: nothing that was entered is hidden.
    """
    entered = {(row.seat_id, row.place): row for row in rows}
    seats = seats_then(
        Seat.objects.select_related("group").filter(standing(meeting.held_on), group=meeting.group),
        meeting.held_on,
    )
    found = []
    for then in seats:
        held = {each.place: each for each in then.holders}
        for place in range(1, then.seat.places + 1):
            row = entered.pop((then.seat.pk, place), None)
            found.append(PlaceThen(then, place, held.get(place), row))
    gone = [PlaceThen(SeatThen(row.seat), row.place, None, row, is_gone=True) for row in entered.values()]
    return found + gone


def have_to_come(rule: MeetingRule, on: date) -> dict[str, str]:
    """The agencies that have to be there: those named, or the safeguarding partners of the day: key → name."""
    if not (rule.by_name or rule.all_partners):
        return {}
    partners = Q(standing(on), kind=AgencyKind.PARTNER.value)
    found = Agency.objects.filter(Q(asked_for_by_rules__rule=rule) if rule.by_name else partners)
    return dict(found.values_list("key", "name"))


def with_names(rules: Iterable[MeetingRule]) -> list[MeetingRule]:
    """The rules with the agencies that they ask for by name; one query, or none where no rule does."""
    found = list(rules)
    named = RuleAgency.objects.select_related("agency")
    prefetch_related_objects([rule for rule in found if rule.by_name], Prefetch("agencies", named))
    return found


def rule_words(rule: MeetingRule) -> str:
    """What a rule read `with_names` asks for, as a sentence."""
    return in_words(rule.asked, [str(each) for each in rule.agencies.all()] if rule.by_name else ())


def missing_at(
    meeting: Meeting,
    places: Iterable[PlaceThen],
    rule: MeetingRule,
    is_filled: Callable[[PlaceThen], bool] = lambda place: place.is_filled,
    there: str = "there",
) -> tuple[str, ...]:
    """What was missing of a quorum at the meeting, a sentence each; a query where agencies have to be there.

    `is_filled` and `there` ask the same of a meeting that is to come, by who is expected.
    """
    counted = [
        SeatCounted(
            title=each.then.title,
            agencies=tuple(agency.key for agency in each.then.agencies),
            is_essential=each.then.seat.is_essential,
            has_vote=each.then.seat.has_vote,
            is_filled=is_filled(each),
        )
        for each in places
        if not each.is_gone
    ]
    return missing(rule.asked, counted, have_to_come(rule, meeting.held_on), there)


def later_meetings(meeting: Meeting) -> QuerySet[Meeting]:
    """The meetings of the same group that can approve its minutes: later ones that are not cancelled."""
    after = Q(held_on__gt=meeting.held_on) | Q(held_on=meeting.held_on, pk__gt=meeting.pk)
    found = Meeting.objects.filter(after, group=meeting.group).exclude(state="cancelled")
    return found.select_related("group").order_by("held_on", "pk")
