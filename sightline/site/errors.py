"""Error pages. Each says what happened, what was kept and what to do, and nothing of the machinery."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

from sightline.access.services import note_refused
from sightline.site.logs import FAULT

NOT_ALLOWED = "You are signed in, but this page is for others."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that could not be read."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: with the sentence of the refusal, which names who can help. The journal tells who was refused what."""
    sentence = getattr(exception, "sentence", "") or NOT_ALLOWED
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        note_refused(user, request.path)
    return render(request, "403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same whether there is no such page, or one whose existence is not told."""
    return render(request, "404.html", status=404)


class NotAllowedMiddleware:
    """405 with a page: somebody typed, or went back to, the address of a form that was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only where the view itself had nothing to say."""
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseNotAllowed) or answer.content:
            return answer
        page = render(request, "405.html", status=answer.status_code)
        page["Allow"] = answer["Allow"]
        return page


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks neither session nor database, either of which may be what failed. Its number stands in the log."""
    reference = secrets.token_hex(4)
    setattr(request, FAULT, reference)
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old (CSRF_FAILURE_VIEW)."""
    return render(request, "site/form_expired.html", status=403)
