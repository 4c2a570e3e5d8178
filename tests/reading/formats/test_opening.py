"""Opening a file: what may be opened, and what is said of what may not."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sightline.reading.blocks import PrintedDocument, UnreadableFile
from sightline.reading.formats import opening, printed
from sightline.reading.formats.package import inspect
from sightline.reading.limits import DEFAULT
from tests.reading.formats.paper import Sheet, pdf
from tests.reading.hostile.making import honest, repacked


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text("words")
    return path


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError, "This file needs more memory than a reading may take; split it."),
        (RecursionError, "The parts of this file lie too deep in one another; save it again as a new file."),
        (
            ZeroDivisionError,
            "This file is damaged and cannot be read; open it in the program that made it and save it again.",
        ),
    ],
)
def test_whatever_a_parser_raises_is_one_sentence(
    plan: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], sentence: str
) -> None:
    def fail(*given: object) -> PrintedDocument:
        raise error

    monkeypatch.setattr("sightline.reading.formats.txt.read_txt", fail)
    with pytest.raises(UnreadableFile) as refused:
        printed(plan)
    assert str(refused.value) == sentence


def test_somebody_who_stops_the_reading_stops_it(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*given: object) -> PrintedDocument:
        raise KeyboardInterrupt

    monkeypatch.setattr("sightline.reading.formats.txt.read_txt", stop)
    with pytest.raises(KeyboardInterrupt):
        printed(plan)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile, match=r"^This file cannot be opened \(is a directory\); check its name"
    ):
        printed(tmp_path)


def test_every_reader_can_be_loaded() -> None:
    from importlib import import_module

    assert all(callable(getattr(import_module(module), name)) for module, name in opening.READERS.values())
    assert set(opening.READERS) == set(opening.ENDINGS.values())


def test_sizes_are_counted_over_all_parts() -> None:
    content = repacked(honest("docx"), {"x.bin": bytes(range(256)) * 100}, zipfile.ZIP_STORED)
    assert inspect(content, DEFAULT).kind == "docx"
    with pytest.raises(UnreadableFile, match="unpacks to over 0 MB"):
        inspect(content, replace(DEFAULT, expanded=20_000))


def test_the_drawing_of_pages_is_weighed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(Sheet().words(50, 50, "words " * 200), compress_streams=True))
    with pytest.raises(UnreadableFile, match="unpack to far more than it weighs"):
        printed(path, replace(DEFAULT, expanded=1000))


def test_a_part_whose_packing_ends_too_soon_is_damage() -> None:
    content = bytearray(honest("docx"))
    at = content.rindex(b"PK\x01\x02")
    (size,) = struct.unpack_from("<I", content, at + 20)
    struct.pack_into("<I", content, at + 20, size - 20)
    with pytest.raises(UnreadableFile, match="damaged"):
        inspect(bytes(content), DEFAULT)
