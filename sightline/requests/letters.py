"""The words of the e-mails of a request: those of update rounds, and what any other kind has to give in their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.requests.choices import Mailed
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.requests.models import Asked

ASKED = """{by} asks how your actions in “{about}” stand: {title}.

Open this page by {until}. It needs no account and takes about a minute. Looking at it changes nothing.

{address}

The link is yours alone: whoever has it can answer in your name. If you did not expect it, do nothing, or tell {by}.
"""
REMINDED = """We have not heard from you yet: how do your actions in “{about}” stand? ({title})

Open this page by {until}. It needs no account and takes about a minute. Looking at it changes nothing.

{address}

Or answer this e-mail or telephone {by}: they write down what you say. After this we write at most once a week.
"""
SUBJECTS = {
    Mailed.ASKED: "How do your actions stand?",
    Mailed.REMINDED: "Not heard yet: how do your actions stand?",
    Mailed.AGAIN: "A new link: how do your actions stand?",
}
RECEIPT = """Thank you. What you told us about your actions in “{about}” came in on {moment}.

You may add to it by the same link until {until}. If it was not you who answered, tell {by} at once.
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail; `calendar`: an invitation that goes along (RFC 5546)."""

    subject: str
    text: str
    calendar: str = ""


def update_letter(asked: Asked, what: Mailed, address: str, now: datetime) -> Letter:
    """An e-mail that asks how somebody's actions stand, with the address of their link."""
    found = asked.round
    text = (REMINDED if what == Mailed.REMINDED else ASKED).format(
        by=found.entered_by_label,
        about=found.about,
        title=found.title,
        until=day(found.closes_on),
        address=address,
    )
    return Letter(SUBJECTS[what], text)


def update_receipt(asked: Asked, now: datetime) -> Letter:
    """That what somebody told about their actions came in."""
    found = asked.round
    moment = f"{timezone.localtime(now):%-d %B %Y, %H:%M}"
    text = RECEIPT.format(
        about=found.about, moment=moment, until=day(found.closes_on), by=found.entered_by_label
    )
    return Letter("What you told us came in", text)
