"""Loading partners from rows and from a spreadsheet: all, or none with every problem told."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sightline.events.choices import SYSTEM
from sightline.partners import selectors
from sightline.partners.models import Agency, Group, Person
from sightline.partners.services import Loaded, create_agency, create_group, load_partners, load_spreadsheet
from tests.access.people import person

pytestmark = pytest.mark.django_db

AGENCIES = [
    {"name": "Weald Constabulary", "ends_on": "31/03/2020"},
    {
        "name": "Wealdshire Police",
        "short_name": "WP",
        "sector": "Police",
        "kind": "safeguarding partner",
        "predecessor": "weald constabulary",
        "starts_on": dt.date(2020, 4, 1),
        "aliases": "The Force; Constabulary",
    },
    {"name": None, "sector": " "},
    {
        "name": "Wealdshire Council",
        "sector": "council",
        "starts_on": dt.datetime(1974, 4, 1, tzinfo=dt.UTC),
        "ends_on": "",
    },
]
GROUPS = [
    {"name": "Executive", "kind": "Executive"},
    {"name": "Neglect Sub-group", "kind": "sub-group", "parent": "executive"},
]
PEOPLE = [{"name": "Ola Owner", "post": "Lead", "agency": "WP", "email": "ola@wealdshire.example"}]


def test_rows_become_partners() -> None:
    assert load_partners(AGENCIES, GROUPS, PEOPLE, by=SYSTEM) == Loaded(agencies=3, groups=2, people=1)
    police = Agency.objects.get(key="wealdshire-police")
    assert (police.sector, police.kind, police.predecessor.name) == (
        "police",
        "partner",
        "Weald Constabulary",
    )
    assert (police.starts_on, police.predecessor.ends_on) == (dt.date(2020, 4, 1), dt.date(2020, 3, 31))
    assert Agency.objects.get(name="Wealdshire Council").starts_on == dt.date(1974, 4, 1)
    assert selectors.match_owner("the force") == selectors.match_owner("constabulary") == police
    assert Group.objects.get(name="Neglect Sub-group").parent.name == "Executive"
    assert Person.objects.get().agency == police


def test_rows_may_name_what_stands_already() -> None:
    create_agency("Wealdshire Police", short_name="WP", by=SYSTEM)
    create_group("Executive", by=SYSTEM)
    loaded = load_partners([], [{"name": "Neglect", "parent": "Executive"}], PEOPLE, by=SYSTEM)
    assert (loaded.groups, loaded.people, loaded.problems) == (1, 1, [])


def test_an_account_under_the_address_belongs_to_the_person() -> None:
    account = person("Ola Owner")
    rows = [
        {"name": "Ola", "email": "OLA.owner@wealdshire.example"},
        {"name": "Twin", "email": account.email},
    ]
    assert load_partners([], [], rows, by=SYSTEM).people == 2
    assert [found.user for found in Person.objects.order_by("pk")] == [account, None]


def test_with_any_problem_nothing_is_loaded_and_each_is_told() -> None:
    loaded = load_partners(
        [
            {"name": "Wealdshire Police"},
            {"name": "wealdshire police"},
            {"name": "X", "sector": "Space"},
            {"name": "Y", "starts_on": "soon"},
            {"name": "Z", "predecessor": "Nobody"},
            {"name": "Q", "aliases": "Wealdshire Police"},
        ],
        [{"name": "G", "parent": "Nobody"}],
        [{"name": "", "post": "Lead"}, {"name": "Ola", "email": "ola"}],
        by=SYSTEM,
    )
    assert loaded == Loaded(
        problems=[
            "Agencies, row 3: There is an agency of this name already.",
            "Agencies, row 4: “Space” is not one of: Local authority, Health, Police, Education and childcare, "
            "Justice and probation, Voluntary and community, Faith, Sport and leisure, Central government, Other.",
            "Agencies, row 5: “soon” is not a day; write it as 31/03/2026.",
            "Agencies, row 6: “Nobody” is not the name of an agency in a row above.",
            "Agencies, row 7: “Wealdshire Police” already stands for Wealdshire Police.",
            "Groups, row 2: “Nobody” is not the name of a group in a row above.",
            "People, row 2: Enter a name.",
            "People, row 3: “ola” is not an e-mail address.",
        ]
    )
    assert (Agency.objects.count(), Group.objects.count(), Person.objects.count()) == (0, 0, 0)


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_spreadsheet_is_loaded(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "partners.xlsx",
        {
            "AGENCIES": [
                ["Name", "Short name", "Sector", "From"],
                ["Wealdshire Police", "WP", "Police", dt.date(2020, 4, 1)],
            ],
            "Groups": [
                ["Group name", "Parent group", ""],
                ["Executive", "", ""],
                ["Neglect", "Executive", ""],
            ],
            "People": [
                ["Name", "Job title", "Organisation", "E-mail"],
                ["Ola Owner", "Lead", "WP", "o@wealdshire.example"],
            ],
            "Notes": [["anything"]],
        },
    )
    assert load_spreadsheet(path, by=SYSTEM) == Loaded(agencies=1, groups=2, people=1)
    assert Agency.objects.get().starts_on == dt.date(2020, 4, 1)
    assert Person.objects.get().post == "Lead"


def test_a_spreadsheet_may_lack_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "p.xlsx", {"Groups": [["Name"], ["Executive"]], "People": []})
    assert load_spreadsheet(path, by=SYSTEM) == Loaded(groups=1)


def test_what_cannot_be_used_in_a_spreadsheet_is_told(tmp_path: Path, monkeypatch) -> None:
    from sightline.partners.services import spreadsheet

    wrong = workbook(
        tmp_path / "w.xlsx", {"Agencies": [["Title", "Cost"], ["a", 1]], "Groups": [["Name"], ["G"]]}
    )
    assert load_spreadsheet(wrong, by=SYSTEM).problems == [
        "Agencies: the column “Title” is not one that Sightline knows.",
        "Agencies: the column “Cost” is not one that Sightline knows.",
        "Agencies: there is no column named Name.",
    ]
    none = workbook(tmp_path / "n.xlsx", {"Sheet1": [["Name"]]})
    assert load_spreadsheet(none, by=SYSTEM).problems == [
        "The file has no sheet named Agencies, Groups or People."
    ]
    text = tmp_path / "t.xlsx"
    text.write_text("not a spreadsheet")
    [problem] = load_spreadsheet(text, by=SYSTEM).problems
    assert problem.startswith("This file cannot be read as a spreadsheet")
    [problem] = load_spreadsheet(tmp_path / "absent.xlsx", by=SYSTEM).problems
    assert problem.startswith("This file cannot be read as a spreadsheet")
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)
    long = workbook(tmp_path / "l.xlsx", {"Groups": [["Name"], ["A"], ["B"]]})
    assert load_spreadsheet(long, by=SYSTEM).problems == ["Groups: there are more than 1 rows."]
    assert Group.objects.count() == 0
