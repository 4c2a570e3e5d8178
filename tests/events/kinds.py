"""Entry types for the tests of the journal."""

from enum import StrEnum

from sightline.events.entries import declare


class Kind(StrEnum):
    PLAIN = "plain"
    ABOUT_PEOPLE = "about_people"
    PREFIXED = "journal_test.prefixed"


class Undeclared(StrEnum):
    PLAIN = "plain"


declare(
    "journal_test",
    Kind,
    {Kind.PLAIN: "Something plain", Kind.ABOUT_PEOPLE: "Something about people", Kind.PREFIXED: "Prefixed"},
    personal={Kind.ABOUT_PEOPLE: ("subject", "name")},
)
