"""A confirmed membership list is withdrawn whole, with a reason, while nothing stands upon its seats.

Nothing is deleted: who was put into a seat by it never held it, and the row says so; who left by it was in their seat
all the while; a seat that it added stands on the day before it alone, held by nobody. Agencies, people and names that
it brought stay known.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sightline.access.permissions import Refused
from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need
from sightline.governance.choices import ListRefused, ListState
from sightline.governance.entries import GovernanceEntry
from sightline.governance.models import MemberList
from sightline.governance.selectors.withdrawing import standing_upon
from sightline.governance.services.lists import held, moved
from sightline.jobs.services import enqueue
from sightline.partners.models import Holding, Seat
from sightline.partners.services import SeatGiven, change_seat, end_seat, leave_seat, take_back_end

WITHDRAW_JOB = "governance.withdraw_list"
WHY = "Say why the list is withdrawn"


@deed
def ask_to_withdraw(found: MemberList, reason: str, *, version: int, by: Actor) -> MemberList:
    """Ask for what a list did to be undone. Raises Unacceptable where something stands upon it, StaleRecord."""
    try:
        live = held(found.pk, {ListState.CONFIRMED}, version)
    except ListRefused as refused:
        raise Unacceptable({"": refused.sentence}) from None
    live.withdrawn_because = need(reason, "reason", WHY)[:300]
    if standing := standing_upon(live):
        raise Unacceptable({"": " ".join(standing)})
    live.trouble = ""
    moved(live, ListState.WITHDRAWING)
    args = {"number": live.pk, "version": live.version}
    enqueue(WITHDRAW_JOB, args, key=f"{WITHDRAW_JOB}:{live.pk}:{live.version}", by=by)
    return live


def withdraw_as_asked(number: int, version: int, *, by: Actor, now: datetime) -> MemberList:
    """Undo what the list did, all of it or nothing, or leave it confirmed with what stands against it."""
    try:
        return _withdraw(number, version, by=by, now=now)
    except (ListRefused, Refused, Unacceptable, StaleRecord) as refused:
        return leave_confirmed(number, version, f"The list was not withdrawn. {refused}", by=by)


@deed
def _withdraw(number: int, version: int, *, by: Actor, now: datetime) -> MemberList:
    live = held(number, set(ListState))
    if (live.state, live.version) != (ListState.WITHDRAWING, version):
        return live
    if standing := standing_upon(live):
        raise ListRefused(" ".join(standing))
    made = live.outcome["made"]
    why = f"The membership list was withdrawn: {live.withdrawn_because}"[:300]
    holdings = Holding.objects.filter(pk__in=[row["holding"] for row in made if "holding" in row])
    for each in holdings.order_by("pk"):
        leave_seat(each, each.starts_on, version=each.version, by=by, now=now, reason=why, is_mistake=True)
    for row in live.outcome["ended"]:
        until = date.fromisoformat(row["until"]) if row["until"] else None
        take_back_end(row["holding"], until, by=by, now=now, reason=why)
    for seat in Seat.objects.filter(pk__in=[row["seat"] for row in made if "seat" in row]).order_by("pk"):
        _end(seat, live.day - timedelta(days=1), by, now)
    live.withdrawn_at = now
    after = {name: len(live.outcome[name]) for name in ("made", "ended")}
    record(
        GovernanceEntry.MEMBER_LIST_WITHDRAWN, by=by, subject=live, after=after, reason=live.withdrawn_because
    )
    return moved(live, ListState.WITHDRAWN)


@deed
def leave_confirmed(number: int, version: int, trouble: str, *, by: Actor) -> MemberList:
    """Leave a list confirmed that was asked to be withdrawn, and keep why."""
    live = held(number, set(ListState))
    if (live.state, live.version) != (ListState.WITHDRAWING, version):
        return live
    live.trouble, live.withdrawn_because = trouble, ""
    record(GovernanceEntry.MEMBER_LIST_GIVEN_BACK, by=by, subject=live, reason=trouble)
    return moved(live, ListState.CONFIRMED)


def _end(seat: Seat, day: date, by: Actor, now: datetime) -> None:
    """A seat that the list added stands on this day alone, held by nobody: meetings of other days do not count it."""
    given = SeatGiven(
        agencies=[each.agency for each in seat.for_agencies.select_related("agency")],
        words=seat.words,
        position=seat.position,
        is_essential=seat.is_essential,
        has_vote=seat.has_vote,
        places=seat.places,
        starts_on=day,
    )
    live = change_seat(seat, given, version=seat.version, by=by, now=now)
    end_seat(live.pk, day, version=live.version, by=by, now=now)
