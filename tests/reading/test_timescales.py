"""Timescales (documents.md A4): every expression of the table, and that nothing is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import timescales
from sightline.reading.schema import TimescaleRead

CASES = [
    ("By 30 September 2018", "by_date", ["2018-09-30"], ""),
    ("By January 2019", "by_month", ["2019-01"], ""),
    ("March 2021", "by_month", ["2021-03"], ""),
    ("September 2014", "by_month", ["2014-09"], ""),
    ("Apr-21", "by_month", ["2021-04"], ""),
    ("24/02/16", "by_date", ["2016-02-24"], ""),
    ("31.03.16", "by_date", ["2016-03-31"], ""),
    ("1.4.2009", "by_date", ["2009-04-01"], ""),
    ("23/03/2012", "by_date", ["2012-03-23"], ""),
    ("2019-03-31 00:00:00", "by_date", ["2019-03-31"], ""),
    ("March 31st 2019", "by_date", ["2019-03-31"], ""),
    ("Scoping agreed by 31 December 2018", "milestone", ["2018-12-31"], "Scoping agreed"),
    ("Draft scoping by 31 December 2018", "milestone", ["2018-12-31"], "Draft scoping"),
    ("Progress review by 31 December 2018", "review", ["2018-12-31"], "Progress review"),
    ("Review progress by 31 December 2018", "review", ["2018-12-31"], "Review progress"),
    ("Review 31 December 2018", "review", ["2018-12-31"], "Review"),
    ("Review progress January 2019", "review", ["2019-01"], "Review progress"),
    ("Review findings January 2019", "review", ["2019-01"], "Review findings"),
    ("December Business Group 2018", "meeting", ["2018-12"], "Business Group"),
    ("Review Business Group December 2018", "meeting", ["2018-12"], "Review Business Group"),
    ("Review December 2018 Business Group", "meeting", ["2018-12"], "Review Business Group"),
    ("Update to December Business Group 2018", "meeting", ["2018-12"], "Update to Business Group"),
    ("Executive Board March 2019", "meeting", ["2019-03"], "Executive Board"),
    ("Update to WSCP January 2019", "report_to_board", ["2019-01"], "Update to WSCP"),
    ("Report to Board January 2019", "report_to_board", ["2019-01"], "Report to Board"),
    ("By 30 September 2018 and 31 December 2018", "by_date", ["2018-09-30", "2018-12-31"], ""),
    ("April 2018 - March 2019", "by_month", ["2018-04", "2019-03"], ""),
    ("June/July 2012", "by_month", ["2012-06", "2012-07"], ""),
    ("December/January 2012", "by_month", ["2011-12", "2012-01"], ""),
    ("Monthly meetings", "recurring", [], "Monthly meetings"),
    ("annually", "recurring", [], "annually"),
    ("biennial", "recurring", [], "biennial"),
    ("every two years", "recurring", [], "every two years"),
    ("at least once in every 12 months", "recurring", [], "at least once in every 12 months"),
    ("termly", "recurring", [], "termly"),
    ("With immediate effect", "immediate", [], "With immediate effect"),
    ("ASAP", "immediate", [], "ASAP"),
    ("Completed", "completed", [], "Completed"),
    ("Completed March 2019", "completed", ["2019-03"], "Completed March 2019"),
    ("Ongoing", "ongoing", [], "Ongoing"),
    ("On-going", "ongoing", [], "On-going"),
    ("on going", "ongoing", [], "on going"),
    ("From April 2019", "ongoing", ["2019-04"], "From April 2019"),
    ("Q2", "quarter", [], ""),
    ("Q1 Q2 Q3 Q4", "quarter", [], ""),
    ("Quarter 2 (July-September) 2019/20", "quarter", ["2019-07-01", "2019-09-30"], ""),
    ("Q4 2019/20", "quarter", ["2020-01-01", "2020-03-31"], ""),
    ("second quarter of calendar year 2019", "quarter", ["2019-04-01", "2019-06-30"], ""),
    ("2012/13", "year", ["2012-04-01", "2013-03-31"], ""),
    ("across financial year 2012/13", "year", ["2012-04-01", "2013-03-31"], ""),
    ("2016 – 17", "year", ["2016-04-01", "2017-03-31"], ""),
    ("2021-2022", "year", ["2021-04-01", "2022-03-31"], ""),
    ("2021-2024", "year", ["2021-01-01", "2024-12-31"], ""),
    ("2019", "year", ["2019-01-01", "2019-12-31"], ""),
    ("end of the financial year", "year", [], ""),
    ("end of the calendar year", "year", [], ""),
    ("academic year", "term", [], "academic year"),
    ("academic year 2019/20", "term", ["2019-09-01", "2020-08-31"], "academic year"),
    ("by the end of the second term", "term", [], "spring term"),
    ("Autumn term", "term", [], "autumn term"),
    ("Spring term 2019", "term", ["2019-01-01", "2019-04-30"], "spring term"),
    ("Summer term 2019/20", "term", ["2020-05-01", "2020-07-31"], "summer term"),
    ("in place by April 2012", "milestone", ["2012-04"], "in place"),
    ("to be received in June/July 2012", "milestone", ["2012-06", "2012-07"], "to be received"),
    ("completed by September 2012", "by_month", ["2012-09"], ""),
    ("March 2015 as per training strategy", "condition", ["2015-03"], "as per training strategy"),
    ("September 2014 (website permitting)", "condition", ["2014-09"], "(website permitting)"),
    ("As per strategy and action plan", "condition", [], "As per strategy and action plan"),
    ("To be confirmed", "unknown", [], "To be confirmed"),
    ("TBC", "unknown", [], "TBC"),
    ("31 June 2019", "unknown", [], "31 June 2019"),
    ("when the moon is blue", "condition", [], "when the moon is blue"),
    ("see Anna", "unknown", [], "see Anna"),
    ("N/A", "not_applicable", [], "N/A"),
    ("autumn 2016", "season", ["2016-09-01", "2016-11-30"], "autumn"),
    ("summer of 2016", "season", ["2016-06-01", "2016-08-31"], "summer"),
    ("early 2016", "season", ["2016-01-01", "2016-03-31"], "early"),
    ("winter 2016", "season", ["2016-12-01", "2017-02-28"], "winter"),
    ("within 24 hours", "duration", [], "within 24 hours"),
    ("within 5 working days", "duration", [], "within 5 working days"),
    ("45 working days", "duration", [], "45 working days"),
    ("", "blank", [], ""),
    (" – ", "blank", [], ""),
    ("March", "by_month", [], ""),
]


@pytest.mark.parametrize(("text", "kind", "found", "label"), CASES)
def test_every_expression(text: str, kind: str, found: list[str], label: str) -> None:
    assert timescales.parse(text) == TimescaleRead(
        kind, found, label if label or kind != "quarter" else _label(text)
    )


def _label(text: str) -> str:
    return timescales.parse(text).label


@pytest.mark.parametrize(
    ("text", "years", "found", "doubts"),
    [
        ("Progress review December Business Group", (), [], ("year_missing",)),
        ("Progress review December Business Group", (2018,), ["2018-12"], ("inferred_year",)),
        ("By 30 September", (2018, 2019), ["2018-09-30"], ("inferred_year",)),
        ("By 29 February", (2019,), [], ("inferred_year",)),
        ("By 30 September 2018", (2020,), ["2018-09-30"], ()),
        ("31 June 2019", (), [], ("impossible_date",)),
        ("30/02/19", (), [], ("impossible_date",)),
        ("By 31 June", (2019,), [], ("impossible_date",)),
        ("13.13.2019", (), [], ("impossible_date",)),
    ],
)
def test_doubts(text: str, years: tuple[int, ...], found: list[str], doubts: tuple[str, ...]) -> None:
    parsed = timescales.parse_with_doubts(text, years)
    assert (parsed.read.dates, parsed.doubts) == (found, doubts)


def test_kinds_are_those_of_the_schema() -> None:
    assert {kind for _, kind, _, _ in CASES} == set(timescales.KINDS)


@given(st.text())
def test_any_text_has_a_kind_and_real_days(text: str) -> None:
    read = timescales.parse(text)
    assert read.kind in timescales.KINDS
    assert all(len(iso) in (7, 10) for iso in read.dates)


@given(st.text(alphabet="0123456789./- QJanuryMch&()by"), st.integers(1990, 2099))
def test_no_year_is_invented(text: str, year: int) -> None:
    with_year = timescales.parse_with_doubts(text, (year,))
    if "inferred_year" not in with_year.doubts:
        assert with_year.read == timescales.parse(text)
