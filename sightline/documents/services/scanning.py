"""Asking a virus scanner (clamd) about an upload, where the settings name one.

It is asked before anything is written: a scan may take longer than a transaction should stand open.
"""

from __future__ import annotations

import hashlib
import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import File

from sightline.documents.choices import MOST_BYTES, FileRefused
from sightline.documents.entries import DocumentEntry
from sightline.events.choices import SYSTEM, Actor
from sightline.events.services import deed, record

log = logging.getLogger(__name__)
_CHUNK = 256 * 1024
# How long an answer is waited for, in seconds.
_PATIENCE = 30.0
_LONGEST_ANSWER = 4096
_VERDICT = "scanner_said"
_DOWN = "Files cannot be looked through for viruses just now, so this one was not kept; try again later."


class ScannerDown(Exception):
    """The scanner did not answer, or not with yes or no."""


def scan_first(files: Iterable[File[bytes]], *, by: Actor) -> None:
    """Ask about uploads before the deed that keeps them begins; what was said of each goes along with it.

    So that the entry of a virus stays although nothing of the deed does. What is too large to be kept is not read.
    """
    if settings.FILE_SCANNER:
        for file in files:
            if file.size <= MOST_BYTES:
                setattr(file, _VERDICT, refusal_of(b"".join(file.chunks(_CHUNK)), by))
                file.seek(0)


def check_scanned(file: File[bytes], data: bytes) -> None:
    """Raises FileRefused in the scanner's stead. Asks it now where nobody did before."""
    if settings.FILE_SCANNER:
        said = getattr(file, _VERDICT, None)
        if said is None:
            said = refusal_of(data, SYSTEM)
        if said:
            raise FileRefused(said)


def refusal_of(data: bytes, by: Actor) -> str:
    """The sentence that refuses a file; "" where the scanner finds nothing in it, or is down and that is allowed."""
    try:
        virus = ask(settings.FILE_SCANNER["address"], data)
    except ScannerDown as down:
        log.warning("The virus scanner does not answer: %s", down)
        return "" if settings.FILE_SCANNER["when_down"] == "keep" else _DOWN
    if not virus:
        return ""
    log.warning("A virus was found in an upload, which was not kept: %s", virus)
    _journal(virus, data, by)
    return f"This file holds a virus ({virus}), so it was not kept; tell whoever looks after your computer."


@deed
def _journal(virus: str, data: bytes, by: Actor) -> None:
    """Without the file's name, which may be closer than the entry: nobody knows yet which record it was meant for."""
    told = {"virus": virus, "sha256": hashlib.sha256(data).hexdigest()}
    record(DocumentEntry.VIRUS_FOUND, by=by, after=told)


def ask(address: str, data: bytes) -> str:
    """The name of the virus that clamd finds, "" for none, by its INSTREAM command. Raises ScannerDown."""
    try:
        with _connected(address) as link:
            link.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), _CHUNK):
                chunk = data[at : at + _CHUNK]
                link.sendall(struct.pack(">I", len(chunk)) + chunk)
            link.sendall(struct.pack(">I", 0))
            answer = _answer(link)
    except OSError as error:
        raise ScannerDown(str(error)) from error
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if not verdict.endswith(" FOUND"):
        raise ScannerDown(verdict or "an empty answer")
    return verdict.removesuffix(" FOUND")[:100]


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port or 0), timeout=_PATIENCE)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(_PATIENCE)
    try:
        link.connect(parts.path)
    except OSError:
        link.close()
        raise
    return link


def _answer(link: socket.socket) -> str:
    got = b""
    while not got.endswith(b"\0") and len(got) < _LONGEST_ANSWER:
        more = link.recv(_LONGEST_ANSWER)
        if not more:
            break
        got += more
    return got.rstrip(b"\0\n").decode("utf-8", "replace").strip()
