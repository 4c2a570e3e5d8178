"""What returns hold about a person: everything they wrote, told and signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value

from sightline.events.held import five
from sightline.rhythm.models import (
    CalendarFeed,
    Reopened,
    Return,
    ReturnPaper,
    ReturnText,
    SignedOff,
    StepTold,
)


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Returns they began, read in or opened again, texts, what they told of steps, and signatures they entered."""
    nothing, never = Value(""), Value(None)
    entered = (
        (Return, "Return of a group", F("read_from")),
        (ReturnText, "Text of a return", F("text")),
        (StepTold, "What became of a next step", F("text")),
        (SignedOff, "Return signed off", F("signed_by")),
        (Reopened, "Return opened again", F("why")),
        (ReturnPaper, "Paper with returns", F("name")),
    )
    for model, label, words in entered:
        rows = model._default_manager.filter(entered_by_id=user.pk).order_by()
        yield five(rows, label, nothing, never, F("recorded_at"), words)
    addresses = CalendarFeed.objects.filter(user_id=user.pk).order_by()
    yield five(addresses, "Secret address of a calendar", nothing, never, F("made_at"), nothing)
