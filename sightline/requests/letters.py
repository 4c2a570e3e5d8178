"""The words of the e-mails of a request: those of update rounds, and what any other kind has to give in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from sightline.requests.choices import Mailed
from sightline.screens.words import day, joined

if TYPE_CHECKING:
    from sightline.requests.models import Asked

ASKED = """{by} asks how your actions in {about} stand.

Open this page by {until}. It needs no account and takes about a minute. Looking at it changes nothing.

{address}

The link is yours alone: whoever has it can answer in your name. If you did not expect it, do nothing, or tell {by}.
"""
REMINDED = """We have not heard from you yet: how do your actions in {about} stand?

Open this page by {until}. It needs no account and takes about a minute. Looking at it changes nothing.

{address}

Or answer this e-mail or telephone {by}: they write down what you say. After this we write at most once a week.
"""
SUBJECTS = {
    Mailed.ASKED: "How do your actions stand?",
    Mailed.REMINDED: "Not heard yet: how do your actions stand?",
    Mailed.AGAIN: "A new link: how do your actions stand?",
}
RECEIPT = """Thank you. What you told us about your actions in {about} came in on {moment}.

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
    return updates_letter([asked], what, address)


def updates_letter(asked: Sequence[Asked], what: Mailed, address: str) -> Letter:
    """The same for all rounds that ask somebody."""
    text = REMINDED if what == Mailed.REMINDED else ASKED
    return Letter(SUBJECTS[what], text.format(address=address, **_about(asked)))


def updates_receipt(asked: Sequence[Asked], now: datetime) -> Letter:
    """That what somebody told about their actions came in."""
    moment = f"{timezone.localtime(now):%-d %B %Y, %H:%M}"
    return Letter("What you told us came in", RECEIPT.format(moment=moment, **_about(asked)))


def _about(asked: Sequence[Asked]) -> dict[str, str]:
    """What an e-mail says of the rounds that somebody is asked in: about what, by whom, and until which day."""
    rounds = [each.round for each in asked]
    return {
        "about": joined(list(dict.fromkeys(f"“{each.about}”" for each in rounds))),
        "by": joined(list(dict.fromkeys(each.entered_by_label for each in rounds))),
        "until": day(min(each.closes_on for each in rounds)),
    }
