"""No address of the site, pages and files alike, tells anybody of records they may not read."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pdfplumber
import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from sightline.access.models import Membership
from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.partners.models import Agency, Group
from sightline.plans.models import Action, Plan, Source
from tests.access.linked_secrets import SECRETS, linked
from tests.access.people import enter, world
from tests.access.url_roles import URL_ROLES
from tests.api.programs import program
from tests.documents.making import hung_up

pytestmark = pytest.mark.django_db
WITHOUT_RIGHT = ("other chair", "owner", "stranger")
FORMATS = ["csv", "xlsx", "docx", "pdf", "html", "md", "json", "jsonl"]
# Papers of every format are made of the same document: one person asks for all of them, the others for the quick ones.
QUICK = ["csv", "html", "json", "jsonl"]
# What may be asked of a page beside its address: past days, two days to compare, words to search for.
ASKED = {
    "plans:plan": ["as_at=2026-06-15"],
    "plans:export": ["as_at=2026-06-15"],
    "plans:action": ["as_at=2026-06-15"],
    "plans:quarters": ["as_at=2026-06-15"],
    "sight:compare": ["from=2026-06-01&to=2026-11-20"],
    "sight:compare_download": ["from=2026-06-01&to=2026-11-20"],
    "sight:then": ["as_at=2026-06-15"],
    "sight:then_download": ["as_at=2026-06-15"],
    "search:search": ["q=re-referral", "q=audit", "q=sorrel", "q=1"],
    "dashboards:board": ["as_at=2026-06-15"],
}


def patterns(
    resolver: URLResolver, before: str = "", route: str = ""
) -> Iterator[tuple[str, str, list[str]]]:
    """Every address that is read: its name, its whole route, and the names of its parts."""
    for pattern in resolver.url_patterns:
        whole = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from patterns(
                pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before, whole
            )
        elif isinstance(pattern, URLPattern) and URL_ROLES[f"{before}{pattern.name}"].method == "get":
            yield f"{before}{pattern.name}", whole, list(pattern.pattern.converters)


def keys_of(route: str) -> list[Any]:
    """What a key may be in an address of this beginning."""
    slugs = {
        "api/v1/plans": Plan,
        "api/v1/groups": Group,
        "api/v1/agencies": Agency,
        "plans": Plan,
        "dashboard/plans": Plan,
        "sources": Source,
        "dashboard/groups": Group,
        "groups": Group,
    }
    for start, model in slugs.items():
        if route.startswith(f"{start}/"):
            return list(model._default_manager.values_list("key", flat=True))
    if route.startswith("retention/"):
        return ["accounts", "plans"]
    if route.startswith("line-of-sight/"):
        return [key for keys in sights().values() for key in keys]
    return ["neglect", "actions", "said", "journal", "views", "work"]


def sights() -> dict[str, list[str]]:
    """Whose line of sight may be looked along: kind and keys."""
    numbered = ("recommendation", "priority", "outcome")
    return {
        "source": list(Source.objects.values_list("key", flat=True)),
        "action": list(Action.objects.values_list("reference", flat=True)),
        **{name: [str(pk) for pk in pks(name)] for name in numbered},
        **{name: [str(pk) for pk in logged(name)] for name in LOGS},
    }


def of_one_kind(route: str, parts: list[str]) -> Callable[[tuple[Any, ...]], bool]:
    """Whether the parts of an address speak of one record: a key of another kind leads nowhere, many times over.

    What belongs to an action is asked for by that action, and by one that everybody reads.
    """
    if route.startswith("line-of-sight/") and parts[:2] == ["kind", "key"]:
        keys = sights()
        return lambda values: values[1] in keys[values[0]]
    if route.startswith("actions/") and parts[:2] == ["reference", "number"]:
        own, read_by_all = belongings(), Action.objects.filter(tier=Tier.T1).order_by("pk")[0].reference
        return lambda values: values[0] == read_by_all or values[:2] in own
    return lambda values: True


def belongings() -> set[tuple[str, int]]:
    """The references of actions, each with the numbers of what belongs to it."""
    ways = {name: "action__reference" for name in NUMBERS["actions/"]}
    ways["evidencefile"] = "evidence__action__reference"
    tables = ((apps.get_model("plans", name)._default_manager, way) for name, way in ways.items())
    return {pair for rows, way in tables for pair in rows.values_list(way, "pk")}


def logged(name: str) -> list[int]:
    """The numbers of every record of one of the logs."""
    return list(apps.get_model("challenges", name)._default_manager.values_list("pk", flat=True))


def pks(*names: str) -> list[int]:
    """The numbers of every record of these tables of plans."""
    return sorted(
        {pk for name in names for pk in apps.get_model("plans", name).objects.values_list("pk", flat=True)}
    )


LOGS = ("challenge", "risk", "scrutiny")
NUMBERS = {
    "challenges/": (),
    "meetings/": (),
    "group-returns/": (),
    "owed/": (),
    "lists/": (),
    "rounds/": (),
    "risks/": (),
    "answers/": (),
    "leads/": (),
    "terms/": (),
    "scrutiny/": (),
    "api/v1/recommendations/": ("recommendation",),
    "api/v1/reports/": ("exceptionreport",),
    "changes/": ("bulkchange",),
    "imports/": ("import",),
    "reports/": ("exceptionreport",),
    "sources/": ("recommendation",),
    "owners/": (),
    "who-sees/": ("action", "plan", "source"),
    "need-to-know/": (),
    "retention/": (),
    "everything/": (),
    "conflicts/": (),
    "break-glass/": (),
    "plans/": ("priority", "outcome", "strand"),
    "actions/": ("evidence", "evidencefile", "update", "embeddingtest", "placement", "dependency"),
}


def values_of(part: str, route: str, formats: list[str]) -> list[Any]:
    """Everything that may stand in one part of an address."""
    if part == "key":
        return keys_of(route)
    if part == "reference":
        return list(Action.objects.values_list("reference", flat=True))
    if part == "number":
        if route.startswith("journal/"):
            return list(Entry.objects.order_by("-pk").values_list("pk", flat=True)[:5])
        names = next(names for start, names in NUMBERS.items() if route.startswith(start))
        return pks(*names) if names else [*range(1, 4)]
    if part == "kind":
        sight = ["source", "recommendation", "priority", "outcome", "action", *LOGS]
        if route.startswith("answers/"):
            return list(LOGS)
        return sight if route.startswith("line-of-sight/") else ["agency", "group", "person"]
    return {
        "format": formats,
        "text": ["all", "published"],
        "dimension": ["delivery", "impact"],
        "addressee": pks("addressee"),
        "membership": list(Membership.objects.values_list("pk", flat=True)),
        "line": [1],
        "deed": ["answer", "close", "change"],
        "which": ["meetings", "decisions", "actions"],
        "ruling": ["ratify"],
        "app": ["plans"],
        "model": ["action", "plan", "source"],
        "rest": ["nothing"],
        "rule": ["accounts", "imports_unconfirmed"],
        "secret": ["a-guess"],
        "link": [1],
        "asked": [1],
        "position": [1],
        "index": [1],
        "word": ["groups", "agencies", "people"],
        "pk": list(Group.objects.values_list("pk", flat=True)),
    }[part]


def all_addresses(role: str, formats: list[str]) -> Iterator[str]:
    """Every address of every record there is, with what may be asked of it, and of files these formats.

    An address that is shut to the role is so before any record is read: one of its kind is asked for.
    """
    kind = {"stranger": "owner", "other chair": "chair"}.get(role, role)
    for name, route, parts in patterns(get_resolver()):
        every = itertools.product(*(values_of(part, route, formats) for part in parts))
        records = filter(of_one_kind(route, parts), every)
        for values in itertools.islice(records, None if kind in URL_ROLES[name].opens else 1):
            address = reverse(name, args=values)
            yield address
            yield from (f"{address}?{asked}" for asked in ASKED.get(name, ()))


def words_in(content: bytes) -> str:
    """The words of an answer: of every part of an archive, of the pages of a PDF."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as paper:
            return " ".join([str(paper.metadata), *(page.extract_text() for page in paper.pages)])
    return content.decode(errors="ignore")


