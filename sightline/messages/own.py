"""What the outbox and the work items hold about a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from sightline.events.held import Held, five
from sightline.messages.models import Bounce, Notice, OutgoingMail, Preference, WorkItem
from sightline.messages.rules import FORGOTTEN
from sightline.messages.selectors import work_items


def _mails(user: Any) -> Any:
    return OutgoingMail.objects.filter(to__iexact=user.email).order_by("-pk")


def _mail(mail: OutgoingMail) -> list[Any]:
    return [
        mail.created_at,
        mail.subject,
        FORGOTTEN if mail.is_secret else mail.text,
        mail.state_label,
        mail.sent_at,
    ]


def _items(user: Any) -> Any:
    return work_items([f"user:{user.pk}"])


def _item(item: WorkItem) -> list[Any]:
    return [item.title, item.sentence, item.due_on, item.created_at]


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """What they were told of, how often they are written to, and e-mails to them that came back."""
    nothing, never = Value(""), Value(None)
    told = Notice.objects.filter(user_id=user.pk).order_by()
    yield five(told, "Notification", F("kind"), F("due_on"), F("made_at"), F("title"))
    chosen = Preference.objects.filter(user_id=user.pk).order_by()
    how = Concat(F("duty"), Value(", news "), F("news"))
    yield five(chosen, "How often you are written to", nothing, never, F("changed_at"), how)
    back = Bounce.objects.filter(address=user.email.lower()).order_by()
    yield five(back, "E-mail to you that came back", F("status"), never, F("came_at"), F("said"))


own = [
    Held(
        "waiting",
        "What waits for you",
        "So that your first page can say what needs you.",
        ("What", "Why", "Due", "Since"),
        _items,
        _item,
        60,
    ),
    Held(
        "mails",
        "E-mails to you",
        "Sightline keeps each e-mail it sends, so that none is lost.",
        ("Written", "Subject", "Text", "State", "Sent"),
        _mails,
        _mail,
        61,
    ),
]
