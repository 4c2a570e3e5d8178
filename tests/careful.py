"""Many small queries are a fault where a page is read; a write locks record by record on purpose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal.middleware import zeal_middleware


def careful_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """django-zeal for pages that are read."""
    watched = zeal_middleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = (watched if request.method in ("GET", "HEAD") else get_response)(request)
        return answer

    return middleware
