"""The list of reviews of access, one review, one thing held in it, and who is named for which agency."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.oversight import selectors
from sightline.oversight.choices import DECISION_COLOURS, DECISION_LABELS, WAITING, Decision
from sightline.oversight.forms import ConfirmForm, DecideForm, GrantFilter, ReviewerForm
from sightline.oversight.models import AccessReview, GrantDecision, NamedReviewer, ReviewedGrant
from sightline.oversight.permissions import can_review
from sightline.oversight.selectors.reviews import sees_all, with_a_role
from sightline.partners.models import Agency
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who

REVIEWS = ListPage(
    noun=("review", "reviews"),
    columns=(
        Column("opened", "Opened", sort=("first_day",)),
        Column("due", "To be confirmed by", sort=("due_on",)),
        Column("waiting", "Waiting", numeric=True),
        Column("confirmed", "Confirmed", numeric=True),
        Column("ended", "Ended or lapsed", numeric=True),
        Column("closed", "Closed", sort=("closed_on",), empty_last=True),
    ),
    order="-opened",
)
GRANTS = ListPage(
    noun=("role", "roles"),
    columns=(
        Column("choose", "Choose", hidden_label=True),
        Column("who", "Who", sort=("account__name",)),
        Column("what", "Role and what it is over", sort=("what", "over")),
        Column("reads", "Opens up to", sort=("reads",)),
        Column("since", "Since", sort=("since",)),
        Column("seen", "Last signed in", sort=("last_signed_in",), empty_last=True),
        Column("state", "Where it stands", sort=("current_decision",)),
    ),
    filter_form=GrantFilter,
    order="who",
)
FORMATS = ("docx", "pdf", "csv")


@dataclass(frozen=True)
class ReviewsPage:
    """The list of reviews."""

    listing: Listing[Any]
    may_name: bool
    sees_all: bool


@dataclass(frozen=True)
class GrantRow:
    """One thing held, in words, as it stood when the review was opened."""

    id: int
    who: str
    what: str
    over: str
    reads: str
    since: date
    last_signed_in: date | None
    second_step: str
    state: str
    colour: str
    may_be_ticked: bool


@dataclass(frozen=True)
class ReviewPage:
    """One review. `has_ticks`: something on this page can be confirmed."""

    review: AccessReview
    listing: Listing[GrantRow]
    form: ConfirmForm
    has_ticks: bool
    ticked: frozenset[int]
    formats: tuple[str, ...]


@dataclass(frozen=True)
class GrantPage:
    """One thing held, what was decided about it, and the form where the reader may decide."""

    review: AccessReview
    row: GrantRow
    facts: list[SummaryRow]
    decisions: tuple[tuple[str, GrantDecision], ...]
    form: DecideForm
    may_decide: bool
    is_own: bool


@dataclass(frozen=True)
class ReviewersPage:
    """Who is named for which agency, and the form that names somebody."""

    named: tuple[NamedReviewer, ...]
    form: ReviewerForm


def reviews_page(user: Who, agencies: Collection[str], query: QueryDict) -> ReviewsPage:
    """The list of reviews."""
    found = REVIEWS.read(query, selectors.reviews(user, agencies))
    return ReviewsPage(found, scope_of(user).holds(Permission.ACCESS_MANAGE), sees_all(user))


def review_page(
    user: Who,
    agencies: Collection[str],
    review: AccessReview,
    query: QueryDict,
    form: ConfirmForm | None = None,
    ticked: Collection[int] = (),
) -> ReviewPage:
    """One review, as far as this person may see it."""
    found = GRANTS.read(query, selectors.grants_of(user, review, agencies))
    rows = [row_of(grant, may=can_review(user, grant, agencies)) for grant in found.rows]
    return ReviewPage(
        review=review,
        listing=found.with_rows(rows),
        form=form or ConfirmForm(),
        has_ticks=any(row.may_be_ticked for row in rows),
        ticked=frozenset(ticked),
        formats=FORMATS,
    )


def row_of(grant: ReviewedGrant, *, may: bool = False) -> GrantRow:
    """One thing held, in words."""
    decided, seen = grant.current_decision, grant.last_signed_in
    return GrantRow(
        id=grant.pk,
        who=grant.account.name,
        what=grant.what,
        over=grant.over,
        reads=grant.reads,
        since=grant.since,
        last_signed_in=timezone.localtime(seen).date() if seen else None,
        second_step="Second step set up" if grant.has_second_step else "No second step",
        state=DECISION_LABELS[Decision(decided)] if decided else WAITING,
        colour=DECISION_COLOURS[decided],
        may_be_ticked=may and not decided and grant.review.closed_on is None,
    )


def grant_page(
    user: Who, agencies: Collection[str], grant: ReviewedGrant, form: DecideForm | None = None
) -> GrantPage:
    """The page of one thing held."""
    row = row_of(grant, may=can_review(user, grant, agencies))
    decisions = tuple((DECISION_LABELS[Decision(d.decision)], d) for d in selectors.decisions_of(grant))
    return GrantPage(
        review=grant.review,
        row=row,
        facts=_facts(row),
        decisions=decisions,
        form=form or DecideForm(initial={"version": grant.version}),
        may_decide=row.may_be_ticked,
        is_own=scope_of(user).user_id == grant.account_id,
    )


def _facts(row: GrantRow) -> list[SummaryRow]:
    told = {
        "Role": row.what,
        "Over": row.over,
        "Opens up to": row.reads,
        "Since": f"{row.since.day} {row.since:%B %Y}",
        "Last signed in": f"{row.last_signed_in.day} {row.last_signed_in:%B %Y}"
        if row.last_signed_in
        else "Never",
        "Second step": row.second_step,
    }
    return [SummaryRow(key, value) for key, value in told.items()]


def reviewer_form(data: QueryDict | None = None) -> ReviewerForm:
    """The form that names somebody, with all agencies and everybody who may sign in and holds a role."""
    return ReviewerForm(
        data,
        agencies=Agency.objects.order_by("name"),
        accounts=with_a_role(timezone.localdate()),
    )


def reviewers_page(form: ReviewerForm) -> ReviewersPage:
    """Who is named for which agency."""
    return ReviewersPage(tuple(selectors.named_reviewers()), form)
