"""The protective marking of what is taken away: files that have no place for it inside bear it in their name."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from sightline.access.permissions import scope_of

# Word, PDF, Excel, HTML and Markdown bear it on every page; these are read by machines, which a first line would upset.
BARE = ("text/csv", "application/json", "application/jsonl")
NAME = re.compile(r'filename="([^"]+?)((?:\.[a-z0-9]+)?)"')


class MarkedFilesMiddleware:
    """Puts the marking into the names of bare files.

    A view that knows how sensitive its file is says so (`response.marking`); any other is marked as what its reader
    could meet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        head = response.headers.get("Content-Disposition", "")
        if head.startswith("attachment") and response.headers.get("Content-Type", "").startswith(BARE):
            marking = getattr(response, "marking", None)
            marking = scope_of(request.user).marking if marking is None else marking
            if marking:
                response.headers["Content-Disposition"] = NAME.sub(rf'filename="\1 ({marking})\2"', head)
        return response
