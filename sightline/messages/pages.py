"""What the page of the outbox shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from sightline.messages import selectors
from sightline.messages.choices import MailState
from sightline.messages.forms import MailFilter
from sightline.messages.models import OutgoingMail
from sightline.screens.lists import Column, Listing, ListPage

LIST = ListPage(
    noun=("e-mail", "e-mails"),
    columns=(
        Column("subject", "Subject", sort=("subject",)),
        Column("to", "To", sort=("to",)),
        Column("state", "State", sort=("state",)),
        Column("queued", "Written", sort=("created_at",)),
        Column("told", "How it went"),
        Column("again", "Try again", hidden_label=True),
    ),
    filter_form=MailFilter,
    order="-queued",
)
COLOURS = {MailState.WAITING: "grey", MailState.SENT: "green", MailState.FAILED: "red"}


@dataclass(frozen=True)
class MailRow:
    """One mail as a row. Its text is not shown: it may be meant for one person."""

    mail: OutgoingMail
    colour: str
    told: str
    may_be_tried: bool


@dataclass(frozen=True)
class OutboxPage:
    """All that the template may use."""

    listing: Listing[MailRow]


def outbox_page(query: QueryDict) -> OutboxPage:
    """The page for this address."""
    found = LIST.read(query, selectors.mail())
    return OutboxPage(found.with_rows(row_of(mail) for mail in found.rows))


def row_of(mail: OutgoingMail) -> MailRow:
    """A mail in words."""
    state = MailState(mail.state)
    tries = f"Tried {mail.attempts} time{'s' if mail.attempts > 1 else ''}. " if mail.error else ""
    return MailRow(mail, COLOURS[state], tries + mail.error, state == MailState.FAILED)
