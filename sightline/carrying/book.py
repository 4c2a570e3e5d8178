"""The page of what an export holds (docs/generated/export.md), made from the definitions and the models."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.carrying.rules import left_out, tables
from sightline.carrying.selectors import model_of
from sightline.carrying.services.dictionary import table_meaning
from sightline.events.floors import floor_of

HEAD = """# What an export of everything holds

Made from `sightline/definitions/export.yaml` and the tables themselves; a test keeps it current. To make it anew:

    python -c "import django; django.setup(); from sightline.carrying import book; print(book.page(), end='')"

Each export brings the same with every field in its `dictionary.csv`. How the parts are written:
[the format](../export.md).

## Tables

| Table | What stands in it | Fields | Lowest tier | Belongs to |
|---|---|---|---|---|"""
LEFT = """
Tables marked *server* are only in what `sightline export-everything` writes. Fields of these that are left out:

| Field | Why |
|---|---|"""
NEVER = """
## Never in it

| Table | Why |
|---|---|"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_tables(), LEFT, *_fields(), NEVER, *_never(), ""])


def _tables() -> Iterator[str]:
    for table in tables().values():
        model = model_of(table.label)
        floor = floor_of(model)
        mark = " (*server*)" if table.server_only else ""
        words = table_meaning(model).replace("|", "\\|")
        of = ", ".join(f"`{name}`" for name in (*table.of, *table.numbers))
        tier = floor.value if floor else ""
        yield f"| `{table.name}`{mark} | {words} | {len(table.fields)} | {tier} | {of} |"


def _fields() -> Iterator[str]:
    for table in tables().values():
        for name, reason in table.without.items():
            yield f"| `{table.name}.{name}` | {reason} |"


def _never() -> Iterator[str]:
    for label, reason in left_out().items():
        yield f"| `{label.lower()}` | {reason} |"
