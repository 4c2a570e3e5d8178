"""Recommendations, and what is answered to them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import AfterValidator, Field

from sightline.access.choices import Permission, TokenScope
from sightline.access.models import User
from sightline.api import schemas, shapes, values
from sightline.api.asking import USUAL, After, IdempotencyKey, Limit, page_of, tag, written_once
from sightline.api.problems import gone, unfit
from sightline.api.serving import WRITE, answers, caller
from sightline.api.values import BIGGEST
from sightline.plans import permissions, services
from sightline.plans.choices import LedgerKind, SourceKind
from sightline.plans.models import Addressee, LedgerLine, Recommendation
from sightline.plans.selectors.ledger import addressees_visible_to, recommendations_visible_to, with_ledger
from sightline.plans.services.ledger import Said

router = Router(tags=["Recommendations"])
Id = Annotated[int, Path(ge=1, le=BIGGEST)]


class RecommendationFilter(Schema):
    """Of which source, and addressed to whom."""

    source: Annotated[str, Field(max_length=80), AfterValidator(values.printable)] = ""
    kind: SourceKind | None = None
    agency: Annotated[str, Field(max_length=70), AfterValidator(values.printable)] = ""
    group: Annotated[str, Field(max_length=70), AfterValidator(values.printable)] = ""


@router.get(
    "recommendations",
    response=answers(schemas.RecommendationList),
    url_name="recommendations",
    summary="List recommendations",
    operation_id="recommendations",
)
def recommendations(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[RecommendationFilter, Query()],
    after: After = 0,
    limit: Limit = USUAL,
) -> schemas.RecommendationList:
    """The recommendations of the sources that the person may read."""
    user = caller(request, TokenScope.RECOMMENDATIONS_READ, Permission.PLANS_VIEW).user
    asked: dict[str, Any] = {"source__key": wanted.source, "source__kind": wanted.kind}
    rows = recommendations_visible_to(user).filter(**{name: value for name, value in asked.items() if value})
    for name in ("agency", "group"):
        if key := getattr(wanted, name):
            to = Addressee.objects.filter(gone_on=None, **{f"{name}__key": key})
            rows = rows.filter(pk__in=to.values("recommendation"))
    shown, more = page_of(request, response, with_ledger(rows), after, limit)
    items = [schemas.RecommendationOut(**shapes.recommendation(each)) for each in shown]
    return schemas.RecommendationList(items=items, next=more)


@router.get(
    "recommendations/{number}",
    response=answers(schemas.RecommendationWhole),
    url_name="recommendation",
    summary="One recommendation",
    operation_id="recommendation",
)
def recommendation(request: HttpRequest, response: HttpResponse, number: Id) -> schemas.RecommendationWhole:
    """A recommendation with whom it is addressed to, and every response."""
    user = caller(request, TokenScope.RECOMMENDATIONS_READ, Permission.PLANS_VIEW).user
    found = recommendation_named(user, number)
    said = found.ledger.filter(kind=LedgerKind.RESPONSE).order_by("as_at", "pk")
    tag(response, found.version)
    return schemas.RecommendationWhole(
        **shapes.recommendation(found), responses=[shapes.response(each) for each in said]
    )


@router.post(
    "recommendations/{number}/responses",
    response=answers(schemas.ResponseOut, WRITE, 201),
    url_name="recommendation_responses",
    summary="Respond to a recommendation",
    operation_id="response_add",
)
def response_add(
    request: HttpRequest,
    response: HttpResponse,
    number: Id,
    body: schemas.ResponseIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[dict[str, Any]]:
    """Answer in the name of one of those it is addressed to; an earlier response may be replaced, and is kept."""
    who = caller(request, TokenScope.RECOMMENDATIONS_WRITE, Permission.PLANS_VIEW)
    found = recommendation_named(who.user, number)
    own = addressees_visible_to(who.user).filter(recommendation=found, pk=body.addressee, gone_on=None)
    addressee = own.first()
    if addressee is None:
        raise unfit({"addressee": "The recommendation is not addressed to this number."})
    permissions.check_answer_recommendation(who.user, addressee)
    old = _replaced(addressee, body.replaces)
    now = timezone.now()
    said = Said(body.as_at or timezone.localdate(now), body.public, body.private, body.said_by)
    texts = {"public": body.public, "private": body.private, "said_by": body.said_by}

    def do() -> schemas.ResponseOut:
        made = services.respond(found, addressee, said, replaces=old, by=who.by, now=now)
        return shapes.response(made)

    return Status(201, written_once(request, who, idempotency_key, body, texts, do))


def _replaced(addressee: Addressee, number: int | None) -> LedgerLine | None:
    """The response of this addressee that is to be replaced. Raises Problem where it is none of theirs."""
    if number is None:
        return None
    old = LedgerLine.objects.filter(addressee=addressee, kind=LedgerKind.RESPONSE, pk=number).first()
    if old is None:
        raise unfit({"replaces": "This addressee gave no such response."})
    return old


def recommendation_named(user: User, number: int) -> Recommendation:
    """The recommendation. Raises Problem also where it may not be known to exist."""
    try:
        return with_ledger(recommendations_visible_to(user)).get(pk=number)
    except Recommendation.DoesNotExist:
        raise gone() from None
