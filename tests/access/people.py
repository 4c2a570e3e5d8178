"""People for tests: one account per role, with memberships over a group and an agency of Wealdshire."""

import time
from dataclasses import dataclass, field
from datetime import date

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as STEPS_TAKEN
from django.test import Client
from django.utils import timezone

from sightline.access import services
from sightline.access.models import User
from sightline.access.roles import roles
from sightline.events.choices import SYSTEM
from sightline.partners.models import Agency, Group
from sightline.partners.services import create_agency, create_group

LONG_AGO = date(2020, 1, 1)
# Who is there from the beginning, and what each membership is over.
FIRST = {
    "unit": "partnership",
    "chair": "group",
    "owner": "agency",
    "executive": "partnership",
    "scrutineer": "partnership",
}
# Who comes when asked for.
LATER = {
    "qa_officer": "partnership",
    "case_review_officer": "partnership",
    "training_officer": "partnership",
    "analyst": "partnership",
    "administrator": "partnership",
    "member": "group",
    "practitioner": "agency",
    "data_protection": "partnership",
    "system_administrator": "partnership",
}
# Roles that may do what another role may, over the same: what opens for the one opens for the other.
SAME_AS = {
    "cdop_coordinator": "case_review_officer",
    "policy_officer": "training_officer",
    "lead_partner": "executive",
    "agency_lead": "owner",
    "school_lead": "owner",
    "lay_member": "member",
}
ROLES = ("anonymous", *FIRST, *LATER)
SIGNED_IN = ROLES[1:]
PASSWORD = "correct horse battery staple"


@dataclass
class World:
    """What a test of access may need: a group, an agency, and a person for each role."""

    group: Group
    agency: Agency
    people: dict[str, User] = field(default_factory=dict)

    def person(self, role: str) -> User:
        """Who holds the role; made when first asked for."""
        if role not in self.people:
            kind = LATER.get(role) or min(roles()[role].scopes)
            key = {"group": self.group.key, "agency": self.agency.key}.get(kind, "")
            self.people[role] = member(f"A {role.replace('_', ' ')}", role, kind, key)
        return self.people[role]


def person(name: str, *, password: str | None = None, active: bool = True) -> User:
    """An account without memberships; its address is made from the name."""
    email = f"{name.lower().replace(' ', '.')}@wealdshire.example"
    user = services.create_user(email, name, password, by=SYSTEM)
    if not active:
        user = services.let_sign_in(user, False, version=1, reason="", by=SYSTEM)
    return user


def member(
    name: str, role: str, kind: str = "partnership", key: str = "", password: str | None = None
) -> User:
    """An account with one membership that has long begun."""
    user = person(name, password=password)
    services.grant(user, role, kind, key, LONG_AGO, by=SYSTEM)
    return user


def world() -> World:
    """A group, an agency and one person per role."""
    group = create_group("Neglect sub-group", by=SYSTEM)
    agency = create_agency("Wealdshire Police", by=SYSTEM)
    made = World(group, agency)
    made.people = {
        "unit": member("Una Unit", "unit"),
        "chair": member("Cy Chair", "chair", "group", group.key),
        "owner": member("Ola Owner", "owner", "agency", agency.key),
        "executive": member("Ed Executive", "executive"),
        "scrutineer": member("Sue Scrutineer", "scrutineer"),
    }
    return made


def enter(client: Client, user: User, ago: float = 0, **step: str) -> Client:
    """Sign in without the form, as somebody who proved so many seconds ago who they are: by the password, or `step`."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    taken = {"method": "password", "at": time.time() - ago, "reauthenticated": True, **step}
    session[STEPS_TAKEN] = [taken]
    session.save()
    return client


def today() -> date:
    """The local day."""
    return timezone.localdate()
