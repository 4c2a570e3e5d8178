"""The list of support sessions with the form that opens one, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from sightline.access.choices import Permission
from sightline.access.permissions import can_manage_access, roles_given_by, scope_of
from sightline.events.pages import EntryRow, rows_of
from sightline.oversight.forms import SupplierForm, SupportForm
from sightline.oversight.models import SupportSession
from sightline.oversight.rules.support import support_numbers
from sightline.oversight.selectors import support as selectors
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who

SESSIONS = ListPage(
    noun=("session", "sessions"),
    columns=(
        Column("opened", "Opened", sort=("opened_at",)),
        Column("who", "Who", sort=("account__name",)),
        Column("role", "As what"),
        Column("reason", "What for"),
        Column("ended", "Ended", sort=("ended_at",), empty_last=True),
    ),
    order="-opened",
)
ENTRIES = ListPage(
    noun=("entry", "entries"),
    columns=(Column("when", "When", sort=("id",)), Column("what", "What"), Column("about", "About")),
    order="-when",
)


@dataclass(frozen=True)
class SupportPage:
    """The list, the forms, and whether the reader may open one."""

    listing: Listing[Any]
    form: SupportForm
    marking: SupplierForm
    may_open: bool


@dataclass(frozen=True)
class SessionPage:
    """One session, and all that was done in it as far as the reader may see it."""

    session: SupportSession
    listing: Listing[EntryRow]
    is_running: bool
    may_end: bool
    reads_journal: bool


def support_form(user: Who, data: QueryDict | None = None) -> SupportForm:
    """The form that opens a session, with the roles that its reader may give."""
    given = [each for each in support_numbers().roles if each in roles_given_by(user)]
    return SupportForm(data, accounts=selectors.supplier_accounts(), roles=given, initial={"hours": 1})


def supplier_form(data: QueryDict | None = None) -> SupplierForm:
    """The form that marks an account."""
    return SupplierForm(data, accounts=selectors.other_accounts())


def support_page(
    user: Who, query: QueryDict, form: SupportForm | None = None, marking: SupplierForm | None = None
) -> SupportPage:
    """The list that the address asks for."""
    found = SESSIONS.read(query, selectors.sessions(user))
    return SupportPage(found, form or support_form(user), marking or supplier_form(), can_manage_access(user))


def session_page(user: Who, session: SupportSession, query: QueryDict, now: datetime) -> SessionPage:
    """The page of one session."""
    found = ENTRIES.read(query, selectors.done_in(user, session))
    running = session.ended_at is None and session.until > now
    rows = found.with_rows(rows_of(found.rows))
    reads = scope_of(user).holds_anywhere(Permission.JOURNAL_VIEW)
    return SessionPage(session, rows, running, running and can_manage_access(user), reads)
