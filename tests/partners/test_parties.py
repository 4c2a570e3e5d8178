"""Partnership, agencies, groups and people: made, changed by whoever read last, journalled."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.partners import permissions, selectors, services
from sightline.partners.choices import AgencyKind, GroupKind, PartyKind, Sector
from sightline.partners.models import Agency, Alias, Group, Partnership, Person
from tests.access.people import member, person, world

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2024, 4, 1), dt.date(2026, 3, 31)


def types() -> list[str]:
    return list(
        Entry.objects.filter(type__startswith="partners.").order_by("id").values_list("type", flat=True)
    )


def found() -> Partnership:
    return services.found_partnership(
        "Wealdshire Safeguarding Children Partnership",
        short_name="WSCP",
        areas=["Wealdshire", " "],
        brand_colour="#00703c",
        by=SYSTEM,
    )


def test_a_partnership_is_set_up_once() -> None:
    assert selectors.partnership() is None
    made = found()
    assert selectors.partnership() == made
    assert str(made) == "Wealdshire Safeguarding Children Partnership"
    assert made.areas == [{"name": "Wealdshire", "starts_on": None, "ends_on": None}]
    with pytest.raises(Unacceptable, match="has a partnership already"):
        found()
    assert types() == ["partners.partnership_set_up"]


def test_the_database_holds_one_partnership() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(pk=2, name="Another", short_name="A")


@pytest.mark.parametrize(
    ("name", "colour", "field"), [("", "#00703c", "name"), ("W", "green", "brand_colour")]
)
def test_a_partnership_needs_a_name_and_a_colour(name: str, colour: str, field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        services.found_partnership(name, short_name="W", areas=[], brand_colour=colour, by=SYSTEM)
    assert list(refused.value.problems) == [field]


def test_a_partnership_is_changed() -> None:
    made = found()
    changed = services.change_partnership(
        made,
        name="Wealdshire Partnership",
        short_name="WSCP",
        areas=["North Wealdshire", "South Wealdshire"],
        brand_colour="#00703c",
        website="https://wealdshire.example",
        version=1,
        by=SYSTEM,
    )
    assert ([area["name"] for area in changed.areas], changed.version) == (
        ["North Wealdshire", "South Wealdshire"],
        2,
    )
    entry = Entry.objects.get(type="partners.partnership_changed")
    assert set(entry.after_values) == {"name", "areas", "website"}


def change_police(agency: Agency, **more: object) -> Agency:
    values = {
        "name": "Wealdshire Police",
        "short_name": "WP",
        "sector": "police",
        "kind": AgencyKind.PARTNER,
        "predecessor": None,
        "starts_on": None,
        "ends_on": None,
        "version": 1,
        "by": SYSTEM,
    }
    return services.change_agency(agency, **(values | more))


def test_an_agency_is_added_with_a_key_for_ever() -> None:
    old = services.create_agency("Weald  Constabulary", by=SYSTEM, ends_on=LAST)
    made = services.create_agency(
        "Wealdshire Police", sector=Sector.POLICE, kind="partner", predecessor=old, starts_on=LAST, by=SYSTEM
    )
    assert (old.name, old.key, made.key) == ("Weald Constabulary", "weald-constabulary", "wealdshire-police")
    renamed = change_police(made, name="Police of Wealdshire")
    assert (renamed.key, str(renamed), renamed.version) == ("wealdshire-police", "Police of Wealdshire", 2)
    entry = Entry.objects.filter(type="partners.agency_created").latest("id")
    assert entry.after_values == {
        "name": "Wealdshire Police",
        "sector": "police",
        "kind": "partner",
        "predecessor": old.pk,
        "starts_on": "2026-03-31",
        "key": "wealdshire-police",
    }


def test_a_key_may_be_given_and_a_taken_one_is_numbered() -> None:
    assert services.create_agency("Wealdshire Police", key="police", by=SYSTEM).key == "police"
    services.create_group("Neglect", by=SYSTEM)
    assert services.create_group("Neglect!", by=SYSTEM).key == "neglect-2"


def test_a_change_is_journalled_with_what_differs() -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    change_police(agency)
    entry = Entry.objects.get(type="partners.agency_changed")
    assert entry.before_values == {"sector": "other", "kind": "relevant"}
    assert entry.after_values == {"short_name": "WP", "sector": "police", "kind": "partner"}
    assert change_police(agency, version=2).version == 2
    assert types() == ["partners.agency_created", "partners.agency_changed"]


def test_whoever_read_an_older_version_overwrites_nothing() -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    change_police(agency)
    with pytest.raises(StaleRecord, match="Somebody else saved this while you were writing"):
        change_police(agency, name="Mine")
    assert Agency.objects.get().name == "Wealdshire Police"


def test_names_are_unique_whatever_their_case() -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    with pytest.raises(Unacceptable) as refused:
        services.create_agency("WEALDSHIRE police", by=SYSTEM)
    assert refused.value.problems == {"name": "There is an agency of this name already."}
    assert change_police(agency, name="WEALDSHIRE POLICE").name == "WEALDSHIRE POLICE"
    services.create_group("Neglect", by=SYSTEM)
    with pytest.raises(Unacceptable, match="a group of this name"):
        services.create_group("neglect", by=SYSTEM)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"name": " . "}, {"name": "Enter a name."}),
        (
            {"name": "A", "starts_on": LAST, "ends_on": FIRST},
            {"ends_on": "The last day cannot be before the first."},
        ),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], problems: dict[str, str]) -> None:
    for create in (services.create_agency, services.create_group, services.create_person):
        with pytest.raises(Unacceptable) as refused:
            create(**values, by=SYSTEM)
        assert refused.value.problems == problems


def test_the_database_refuses_dates_out_of_order() -> None:
    for model, values in ((Agency, {"key": "a"}), (Group, {"key": "a"}), (Person, {})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(name="A", starts_on=LAST, ends_on=FIRST, **values)


def test_a_partner_stands_between_its_dates() -> None:
    agency = Agency(name="A", starts_on=FIRST, ends_on=LAST)
    day = dt.timedelta(days=1)
    assert [agency.is_current(on) for on in (FIRST - day, FIRST, LAST, LAST + day)] == [
        False,
        True,
        True,
        False,
    ]
    assert Agency(name="B").is_current(FIRST)


def change_group(group: Group, **more: object) -> Group:
    values = {
        "name": group.name,
        "short_name": "",
        "kind": GroupKind.SUB_GROUP,
        "parent": None,
        "merged_into": None,
        "starts_on": None,
        "ends_on": None,
        "version": group.version,
        "by": SYSTEM,
    }
    return services.change_group(group, **(values | more))


def test_a_group_has_a_parent_and_may_be_merged() -> None:
    board = services.create_group("Executive", kind=GroupKind.EXECUTIVE, by=SYSTEM)
    neglect = services.create_group("Neglect", parent=board, by=SYSTEM)
    merged = change_group(neglect, parent=board, merged_into=board, ends_on=LAST)
    assert (merged.parent, merged.merged_into, merged.ends_on) == (board, board, LAST)
    assert str(merged) == "Neglect"


def test_nothing_stands_above_itself() -> None:
    a = services.create_group("A", by=SYSTEM)
    b = services.create_group("B", parent=a, by=SYSTEM)
    c = services.create_group("C", parent=b, by=SYSTEM)
    with pytest.raises(Unacceptable) as refused:
        change_group(a, parent=c)
    assert refused.value.problems == {"parent": "This would lead round in a circle."}
    with pytest.raises(Unacceptable, match="round in a circle"):
        change_group(a, merged_into=a)
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    with pytest.raises(Unacceptable, match="round in a circle"):
        change_police(agency, predecessor=agency)


def test_a_circle_that_stands_already_is_not_walked_for_ever() -> None:
    a = services.create_group("A", by=SYSTEM)
    b = services.create_group("B", parent=a, by=SYSTEM)
    Group.objects.filter(pk=a.pk).update(parent=b)
    c = services.create_group("C", by=SYSTEM)
    assert change_group(c, parent=Group.objects.get(pk=b.pk)).parent == b


def test_a_person_is_added_and_changed_with_their_name_apart() -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    made = services.create_person(
        "Ola Owner", post="Lead", agency=agency, email="ola@wealdshire.example", by=SYSTEM
    )
    assert (made.initials, str(made)) == ("OO", "Ola Owner")
    entry = Entry.objects.get(type="partners.person_created")
    assert entry.after_values == {"post": "Lead", "agency": agency.pk}
    assert personal_values(entry)["after.email"] == "ola@wealdshire.example"
    changed = services.change_person(
        made,
        name="Ola Ames",
        initials="",
        post="Head",
        agency=None,
        email="",
        starts_on=FIRST,
        ends_on=None,
        version=1,
        by=SYSTEM,
    )
    assert (changed.name, changed.initials, changed.agency, changed.version) == ("Ola Ames", "OA", None, 2)
    entry = Entry.objects.get(type="partners.person_changed")
    assert (entry.before_values, entry.after_values) == (
        {"post": "Lead", "agency": agency.pk},
        {"post": "Head", "starts_on": "2024-04-01"},
    )
    services.create_person("Ola Ames", by=SYSTEM)
    assert Person.objects.filter(name="Ola Ames").count() == 2


def test_an_account_belongs_to_one_person() -> None:
    account = person("Ola Owner")
    ola = services.create_person("Ola Owner", user=account, by=SYSTEM)
    other = services.create_person("Olly Other", by=SYSTEM)
    with pytest.raises(Unacceptable, match="belongs to another person"):
        services.link_account(other, account, version=1, by=SYSTEM)
    services.link_account(ola, None, version=1, by=SYSTEM)
    assert services.link_account(other, account, version=1, by=SYSTEM).user == account
    assert account.person.name == "Olly Other"


def test_one_party_by_kind_and_number() -> None:
    agency = services.create_agency("A", by=SYSTEM)
    group = services.create_group("B", by=SYSTEM)
    ola = services.create_person("C", by=SYSTEM)
    assert selectors.party(PartyKind.AGENCY, agency.pk) == agency
    assert selectors.party(PartyKind.GROUP, group.pk) == group
    assert selectors.party(PartyKind.PERSON, ola.pk) == ola


def test_can_view_is_to_be_in_the_list() -> None:
    made = world()
    ola = services.create_person("Ola Owner", by=SYSTEM)
    alias = services.remember_alias("Olly", ola, by=SYSTEM)
    services.create_agency("Gone", ends_on=FIRST, by=SYSTEM)
    everybody = [*made.people.values(), person("Ann Other"), member("Old Chair", "chair", "group", "gone")]
    ended = member("Past Unit", "unit")
    ended.memberships.update(ends_on=dt.date(2021, 1, 1))
    for user in [*everybody, ended]:
        for rows, model in (
            (selectors.agencies, Agency),
            (selectors.groups, Group),
            (selectors.people, Person),
        ):
            visible = set(rows(user))
            for party in model.objects.all():
                assert permissions.can_view(user, party) == (party in visible), (user, party)
        assert (alias in selectors.aliases_of(user, ola)) == permissions.can_view(user, ola)
    assert permissions.can_view(made.people["owner"], ola)
    assert not permissions.can_view(everybody[-2], ola)
    assert not permissions.can_view(ended, ola)


def test_only_the_unit_writes() -> None:
    made = world()
    assert {role for role, user in made.people.items() if permissions.can_write(user)} == {"unit"}


def test_the_database_holds_an_alias_to_one_party() -> None:
    agency = services.create_agency("A", by=SYSTEM)
    group = services.create_group("B", by=SYSTEM)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for wrong in ({}, {"agency": agency, "group": group}, {"agency": agency, "normalised": ""}):
        values = {"text": "x", "normalised": "x", "confirmed_by": "Ann", "confirmed_at": now} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            Alias.objects.create(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told() -> None:
    agency = services.create_agency("Wealdshire Police", by=SYSTEM)
    start, outcomes = threading.Barrier(2), []

    def save(short_name: str) -> None:
        try:
            start.wait()
            change_police(agency, short_name=short_name)
            outcomes.append(short_name)
        except StaleRecord:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[name]) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Agency.objects.get()
    assert sorted(outcomes) == [kept.short_name, "told"]
    assert (kept.version, Entry.objects.filter(type="partners.agency_changed").count()) == (2, 1)
