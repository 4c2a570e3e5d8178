import csv
import io

import pytest

from sightline.rendering import EXTENSIONS, MEDIA_TYPES, UnknownFormat, write
from sightline.rendering.document import Document, Figure
from tests.rendering.examples import FIGURE, PLAN, whole

OPENINGS = {
    "docx": b"PK\x03\x04",
    "pdf": b"%PDF-1.7",
    "html": b"<!DOCTYPE html>",
    "xlsx": b"PK\x03\x04",
    "csv": b"\xef\xbb\xbf",
    "md": b"**OFFICIAL",
}


@pytest.mark.parametrize("name", list(MEDIA_TYPES))
def test_every_format_is_written(name: str) -> None:
    assert write(whole(), name).startswith(OPENINGS[name])
    assert EXTENSIONS[name] == f".{name}"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownFormat, match="docx, pdf, html, xlsx, csv, md; not “odt”"):
        write(whole(), "odt")


def test_csv_of_one_table_is_that_table() -> None:
    rows = list(csv.reader(io.StringIO(write(Document("T", (PLAN,)), "csv").decode("utf-8-sig"), newline="")))
    assert rows[0] == ["No.", "Action", "Status"]
    assert len(rows) == 6


def test_csv_of_several_tables_puts_each_under_its_caption() -> None:
    text = write(whole(), "csv").decode("utf-8-sig")
    assert text.startswith("Actions\r\nNo.,Action,Status\r\n")
    assert text.endswith("\r\n\r\nAttendance\r\nAgency,Attendance (%)\r\nPolice,92\r\nTrust,no figure\r\n")


def test_without_a_table_there_is_no_csv() -> None:
    with pytest.raises(ValueError, match="no table"):
        write(Document("T", (Figure(FIGURE.svg, "a", "c"),)), "csv")
