"""What may be published of a plan: the words agreed for it, and nothing of what is not read by every member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from sightline.plans.models import Action, Plan, PublishableText, Update
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_HAS_SOME = ~Q(public_text="") | ~Q(public_update="")


def publishable_actions(user: Reader, plan: Plan) -> QuerySet[Action]:
    """The actions of a plan as they are printed, each with what may be published of it, as far as that is agreed.

    `public_text`, `public_as_at`, `public_agreed_by`: the words that stand now; `public_update`, `public_update_on`:
    those of the latest update that has some. Actions not read by every member are left out, whoever asks.
    """
    texts = PublishableText.objects.filter(action=OuterRef("pk")).order_by("-as_at", "-pk")
    spoken = Coalesce("dated_on", "as_at")
    updates = Update.objects.filter(action=OuterRef("pk")).exclude(publishable="").annotate(spoken_on=spoken)
    latest = updates.order_by("-spoken_on", "-as_at", "-pk")
    found = actions_visible_to(user).filter(plan=plan, tier__in=EVERY_MEMBER, plan__tier__in=EVERY_MEMBER)
    return found.annotate(
        public_text=_first(texts, "text"),
        public_as_at=Subquery(texts.values("as_at")[:1]),
        public_agreed_by=_first(texts, "agreed_by"),
        public_update=_first(latest, "publishable"),
        public_update_on=Subquery(latest.values("spoken_on")[:1]),
    ).order_by("order", "pk")


def having_some(actions: Any, *, some: bool) -> Any:
    """Of those: the ones of which something may be published, or the ones of which nothing may yet."""
    return actions.filter(_HAS_SOME) if some else actions.exclude(_HAS_SOME)


def _first(rows: QuerySet[Any], column: str) -> Coalesce:
    found = Subquery(rows.values(column)[:1], output_field=TextField())
    return Coalesce(found, Value("", TextField()))
