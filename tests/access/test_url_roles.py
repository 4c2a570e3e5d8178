"""Every address of the site, for every role, against the table in url_roles.py."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sightline.access.checks import check_roles, check_views_are_marked
from sightline.access.models import User
from sightline.events.models import Entry
from tests.access.people import ROLES, world
from tests.access.url_roles import URL_ROLES, Row
from tests.documents.making import hung_up


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


def found(name: str, row: Row, address: str, user: User | None) -> str:
    """What one role gets; whatever the request wrote is taken back before the next."""
    client = Client()
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        told = Entry.objects.count()
        response = getattr(client, row.method)(address, row.data)
        silent = "attachment" in response.get("Content-Disposition", "") and Entry.objects.count() == told
        transaction.set_rollback(True)
    hung_up(response)
    if silent:
        return "taken away without an entry in the journal"
    # Signing out leads to the sign-in page by design.
    return "open" if name in {"access:sign_out", "account_logout"} else outcome(response)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(URL_ROLES))
def test_address_for_every_role(name: str) -> None:
    row, made = URL_ROLES[name], world()
    address = reverse(name, args=row.args(made))
    answers = {role: found(name, row, address, made.people.get(role)) for role in ROLES}
    assert answers == {role: expected(row, role) for role in ROLES}
