"""Groups and agencies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from sightline.access.choices import Permission, TokenScope
from sightline.api import schemas, shapes
from sightline.api.asking import USUAL, After, IfMatch, Limit, anew, page_of, tag, version_in, written
from sightline.api.problems import gone
from sightline.api.serving import CHANGE, Caller, answers, caller
from sightline.partners import permissions, selectors, services
from sightline.partners.models import Agency, Group

router = Router()
Key = Annotated[str, Path(max_length=70)]
M = TypeVar("M", bound=Model)
Party = TypeVar("Party", Group, Agency)
GROUP_FIELDS = ("name", "short_name", "kind", "parent", "merged_into", "starts_on", "ends_on")
AGENCY_FIELDS = ("name", "short_name", "sector", "kind", "predecessor", "starts_on", "ends_on")


@router.get(
    "groups",
    response=answers(schemas.GroupList),
    url_name="groups",
    summary="List groups",
    operation_id="groups",
    tags=["Groups"],
)
def groups(
    request: HttpRequest, response: HttpResponse, after: After = 0, limit: Limit = USUAL
) -> schemas.GroupList:
    """Every group, those that have ended among them."""
    user = caller(request, TokenScope.GROUPS_READ, Permission.PARTNERS_VIEW).user
    rows, more = page_of(request, response, selectors.groups(user), after, limit)
    return schemas.GroupList(items=[shapes.group(each) for each in rows], next=more)


@router.get(
    "groups/{key}",
    response=answers(schemas.GroupOut),
    url_name="group",
    summary="One group",
    operation_id="group",
    tags=["Groups"],
)
def group(request: HttpRequest, response: HttpResponse, key: Key) -> schemas.GroupOut:
    """A group."""
    user = caller(request, TokenScope.GROUPS_READ, Permission.PARTNERS_VIEW).user
    found = named(selectors.groups(user), key)
    tag(response, found.version)
    return shapes.group(found)


@router.patch(
    "groups/{key}",
    response=answers(schemas.GroupOut, CHANGE),
    url_name="group",
    summary="Change a group",
    operation_id="group_change",
    tags=["Groups"],
)
def group_change(
    request: HttpRequest, response: HttpResponse, key: Key, body: schemas.GroupChange, if_match: IfMatch = ""
) -> schemas.GroupOut:
    """Change a group's names or kind."""
    who = writer(request, TokenScope.GROUPS_WRITE)
    found: Group = named(selectors.groups(who.user), key)
    made = change(request, who, found, GROUP_FIELDS, services.change_group, body, if_match)
    tag(response, made.version)
    return shapes.group(made)


@router.get(
    "agencies",
    response=answers(schemas.AgencyList),
    url_name="agencies",
    summary="List agencies",
    operation_id="agencies",
    tags=["Agencies"],
)
def agencies(
    request: HttpRequest, response: HttpResponse, after: After = 0, limit: Limit = USUAL
) -> schemas.AgencyList:
    """Every agency, those that have ended among them."""
    user = caller(request, TokenScope.AGENCIES_READ, Permission.PARTNERS_VIEW).user
    rows, more = page_of(request, response, selectors.agencies(user), after, limit)
    return schemas.AgencyList(items=[shapes.agency(each) for each in rows], next=more)


@router.get(
    "agencies/{key}",
    response=answers(schemas.AgencyOut),
    url_name="agency",
    summary="One agency",
    operation_id="agency",
    tags=["Agencies"],
)
def agency(request: HttpRequest, response: HttpResponse, key: Key) -> schemas.AgencyOut:
    """An agency."""
    user = caller(request, TokenScope.AGENCIES_READ, Permission.PARTNERS_VIEW).user
    found = named(selectors.agencies(user), key)
    tag(response, found.version)
    return shapes.agency(found)


@router.patch(
    "agencies/{key}",
    response=answers(schemas.AgencyOut, CHANGE),
    url_name="agency",
    summary="Change an agency",
    operation_id="agency_change",
    tags=["Agencies"],
)
def agency_change(
    request: HttpRequest, response: HttpResponse, key: Key, body: schemas.AgencyChange, if_match: IfMatch = ""
) -> schemas.AgencyOut:
    """Change an agency's names, sector or kind."""
    who = writer(request, TokenScope.AGENCIES_WRITE)
    found: Agency = named(selectors.agencies(who.user), key)
    made = change(request, who, found, AGENCY_FIELDS, services.change_agency, body, if_match)
    tag(response, made.version)
    return shapes.agency(made)


def named(rows: QuerySet[M], key: str) -> M:
    """The record of this key. Raises Problem where there is none."""
    found = rows.filter(key=key).first()
    if found is None:
        raise gone()
    return found


def writer(request: HttpRequest, scope: TokenScope) -> Caller:
    """Whoever asks, where they may change groups and agencies. Raises Problem, Refused."""
    who = caller(request, scope, Permission.PARTNERS_WRITE)
    permissions.check_write(who.user)
    return who


def change(
    request: HttpRequest,
    who: Caller,
    found: Party,
    fields: tuple[str, ...],
    service: Callable[..., Party],
    body: schemas.PartyChange,
    if_match: str,
) -> Party:
    """Change a group or an agency by its service, which takes all its fields: what is not named stays."""
    version = version_in(if_match)
    given = {name: getattr(found, name) for name in fields}
    given |= body.model_dump(exclude_none=True, exclude={"because"})

    def do() -> Party:
        return service(found, **given, version=version, by=who.by)

    texts = {name: anew(getattr(body, name), [getattr(found, name)]) for name in ("name", "short_name")}
    return written(request, who, body, texts, do)
