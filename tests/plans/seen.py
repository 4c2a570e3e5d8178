"""Records of each tier, owned in each way: for tests of who sees which."""

from __future__ import annotations

from hypothesis import strategies as st

from sightline.access.choices import ScopeKind
from sightline.access.models import User
from sightline.access.roles import role, roles
from sightline.access.scope import Held, Scope
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Plan
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_person, make_plan

GROUPS, AGENCIES, USERS = ["g-one", "g-two"], ["a-one", "a-two"], [9001, 9002]


def held_by(key: str) -> st.SearchStrategy[Held]:
    """A membership of a role over something it can be held over, one's own or lent."""
    keys = {
        ScopeKind.PARTNERSHIP: [""],
        ScopeKind.GROUP: [*GROUPS, "g-elsewhere"],
        ScopeKind.AGENCY: [*AGENCIES, "a-elsewhere"],
    }
    over = [(kind, each) for kind in sorted(role(key).scopes) for each in keys[kind]]
    lender = st.sampled_from(["", "Cy Chair"])
    return st.builds(lambda one, whose: Held(key, one[0], one[1], whose), st.sampled_from(over), lender)


scopes = st.builds(
    Scope,
    st.sampled_from([None, *USERS]),
    st.lists(st.sampled_from(sorted(roles())).flatmap(held_by), max_size=3).map(tuple),
)


def records_of_each_tier() -> None:
    """Records of each tier, owned in each way, in plans of each tier with and without a group."""
    groups = [make_group(key) for key in GROUPS]
    agencies = [make_agency(key) for key in AGENCIES]
    users = [User.objects.create(pk=pk, email=f"u{pk}@example.org", name=f"U {pk}") for pk in USERS]
    people = [make_person(agencies[0], users[0]), make_person(None, users[1])]
    owners = [(), (groups[0],), (agencies[0], groups[1]), (people[0],), (people[1], agencies[1])]
    for tier in (Tier.T1, Tier.T2):
        services.create_source(f"Source {tier}", SourceKind.AUDIT, tier=tier, by=BY, now=NOW)
        for group in (None, *groups):
            plan = make_plan(group, f"Plan {tier} {group}", tier=tier)
            for own_tier in (Tier.T1, Tier.T2):
                for parties in owners:
                    make_action(plan, *parties, tier=own_tier, due="2026-01-31", refresh=False)
    for group in (None, *groups):
        services.draft_exception_report(group, as_at=TODAY, by=BY, now=NOW)
    for plan in Plan.objects.all():
        services.draft_exception_report(None, plan=plan, as_at=TODAY, by=BY, now=NOW)
    services.create_source("Public", SourceKind.LAW, tier=Tier.T0, by=BY, now=NOW)
