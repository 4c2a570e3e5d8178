"""Writing a plan of many rows, and reading it again."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Growth, fastest
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.rendering import write
from sightline.rendering.document import Column, Document, Heading, Table, TableCell, TableRow

SIZES = (10, 100, 1_000)
FORMATS = ("docx", "xlsx", "csv", "pdf", "html")
WORDS = (
    "review",
    "publish",
    "agree",
    "train",
    "share",
    "audit",
    "leaflet",
    "pathway",
    "protocol",
    "practice",
    "children",
    "families",
    "schools",
)


def plan(rows: int) -> Document:
    """An invented plan of that many rows, always the same."""
    chance = random.Random(rows)
    columns = tuple(Column(name) for name in ("No.", "Action", "Lead", "By when", "Progress", "RAG"))
    lines = tuple(
        TableRow(
            tuple(
                TableCell(text)
                for text in (
                    f"{number // 20 + 1}.{number % 20 + 1}",
                    " ".join(chance.choices(WORDS, k=18)).capitalize(),
                    chance.choice(("Police", "Council", "Health trust")),
                    f"{chance.choice(('March', 'June', 'September'))} 2027",
                    " ".join(chance.choices(WORDS, k=30)).capitalize(),
                    chance.choice(("Green", "Amber", "Red")),
                )
            )
        )
        for number in range(rows)
    )
    return Document(
        "Action plan 2026-2028", (Heading("Actions"), Table("Actions", columns, lines)), landscape=True
    )


def measure(largest: int) -> Iterator[Growth]:
    """How writing and reading grow in each format."""
    del largest
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            writing, reading = [], []
            for size in SIZES:
                document, path = plan(size), Path(folder) / f"{size}.{form}"
                path.write_bytes(write(document, form))
                writing.append(fastest(lambda document=document, form=form: write(document, form), 3))
                reading.append(fastest(lambda path=path: interpret(printed(path)), 3))
            yield Growth(f"Write a plan as {form}", SIZES, writing)
            yield Growth(f"Read a plan from {form}", SIZES, reading)
