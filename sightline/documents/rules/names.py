"""The name under which a file is kept and handed out."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from sightline.documents.choices import ENDINGS, LABELS, FileKind, FileRefused

LONGEST = 200


def clean_name(file_name: str) -> str:
    """The last part of a file's name without signs that could mislead or that nothing can print."""
    last = re.split(r"[/\\]", file_name)[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return printable.strip(" .")[-LONGEST:] or "document"


def ending_of(name: str) -> str:
    """The ending in small letters with its dot; "" where there is none."""
    return PurePosixPath(name).suffix.lower()


def fitting_name(name: str, kind: FileKind) -> str:
    """The name with an ending that its content agrees with. Raises FileRefused where the two contradict each other."""
    ending = ending_of(name)
    if ending in ENDINGS[kind]:
        return name
    if not ending:
        return f"{name}{ENDINGS[kind][0]}"
    raise FileRefused(
        f"This file is named {ending[:12]} but holds a {LABELS[kind]}; save it again as what it is named."
    )
