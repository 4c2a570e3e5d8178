"""What the pages of membership lists show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.access.roles import roles
from sightline.governance.choices import (
    FATE_COLOURS,
    FATE_LABELS,
    LIST_COLOURS,
    LIST_LABELS,
    UNDER_WAY,
    ListState,
)
from sightline.governance.forms.lists import RowsForm, UploadForm
from sightline.governance.models import MemberList
from sightline.governance.selectors.lists import (
    Preview,
    decisions_of,
    member_lists_visible_to,
    preview,
    printed,
)
from sightline.governance.services.lists import CONFIRM_JOB, READ_JOB
from sightline.governance.services.withdrawing import WITHDRAW_JOB
from sightline.jobs.pages import progress_of
from sightline.partners.models import Group
from sightline.partners.selectors import SeatThen
from sightline.screens.elements import SummaryRow
from sightline.screens.progress import Progress
from sightline.screens.words import day

if TYPE_CHECKING:
    from typing import Any

    from sightline.governance.permissions import Reader

MOST = 20
WAITING = {
    ListState.WAITING: "The list waits to be read.",
    ListState.READING: "The list is being read.",
    ListState.CONFIRMING: "The list waits to be confirmed.",
    ListState.WITHDRAWING: "The list waits to be withdrawn.",
}
WITHDRAWING = (
    "Whoever the list put into a seat never held it, and a role that came with the seat ends. Whoever left by the list "
    "was in their seat all the while. Seats that it added end. Agencies, people and names stay known, and every row is "
    "kept."
)


@dataclass(frozen=True)
class ListLine:
    """An uploaded list as a line."""

    name: str
    href: str
    state: str
    colour: str
    as_at: str
    uploaded: date
    by: str


@dataclass(frozen=True)
class ListsPage:
    """The lists of a group that were read in, the newest first, and a form for another."""

    group: Group
    back: str
    lines: tuple[ListLine, ...]
    form: UploadForm


@dataclass(frozen=True)
class RowShown:
    """A row of the preview, or of what became of it."""

    name: str
    organisation: str
    post: str
    where: str
    fate: str
    colour: str
    seat: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ListPage:
    """One list: how far it is, what it would change, or what became of its rows."""

    found: MemberList
    group_href: str
    state: str
    colour: str
    as_at: str
    progress: Progress | None
    rows: tuple[RowShown, ...]
    unread: tuple[tuple[str, str], ...]
    taken: int
    left_out: int
    gone: tuple[str, ...]
    form: RowsForm | None
    mark: str = ""
    may_confirm: bool = False
    withdraw_href: str = ""

    @property
    def rows_in(self) -> int:
        """How many rows the list has: every one is taken or left out."""
        return self.taken + self.left_out


def lists_page(user: Reader, group: Group, form: UploadForm) -> ListsPage:
    """The newest lists of a group."""
    found = member_lists_visible_to(user).filter(group=group)[:MOST]
    back = reverse("partners:party", args=["groups", group.pk])
    return ListsPage(group, back, tuple(map(_line, found)), form)


def _line(found: MemberList) -> ListLine:
    return ListLine(
        found.document.name,
        reverse("governance:list", args=[found.pk]),
        LIST_LABELS[found.state_now],
        LIST_COLOURS.get(found.state_now, "blue"),
        day(found.as_at),
        found.recorded_at.date(),
        found.entered_by_label,
    )


def list_page(found: MemberList, data: Any = None) -> ListPage:
    """One list in the state it is in."""
    if found.state_now == ListState.PREVIEW:
        return _previewed(found, data)
    became = found.outcome
    rows = _became(found) if became else ()
    return _page(
        found,
        progress=_progress(found) if found.state_now in UNDER_WAY else None,
        rows=rows,
        unread=(),
        taken=len(became.get("taken", ())),
        left_out=len(became.get("left_out", ())),
        gone=tuple(each["told"] for each in became.get("left", ())),
        form=None,
        withdraw_href=reverse("governance:list_withdraw", args=[found.pk])
        if found.state_now == ListState.CONFIRMED
        else "",
    )


def stand(found: MemberList) -> tuple[SummaryRow, ...]:
    """How a list stands, for somebody who wanted to withdraw it while another did."""
    return (SummaryRow("Where it stands", LIST_LABELS[found.state_now]),)


def _page(found: MemberList, **more: Any) -> ListPage:
    return ListPage(
        found=found,
        group_href=reverse("partners:party", args=["groups", found.group_id]),
        state=LIST_LABELS[found.state_now],
        colour=LIST_COLOURS.get(found.state_now, "blue"),
        as_at=day(found.as_at),
        **more,
    )


def _previewed(found: MemberList, data: Any) -> ListPage:
    shown = preview(found)
    people = {
        held.person_id: f"{held.person.name}: {seat.title}"
        + (". Their role over the group ends with it" if held.membership_id else "")
        for seat in shown.seats
        for held in (*seat.holders, *seat.deputies)
    }
    decisions = decisions_of(found)
    first = {"version": found.version, "as_at": found.as_at or found.read.get("as_at") or None}
    form = RowsForm(data, initial=first, shown=shown, decisions=decisions, people=people)
    gone = [people[each.person] for each in shown.leaving if each.person not in shown.staying]
    return _page(
        found,
        progress=None,
        rows=_rows(shown),
        unread=shown.unread,
        taken=shown.taken,
        left_out=shown.left_out,
        gone=tuple(gone),
        form=form,
        mark=shown.mark,
        may_confirm=found.as_at is not None and shown.taken > 0,
    )


def _rows(shown: Preview) -> tuple[RowShown, ...]:
    """What somebody has to look at stands first."""
    titles = {seat.seat.pk: _title(seat) for seat in shown.seats}
    told = sorted(shown.proposals, key=lambda each: not each.needs_somebody)
    names = {name.id: name.title for name in shown.known.names if name.kind == "agency"}
    return tuple(
        RowShown(
            each.row.name or "Nobody",
            each.row.organisation,
            each.row.post,
            each.row.where,
            FATE_LABELS[each.fate],
            FATE_COLOURS[each.fate],
            titles.get(each.seat or 0, "A new seat" if each.new_seat and each.is_taken else ""),
            tuple(
                note
                for note in (
                    each.reason,
                    *each.doubts,
                    f"Taken as {names[each.agency]}."
                    if each.agency in names and names[each.agency] != each.row.organisation
                    else "",
                    "A new person is added." if each.new_person and each.is_taken else "",
                    "A new agency is added." if each.new_agency and each.is_taken else "",
                    _role(shown.role_of(each)),
                )
                if note
            ),
        )
        for each in told
    )


def _role(key: str) -> str:
    """What a row does to access, in words."""
    return (
        f"They have an account: with the seat comes the role of {roles()[key].name} over the group."
        if key
        else ""
    )


def _title(seat: SeatThen) -> str:
    return f"{seat.title} ({seat.position.lower()})"


def _became(found: MemberList) -> tuple[RowShown, ...]:
    rows = {row.index: row for row in printed(found)}
    kinds = (("left_out", "Left out", "red"), ("taken", "Taken", "green"))
    return tuple(
        _told(rows.get(each["row"]), each["told"], label, colour)
        for kind, label, colour in kinds
        for each in found.outcome.get(kind, ())
    )


def _told(row: Any, told: str, label: str, colour: str) -> RowShown:
    if row is None:
        return RowShown("Could not be read", "", "", "", label, colour, "", (told,))
    return RowShown(row.name or "Nobody", row.organisation, row.post, row.where, label, colour, "", (told,))


def _progress(found: MemberList) -> Progress:
    jobs = {ListState.CONFIRMING: CONFIRM_JOB, ListState.WITHDRAWING: WITHDRAW_JOB}
    name = jobs.get(found.state_now)
    key = f"{name}:{found.pk}:{found.version}" if name else f"{READ_JOB}:{found.pk}"
    return progress_of(key, WAITING[found.state_now])
