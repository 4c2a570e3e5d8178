"""What the statutory pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.access.permissions import scope_of
from sightline.events.held import Held, parts
from sightline.partners.models import Notice
from sightline.partners.selectors import notice
from sightline.partners.services.notices import FIELDS
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.statutory.choices import COOKIES, MESSAGES_COOKIE, PRIVACY_TEXTS, STATEMENT_TEXTS
from sightline.statutory.forms import NoticeForm
from sightline.statutory.reports import words_of


@dataclass(frozen=True)
class TextPage:
    """A page with the partnership's own texts. `missing`: what the unit has still to write; others are not told."""

    notice: Notice
    missing: tuple[str, ...]
    may_write: bool


@dataclass(frozen=True)
class CookieRow:
    """One cookie as it is called here."""

    name: str
    purpose: str
    stays: str


@dataclass(frozen=True)
class NoticePage:
    """The form. `theirs`: what somebody else saved meanwhile."""

    form: NoticeForm
    theirs: tuple[SummaryRow, ...] = ()


@dataclass(frozen=True)
class OwnDataPage:
    """The parts of one's own data."""

    parts: tuple[Held, ...]


@dataclass(frozen=True)
class PartPage:
    """One part of one's own data."""

    part: Held
    listing: Listing[tuple[str, ...]]


def privacy_page(user: Any) -> TextPage:
    """The privacy notice."""
    return _text_page(user, PRIVACY_TEXTS)


def statement_page(user: Any) -> TextPage:
    """The accessibility statement."""
    return _text_page(user, STATEMENT_TEXTS)


def _text_page(user: Any, texts: Mapping[str, str]) -> TextPage:
    shown = notice()
    may_write = scope_of(user).holds(Permission.PARTNERS_WRITE)
    missing = [words for name, words in texts.items() if not getattr(shown, name)]
    return TextPage(shown, tuple(missing) if may_write else (), may_write)


def cookies() -> list[CookieRow]:
    """Every cookie under the name it has on this installation."""
    return [
        CookieRow(
            getattr(settings, cookie.setting) if cookie.setting else MESSAGES_COOKIE,
            cookie.purpose,
            cookie.stays,
        )
        for cookie in COOKIES
    ]


def summary(shown: Notice) -> tuple[SummaryRow, ...]:
    """The texts as they stand, for whoever was second."""
    labels = {name: str(NoticeForm.base_fields[name].label) for name in FIELDS}
    return tuple(SummaryRow(label, words_of(getattr(shown, name))) for name, label in labels.items())


def own_data_page() -> OwnDataPage:
    """All parts, each with why it is held."""
    return OwnDataPage(tuple(parts().values()))


def part_page(user: User, key: str, query: QueryDict) -> PartPage:
    """One part, page by page. Raises KeyError where there is none."""
    part = parts()[key]
    listed = ListPage(
        columns=tuple(Column(str(place), heading) for place, heading in enumerate(part.columns))
    )
    found = listed.read(query, part.rows(user))
    return PartPage(
        part, found.with_rows(tuple(words_of(cell) for cell in part.cells(row)) for row in found.rows)
    )
