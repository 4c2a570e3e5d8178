"""The child process that looks into PDFs and joins them: bounds itself, works, and says line by line how far it is.

Standard input: `{"inspect": [path], "limits"}` or `{"front", "parts", "out", "limits"}`. Standard output, in lines:
`{"inspected": {…}}` for each; or `{"at": number}` before each part, `{"part", "fault"}`, and `{"end": true}`.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any, TextIO

from sightline.rendering.joining.bounded import bound
from sightline.rendering.joining.joiner import DAMAGED

LOCKED = "This PDF is protected by a password and could not be put into the pack; print it to a new PDF and add that."
EMPTY = "This PDF has no pages, so there was nothing to put into the pack."
LONG = "This PDF has more than {pages} pages, so it was not put into the pack."


def say(out: TextIO, **told: Any) -> None:
    """One line, at once: what was not said is lost when the process dies."""
    out.write(json.dumps(told) + "\n")
    out.flush()


def inspected(path: str, most: int) -> dict[str, Any]:
    """How many pages a PDF has and whether it is tagged, or what is the trouble with it."""
    import pikepdf

    try:
        with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf:
            pages = len(pdf.pages)
            for page in pdf.pages:
                _ = page.mediabox
            tagged = is_tagged(pdf)
    except pikepdf.PasswordError:
        return {"trouble": LOCKED}
    except Exception:  # whatever a hostile file makes of the library: it is told of that file
        return {"trouble": DAMAGED}
    if not 0 < pages <= most:
        return {"trouble": LONG.format(pages=most) if pages else EMPTY}
    return {"pages": pages, "is_tagged": tagged}


def is_tagged(pdf: Any) -> bool:
    """Whether it says that it is tagged, and has a tree of tags (ISO 32000-1, 14.7 and 14.8)."""
    root = pdf.Root
    tree = root.get("/StructTreeRoot")
    return bool(root.get("/MarkInfo", {}).get("/Marked", False)) and tree is not None and "/K" in tree


def joined(request: dict[str, Any], out: TextIO) -> None:
    """Front and parts as one file. Whatever is wrong with a part is said, and nothing written."""
    import pikepdf

    from sightline.rendering.joining.putting import Pack

    faults = False
    with pikepdf.open(request["front"]) as front:
        pack = Pack(front)
        for number, part in enumerate(request["parts"]):
            say(out, at=number)
            fault = pack.put(part)
            if fault is not None:
                say(out, part=number, fault=fault)
                faults = True
        if not faults:
            say(out, at=-1)
            pack.finish(Path(request["out"]))
            say(out, end=True)


def main(given: TextIO, out: TextIO) -> None:
    """Reads the request from `given`, does it, says on `out` how it goes."""
    request = json.load(given)
    limits = request["limits"]
    bound(limits["seconds"], limits["memory"], limits["size"])
    if "inspect" in request:
        for path in request["inspect"]:
            say(out, inspected=inspected(path, limits["pages"]))
    else:
        joined(request, out)


if __name__ == "__main__":  # pragma: no cover  (runs in the child, where nobody counts lines)
    logging.disable()  # the library grumbles about every odd file; nobody listens here
    main(sys.stdin, sys.stdout)
