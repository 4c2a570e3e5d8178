"""Pages and updates over ever more actions: none may get slower, nor ask the database more often."""

import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.county import LARGEST, MEASURED, County
from benchmarks.measuring import Spread, spread, verdict
from sightline.plans.models import Action

STEPS = (1_000, 10_000, 100_000, 1_000_000)
TRIVIAL = "/accessibility/"
ROUNDS, TIMES = 2, 21
# How much slower the slowest of twenty may be at the largest size than at the first.
MOST_GROWN = 1.5


@dataclass
class Measured:
    """One request at every size: how often it asks, and how long it takes beside a trivial page of the same server.

    `must` be flat: what the measures are judged by.
    """

    name: str
    must: bool
    queries: list[int] = field(default_factory=list)
    spreads: list[Spread] = field(default_factory=list)

    @property
    def growth(self) -> list[float]:
        """The p95 of each size as a multiple of that of the first, each beside the trivial page of its minutes."""
        return [each.ratios[1] / self.spreads[0].ratios[1] for each in self.spreads]


class Visitor:
    """Somebody of the business unit at a browser."""

    def __init__(self, county: County) -> None:
        self.county, self.chance = county, random.Random(7)
        self.client = Client()
        self.client.force_login(county.manager)
        self.look()

    def get(self, address: str) -> None:
        """Open a page. Raises RuntimeError where it does not open."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    def one_action(self) -> str:
        """The address of any action of the plan measured."""
        return f"/actions/{self.one_reference()}/"

    def one_reference(self) -> str:
        """The reference of any action of the plan measured."""
        return self.county.any_action(self.chance)

    def update(self) -> None:
        """Say how any action stands, as the form sends it. Raises RuntimeError where it is not taken."""
        address, today = f"{self.address}update/", timezone.localdate()
        said = {
            "seen": str(self.seen),
            "text": "We trained forty people and will ask them again.",
            "dated_on-day": today.day,
            "dated_on-month": today.month,
            "dated_on-year": today.year,
            "received_how": "email",
            "said_by": "An owner",
            "blocked": "still" if self.is_blocked else "no",
            "delivery": "red",
            "reason": "It is late",
        }
        answer = self.client.post(address, said)
        if answer.status_code != 302:
            raise RuntimeError(
                f"{address} answered {answer.status_code}: {_problems(answer.content.decode())}"
            )

    def look(self) -> None:
        """Choose the action to update next, and note what its form would say had been seen."""
        self.address = self.one_action()
        asked = Action.objects.filter(reference=self.address.split("/")[2])
        found = asked.annotate(newest=Max("updates")).values_list("newest", "current_blocked_reason").get()
        self.seen, self.is_blocked = found[0] or 0, bool(found[1])


def _problems(page: str) -> str:
    """What a page says is wrong with the form that was sent."""
    found = re.search(r"govuk-error-summary__list.*?</ul>", page, re.DOTALL)
    return (
        " ".join(re.sub(r"<[^>]*>", " ", found.group().split(">", 1)[1]).split())
        if found
        else "no reason given"
    )


def requests_of(visitor: Visitor) -> dict[str, Callable[[], None]]:
    """What is measured, by the name it is printed under."""
    plan = f"/plans/{MEASURED}/"
    return {
        "A list: the plan as its table": lambda: visitor.get(plan),
        "The list filtered: red, open": lambda: visitor.get(f"{plan}?delivery=red&state=open"),
        "The list filtered: largest owner, overdue": lambda: visitor.get(
            f"{plan}?owner=agency:agency-{LARGEST}&exception=overdue"
        ),
        "The list by due date, page 9": lambda: visitor.get(f"{plan}?sort=timescale&page=9"),
        "The list by a word many have": lambda: visitor.get(f"{plan}?words=neglect"),
        "The list by words one action has": lambda: visitor.get(f"{plan}?words={visitor.one_reference()}"),
        "The list across plans: late": lambda: visitor.get("/actions/?exception=overdue"),
        "An action": lambda: visitor.get(visitor.one_action()),
        "An update sent": visitor.update,
        "The list of plans": lambda: visitor.get("/plans/"),
        "What needs you": lambda: visitor.get("/"),
        "The dashboard": lambda: visitor.get("/dashboard/"),
        "Search, a word many have": lambda: visitor.get("/search/?q=neglect"),
    }


# What is not judged: it is told because a reader asks. The list of plans counts a plan's figures until there are too
# many to count, so it grows up to there; a word that many have is ranked up to as many hits.
TOLD = ("The list of plans", "The dashboard", "Search, a word many have")


def measure(county: County, largest: int) -> Iterator[Measured]:
    """Each request at each size, to which the county grows."""
    found: dict[str, Measured] = {}
    for size in (step for step in STEPS if step <= largest):
        print(f"{size:,} actions …", file=sys.stderr, flush=True)
        county.grow(size)
        refresh_statistics()
        visitor = Visitor(county)

        def trivial(visitor: Visitor = visitor) -> None:
            visitor.get(TRIVIAL)

        for name, request in requests_of(visitor).items():
            each = found.setdefault(name, Measured(name, must=name not in TOLD))
            before = visitor.look if request == visitor.update else None
            if before:
                before()
            with CaptureQueriesContext(connection) as asked:
                request()
            each.queries.append(len(asked))
            each.spreads.append(spread(request, trivial, ROUNDS, TIMES, before=before))
    yield from found.values()


def refresh_statistics() -> None:
    """What PostgreSQL does by itself a minute after many rows came, and SQLite when it is asked."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def show(found: list[Measured], sizes: list[int]) -> str:
    """The measures as a table of words."""
    at = " / ".join(f"{size:,}" for size in sizes)
    lines = [f"{'actions: ' + at:42} queries       p50, p95 ÷ p50 of a trivial page          growth of p95"]
    for each in found:
        beside = "  ".join("{:5.1f} {:5.1f}".format(*one.ratios) for one in each.spreads)
        grown = " ".join(f"{ratio:.2f}" for ratio in each.growth)
        asked = "/".join(str(number) for number in each.queries)
        judged = verdict(each.growth[-1], MOST_GROWN) if each.must and len(sizes) > 1 else ""
        lines.append(f"{each.name:42} {asked:10} {beside:42} {grown} {judged}".rstrip())
    return "\n".join(lines)


def sizes_up_to(largest: int) -> list[int]:
    """The sizes measured."""
    return [step for step in STEPS if step <= largest]
