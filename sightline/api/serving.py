"""The API itself: what every request goes through, and the document that describes all of it."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security.base import AuthBase

from sightline.access import services
from sightline.access.addresses import client_address
from sightline.access.choices import Permission, TokenScope
from sightline.access.guard import PUBLIC, needs
from sightline.access.models import Token, User
from sightline.access.pace import PROGRAMS
from sightline.access.permissions import Refused, check_holds_anywhere
from sightline.api import values
from sightline.api.problems import FAULT, MEDIA_TYPE, STALE, Problem, answer, unfit
from sightline.events.choices import Actor, StaleRecord, Unacceptable

MOST_BYTES = 1024 * 1024
LONGEST_QUERY = 4_000
JSON = "application/json"
NOTHING_SENT = "Send a personal token: “Authorization: Bearer …”. Cookies count for nothing here."
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Sightline"'}
A_MINUTE = {"Retry-After": "60"}
DESCRIPTION = (
    "Reads and writes what the pages show and do, with the permissions of the person whose token is sent. "
    "A list is walked by its `next`. Something added may be sent with an `Idempotency-Key`, and then again without "
    "being done twice; a change is sent with the version it saw as `If-Match`. Errors are problem details (RFC 9457)."
)
log = logging.getLogger("sightline.api")


class Bearer(AuthBase):
    """A personal token in the header, and nowhere else."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Token:
        """The token. Raises Problem where it opens nothing."""
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret.strip():
            raise Problem(401, NOTHING_SENT, headers=CHALLENGE)
        try:
            return services.recognise(secret.strip(), client_address(request), timezone.now())
        except services.TokenRefused as refused:
            more = {401: CHALLENGE, 429: A_MINUTE}.get(refused.status)
            raise Problem(refused.status, refused.sentence, headers=more) from None


class Api(NinjaAPI):
    """Ninja's, whose document says of errors what they are."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """The document: errors are of a media type of their own."""
        made = super().get_openapi_schema(path_prefix=PROGRAMS)
        for path in made["paths"].values():
            for operation in path.values():
                for status, told in operation["responses"].items():
                    if int(status) >= 400:
                        told["content"] = {MEDIA_TYPE: told["content"][JSON]}
        return made


api = Api(
    title="Sightline",
    version="1",
    description=DESCRIPTION,
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
READ = (400, 401, 403, 404, 405, 406, 414, 422, 429, 500)
WRITE = (*READ, 409, 413, 415)
CHANGE = (*WRITE, 412, 428)


def answers(schema: Any, others: tuple[int, ...] = READ, status: int = 200) -> dict[int, Any]:
    """What an operation may answer: the schema, or one of these problems."""
    return {status: schema, **dict.fromkeys(sorted(others), values.Problem)}


class Caller:
    """Whoever asks: the account of the token, and who the journal says it is."""

    def __init__(self, token: Token) -> None:
        self.token = token
        self.user: User = token.user
        self.by: Actor = token.actor


def caller(request: HttpRequest, scope: TokenScope, permission: Permission) -> Caller:
    """Whoever asks, where their token is for this and they may do it at all. Raises Problem, Refused."""
    token: Token = request.auth  # type: ignore[attr-defined]  # ninja keeps it on the request
    if not token.allows(scope):
        raise Refused(f"This token was not made for “{scope.value}”.")
    check_holds_anywhere(token.user, permission)
    return Caller(token)


def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """As it stands."""
    return answer(problem)


def on_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The sentence that the page would show; journalled as there."""
    token: Token = request.auth  # type: ignore[attr-defined]  # ninja keeps it on the request
    services.note_refused(token.user, request.path, by=token.actor)
    return answer(Problem(403, refused.sentence))


def on_unacceptable(request: HttpRequest, refused: Unacceptable) -> HttpResponse:
    """What the rules refuse."""
    return answer(unfit(refused.problems))


def on_stale(request: HttpRequest, stale: StaleRecord) -> HttpResponse:
    """Somebody else was first."""
    status = 412 if request.headers.get("If-Match") else 409
    return answer(Problem(status, stale.sentence, kind=STALE))


def on_invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """What does not fit the schema, field by field."""
    errors = [{"field": _field(*each["loc"]), "detail": str(each["msg"])} for each in invalid.errors]
    return answer(
        Problem(422, "Something in the request is not as the document describes it.", errors=errors)
    )


def _field(place: str, named: str, *inner: str | int) -> str:
    """The field as it was sent: without its place, and the name that a body or a filter has among ourselves."""
    if place == "body":
        return ".".join(str(part) for part in inner)
    return str(inner[0]) if inner else named


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What could not be read."""
    return answer(Problem(error.status_code, "The body could not be read: it is no JSON."))


def on_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A fault of ours: its number is told, everything else stands in the log alone."""
    number = secrets.token_hex(4)
    log.error("fault %s at an address of the API", number, exc_info=fault)
    return answer(Problem(500, f"{FAULT} Its number is {number}."))


for kind, handler in (
    (Problem, on_problem),
    (Refused, on_refused),
    (Unacceptable, on_unacceptable),
    (StaleRecord, on_stale),
    (ValidationError, on_invalid),
    (HttpError, on_http_error),
    (Exception, on_fault),
):
    api.add_exception_handler(kind, handler)  # type: ignore[arg-type]  # each takes its own kind


def serve(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An address of the API: the guard lets it through, for the token decides; cookies count for nothing, so nothing
    can be forged with them; what is too large or of another kind is not looked at.
    """

    @needs(PUBLIC)
    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            look_at(request)
            response = view(request, *args, **kwargs)
        except Problem as problem:
            return answer(problem)
        if response.status_code == 405:
            allow = ", ".join(sorted(response.headers["Allow"].split(", ")))
            return answer(Problem(405, f"This address takes {allow}.", headers={"Allow": allow}))
        return marked(request, response)

    return served


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with the marking of the most sensitive its reader could meet, as a page that gathers many bears it."""
    token = getattr(request, "auth", None)
    if isinstance(token, Token):
        response.headers["Protective-Marking"] = token.user.scope.marking
    return response


def look_at(request: HttpRequest) -> None:
    """Raises Problem for what no operation takes."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise Problem(414, "The address is too long.")
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise Problem(400, "The address holds a sign that stands for nothing.")
    if not any(kind in request.headers.get("Accept", "*/*") for kind in ("*/*", "application/*", "json")):
        raise Problem(406, "Answers are JSON: accept application/json.")
    if request.method in {"POST", "PATCH", "PUT"}:
        _look_at_body(request)


def _look_at_body(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Problem(413, f"A body is at most {MOST_BYTES:,} bytes long.")
    if request.content_type != JSON:
        raise Problem(415, f"Send JSON, and say so: “Content-Type: {JSON}”.")


@cache
def document() -> str:
    """The OpenAPI document, as it is served and kept in the project's documentation."""
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
