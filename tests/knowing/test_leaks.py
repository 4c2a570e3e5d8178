"""Every way in which a restricted record could leak, tried with something there to leak (issue of access, "done when").

Each word of SECRETS stands in one restricted case, or in what is kept about it, and nowhere else.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from sightline.access.models import User
from sightline.documents.services import look_at, store
from sightline.events import guards
from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.events.services import deed, record
from sightline.jobs.worker import run_all
from sightline.knowing import services
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.services import put_work_item
from sightline.partners.models import Partnership
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.saved.services import change_view, save_view
from sightline.search.registry import Kind, Offer, offer
from tests.access.people import member
from tests.documents.making import hung_up
from tests.events.kinds import Kind as Told
from tests.knowing.making import case, officer
from tests.restricted.models import CaseNote

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.restricted.views")]
SECRETS = (
    "marzipan", "quillback", "heliotrope", "tamarind", "obsidian", "saffron", "juniper", "cobalt", "vermilion",
    "zz-777",
)  # fmt: skip
# What stands on pages of the record itself, beside what the pages of its list and of its file hold.
ON_ITS_PAGE = {"marzipan", "heliotrope", "tamarind", "zz-777"}
# Those who look into break-glass read why, and the reference that was given.
REVIEWED = {"vermilion", "zz-777"}
FORMATS = ("csv", "jsonl")


@deed
def told_of(about: CaseNote) -> None:
    """Entries about the case: at its tier, one told too low, and what stood before and after."""
    record(
        Told.PLAIN, by=SYSTEM, subject=about, tier=Tier.T4, after={"word": "marzipan"}, reason="heliotrope"
    )
    record(Told.PLAIN, by=SYSTEM, subject=about, reason="marzipan")


@pytest.fixture
def keeper() -> User:
    return officer("Cass Reviewer")


@pytest.fixture
def about(keeper: User) -> CaseNote:
    """The case, with something of it in every place that keeps anything."""
    Partnership.objects.create(pk=1, name="Wealdshire", short_name="WSCP", brand_colour="#0b5351")
    now, why = timezone.now(), "Saffron asks for it"
    (document,) = store(
        look_at([ContentFile(b"Obsidian", name="obsidian.txt")]), tier=Tier.T4, by=SYSTEM, now=now
    )
    made = case("ZZ-777", "Marzipan case", words="Heliotrope", document=document)
    made.states.create(as_at="2026-01-01", words="Tamarind")
    services.open_list(made, keeper, reason=why, by=SYSTEM, now=now)
    conflicted = officer("Connie Conflict")
    services.open_list(made, conflicted, reason=why, by=SYSTEM, now=now)
    services.declare_conflict(conflicted, about=made, reason="Juniper", by=keeper.actor, now=now)
    told_of(made)
    put_work_item(
        f"user:{keeper.pk}", "case", made, "Marzipan is due", "Heliotrope", f"/cases/{made.pk}/", tier=Tier.T4
    )
    put_work_item("unit", "case", made, "Marzipan is due", "Heliotrope", f"/cases/{made.pk}/", tier=Tier.T4)
    save_view(keeper, "Cobalt", "/cases/?words=marzipan", Sharing.ONE, by=keeper.actor, now=now)
    assert services.break_glass(
        officer("Bo Breaker"), "ZZ-777", "Vermilion: nobody on its list answers", proved_at=now, now=now
    )
    run_all()
    return made


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(client: Client, address: str, **more: Any) -> set[str]:
    """The secrets that an address tells: in its page, its head or its file; what was asked for itself left out."""
    answer = client.get(address, **more)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    hung_up(answer)
    text = f"{answer.headers} {content.decode(errors='ignore')}".lower()
    return {word for word in SECRETS if word in text and word not in address.lower()}


def places(about: CaseNote, client: Client) -> list[str]:
    """Every page, export and file that could tell of it."""
    numbers = Entry.objects.values_list("pk", flat=True)
    own = [part["key"] for part in OWN_PARTS]
    uses = ["/break-glass/uses/", *(f"/break-glass/uses/{number}/" for number in (1, 2))]
    return [
        *("/", "/cases/", "/cases/csv/", f"/cases/{about.pk}/", f"/cases/{about.pk}/?as_at=2026-06-01"),
        *(f"/cases/{about.pk}/{more}/" for more in ("file", "refused")),
        f"/need-to-know/restricted/casenote/{about.pk}/",
        *("/search/?q=case", "/search/?q=CR", "/search/?q=ZZ-777", "/search/?q=marzipan"),
        *("/journal/", "/journal/?tier=T4", "/journal/?words=marzipan", "/journal/?words=a"),
        f"/journal/?record=restricted.casenote.{about.pk}",
        *(f"/journal/as/{format}/" for format in FORMATS),
        *(f"/journal/of/restricted/{model}/{about.pk}/" for model in ("casenote", "child")),
        *(
            f"/journal/of/knowing/{model}/{n}/"
            for model in ("listed", "conflict", "glass")
            for n in range(1, 4)
        ),
        *(f"/journal/{number}/" for number in numbers),
        *("/account/data/", *(f"/account/data/{key}/" for key in own)),
        *(f"/account/data/download/{format}/" for format in ("json", "csv", "html")),
        *("/saved-views/", "/saved-views/1/edit/", "/outbox/", "/jobs/", "/conflicts/", "/conflicts/all/"),
        *uses,
        *(f"/who-sees/restricted/casenote/{about.pk}/{more}" for more in ("", "rows.csv")),
        *("/data-protection/", "/data-protection/samples/"),
        *("/break-glass/", "/partners/accounts/", "/exceptions/", "/actions/", "/plans/"),
    ]


OWN_PARTS = [{"key": key} for key in ("named-people", "waiting", "mails", "saved-views")]
WITHOUT = (
    "unit",
    "data_protection",
    "scrutineer",
    "executive",
    "system_administrator",
    "case_review_officer",
)


@pytest.mark.parametrize("role", WITHOUT)
def test_no_way_tells_of_it_to_somebody_who_is_not_on_its_list(role: str, about: CaseNote) -> None:
    client = browser(member("Olu Other", role))
    found = {address: words_of(client, address) for address in places(about, client)}
    allowed = REVIEWED if role in {"unit", "data_protection"} else set()
    assert {address: words - allowed for address, words in found.items() if words - allowed} == {}


def test_somebody_with_a_conflict_is_told_no_more_although_the_list_names_them(about: CaseNote) -> None:
    client = browser(User.objects.get(name="Connie Conflict"))
    found = {address: words_of(client, address) for address in places(about, client)}
    assert {address: words for address, words in found.items() if words} == {}


def test_there_is_something_to_leak(about: CaseNote, keeper: User) -> None:
    """So that the tests above cannot pass because nothing is shown to anybody."""
    client = browser(keeper)
    assert words_of(client, f"/cases/{about.pk}/") == ON_ITS_PAGE
    assert words_of(client, f"/cases/{about.pk}/file/") == {"obsidian"}
    assert "saffron" in words_of(client, f"/need-to-know/restricted/casenote/{about.pk}/")
    assert words_of(client, "/cases/csv/") == {"marzipan", "zz-777"}
    assert words_of(client, "/saved-views/") == {"cobalt", "marzipan"}
    kept = str([*WorkItem.everything.values_list("title", flat=True)])
    assert "Marzipan is due" in kept
    reading = member("Rea Reader", "case_review_officer")
    reading.memberships.create(role="unit", scope_kind="partnership", starts_on="2020-01-01")
    services.open_list(about, reading, reason="x", by=SYSTEM, now=timezone.now())
    told = words_of(browser(reading), "/journal/?tier=T4")
    assert {"marzipan", "heliotrope"} <= told
    of = words_of(browser(reading), f"/journal/of/restricted/casenote/{about.pk}/")
    assert "marzipan" in of


def test_the_time_line_of_a_record_tells_of_its_list_conflicts_and_break_glass(about: CaseNote) -> None:
    reading = member("Rea Reader", "case_review_officer")
    reading.memberships.create(role="scrutineer", scope_kind="partnership", starts_on="2020-01-01")
    services.open_list(about, reading, reason="x", by=SYSTEM, now=timezone.now())
    page = browser(reading).get(f"/journal/of/restricted/casenote/{about.pk}/").context["page"]
    assert {row.what for row in page.listing.rows} >= {
        "Put on a record's case list",
        "Conflict of interest declared",
        "Break-glass: a record opened without being on its list",
    }


def test_lists_show_references_and_count_only_what_opens(about: CaseNote, keeper: User) -> None:
    other = case("CR-2", "Another case")
    page = browser(keeper).get("/cases/").content.decode()
    assert "1 case<" in page
    assert "ZZ-777" in page
    assert not re.search("Marzipan|Quillback", page)
    assert f"/cases/{other.pk}/" not in page
    assert "0 cases" in browser(officer("Stan Stranger")).get("/cases/").content.decode()


def test_an_error_tells_nothing_of_what_it_was_about(about: CaseNote, keeper: User) -> None:
    client = browser(keeper)
    client.raise_request_exception = False
    answer = client.get(f"/cases/{about.pk}/broken/")
    assert answer.status_code == 500
    assert not re.search("marzipan|heliotrope", answer.content.decode(), re.IGNORECASE)


def test_mails_and_work_items_that_others_get_say_nothing_of_it(about: CaseNote) -> None:
    member("Una Unit", "unit")
    words = str([*OutgoingMail.objects.values(), *WorkItem.objects.filter(tier__lt="T3").values()]).lower()
    assert [word for word in SECRETS if word in words] == []


def test_own_data_never_says_which_record_it_was(about: CaseNote, keeper: User) -> None:
    client = browser(keeper)
    found = {key["key"]: words_of(client, f"/account/data/{key['key']}/") for key in OWN_PARTS}
    # The name that somebody gave to a view of their own is theirs to read.
    assert found.pop("saved-views") == {"cobalt", "marzipan"}
    assert {key: words for key, words in found.items() if words} == {}
    assert "Case note" in client.get("/account/data/named-people/").content.decode()


@pytest.mark.parametrize(
    "address", ["/cases/?words=marzipan", "/cases/1/", "/cases/csv/", "/need-to-know/restricted/casenote/1/"]
)
def test_a_view_of_such_a_page_is_shared_with_nobody(address: str, keeper: User) -> None:
    now = timezone.now()
    with pytest.raises(Unacceptable, match="saved for yourself alone"):
        save_view(keeper, "Cobalt", address, Sharing.EVERYONE, by=keeper.actor, now=now)
    own = save_view(keeper, "Cobalt", address, Sharing.ONE, by=keeper.actor, now=now)
    with pytest.raises(Unacceptable, match="saved for yourself alone"):
        change_view(own, own.version, "Cobalt", Sharing.EVERYONE, by=keeper.actor)
    assert [entry.tier for entry in Entry.objects.filter(type="saved.view_saved")] == ["T4"]
    assert SavedView.objects.get().sharing == Sharing.ONE


def test_a_restricted_kind_cannot_be_offered_to_search() -> None:
    kind = Kind("case", ("case", "cases"), "case", CaseNote, CaseNote.objects.all, lambda records: [])
    with pytest.raises(ValueError, match="Restricted records are not found by searching: case"):
        offer("restricted", Offer((), (kind,)))


def test_without_its_guard_the_journal_shows_it_to_nobody(about: CaseNote, keeper: User) -> None:
    reading = member("Rea Reader", "unit")
    offered = guards._offered["restricted"]
    guards.forget("restricted")
    try:
        assert words_of(browser(reading), "/journal/?tier=T4") <= REVIEWED
    finally:
        guards.offer("restricted", offered)
