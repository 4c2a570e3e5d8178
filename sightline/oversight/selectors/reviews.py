"""Reading reviews of access: all for whoever looks after accounts, an agency's for who is named for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.access.choices import Permission
from sightline.access.models import Membership, User, is_current
from sightline.access.permissions import scope_of
from sightline.access.services import STEPS
from sightline.oversight.choices import Decision
from sightline.oversight.models import AccessReview, GrantDecision, NamedReviewer, ReviewedGrant
from sightline.oversight.permissions import SEES_REVIEWS
from sightline.partners.models import Person

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who


def sees_all(user: Who) -> bool:
    """Whether somebody sees every review whole."""
    return any(scope_of(user).holds(permission) for permission in SEES_REVIEWS)


def agencies_named_for(user: Who) -> frozenset[str]:
    """The keys of the agencies whose people's access the person reviews; nothing needs asking of who reviews all."""
    number = scope_of(user).user_id
    reviews_all = scope_of(user).holds(Permission.ACCESS_MANAGE)
    if number is None or not scope_of(user).is_member or reviews_all:
        return frozenset()
    named = NamedReviewer.objects.filter(account_id=number, ended_on=None)
    return frozenset(named.values_list("agency__key", flat=True))


def _theirs(user: Who, agencies: Collection[str], way: str = "") -> Q:
    """The grants a person may see; `way` leads to them."""
    if sees_all(user):
        return Q()
    return Q(**{f"{way}agency_key__in": sorted(agencies)})


def reviews(user: Who, agencies: Collection[str]) -> QuerySet[AccessReview]:
    """Every review that holds something for this person, with how much of it waits, was confirmed, and ended."""
    theirs = _theirs(user, agencies, "grants__")
    counted = {
        "size": theirs,
        "waiting": theirs & Q(grants__current_decision=""),
        "confirmed": theirs & Q(grants__current_decision=Decision.CONFIRMED.value),
        "ended": theirs & Q(grants__current_decision__in=[Decision.ENDED.value, Decision.LAPSED.value]),
    }
    found = AccessReview.objects.annotate(
        **{name: Count("grants", filter=which) for name, which in counted.items()}
    )
    holding = ReviewedGrant.objects.filter(_theirs(user, agencies), review=OuterRef("pk"))
    return found.filter(Exists(holding)).order_by("-first_day")


def grants(user: Who, agencies: Collection[str]) -> QuerySet[ReviewedGrant]:
    """What was held when each review was opened, as far as this person may see it."""
    found = ReviewedGrant.objects.filter(_theirs(user, agencies)).select_related("account", "review")
    return found.order_by("account__name", "pk")


def grants_of(user: Who, review: AccessReview, agencies: Collection[str]) -> QuerySet[ReviewedGrant]:
    """The same of one review."""
    return grants(user, agencies).filter(review=review)


def decisions_of(grant: ReviewedGrant) -> QuerySet[GrantDecision]:
    """What was decided, the newest first."""
    return grant.decisions.order_by("-pk")


def named_reviewers() -> QuerySet[NamedReviewer]:
    """Who is named for which agency now. For whoever looks after accounts: views ask for ACCESS_MANAGE."""
    return NamedReviewer.objects.filter(ended_on=None).select_related("agency", "account")


def reviewers_of(agencies: Collection[str], on: date) -> QuerySet[NamedReviewer]:
    """Who is named for these agencies, may sign in and holds a role."""
    named = named_reviewers().filter(agency__key__in=agencies, named_on__lte=on)
    return named.filter(account__in=with_a_role(on))


def with_a_role(on: date) -> QuerySet[User]:
    """The accounts that may sign in and hold a role on the day: to nobody else anything opens."""
    held = Membership.objects.filter(is_current(on), user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def with_second_step(accounts: Collection[int]) -> set[int]:
    """Which of these accounts have an authenticator app or a passkey."""
    found: Any = Authenticator.objects.filter(user_id__in=accounts, type__in=STEPS)
    return set(found.values_list("user_id", flat=True))


def employers_of(accounts: Collection[int]) -> dict[int, str]:
    """The key of the agency that each account's person works for, where they work for one."""
    people: Any = Person.objects.filter(user_id__in=accounts, agency__isnull=False)
    return dict(people.values_list("user_id", "agency__key"))
