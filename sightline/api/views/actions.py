"""Actions, and the updates that are recorded of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import AfterValidator, Field

from sightline.access.choices import Permission, TokenScope
from sightline.access.models import User
from sightline.api import schemas, shapes, values
from sightline.api.asking import (
    USUAL,
    After,
    IdempotencyKey,
    IfMatch,
    Limit,
    anew,
    page_of,
    tag,
    version_in,
    written,
    written_once,
)
from sightline.api.problems import gone, unfit
from sightline.api.serving import CHANGE, WRITE, Caller, answers, caller
from sightline.api.values import Line, Moment, Number
from sightline.partners.models import Agency, Group
from sightline.partners.selectors import agencies, groups
from sightline.plans import permissions, services
from sightline.plans.choices import (
    DeliveryRating,
    DeliveryState,
    ExceptionKind,
    Figure,
    ImpactRating,
    TimescaleKind,
)
from sightline.plans.models import Action, Plan, Priority
from sightline.plans.selectors import get_action, get_plan, with_parties
from sightline.plans.selectors.across import ANY, NONE, OPEN, VACANT, actions_across, issued_reports
from sightline.plans.selectors.visible import updates_visible_to
from sightline.plans.services.given import ActionGiven, OwnerGiven, TimescaleGiven
from sightline.plans.services.telling import Telling, tell_update
from sightline.screens.words import day

router = Router(tags=["Actions"])
Reference = Annotated[str, Path(max_length=20)]


class ActionFilter(Schema):
    """The answers of the filter over the list of actions."""

    words: Annotated[Line, Field(description="All of them in text, number or owner")] = ""
    plan: Annotated[str, Field(max_length=80), AfterValidator(values.printable)] = ""
    group: Annotated[str, Field(max_length=70), AfterValidator(values.printable)] = ""
    owner: Annotated[
        str,
        Field(
            max_length=200,
            pattern=f"^((agency|group):.+|{VACANT})?$",
            description=f"“agency:KEY”, “group:KEY”, or “{VACANT}” for posts that nobody holds",
        ),
        AfterValidator(values.printable),
    ] = ""
    priority: Annotated[str, Field(pattern=f"^([1-9][0-9]{{0,17}}|{NONE})?$")] = ""
    state: DeliveryState | Literal["open"] | None = None
    delivery: DeliveryRating | None = None
    impact: ImpactRating | None = None
    exception: ExceptionKind | Literal["any"] | None = None
    figure: Figure | None = None
    theme: Line = ""
    mine: bool = False
    since: Number | None = Field(None, description="Only what this issued report did not hold")

    def chosen(self) -> dict[str, Any]:
        """The answers as the selectors take them."""
        said = self.model_dump()
        return {
            name: str(value) if name == "since" and value else value for name, value in said.items() if value
        }


assert (OPEN, ANY) == ("open", "any")  # noqa: S101 - what the schema above says


@router.get(
    "actions",
    response=answers(schemas.ActionList),
    url_name="actions",
    summary="List actions",
    operation_id="actions",
)
def actions(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[ActionFilter, Query()],
    after: After = 0,
    limit: Limit = USUAL,
) -> schemas.ActionList:
    """The actions that the person may read and the filter lets through."""
    user = caller(request, TokenScope.ACTIONS_READ, Permission.PLANS_VIEW).user
    if wanted.since and not issued_reports(user).filter(pk=wanted.since).exists():
        raise unfit({"since": "There is no such issued report, or it is not for you to know of."})
    found = with_parties(actions_across(user, wanted.chosen()))
    rows, more = page_of(request, response, found, after, limit)
    return schemas.ActionList(items=[shapes.action(each, user) for each in rows], next=more)


@router.get(
    "actions/{reference}",
    response=answers(schemas.ActionOut),
    url_name="action",
    summary="One action",
    operation_id="action",
)
def action(request: HttpRequest, response: HttpResponse, reference: Reference) -> schemas.ActionOut:
    """An action, and how it stands."""
    user = caller(request, TokenScope.ACTIONS_READ, Permission.PLANS_VIEW).user
    found = action_named(user, reference)
    tag(response, found.version)
    return shapes.action(found, user)


@router.patch(
    "actions/{reference}",
    response=answers(schemas.ActionOut, CHANGE),
    url_name="action",
    summary="Change an action",
    operation_id="action_change",
)
def action_change(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    body: schemas.ActionChange,
    if_match: IfMatch = "",
) -> schemas.ActionOut:
    """Change what is promised: its words, its points, its printed numbers."""
    who = caller(request, TokenScope.ACTIONS_WRITE, Permission.PLAN_WRITE)
    found = action_named(who.user, reference)
    permissions.check_edit_action(who.user, found)
    version = version_in(if_match)
    given = body.model_dump(exclude_none=True, include={"text", "items"})

    def do() -> Action:
        return services.edit_action(
            found, version, given, numbers=body.numbers, by=who.by, now=timezone.now()
        )

    texts = {
        "text": anew(body.text, [found.text]),
        "items": anew(body.items, found.items),
        "numbers": anew(body.numbers, [number.text for number in found.numbers.all()]),
    }
    written(request, who, body, texts, do)
    made = action_named(who.user, reference)
    tag(response, made.version)
    return shapes.action(made, who.user)


@router.post(
    "plans/{key}/actions",
    response=answers(schemas.ActionOut, WRITE, 201),
    url_name="plan_actions",
    summary="Add an action",
    operation_id="action_add",
)
def action_add(
    request: HttpRequest,
    response: HttpResponse,
    key: Annotated[str, Path(max_length=80)],
    body: schemas.ActionIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[dict[str, Any]]:
    """Add an action to a plan."""
    who = caller(request, TokenScope.ACTIONS_WRITE, Permission.PLAN_WRITE)
    try:
        plan = get_plan(who.user, key)
    except Plan.DoesNotExist:
        raise gone() from None
    permissions.check_write_plan(who.user, plan)
    texts = {"text": body.text, "items": body.items, "numbers": body.numbers}
    made = written_once(request, who, idempotency_key, body, texts, lambda: add(who, plan, body))
    return Status(201, made)


def add(who: Caller, plan: Plan, body: schemas.ActionIn) -> schemas.ActionOut:
    """Add the action. Raises Problem where a priority or an owner is none that there is."""
    now = timezone.now()
    due = body.due_on
    timescale = (
        TimescaleGiven(TimescaleKind.BY_DATE, [due.isoformat()], raw=f"By {day(due)}") if due else None
    )
    given = ActionGiven(
        body.text,
        priority=_priority(plan, body.priority),
        numbers=body.numbers,
        items=body.items,
        owners=_owners(who.user, body.owners),
        timescale=timescale,
    )
    made = services.add_action(plan, given, as_at=timezone.localdate(now), by=who.by, now=now)
    return shapes.action(action_named(who.user, made.reference), who.user)


def _priority(plan: Plan, number: int | None) -> Priority | None:
    if number is None:
        return None
    found = Priority.objects.filter(plan=plan, pk=number).first()
    if found is None:
        raise unfit({"priority": "This plan has no such priority."})
    return found


def _owners(user: User, asked: list[schemas.OwnerIn]) -> list[OwnerGiven]:
    """The owners named: agencies and groups, one query for each kind."""
    known: dict[tuple[str, str], Agency | Group] = {}
    for kind, rows in (("agency", agencies(user)), ("group", groups(user))):
        keys = [key for each in asked if (key := getattr(each, kind))]
        known |= {(kind, each.key): each for each in (rows.filter(key__in=keys) if keys else ())}
    given = []
    for each in asked:
        named = [(kind, key) for kind in ("agency", "group") if (key := getattr(each, kind))]
        if len(named) != 1 or named[0] not in known:
            raise unfit({"owners": "Name each owner by the key of an agency or of a group, one of the two."})
        party = known[named[0]]
        given.append(OwnerGiven(raw=party.name, party=party))
    return given


class UpdateFilter(Schema):
    """Of which action, and what came in since."""

    action: Annotated[str, Field(max_length=20), AfterValidator(values.printable)] = ""
    recorded_from: Moment | None = Field(None, description="Only what was recorded at this moment or later")


@router.get(
    "updates",
    response=answers(schemas.UpdateList),
    url_name="updates",
    summary="List updates",
    operation_id="updates",
)
def updates(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[UpdateFilter, Query()],
    after: After = 0,
    limit: Limit = USUAL,
) -> schemas.UpdateList:
    """The updates of the actions that the person may read, in the order in which they were recorded."""
    user = caller(request, TokenScope.UPDATES_READ, Permission.PLANS_VIEW).user
    asked: dict[str, Any] = {"action__reference": wanted.action, "recorded_at__gte": wanted.recorded_from}
    rows = updates_visible_to(user).filter(**{name: value for name, value in asked.items() if value})
    shown, more = page_of(request, response, rows, after, limit)
    return schemas.UpdateList(items=[shapes.update(each) for each in shown], next=more)


@router.post(
    "actions/{reference}/updates",
    response=answers(schemas.UpdateOut, WRITE, 201),
    url_name="action_updates",
    summary="Record an update",
    operation_id="update_add",
)
def update_add(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    body: schemas.UpdateIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[dict[str, Any]]:
    """Record what has happened since, and, if wanted, how delivery stands."""
    who = caller(request, TokenScope.UPDATES_WRITE, Permission.PLANS_VIEW)
    found = action_named(who.user, reference)
    permissions.check_update_action(who.user, found)
    if body.delivery:
        permissions.check_rate_delivery(who.user, found)
    names = ("text", "publishable", "said_by", "reason")
    texts = {name: getattr(body, name) for name in names}

    def do() -> schemas.UpdateOut:
        now = timezone.now()
        told = Telling(
            text=body.text,
            publishable=body.publishable,
            dated_on=body.dated_on or timezone.localdate(now),
            said_by=body.said_by,
            delivery=body.delivery or "",
            reason=body.reason,
        )
        return shapes.update(tell_update(found, told, by=who.by, now=now))

    return Status(201, written_once(request, who, idempotency_key, body, texts, do))


def action_named(user: User, reference: str) -> Action:
    """The action. Raises Problem also where it may not be known to exist."""
    try:
        return get_action(user, reference)
    except Action.DoesNotExist:
        raise gone() from None
