"""Somebody who goes over the site from page to page, follows what is offered and sends every form, and tells of faults.

What is asked least often so far comes first: a link by its pattern and what is asked by it, a form by its questions.
Everything is chosen by a seeded random, so that the same is asked at every run.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client, TestCase
from selectolax.lexbor import LexborHTMLParser

from tests.documents.making import hung_up
from tests.fuzz.manners import MANNERS, MARK, filled, tampered_link
from tests.fuzz.pages import Form, forms, inside, link_shape, links, missing_places, route
from tests.walks.surface import why_loose

ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 410, 413, 422, 429}
# Signing out ends the visit; the page of components shows forms that lead nowhere.
LEFT_ALONE = ("/sign-out/", "/components/", "/static/", "/api/")
TRACES = (b"Traceback (most recent call last)", b"<ExceptionInfo", b"DoesNotExist at /")
NO_PLACE = "leads to #"
STEPS_ON = 4
# One of so many submissions is kept, and the visit goes on from what it wrote.
KEEPS_ONE_IN = 3


@dataclass
class Answer:
    """What came back, after redirections: where it was met, with what number, and its bytes."""

    address: str
    response: Any
    content: bytes
    faults: list[str] = field(default_factory=list)

    @property
    def is_page(self) -> bool:
        kind = self.response.headers.get("Content-Type", "")
        return kind.startswith("text/html") and "Content-Disposition" not in self.response.headers

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.content.decode("utf-8", "replace"))


class Crawl:
    """One role's visit. `faults` holds a line for everything that should not have been met."""

    def __init__(self, role: str, client: Client, rng: Random, starts: list[str], *, keeps: bool) -> None:
        self.role, self.client, self.rng, self.keeps = role, client, rng, keeps
        self.links: dict[tuple[object, ...], list[tuple[str, str]]] = {}
        self.forms: dict[tuple[object, ...], list[Form]] = {}
        self.seen: set[str] = set()
        self.taken: Counter[tuple[object, ...]] = Counter()
        self.faults: dict[object, str] = {}
        self.requests = 0
        for start in starts:
            self._wait_for(start, "the beginning")

    def run(self, requests: int) -> None:
        """Go on until so many requests were made, or nothing is left to ask."""
        while self.requests < requests and (self.links or self.forms):
            self._follow() if self.links and (not self.forms or self.rng.random() < 0.5) else self._send()

    def _least(self, waiting: dict[tuple[object, ...], Any]) -> tuple[object, ...]:
        return min(waiting, key=lambda shape: self.taken[shape])

    # Links

    def _follow(self) -> None:
        shape = self._least(self.links)
        waiting = self.links[shape]
        address, page = waiting.pop(self.rng.randrange(len(waiting)))
        if not waiting:
            del self.links[shape]
        self.taken[shape] += 1
        self._read(address, page, f"GET {address}")
        if self.rng.random() < 0.3:
            odd = tampered_link(address, self.rng)
            self._tell(self._ask("get", odd), page, f"GET {odd} tampered", ("tampered", *shape))

    def _read(self, address: str, page: str, told: str) -> None:
        answer = self._ask("get", address)
        self._tell(answer, page, told, link_shape(address))
        if answer.response.status_code in {403, 404} and self._offers(page, address):
            self._fault(
                ("refused", route(address), page.split("?")[0]), page, told, "is offered, and refused"
            )
        self._learn(answer)

    def _offers(self, page: str, address: str) -> bool:
        """Whether the page still leads there: what was written meanwhile may have taken the record away."""
        again = self._ask("get", page) if page.startswith("/") else None
        if again is None or again.response.status_code != 200 or not again.is_page:
            return False
        return address in links(again.address, again.tree)

    def _learn(self, answer: Answer) -> None:
        """Keep what a page offers for later."""
        if not answer.is_page:
            return
        tree = answer.tree
        for address in links(answer.address, tree):
            self._wait_for(address, answer.address)
        for form in forms(answer.address, tree):
            if form.action and not form.action.startswith(LEFT_ALONE):
                waiting = self.forms.setdefault(form.shape, [])
                if len(waiting) < 20:
                    waiting.append(form)

    def _wait_for(self, address: str, page: str) -> None:
        if address not in self.seen and not address.startswith(LEFT_ALONE):
            self.seen.add(address)
            self.links.setdefault(link_shape(address), []).append((address, page))

    # Forms

    def _send(self) -> None:
        shape = self._least(self.forms)
        form = self.rng.choice(self.forms[shape])
        manner = list(MANNERS)[self.taken[shape] % len(MANNERS)]
        self.taken[shape] += 1
        sent = filled(form, manner, self.rng)
        told = f"{form.method.upper()} {form.action} {manner}: {_short(sent)}"
        if form.method == "post":
            self._post(form, manner, sent, told)
            return
        plain = [(name, value) for name, value in sent if isinstance(value, str)]
        address = f"{form.action.split('?')[0]}?{urlencode(plain)}"
        answer = self._ask("get", address)
        self._tell(answer, form.page, told, shape)
        if answer.response.status_code in {403, 404} and manner == "standing":
            self._fault(("refused", *shape), form.page, told, "is offered, and refused")
        self._learn(answer)

    def _post(self, form: Form, manner: str, sent: list[tuple[str, Any]], told: str) -> None:
        """Send it; keep what it wrote now and then, unless this person could not go on after it."""
        cookies = self.client.cookies.output()
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            answer = self._ask("post", form.action, sent)
            self._tell(answer, form.page, told, form.shape)
            refused = answer.response.status_code in {403, 404}
            keep = self.keeps and not refused and self.rng.randrange(KEEPS_ONE_IN) == 0
            keep = keep and self._ask("get", "/").response.status_code == 200
            if not keep:
                transaction.set_rollback(True)
        if keep:
            self._learn(answer)
            return
        self.client.cookies = SimpleCookie()
        self.client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        if refused and manner == "standing" and self._still_there(form):
            self._fault(("refused", *form.shape), form.page, told, "is offered, and refused")

    def _still_there(self, form: Form) -> bool:
        again = self._ask("get", form.page)
        return again.is_page and any(
            found.action == form.action and found.button == form.button
            for found in forms(again.address, again.tree)
        )

    # Asking, and looking at what came

    def _ask(self, method: str, address: str, sent: list[tuple[str, Any]] | None = None) -> Answer:
        """One request and what it leads to; a redirection that leads nowhere is a fault of it."""
        with _logged() as lines:
            answer = self._once(method, address, sent)
            for _ in range(STEPS_ON):
                if answer.response.status_code not in {301, 302, 303}:
                    break
                onward = inside(answer.address, answer.response.headers["Location"])
                if not onward or onward.startswith(LEFT_ALONE):
                    break
                before, answer = answer, self._once("get", onward)
                answer.faults[:0] = before.faults
                if answer.response.status_code in {403, 404}:
                    answer.faults.append(f"led on to {onward}, which answers {answer.response.status_code}")
        answer.faults += lines
        return answer

    def _once(self, method: str, address: str, sent: list[tuple[str, Any]] | None = None) -> Answer:
        self.requests += 1
        data: dict[str, Any] = {}
        for name, value in sent or []:
            data.setdefault(name, []).append(value)
        headers = {"HTTP_REFERER": f"http://testserver{address}"}
        response = getattr(self.client, method)(address, data if method == "post" else None, **headers)
        faults: list[str] = []
        try:
            content = b"".join(response) if response.streaming else response.content
        except Exception:
            faults, content = [traceback.format_exc()], b""
        hung_up(response)
        if response.exc_info:
            faults.append("".join(traceback.format_exception(*response.exc_info)[-6:]))
        if response.status_code >= 500 or response.status_code not in ANSWERS:
            faults.append(f"answers {response.status_code}")
        faults += [f"shows {trace.decode()}" for trace in TRACES if trace in content]
        page = Answer(address, response, content, faults)
        page.faults += _of_page(page) if not faults else []
        return page

    def _tell(self, answer: Answer, page: str, told: str, shape: object) -> None:
        for found in answer.faults:
            if found.startswith(NO_PLACE) and " tampered" in told:
                continue  # the wrong answer to a question that the page does not show has no place on it
            self._fault((shape, found.strip().rpartition("\n")[2][:80]), page, told, found)

    def _fault(self, key: object, page: str, told: str, what: str) -> None:
        self.faults.setdefault(key, f"{self.role}, on {page}: {told}\n    {what}")


