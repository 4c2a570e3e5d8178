import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.rendering.csv_writer import neutralised, restored, streamed, to_csv
from sightline.rendering.text import clean
from tests.rendering.examples import PLAN, row, table


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_table_is_read_back() -> None:
    assert read(to_csv(PLAN)) == [
        ["No.", "Action", "Status"],
        ["Priority 1: Children are heard", "", ""],
        ["1.1", "Ask children\n\nand tell them\n• what they said\n• what we did", "Green"],
        ["1.10", "'=SUM(A1:A9)", "Red | not *yet* <b>done</b>"],
        ["Priority 2: Neglect", "", ""],
        ["2.1", "• only a list", ""],
    ]


def test_lines_end_as_spreadsheets_expect() -> None:
    assert to_csv(table(row("a", 'b"c', "d,e"))) == 'No.,Action,Status\r\na,"b""c","d,e"\r\n'


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\n=1",
        "＝1",
        "-Ask",
        "'=x",
        "''-y",
        "+-5",
        "- item",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text) == f"'{text}"
    assert restored(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["", "-", "-5", "+5", "-1,200.50", "-3%", "1.1", "'quoted'", "a=b", "'", "''"]
)
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text
    assert restored(text) == text


@given(st.text(st.sampled_from("'=+-@\t\n5.,% aé＝"), max_size=12) | st.text(max_size=40))
@example("'-5")
def test_any_text_comes_back_and_none_runs(text: str) -> None:
    text = clean(text)
    safe = neutralised(text)
    assert restored(safe) == text
    ordinary = safe[:1] not in tuple("=+-@\t\n＝＋－＠")
    assert ordinary or safe == "-" or safe.strip("+-%").replace(",", "").replace(".", "").isdigit()


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5))
def test_any_table_comes_back(texts: list[tuple[str, str, str]]) -> None:
    found = read(to_csv(table(*(row(*each) for each in texts))))
    assert [[restored(cell) for cell in line] for line in found[1:]] == [
        [clean(text) for text in each] for each in texts
    ]


def test_a_file_is_written_bit_by_bit() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[str, str]]:
        for number in range(5):
            asked.append(number)
            yield str(number), "=1+1"

    pieces = streamed(("No.", "Sum"), rows(), at_once=2)
    assert next(pieces) == b"\xef\xbb\xbf"
    assert next(pieces) == b"No.,Sum\r\n0,'=1+1\r\n"
    assert asked == [0]
    assert b"".join(pieces) == b"".join(f"{n},'=1+1\r\n".encode() for n in range(1, 5))


def test_an_empty_cell_and_a_quoted_one_stay() -> None:
    assert b"".join(streamed(("A",), [("",), ("'=x",), ("-5",), ("'quoted",)])) == (
        b"\xef\xbb\xbfA\r\n" + b'""\r\n' + b"''=x\r\n-5\r\n'quoted\r\n"
    )
