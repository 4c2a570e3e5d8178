"""The pages of partners: lists that keep their view in the address, details, forms."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.partners import services
from sightline.partners.models import Agency, Alias, Group, Person
from tests.access.people import member

pytestmark = pytest.mark.django_db
PAST, FUTURE = dt.date(2020, 1, 1), dt.date(2120, 1, 1)


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit"))
    return client


@pytest.fixture
def ed(client: Client) -> Client:
    client.force_login(member("Ed Executive", "executive"))
    return client


def names(response: HttpResponse) -> list[str]:
    return [row.name for row in response.context["page"].listing.rows]


def agencies() -> list[Agency]:
    return [
        services.create_agency("Beechley School", short_name="BS", sector="education", by=SYSTEM),
        services.create_agency("Ash NHS Trust", sector="health", kind="partner", ends_on=PAST, by=SYSTEM),
        services.create_agency(
            "Wealdshire Police", sector="police", kind="partner", starts_on=FUTURE, by=SYSTEM
        ),
    ]


def test_agencies_are_listed_in_their_order(ed: Client) -> None:
    agencies()
    assert names(ed.get("/partners/")) == ["Ash NHS Trust", "Beechley School", "Wealdshire Police"]
    assert names(ed.get("/partners/agencies/?sort=-name")) == [
        "Wealdshire Police",
        "Beechley School",
        "Ash NHS Trust",
    ]
    row = ed.get("/partners/").context["page"].listing.rows[1]
    assert row.facts == (
        ("Short name", "BS"),
        ("Sector", "Education and childcare"),
        ("To the partnership", "Relevant agency"),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=school", ["Beechley School"]),
        ("words=ley bee", ["Beechley School"]),
        ("words=the force", ["Wealdshire Police"]),
        ("words=zzz", []),
        ("sector=health", ["Ash NHS Trust"]),
        ("kind=partner", ["Ash NHS Trust", "Wealdshire Police"]),
        ("standing=ended", ["Ash NHS Trust"]),
        ("standing=current", ["Beechley School"]),
        ("sector=nonsense", ["Ash NHS Trust", "Beechley School", "Wealdshire Police"]),
    ],
)
def test_lists_are_narrowed_by_the_address(ed: Client, query: str, found: list[str]) -> None:
    police = agencies()[2]
    services.remember_alias("The Force", police, by=SYSTEM)
    services.remember_alias("Task force police", police, by=SYSTEM)
    assert names(ed.get(f"/partners/?{query}")) == found


def test_a_text_that_is_pasted_whole_into_the_filter_is_looked_for_by_its_first_words(ed: Client) -> None:
    agencies()
    pasted = {"words": " ".join(["school", *(f"e{n}" for n in range(1_500))])}
    assert names(ed.get("/partners/agencies/", pasted)) == []
    assert names(ed.get("/partners/agencies/", {"words": "school " * 1_500})) == ["Beechley School"]


def test_a_view_is_offered_to_be_saved_to_whoever_keeps_views(ed: Client) -> None:
    agencies()
    assert "Save this view" in ed.get("/partners/").content.decode()
    ed.force_login(member("Pat Practitioner", "practitioner", "agency", "ash-nhs-trust"))
    assert "Save this view" not in ed.get("/partners/").content.decode()


def test_groups_and_people_are_listed(ed: Client) -> None:
    board = services.create_group("Executive", kind="executive", by=SYSTEM)
    services.create_group("Neglect", parent=board, by=SYSTEM)
    police = services.create_agency("Wealdshire Police", by=SYSTEM)
    services.create_person("Ola Owner", agency=police, post="Lead", by=SYSTEM)
    services.create_person("Ann Other", by=SYSTEM)
    assert names(ed.get("/partners/groups/?sort=parent")) == ["Neglect", "Executive"]
    assert names(ed.get("/partners/groups/?kind=executive")) == ["Executive"]
    assert names(ed.get("/partners/people/?words=police lead")) == ["Ola Owner"]
    assert [row.facts[2][1] for row in ed.get("/partners/people/").context["page"].listing.rows] == [
        "",
        "Wealdshire Police",
    ]


@pytest.mark.parametrize("word", ["agencies", "groups", "people"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    ed: Client, word: str, count: int, django_assert_num_queries
) -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    Agency.objects.exclude(pk=agency.pk).delete()
    for number in range(count if word != "agencies" else count - 1):
        if word == "people":
            services.create_person(f"Person {number}", agency=agency, by=SYSTEM)
        elif word == "groups":
            services.create_group(f"Group {number}", parent=Group.objects.first(), by=SYSTEM)
        else:
            services.create_agency(f"Agency {number}", predecessor=agency, by=SYSTEM)
    with django_assert_num_queries(4):
        assert len(names(ed.get(f"/partners/{word}/"))) == count


def test_there_are_no_other_kinds(ed: Client) -> None:
    assert ed.get("/partners/unicorns/").status_code == 404
    assert ed.get("/partners/unicorns/1/").status_code == 404
    assert ed.get("/partners/agencies/999/").status_code == 404


def test_a_party_is_shown_with_what_is_known_of_it(ed: Client) -> None:
    old = services.create_agency("Weald Constabulary", by=SYSTEM)
    made = services.create_agency(
        "Wealdshire Police", predecessor=old, starts_on=PAST, sector="police", by=SYSTEM
    )
    services.remember_alias("The Force", made, by=SYSTEM)
    response = ed.get(f"/partners/agencies/{made.pk}/")
    page = response.context["page"]
    assert [(fact.key, fact.value) for fact in page.facts] == [
        ("Name", "Wealdshire Police"),
        ("Sector", "Police"),
        ("To the partnership", "Relevant agency"),
        ("Follows on from", "Weald Constabulary"),
        ("First day", "1 January 2020"),
    ]
    assert [alias[1:] for alias in page.aliases] == [("The Force", "Confirmed by Sightline")]
    assert not page.may_write
    assert "Remember this name" not in response.content.decode()


def test_groups_and_people_are_shown(una: Client) -> None:
    board = services.create_group("Executive", by=SYSTEM)
    group = services.create_group("Neglect", parent=board, by=SYSTEM)
    ola = services.create_person("Ola Owner", email="ola@wealdshire.example", by=SYSTEM)
    shown = una.get(f"/partners/groups/{group.pk}/").context["page"].facts
    assert [fact.value for fact in shown] == ["Neglect", "Sub-group", "Executive"]
    shown = una.get(f"/partners/people/{ola.pk}/").context["page"].facts
    assert [fact.value for fact in shown] == ["Ola Owner", "OO", "ola@wealdshire.example"]


AGENCY = {"name": "Wealdshire Police", "sector": "police", "kind": "partner", "short_name": "WP"}


def test_an_agency_is_added(una: Client) -> None:
    assert una.get("/partners/agencies/new/").status_code == 200
    response = una.post("/partners/agencies/new/", AGENCY, follow=True)
    assert "Wealdshire Police was added." in response.content.decode()
    assert (Agency.objects.get().sector, Agency.objects.get().short_name) == ("police", "WP")


def test_what_cannot_be_added_comes_back_with_its_words(una: Client) -> None:
    services.create_agency("Wealdshire Police", by=SYSTEM)
    response = una.post("/partners/agencies/new/", AGENCY)
    assert response.status_code == 422
    page = response.content.decode()
    assert "There is an agency of this name already." in page
    assert 'value="WP"' in page
    assert una.post("/partners/agencies/new/", {}).status_code == 422


def test_groups_and_people_are_added(una: Client) -> None:
    police = services.create_agency("Wealdshire Police", by=SYSTEM)
    board = services.create_group("Executive", by=SYSTEM)
    una.post("/partners/groups/new/", {"name": "Neglect", "kind": "sub_group", "parent": board.pk})
    una.post("/partners/people/new/", {"name": "Ola Owner", "agency": police.pk})
    assert Group.objects.get(name="Neglect").parent == board
    assert (Person.objects.get().agency, Person.objects.get().initials) == (police, "OO")


def test_a_party_is_changed(una: Client) -> None:
    board = services.create_group("Executive", by=SYSTEM)
    group = services.create_group("Neglect", parent=board, by=SYSTEM)
    address = f"/partners/groups/{group.pk}/edit/"
    page = una.get(address)
    assert page.context["form"].initial["parent"] == board
    assert list(page.context["form"].fields["parent"].queryset) == [board]
    data = {"name": "Neglect group", "kind": "task", "merged_into": board.pk, "version": 1}
    data |= {"ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2026"}
    assert una.post(address, data)["Location"] == f"/partners/groups/{group.pk}/"
    group.refresh_from_db()
    assert (group.name, group.kind, group.parent, group.merged_into) == ("Neglect group", "task", None, board)
    assert (group.ends_on, group.version) == (dt.date(2026, 4, 1), 2)


def test_a_change_that_makes_no_sense_comes_back(una: Client) -> None:
    board = services.create_group("Executive", by=SYSTEM)
    group = services.create_group("Neglect", parent=board, by=SYSTEM)
    data = {"name": "Executive", "kind": "executive", "parent": group.pk, "version": 1}
    response = una.post(f"/partners/groups/{board.pk}/edit/", data)
    assert response.status_code == 422
    assert "This would lead round in a circle." in response.content.decode()


def test_somebody_elses_change_is_shown_and_not_overwritten(una: Client) -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    address = f"/partners/agencies/{agency.pk}/edit/"
    una.post(address, AGENCY | {"version": 1, "short_name": "THEIRS"})
    response = una.post(address, AGENCY | {"version": 1, "short_name": "MINE"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Somebody else saved this while you were writing." in page
    assert "THEIRS" in page
    assert 'value="MINE"' in page
    assert Agency.objects.get().short_name == "THEIRS"
    again = AGENCY | {"version": response.context["form"]["version"].value(), "short_name": "MINE"}
    assert una.post(address, again).status_code == 302
    assert Agency.objects.get().short_name == "MINE"


def test_a_form_without_its_version_overwrites_nothing(una: Client) -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    assert una.post(f"/partners/agencies/{agency.pk}/edit/", AGENCY).status_code == 422
    assert Agency.objects.get().short_name == ""


def test_another_name_is_remembered_and_forgotten(una: Client) -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    services.create_agency("Ash NHS Trust", by=SYSTEM)
    address = f"/partners/agencies/{agency.pk}/names/"
    page = una.post(address, {"text": "The Force"}, follow=True).content.decode()
    assert "“The Force” now stands for Wealdshire Police." in page
    response = una.post(address, {"text": "ash nhs trust"})
    assert response.status_code == 422
    assert "already stands for Ash NHS Trust." in response.content.decode()
    assert una.post(address, {"text": ""}).status_code == 422
    alias = Alias.objects.get()
    page = una.post(f"{address}{alias.pk}/forget/", follow=True).content.decode()
    assert "“The Force” was forgotten." in page
    assert una.post(f"{address}{alias.pk}/forget/").status_code == 404


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/names/", "{pk}/names/1/forget/"])
def test_only_the_unit_writes(ed: Client, path: str) -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    response = ed.post(f"/partners/agencies/{path.format(pk=agency.pk)}", AGENCY)
    assert response.status_code == 403
    assert "Agencies, groups and people are kept by the business unit." in response.content.decode()
    assert Agency.objects.count() == 1


def test_a_label_of_an_unknown_key_is_the_key() -> None:
    from sightline.partners.pages.parties import label

    assert label({}, "mystery") == "mystery"


@pytest.mark.parametrize("word", ["agencies", "groups", "people"])
@pytest.mark.parametrize("path", ["", "edit/", "account/"])
def test_no_page_of_a_party_takes_more_than_twelve_queries(
    una: Client, word: str, path: str, django_assert_max_num_queries
) -> None:
    old = services.create_agency("Weald Constabulary", by=SYSTEM)
    police = services.create_agency("Wealdshire Police", predecessor=old, by=SYSTEM)
    board = services.create_group("Executive", by=SYSTEM)
    group = services.create_group("Neglect", parent=board, by=SYSTEM)
    ola = services.create_person("Ola Owner", agency=police, email="ola@wealdshire.example", by=SYSTEM)
    services.open_account(ola, by=SYSTEM, now=timezone.now())
    ola.refresh_from_db()
    for over in (old, police, board, group, None):
        services.give_role(ola, "owner" if over else "executive", over, PAST, by=SYSTEM)
    party = {"agencies": police, "groups": group, "people": ola}[word]
    for number in range(3):
        services.remember_alias(f"Name {number}", party, by=SYSTEM)
    with django_assert_max_num_queries(12):
        found = una.get(f"/partners/{word}/{party.pk}/{path}").status_code
    assert found == (404 if path == "account/" and word != "people" else 200)


def test_an_empty_list_says_what_to_do_first(client: Client) -> None:
    client.force_login(member("Una Unit", "unit"))
    assert "Add the first with the button above." in client.get("/partners/").content.decode()
    client.force_login(member("Ed Executive", "executive"))
    assert "The business unit adds them." in client.get("/partners/people/").content.decode()
