"""A visit by each role that goes over the whole site: no fault, no trace of one, nothing offered that is refused.

The same requests at every run, so many for each role, in a world that holds a record of every kind. `make soak` goes on
for thirty minutes, in Wealdshire, each role as whoever holds it there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from sightline.access.guard import PUBLIC, needs
from sightline.access.models import User
from sightline.access.roles import roles
from tests.access.linking import LET_IN
from tests.access.people import PASSWORD, enter, world
from tests.access.url_roles import URL_ROLES
from tests.fuzz.crawl import Crawl
from tests.fuzz.manners import MARK

SOAKING = os.environ.get("SIGHTLINE_SOAK") == "1"
SEED = 20261127
WHO = ("anonymous", *sorted(roles()))
SECONDS = 30 * 60 / len(WHO)
# How much of the site each role may see; the others' share is SOME.
SHARE, SOME, ROUND = {"unit": 200}, 60, 600
# Where somebody without an account begins; "secret" opens each in the small world.
BY_LINK = ["/", "/set-password/secret/", "/return/secret/", "/update/secret/", "/coming/secret/"]
# A record of each kind, by the row of an address that names one.
RECORDS = (
    "retention:certificate", "retention:disposal", "retention:hold", "knowing:end", "knowing:conflict_end",
    "oversight:grant", "oversight:reviewer_end", "oversight:alert", "oversight:sample",
    "saved:edit", "jobs:again", "plans:strand_edit", "plans:outcome_edit", "plans:roll_over",
    "plans:roll_over_finish", "plans:place_end", "plans:point", "plans:bulk", "plans:claim_decide",
    "plans:update_question", "plans:file", "plans:action_test_result", "plans:action_wait_end", "plans:import",
    "plans:report", "outbox:again", "partners:role_end", "partners:deputy_end", "partners:name_forget",
    "access:set_password", "access:return_start", "challenges:challenge", "challenges:risk", "partners:seat",
    "meetings:attending", "governance:list", "requests:round",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Who stands for each role, in a world made once; it goes when the last of them has gone."""
    around = transaction.atomic()
    around._from_testcase = True
    with django_db_blocker.unblock(), around:
        found = wealdshire() if SOAKING else walked()
        for user in found.values():
            user.set_password(PASSWORD)
            user.save()
        yield found
        transaction.set_rollback(True)


def walked() -> dict[str, User]:
    """A small world with a record of every kind."""
    made = world()
    for name in RECORDS:
        URL_ROLES[name].args(made)
    return {role: made.person(role) for role in roles()}


def wealdshire() -> dict[str, User]:
    """The invented county."""
    from sightline.demo.selectors import players
    from sightline.demo.services import load

    load(on=timezone.localdate(), progress=lambda said: None)
    return {player.role: player.user for player in players()}


def visitor(user: User | None) -> Client:
    """A browser of somebody who has just proved who they are by their password; or who holds a link alone."""
    client = Client(raise_request_exception=False)
    if user is None:
        client.cookies.load(LET_IN)
        return client
    return enter(client, user)


@needs(PUBLIC)
def beginning(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "<h1>Here</h1><a href='/broken/'>a</a><a href='/refused/'>b</a><a href='#no'>d</a>"
        "<form action='/said/'><input name='words'></form>"
        "<form action='/broken/' method='post'><input name='words'></form>"
    )


@needs(PUBLIC)
def said(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{request.GET['words']}</p>")


@needs(PUBLIC)
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("by nothing")


@needs(PUBLIC)
def refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>No</h1>", status=403)


class Faulty:
    """A site on which much is wrong."""

    urlpatterns: ClassVar = [
        path("", beginning), path("said/", said), path("broken/", broken), path("refused/", refused),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_visit_tells_of_all_that_is_wrong(settings: Any) -> None:
    settings.ROOT_URLCONF = Faulty
    starts = ["/", f"/said/?{urlencode({'words': MARK})}"]
    crawl = Crawl("a guest", Client(raise_request_exception=False), Random(SEED), starts, keeps=False)
    crawl.run(80)
    told = "\n".join(crawl.faults.values())
    for wrong in (
        "a guest, on /: GET /broken/\n    answers 500",
        "a guest, on /: GET /broken/\n    logs: Internal Server Error: /broken/",
        "ZeroDivisionError: by nothing",
        "a guest, on /: POST /broken/ standing: words=''\n    answers 500",
        "a guest, on /: GET /refused/\n    is offered, and refused",
        "leads to #no, which is not there",
        "GET /said/ standing: words=''\n    a page of 200 without a heading",
        "shows what was typed as if it were our own",
    ):
        assert wrong in told


@pytest.mark.django_db
@pytest.mark.parametrize("role", WHO)
def test_a_visit_over_the_whole_site_meets_no_fault(role: str, people: dict[str, User]) -> None:
    until = time.monotonic() + SECONDS
    faults: dict[object, str] = {}
    starts = BY_LINK if role == "anonymous" else ["/"]
    for number in range(10_000):
        with transaction.atomic():
            rng = Random(f"{SEED} {role} {number}")
            crawl = Crawl(
                role,
                visitor(people[role] if role != "anonymous" else None),
                rng,
                starts,
                keeps=role != "anonymous",
            )
            crawl.run(ROUND if SOAKING else SHARE.get(role, SOME))
            transaction.set_rollback(True)
        faults |= {key: told for key, told in crawl.faults.items() if key not in faults}
        if not SOAKING or time.monotonic() > until:
            break
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults.values())
