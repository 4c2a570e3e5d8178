"""Every page that can be reached by links, as two people of Wealdshire: axe, narrow screens, no errors, few queries.

A new page is covered as soon as something links to it. One page stands for all of its kind (of its address pattern).
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from sightline.access.models import Membership, User
from tests.journeys.test_components_page import no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
MOST_QUERIES = 12
# Kinds of address that give a file, not a page.
# A dozen rows of a list stand for all of them: axe takes its time for each.
FEW_ROWS = "document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(12).forEach(row => row.remove()))"
FILES = ("download", "export", "file", "brand.css", "health", "openapi.json", "csv", ":format>")


def person(role: str) -> User:
    """The first who holds the role."""
    return Membership.objects.filter(role=role).select_related("user").order_by("pk")[0].user


def kind_of(address: str) -> str:
    """The pattern that an address belongs to; empty if it leads nowhere of ours, or to a file."""
    try:
        route = str(resolve(urlsplit(address).path).route)
    except Resolver404:
        return ""
    return "" if any(word in route for word in FILES) else route or "/"


def pages(page: Page) -> Iterator[str]:
    """Walk the links, one address for each kind of page, each open in the browser when it is given."""
    waiting, seen = ["/", "/components/"], {"", "/", kind_of("/components/")}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        links = "links => links.map(a => a.getAttribute('href'))"
        for href in page.eval_on_selector_all("a[href^='/']", links):
            if (kind := kind_of(href)) not in seen:
                seen.add(kind)
                waiting.append(href)
        yield address


def goes_sideways(page: Page, widths: tuple[int, ...]) -> list[int]:
    """The widths at which the page is broader than its window; the page has its first width again afterwards."""
    size = page.viewport_size
    assert size is not None
    broad = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": size["height"]})
        broad += [] if no_sideways_scroll(page) else [width]
    page.set_viewport_size(size)
    return broad


@pytest.mark.parametrize(("role", "width"), [("unit", 1280), ("chair", 360)])
def test_every_page_a_role_can_reach(
    wealdshire: None,
    role: str,
    width: int,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    sign_in(page, person(role))
    walked, faults = [], []
    for address in pages(page):
        broad = goes_sideways(page, (width, 360, 320))
        page.evaluate(FEW_ROWS)
        try:
            axe(page)
        except AssertionError as fault:  # all that is wrong is told at once: the walk takes minutes
            faults.append(f"{address}: {fault}")
        if broad:
            faults.append(f"{address} goes sideways at {broad}")
        walked.append(address)
    assert faults == []
    assert len(walked) >= 40, walked


def test_no_page_asks_the_database_more_than_a_few_times(wealdshire: None) -> None:
    client, asked = Client(), {}
    user = person("unit")
    client.force_login(user)
    waiting, seen = ["/"], {"", "/"}
    while waiting:
        address = waiting.pop(0)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content.decode()
        asked[address] = len(queries)
        for href in (part.split('"')[0] for part in html.split('href="')[1:]):
            kind = kind_of(href) if href.startswith("/") and not href.startswith(settings.STATIC_URL) else ""
            if kind not in seen:
                seen.add(kind)
                waiting.append(href)
    assert {address: number for address, number in asked.items() if number > MOST_QUERIES} == {}
