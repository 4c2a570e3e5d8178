"""Asking a virus scanner: over TCP and a socket, by the protocol of clamd, against a small one of our own."""

from __future__ import annotations

import hashlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sightline.documents import services
from sightline.documents.choices import MOST_BYTES, FileRefused
from sightline.documents.models import Document
from sightline.documents.services.scanning import ScannerDown, ask
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.plans.models import Import
from sightline.site.settings.environment import UnreadableSetting
from sightline.site.settings.files import scanner
from tests.documents.making import file
from tests.plans.making import make_agency, make_group, make_user
from tests.plans.viewing import old_action, old_plan, signed_in

pytestmark = pytest.mark.django_db
SIGN = b"THIS-STANDS-FOR-A-VIRUS"


def _exactly(link: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        got += link.recv(size - len(got)) or pytest.fail("the client hung up")
    return got


def _serve(server: socket.socket, asked: list[bytes], answer: bytes | None) -> None:
    """Answer as clamd does, until the server is closed."""
    while True:
        try:
            link, _ = server.accept()
        except OSError:
            return
        with link:
            assert _exactly(link, 10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack(">I", _exactly(link, 4))[0]:
                data += _exactly(link, size)
            asked.append(data)
            found = b"stream: Sign.Of.Test FOUND\0" if SIGN in data else b"stream: OK\0"
            link.sendall(found if answer is None else answer)


@contextmanager
def clamd(
    family: int = socket.AF_INET, at: Any = ("127.0.0.1", 0), answer: bytes | None = None
) -> Iterator[Any]:
    """A scanner; gives its address and what it was asked about. `answer`: what it always says."""
    asked: list[bytes] = []
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.bind(at)
        server.listen()
        thread = threading.Thread(target=_serve, args=(server, asked, answer), daemon=True)
        thread.start()
        name = server.getsockname()
        yield (f"unix:{name}" if isinstance(name, str) else f"tcp://127.0.0.1:{name[1]}"), asked
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def scanning(settings: Any) -> Iterator[list[bytes]]:
    with clamd() as (address, asked):
        settings.FILE_SCANNER = {"address": address, "when_down": "refuse"}
        yield asked


def test_it_is_asked_over_tcp_in_pieces_and_says_yes_or_no() -> None:
    with clamd() as (address, asked):
        assert ask(address, b"x" * 600_000) == ""
        assert ask(address, b"a" + SIGN) == "Sign.Of.Test"
    assert [len(data) for data in asked] == [600_000, 1 + len(SIGN)]


def test_it_is_asked_by_a_socket_too(tmp_path: Path) -> None:
    with clamd(socket.AF_UNIX, str(tmp_path / "clamd.ctl")) as (address, _):
        assert ask(address, SIGN) == "Sign.Of.Test"
    with pytest.raises(ScannerDown):
        ask(f"unix:{tmp_path}/nobody", b"x")


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0"])
def test_an_answer_that_is_neither_yes_nor_no_counts_as_none(answer: bytes) -> None:
    with clamd(answer=answer) as (address, _), pytest.raises(ScannerDown):
        ask(address, b"x")


def test_a_file_with_a_virus_is_refused(scanning: list[bytes]) -> None:
    with pytest.raises(
        FileRefused, match=r"“a\.txt” was not kept: this file holds a virus \(Sign\.Of\.Test\)"
    ):
        services.look_at([file(SIGN, "a.txt")])
    assert services.look_at([file()])
    assert len(scanning) == 2


@pytest.mark.parametrize(("when_down", "kept"), [("refuse", False), ("keep", True)])
def test_while_it_is_down_the_setting_says_what_happens(settings: Any, when_down: str, kept: bool) -> None:
    settings.FILE_SCANNER = {"address": "tcp://127.0.0.1:9", "when_down": when_down}
    if kept:
        assert services.look_at([file()])
    else:
        with pytest.raises(FileRefused, match="cannot be looked through for viruses just now"):
            services.look_at([file()])


def test_a_file_too_large_to_be_kept_is_neither_read_nor_asked_about(scanning: list[bytes]) -> None:
    services.scan_first([file(b"x" * (MOST_BYTES + 1))], by=SYSTEM)
    assert scanning == []


def test_without_a_scanner_nobody_is_asked(settings: Any) -> None:
    settings.FILE_SCANNER = {}
    assert services.look_at([file(SIGN)])


def test_evidence_with_a_virus_is_refused_beside_its_box_and_the_entry_stays(scanning: list[bytes]) -> None:
    action = old_action(old_plan(make_group()), make_agency("The constabulary"))
    client = signed_in(make_user("owner", "agency", "the-constabulary"))
    day = {"dated_on-day": "2", "dated_on-month": "3", "dated_on-year": "2020"}
    said = {"quarter": "audit", "text": "Seen", "said_by": "", "received_how": "screen", **day}
    sent = client.post(
        reverse("plans:action_evidence", args=[action.reference]),
        {**said, "attached": SimpleUploadedFile("a.txt", SIGN)},
    )
    assert sent.status_code == 422
    assert "this file holds a virus (Sign.Of.Test), so it was not kept" in sent.content.decode()
    assert not Document.objects.exists()
    assert len(scanning) == 1
    told = json.loads(Entry.objects.get(type="documents.virus_found").after)
    assert told == {"virus": "Sign.Of.Test", "sha256": hashlib.sha256(SIGN).hexdigest()}
    assert Entry.objects.get(type="documents.virus_found").actor_label
    kept = client.post(
        reverse("plans:action_evidence", args=[action.reference]),
        {**said, "attached": SimpleUploadedFile("b.txt", b"Fine")},
    )
    assert kept.status_code == 302
    assert Document.objects.count() == 1


def test_a_paper_with_a_virus_is_refused_before_it_is_kept(scanning: list[bytes]) -> None:
    client = signed_in(make_user("unit"))
    paper = SimpleUploadedFile("plan.txt", b"Action\tLead\n" + SIGN)
    sent = client.post(reverse("plans:import_new"), {"file": paper, "plan_name": "A plan"})
    assert sent.status_code == 422
    assert list(sent.context["form"].errors) == ["file"]
    assert not Import.objects.exists()
    assert Entry.objects.filter(type="documents.virus_found").count() == 1


def test_the_settings_name_a_scanner() -> None:
    assert scanner({}) == {}
    assert scanner({"SIGHTLINE_SCANNER": "tcp://scan.example:3310"}) == {
        "address": "tcp://scan.example:3310", "when_down": "refuse",
    }  # fmt: skip
    assert (
        scanner({"SIGHTLINE_SCANNER": "unix:/run/clamd", "SIGHTLINE_SCANNER_DOWN": "keep"})["when_down"]
        == "keep"
    )
    for wrong in ("clamd", "tcp://host", "tcp://host:x", "unix:", "http://host:1"):
        with pytest.raises(UnreadableSetting, match="SIGHTLINE_SCANNER must be"):
            scanner({"SIGHTLINE_SCANNER": wrong})
    with pytest.raises(UnreadableSetting, match="refuse or keep"):
        scanner({"SIGHTLINE_SCANNER": "unix:/x", "SIGHTLINE_SCANNER_DOWN": "maybe"})
