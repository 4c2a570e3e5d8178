"""The list of returns, and one return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sightline.partners.selectors import groups_among
from sightline.rendering.document import Document, table
from sightline.requests.figures import GroupFigure, figures_of
from sightline.rhythm import permissions, reports
from sightline.rhythm.choices import (
    DEED_BUTTONS,
    OUTCOME_COLOURS,
    OUTCOME_LABELS,
    STATE_COLOURS,
    STATE_LABELS,
    ReturnDeed,
    ReturnState,
    StepOutcome,
)
from sightline.rhythm.forms.returns import ReturnFilter
from sightline.rhythm.models import Return, ReturnText, StepTold
from sightline.rhythm.pages.sections import Section, sections
from sightline.rhythm.rules.telling import HeadingAsked, headings, questions
from sightline.rhythm.selectors.returns import (
    PartRead,
    ReturnRead,
    Step,
    not_returned,
    read_return,
    read_whole,
    returns_visible_to,
    with_owed,
)
from sightline.rhythm.services.returns import kept
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day, joined

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
FILES = {"Word": "docx", "PDF": "pdf", "HTML": "html"}
SENT_BACK = ("Sent back", "orange")
LIST = ListPage(
    noun=("return", "returns"),
    columns=(
        Column("group", "Group", sort=("group__name", "period_until")),
        Column("kind", "Kind", sort=("kind", "period_until")),
        Column("period", "Tells of", sort=("period_until", "pk")),
        Column("state", "Where it stands", sort=("state", "period_until")),
        Column("signed", "Signed off", sort=("current_signed_on", "pk"), empty_last=True),
    ),
    filter_form=ReturnFilter,
    order="-period",
)


@dataclass(frozen=True)
class ReturnRow:
    """One return of the list."""

    href: str
    group: str
    kind: str
    period: str
    state: str
    colour: str
    signed_on: date | None
    read_from: str


@dataclass(frozen=True)
class ReturnsPage:
    """The list of returns."""

    sections: tuple[Section, ...]
    listing: Listing[ReturnRow]
    may_write: bool
    may_read_in: bool


@dataclass(frozen=True)
class EarlierText:
    """A text that stood under a heading before."""

    text: str
    until: str


@dataclass(frozen=True)
class HeadingShown:
    """What stands under a heading, what is asked back about it, and what stood there before, the newest first."""

    label: str
    text: str
    asked: str
    earlier: tuple[EarlierText, ...]


@dataclass(frozen=True)
class StepShown:
    """A next step of last time, and what became of it; `by`: who told so, and when; `earlier`: what was told before."""

    step: str
    outcome: str
    colour: str
    text: str
    by: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureShown:
    """A figure, and every record it is made of as (what, where)."""

    label: str
    value: str
    rows: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The figure in a line."""
        return f"{self.label}: {self.value}"


@dataclass(frozen=True)
class ReturnPage:
    """One return. `figures_of`: since when its figures stand; `asked`: what is asked back about it as a whole."""

    found: Return
    facts: tuple[SummaryRow, ...]
    state: str
    colour: str
    headings: tuple[HeadingShown, ...]
    asked: tuple[str, ...]
    before: Return | None
    steps: tuple[StepShown, ...]
    figures: tuple[FigureShown, ...]
    figures_of: str
    write: str
    doings: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    signed: tuple[SummaryRow, ...] = ()


def list_page(user: Reader, query: QueryDict) -> ReturnsPage:
    """The returns that the address asks for."""
    exports = {
        **{label: reverse("rhythm:returns_export", args=[name]) for label, name in FORMATS.items()},
        **{f"{label}, whole": reverse("rhythm:returns_book", args=[name]) for label, name in FILES.items()},
    } if permissions.can_export(user) else None  # fmt: skip
    found = LIST.read(query, returns_visible_to(user), form=_filter(user, query), exports=exports)
    shown = found.with_rows(map(_row, found.rows))
    return ReturnsPage(
        sections("rhythm:returns"), shown, permissions.writes_any(user), permissions.can_keep_all(user)
    )


