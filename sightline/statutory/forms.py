"""The form of what the partnership says of itself."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.partners.models import Notice
from sightline.partners.services.notices import FIELDS
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import CarefulForm

LAW = (
    "Usually UK GDPR Article 6(1)(e), a task in the public interest, under the Children Act 2004, sections 16E to 16K; "
    "for special categories Article 9(2)(g) with the Data Protection Act 2018, Schedule 1, paragraph 18. "
    "Ask your data protection officer."
)


def _text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=5_000, widget=box)


class NoticeForm(CarefulForm):
    """Everything a partnership has to say itself. Nothing is required: what is empty is told to the unit alone."""

    controller = forms.CharField(
        label="Who decides why and how the data is used",
        help_text="The controller, or the joint controllers: usually the safeguarding partners.",
        max_length=300,
        required=False,
    )
    contact = _text("How to reach them about personal data", "Post, e-mail, telephone.")
    officer_name = forms.CharField(
        label="Name or team of the data protection officer", max_length=200, required=False
    )
    officer_email = forms.EmailField(label="E-mail address of the data protection officer", required=False)
    lawful_basis = _text("Lawful basis", LAW)
    sharing = _text("Who else receives the data", "For example the agencies of the partnership, inspectors.")
    retention = _text("How long it is kept", "By kind of record, as your retention schedule says.")
    accessibility_contact = _text(
        "Whom to tell of a problem with accessibility", "E-mail, telephone, and who answers.", rows=3
    )
    answer_days = forms.IntegerField(
        label="Within how many working days an answer comes",
        min_value=1,
        max_value=60,
        required=False,
        widget=forms.NumberInput(attrs={"width": 3}),
    )
    statement_prepared_on = BoxesDateField(
        label="Day the accessibility statement was prepared", required=False
    )
    statement_reviewed_on = BoxesDateField(label="Day it was last reviewed", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, notice: Notice) -> None:
        super().__init__(data, initial={name: getattr(notice, name) for name in (*FIELDS, "version")})

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}
