"""The page of what is journalled (docs/generated/journal.md), made from the entry types that the apps declare."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from sightline.events.entries import declared_types

HEAD = """# What is written into the journal

Made from the entry types that every app declares; a test keeps it current. To make it anew:

    python -c "import django; django.setup(); from sightline.events import book; print(book.page(), end='')"

Each entry holds the moment, who did it and the roles they held at that moment, the record, what stood before and after
where a value changed, the reason given, and how sensitive the record is. What is called personal stands beside the
entry and can be shredded; the entry keeps a salted commitment in its place.

A failed sign-in is told without saying whether such an account exists. Work that runs by itself is told of where it
failed or wrote; sealing tells of itself by its seal. Opening a record is told of where the record is child-level or
restricted. Reading the journal is an entry, and so is every file that is taken away.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_tables()])


def _tables() -> Iterator[str]:
    for app in sorted(apps.get_app_configs(), key=lambda app: str(app.verbose_name).lower()):
        rows = [
            f"| {declared.label} | `{name}` | {', '.join(declared.personal)} |"
            for name, declared in sorted(declared_types().items())
            if name.split(".")[0] == app.label
        ]
        if rows:
            title = str(app.verbose_name)
            yield f"## {title[:1].upper()}{title[1:]}\n\n| What | Kind | Personal |\n|---|---|---|"
            yield from [*rows, ""]
