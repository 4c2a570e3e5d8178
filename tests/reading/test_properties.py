"""Whatever is printed: reading never raises, every unit has one fate, and no word is lost."""

from __future__ import annotations

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.reading.blocks import Block, Cell, Heading, ListItem, Paragraph, PrintedDocument, Row, Table
from sightline.reading.interpreters import interpret
from sightline.reading.interpreters.desk import FURNITURE, Desk, words_of
from sightline.reading.schema import Reading
from tests.reading.making import HEAD, adds_up, table

WORDS = [
    "Ask children",
    "1.1",
    "2.1 & 3.2",
    "1.4 links to 2.1",
    "• tell them",
    "and then",
    "By 30 June 2024",
    "December",
    "TBC",
    "Green",
    "Amber?",
    "Red",
    "Police",
    "QA & P Group",
    "Business Group and Health",
    "as above",
    "Priority 1: Voice",
    "Not yet started",
    "Move timescale to 3 May 2024",
    "See 2.1",
    "86%",
    "100%",
    "Recommendation 1: Schools should act",
    "Response",
    "Action",
    "Lead",
    "By when",
    "RAG",
    "Outcome",
    "Q1",
    "Key: Green = complete; Red = late",
    "Contents",
    "Membership",
    "attendance",
    "Glossary",
    "2",
    "",
    "met six times",
    "Abbot",
    "Objective Two",
]
text = st.sampled_from(WORDS) | st.text(max_size=30)
fills = st.sampled_from([None, "00B050", "FFC000", "FF0000", "FFFFFF"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of any cells, often under a plan's header."""
    width = draw(st.integers(1, 8))
    lines = draw(st.lists(st.lists(text, min_size=1, max_size=width), max_size=6))
    rows = []
    for line in lines:
        place, cells = 0, []
        for words in line:
            span = draw(st.sampled_from([1, 1, 1, 2, 7]))
            items = draw(st.sampled_from([(), (words,), (words, "more")]))
            cells.append(
                Cell(words, place, span, items, words, draw(fills), draw(st.booleans()), draw(st.booleans()))
            )
            place += span
        rows.append(Row(tuple(cells), draw(st.booleans())))
    head = list(table(HEAD).rows) if draw(st.booleans()) else []
    breaks = frozenset(draw(st.sets(st.integers(0, 5), max_size=2)))
    return Table((*head, *rows), page_breaks_before=breaks)


blocks = st.one_of(
    tables(),
    text.map(Paragraph),
    text.map(lambda words: Paragraph(words.lower())),
    st.builds(Heading, text, st.integers(1, 6)),
    st.builds(ListItem, text, st.just("•")),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks, max_size=6))
def test_reading_never_raises_and_adds_up(found: list[Block]) -> None:
    reading = interpret(PrintedDocument(tuple(found), "docx"))
    assert adds_up(reading)
    units = sum(len(block.rows) if isinstance(block, Table) else 1 for block in found)
    assert reading.counts.rows_seen == units
    again = Reading.from_json(json.loads(json.dumps(reading.as_json())))
    assert again.as_json() == reading.as_json()


# Words that occur once each, so that a lost one cannot hide behind another; shapes of cells that plans really have.
SHAPES = [
    "{}",
    "{} and {}",
    "By 3 May 2024 {}",
    "{}, {}",
    "• {}",
    "{} / {} Group",
    "{}.",
    "and {}",
    "{}:",
    "",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(SHAPES), min_size=7, max_size=7), max_size=7),
    st.sets(st.integers(0, 7), max_size=2),
)
def test_every_word_of_a_plan_is_kept(shapes: list[list[str]], breaks: set[int]) -> None:
    count = 0
    rows = []
    for line in shapes:
        cells = []
        for place, shape in enumerate(line):
            words = [f"Zq{chr(97 + (count + n) // 26 % 26)}{chr(97 + (count + n) % 26)}x" for n in range(2)]
            count += 2
            cells.append(Cell(shape.format(*words), place, raw="r"))
        rows.append(Row(tuple(cells)))
    doc = PrintedDocument((Table((*table(HEAD).rows, *rows), page_breaks_before=frozenset(breaks)),), "docx")
    reading = interpret(doc)
    said = json.dumps(reading.as_json(), ensure_ascii=False)
    for row in rows:
        for word in re.findall(r"Zq\w+", words_of(row)):
            assert word in said


def test_fates_are_one_a_unit() -> None:
    desk = Desk(PrintedDocument((Paragraph("x"),), "txt"))
    desk.take(FURNITURE, 0)
    assert desk.finish().counts.furniture == 1
