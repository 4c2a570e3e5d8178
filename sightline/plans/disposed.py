"""What of plans is disposed of once it was kept long enough, and what a hold on a plan holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, QuerySet, Subquery

from sightline.events.choices import Way
from sightline.events.disposing import FORMER_MEMBER, Doing, Gathering, Kind, end_of
from sightline.events.services.forgetting import forget_in, shred_named
from sightline.plans.choices import ENDED, NEVER_CONFIRMED
from sightline.plans.models import EvidenceFile, Import, Plan, PlanChange
from sightline.plans.selectors.files import began_as, first_only
from sightline.plans.selectors.visible import plans_visible_to
from sightline.plans.services.disposing import (
    dispose_of_evidence_files,
    dispose_of_imports,
    reword_owners,
)

PLAN = ("plans", "plan")
# Columns of names that were typed beside the words that are theirs.
TYPED = ("said_by", "agreed_by")


def _papers(day: date) -> QuerySet[Import]:
    """Papers nobody confirmed, that no later paper follows."""
    never = Import.objects.filter(state__in=NEVER_CONFIRMED, confirmed_at=None, followed_by=None)
    return never.filter(uploaded_at__lt=end_of(day)).annotate(since=F("uploaded_at"))


def _files(day: date) -> QuerySet[EvidenceFile]:
    """Files of plans that have ended, from the day of the last change by which they did.

    A file with all its versions is one, known by the number of that with which it began.
    """
    ends = PlanChange.objects.filter(plan=OuterRef("pk"), to_state__in=ENDED).order_by("-as_at")
    ended = Plan.objects.filter(state__in=ENDED).annotate(since=Subquery(ends.values("as_at")[:1]))
    over = ended.filter(since__lte=day)
    files = first_only(EvidenceFile.objects.filter(evidence__action__plan__in=over.values("pk")))
    of_plan = ended.filter(pk=OuterRef("evidence__action__plan_id"))
    return files.annotate(since=Subquery(of_plan.values("since")[:1]))


def _plans(reader: Any) -> Sequence[tuple[int, str]]:
    return list(plans_visible_to(reader).order_by("name").values_list("pk", "name"))


offered = [
    Kind(
        "imports_unconfirmed", Import, _papers, {Way.DELETE: dispose_of_imports}, "Paper", {PLAN: "plan_id"}
    ),
    Kind(
        "evidence_files",
        EvidenceFile,
        _files,
        {Way.DELETE: dispose_of_evidence_files},
        "Evidence file",
        {PLAN: "evidence__action__plan_id"},
        goes_with=began_as,
    ),
]
gatherings = [Gathering("plans", "plan", "plan", _plans)]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered, and from what others typed in their words."""
    done = forget_in(apps.get_app_config("plans").get_models(), user_id, name, dict.fromkeys(TYPED, ""))
    shred_named("plans", name, doing, [f"after.{each}" for each in TYPED])
    return done


def reword(former: Mapping[int, str]) -> None:
    """People who lost their names lose them as owners, and where others typed in their words."""
    reword_owners(former)
    for model in apps.get_app_config("plans").get_models():
        for typed in TYPED:
            if any(field.name == typed for field in model._meta.concrete_fields):
                said = model._base_manager.filter(**{f"{typed}__in": list(former.values())})
                said.update(**{typed: FORMER_MEMBER})
