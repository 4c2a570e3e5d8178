"""Forms: each field as its component, errors that name their field, the error summary."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from sightline.screens.elements import Problem
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import FilterForm, Form, says_something
from sightline.screens.wording import lower_first
from sightline.site.showcase import WRONG, EveryControl, query
from tests.screens.fixtures import normal


class OwnWords(forms.CharField):
    default_error_messages = {"required": "Our own words"}


class Mixed(Form):
    title_field = "name"
    name = forms.CharField(label="Name of the action")
    urn = forms.CharField(label="URN")
    why = CharacterCountField(label="Why?", max_length=20)
    group = forms.ChoiceField(label="Group", choices=(("a", "A"),))
    agreed = forms.BooleanField(label="The chair agrees")
    own = OwnWords(label="Own")
    given = forms.CharField(label="Given", error_messages={"required": "Given words"})
    paper = forms.FileField(label="A file")
    secret = forms.CharField(widget=forms.HiddenInput)
    plain = forms.CharField(label="")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The whole is wrong")


def test_each_error_names_its_field() -> None:
    assert Mixed({}).problems() == [
        Problem("The whole is wrong"),
        Problem("Enter name of the action", "#id_name"),
        Problem("Enter URN", "#id_urn"),
        Problem("Answer “Why?”", "#id_why"),
        Problem("Choose group", "#id_group"),
        Problem("Tick “The chair agrees” to go on", "#id_agreed"),
        Problem("Our own words", "#id_own"),
        Problem("Given words", "#id_given"),
        Problem("Choose a file", "#id_paper"),
        Problem("This field is required."),
        Problem("This field is required.", "#id_plain"),
    ]


def test_a_file_is_asked_for_again_where_something_else_is_wrong() -> None:
    files = MultiValueDict({"paper": [SimpleUploadedFile("a.txt", b"Twelve")]})
    told = {problem.href: problem.text for problem in Mixed({}, files).problems()}
    assert told["#id_paper"].startswith("Choose your file again")


def test_every_control_has_its_words_for_what_was_wrong() -> None:
    assert [problem.text for problem in EveryControl(query(WRONG), prefix="wrong").problems()] == [
        "Enter name of the action",
        "Children must be a whole number",
        "E-mail address must look like name@example.org",
        "Enter password",
        "Choose group",
        "Answer “How did you hear?”",
        "Answer “What does the evidence show?”",
        "The date must be a real date",
        "“What has happened since?” must be 200 characters or fewer. It has 201",
        "Choose the plan as a file",
        "Tick “The chair has agreed this wording” to go on",
    ]


def test_a_link_in_the_summary_leads_to_the_first_box_of_a_date() -> None:
    class DateForm(Form):
        due = BoxesDateField(label="Due date")

    assert DateForm({}).problems() == [Problem("Enter due date", "#id_due-day")]


@pytest.mark.parametrize(
    ("text", "found"), [("URN", "URN"), ("Name", "name"), ("", ""), ("A file", "a file")]
)
def test_small_first_letters(text: str, found: str) -> None:
    assert lower_first(text) == found


def test_the_title_field_is_the_pages_heading() -> None:
    html = Mixed()["name"].as_field_group()
    heading = ("h1", [("class", "govuk-label-wrapper")])
    assert normal(html)[1] == heading
    assert ("label", [("class", "govuk-label govuk-label--l"), ("for", "id_name")]) in normal(html)


def test_the_hidden_field_stands_before_the_others_without_a_group() -> None:
    assert str(Mixed()).startswith('<input type="hidden" name="secret" id="id_secret">')


class Options(Form):
    text = forms.CharField(
        label="Text", widget=forms.TextInput(attrs={"width": 10, "class": "own", "label": "s"})
    )
    radio = forms.ChoiceField(label="One", choices=(("", "—"), ("a", "A")), widget=forms.RadioSelect)
    open_radio = forms.ChoiceField(
        label="Two", choices=(("", "None"), ("a", "A")), widget=forms.RadioSelect(attrs={"offer_empty": True})
    )
    many = forms.MultipleChoiceField(label="Many", choices=(("a", "A"), ("b", "B")), initial=["b"])
    shut = forms.CharField(label="Shut", disabled=True, initial="as it is")
    new_password = forms.CharField(
        label="New", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    nothing = forms.ChoiceField(label="Nothing", choices=((None, "None"),), widget=forms.Select)
    web = forms.URLField(label="Web", assume_scheme="https")
    day = forms.DateField(label="Day")


def parts(name: str, **initial: Any) -> list[Any]:
    return normal(Options(initial=initial)[name].as_field_group())


def tags(found: list[Any], name: str) -> list[dict[str, str]]:
    return [dict(part[1]) for part in found if isinstance(part, tuple) and part[0] == name]


def test_width_class_and_size_of_label_are_for_the_renderer() -> None:
    found = parts("text")
    assert tags(found, "input") == [
        {
            "class": "govuk-input govuk-input--width-10 own",
            "id": "id_text",
            "name": "text",
            "type": "text",
            "maxlength": "",
        }
    ] or tags(found, "input") == [
        {"class": "govuk-input govuk-input--width-10 own", "id": "id_text", "name": "text", "type": "text"}
    ]
    assert tags(found, "label")[0]["class"] == "govuk-label govuk-label--s"


def test_radios_leave_the_empty_choice_out_unless_it_is_offered() -> None:
    assert [tag["value"] for tag in tags(parts("radio"), "input")] == ["a"]
    assert [tag["value"] for tag in tags(parts("open_radio"), "input")] == ["", "a"]


def test_several_chosen() -> None:
    found = parts("many")
    assert tags(found, "select")[0]["multiple"] == ""
    assert ["selected" in tag for tag in tags(found, "option")] == [False, True]


def test_a_field_that_is_shut() -> None:
    assert {"disabled", "value"} <= set(tags(parts("shut"), "input")[0])


def test_a_new_password_is_announced_to_the_password_manager_and_never_sent_back() -> None:
    [box] = tags(parts("new_password", new_password="hunter2"), "input")
    assert (box["autocomplete"], "value" in box) == ("new-password", False)


def test_a_choice_without_a_value_is_empty() -> None:
    assert tags(parts("nothing"), "option")[0]["value"] == ""


def test_a_long_note_and_a_hidden_value() -> None:
    class Note(Form):
        note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 2}))
        secret = forms.CharField(widget=forms.HiddenInput)

    assert tags(normal(Note()["note"].as_field_group()), "textarea")[0]["rows"] == "2"
    assert tags(normal(Note()["secret"].as_field_group()), "input")[0]["type"] == "hidden"


def test_a_counted_text_and_choices_in_groups() -> None:
    found = EveryControl(prefix="p", initial={"group": "quality"})
    assert ("textarea", "p-text") in {
        (part[0], dict(part[1]).get("name"))
        for part in normal(found["text"].as_field_group())
        if isinstance(part, tuple)
    }
    offered = tags(normal(found["group"].as_field_group()), "option")
    assert [(one["value"], "selected" in one) for one in offered] == [
        ("", False),
        ("executive", False),
        ("neglect", False),
        ("quality", True),
    ]


def test_other_kinds_of_input() -> None:
    assert (tags(parts("web"), "input")[0]["type"], tags(parts("day"), "input")[0]["type"]) == ("url", "text")


def test_a_widget_that_the_renderer_does_not_know_is_a_text() -> None:
    class Strange(forms.Widget):
        pass

    class StrangeForm(Form):
        thing = forms.CharField(label="Thing", widget=Strange)

    assert tags(normal(StrangeForm()["thing"].as_field_group()), "input")[0]["type"] == "text"


def test_a_filter_never_insists() -> None:
    class Filter(FilterForm):
        words = forms.CharField(label="Words", required=True)

    assert Filter({}).is_valid()
    assert [says_something(value) for value in (None, False, "", [], 0, True, "x", [1])] == [False] * 4 + [
        True
    ] * 4
    rows = object()
    assert Filter({}).narrow(rows) is rows


def render(source: str, **context: Any) -> str:
    return Template("{% load screens %}" + source).render(Context(context)).strip()


def test_the_title_says_that_something_is_wrong() -> None:
    class Page:
        form = Mixed({})

    source = "{% title_prefix %}"
    shown = [
        render(source, form=Mixed({})),
        render(source, page=Page()),
        render(source, form=Mixed()),
        render(source),
    ]
    assert shown == ["Error: ", "Error: ", "", ""] or shown == ["Error:", "Error:", "", ""]


def test_the_summary_is_there_only_when_something_is_wrong() -> None:
    source = "{% error_summary one two %}"
    assert render(source, one=Mixed(), two=None) == ""
    assert render(source, one=Mixed(), two=Mixed({})).count("<li>") == 11


def test_a_per_cent_sign_in_a_label_is_a_per_cent_sign() -> None:
    class Share(Form):
        text = forms.CharField(label="Share (%)", max_length=1)
        mail = forms.EmailField(label="Mail (%)")
        pick = forms.ChoiceField(label="Pick (%)", choices=())
        number = forms.IntegerField(label="Number (%)")
        day = BoxesDateField(label="Day (%)")

    form = Share({"text": "xx", "mail": "x", "pick": "x", "number": "x", "day-day": "1"})
    assert [problem.text for problem in form.problems()] == [
        "Share (%) must be 1 characters or fewer. It has 2",
        "Mail (%) must look like name@example.org",
        "Pick (%): choose one of the answers offered",
        "Number (%) must be a whole number",
        "Day (%) must include a month and a year",
    ]
