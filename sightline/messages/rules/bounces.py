"""Reading what a mail server sends back: delivery reports as RFC 3464 has them. Bytes in, plain values out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

LONGEST = 5_000_000  # bytes: a report may hold the mail that came back in whole
LONGEST_SAID = 500
MESSAGE_ID = re.compile(r"<[^<>\s]{3,198}>")
# Answers that say nothing about the address, though they begin with a 5: the box is full; the letter is too long; what
# was said, or who sends, was not liked. Source: RFC 3463, 3.3 (X.2.2), 3.4 (X.3.4) and 3.8 (X.7.*).
NOT_THE_ADDRESS = re.compile(r"5\.(2\.[23]|3\.4|7\.\d{1,3})")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Report:
    """What a server says of one address. `about`: Message-IDs that the report names, ours among them if it is ours."""

    address: str
    action: str
    status: str
    said: str
    about: frozenset[str]

    @property
    def is_failure(self) -> bool:
        """Whether the mail did not arrive and is tried no more (not: delayed, delivered, relayed, expanded)."""
        return self.action == "failed"

    @property
    def is_hard(self) -> bool:
        """Whether the address itself does not work: a permanent failure that is not about the box or the letter."""
        return self.is_failure and self.status.startswith("5") and not NOT_THE_ADDRESS.fullmatch(self.status)


def reports_in(content: bytes) -> list[Report]:
    """Every report in one message; empty for what is no delivery report (an automatic answer, a letter)."""
    if len(content) > LONGEST:
        return []
    try:
        mail = message_from_bytes(content, policy=policy.compat32)
        parts = list(mail.walk())
        about = _about(parts)
        found = [part for part in parts if part.get_content_type() == "message/delivery-status"]
        return [report for part in found for report in _of_part(part, about)]
    except (MessageError, ValueError, LookupError):
        return []


def _about(parts: Iterable[Message]) -> frozenset[str]:
    """Message-IDs of the mail that came back: in its own head, or named as what the report answers."""
    told: list[str] = []
    for number, part in enumerate(parts):
        names = ("In-Reply-To", "References", "X-Failed-Message-ID") if number == 0 else ("Message-ID",)
        told += [str(value) for name in names for value in part.get_all(name, [])]
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            told.append(payload.decode("ascii", "replace") if isinstance(payload, bytes) else "")
    return frozenset(found for text in told for found in MESSAGE_ID.findall(text))


def _of_part(part: Message, about: frozenset[str]) -> Iterable[Report]:
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        address = _typed(block, "Original-Recipient") or _typed(block, "Final-Recipient")
        action = _plain(block, "Action").lower()
        if address and action:
            status = STATUS.search(_plain(block, "Status"))
            said = _typed(block, "Diagnostic-Code") or _plain(block, "Diagnostic-Code")
            yield Report(address, action, status.group() if status else "", said[:LONGEST_SAID], about)


def _plain(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).replace("\x00", "").split())


def _typed(block: Message, name: str) -> str:
    """A value of the form `rfc822; somebody@example`."""
    return _plain(block, name).partition(";")[2].strip().strip("<>")
