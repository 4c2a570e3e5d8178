"""Owners: known names first, then separators, else kept whole (documents.md A5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import names, owners
from sightline.reading.names import KnownNames


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("WSCP QA & P All partner agencies", ["WSCP QA & P", "All partner agencies"]),
        ("WSCP Case Review Group (CRG)", ["WSCP Case Review Group (CRG)"]),
        ("WSCP QA & P & Children and Families Group", ["WSCP QA & P", "Children and Families Group"]),
        (
            "WSCP Business Group and Learning Hub Group All partners",
            ["WSCP Business Group", "Learning Hub Group", "All partners"],
        ),
        ("WSCP / Business Group", ["WSCP", "Business Group"]),
        (
            "Business Group/ Information Governance Team/ QA & P Group",
            ["Business Group", "Information Governance Team", "QA & P Group"],
        ),
        ("WSCP Business Group/ Ida Marlowe", ["WSCP Business Group", "Ida Marlowe"]),
        ("EH Task and Finish Group", ["EH Task and Finish Group"]),
        ("WSCP Chair /AQ", ["WSCP Chair", "AQ"]),
        ("QA & P Group Partnership data teams", ["QA & P Group", "Partnership data teams"]),
        (
            "Neglect Group/ Policy and Procedures QA & P Learning and Development",
            ["Neglect Group", "Policy and Procedures", "QA & P", "Learning and Development"],
        ),
        (
            "QA & P Group Exploitation & Missing Delivery Group",
            ["QA & P Group", "Exploitation & Missing Delivery Group"],
        ),
        ("QA&P, Neglect Group, Health Group", ["QA&P", "Neglect Group", "Health Group"]),
        (
            "WSCP / Business Group, (QA&P) Neglect Group / P & P Group",
            ["WSCP", "Business Group", "QA&P", "Neglect Group", "P & P Group"],
        ),
        ("Health and Police", ["Health", "Police"]),
        ("Police, Health, Education", ["Police", "Health", "Education"]),
        ("Early Help Team with Schools", ["Early Help Team", "Schools"]),
        ("Board Manager and Business Group Chair", ["Board Manager", "Business Group Chair"]),
        ("Head of Service Children's Social Care", ["Head of Service Children's Social Care"]),
        ("Early Help sub group Supported by • QA • L&D", ["Early Help sub group", "QA", "L&D"]),
        ("Lead: Police; Supported by: Health", ["Police", "Health"]),
        ("Ida Marlowe\nPolice", ["Ida Marlowe", "Police"]),
        ("Safeguarding\nChildren Board", ["Safeguarding Children Board"]),
        ("Early Help\nTeam", ["Early Help Team"]),
        ("Neglect\n& Early Help Group\nPolice", ["Neglect & Early Help Group", "Police"]),
        ("Boroughs & Districts", ["Boroughs & Districts"]),
        ("Head of Nursing", ["Head of Nursing"]),
        ("TBC", []),
        ("n/a", []),
        ("", []),
        (" - ", []),
    ],
)
def test_cells_that_can_be_split(cell: str, found: list[str]) -> None:
    read = owners.split(cell)
    assert (list(read.owners), read.unsplit) == (found, False)


@pytest.mark.parametrize(
    "cell",
    [
        "Kent, Essex & Sussex Rehabilitation Ltd",
        "Ashdown & St Mary's",
        "National Probation Service, South & East Division",
        "Weald Youth Council and partners",
        "Jo Bloggs and Ann Other",
    ],
)
def test_cells_kept_whole_and_said(cell: str) -> None:
    assert owners.split(cell) == owners.OwnersRead((cell,), True)


KNOWN = KnownNames(
    groups=("Case Review Panel", "QA & P"),
    agencies=("Police", "Kent, Essex & Sussex Rehabilitation Ltd", "Ashdown & St Mary's"),
    people=("Jo Bloggs", "Ann Other"),
    posts=("Head of Help and Homes",),
)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Police Case Review Panel", ["Police", "Case Review Panel"]),
        ("Kent, Essex & Sussex Rehabilitation Ltd", ["Kent, Essex & Sussex Rehabilitation Ltd"]),
        ("KENT, ESSEX and SUSSEX REHABILITATION LTD", ["KENT, ESSEX and SUSSEX REHABILITATION LTD"]),
        ("Jo Bloggs and Ann Other", ["Jo Bloggs", "Ann Other"]),
        ("Ashdown & St Mary's / Education", ["Ashdown & St Mary's", "Education"]),
        ("QA&P with Police", ["QA&P", "Police"]),
        ("Head of Help and Homes; Health", ["Head of Help and Homes", "Health"]),
    ],
)
def test_known_names_come_first(cell: str, found: list[str]) -> None:
    read = owners.split(cell, KNOWN)
    assert (list(read.owners), read.unsplit) == (found, False)


def test_a_name_that_explains_its_letters_is_one() -> None:
    assert owners.split("Weighing and Measuring (W&M)") == owners.OwnersRead(
        ("Weighing and Measuring (W&M)",), False
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Business Group", True),
        ("Police / Health", True),
        ("Children tell their story once and are heard by the people who help them", False),
        ("Amber.", False),
        ("", False),
    ],
)
def test_looks_like_owner(text: str, answer: bool) -> None:
    assert owners.looks_like_owner(text) is answer


def test_known_names_compare_by_their_letters() -> None:
    assert "qa and p" in KNOWN
    assert "QA&P" in KNOWN
    assert "Neglect" not in KNOWN
    assert 3 not in KNOWN
    assert names.normal("Children’s  Services (North)") == "childrens services north"


def test_every_built_in_phrase_stays_whole() -> None:
    for phrase in names.FUNCTIONS:
        assert owners.split(f"{phrase} Group").owners == (f"{phrase} Group",)


@given(st.text())
def test_no_owner_is_invented(cell: str) -> None:
    flat = "".join(cell.split())
    for owner in owners.split(cell).owners:
        assert "".join(owner.split()) in flat


@given(
    st.lists(
        st.sampled_from(
            ["Police", "Business Group", "QA & P", "All partners", "&", "and", "/", ",", "(", ")", "\n", "•"]
        )
    )
)
def test_letters_of_a_cell_are_kept(pieces: list[str]) -> None:
    cell = " ".join(pieces)
    kept = "".join(owners.split(cell).owners)
    for word in ("Police", "Business", "partners"):
        assert kept.count(word) == cell.count(word)


def test_a_longer_known_name_is_not_cut_by_a_shorter() -> None:
    known = KnownNames(agencies=("Police", "Weald Police", "Health"))
    assert owners.split("Weald Police and Health", known).owners == ("Weald Police", "Health")


def test_a_cell_too_long_for_names_is_kept_whole() -> None:
    cell = "A&B " * 300
    assert owners.split(cell) == owners.OwnersRead((cell.strip(),), True)
