"""The words of an e-mail that gathers notifications: links, and no content of any record that few may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from sightline.messages.models import Notice
from sightline.messages.rules.notices import numbers
from sightline.messages.services.preferences import stop_address
from sightline.screens.words import count, day


@dataclass(frozen=True, slots=True)
class Digest:
    """What goes to whom."""

    user_id: int
    name: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, until when, and where it leads."""

    words: str
    until: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one sort; `left` says how many more stand in the list."""

    heading: str
    lines: tuple[Line, ...]
    left: str


@dataclass(frozen=True, slots=True)
class GatheredMail:
    """An e-mail in text and in HTML. `stop_address` is empty where there is no news in it to stop."""

    subject: str
    text: str
    html: str
    stop_address: str


def digest_mail(digest: Digest) -> GatheredMail:
    """The e-mail of these notifications."""
    duties = [notice for notice in digest.notices if notice.is_duty]
    news = [notice for notice in digest.notices if not notice.is_duty]
    stop = stop_address(digest.user_id) if news else ""
    parts = [part for part in (_part("What needs you", duties), _part("News", news)) if part.lines]
    subject = _subject(duties, news)
    context = {
        "name": digest.name,
        "subject": subject,
        "parts": parts,
        "list": settings.SITE_ADDRESS + reverse("outbox:notices"),
        "preferences": settings.SITE_ADDRESS + reverse("outbox:preferences"),
        "stop": stop,
    }
    return GatheredMail(
        subject,
        render_to_string("messages/digest.txt", context),
        render_to_string("messages/digest.html", context),
        stop,
    )


def _subject(duties: Iterable[Notice], news: Iterable[Notice]) -> str:
    needs, told = sum(each.stands_for for each in duties), sum(each.stands_for for each in news)
    parts = [count(needs, "thing needs you", "things need you")] if needs else []
    parts += [count(told, "piece of news", "pieces of news")] if told else []
    return f"Sightline: {' and '.join(parts)}"


def _part(heading: str, notices: list[Notice]) -> Part:
    most = numbers().most_in_mail
    left = len(notices) - most
    return Part(
        heading,
        tuple(_line(notice) for notice in notices[:most]),
        f"{count(left, 'more stands', 'more stand')} in your list." if left > 0 else "",
    )


def _line(notice: Notice) -> Line:
    """A record that has no title here has no address here either: the way to it may tell what it is called."""
    path = notice.url if notice.title or notice.stands_for > 1 else reverse("outbox:notices")
    return Line(
        notice.said, f"due {day(notice.due_on)}" if notice.due_on else "", settings.SITE_ADDRESS + path
    )
