"""What waits for somebody: leads to be confirmed each quarter, terms of reference to be reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from sightline.governance.models import Lead, Terms
from sightline.governance.rules.rhythm import awaits_confirmation, confirm_by, review_is_near, standard
from sightline.governance.selectors.leads import WITH, agencies_reached
from sightline.governance.selectors.terms import newest_terms
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.screens.words import day

APP, UNIT = "governance", "unit"
CONFIRM, REVIEW = "lead_confirm", "terms_review"
CHUNK = 200


def refresh_work(*, now: datetime) -> int:
    """Ask anew which leads wait to be confirmed and which terms to be reviewed. Returns how many were looked at."""
    leads = list(
        Lead.objects.filter(ends_on__isnull=True).select_related(*WITH, "person__user").order_by("pk")
    )
    terms = list(newest_terms().order_by("pk"))
    for start in range(0, len(leads), CHUNK):
        keep_leads(leads[start : start + CHUNK], now)
    keep_terms(terms, now)
    return len(leads) + len(terms)


def keep_leads(leads: Sequence[Lead], now: datetime) -> None:
    """Make what these leads ask of people exactly what is wanted."""
    on = timezone.localdate(now)
    due = [
        each
        for each in leads
        if not each.ends_on and awaits_confirmation(each.current_confirmed_on, on, standard())
    ]
    reached = agencies_reached(on) if due else frozenset()
    _replace("lead", leads, (item for each in due for item in _of_lead(each, reached)), now)


def keep_terms(terms: Sequence[Terms], now: datetime) -> None:
    """The same of versions of terms of reference, the newest first: those before it ask nothing."""
    on = timezone.localdate(now)
    newest = {each.group_id: each for each in sorted(terms, key=lambda each: each.number)}
    near = [each for each in newest.values() if review_is_near(each.review_due_on, on, standard())]
    _replace("terms", terms, map(_of_terms, near), now)


def _replace(model: str, records: Sequence[Model], wanted: Iterable[WorkItem], now: datetime) -> None:
    stood = standing_items(APP, model, [each.pk for each in records])
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    replace_work_items(standing, list(wanted), now)


def _of_lead(lead: Lead, reached: frozenset[str]) -> Iterator[WorkItem]:
    """For the lead themselves and for whoever updates for the agency; for the unit where that reaches nobody."""
    user = lead.person.user
    scopes = [f"user:{user.pk}"] if user and user.is_active else []
    scopes += [f"agency:{lead.agency.key}"] if lead.agency.key in reached else []
    due_on = confirm_by(lead.current_confirmed_on, standard())
    asked = f"Last confirmed on {day(lead.current_confirmed_on)}. Say whether it is still right."
    for scope in scopes or [UNIT]:
        yield _item(scope, CONFIRM, ("lead", lead.pk), f"Safeguarding lead: {lead}", asked, due_on)


def _of_terms(terms: Terms) -> WorkItem:
    title = f"Terms of reference: {terms.group}"
    asked = f"Their review is due on {day(terms.review_due_on)}. Put it on the agenda, then enter what was decided."
    return _item(UNIT, REVIEW, ("terms", terms.pk), title, asked, terms.review_due_on, terms.group_id)


def _item(
    scope: str, kind: str, about: tuple[str, int], title: str, sentence: str, due_on: date, group: int = 0
) -> WorkItem:
    model, number = about
    url = reverse("governance:terms", args=[group]) if group else reverse("governance:lead", args=[number])
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=APP,
        subject_model=model,
        subject_id=str(number),
        title=title[:500],
        sentence=sentence,
        url=url,
        due_on=due_on,
    )