def list_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The list as it is narrowed and ordered, whole, as a table to take away."""
    rows = LIST.ordered(_filter(user, query).narrow(with_owed(returns_visible_to(user))), query)
    cells = map(reports.return_cells, rows.iterator(chunk_size=500))
    return table("Returns of groups", reports.RETURN_COLUMNS, cells, marking)


def list_book(user: Reader, query: QueryDict, marking: str) -> Document:
    """The same returns, whole, as one document, with those of the same times that did not come; six queries."""
    rows = LIST.ordered(_filter(user, query).narrow(returns_visible_to(user)), query)
    found = list(rows[: reports.MOST_WHOLE + 1])
    shown = sorted(
        found[: reports.MOST_WHOLE], key=lambda each: (each.group.name.casefold(), each.period_until)
    )
    missing = list(not_returned({each.period_until for each in shown}, timezone.localdate()))
    return reports.returns_document(read_whole(shown), missing, len(found) > len(shown), marking)


def parts_told(parts: Sequence[PartRead]) -> str:
    """From which shorter returns the boxes are filled in, in words; "" for none."""
    if not parts:
        return ""
    days = joined([day(each.found.period_until) for each in parts])
    return f" The boxes begin with what the returns to {days} say, until you save your own words."


def _filter(user: Reader, query: QueryDict) -> ReturnFilter:
    found = returns_visible_to(user)
    days = found.select_related(None).order_by("-period_until").values_list("period_until", flat=True)
    return ReturnFilter(query, groups=groups_among(found), until=days.distinct())


def _row(found: Return) -> ReturnRow:
    return ReturnRow(
        href=reverse("rhythm:return", args=[found.pk]),
        group=found.group.name,
        kind=found.kind_label,
        period=found.period,
        state=SENT_BACK[0] if found.current_sent_back else STATE_LABELS[found.state_now],
        colour=SENT_BACK[1] if found.current_sent_back else STATE_COLOURS[found.state_now],
        signed_on=found.current_signed_on,
        read_from=found.read_from,
    )


def return_page(user: Reader, found: Return) -> ReturnPage:
    """One return: its figures as they stand now, or as they stood when it was signed off."""
    read = read_return(found)
    writes = permissions.can_write_return(user, found.group)
    is_draft = found.state == ReturnState.DRAFT
    asked = {each.key: each.words for each in questions(read.newest, read.unsaid)}
    deeds = (ReturnDeed.SIGN,) if is_draft else (ReturnDeed.OPEN_AGAIN, ReturnDeed.SEND_BACK)
    mine = [each for each in deeds if each != ReturnDeed.SEND_BACK or permissions.can_keep_all(user)]
    figures, since = figures_shown(read)
    return ReturnPage(
        found=found,
        facts=facts(found),
        state=STATE_LABELS[found.state_now],
        colour=STATE_COLOURS[found.state_now],
        headings=tuple(_heading(each, read, asked.get(each.key, "")) for each in headings()),
        asked=tuple(words for key, words in asked.items() if not key),
        before=read.before,
        steps=tuple(map(_step, read.steps)),
        figures=figures,
        figures_of=since,
        write=reverse("rhythm:return_write", args=[found.pk]) if writes and is_draft else "",
        doings=tuple(
            (DEED_BUTTONS[each], reverse("rhythm:return_do", args=[found.pk, each.value])) for each in mine
        )
        if writes
        else (),
        files=_files(found) if permissions.can_export(user) else (),
        signed=signed_facts(read),
    )


def _files(found: Return) -> tuple[tuple[str, str], ...]:
    return tuple(
        (label, reverse("rhythm:return_file", args=[found.pk, name])) for label, name in FILES.items()
    )


def figures_shown(read: ReturnRead) -> tuple[tuple[FigureShown, ...], str]:
    """The figures of a return, and since when they stand: kept with the signature, else counted now."""
    found = read.found
    if found.state == ReturnState.SIGNED and read.signed:
        made: list[dict[str, Any]] = read.signed[0].figures
        since = f"As they stood when it was signed off, on {day(read.signed[0].signed_on)}."
    else:
        counted: list[GroupFigure] = figures_of(found.group, found.period_from, found.period_until)
        made, since = kept(counted), "As they stand now. They are kept with the return when it is signed off."
    shown = (
        FigureShown(each["label"], each["value"], tuple((label, href) for label, href in each["rows"]))
        for each in made
    )
    return tuple(shown), since


def facts(found: Return) -> tuple[SummaryRow, ...]:
    """What is known of a return, in words; what is not known is left out."""
    owed = [f"{each.cycle.group}, by {day(each.due_on)}" for each in found.owed]
    rows = (
        ("Group", found.group.name),
        ("Tells of", found.period),
        ("Owed to", "; ".join(owed)),
        ("Read from", found.read_from),
        ("Signed off on", day(found.current_signed_on)),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def signed_facts(read: ReturnRead) -> tuple[SummaryRow, ...]:
    """Every signature of a return, and why it was opened again after it, the newest first."""
    signed = [
        (
            each.recorded_at,
            f"Signed off on {day(each.signed_on)}",
            f"{each.signed_by}, entered by {each.entered_by_label}",
        )
        for each in read.signed
    ]
    opened = [
        (
            each.recorded_at,
            f"{'Sent back' if each.is_sent_back else 'Opened again'} on {day(timezone.localdate(each.recorded_at))}",
            f"{each.why} ({each.entered_by_label})",
        )
        for each in read.reopened
    ]
    rows = sorted([*signed, *opened], reverse=True)
    return tuple(SummaryRow(key, value) for _, key, value in rows)


def _heading(each: HeadingAsked, read: ReturnRead, asked: str) -> HeadingShown:
    rows = read.texts.get(each.key, [])
    earlier = tuple(
        _earlier(old, new) for old, new in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True)
    )
    return HeadingShown(each.label, read.text_of(each.key), asked, earlier)


def _earlier(old: ReturnText, new: ReturnText) -> EarlierText:
    return EarlierText(
        old.text or "Nothing",
        f"{day(timezone.localdate(new.recorded_at))}, when {new.entered_by_label} wrote anew",
    )


def _step(step: Step) -> StepShown:
    if step.told is None:
        return StepShown(step.step, "Nobody has said", "grey", "")
    outcome = StepOutcome(step.told.outcome)
    before = tuple(
        f"Before: {OUTCOME_LABELS[StepOutcome(old.outcome)].lower()}. {old.text} ({_teller(old)})"
        for old in step.earlier
    )
    labels = OUTCOME_LABELS[outcome], OUTCOME_COLOURS[outcome]
    return StepShown(step.step, *labels, step.told.text, _teller(step.told), before)


def _teller(told: StepTold) -> str:
    return f"{told.entered_by_label}, {day(timezone.localdate(told.recorded_at))}"


def draft_facts(found: Return) -> list[SummaryRow]:
    """The figures of the group's time, beside the form in which its return is written."""
    counted = figures_of(found.group, found.period_from, found.period_until)
    return [SummaryRow(each.label, each.value) for each in counted]


def stood(read: ReturnRead) -> list[SummaryRow]:
    """What stands under each heading, for somebody who had not seen it."""
    return [SummaryRow(each.label, text) for each in headings() if (text := read.text_of(each.key))]
