"""Column headings and their meanings (documents.md A1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import headings

SEEN = {
    "number": "Action No.; No.; Ref; Number; Action Ref",
    "source": "Key OFSTED Rec./ Paragraph; Source, Part, Point; TR / WS references; Inspection finding / Paragraph",
    "priority": "Priority; Targeted priority; Theme; Objective; Development area",
    "outcome": "What difference will this make to children?; What difference has it made, or will it make; OUTCOME; "
    "What is desired outcome; Output/Outcome measurement; What will be different for children?",
    "action": "Action; What we will do; What do we want to do; What will it do?; Specific Actions; Requirement; "
    "Key future actions; How will the board do this?",
    "lead": "Lead Subgroup/Agency; Lead Sub-Group/Person; Responsible lead/group; Responsible Officer; Lead; "
    "Lead agency; Nominated lead officer; Who; Owner",
    "timescale": "Time scale; Timescales; By when; Timescale/Target; Target completion date; Due; When; "
    "Give expected new achievement date",
    "update": "Update; Update on progress; Notes; Narrative; Progress achieved in 08/09; Progress/Problems/Issues",
    "rating": "Status RAG; RAG rating; Current performance; Status; RAG; Status (RAG); Delivery rating",
    "impact_rating": "Impact rating; Impact RAG",
    "state": "State",
    "reference": "Reference",
    "quarter": "Q1; Q4; Quarter 2",
    "complete_yn": "Complete Y/N; Complete (Y/N); Complete?",
    "tick_complete": "Achieved (tick); Achieved",
    "tick_on_track": "On target to achieve (tick)",
    "recommendation": "Recommendation; The recommendations",
    "response": "Response; Action taken",
    "attended": "Attendance; % attendance",
    "surname": "Surname",
    "forename": "First name",
    "organisation": "Organisation; Agency",
    "post": "Role; Job title",
    "": "Cost; Risk; Priority 1: Look after children; 2; Amber; "
    + "This sentence has far more words than any heading of a column in a table would ever have",
}


@pytest.mark.parametrize(
    ("meaning", "heading"), [(m, h.strip()) for m, hs in SEEN.items() for h in hs.split(";")]
)
def test_meaning(meaning: str, heading: str) -> None:
    assert headings.meaning_of(heading) == meaning


def test_the_plainest_of_two_headings() -> None:
    assert headings.is_best("Action", headings.ACTION)
    assert not headings.is_best("Requirement", headings.ACTION)
    assert not headings.is_best("Cost", "cost")


@given(st.text())
def test_any_heading_has_one_meaning_or_none(heading: str) -> None:
    assert (
        headings.meaning_of(heading) == headings.meaning_of(heading.upper().lower()) or not heading.isascii()
    )
