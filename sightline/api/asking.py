"""What operations share: pages of lists, versions, keys of what is sent again, words that tell of a child."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Query, Schema

from sightline.api import services
from sightline.api.problems import KEY_USED, NO_VERSION, STALE, TOLD_OF_A_CHILD, Problem
from sightline.api.serving import Caller
from sightline.api.values import BIGGEST, In
from sightline.events.choices import StaleRecord
from sightline.events.services import deed
from sightline.events.services.keeping import note_kept_knowingly
from sightline.identifying import LABELS, Finding, found
from sightline.plans.entries import PlanEntry

MOST, USUAL = 100, 50
M = TypeVar("M", bound=Model)
After = Annotated[int, Query(ge=0, le=BIGGEST, description="Go on behind this: take it from `next`")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at once")]
VERSION = re.compile(r'"([0-9]{1,9})"')


IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        pattern=r"^[!-~]*$",
        description="Any word of yours. Sent again within a day, the same is answered and not done twice.",
    ),
]
IfMatch = Annotated[str, Header(alias="If-Match", description="The ETag of what you saw.")]


def page_of(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[M],
    after: int,
    limit: int,
    *,
    newest: bool = False,
) -> tuple[list[M], str | None]:
    """A page of records by their number, behind the one named, and the address of the next. One query.

    What is added meanwhile moves nothing: no record is met twice or missed.
    """
    if after:
        rows = rows.filter(pk__lt=after) if newest else rows.filter(pk__gt=after)
    found_rows = list(rows.order_by("-pk" if newest else "pk")[: limit + 1])
    shown = found_rows[:limit]
    return shown, link_next(request, response, shown[-1].pk if len(found_rows) > limit else None)


def slice_of(
    request: HttpRequest, response: HttpResponse, rows: Sequence[Any], after: int, limit: int
) -> tuple[Sequence[Any], str | None]:
    """The same of rows that are no records: `after` counts them."""
    end = after + limit
    return rows[after:end], link_next(request, response, end if end < len(rows) else None)


def link_next(request: HttpRequest, response: HttpResponse, after: int | None) -> str | None:
    """The address of what comes after, also as a header; none at the end."""
    if after is None:
        return None
    asked = {name: value for name, value in request.GET.items() if name != "after"}
    address = f"{settings.SITE_ADDRESS}{request.path}?{urlencode(asked | {'after': after})}"
    response.headers["Link"] = f'<{address}>; rel="next"'
    return address


def page_address(path: str) -> str:
    """The whole address of a page for people."""
    return f"{settings.SITE_ADDRESS}{path}"


def tag(response: HttpResponse, version: int) -> None:
    """Say which version was answered."""
    response.headers["ETag"] = f'"{version}"'


def version_in(if_match: str) -> int:
    """The version that a change saw. Raises Problem without one, or where it can be none of ours."""
    if not if_match:
        raise Problem(
            428, "Send the ETag of what you saw as If-Match, so that nobody is overwritten.", kind=NO_VERSION
        )
    named = VERSION.fullmatch(if_match.strip())
    if named is None:
        raise Problem(412, StaleRecord.DEFAULT, kind=STALE)
    return int(named[1])


def written_once(
    request: HttpRequest, who: Caller, key: str, body: In, texts: Mapping[str, Any], do: Callable[[], Schema]
) -> dict[str, Any]:
    """Do what is asked, once for a key, and knowingly where its words may tell who a child is. Raises Problem."""

    def doing() -> dict[str, Any]:
        return written(request, who, body, texts, do).model_dump(mode="json")

    digest = hashlib.sha256(request.path.encode() + b"\0" + body.model_dump_json().encode()).hexdigest()
    try:
        return services.answer_once(who.token, key, digest, doing, timezone.now())
    except services.KeyUsed:
        raise Problem(
            422, "This Idempotency-Key stands for something else you sent.", kind=KEY_USED
        ) from None


T = TypeVar("T")


@deed
def written(request: HttpRequest, who: Caller, body: In, texts: Mapping[str, Any], do: Callable[[], T]) -> T:
    """Do what is asked; where its words may tell who a child is, only with a reason, which is journalled with it.

    Raises Problem without one.
    """
    telling = {name: told for name, text in texts.items() if (told := told_in(text))}
    if telling and not body.because.strip():
        raise _telling(telling)
    made = do()
    if telling:
        every = [each for told in telling.values() for each in told]
        note_kept_knowingly(PlanEntry.KEPT_KNOWINGLY, request.path, every, body.because.strip(), by=who.by)
    return made


def anew(given: str | Sequence[str] | None, stood: Collection[str]) -> list[str]:
    """What of this did not stand there before: of that alone its writer is asked, as in the forms."""
    each = [given] if isinstance(given, str) else given or []
    return [one for one in each if one not in stood]


def told_in(text: Any) -> list[Finding]:
    """What in a text, or in each of several, may tell who a child is."""
    each: Iterable[str] = [text] if isinstance(text, str) else (text or [])
    year = timezone.localdate().year
    return [finding for one in each for finding in found(one, year)]


def _telling(telling: Mapping[str, list[Finding]]) -> Problem:
    words = [
        {"field": name, "words": each.words, "kind": LABELS[each.kind]}
        for name, told in telling.items()
        for each in told
    ]
    return Problem(
        422,
        "Something here may tell who a child is. Take it out, or say in “because” why it must stand here.",
        kind=TOLD_OF_A_CHILD,
        found=words,
    )
