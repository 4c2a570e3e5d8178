"""A tar that is encrypted while it is written and decrypted while it is read: never whole in memory, nor on disk."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyrage

from sightline.keeping.choices import Refused
from sightline.keeping.rules import Part

AGE = b"age-encryption.org/v1"
CHUNK = 1024 * 1024
CUT_OFF = "The backup is damaged or cut off. Nothing of it can be relied upon; take another."


def recipients_of(words: Sequence[str]) -> list[Any]:
    """Public keys that a backup is encrypted to: age1… or ssh-…. Raises Refused for what is none."""
    return [_recipient(word) for word in words]


def _recipient(word: str) -> Any:
    try:
        if word.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(word)
        return pyrage.x25519.Recipient.from_str(word)
    except pyrage.RecipientError:
        private = word.upper().startswith("AGE-SECRET-KEY-")
        why = (
            "it is a private one, which belongs elsewhere"
            if private
            else "an age public key begins with age1"
        )
        raise Refused(f"A backup cannot be encrypted to one of the keys given: {why}.") from None


def identities_of(path: Path) -> list[Any]:
    """The private keys in a file as `age-keygen` writes it, or an SSH key. Raises Refused."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The key file {path} cannot be read.") from None
    try:
        if "PRIVATE KEY-----" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        keys = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Refused(f"The file {path} holds no private key: one begins with AGE-SECRET-KEY-.")
    return found


@contextmanager
def writing(out: BinaryIO, recipients: Sequence[Any]) -> Iterator[tarfile.TarFile]:
    """A tar to add parts to; encrypted to the recipients on its way to `out`, where there are any."""
    if not recipients:
        with tarfile.open(fileobj=out, mode="w|", bufsize=CHUNK) as tar:
            yield tar
        return
    source, into = _pipe()
    side = _Side(lambda: pyrage.encrypt_io(source, out, list(recipients)), source)
    try:
        with into, tarfile.open(fileobj=into, mode="w|", bufsize=CHUNK) as tar:
            yield tar
    except BrokenPipeError:
        side.join()
        raise side.fault or Refused("The backup could not be encrypted.") from None
    side.join()
    if side.fault:
        raise side.fault


@contextmanager
def reading(path: Path, identities: Sequence[Any]) -> Iterator[tarfile.TarFile]:
    """The tar inside a backup, to be read once from its beginning. Whoever leaves without a fault has read it whole.

    Raises Refused where the key is wrong or absent, the file is damaged or cut off, or it is no backup.
    """
    with path.open("rb") as file:
        encrypted = file.read(len(AGE)) == AGE
        file.seek(0)
        if not encrypted:
            with _tar(file) as tar:
                yield tar
            return
        if not identities:
            raise Refused("This backup is encrypted: give the file that holds the private key (--key FILE).")
        source, into = _pipe()
        side = _Side(lambda: pyrage.decrypt_io(file, into, list(identities)), into)
        try:
            with source:
                yield from _decrypted(source, side)
        finally:
            side.join()


def _decrypted(source: BinaryIO, side: _Side) -> Iterator[tarfile.TarFile]:
    try:
        with _tar(source) as tar:
            yield tar
        while source.read(CHUNK):
            pass
    except Refused:
        # What cannot be read as a tar could perhaps not be decrypted: that is the better sentence.
        source.close()
        side.join()
        if side.fault and not isinstance(side.fault, BrokenPipeError):
            raise _why(side.fault) from None
        raise
    side.join()
    if side.fault:
        raise _why(side.fault)


@contextmanager
def _tar(file: BinaryIO) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(fileobj=file, mode="r|", bufsize=CHUNK) as tar:
            yield tar
    except (tarfile.TarError, EOFError):
        raise Refused(f"This is no backup, or not a whole one. {CUT_OFF}") from None


def _why(fault: BaseException) -> Refused:
    if isinstance(fault, pyrage.DecryptError) and "matching keys" in str(fault):
        return Refused("This key does not open the backup: it was encrypted to others.")
    return Refused(CUT_OFF)


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading_end, writing_end = os.pipe()
    return os.fdopen(reading_end, "rb"), os.fdopen(writing_end, "wb", buffering=CHUNK)


class _Side:
    """The other side of the pipe, in a thread of its own. It closes its end, so that neither waits for ever."""

    def __init__(self, work: Callable[[], Any], end: BinaryIO) -> None:
        self.fault: BaseException | None = None
        self._work, self._end = work, end
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
            self._end.close()
        except BaseException as fault:  # told to whoever joins
            self.fault = fault
            # What a buffer still holds cannot be written any more where the other end is closed.
            with suppress(OSError):
                self._end.close()

    def join(self) -> None:
        """Wait until it is done."""
        self._thread.join()


class _Counted(io.RawIOBase):
    """Bytes on their way, with their fingerprint."""

    def __init__(self, source: BinaryIO) -> None:
        self.digest, self._source = hashlib.sha256(), source

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._source.read(size)
        self.digest.update(data)
        return data


def add(tar: tarfile.TarFile, name: str, source: BinaryIO, size: int, moment: float) -> Part:
    """Add one part. Raises OSError where the source has fewer bytes than its size says."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(moment), 0o600
    counted = _Counted(source)
    tar.addfile(info, cast(BinaryIO, counted))
    return Part(name, size, counted.digest.hexdigest())


def add_text(tar: tarfile.TarFile, name: str, text: str, moment: float) -> Part:
    """Add a part of text."""
    data = text.encode()
    return add(tar, name, io.BytesIO(data), len(data), moment)


def take(source: Any, into: BinaryIO | None) -> str:
    """Read a part to its end, into a file or nowhere; its fingerprint."""
    digest = hashlib.sha256()
    while data := source.read(CHUNK):
        digest.update(data)
        if into:
            into.write(data)
    return digest.hexdigest()


def fingerprint(data: bytes) -> str:
    """The fingerprint of bytes."""
    return hashlib.sha256(data).hexdigest()