def _of_page(answer: Answer) -> list[str]:
    """What is wrong with a page that is no fault of the machinery."""
    if not answer.is_page or answer.response.status_code in {301, 302, 303}:
        return []
    tree, faults = answer.tree, []
    if not tree.css_first("h1"):
        faults.append(f"a page of {answer.response.status_code} without a heading")
    if tree.css_first("i.odd-given") or MARK.encode() in answer.content:
        faults.append("shows what was typed as if it were our own")
    faults += [f"{NO_PLACE}{place}, which is not there" for place in missing_places(answer.address, tree)]
    if tree.css_first('[href^="javascript:" i], [action^="javascript:" i]'):
        faults.append("leads into a script")
    return faults + [f"is sent loosely: {wrong}" for wrong in _loose(answer)]


def _loose(answer: Answer) -> list[str]:
    """What was typed may stand there as a text, and name a script; only a link to one is wrong."""
    try:
        return [wrong for wrong in why_loose(answer.response) if wrong.lower() != "javascript:"]
    except UnicodeDecodeError:
        return ["not in UTF-8"]


class _Noting(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"logs: {record.getMessage()}")


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Errors that are logged meanwhile, but for those of requests, which show in their answers."""
    lines: list[str] = []
    handler = _Noting(lines)
    loggers = [logging.getLogger(name) for name in ("", "django", "sightline")]
    for each in loggers:
        each.addHandler(handler)
    try:
        yield lines
    finally:
        for each in loggers:
            each.removeHandler(handler)


def _short(sent: list[tuple[str, Any]]) -> str:
    return ", ".join(
        f"{name}={value[:60]!r}" if isinstance(value, str) else f"{name}=<{value.name[:40]}>"
        for name, value in sent
    )
