"""Making what is owed, and returns, for tests, by the services that people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sightline.challenges.models import Risk
from sightline.events.choices import SYSTEM, Tier
from sightline.partners.choices import Signed
from sightline.partners.models import Group, Person
from sightline.partners.rules.declarations import wordings
from sightline.partners.services import DeclarationGiven, create_person, sign
from sightline.plans.models import Action, Plan
from sightline.requests.models import Cycle, Owed
from sightline.requests.services import CycleGiven, begin_cycle
from sightline.rhythm.models import Return, ReturnPaper
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import ReadGiven, begin_return, keep_paper, sign_return, write_return
from tests.access.people import World
from tests.challenges.making import make_challenge, make_risk, make_scrutiny
from tests.governance.making import make_terms
from tests.plans.making import make_action, make_plan
from tests.requests.making import make_round

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
SIGNED = date(2026, 7, 10)
WORDS = {
    "achievements": "Two audits finished",
    "impact": "Fewer children waited for an assessment",
    "voice": "Children said that nobody told them why; we changed the letter",
    "challenges": "A vacant post",
    "next_steps": "- Write to schools\n- Repeat the audit",
}


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(number)


def make_cycle(group: Group, by: Group | None = None, due: int = 10, **given: Any) -> Cycle:
    """A quarterly return that `by` owes to the group, the first one due in so many days from today."""
    first = in_days(due)
    values = {
        "kind": "return_quarter" if by else "scorecard",
        "group": group,
        "first_due": first,
        "first_until": first - timedelta(5),
        "months": 3,
        "owed_by": by,
        "owed_by_words": "" if by else "The business unit",
    } | given
    return begin_cycle(CycleGiven(**values), by=SYSTEM, now=timezone.now())


def owed(cycle: Cycle) -> Owed:
    """The first time of it."""
    return Owed.objects.select_related("cycle__group", "cycle__owed_by").filter(cycle=cycle)[0]


def make_return(group: Group, first: date = FIRST, last: date = LAST, found: Owed | None = None) -> Return:
    return begin_return(group, "return_quarter", first, last, found, by=SYSTEM, now=timezone.now())


def written(found: Return, steps: Any = (), **words: str) -> Return:
    """The return with these words, and all others of `WORDS` under their headings."""
    return write_return(
        read_return(found), found.version, WORDS | words, dict(steps), by=SYSTEM, now=timezone.now()
    )


def signed(found: Return, on: date = SIGNED, **given: Any) -> Return:
    return sign_return(found, found.version, on, "Cy Chair", by=SYSTEM, now=timezone.now(), **given)


def make_return_paper(*groups: Group) -> ReturnPaper:
    """A paper with a section of each of these groups."""
    text = "\n\n".join(
        f"{each.name[0].upper()}{each.name[1:]}\n\nKey achievements\n- One\n\nNext steps\n- Two"
        for each in groups
    )
    given = ReadGiven(text, "Yearly report", "return_year", date(2015, 4, 1), date(2016, 3, 31))
    return keep_paper(given, by=SYSTEM, now=timezone.now())


AHEAD = (
    "Review of the terms of reference",
    "Answer to a challenge: Strategy meetings without health",
    "Review of a risk: Posts stay vacant",
    "Answer to the scrutineer",
    "Last day of a plan: Children first",
    "Review of actions: Children first",
    "Last day to answer",
    "Scorecard from The business unit",
)


def everything_ahead(world: World) -> None:
    """One thing of each kind that the forward plan gathers from other records, and confidential ones of the same."""
    group = world.group
    make_cycle(group)
    make_terms(group, starts_on=in_days(-300), review_due_on=in_days(20))
    make_challenge(group, world.agency, raised_on=in_days(-3), due_on=in_days(14))
    make_challenge(
        group,
        world.agency,
        raised_on=in_days(-3),
        due_on=in_days(14),
        title="Of the confidential file",
        tier=Tier.T2,
    )
    risk = make_risk(group, title="Posts stay vacant")
    Risk.objects.filter(pk=risk.pk).update(current_review_on=in_days(30))
    make_scrutiny(group, due_on=in_days(21))
    plan = make_plan(group)
    Plan.objects.filter(pk=plan.pk).update(state="in_force", ends_on=in_days(200))
    make_action(plan)
    Action.objects.filter(plan=plan).update(current_review_on=in_days(40))
    make_round(plan, (create_person("Olga Owner", email="o@example.org", by=SYSTEM), ("group", group.pk)))
    person = create_person("Olga Account", by=SYSTEM)
    Person.objects.filter(pk=person.pk).update(user=world.people["owner"])
    given = DeclarationGiven(wordings()[-1].version, False, "", in_days(-100), Signed.PAPER)
    sign(person, given, by=SYSTEM, now=timezone.now())
