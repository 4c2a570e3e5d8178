"""Every address of the site, for every role, against the table in url_roles.py."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sightline.access.checks import check_roles, check_views_are_marked
from tests.access.people import ROLES, world
from tests.access.url_roles import URL_ROLES, Row


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
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return "to sign-in"
    return {200: "open", 302: "open", 422: "open", 403: "refused", 404: "hidden"}.get(
        response.status_code, str(response.status_code)
    )


def expected(row: Row, role: str) -> str:
    if role in row.opens:
        return "open"
    return "to sign-in" if role == "anonymous" else "hidden" if row.hidden else "refused"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(URL_ROLES))
def test_address_for_role(name: str, role: str) -> None:
    row, made = URL_ROLES[name], world()
    address = reverse(name, args=row.args(made))
    client = Client()
    if role != "anonymous":
        client.force_login(made.people[role])
    response = getattr(client, row.method)(address, row.data)
    found = outcome(response)
    # Signing out leads to the sign-in page by design.
    assert (found if name != "access:sign_out" else "open") == expected(row, role)
