"""Damaged papers, thousands of them when asked: each is read, or refused in a sentence, and nothing else happens.

Papers are written by our own writers, then damaged: bytes changed, pieces cut out, doubled or moved, the ends cut off;
inside packed formats (docx, xlsx) the parts are damaged and packed again, so that the damage reaches their reader.
The damage follows from a seed, so a failure can be repeated: its name holds format and number.
"""

import io
import os
import random
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.papers import plan
from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.rendering import write

PACKED = ("docx", "xlsx")
FORMATS = ("docx", "xlsx", "pdf", "html", "md", "csv")
SEED = 20261122
ROUNDS = 3_000 if os.environ.get("SIGHTLINE_SOAK") == "1" else 60
LONGEST_SECONDS = 60
# What breaks readers more often than chance would.
UNPLEASANT = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"&#0;",
    b"]]>",
    b"\r",
    b"%PDF-",
    b"9" * 40,
    "\u202e".encode(),
    b"|",
    b'"',
    b"../",
)


class TooLong(Exception):
    """A paper that is neither read nor refused within the time."""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise TooLong in what runs longer than so many seconds."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def damage(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four pieces of damage."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(damaged) + 1), chance.choice((1, 1, 4, 64, 1024))
        piece = bytes(damaged[at : at + length])
        match chance.randrange(6):
            case 0:
                damaged[at : at + length] = chance.randbytes(len(piece))
            case 1:
                del damaged[at : at + length]
            case 2:
                damaged[at:at] = piece
            case 3:
                damaged[at:at] = chance.choice(UNPLEASANT)
            case 4:
                where = chance.randrange(len(damaged) + 1)
                damaged[where:where] = piece
            case 5 if chance.random() < 0.3:
                del damaged[at:]
    return bytes(damaged)


def damage_inside(content: bytes, chance: random.Random) -> bytes:
    """A packed paper with one of its parts damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name in sorted(parts) if name.endswith((".xml", ".rels"))])
    parts[name] = damage(parts[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in parts.items():
            package.writestr(part, text)
    return packed.getvalue()


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    return {form: write(plan(12), form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_paper_is_read_or_refused_in_a_sentence(
    form: str, papers: dict[str, bytes], tmp_path: Path
) -> None:
    said: list[str] = []
    for number in range(ROUNDS):
        chance = random.Random(f"{SEED} {form} {number}")
        inside = form in PACKED and chance.random() < 0.8
        path = tmp_path / f"paper.{form}"
        path.write_bytes((damage_inside if inside else damage)(papers[form], chance))
        try:
            with limited(LONGEST_SECONDS):
                interpret(printed(path))
        except UnreadableFile as refused:
            said.append(f"{form} {number}: {refused}")
        except Exception as other:
            pytest.fail(f"{form} {number}: {type(other).__name__}: {other}")
    assert len(said) < ROUNDS
    assert [sentence for sentence in said if not sentence.endswith(".")] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_undamaged_paper_is_read_whole(form: str, papers: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / f"paper.{form}"
    path.write_bytes(papers[form])
    assert len(interpret(printed(path)).rows) == 12
