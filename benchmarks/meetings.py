"""Pages of meetings and what belongs to them, where 17 groups met for one year and for five: none may get slower."""

import gc
import sys
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import spread, verdict
from benchmarks.pages import MOST_GROWN, ROUNDS, TIMES, TRIVIAL, Measured, refresh_statistics
from benchmarks.years import Years
from sightline.challenges.models import Challenge, Risk
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Meeting
from sightline.meetings.services.counted import keep_counted
from sightline.requests.models import Round

STEPS = (1, 5)
MOST_QUERIES = 12


class Reader:
    """Somebody of the business unit at a browser."""

    def __init__(self, years: Years) -> None:
        self.client = Client()
        self.client.force_login(years.manager)

    def get(self, address: str) -> None:
        """Open a page. Raises RuntimeError where it does not open."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")


def addresses(years: Years) -> dict[str, str]:
    """What is measured, by the name it is printed under. Records are those of the newest year, at every size."""
    group = years.groups[-1]
    met = Meeting.objects.filter(group=group).order_by("-held_on")
    coming, newest = met.filter(state=MeetingState.PLANNED)[0], met.filter(state=MeetingState.HELD)[0]
    return {
        "Meetings: the list": "/meetings/",
        "Meetings: the list, a group": f"/meetings/?group={group.key}",
        "Meetings: the list, page 2": "/meetings/?sort=day&page=2",
        "A meeting that took place": f"/meetings/{newest.pk}/",
        "A meeting to come": f"/meetings/{coming.pk}/",
        "The minute-taking screen": f"/meetings/{newest.pk}/minutes/",
        "Papers and pack": f"/meetings/{newest.pk}/pack/",
        "Entering who came": f"/meetings/{newest.pk}/attending/",
        "How it was passed on": f"/meetings/{newest.pk}/passed-on/",
        "Attendance: all groups, a year": "/meetings/attendance/",
        "Attendance: a group, a year": f"/meetings/attendance/?group={group.key}",
        "Attendance: a group, all years": f"/meetings/attendance/?group={group.key}&year=all",
        "Attendance: all groups, all years": "/meetings/attendance/?year=all",
        "Decisions": "/meetings/decisions/",
        "Decisions with a word": "/meetings/decisions/?words=neglect",
        "Actions of meetings": "/meetings/actions/",
        "Actions of meetings, open": "/meetings/actions/?state=open",
        "Structure chart": "/partners/structure/",
        "A group": f"/partners/groups/{group.pk}/",
        "Leads": "/leads/",
        "Rounds of a plan": f"/plans/{years.plan.key}/rounds/",
        "A round": f"/rounds/{Round.objects.order_by('-opens_on', '-pk')[0].pk}/",
        "Challenges": "/challenges/",
        "A challenge": f"/challenges/{Challenge.objects.order_by('-raised_on')[0].pk}/",
        "Figures of challenges": "/challenges/figures/",
        "Risks": "/risks/",
        "A risk": f"/risks/{Risk.objects.order_by('-raised_on')[0].pk}/",
        "Heat map": "/risks/map/",
        "Forward plan": "/forward-plan/",
        "Returns of groups": "/group-returns/",
        "What needs you": "/",
    }  # fmt: skip


def measure(years: Years) -> Iterator[Measured]:
    """Each page after one year and after five."""
    found: dict[str, Measured] = {}
    for size in STEPS:
        print(f"{size} years …", file=sys.stderr, flush=True)
        years.grow(size)
        # As the job of the hour does it.
        keep_counted()
        refresh_statistics()
        # What the years left in memory is no part of a server's: the collector need not walk it in somebody's request.
        gc.collect()
        gc.freeze()
        reader = Reader(years)

        def trivial(reader: Reader = reader) -> None:
            reader.get(TRIVIAL)

        for name, address in addresses(years).items():
            each = found.setdefault(name, Measured(name, must=True))

            def page(address: str = address, reader: Reader = reader) -> None:
                reader.get(address)

            page()
            with CaptureQueriesContext(connection) as asked:
                page()
            each.queries.append(len(asked))
            each.spreads.append(spread(page, trivial, ROUNDS, TIMES))
    yield from found.values()


def show(found: list[Measured]) -> str:
    """The measures as a table of words."""
    lines = [f"{'years of meetings: 1 / 5':42} queries    p50, p95 ÷ p50 of a trivial page     growth of p95"]
    for each in found:
        beside = "  ".join("{:5.1f} {:5.1f}".format(*one.ratios) for one in each.spreads)
        asked, grown = "/".join(map(str, each.queries)), each.growth[-1]
        judged = verdict(grown, MOST_GROWN)
        few = (
            ""
            if max(each.queries) <= MOST_QUERIES and len(set(each.queries)) == 1
            else ", queries do not hold"
        )
        lines.append(f"{each.name:42} {asked:9} {beside:36} {grown:.2f} {judged}{few}".rstrip())
    return "\n".join(lines)
