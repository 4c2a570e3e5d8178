"""What the page of a person's account shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.access.roles import role
from sightline.partners import selectors
from sightline.partners.forms.accounts import RoleForm
from sightline.partners.models import Person


@dataclass(frozen=True)
class RoleLine:
    """A role held, in words. `version` goes with its button, so that nobody's change is overwritten."""

    id: int
    name: str
    sentence: str
    over: str
    starts_on: date
    ends_on: date | None
    version: int


@dataclass(frozen=True)
class AccountPage:
    """A person's account and roles. `invited`: no password was chosen yet; `problem` is a sentence."""

    person: Person
    address: str
    roles: tuple[RoleLine, ...]
    form: RoleForm
    invited: bool = False
    problem: str = ""


def account_page(person: Person, form: RoleForm, *, problem: str = "") -> AccountPage:
    """The page of this person."""
    held = tuple(
        RoleLine(
            id=item.membership.pk,
            name=role(item.membership.role).name,
            sentence=role(item.membership.role).sentence,
            over=item.over,
            starts_on=item.membership.starts_on,
            ends_on=item.membership.ends_on,
            version=item.membership.version,
        )
        for item in selectors.roles_of(person)
    )
    invited = person.user is not None and not person.user.has_usable_password()
    return AccountPage(person, person.user.email if person.user else "", held, form, invited, problem)
