"""What the pages of groups, agencies and people show of governance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.governance.models import Lead, Terms
from sightline.governance.permissions import can_keep
from sightline.governance.rules.rhythm import awaits_confirmation, standard
from sightline.governance.selectors.leads import in_post, leads_visible_to
from sightline.governance.selectors.terms import terms_on
from sightline.partners.beside import Line, Part
from sightline.partners.models import Agency, Group, Party
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader

MOST = 30
LEADS = "Safeguarding leads"


def offered(user: Reader, party: Party, on: date) -> tuple[Part, ...]:
    """Of a group its terms and the way to its lists; of an agency its safeguarding leads; of a person theirs."""
    if isinstance(party, Group):
        return (*_lists(user, party), _terms(user, party, on))
    kept = {"agency": party} if isinstance(party, Agency) else {"person": party}
    found = (
        leads_visible_to(user).filter(in_post(on), **kept).order_by("agency__name", "department", "pk")[:MOST]
    )
    lines = tuple(_lead(each, on, is_agency=isinstance(party, Agency)) for each in found)
    if not lines and not isinstance(party, Agency):
        return ()
    every = (Line("The whole register", f"{reverse('governance:leads')}{_asked(party)}"),)
    return (Part(LEADS, lines, every, "Nobody is named in the register."),)


def _asked(party: Party) -> str:
    return f"?agency={party.key}" if isinstance(party, Agency) else ""


def _lead(each: Lead, on: date, *, is_agency: bool) -> Line:
    words = f"{each.person.name}: {each.role}" if is_agency else str(each)
    place = each.place if is_agency else ""
    cover = f"Stands in: {each.stands_in}" if each.stands_in else "Nobody is named to stand in"
    late = awaits_confirmation(each.current_confirmed_on, on, standard())
    return Line(
        words,
        reverse("governance:lead", args=[each.pk]),
        ". ".join(part for part in (place, cover) if part),
        "Not confirmed this quarter" if late else "",
    )


def _lists(user: Reader, group: Group) -> tuple[Part, ...]:
    if not can_keep(user):
        return ()
    return (
        Part(
            "",
            (Line("Read in a membership list", reverse("governance:lists", args=[group.pk])),),
            place="seats",
        ),
    )


def _terms(user: Reader, group: Group, on: date) -> Part:
    found, home = terms_on(user, group, on), reverse("governance:terms", args=[group.pk])
    links = (
        (Line("Add a version", reverse("governance:terms_new", args=[group.pk])),) if can_keep(user) else ()
    )
    return Part(
        "Terms of reference", (_version(found, home, on),) if found else (), links, "None are kept yet."
    )


def _version(found: Terms, home: str, on: date) -> Line:
    told = f"From {day(found.starts_on)}, adopted: {found.adopted_where}. Review due on {day(found.review_due_on)}"
    return Line(f"Version {found.number}", home, told, "Review overdue" if found.review_due_on < on else "")
