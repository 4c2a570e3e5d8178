"""What the component page shows: each component in each state, with invented words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from sightline.screens.elements import RowAction, SummaryRow, Tab, Task
from sightline.screens.fields import BoxesDateField, CharacterCountField
from sightline.screens.forms import FilterForm, Form
from sightline.screens.lists import Column, ListPage
from sightline.screens.looking_back import read_looking_back
from sightline.screens.progress import Progress

RATINGS = ("green", "amber", "red", "blue", "not_rated", "not_yet_known", "Purple")
COLOURS = ("", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")
HOW = (("email", "By e-mail"), ("telephone", "By telephone"), ("meeting", "In a meeting"))
GROUPS = (
    ("", "Choose a group"),
    ("Executive", (("executive", "Executive"),)),
    ("Sub-groups", (("neglect", "Neglect sub-group"), ("quality", "Quality and audit sub-group"))),
)


class HowField(forms.ChoiceField):
    """A choice whose answers carry hints."""

    choice_hints = {"meeting": "Say in the text which meeting it was"}


class EveryControl(Form):
    """One of each control."""

    name = forms.CharField(
        label="Name of the action", max_length=80, help_text="As it is printed in the plan"
    )
    number = forms.IntegerField(
        label="Children", widget=forms.NumberInput(attrs={"width": 4, "suffix": "children"})
    )
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    group = forms.ChoiceField(label="Group", choices=GROUPS)
    how = HowField(label="How did you hear?", choices=HOW, widget=forms.RadioSelect)
    quarters = forms.MultipleChoiceField(
        label="What does the evidence show?",
        help_text="Choose all that apply",
        choices=(("data", "Data"), ("audit", "Audit"), ("children", "Children and families")),
        widget=forms.CheckboxSelectMultiple,
    )
    said_on = BoxesDateField(label="When was it said?", help_text="For example, 27 3 2027")
    text = CharacterCountField(label="What has happened since?", max_length=200)
    note = forms.CharField(
        label="Note for the unit", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    paper = forms.FileField(
        label="The plan as a file", help_text="Word, Excel, CSV, PDF, HTML or text, up to 20 MB"
    )
    agreed = forms.BooleanField(label="The chair has agreed this wording")


class ExampleFilter(FilterForm):
    """A filter with the usual kinds of question."""

    auto_id = "filter-%s"
    words = forms.CharField(label="Words in the action")
    group = forms.ChoiceField(label="Group", choices=(("", "All groups"), ("n", "Neglect"), ("q", "Quality")))
    rating = forms.MultipleChoiceField(
        label="Delivery", choices=(("green", "Green"), ("red", "Red")), widget=forms.CheckboxSelectMultiple
    )

    def narrow(self, rows: Any) -> Any:
        words = self.chosen.get("words", "").lower()
        ratings = self.chosen.get("rating")
        return [r for r in rows if words in r.text.lower() and (not ratings or r.rating in ratings)]


@dataclass(frozen=True)
class Example:
    """A row of the example list."""

    number: str
    order: int
    text: str
    owner: str
    due_on: dt.date | None
    rating: str


EXAMPLES = [
    Example(
        "1.1",
        1,
        "Agree one neglect toolkit and publish it",
        "Children’s services",
        dt.date(2027, 3, 31),
        "green",
    ),
    Example("1.1c", 2, "Brief every designated safeguarding lead", "Schools", dt.date(2026, 9, 30), "red"),
    Example("1.2", 3, "Audit twenty cases where neglect was known", "Quality sub-group", None, "not_rated"),
    Example(
        "2.1", 4, "Ask children what changed for them", "Participation team", dt.date(2027, 1, 8), "amber"
    ),
]
LIST = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "No.", sort=("order",)),
        Column("text", "Action"),
        Column("owner", "Owner", sort=("owner",)),
        Column("due", "By when", sort=("due_on",)),
        Column("rating", "Delivery"),
    ),
    filter_form=ExampleFilter,
    order="number",
    size=2,
)

FILLED = {
    "name": "Agree one neglect toolkit",
    "number": "12",
    "email": "lead@example.org",
    "group": "neglect",
    "how": "email",
    "quarters": ["data", "children"],
    "said_on": dt.date(2027, 3, 27),
    "text": "The toolkit was agreed in March.\nIt goes to print in April.",
    "agreed": True,
}
WRONG = {
    "wrong-number": "twelve",
    "wrong-email": "lead",
    "wrong-said_on-day": "31",
    "wrong-said_on-month": "2",
    "wrong-said_on-year": "2027",
    "wrong-text": "x" * 201,
}


def query(values: dict[str, str]) -> QueryDict:
    """What a browser would send."""
    sent = QueryDict(mutable=True)
    sent.update(values)
    return sent


SUMMARY = (
    SummaryRow("Owner", "Quality sub-group", (RowAction("Change", "#owner", "owner"),)),
    SummaryRow(
        "By when",
        "31 March 2027",
        (RowAction("Revise", "#due", "date"), RowAction("See", "#slips", "slips")),
    ),
    SummaryRow("Printed number", "1.1c"),
)
TASKS = (
    Task("Say what date the document speaks of", "Done", "#date"),
    Task(
        "Match owners",
        "3 to do",
        "#owners",
        "Names that no agency, group or person is known by",
        "yellow",
    ),
    Task("Confirm the import", "Cannot start yet"),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the page shows."""
    return {
        "ratings": RATINGS,
        "colours": COLOURS,
        "broad": [f"Column {number}" for number in range(1, 14)],
        "plain": EveryControl(prefix="plain"),
        "filled": EveryControl(prefix="filled", initial=FILLED),
        "wrong": EveryControl(query(WRONG), prefix="wrong"),
        "listing": LIST.read(request.GET, EXAMPLES, exports={"Word": "#word", "Excel": "#excel"}),
        "none": LIST.read(QueryDict(), []),
        "unfit": LIST.read(QueryDict("words=zebra"), EXAMPLES),
        "summary": SUMMARY,
        "tasks": TASKS,
        "tabs": (
            Tab("This quarter", "this-quarter", "Four actions."),
            Tab("Last quarter", "last-quarter", "Seven actions."),
        ),
        "crumbs": (("Plans", "#plans"), ("Neglect plan 2027", "#plan"), ("Action 1.1", "")),
        "looking": read_looking_back(QueryDict("as_at=2026-03-31"), dt.date(2026, 11, 26)),
        "waiting": Progress("Reading the table on page 4", done=3, total=11),
        "idle": Progress("Waiting to begin", no_worker=True),
        "failed": Progress(
            "",
            failed="The file is damaged after page 3. Nothing was imported. Save it again in Word and upload it.",
        ),
    }
