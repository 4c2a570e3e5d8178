"""Owners, sources and printed numbers of actions: what permissions, labels and links of a row look at."""

from __future__ import annotations

from django.db.models import QuerySet

from sightline.partners.models import Agency, Group, Person
from sightline.plans.models import (
    Action,
    ActionNumber,
    ActionOwner,
    ActionSource,
    CompletionClaim,
    EvidenceFile,
    PlanChange,
    Question,
    Recommendation,
    Source,
    ThemeMark,
)
from sightline.plans.selectors.gathering import Belonging, Gathered, Whole, gathering

_SOURCE = Whole(Source, without=frozenset({"summary"}))
OWNERS = Belonging(
    "owners",
    Whole(
        ActionOwner,
        {"agency": Whole(Agency), "group": Whole(Group), "person": Whole(Person, {"agency": Whole(Agency)})},
    ),
)
SOURCES = Belonging(
    "sources",
    Whole(ActionSource, {"source": _SOURCE, "recommendation": Whole(Recommendation, {"source": _SOURCE})}),
)
NUMBERS = Belonging("numbers", Whole(ActionNumber))
CLAIMS = Belonging("claims", Whole(CompletionClaim), order="pk")
FILES_OF_EVIDENCE = Belonging("files", Whole(EvidenceFile), link="evidence", order="pk")
THEMES = Belonging("theme_marks", Whole(ThemeMark), link="recommendation", order="theme")
CHANGES = Belonging("changes", Whole(PlanChange, {"group": Whole(Group)}), link="plan", order="as_at")
QUESTIONS = Belonging("questions", Whole(Question), order="pk")


def with_parties(actions: QuerySet[Action], *more: Gathered) -> QuerySet[Action]:
    """The actions with owners, sources and numbers, and with `more`; one query, whatever their number."""
    return gathering(actions, OWNERS, SOURCES, NUMBERS, *more)
