"""Every address of the site, for every role, against the table in url_roles.py."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from sightline.access.checks import check_roles, check_views_are_marked
from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import User
from sightline.access.roles import permission, roles
from sightline.access.roles import role as role_named
from sightline.events.marks import PUBLIC, needed_by
from sightline.events.marks import SIGNED_IN as ANYBODY
from sightline.events.models import Entry
from tests.access.people import LATER, ROLES, SAME_AS, SIGNED_IN, enter, world
from tests.access.url_roles import URL_ROLES, Row
from tests.api.programs import program
from tests.documents.making import hung_up
from tests.walks.surface import LURES, why_loose


def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The full name of every address; one without a name is told by its pattern."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.name or f'(no name: {pattern.pattern})'}"
        else:
            yield from names(pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before)


def test_every_address_has_a_row() -> None:
    assert sorted(set(names(get_resolver()))) == sorted(URL_ROLES)


def test_every_view_says_what_it_asks_for() -> None:
    assert check_views_are_marked() == []
    assert check_roles() == []


def outcome(response: HttpResponse) -> str:
    """In one word: open, to sign-in, refused, hidden; anything else is told by its number."""
    if response.status_code == 401:
        return "to sign-in"
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return "to sign-in"
    return {200: "open", 201: "open", 302: "open", 422: "open", 403: "refused", 404: "hidden"}.get(
        response.status_code, str(response.status_code)
    )


def expected(name: str, row: Row, role: str) -> str:
    if role in row.opens:
        return "open"
    if row.nowhere:
        return "hidden"
    if role == "anonymous":
        return "to sign-in"
    return "hidden" if row.hidden and may_knock(name, role) and role not in row.know else "refused"


def found(name: str, row: Row, address: str, user: User | None) -> str:
    """What one role gets; whatever the request wrote is taken back before the next."""
    client = Client()
    with transaction.atomic():
        if user is not None:
            # An address of the API is asked by somebody signed in as well: that opens nothing.
            enter(client, user)
            client.defaults |= program(user).defaults if row.by_token else {}
        client.cookies.load(dict(row.cookies))
        told = Entry.objects.count()
        as_json = {"content_type": "application/json"} if row.by_token and row.method == "post" else {}
        data = row.data if row.by_token else LURES | dict(row.data)
        response = getattr(client, row.method)(address, data, **as_json)
        silent = "attachment" in response.get("Content-Disposition", "") and Entry.objects.count() == told
        transaction.set_rollback(True)
    loose = why_loose(response)
    hung_up(response)
    if loose:
        return f"loose: {loose}"
    if silent:
        return "taken away without an entry in the journal"
    # Signing out leads to the sign-in page by design.
    return "open" if name in {"access:sign_out", "account_logout"} else outcome(response)


def marks(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address by its full name, with what its view asks for."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.name}", str(needed_by(pattern.callback))
        else:
            yield from marks(pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before)


MARKS = dict(marks(get_resolver()))


def may_knock(name: str, role: str) -> bool:
    """Whether the guard lets the role through to the view: whoever holds what it asks for over anything at all."""
    wanted = MARKS[name]
    return role == "anonymous" or wanted in {PUBLIC, ANYBODY} or permission(wanted) in role_named(role).allows


@pytest.mark.parametrize("name", sorted(URL_ROLES))
def test_the_guard_stands_before_every_address_for_every_role(name: str) -> None:
    """Whom the mark of a view shuts out is expected to be so, by the table: without opening the page for each."""
    shut_out = {role for role in ROLES if not may_knock(name, role)}
    assert not shut_out & URL_ROLES[name].opens


def asked_at(name: str) -> list[str]:
    """Whom the walk sends to an address: all whom the guard lets through, and one whom it does not.

    Where it lets through nobody whom the view would refuse, those who come later take turns: one for each address.
    """
    through = [role for role in ROLES if may_knock(name, role)]
    shut_out = [role for role in ROLES if role not in through][:1]
    later = [role for role in through if role in LATER]
    if later and set(through) - {"anonymous"} <= URL_ROLES[name].opens:
        turn = later[sorted(URL_ROLES).index(name) % len(later)]
        through = [role for role in through if role not in LATER or role == turn]
    return through + shut_out


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(URL_ROLES))
def test_address_for_every_role(name: str) -> None:
    row, made, asked = URL_ROLES[name], world(), asked_at(name)
    address = reverse(name, args=row.args(made))
    answers = {
        role: found(name, row, address, None if role == "anonymous" else made.person(role)) for role in asked
    }
    assert answers == {role: expected(name, row, role) for role in asked}


# It says who is written to: no page and no service asks for it.
WRITTEN_TO = {Permission.SILENCE_HEAR}


def reach(key: str) -> frozenset[tuple[str, str]]:
    """What a role may do and over what, as far as an address can tell."""
    found = role_named(key)
    whole = ScopeKind.PARTNERSHIP in found.scopes
    asked = found.permissions - WRITTEN_TO
    own = {(permission.value, "everywhere" if whole else "its own") for permission in asked}
    return frozenset(own | {(permission.value, "everywhere") for permission in found.everywhere})


def test_every_role_of_the_definitions_is_walked_or_like_one_that_is() -> None:
    assert set(roles()) == set(SIGNED_IN) | set(SAME_AS)
    assert {key: reach(key) for key in SAME_AS} == {key: reach(like) for key, like in SAME_AS.items()}


# One beyond what a database counts to, and what only its words are a number of.
TOO_LARGE = 2**63


def numbered(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The full names of addresses that a number stands in."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from numbered(pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before)
        elif any(isinstance(each, IntConverter) for each in pattern.pattern.converters.values()):
            yield f"{before}{pattern.name}"


@pytest.mark.django_db
def test_a_number_that_no_record_can_have_leads_nowhere() -> None:
    told = {}
    for name in numbered(get_resolver()):
        with transaction.atomic():
            made, row = world(), URL_ROLES[name]
            client = enter(Client(raise_request_exception=False), made.people["unit"])
            given = row.args(made)
            for place in (place for place, value in enumerate(given) if isinstance(value, int)):
                address = reverse(name, args=[*given[:place], TOO_LARGE, *given[place + 1 :]])
                told[address] = getattr(client, row.method)(address, row.data).status_code
            transaction.set_rollback(True)
    assert {address: status for address, status in told.items() if status >= 500} == {}
    assert len(told) > 50
