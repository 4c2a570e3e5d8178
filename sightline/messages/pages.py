"""What the pages of the outbox, of returned e-mails and of one's notifications show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from sightline.messages import selectors
from sightline.messages.choices import SORT_LABELS, MailState, Sort
from sightline.messages.forms import BounceFilter, MailFilter, NoticeFilter, PreferencesForm
from sightline.messages.models import Bounce, Notice, OutgoingMail
from sightline.messages.rules.notices import DAYS, kind_named, numbers
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import joined

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
COLOURS = {
    MailState.WAITING: "grey",
    MailState.SENT: "green",
    MailState.FAILED: "red",
    MailState.RETURNED: "orange",
}


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


BOUNCES = ListPage(
    noun=("returned e-mail", "returned e-mails"),
    columns=(
        Column("address", "Address", sort=("address",)),
        Column("came", "Came back", sort=("came_at",)),
        Column("said", "What the mail server said"),
        Column("standing", "What follows"),
        Column("again", "Write to it again", hidden_label=True),
    ),
    filter_form=BounceFilter,
    order="-came",
)


@dataclass(frozen=True)
class BouncesPage:
    """All that the template may use."""

    listing: Listing[Bounce]


def bounces_page(query: QueryDict) -> BouncesPage:
    """The page for this address."""
    return BouncesPage(BOUNCES.read(query, selectors.bounces()))


NOTICES = ListPage(
    noun=("notification", "notifications"),
    columns=(
        Column("what", "What"),
        Column("sort", "Kind", sort=("is_duty",)),
        Column("told", "Told", sort=("made_at",)),
        Column("state", "State"),
        Column("read", "Mark as read", hidden_label=True),
    ),
    filter_form=NoticeFilter,
    order="-told",
)


FAILS = "E-mails to {} come back, so nothing is gathered for it. Tell the business unit your right address."


@dataclass(frozen=True)
class NoticeRow:
    """One notification. `url` is empty where its group or agency is the reader's no more."""

    notice: Notice
    words: str
    url: str
    sort: str
    is_over: bool


@dataclass(frozen=True)
class NoticesPage:
    """All that the template may use. `newest`: up to which number all can be marked as read; 0 where none is there.

    `fails` says that one's own address does not work; else it is empty.
    """

    listing: Listing[NoticeRow]
    newest: int
    fails: str


def notices_page(user: Any, query: QueryDict) -> NoticesPage:
    """What this person was told of."""
    found = NOTICES.read(query, selectors.notices_of(user.pk))
    hears = user.scope.hears
    return NoticesPage(
        listing=found.with_rows(notice_row(notice, hears) for notice in found.rows),
        newest=max((notice.pk for notice in found.rows), default=0),
        fails=FAILS.format(user.email) if selectors.failing(user.email) else "",
    )


def notice_row(notice: Notice, hears: frozenset[str]) -> NoticeRow:
    """A notification in words; of what is not the reader's any more nothing is said but its kind."""
    is_theirs = not notice.for_scope or notice.for_scope in hears
    return NoticeRow(
        notice,
        notice.said if is_theirs else kind_named(notice.kind).one,
        notice.url if is_theirs else "",
        SORT_LABELS[Sort.DUTY if notice.is_duty else Sort.NEWS],
        notice.over_at is not None,
    )


@dataclass(frozen=True)
class PreferencesPage:
    """How often somebody is written to; `quiet` says when nobody is."""

    form: PreferencesForm
    email: str
    quiet: str
    digest: str
    back: str


def preferences_page(form: PreferencesForm, email: str) -> PreferencesPage:
    """The page of one's preferences."""
    counted = numbers()
    days = joined([f"{each.capitalize()}s" for each in DAYS if each in counted.quiet_days])
    quiet = f"between {counted.quiet_from:%H:%M} and {counted.quiet_until:%H:%M}"
    return PreferencesPage(
        form=form,
        email=email,
        quiet=f"{quiet}, nor on {days}" if days else quiet,
        digest=f"from {counted.digest_at:%H:%M}; the weekly one on {counted.weekly_on.capitalize()}s",
        back=reverse("outbox:notices"),
    )
