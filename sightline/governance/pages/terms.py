"""A group's terms of reference, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.governance import permissions
from sightline.governance.models import Terms
from sightline.governance.selectors.terms import terms_visible_to
from sightline.partners.models import Group
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader


@dataclass(frozen=True)
class Version:
    """One version. `is_now`: it holds on the day of the page; `is_due`: it does, and its review is overdue."""

    terms: Terms
    title: str
    days: str
    adopted: str
    review: str
    file_href: str
    is_now: bool
    is_due: bool


@dataclass(frozen=True)
class TermsPage:
    """Every version, the newest first."""

    group: Group
    back: str
    versions: tuple[Version, ...]
    new_href: str


def terms_page(user: Reader, group: Group, on: date) -> TermsPage:
    """Every version of a group's terms of reference."""
    found = list(terms_visible_to(user).filter(group=group).order_by("-number"))
    now = next((each.pk for each in found if each.starts_on <= on), None)
    ends = [None, *(each.starts_on for each in found)]
    return TermsPage(
        group,
        reverse("partners:party", args=["groups", group.pk]),
        tuple(_version(each, end, each.pk == now, on) for each, end in zip(found, ends, strict=False)),
        reverse("governance:terms_new", args=[group.pk]) if permissions.can_keep(user) else "",
    )


def _version(each: Terms, end: date | None, is_now: bool, on: date) -> Version:
    return Version(
        each,
        f"Version {each.number}" + (": looked over, and left as it was" if each.is_unchanged else ""),
        f"From {day(each.starts_on)}"
        + (f" until version {each.number + 1} held on {day(end)}" if end else ""),
        f"Adopted: {each.adopted_where}" + (f" ({day(each.adopted_on)})" if each.adopted_on else ""),
        f"Review due on {day(each.review_due_on)}",
        reverse("governance:terms_file", args=[each.pk]) if each.document else "",
        is_now,
        is_now and each.review_due_on < on,
    )
