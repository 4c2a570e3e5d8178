"""Dates in three boxes and counted texts."""

import datetime as dt
import re

import pytest
from django import forms

from sightline.screens.fields import BoxesDateField, CharacterCountField, month_number
from sightline.screens.forms import Form


class DateForm(Form):
    due = BoxesDateField(label="Due date", required=False)


class QuestionForm(Form):
    due = BoxesDateField(label="When was it said?")


def sent(day: str, month: str, year: str) -> DateForm:
    return DateForm({"due-day": day, "due-month": month, "due-year": year})


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        (("3", "11", "2027"), dt.date(2027, 11, 3)),
        (("03", "Nov", "2027"), dt.date(2027, 11, 3)),
        ((" 3 ", "november", "2027"), dt.date(2027, 11, 3)),
        (("29", "2", "2028"), dt.date(2028, 2, 29)),
        (("", "", ""), None),
    ],
)
def test_a_date_is_read(typed: tuple[str, str, str], date: dt.date | None) -> None:
    form = sent(*typed)
    assert (form.is_valid(), form.cleaned_data.get("due")) == (True, date)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (("", "11", "2027"), "Due date must include a day"),
        (("3", "", ""), "Due date must include a month and a year"),
        (("30", "2", "2027"), "Due date must be a real date"),
        (("3", "Brumaire", "2027"), "Due date must be a real date"),
        (("3", "11", "27"), "The year of due date must have four digits"),
        (("3", "11", "-1"), "Due date must be a real date"),
        (("3", "11", "2300"), "The year of due date must have four digits"),
        (("3", "11", "99999999999999999999"), "Due date must be a real date"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed: tuple[str, str, str], error: str) -> None:
    assert sent(*typed).errors["due"] == [error]


@pytest.mark.parametrize(
    ("typed", "wrong", "first"),
    [
        (("3", "", ""), ["month", "year"], "#id_due-month"),
        (("3", "11", "27"), ["year"], "#id_due-year"),
        (("30", "2", "2027"), ["day", "month", "year"], "#id_due-day"),
        (("3", "2", "2027"), [], None),
    ],
)
def test_only_the_wrong_boxes_are_marked_and_the_summary_leads_to_the_first(
    typed: tuple[str, str, str], wrong: list[str], first: str | None
) -> None:
    form = sent(*typed)
    html = form["due"].as_field_group()
    marked = re.findall(r'govuk-input--error[^>]* id="id_due-(\w+)"', html)
    assert (marked, [problem.href for problem in form.problems()]) == (wrong, [first] if first else [])


def test_what_was_typed_stays_in_the_boxes() -> None:
    html = sent("31", "2", "2027").as_div()
    assert all(f'value="{text}"' in html for text in ("31", "2027"))


def test_a_date_that_a_question_asks_for() -> None:
    assert QuestionForm({}).errors["due"] == ["Enter the date"]
    wrong = QuestionForm({"due-day": "1", "due-month": "1", "due-year": "1"})
    assert wrong.errors["due"] == ["The year of the date must have four digits"]


def test_words_of_our_own_stay() -> None:
    field = BoxesDateField(
        label="Due date", error_messages={"required": "Say when"}, what="the day it is due"
    )
    assert (field.error_messages["required"], field.subject) == ("Say when", "The day it is due")


def test_a_date_given_beforehand_fills_the_boxes_and_is_not_a_change() -> None:
    day = dt.date(2027, 3, 27)
    form = DateForm({"due-day": "27", "due-month": "3", "due-year": "2027"}, initial={"due": day})
    assert (form.has_changed(), form.fields["due"].clean(day)) == (False, day)
    assert sent("28", "3", "2027").has_changed() is True


def test_a_date_that_was_not_sent_is_known_to_be_absent() -> None:
    widget = DateForm().fields["due"].widget
    assert (widget.value_omitted_from_data({}, {}, "due"), widget.id_for_label("x")) == (True, "x-day")
    assert widget.value_omitted_from_data({"due-day": ""}, {}, "due") is False


def test_the_bare_widget_has_three_boxes() -> None:
    html = str(sent("1", "2", "2027")["due"])
    assert html.count("<input") == 3


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("012", 12), ("sept", 9), ("DEC", 12)])
def test_months(text: str, number: int) -> None:
    assert month_number(text) == number


def test_a_line_break_counts_as_one_character() -> None:
    field = CharacterCountField(label="Text", max_length=3, rows=2)
    assert (field.clean("a\r\nb"), field.widget.attrs) == ("a\nb", {"cols": "40", "rows": 2})
    with pytest.raises(forms.ValidationError):
        field.clean("abcd")


def test_an_empty_text_that_may_be_empty() -> None:
    assert CharacterCountField(max_length=3, required=False).clean("") == ""


def test_a_time_stands_in_its_box_without_seconds() -> None:
    class Hours(Form):
        begins = forms.TimeField(label="From", initial=dt.time(9, 30))

    assert 'value="09:30"' in str(Hours()["begins"].as_field_group())


def test_a_field_named_anew_and_a_number_out_of_bounds_are_told_in_our_words() -> None:
    class Months(Form):
        why = forms.CharField(label="Why is it closed?")
        months = forms.IntegerField(label="Every how many months?", max_value=24)

    form = Months({"months": "45"})
    form.relabel("why", "What should be looked at again?")
    assert [each.text for each in form.problems()] == [
        "Answer “What should be looked at again?”",
        "“Every how many months?” must be 24 or less",
    ]
