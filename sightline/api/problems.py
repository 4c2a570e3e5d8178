"""What goes wrong, as programs read it: problem details (RFC 9457), with the sentence that a page would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
# Every kind of its own stands on the page of the API under this name; all others are what their status says.
PAGE = "/api/#"
TOLD_OF_A_CHILD, KEY_USED, STALE, NO_VERSION = "told-of-a-child", "key-used", "stale", "no-version"
NOT_FOUND = "There is no such record, or it is not for you to know of."
FAULT = "Something went wrong on our side. What you sent was not kept. Try again in a minute."


class Problem(Exception):
    """Why something is not answered as asked; `detail` is fit to show."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind
        self.errors, self.headers, self.more = list(errors), dict(headers or {}), more


def answer(problem: Problem) -> HttpResponse:
    """The problem as an answer; nothing of the machinery stands in it."""
    told: dict[str, Any] = {
        "type": f"{PAGE}{problem.kind}" if problem.kind else "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        told["errors"] = problem.errors
    response = JsonResponse(told | problem.more, status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def unfit(problems: Mapping[str, str]) -> Problem:
    """What the rules refuse, a sentence for each field."""
    errors = [{"field": field, "detail": sentence} for field, sentence in problems.items()]
    return Problem(422, " ".join(problems.values()), errors=errors)


def gone() -> Problem:
    """What is not there, or may not be known to be."""
    return Problem(404, NOT_FOUND)
