"""What governance holds about a person: where they lead on safeguarding or stand in, and everything they entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value

from sightline.events.held import five
from sightline.governance.models import Lead, LeadConfirmation, MemberList, Terms


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Rows of the register that name them or that they entered or confirmed; lists and terms that they entered."""
    nothing = Value("")
    named = Lead.objects.filter(person__user_id=user.pk).order_by()
    yield five(named, "Named as safeguarding lead", nothing, F("starts_on"), F("recorded_at"), F("role"))
    covering = Lead.objects.filter(cover__user_id=user.pk).order_by()
    yield five(
        covering, "Named as standing in for a lead", nothing, F("starts_on"), F("recorded_at"), F("role")
    )
    leads = Lead.objects.filter(entered_by_id=user.pk).order_by()
    yield five(leads, "Safeguarding lead entered", nothing, F("starts_on"), F("recorded_at"), F("role"))
    confirmed = LeadConfirmation.objects.filter(entered_by_id=user.pk).order_by()
    yield five(
        confirmed, "Safeguarding lead confirmed", nothing, F("as_at"), F("recorded_at"), F("lead__role")
    )
    lists = MemberList.objects.filter(entered_by_id=user.pk).order_by()
    yield five(lists, "Membership list", nothing, F("as_at"), F("recorded_at"), F("document__name"))
    terms = Terms.objects.filter(entered_by_id=user.pk).order_by()
    yield five(terms, "Terms of reference", nothing, F("starts_on"), F("recorded_at"), F("adopted_where"))
