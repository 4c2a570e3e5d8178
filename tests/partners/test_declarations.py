"""Every member declares and signs once a year, in rows that stay; who has not is asked, and shown to the unit."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.held import said
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.messages.models import WorkItem
from sightline.partners.choices import Signed, Signing
from sightline.partners.models import Declaration, Person
from sightline.partners.rules.declarations import wordings
from sightline.partners.selectors.declarations import declarers, owing, stands_so
from sightline.partners.services import DeclarationGiven, ask_for_declarations, create_person, sign
from tests.access.people import World, world
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def made() -> World:
    return world()


def seated(made: World, role: str = "") -> Person:
    """Somebody in a seat of the group: with the account of the role, or without one."""
    user: Any = {"user": made.people[role]} if role else {}
    person = create_person(made.people[role].name if role else "Pat Paper", by=SYSTEM, **user)
    fill(make_seat(made.group), person)
    return person


def signed(person: Person, on: dt.date, interests: str = "", how: Signed = Signed.PAPER) -> Declaration:
    given = DeclarationGiven(wordings()[-1].version, bool(interests), interests, on, how)
    return sign(person, given, by=SYSTEM, now=timezone.now())


def test_a_person_signs_on_one_page_and_earlier_rows_stay(made: World, client: Client) -> None:
    person = seated(made, "owner")
    signed(person, TODAY - dt.timedelta(days=400))
    client.force_login(made.people["owner"])
    path = f"/partners/declarations/{person.pk}/"
    page = client.get(path).context["page"]
    sent = {"wording": page.wording.version, "has": "yes", "interests": "Trustee of a charity"}
    refused = client.post(path, sent)
    assert refused.status_code == 422, "not signed without saying so"
    assert client.post(path, sent | {"interests": "", "agrees": "on"}).status_code == 422
    assert "read them again" in client.post(path, sent | {"agrees": "on", "wording": "0"}).content.decode()
    assert Declaration.objects.count() == 1
    assert client.post(path, sent | {"agrees": "on"}).status_code == 302
    rows = list(Declaration.objects.values_list("interests", "how", "words"))
    assert rows == [("Trustee of a charity", "here", wordings()[-1].text), ("", "paper", wordings()[-1].text)]
    entry = Entry.objects.filter(type="partners.declaration_signed").latest("pk")
    assert (entry.tier, "Trustee" in str(entry.after_values)) == ("T2", False)
    assert not any("Trustee" in value for value in personal_values(entry).values())
    assert "Trustee of a charity" in [row[-1] for row in said(made.people["owner"])], "their own download"


def test_the_unit_enters_a_paper_and_others_neither_read_nor_sign(made: World, client: Client) -> None:
    person = seated(made)
    signed(person, TODAY, "Trustee of a charity")
    path = f"/partners/declarations/{person.pk}/"
    for role in ("owner", "chair", "executive", "scrutineer"):
        client.force_login(made.people[role])
        assert client.get(path).status_code == 403
        assert client.get("/partners/declarations/").status_code == 403
        assert (
            "Interests and confidentiality"
            not in client.get(f"/partners/people/{person.pk}/").content.decode()
        )
    client.force_login(made.people["unit"])
    assert "Interests and confidentiality" in client.get(f"/partners/people/{person.pk}/").content.decode()
    day = {"signed_on-day": 1, "signed_on-month": 11, "signed_on-year": 2026}
    ahead = client.post(path, {"has": "no", "agrees": "on"} | day | {"signed_on-year": 2100})
    assert ahead.status_code == 422
    early = client.post(path, {"has": "no", "agrees": "on"} | day | {"signed_on-year": 1999})
    assert "they came later" in early.content.decode()
    assert client.post(path, {"has": "no", "agrees": "on"} | day).status_code == 302
    assert Declaration.objects.latest("pk").how == "paper"


@pytest.mark.parametrize(
    ("ago", "state"),
    [
        (None, Signing.NEVER),
        (366, Signing.OVER),
        (364, Signing.SOON),
        (330, Signing.SIGNED),
        (0, Signing.SIGNED),
    ],
)
def test_the_database_and_the_rule_say_the_same(made: World, ago: int | None, state: Signing) -> None:
    person, today = seated(made), timezone.localdate()
    if ago is not None:
        signed(person, today - dt.timedelta(days=ago))
    for each in Signing:
        assert declarers(today).filter(stands_so(each, today)).exists() == (each == state), each
    assert declarers(today).filter(owing(today)).exists() == (state in (Signing.NEVER, Signing.OVER))


def test_words_that_changed_are_signed_anew(made: World) -> None:
    person, today = seated(made), timezone.localdate()
    signed(person, today)
    Declaration.objects.update(wording="0")
    assert [each.pk for each in declarers(today).filter(stands_so(Signing.OLD_WORDS, today))] == [person.pk]


def test_who_has_not_signed_is_asked_until_they_do(made: World) -> None:
    person, now = seated(made, "owner"), timezone.now()
    seated(made)
    assert ask_for_declarations(now) == 2
    assert ask_for_declarations(now) == 2
    items = WorkItem.objects.filter(kind="declaration").order_by("for_scope")
    assert [item.for_scope for item in items] == ["unit", f"user:{made.people['owner'].pk}"]
    signed(person, timezone.localdate())
    assert [item.for_scope for item in items.all()] == ["unit"]
    person.holdings.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert person.pk not in declarers(timezone.localdate()).values_list("pk", flat=True), "no seat, no duty"


def test_the_list_is_narrowed_and_taken_away(made: World, client: Client) -> None:
    seated(made)
    signed(seated(made, "owner"), timezone.localdate(), "Trustee of a charity")
    client.force_login(made.people["unit"])
    page = client.get("/partners/declarations/").context["page"]
    assert page.told.startswith("1 member has not signed")
    assert [(row.name, row.groups, row.state) for row in page.listing.rows] == [
        ("Pat Paper", "Neglect sub-group", "Never signed"),
        ("Ola Owner", "Neglect sub-group", "Signed"),
    ]
    for query in (
        "state=owing",
        "account=no",
        "state=never&words=Pat",
        f"group={made.group.key}&state=never",
    ):
        rows = client.get(f"/partners/declarations/?{query}").context["page"].listing.rows
        assert [row.name for row in rows] == ["Pat Paper"], query
    taken = b"".join(client.get("/partners/declarations/rows/csv/?state=signed")).decode()  # type: ignore[arg-type]  # a stream
    assert "Ola Owner" in taken
    assert "Pat Paper" not in taken
    assert "Trustee" not in taken
    assert Entry.objects.filter(type="partners.declarations_taken").count() == 1
    assert client.get("/partners/declarations/rows/pdf/").status_code == 404


def test_nothing_is_signed_against_itself(made: World) -> None:
    given = DeclarationGiven(wordings()[-1].version, False, "A charity", TODAY)
    with pytest.raises(Unacceptable, match="have none"):
        sign(seated(made), given, by=SYSTEM, now=timezone.now())
