"""What the pages of accounts show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.access.models import User
from sightline.access.roles import role
from sightline.access.selectors import lent_by, tokens_of
from sightline.partners import selectors
from sightline.partners.forms.accounts import AccountFilter, ClosingForm, RoleForm
from sightline.partners.models import Person
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.partners.selectors import HeldRole, Who

CHUNK = 500


@dataclass(frozen=True)
class RoleLine:
    """A role held, in words. `version` goes with its button, so that nobody's change is overwritten.

    `end_href` is empty where it cannot be ended any more; `deputy` is who holds it, where that is somebody else.
    """

    id: int
    name: str
    sentence: str
    over: str
    starts_on: date
    ends_on: date | None
    version: int
    end_href: str = ""
    deputy: str = ""

    @property
    def days(self) -> str:
        """From when until when, in words."""
        if self.ends_on and self.ends_on < self.starts_on:
            return f"ended before {day(self.starts_on)}, when it would have begun"
        return f"from {day(self.starts_on)}" + (f" to {day(self.ends_on)}" if self.ends_on else "")


def role_line(item: HeldRole, on: date, end_href: str = "", deputy: str = "") -> RoleLine:
    """A line of a role. One that is lent is ended by an address of its own, as long as it lasts or is to come; one of a
    support session ends with that.
    """
    held = item.membership
    lasts = held.ends_on is None or held.ends_on >= on
    if held.lent_from_id:
        end_href = reverse("partners:deputy_end", args=[held.pk])
    return RoleLine(
        id=held.pk,
        name=role(held.role).name if deputy else held.label,
        sentence=role(held.role).sentence,
        over=item.over,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        version=held.version,
        end_href=end_href if lasts and not held.until else "",
        deputy=deputy,
    )


def lent_lines(user_id: int | None, on: date) -> tuple[RoleLine, ...]:
    """What an account has handed to deputies; two queries, one where there is nothing."""
    lent = selectors.with_overs(lent_by(user_id)) if user_id else []
    return tuple(role_line(item, on, deputy=item.membership.user.name) for item in lent)


@dataclass(frozen=True)
class AccountPage:
    """A person's account and roles. `invited`: no password was chosen yet; `problem` is a sentence.

    `bound_on`: since when single sign-on opens it.
    """

    person: Person
    address: str
    roles: tuple[RoleLine, ...]
    lent: tuple[RoleLine, ...]
    form: RoleForm
    closing: ClosingForm
    closed: bool = False
    version: int = 0
    invited: bool = False
    bound_on: date | None = None
    problem: str = ""
    has_tokens: bool = False


def account_page(
    person: Person, form: RoleForm, *, problem: str = "", closing: ClosingForm | None = None
) -> AccountPage:
    """The page of this person."""
    today = timezone.localdate()
    held = tuple(
        role_line(item, today, reverse("partners:role_end", args=[person.pk, item.membership.pk]))
        for item in selectors.roles_of(person)
    )
    bound = person.user.identities.first() if person.user else None
    user = person.user
    invited = user is not None and not user.has_usable_password() and user.last_login is None
    return AccountPage(
        person,
        person.user.email if person.user else "",
        held,
        lent_lines(person.user_id, today),
        form,
        closing or ClosingForm(),
        closed=person.user is not None and not person.user.is_active,
        version=person.user.version if person.user else 0,
        invited=invited,
        bound_on=timezone.localdate(bound.bound_at) if bound else None,
        problem=problem,
        has_tokens=user is not None and tokens_of(user).exists(),
    )


LIST = ListPage(
    noun=("account", "accounts"),
    columns=(
        Column("name", "Name", sort=("name",)),
        Column("email", "Signs in as", sort=("email",)),
        Column("agency", "Agency", sort=("person__agency__name",), empty_last=True),
        Column("roles", "Roles"),
        Column("first", "From", sort=("first_on",), empty_last=True),
        Column("last", "Until", sort=("last_on",), empty_last=True),
        Column("seen", "Last signed in", sort=("last_login",), empty_last=True),
        Column("state", "State"),
    ),
    filter_form=AccountFilter,
    order="name",
)


@dataclass(frozen=True)
class AccountRow:
    """One account of the list. `href` leads to its person, where there is one."""

    href: str
    name: str
    email: str
    agency: str
    roles: str
    first_on: date | None
    last_on: date | None
    seen_on: date | None
    state: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it stands in a file."""
        days = [day.isoformat() if day else "" for day in (self.first_on, self.last_on, self.seen_on)]
        return (self.name, self.email, self.agency, self.roles, *days, self.state)


@dataclass(frozen=True)
class AccountsPage:
    """The list of accounts."""

    listing: Listing[AccountRow]


def accounts_page(user: Who, query: QueryDict) -> AccountsPage:
    """The list that the address asks for."""
    exports = {"CSV": reverse("partners:accounts_csv")}
    found = LIST.read(query, selectors.accounts(user), exports=exports)
    return AccountsPage(found.with_rows(_rows(found.rows)))


def accounts_wanted(user: Who, query: QueryDict) -> QuerySet[User]:
    """All accounts that the address asks for, in its order."""
    rows: QuerySet[User] = LIST.ordered(AccountFilter(query).narrow(selectors.accounts(user)), query)
    return rows


def account_cells(rows: QuerySet[User]) -> Iterator[tuple[str, ...]]:
    """The rows of a file, read some hundreds at a time."""
    read = rows.iterator(chunk_size=CHUNK)
    while part := list(islice(read, CHUNK)):
        yield from (row.cells for row in _rows(part))


def _rows(accounts: Sequence[User]) -> list[AccountRow]:
    held = [membership for account in accounts for membership in account.memberships.all()]
    words = {m.pk: f"{m.label}, {over}" for m, over in zip(held, selectors.overs(held), strict=True)}
    return [_row(account, [words[m.pk] for m in account.memberships.all()]) for account in accounts]


def _row(account: Any, roles: list[str]) -> AccountRow:
    person = getattr(account, "person", None)
    return AccountRow(
        href=reverse("partners:account", args=[person.pk]) if person else "",
        name=account.name,
        email=account.email,
        agency=str(person.agency or "") if person else "",
        roles="; ".join(roles),
        first_on=account.first_on,
        last_on=account.last_on,
        seen_on=timezone.localtime(account.last_login).date() if account.last_login else None,
        state=_state(account),
    )


def _state(account: User) -> str:
    if not account.is_active:
        return "Closed"
    return "Open" if account.has_usable_password() or account.last_login else "Invited"
