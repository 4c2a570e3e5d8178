"""Kinds of field, what everything sent may hold, and how a refusal is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints

BIGGEST = 2**63 - 1
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
Number = Annotated[int, Field(ge=1, le=BIGGEST)]


def printable(text: str) -> str:
    """Text that a database can keep."""
    if "\x00" in text:
        raise ValueError("Leave out the sign with the number nought")
    return text


def _in_reach(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError("Give a day between 1900 and 2199")
    return day


def _aware_in_reach(moment: datetime) -> datetime:
    _in_reach(moment.date())
    return moment if moment.tzinfo else timezone.make_aware(moment)


Day = Annotated[date, AfterValidator(_in_reach)]
Moment = Annotated[datetime, AfterValidator(_aware_in_reach)]
Line = Annotated[str, Field(max_length=200), AfterValidator(printable)]
Words = Annotated[str, Field(max_length=4_000), AfterValidator(printable)]
_Paragraph = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000),
    AfterValidator(printable),
]
Paragraphs = Annotated[list[_Paragraph], Field(max_length=50)]
_Printed = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(printable)
]
PrintedNumbers = Annotated[list[_Printed], Field(max_length=20)]
Version = Annotated[
    int, Field(description="Goes up with every change. Send it as If-Match to change the record.")
]


class In(Schema):
    """What is sent: nothing else may stand in it, so that a misspelt field is not lost in silence."""

    model_config = ConfigDict(extra="forbid")
    because: Annotated[str, Field(max_length=300), AfterValidator(printable)] = Field(
        "", description="Why words that may tell who a child is must stand here. Kept in the journal."
    )


class FieldError(Schema):
    """What is wrong with one field; the field is empty where it is the whole."""

    field: str
    detail: str


class FoundWords(Schema):
    """Words that may tell who a child is."""

    field: str
    words: str
    kind: str


class Problem(Schema):
    """Why something is not answered as asked (RFC 9457). `detail` is the sentence that a page would show."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []
    found: list[FoundWords] = []