class Told(NamedTuple):
    """An answer: its number, which of the hidden words stand in it, its head and its file name, and its marking."""

    status: int
    words: set[str]
    marking: str


def told_by(client: Client, address: str) -> Told:
    """What an address answers."""
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    hung_up(response)
    text = f"{response.headers} {words_in(content)}"
    asked = address.partition("?")[2]
    words = {word for word in SECRETS if re.search(word, text, re.IGNORECASE) and word not in asked}
    marking = re.search("OFFICIAL(-SENSITIVE)?", text)
    return Told(response.status_code, words, marking.group() if marking else "")


@pytest.mark.parametrize("role", WITHOUT_RIGHT)
def test_no_address_tells_of_what_one_may_not_read(role: str) -> None:
    made = world()
    linked(made)
    client = program(made.people[role])
    enter(client, made.people[role])
    formats = FORMATS if role == "stranger" else QUICK
    answers = {address: told_by(client, address) for address in all_addresses(role, formats)}
    assert {address: told.words for address, told in answers.items() if told.words} == {}
    assert {told.status for told in answers.values()} <= {200, 302, 403, 404, 410}


# For publication, for a machine or for everybody: what bears no marking.
UNMARKED = {
    "api:openapi",
    "health",
    "ready",
    "brand_style",
    "plans:addendum",
    "plans:publishable_download",
    "meetings:public_file",
}
# Handed out as it was received.
AS_RECEIVED = {"plans:file", "meetings:paper_file", "meetings:pack_file"}


def test_whoever_may_read_them_meets_every_word_each_page_and_file_marked_as_what_it_holds() -> None:
    """So that the test above cannot pass because nothing is shown to anybody."""
    made = world()
    linked(made)
    client = program(made.people["unit"])
    enter(client, made.people["unit"])
    answers = {address: told_by(client, address) for address in all_addresses("unit", QUICK)}
    assert set().union(*(told.words for told in answers.values())) == set(SECRETS)
    confidential = {address: told for address, told in answers.items() if told.words}
    assert [each for each, told in confidential.items() if told.marking != "OFFICIAL-SENSITIVE"] == []
    bare = {address for address, told in answers.items() if told.status == 200 and not told.marking}
    named = {resolve(address.partition("?")[0]).view_name for address in bare}
    assert named - UNMARKED - AS_RECEIVED == set()
