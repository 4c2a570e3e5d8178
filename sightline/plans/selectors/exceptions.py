"""What the business group must look at: the exceptions as at a day, each row able to be walked back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.partners.models import Group
from sightline.plans.choices import ExceptionKind, PlanState
from sightline.plans.models import (
    Action,
    ActionOwner,
    ActionSource,
    OwnersChange,
    Plan,
    PlanChange,
)
from sightline.plans.rules import addresses
from sightline.plans.rules.exceptions import Found, exceptions
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Moment
from sightline.plans.rules.owners import as_listed
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.history import CHUNK, facts_of_rows
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.placed import here, standing_then
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_ENDED = (PlanState.CLOSED, PlanState.ROLLED_OVER)


@dataclass(frozen=True, slots=True)
class SourceLink:
    """What an action answers, in words, and where that stands ("" where the words were never matched)."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One action of a report: what it is, who answers for it, how it stands, and every sentence why it is here.

    `kinds` and `sentences` go together; `new_kinds` are those the last issued report did not have, `gone_kinds` those
    that it had and that no longer hold. `became` says what became of a row that is no exception any more. Plain values
    throughout, so that an issued report keeps them as they were.
    """

    reference: str
    number: str
    text: str
    owners: str
    plan: str
    plan_key: str
    priority: str
    timescale: str
    due_on: date | None
    state: str
    delivery: str
    impact: str
    kinds: tuple[ExceptionKind, ...]
    sentences: tuple[str, ...]
    sources: tuple[SourceLink, ...]
    last_update_on: date | None
    last_update: str
    tier: str
    new_kinds: tuple[ExceptionKind, ...] = ()
    gone_kinds: tuple[ExceptionKind, ...] = ()
    became: str = ""

    @property
    def href(self) -> str:
        """The page of the action."""
        return addresses.of_action(self.reference)

    def sentence(self, kind: ExceptionKind) -> str:
        """Why the action is an exception of this kind; "" where it is none."""
        return dict(zip(self.kinds, self.sentences, strict=True)).get(kind, "")

    def as_json(self) -> dict[str, Any]:
        """Plain values for the frozen rows of a report."""
        values = {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }
        return {**values, "due_on": _iso(self.due_on), "last_update_on": _iso(self.last_update_on)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ExceptionRow:
        """The row that `as_json` wrote; reports issued before a value was kept have none of it."""
        values = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        for name in ("due_on", "last_update_on"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        for name in ("kinds", "new_kinds", "gone_kinds"):
            values[name] = tuple(ExceptionKind(kind) for kind in values.get(name, ()))
        values["sentences"] = tuple(values["sentences"])
        values["sources"] = tuple(SourceLink(**link) for link in values["sources"])
        return cls(**values)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def exceptions_for(
    user: Reader,
    group: Group | None,
    as_at: date,
    plan: Plan | None = None,
    known_by: datetime | None = None,
) -> list[ExceptionRow]:
    """The exceptions a person may read: of a group (actions it owns, and its plans), or of the whole partnership."""
    moment = Moment(as_at, known_by)
    return rows_of(looked_at(actions_visible_to(user), group, moment, plan), moment)


def looked_at(
    actions: QuerySet[Action], group: Group | None, moment: Moment, plan: Plan | None = None
) -> QuerySet[Action]:
    """The actions a report looks at: begun by the day, in a plan that had not ended, of the group or plan asked for.

    Owners are those of the day, the first known ones where the day lies before them.
    """
    found = actions.filter(opened_on__lte=moment.on).exclude(plan_id__in=ended_plans(moment))
    then = _owners_then(moment)
    found = found.annotate(owners_then=Coalesce(then.values("label")[:1], F("current_owner_label")))
    if plan:
        placed = standing_then(plan, moment).filter(action=OuterRef("pk"))
        found = found.filter(here(plan, moment)).annotate(placed_as=Subquery(placed.values("number")[:1]))
    if group:
        # Looked up once: asked anew for every row, a database scans all that the group owns.
        now_own = Q(pk__in=ActionOwner.objects.filter(group=group).order_by().values("action"))
        found = found.annotate(groups_then=Subquery(then.values("groups")[:1])).filter(
            Q(plan__group=group)
            | Q(groups_then__contains=as_listed(group.key))
            | now_own & Q(groups_then=None)
        )
    return found.order_by("plan__name", "plan_id", "order", "pk")


def _owners_then(moment: Moment) -> QuerySet[OwnersChange]:
    changes = OwnersChange.objects.filter(action=OuterRef("pk"), as_at__lte=moment.on)
    if moment.known_by:
        changes = changes.filter(recorded_at__lte=moment.known_by)
    return changes.order_by("-as_at", "-recorded_at", "-pk")


def ended_plans(moment: Moment) -> list[int]:
    """Plans that had been closed or rolled over by the day."""
    last: dict[int, str] = {}
    changes = PlanChange.objects.filter(as_at__lte=moment.on).order_by("as_at", "recorded_at", "pk")
    for number, state, as_at, recorded_at in changes.values_list(
        "plan_id", "to_state", "as_at", "recorded_at"
    ):
        if moment.sees(as_at, recorded_at):
            last[number] = state
    return [number for number, state in last.items() if state in _ENDED]


def rows_of(actions: QuerySet[Action], moment: Moment) -> list[ExceptionRow]:
    """The rows of those actions that are exceptions, in the plans' order; queries do not grow with them."""
    return rows_and_number(actions, moment)[0]


def rows_and_number(actions: QuerySet[Action], moment: Moment) -> tuple[list[ExceptionRow], int]:
    """The same, and how many actions were looked at.

    All are looked at by their history alone; only the exceptions are read whole.
    """
    looked_at = list(actions.values_list("pk", "opened_on", "reference"))
    rows: list[ExceptionRow] = []
    for start in range(0, len(looked_at), CHUNK):
        facts = facts_of_rows(looked_at[start : start + CHUNK], moment.on, moment.known_by)
        why = {pk: reasons for pk, found in facts.items() if (reasons := exceptions(found, moment.on))}
        whole = with_parties(actions.filter(pk__in=list(why))) if why else ()
        rows += [_row(action, facts[action.pk], why[action.pk]) for action in whole]
    return rows, len(looked_at)


def _row(action: Action, facts: ActionFacts, reasons: Sequence[Found]) -> ExceptionRow:
    return ExceptionRow(
        reference=action.reference,
        number=getattr(action, "placed_as", "") or ", ".join(number.text for number in action.numbers.all()),
        text=action.text,
        owners=action.owners_then,  # type: ignore[attr-defined]  # read with the record
        plan=action.plan.name,
        plan_key=action.plan.key,
        priority=str(action.priority) if action.priority else "",
        timescale=facts.timescale_label,
        due_on=facts.due_on or facts.review_on,
        state=facts.state,
        delivery=facts.delivery.value,
        impact=facts.impact.value,
        kinds=tuple(reason.kind for reason in reasons),
        sentences=tuple(reason.sentence for reason in reasons),
        sources=tuple(_link(link) for link in action.sources.all()),
        last_update_on=facts.last_update_on,
        last_update=facts.last_update_text,
        tier=highest([action.tier, action.plan.tier]),
    )


def _link(link: ActionSource) -> SourceLink:
    source = link.recommendation.source if link.recommendation else link.source
    words = link.raw
    if link.recommendation:
        words = f"{link.recommendation.source.title}, {link.recommendation.number}"
    elif link.source:
        words = f"{link.source.title}{f', {link.raw}' if link.raw else ''}"
    return SourceLink(words, addresses.of_source(source.key) if source else "")
