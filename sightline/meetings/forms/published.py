"""Uploading a published table of attendance, and saying of how many meetings it speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from sightline.meetings.choices import MOST_MEETINGS
from sightline.partners.models import Group
from sightline.screens.asking import SeenForm
from sightline.screens.forms import Form, offer_rows


class PublishedForm(Form):
    """The paper, and whose attendance its table is."""

    group = forms.ModelChoiceField(Group.objects.none(), label="Whose attendance is it?")
    file = forms.FileField(
        label="The paper with the table",
        help_text="Word, Excel, CSV, PDF or text, up to 20 MB: a whole yearly report will do.",
        error_messages={
            "required": "Choose the paper.",
            "empty": "The file is empty; choose the paper again.",
        },
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "group", groups)

    @property
    def upload(self) -> UploadedFile[bytes]:
        """The file as it was sent."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return sent


class ConfirmForm(SeenForm):
    """Of how many meetings, in which time."""

    meetings = forms.IntegerField(
        label="How many meetings were there?",
        help_text="A percentage that no number of them gives is flagged.",
        min_value=1,
        max_value=MOST_MEETINGS,
        widget=forms.TextInput(attrs={"width": 2, "inputmode": "numeric"}),
    )
    period = forms.CharField(
        label="Of which time is the table?", max_length=100, help_text="Such as 2025 to 2026"
    )
