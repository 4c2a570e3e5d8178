"""Making plans for tests, by the services that people use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sightline.access.models import Membership, User
from sightline.events.choices import Actor
from sightline.partners.models import Agency, Group, Person
from sightline.plans import services
from sightline.plans.choices import DeliveryState, EvidenceQuarter, TimescaleKind
from sightline.plans.models import Action, Import, Plan
from sightline.plans.services import ActionGiven, OwnerGiven, TimescaleGiven

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
BY = Actor("system", "test", "A test")
SECOND = Actor("system", "second", "A second person")
_numbers = iter(range(1, 1_000_000))


def make_group(name: str = "") -> Group:
    name = name or f"Group {next(_numbers)}"
    return Group.objects.create(key=name.lower().replace(" ", "-"), name=name)


def make_agency(name: str = "") -> Agency:
    name = name or f"Agency {next(_numbers)}"
    return Agency.objects.create(key=name.lower().replace(" ", "-"), name=name)


def make_person(agency: Agency | None = None, user: User | None = None) -> Person:
    return Person.objects.create(name=f"Person {next(_numbers)}", agency=agency, user=user)


def make_user(role: str = "", kind: str = "partnership", key: str = "") -> User:
    number = next(_numbers)
    user = User.objects.create(email=f"user{number}@example.org", name=f"User {number}")
    if role:
        Membership.objects.create(
            user=user, role=role, scope_kind=kind, scope_key=key, starts_on=date(2020, 1, 1)
        )
    return user


def make_plan(group: Group | None = None, name: str = "Children first", **given: Any) -> Plan:
    values = {"as_at": date(2026, 1, 5), "by": BY, "now": NOW} | given
    return services.create_plan(name, group, **values)


def make_action(
    plan: Plan | None = None,
    *parties: Any,
    text: str = "Audit every re-referral",
    due: str = "",
    as_at: date = date(2026, 6, 1),
    now: datetime = NOW,
    refresh: bool = True,
    **given: Any,
) -> Action:
    timescale = TimescaleGiven(TimescaleKind.BY_DATE, [due], raw=f"By {due}") if due else None
    values = {
        "numbers": ["1.1"],
        "timescale": timescale,
        "owners": [OwnerGiven(party=party) for party in parties],
    } | given
    return services.add_action(
        plan or make_plan(), ActionGiven(text, **values), as_at=as_at, by=BY, now=now, refresh=refresh
    )


def complete(action: Action, as_at: date = TODAY, now: datetime = NOW, refresh: bool = True) -> Action:
    """Complete an action as people do: evidence, one person's word, another's confirmation."""
    if not action.evidence.exists():
        shown: Any = {"dated_on": as_at, "by": BY, "now": now, "refresh": False}
        services.record_evidence(action, EvidenceQuarter.DATA, "Figures moved", **shown)
    claim = services.claim_completion(action, "All of it", as_at=as_at, by=BY, now=now, refresh=False)
    services.confirm_completion(claim, by=SECOND, now=now, refresh=refresh)
    action.refresh_from_db()
    return action


def complete_on_paper(
    action: Action, as_at: date = TODAY, now: datetime = NOW, refresh: bool = True
) -> Action:
    """Complete an action as an imported paper does, which owes neither evidence nor a second person."""
    paper = Import.objects.create(file_name="plan.docx", uploaded_at=now, uploaded_by_label="A test")
    given: Any = {"as_at": as_at, "import_of": paper, "by": BY, "now": now, "refresh": refresh}
    services.change_state(action, DeliveryState.COMPLETE, **given)
    return action
