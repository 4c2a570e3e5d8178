"""A paper that returns are read from: what would become of it, or what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sightline.requests.rules import owed_kinds
from sightline.rhythm.choices import PAPER_BUTTONS, PAPER_COLOURS, PAPER_LABELS, PaperDeed, PaperState
from sightline.rhythm.models import ReturnPaper
from sightline.rhythm.rules.sections import Aside
from sightline.rhythm.selectors.papers import PaperRead, SectionRead, read_paper
from sightline.screens.elements import RowAction, SummaryRow
from sightline.screens.words import count, day


@dataclass(frozen=True)
class SectionShown:
    """A section: its fate, the return it became, and what somebody should look at there."""

    name: str
    line: int
    lines: str
    fate: str
    colour: str
    group: str
    href: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PaperPage:
    """A paper. `counted`: what becomes of every line of it, in words; `end`: giving it up or taking it back, as words
    and address; addresses are empty where that is not done now.
    """

    found: ReturnPaper
    state: str
    colour: str
    facts: tuple[SummaryRow, ...]
    told: str
    counted: str
    rows: tuple[SectionShown, ...]
    aside: tuple[Aside, ...]
    decide: str
    confirm: str
    end: tuple[str, str]


def paper_page(found: ReturnPaper) -> PaperPage:
    """A paper in the state it is in."""
    read, state = read_paper(found), found.state_now
    is_open = state == PaperState.PREVIEW
    end = {PaperState.PREVIEW: PaperDeed.GIVE_UP, PaperState.CONFIRMED: PaperDeed.WITHDRAW}.get(state)
    return PaperPage(
        found=found,
        state=PAPER_LABELS[state],
        colour=PAPER_COLOURS[state],
        facts=_facts(found),
        told=_told(read),
        counted=_counted(read),
        rows=tuple(_rows(read)),
        aside=read.account.aside,
        decide=_address(found, PaperDeed.DECIDE) if is_open else "",
        confirm=_address(found, PaperDeed.CONFIRM) if is_open and not read.blocked else "",
        end=(PAPER_BUTTONS[end], _address(found, end)) if end else ("", ""),
    )


def papers_told(papers: list[ReturnPaper]) -> list[SummaryRow]:
    """The papers that came before, each with the way to it."""
    return [
        SummaryRow(
            each.name,
            f"{PAPER_LABELS[each.state_now]}, {day(timezone.localdate(each.recorded_at))}",
            (RowAction("Look at it", reverse("rhythm:paper", args=[each.pk]), each.name),),
        )
        for each in papers
    ]


def _address(found: ReturnPaper, deed: PaperDeed) -> str:
    return reverse("rhythm:paper_do", args=[found.pk, deed.value])


def _facts(found: ReturnPaper) -> tuple[SummaryRow, ...]:
    kind = owed_kinds().get(found.kind)
    rows = (
        ("Which returns", kind.label if kind else found.kind),
        ("Tells of", f"{day(found.period_from)} to {day(found.period_until)}"),
        ("Came from", f"{found.entered_by_label}, {day(timezone.localdate(found.recorded_at))}"),
        ("Taken back because", found.because),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _told(read: PaperRead) -> str:
    state, taken = read.found.state_now, len(read.taken)
    left = len(read.sections) - taken
    if state == PaperState.PREVIEW:
        return (
            f"{count(len(read.sections), 'section')} found: {taken} with a group, {left} without. "
            "Nothing was read in yet."
        )
    return {
        PaperState.CONFIRMED: f"{count(taken, 'return')} were read in as drafts, {count(left, 'section')} left out.",
        PaperState.GIVEN_UP: "It was given up before anything was read in. Its text stays.",
        PaperState.WITHDRAWN: "Every return that was read from it was taken back. Its text stays.",
    }[state]


def _counted(read: PaperRead) -> str:
    lines = read.account
    return (
        f"{count(lines.lines, 'line')} with words: {lines.names:,} names of groups, {lines.headings:,} headings, "
        f"{lines.kept:,} in returns, {lines.set_aside:,} set aside."
    )


def _rows(read: PaperRead) -> Iterator[SectionShown]:
    """What somebody has to look at stands first."""
    became = {each["line"]: each for each in read.found.outcome}
    for each in sorted(read.sections, key=lambda one: (not one.blocks, one.index)):
        yield _row(each, became.get(each.section.line, {}), read.found.state_now)


def _row(each: SectionRead, became: dict[str, object], state: PaperState) -> SectionShown:
    is_open = state == PaperState.PREVIEW
    fate, colour = (
        ("Becomes a draft" if is_open else "Read in", "green") if each.group else ("Left out", "grey")
    )
    if is_open and each.blocks:
        fate, colour = "Not yet", "red"
    if state == PaperState.WITHDRAWN and each.group:
        fate, colour = "Taken back", "grey"
    number = became.get("return") if state == PaperState.CONFIRMED else None
    return SectionShown(
        name=each.section.name,
        line=each.section.line,
        lines=count(each.section.lines, "line"),
        fate=fate,
        colour=colour,
        group=str(became.get("group") or each.group or ""),
        href=reverse("rhythm:return", args=[number]) if number else "",
        notes=(*each.blocks, *each.doubts) if is_open else each.doubts,
    )
