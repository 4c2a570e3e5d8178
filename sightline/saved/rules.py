"""Which addresses may be saved: pages of this site, by path and answers, never anything else."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST = 1_500
# The number of a page of a list is no part of a view; the rest would be pages that act or files.
DROPPED = frozenset({"page"})
NOT_A_VIEW = ("/saved-views/", "/sign-in/", "/sign-out/", "/password/", "/static/", "/demo/")


def named_in(address: str) -> tuple[list[str], list[str]]:
    """What an address may name: the pages above it and itself, and its answers that hold a letter."""
    parts = urlsplit(address)
    steps = parts.path.strip("/").split("/")
    above = [f"/{'/'.join(steps[:size])}/" for size in range(len(steps), 0, -1)]
    values = [value for _, value in parse_qsl(parts.query)]
    return above, [value for value in values if any(sign.isalpha() for sign in value)]


def own_view(address: str) -> str:
    """The address as it is kept: a path of this site with its answers in plain order; empty for any other text."""
    if len(address) > LONGEST or not address.startswith("/") or address.startswith(("//", "/\\")):
        return ""
    try:
        parts = urlsplit(address)
        answers = parse_qsl(parts.query, keep_blank_values=False, max_num_fields=100)
    except ValueError:
        return ""
    plain = parts.path.isascii() and parts.path.isprintable() and not set(parts.path) & set("\\ \"'<>")
    if parts.scheme or parts.netloc or not plain or ".." in parts.path or parts.path.startswith(NOT_A_VIEW):
        return ""
    query = urlencode([(name, value) for name, value in answers if name not in DROPPED])
    return f"{parts.path}?{query}" if query else parts.path
