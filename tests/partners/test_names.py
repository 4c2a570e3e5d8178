"""Ways of writing a name: which are the same, which are alike, and what a document's owner is matched to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.events.choices import SYSTEM, Actor, Unacceptable
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.partners import rules, selectors, services
from sightline.partners.choices import PartyKind
from sightline.partners.models import Alias
from sightline.partners.rules import PartyName
from sightline.reading.names import KnownNames

ANN = Actor("user", "7", "Ann Ames", "Business unit", 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quality & Audit", "quality and audit"),
        ("QA&P", "QA and P"),
        ("Health + Social Care", "health and social care"),
        ("The Police", "police"),
        ("Children's Services", "Children’s  services."),
        ("Sub-group", "sub group"),
        ("ＡＢＣ", "abc"),
        ("Straße", "STRASSE"),
        ("M.A.S.H.", "m a s h"),
        ("under_score", "under score"),
    ],
)
def test_the_same_name_in_other_marks(one: str, other: str) -> None:
    assert rules.normalise(one) == rules.normalise(other)


@pytest.mark.parametrize(
    ("text", "plain"), [("", ""), (" & ", "and"), ("The", "the"), ("–", ""), ("Łódź", "łódź")]
)
def test_normalise(text: str, plain: str) -> None:
    assert rules.normalise(text) == plain


@given(st.text())
def test_normalising_twice_changes_nothing_but_a_leading_the(text: str) -> None:
    once = rules.normalise(text)
    if not once.startswith("the "):
        assert rules.normalise(once) == once


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Wealdshire Police", "wealdshire-police"),
        ("Łódź Café", "odz-cafe"),
        ("漢字", "partner"),
        ("x" * 99, "x" * 60),
    ],
)
def test_slug(name: str, key: str) -> None:
    assert rules.slug(name) == key


@given(st.text())
def test_a_slug_is_fit_for_an_address(name: str) -> None:
    assert rules.slug(name)
    assert set(rules.slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_key_taken_is_numbered() -> None:
    assert rules.free_key("A b", []) == "a-b"
    assert rules.free_key("A b", ["a-b", "a-b-2"]) == "a-b-3"


@pytest.mark.parametrize(
    ("name", "initials"), [("Ann-Marie O'Neil", "AMO"), ("ola owner", "OO"), ("", ""), ("3rd Person", "P")]
)
def test_initials(name: str, initials: str) -> None:
    assert rules.initials_of(name) == initials


POLICE = PartyName("Wealdshire Police", PartyKind.AGENCY, 1, "Wealdshire Police")
FORCE = PartyName("WP", PartyKind.AGENCY, 1, "Wealdshire Police")
POLICY = PartyName("Policy Group", PartyKind.GROUP, 1, "Policy Group")
OTHER = PartyName("wp", PartyKind.GROUP, 7, "Welfare Panel")


def test_matching_is_exact_but_for_marks() -> None:
    assert rules.matching("the WEALDSHIRE police", [POLICE, FORCE, POLICY]) == POLICE
    assert rules.matching("Wealdshire Polic", [POLICE]) is None
    assert rules.matching("", [POLICE, PartyName("", PartyKind.GROUP, 2, "")]) is None


def test_a_name_of_two_parties_matches_neither() -> None:
    assert rules.matching("WP", [FORCE, OTHER]) is None
    assert rules.matching("WP", [FORCE, PartyName("wp", PartyKind.AGENCY, 1, "Wealdshire Police")]) == FORCE


def test_suggestions_come_best_first_and_each_party_once() -> None:
    found = rules.suggestions(
        "Wealdshire Polise", [POLICY, FORCE, POLICE, PartyName("Police", PartyKind.AGENCY, 1, "x")]
    )
    assert (found[0].kind, found[0].id, found[0].title) == (PartyKind.AGENCY, 1, "Wealdshire Police")
    assert len({(item.kind, item.id) for item in found}) == len(found)
    assert rules.suggestions("zzzzzz", [POLICE]) == []
    assert (
        len(rules.suggestions("Police", [PartyName("Police", PartyKind.GROUP, n, "P") for n in range(9)], 3))
        == 3
    )


@pytest.fixture
def parties(db: None) -> dict[str, object]:
    agency = services.create_agency("Wealdshire Police", short_name="WP", by=SYSTEM)
    group = services.create_group("Quality and Audit Sub-group", short_name="QA", by=SYSTEM)
    person = services.create_person("Ola Owner", post="Head of Neglect", agency=agency, by=SYSTEM)
    return {"agency": agency, "group": group, "person": person}


def test_owners_are_matched_by_name_short_name_and_alias(parties) -> None:
    services.remember_alias("The Constabulary", parties["agency"], by=ANN)
    assert selectors.match_owner("WEALDSHIRE POLICE") == parties["agency"]
    assert selectors.match_owner("qa") == parties["group"]
    assert selectors.match_owner("constabulary") == parties["agency"]
    assert selectors.match_owner("ola owner") == parties["person"]
    assert selectors.match_owner("OO") is None
    assert selectors.match_owner("Head of Neglect") is None
    assert selectors.match_owner("Nobody") is None


def test_initials_and_posts_are_suggested_never_matched(parties) -> None:
    assert [item.title for item in selectors.suggest_owners("Head of Neglect")] == ["Ola Owner"]
    assert selectors.suggest_owners("OO")[0].id == parties["person"].pk


def test_many_names_are_read_with_one_query(parties, django_assert_num_queries) -> None:
    services.remember_alias("Constabulary", parties["agency"], by=ANN)
    with django_assert_num_queries(1):
        names = selectors.party_names()
    with django_assert_num_queries(0):
        found = selectors.match_owner("Constabulary", names)
        assert (found, found.name, found.key) == (parties["agency"], "Wealdshire Police", "wealdshire-police")
        assert selectors.match_owner("Nobody", names) is None
        assert selectors.suggest_owners("Constabularies", names)[0].title == "Wealdshire Police"


def test_known_names_for_reading(parties) -> None:
    services.remember_alias("Constabulary", parties["agency"], by=ANN)
    assert selectors.known_names() == KnownNames(
        groups=("Quality and Audit Sub-group", "QA"),
        agencies=("Wealdshire Police", "WP", "Constabulary"),
        people=("Ola Owner",),
        posts=("Head of Neglect",),
    )


def test_an_alias_is_remembered_with_who_confirmed_it(parties) -> None:
    alias = services.remember_alias("  The   Constabulary ", parties["agency"], by=ANN)
    kept = Alias.objects.get()
    assert (kept, str(kept), kept.normalised) == (alias, "The Constabulary", "constabulary")
    assert (kept.confirmed_by, kept.party) == ("Ann Ames", parties["agency"])
    entry = Entry.objects.get(type="partners.alias_remembered")
    assert entry.after_values == {
        "name": "The Constabulary",
        "stands_for": "agency",
        "id": parties["agency"].pk,
    }


def test_a_persons_other_name_is_kept_apart_in_the_journal(parties) -> None:
    alias = services.remember_alias("Olly", parties["person"], by=ANN)
    assert alias.party == parties["person"]
    entry = Entry.objects.get(type="partners.alias_remembered")
    assert "Olly" not in entry.after
    assert personal_values(entry) == {"after.person_name": "Olly", "subject": "Olly"}


def test_a_name_known_already_is_not_remembered_again(parties) -> None:
    assert services.remember_alias("the wealdshire police", parties["agency"], by=ANN) is None
    first = services.remember_alias("Quality team", parties["group"], by=ANN)
    assert services.remember_alias("quality TEAM", parties["group"], by=ANN) == first
    assert Alias.objects.count() == 1


def test_a_name_of_another_party_is_refused(parties) -> None:
    services.remember_alias("QA Team", parties["group"], by=ANN)
    with pytest.raises(Unacceptable) as refused:
        services.remember_alias("qa team", parties["agency"], by=ANN)
    assert refused.value.problems == {"text": "“qa team” already stands for Quality and Audit Sub-group."}
    with pytest.raises(Unacceptable, match="already stands for Wealdshire Police"):
        services.remember_alias("WP", parties["person"], by=ANN)
    with pytest.raises(Unacceptable, match="at least one letter"):
        services.remember_alias(" - ", parties["agency"], by=ANN)


def test_an_alias_is_forgotten(parties) -> None:
    alias = services.remember_alias("Constabulary", parties["agency"], by=ANN)
    services.forget_alias(alias, by=ANN)
    assert selectors.match_owner("Constabulary") is None
    entry = Entry.objects.get(type="partners.alias_forgotten")
    assert entry.before_values["name"] == "Constabulary"


def test_an_alias_of_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one party"):
        _ = Alias(text="x").party
