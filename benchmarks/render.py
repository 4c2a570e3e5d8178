"""Writing documents of 10, 100 and 1,000 rows in every format, with bands, fills, lists and links in them.

.venv/bin/python -m benchmarks.render
"""

import random
from collections.abc import Iterator

from benchmarks.measuring import Growth, fastest, show
from sightline.rendering import MEDIA_TYPES, write
from sightline.rendering.colours import AMBER, GREEN, RED
from sightline.rendering.document import Column, Document, Heading, Table, TableCell, TableRow

SIZES = (10, 100, 1_000)
HEADINGS = ("No.", "Outcome", "Action", "Lead", "By when", "Update", "Measure", "Cost", "Delivery", "Impact")
WORDS = (
    "review",
    "publish",
    "agree",
    "train",
    "share",
    "audit",
    "leaflet",
    "practice",
    "children",
    "families",
)
RATINGS = (("Green", GREEN), ("Amber", AMBER), ("Red", RED), ("Not rated", ""))


def document(rows: int) -> Document:
    """An invented plan of that many actions in ten columns, always the same, a band before every twentieth."""
    chance = random.Random(rows)
    lines: list[TableRow] = []
    for number in range(rows):
        if number % 20 == 0:
            title = TableCell(f"Priority {number // 20 + 1}: {sentence(chance, 8)}", bold=True)
            lines.append(TableRow((title,), band=True))
        lines.append(TableRow(action(chance, f"{number // 20 + 1}.{number % 20 + 1}")))
    columns = tuple(Column(heading, number=heading == "Cost") for heading in HEADINGS)
    table = Table("Action plan", columns, tuple(lines))
    return Document("Action plan 2026-2028", (Heading("Actions"), table), marking="OFFICIAL", landscape=True)


def action(chance: random.Random, number: str) -> tuple[TableCell, ...]:
    """The ten cells of one action."""
    delivery, impact = chance.choice(RATINGS), chance.choice(RATINGS)
    return (
        TableCell(number, href=f"https://sightline.example/actions/{number}/"),
        TableCell(sentence(chance, 10)),
        TableCell(sentence(chance, 18)),
        TableCell(chance.choice(("Police", "Council\nAll partners", "Health trust"))),
        TableCell("March 2027"),
        TableCell(sentence(chance, 20), tuple(sentence(chance, 4) for _ in range(chance.choice((0, 0, 3))))),
        TableCell(sentence(chance, 6)),
        TableCell(str(chance.randrange(10_000))),
        TableCell(delivery[0], fill=delivery[1]),
        TableCell(impact[0], fill=impact[1]),
    )


def sentence(chance: random.Random, length: int) -> str:
    """So many words."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


def measure(largest: int = SIZES[-1]) -> Iterator[Growth]:
    """How writing grows with the rows, in each format."""
    sizes = [size for size in SIZES if size <= largest]
    documents = [document(size) for size in sizes]
    for form in MEDIA_TYPES:
        taken = [fastest(lambda doc=doc, form=form: write(doc, form), 3) for doc in documents]
        yield Growth(f"Write ten columns as {form}", sizes, taken)


if __name__ == "__main__":
    print(show(list(measure())))
