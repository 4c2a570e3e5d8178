"""The register of safeguarding leads: who leads where, who stands in, and whether it is still right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.governance import services
from sightline.governance.models import Lead, LeadConfirmation
from sightline.governance.services import LeadGiven
from sightline.messages.models import WorkItem
from sightline.partners.services import create_agency, create_person
from sightline.partners.services.disposing import anonymise_people
from tests.access.people import enter, world
from tests.governance.making import DAY, make_lead

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + dt.timedelta(days=120)


def waiting() -> set[tuple[str, str]]:
    return set(WorkItem.objects.values_list("for_scope", "kind"))


def test_a_change_is_a_row_that_follows_and_nothing_is_overwritten() -> None:
    police = create_agency("Weald Rangers", by=SYSTEM)
    first = make_lead(police, department="Front desk", telephone="01632 960000")
    nia = create_person("Nia New", agency=police, by=SYSTEM)
    given = LeadGiven(person=nia, role=first.role, department="Front desk", starts_on=dt.date(2026, 9, 1))
    second = services.change_lead(first, given, version=first.version, by=SYSTEM, now=NOW)
    first.refresh_from_db()
    assert (first.ends_on, first.telephone, second.follows) == (dt.date(2026, 8, 31), "01632 960000", first)
    with pytest.raises(StaleRecord):
        services.change_lead(first, given, version=1, by=SYSTEM, now=NOW)
    with pytest.raises(Unacceptable, match="has ended"):
        services.confirm_lead(first, version=first.version, by=SYSTEM, now=NOW)
    ended = services.end_lead(second, dt.date(2026, 10, 1), "Closed", version=1, by=SYSTEM, now=NOW)
    assert (ended.end_reason, Lead.objects.count()) == ("Closed", 2)


def test_what_cannot_be_is_said() -> None:
    police = create_agency("Weald Rangers", by=SYSTEM)
    first = make_lead(police)
    with pytest.raises(Unacceptable, match="leads there already"):
        make_lead(police, first.person)
    with pytest.raises(Unacceptable, match="stands in for themselves"):
        make_lead(police, first.person, cover=first.person, school="Hill School")
    with pytest.raises(Unacceptable, match="lies ahead"):
        make_lead(police, starts_on=dt.date(2120, 1, 1))
    with pytest.raises(Unacceptable, match="later day"):
        services.end_lead(first, DAY - dt.timedelta(days=1), version=1, by=SYSTEM, now=NOW)


def test_after_a_quarter_it_waits_for_the_lead_the_agency_or_the_unit_until_one_click() -> None:
    made = world()
    other = create_agency("Weald Rangers", by=SYSTEM)
    own = create_person("Ola Owner", user=made.people["executive"], by=SYSTEM)
    first, second = make_lead(made.agency, own), make_lead(other)
    services.refresh_work(now=NOW)
    assert waiting() == set()
    services.refresh_work(now=LATER)
    scopes = {f"user:{own.user_id}", f"agency:{made.agency.key}", "unit"}
    assert waiting() == {(scope, "lead_confirm") for scope in scopes}
    services.confirm_lead(first, version=1, by=SYSTEM, now=LATER)
    assert waiting() == {("unit", "lead_confirm")}
    services.end_lead(second, DAY, version=1, by=SYSTEM, now=LATER)
    assert waiting() == set()
    assert list(LeadConfirmation.objects.values_list("lead", "as_at")) == [
        (first.pk, timezone.localdate(LATER))
    ]


def test_how_somebody_was_reached_goes_with_their_name() -> None:
    police = create_agency("Weald Rangers", by=SYSTEM)
    lead = make_lead(police, telephone="01632 960000", cover_words="Duty desk")
    person = lead.person
    person.ends_on = DAY
    person.save()
    anonymise_people([person.pk], Doing(SYSTEM, "Six years are over", NOW))
    lead.refresh_from_db()
    assert (lead.person.name, lead.telephone, lead.cover_words) == (FORMER_MEMBER, "", "")


def test_the_register_is_searched_confirmed_and_changed_on_its_pages(client: Client) -> None:
    made = world()
    found = make_lead(made.agency, school="Hill School", district="Thornwick", cover_words="Duty desk")
    enter(client, made.person("practitioner"))
    page = client.get(reverse("governance:leads"), {"words": "hill lou"}).content.decode()
    assert "Lou Lead" in page
    assert "Duty desk" in page
    for state, shows in (("", True), ("ended", False)):
        asked = {"district": "Thornwick", "school": "Hill School", "state": state}
        narrowed = client.get(reverse("governance:leads"), asked).content.decode()
        assert ("Lou Lead" in narrowed) is shows
    assert "Department or service" not in page
    assert (
        "Lou Lead" not in client.get(reverse("governance:leads"), {"state": "unconfirmed"}).content.decode()
    )
    one = reverse("governance:lead", args=[found.pk])
    assert "This is still right" not in client.get(one).content.decode()
    enter(client, made.person("owner"))
    Lead.objects.update(current_confirmed_on=dt.date(2026, 1, 1), starts_on=dt.date(2025, 1, 1))
    assert "1 not confirmed this quarter" in client.get(reverse("governance:leads")).content.decode()
    assert "Not confirmed this quarter" in client.get(one).content.decode()
    client.post(reverse("governance:lead_confirm", args=[found.pk]), {"version": found.version})
    assert "Not confirmed this quarter" not in client.get(one).content.decode()
    change = reverse("governance:lead_change", args=[found.pk])
    sent = {
        "seen": found.version + 1,
        "role": found.role,
        "person": found.person_id,
        "school": "Hill School",
        "district": "Thornwick",
        "cover_words": "The head",
        "starts_on-day": 1,
        "starts_on-month": 9,
        "starts_on-year": 2026,
    }
    assert client.post(change, {**sent, "seen": 1}).status_code == 422
    assert client.post(change, sent).status_code == 302
    agency = client.get(reverse("partners:party", args=["agencies", made.agency.pk])).content.decode()
    assert "Stands in: The head" in agency
    assert "Lou Lead" in client.get(reverse("governance:leads"), {"state": "ended"}).content.decode()


def test_who_can_see_an_entry_of_the_register_is_said() -> None:
    made = world()
    made.person("system_administrator")
    found = make_lead(made.agency)
    for role in ("unit", "system_administrator"):
        client = enter(Client(), made.people[role])
        assert client.get(f"/who-sees/governance/lead/{found.pk}/").status_code == 200
