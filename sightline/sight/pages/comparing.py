"""A plan between two days, and two papers of a plan: what changed, action by action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.events.choices import Tier
from sightline.plans.models import Import, Plan
from sightline.plans.rules import addresses
from sightline.plans.rules.comparing import Change
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.comparing import Compared, compared, moved_between
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day
from sightline.sight.forms import TwoDaysForm
from sightline.sight.reports.comparing import FORMATS
from sightline.sight.selectors.papers import PaperChange, paper_changes, papers_of

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

PLAN_ROWS = ListPage(
    noun=("action changed", "actions changed"),
    columns=(Column("action", "Action"), Column("changes", "What changed")),
)
PAPER_ROWS = ListPage(
    noun=("difference", "differences"), columns=(Column("row", "Row"), Column("changes", "What differs"))
)
# Without an answer, the last quarter of a year.
USUAL = timedelta(days=92)


@dataclass(frozen=True)
class ChangedRow:
    """One action, or one row of a paper, and all that changed of it."""

    words: str
    href: str
    changes: tuple[Change, ...]
    is_new: bool = False


@dataclass(frozen=True)
class ComparisonPage:
    """What changed between two days. `problem` says what is wrong with the days asked for."""

    plan: Plan
    form: TwoDaysForm
    problem: str
    first: date
    second: date
    listing: Listing[ChangedRow]
    downloads: tuple[tuple[str, str], ...]
    tier: Tier


@dataclass(frozen=True)
class Days:
    """Two days in order, and the form that asked for them."""

    first: date
    second: date
    form: TwoDaysForm
    problem: str = ""

    @property
    def in_address(self) -> dict[str, tuple[str, ...]]:
        """The part of an address that keeps both days."""
        return {"from": (self.first.isoformat(),), "to": (self.second.isoformat(),)}


def days_of(query: QueryDict, today: date) -> Days:
    """The days an address asks for: `from` and `to`, or the boxes of the form; the last quarter where none.

    Days that cannot be read, that have not come, or that run backwards give a sentence and the last quarter.
    """
    usual = (today - USUAL, today)
    if any(query.get(f"{name}-{part}") for name in ("first", "second") for part in ("day", "month", "year")):
        form = TwoDaysForm(query)
        if not form.is_valid():
            return Days(
                *usual, form, " ".join(f"{words}." for errors in form.errors.values() for words in errors)
            )
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
    elif not query.get("from") and not query.get("to"):
        return Days(*usual, TwoDaysForm(initial={"first": usual[0], "second": usual[1]}))
    else:
        form = TwoDaysForm()
        try:
            first, second = date.fromisoformat(query.get("from", "")), date.fromisoformat(query.get("to", ""))
        except ValueError:
            return Days(*usual, form, "The address names no two days that can be read. Enter them here.")
    if problem := _problem(first, second, today):
        return Days(*usual, form, problem)
    return Days(first, second, TwoDaysForm(initial={"first": first, "second": second}))


def _problem(first: date, second: date, today: date) -> str:
    if first.year < 1900:
        return "The first day lies before anything kept here. Enter a later day."
    if second > today:
        return f"{day(second)} has not come yet. Enter today or a day before."
    return "" if first < second else "The second day must be later than the first."


def comparison_page(user: Reader, plan: Plan, query: QueryDict, today: date) -> ComparisonPage:
    """The plan between the two days of the address, as the person may read it; queries do not grow."""
    days = days_of(query, today)
    rows = moved_between(user, plan, days.first, days.second)
    found = PLAN_ROWS.read(query, rows, kept=days.in_address)
    told = compared(found.rows, days.first, days.second)
    address = found.address(page=None)
    return ComparisonPage(
        plan=plan,
        form=days.form,
        problem=days.problem,
        first=days.first,
        second=days.second,
        listing=found.with_rows(changed_rows(told)),
        downloads=_downloads(user, plan, address),
        tier=highest([plan.tier, *(each.action.tier for each in told)]),
    )


def _downloads(user: Reader, plan: Plan, address: str) -> tuple[tuple[str, str], ...]:
    if not scope_of(user).holds_anywhere(Permission.EXPORT):
        return ()
    return tuple(
        (label, f"{reverse('sight:compare_download', args=[plan.key, key])}{address}")
        for key, label in FORMATS.items()
    )


def changed_rows(told: Iterable[Compared]) -> list[ChangedRow]:
    """The rows of a comparison; one that came back to where it was says so."""
    return [
        ChangedRow(
            words=f"{each.after.promise['Number'] or each.action.reference} {each.after.promise['Words']}",
            href=addresses.of_action(each.action.reference),
            changes=each.changes,
            is_new=each.before is None,
        )
        for each in told
    ]


@dataclass(frozen=True)
class PapersPage:
    """Two papers of a plan side by side. `others` are the papers this one can be compared with."""

    upload: Import
    other: Import | None
    others: tuple[tuple[str, str, bool], ...]
    listing: Listing[ChangedRow] | None
    downloads: tuple[tuple[str, str], ...]


def papers_page(user: Reader, upload: Import, query: QueryDict) -> PapersPage:
    """What this paper says differently from the one the address names, the last one before it where it names none."""
    others = papers_of(user, upload)
    other = other_of(others, query)
    listing: Listing[ChangedRow] | None = None
    downloads: tuple[tuple[str, str], ...] = ()
    if other is not None:
        found = PAPER_ROWS.read(query, paper_changes(user, other, upload), kept={"with": (str(other.pk),)})
        listing = found.with_rows(map(paper_row, found.rows))
        downloads = _paper_downloads(user, upload, other)
    return PapersPage(
        upload=upload,
        other=other,
        others=tuple((f"?with={each.pk}", paper_words(each), each == other) for each in others),
        listing=listing,
        downloads=downloads,
    )


def other_of(others: Sequence[Import], query: QueryDict) -> Import | None:
    """The paper that the address names, else the latest of them; None where there is no other."""
    named = next((each for each in others if str(each.pk) == query.get("with")), None)
    return named or (others[0] if others else None)


def _paper_downloads(user: Reader, upload: Import, other: Import) -> tuple[tuple[str, str], ...]:
    if not scope_of(user).holds_anywhere(Permission.EXPORT):
        return ()
    return tuple(
        (label, f"{reverse('sight:papers_download', args=[upload.pk, key])}?with={other.pk}")
        for key, label in FORMATS.items()
    )


def paper_words(upload: Import) -> str:
    """A paper by its file and the day it speaks of."""
    return f"{upload.file_name}{f', as at {day(upload.as_at)}' if upload.as_at else ''}"


def paper_row(change: PaperChange) -> ChangedRow:
    """One row of a paper as the list shows it."""
    return ChangedRow(change.words, "", change.changes, change.is_new)
