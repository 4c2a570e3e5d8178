"""Passwords that are known from breaches, asked of a server of the tests' own."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access import breaches, services
from sightline.access.breaches import KNOWN
from sightline.access.choices import LinkKind
from sightline.events.choices import SYSTEM
from tests.access.people import PASSWORD, member, person
from tests.access.test_sessions import secret_of, signed_in

pytestmark = pytest.mark.django_db
BREACHED, PADDED, GOOD = "liverpool is the best", "only padding tells", "three unheard random words"


def digest(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@dataclass
class Service:
    """What the server was asked, and how it answers."""

    url: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    status: int = 200
    wait: float = 0
    body: bytes = b""
    in_pieces: bool = False


def pieces(body: bytes, size: int = 40) -> Iterator[bytes]:
    """An answer sent in pieces, each with its length before it."""
    for begin in range(0, len(body), size):
        piece = body[begin : begin + size]
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    told = Service()
    told.body = (
        f"{'0' * 35}:9\r\n{digest(BREACHED)[5:]}:1234\r\n{digest(PADDED)[5:]}:0\r\nnonsense\r\n".encode()
    )

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers["Add-Padding"]))
            time.sleep(told.wait)
            self.send_response(told.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Connection", "close")
            if told.in_pieces:
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"".join(pieces(told.body)) if told.in_pieces else told.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    told.url = settings.BREACHED_PASSWORDS_URL = f"http://127.0.0.1:{server.server_port}/range/"
    yield told
    server.shutdown()
    server.server_close()


def change(client: Client, new: str) -> str:
    return client.post("/password/", {"present": PASSWORD, "new": new}, follow=True).content.decode()


@pytest.fixture
def client_of_una() -> Client:
    return signed_in(member("Una Unit", "unit", password=PASSWORD))


def test_a_breached_password_is_refused_and_five_characters_leave(
    service: Service, client_of_una: Client
) -> None:
    assert KNOWN in change(client_of_una, BREACHED)
    assert service.asked == [(f"/range/{digest(BREACHED)[:5]}", "true")]
    assert "Your password was changed." in change(client_of_una, GOOD)


def test_an_answer_that_comes_in_pieces_is_read_whole(service: Service, client_of_una: Client) -> None:
    service.in_pieces = True
    assert KNOWN in change(client_of_una, BREACHED)


def test_a_line_that_only_pads_refuses_nothing(service: Service, client_of_una: Client) -> None:
    assert "Your password was changed." in change(client_of_una, PADDED)


def test_it_is_asked_for_a_password_by_link_too(service: Service) -> None:
    ann = person("Ann New")
    services.send_link(ann, LinkKind.INVITATION, by=SYSTEM, now=timezone.now())
    address = f"/set-password/{secret_of(ann.email)}/"
    assert KNOWN in Client().post(address, {"new": BREACHED}).content.decode()
    assert Client().post(address, {"new": GOOD}).status_code == 302
    service.asked.clear()
    assert Client().post(address, {"new": BREACHED}).status_code == 410
    assert service.asked == []


@pytest.mark.parametrize("fault", ["status", "redirect", "slow", "gone", "long", "not an address"])
def test_where_nobody_answers_the_password_is_taken_and_a_line_logged(
    service: Service,
    client_of_una: Client,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
) -> None:
    monkeypatch.setattr(breaches, "SECONDS", 0.2)
    match fault:
        case "status":
            service.status = 503
        case "redirect":
            service.status = 302
        case "slow":
            service.wait = 0.5
        case "gone":
            settings.BREACHED_PASSWORDS_URL = "http://127.0.0.1:1/range/"
        case "long":
            service.body = b"x" * 1_500_000
        case _:
            settings.BREACHED_PASSWORDS_URL = "file:///etc/"
    assert "Your password was changed." in change(client_of_una, BREACHED)
    [line] = {record.getMessage() for record in caplog.records if "breached" in record.getMessage()}
    assert "did not answer" in line
    assert BREACHED not in line
    assert digest(BREACHED)[:5] not in line


def test_without_the_setting_nobody_is_asked(service: Service, client_of_una: Client, settings: Any) -> None:
    settings.BREACHED_PASSWORDS_URL = ""
    assert "Your password was changed." in change(client_of_una, BREACHED)
    assert service.asked == []


def test_the_limit_is_two_seconds() -> None:
    assert breaches.SECONDS == 2
