"""A visitor without a browser: follows addresses, fills in the forms it finds, keeps cookies."""

import http.client
import http.cookiejar
import mimetypes
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

SECONDS = 30


class NoAnswer(ConnectionError):
    """The server went away before it had answered."""


@dataclass(frozen=True)
class Page:
    """A page as it was answered."""

    status: int
    address: str
    html: str

    def form(self, holding: str) -> LexborNode:
        """The form that holds what the selector finds. Raises LookupError."""
        for form in LexborHTMLParser(self.html).css("form"):
            if form.css_first(holding):
                return form
        raise LookupError(f"{self.address} has no form with {holding}")

    def links(self, pattern: str) -> list[str]:
        """Addresses on this site that match the pattern as a whole."""
        found = [link.attributes.get("href") or "" for link in LexborHTMLParser(self.html).css("a[href]")]
        return sorted({address for address in found if re.fullmatch(pattern, address)})

    def first_textarea(self, text: str) -> dict[str, str]:
        """The text for the first big field of the page, by the field's name."""
        found = LexborHTMLParser(self.html).css_first("textarea[name]")
        return {str(found.attributes["name"]): text} if found else {}

    def has(self, selector: str) -> bool:
        return LexborHTMLParser(self.html).css_first(selector) is not None


def defaults(form: LexborNode) -> list[tuple[str, str]]:
    """What a browser would send if nobody touched the form, but for its buttons."""
    sent = []
    for field in form.css("input[name], textarea[name], select[name]"):
        name, kind = field.attributes["name"] or "", field.attributes.get("type") or ""
        if field.tag == "textarea":
            sent.append((name, field.text()))
        elif field.tag == "select":
            chosen = field.css_first("option[selected]") or field.css_first("option")
            sent.append((name, (chosen.attributes.get("value") or "") if chosen else ""))
        elif kind in {"checkbox", "radio"}:
            if "checked" in field.attributes:
                sent.append(
                    (name, (field.attributes["value"] or "") if "value" in field.attributes else "on")
                )
        elif kind not in {"file", "submit", "button", "image", "reset"}:
            sent.append((name, field.attributes.get("value") or ""))
    return sent


class Visitor:
    """One person with cookies of their own. Every method raises NoAnswer when the server goes away."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def get(self, address: str) -> Page:
        """Fetch a page, following redirections."""
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.server, address)))

    def send(self, page: Page, form: LexborNode, files: dict[str, Path] | None = None, **values: str) -> Page:
        """Send a form of the page with these values in place of what stands in it."""
        fields = [(name, value) for name, value in defaults(form) if name not in values]
        fields += list(values.items())
        address = urllib.parse.urljoin(page.address, form.attributes.get("action") or page.address)
        if (form.attributes.get("enctype") or "").startswith("multipart"):
            kind, body = _multipart(fields, files or {})
        else:
            kind, body = "application/x-www-form-urlencoded", urllib.parse.urlencode(fields).encode()
        headers = {"Content-Type": kind, "Referer": page.address}
        return self._open(urllib.request.Request(address, body, headers))

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                return Page(answer.status, answer.url, answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as refused:
            with refused:
                return Page(refused.code, refused.url or "", refused.read().decode("utf-8", "replace"))
        except (OSError, http.client.HTTPException) as gone:
            raise NoAnswer(str(gone)) from None


def _multipart(fields: list[tuple[str, str]], files: dict[str, Path]) -> tuple[str, bytes]:
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, path in files.items():
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{path.name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        )
        parts.append(head.encode() + path.read_bytes() + b"\r\n")
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + f"--{edge}--\r\n".encode()
