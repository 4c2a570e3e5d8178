"""Accounts and roles of people, given by the unit; one's own password."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.access.services import grant, mark_supplier
from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.partners import selectors, services
from sightline.partners.models import Person
from tests.access.people import LONG_AGO, PASSWORD, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit"))
    return client


@pytest.fixture
def ola(db: None) -> Person:
    return services.create_person("Ola Owner", email="Ola@wealdshire.example", by=SYSTEM)


def sent(to: str = "ola@wealdshire.example") -> str:
    """The address that the last mail to somebody leads to."""
    text = OutgoingMail.objects.filter(to=to).latest("pk").text
    return re.search(r"http\S+?(/set-password/\S+/)", text)[1]  # type: ignore[index]


def account(ola: Person, path: str = "") -> str:
    return f"/partners/people/{ola.pk}/account/{path}"


def test_a_person_is_invited_chooses_a_password_and_signs_in(una: Client, ola: Person) -> None:
    assert "has no account, so cannot sign in." in una.get(account(ola)).content.decode()
    told = una.post(account(ola, "open/"), follow=True).content.decode()
    assert "an invitation is on its way." in told
    assert "No password has been chosen yet" in told
    link, door = sent(), Client()
    assert link not in told
    assert not any(link in str(value) for entry in Entry.objects.values_list() for value in entry)
    for _ in range(2):  # opening it changes nothing: scanners of mail open links too
        assert "ola@wealdshire.example" in door.get(link).content.decode()
    assert "Your password is set." in door.post(link, {"new": PASSWORD}, follow=True).content.decode()
    given = {"email": "ola@wealdshire.example", "password": PASSWORD}
    assert door.post("/sign-in/", given).status_code == 302
    assert door.get(link).status_code == 410
    assert "Send a link for a new password" in una.get(account(ola)).content.decode()


def test_an_account_that_stands_already_is_tied_to_the_person_and_keeps_its_password(ola: Person) -> None:
    user = User.objects.create(email="ola@wealdshire.example", name="Ola", password="kept")
    assert services.open_account(ola, by=SYSTEM, now=timezone.now()) == user
    assert not OutgoingMail.objects.exists()
    assert (Person.objects.get().user, User.objects.get().password) == (user, "kept")


def test_what_stands_in_the_way_of_an_account_is_told(una: Client, ola: Person) -> None:
    other = services.create_person("Ann Other", by=SYSTEM)
    response = una.post(account(other, "open/"))
    assert response.status_code == 422
    assert "Enter this person&#x27;s e-mail address first" in response.content.decode()
    assert "has no account yet" in una.post(account(other, "link/")).content.decode()
    una.post(account(ola, "open/"))
    assert "has an account already." in una.post(account(ola, "open/")).content.decode()
    twin = services.create_person("Ola Twin", email="ola@wealdshire.example", by=SYSTEM)
    with pytest.raises(Unacceptable, match="belongs to another person"):
        services.open_account(twin, by=SYSTEM, now=timezone.now())


def test_a_link_is_sent_again_and_the_first_one_used_ends_all_others(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    first = sent()
    assert "is on its way" in una.post(account(ola, "link/"), follow=True).content.decode()
    second, door = sent(), Client()
    assert first != second
    assert door.post(second, {"new": PASSWORD}).status_code == 302
    assert door.post(first, {"new": "another long password"}).status_code == 410
    assert User.objects.get(email="ola@wealdshire.example").check_password(PASSWORD)


def role(over: str, name: str = "owner", day: dt.date = LONG_AGO) -> dict[str, object]:
    parts = {f"starts_on-{part}": getattr(day, part) for part in ("day", "month", "year")}
    return {"role": name, "over": over} | parts


def test_roles_are_given_over_an_agency_a_group_or_everything(una: Client, ola: Person) -> None:
    police = services.create_agency("Wealdshire Police", by=SYSTEM)
    group = services.create_group("Neglect", by=SYSTEM)
    una.post(account(ola, "open/"))
    page = una.get(account(ola))
    assert "Without a role, nothing can be read." in page.content.decode()
    una.post(account(ola, "roles/"), role(f"agency:{police.key}"))
    una.post(account(ola, "roles/"), role(f"group:{group.key}", "chair"))
    una.post(account(ola, "roles/"), role("partnership", "analyst"))
    held = una.get(account(ola)).context["page"].roles
    assert [(line.name, line.over) for line in held] == [
        ("Action owner", "Wealdshire Police"),
        ("Group chair", "Neglect"),
        ("Analyst", "The whole partnership"),
    ]
    scope = User.objects.get(email="ola@wealdshire.example").scope
    assert scope.holds(Permission.ACTION_UPDATE, agencies=[police.key])


def test_a_role_that_cannot_be_given_is_told(una: Client, ola: Person) -> None:
    assert (
        "has no account yet" in una.post(account(ola, "roles/"), role("partnership", "unit")).content.decode()
    )
    una.post(account(ola, "open/"))
    response = una.post(account(ola, "roles/"), role("partnership", "chair"))
    assert response.status_code == 422
    assert "Group chair cannot be held over: the whole partnership." in response.content.decode()
    una.post(account(ola, "roles/"), role("partnership", "executive"))
    again = una.post(account(ola, "roles/"), role("partnership", "executive", dt.date(2021, 1, 1)))
    assert "Ola Owner holds this role already." in again.content.decode()
    assert una.post(account(ola, "roles/"), {}).status_code == 422


def test_a_role_is_ended(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    una.post(account(ola, "roles/"), role("partnership", "executive"))
    una.post(account(ola, "roles/"), role("partnership", "analyst", timezone.localdate()))
    old, new = una.get(account(ola)).context["page"].roles
    stale = una.post(account(ola, f"roles/{old.id}/end/"), {"version": "x"}, follow=True).content.decode()
    assert "Somebody else saved this" in stale
    ended = una.post(account(ola, f"roles/{old.id}/end/"), {"version": old.version}, follow=True)
    assert "The role has ended." in ended.content.decode()
    today = una.post(account(ola, f"roles/{new.id}/end/"), {"version": new.version}, follow=True)
    assert "The role ends with its first day." in today.content.decode()
    assert User.objects.get(email="ola@wealdshire.example").scope.role_keys == {"analyst"}
    assert una.post(account(ola, "roles/9999/end/")).status_code == 404
    lines = una.get(account(ola)).context["page"].roles
    assert {line.ends_on is None for line in lines} == {False}


def test_a_role_may_have_its_last_day_from_the_beginning(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    day = timezone.localdate()
    last = {"ends_on-day": 31, "ends_on-month": 12, "ends_on-year": day.year + 1}
    una.post(account(ola, "roles/"), role("partnership", "executive") | last)
    [line] = una.get(account(ola)).context["page"].roles
    assert line.ends_on == dt.date(day.year + 1, 12, 31)
    before = last | {"ends_on-year": 2019}
    told = una.post(account(ola, "roles/"), role("partnership", "analyst") | before)
    assert "The last day must not lie before the first" in told.content.decode()
    again = una.post(account(ola, "roles/"), role("partnership", "executive"))
    assert "holds this role already" in again.content.decode()


def test_who_looks_is_not_who_does(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    una.post(account(ola, "roles/"), role("partnership", "executive"))
    told = una.post(account(ola, "roles/"), role("partnership", "scrutineer"))
    assert "Independent scrutineer and Executive are not held by one person" in told.content.decode()
    assert len(una.get(account(ola)).context["page"].roles) == 1


def test_only_roles_that_one_may_give_are_offered_and_taken(client: Client, ola: Person) -> None:
    client.force_login(member("Ada Administrator", "administrator"))
    client.post(account(ola, "open/"))
    offered = [key for key, _ in client.get(account(ola)).context["form"].fields["role"].choices]
    assert offered == ["chair", "member", "owner", "agency_lead", "school_lead", "lay_member", "practitioner"]
    assert client.post(account(ola, "roles/"), role("partnership", "unit")).status_code == 422
    assert client.get(account(ola)).context["page"].roles == ()


def test_a_role_is_not_ended_by_who_may_not_give_it(client: Client, ola: Person) -> None:
    client.force_login(member("Ada Administrator", "administrator"))
    client.post(account(ola, "open/"))
    user = User.objects.get(email="ola@wealdshire.example")
    held = grant(user, "data_protection", "partnership", "", dt.date(2020, 1, 1), by=SYSTEM)
    told = client.post(account(ola, f"roles/{held.pk}/end/"), {"version": held.version}, follow=True)
    assert "Data protection and Caldicott is a role that is given by" in told.content.decode()
    assert user.memberships.get().ends_on is None


def test_the_last_manager_cannot_end_their_own_role(client: Client) -> None:
    una = member("Una Unit", "unit")
    client.force_login(una)
    herself = services.create_person("Una Unit", user=una, by=SYSTEM)
    [line] = client.get(account(herself)).context["page"].roles
    response = client.post(account(herself, f"roles/{line.id}/end/"), {"version": line.version}, follow=True)
    assert "Nobody would be left who can open accounts and give roles." in response.content.decode()


def test_roles_that_go_on_stand_first_and_a_lost_key_is_told(ola: Person) -> None:
    services.open_account(ola, by=SYSTEM, now=timezone.now())
    ola.refresh_from_db()
    ended = services.give_role(ola, "executive", None, LONG_AGO, by=SYSTEM)
    group = services.create_group("Neglect", by=SYSTEM)
    services.give_role(ola, "chair", group, LONG_AGO, by=SYSTEM)
    ended.ends_on = LONG_AGO
    ended.save()
    type(group).objects.filter(pk=group.pk).update(key="renamed")
    assert [item.over for item in selectors.roles_of(ola)] == ["neglect", "The whole partnership"]
    assert selectors.roles_of(services.create_person("Ann Other", by=SYSTEM)) == []


def test_only_the_unit_sees_the_way_to_accounts(client: Client, ola: Person) -> None:
    page = f"/partners/people/{ola.pk}/"
    client.force_login(member("Ed Executive", "executive"))
    assert "Account and roles" not in client.get(page).content.decode()
    assert client.post(account(ola, "open/")).status_code == 403
    client.force_login(member("Una Unit", "unit"))
    assert "Account and roles" in client.get(page).content.decode()
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    assert "Account and roles" not in client.get(f"/partners/agencies/{agency.pk}/").content.decode()


def test_ones_own_password_is_changed_only_with_the_present_one(client: Client) -> None:
    client.force_login(person("Ann Other", password=PASSWORD))
    assert client.get("/password/").status_code == 200
    wrong = client.post("/password/", {"present": "wrong", "new": "another long password"})
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.content.decode()
    weak = client.post("/password/", {"present": PASSWORD, "new": "short"})
    assert "at least 12 characters" in weak.content.decode()
    assert client.post("/password/", {"present": PASSWORD, "new": "another long password"}).status_code == 302
    assert client.get("/password/").status_code == 200


def test_what_an_administrator_may_not_end_they_neither_close_nor_unlock(client: Client, ola: Person) -> None:
    services.open_account(ola, by=SYSTEM, now=timezone.now())
    user = User.objects.get(person=ola)
    grant(user, "data_protection", "partnership", "", LONG_AGO, by=SYSTEM)
    client.force_login(member("Ada Administrator", "administrator"))
    closing = client.post(account(ola, "close/"), {"version": user.version}, follow=True)
    assert "is a role that is given by" in closing.content.decode()
    for path in ("second-step/", "single-sign-on/"):
        refused = client.post(account(ola, path))
        assert (refused.status_code, "is a role that is given by" in refused.content.decode()) == (422, True)
    assert User.objects.get(pk=user.pk).is_active


def test_an_account_is_the_supplier_s_no_longer(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    assert "no longer the supplier" not in una.get(account(ola)).content.decode()
    mark_supplier(User.objects.get(person=ola), True, on=timezone.localdate(), reason="Theirs", by=SYSTEM)
    assert "no longer the supplier" in una.get(account(ola)).content.decode()
    assert "may be given roles" in una.post(account(ola, "not-supplier/"), follow=True).content.decode()
    assert not User.objects.get(person=ola).is_supplier


def test_a_support_session_ends_by_itself_and_tells_its_hour(una: Client, ola: Person) -> None:
    una.post(account(ola, "open/"))
    user, by = User.objects.get(person=ola), User.objects.get(name="Una Unit")
    user = mark_supplier(user, True, on=timezone.localdate(), reason="Theirs", by=SYSTEM)
    until = timezone.now() + dt.timedelta(hours=2)
    held = grant(user, "lay_member", "partnership", "", timezone.localdate(), until=until, by=by.actor)
    [line] = una.get(account(ola)).context["page"].roles
    assert line.end_href == ""
    assert una.post(account(ola, f"roles/{held.pk}/end/"), {"version": 1}).status_code == 404
    assert f"{timezone.localtime(until):%H:%M}" in una.get(account(ola, "sees/")).content.decode()
    assert "End it first" in una.post(account(ola, "not-supplier/")).content.decode()
