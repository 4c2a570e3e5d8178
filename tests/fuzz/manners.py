"""How a form is filled in: as it stands, plausibly, not at all, far too long, oddly, or tampered with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.people import PASSWORD
from tests.documents.making import PNG
from tests.fuzz.pages import Field, Form

Sent = list[tuple[str, Any]]
MARK = '"><i class="odd-given">'
ODD = (
    MARK,
    "\x00",
    "a\x00b",
    "²",
    "٣",
    "１２",
    "-1",
    "0",
    "1e9",
    "NaN",
    "9" * 25,
    str(2**63),
    "31/02/2026",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-13-45",
    "24:61",
    "%s%(x)s{0}{{ x }}",
    "'; --",
    "../../etc/passwd",
    "\ud7ff\ufffe\u202e\u200b",
    "👩‍👧‍👦" * 40,
    " ",
    "\r\n\r\nSet-Cookie: a=b",
    "=HYPERLINK(1)",
    "[",
    '{"a": [1]}',
    "*" * 300,
    "(" * 300,
    "true",
    "None",
    "//elsewhere.example/",
    "https://elsewhere.example/",
    "javascript:alert(1)",
)
LONG = "Seen and heard. " * 1_500
WORDS = (
    "Twenty families were asked in June",
    "Agreed with the chair on the telephone",
    "Said by a test",
    "Wealdshire Police",
    "Neglect",
    "1.2",
)
PAPER = (
    "Action No.\tAction\tLead\tTimescale\tStatus\n1.1\tAsk children\tNobody Known\tBy 31 March 2027\tGreen\n"
)


def filled(form: Form, manner: str, rng: Random) -> Sent:
    """What is sent when somebody fills the form in like that."""
    sent: Sent = []
    for field in form.fields:
        sent += [(field.name, value) for value in MANNERS[manner](field, rng)]
    if form.button:
        sent.append(form.button)
    if manner == "tampered" and sent:
        rng.shuffle(sent)
        sent = [*sent[: rng.randint(1, len(sent))], rng.choice(sent)]
    return sent


def _standing(field: Field, rng: Random) -> list[Any]:
    return list(field.standing)


def _plausible(field: Field, rng: Random) -> list[Any]:
    """What stands there is left or, at times, changed to another answer; what is empty is answered."""
    if field.kind == "hidden" or (any(field.standing) and rng.random() < 0.6):
        return list(field.standing)
    if field.offered:
        wanted = [value for value in field.offered if value] or [""]
        many = field.kind in {"several", "checkbox"}
        return rng.sample(wanted, rng.randint(1, min(3, len(wanted)))) if many else [rng.choice(wanted)]
    return [_answer(field, rng)]


def _answer(field: Field, rng: Random) -> Any:
    """Something that the question may mean, by its kind and its name."""
    day = timezone.localdate()
    kinds: dict[str, Callable[[], Any]] = {
        "file": lambda: rng.choice(_files()),
        "email": lambda: rng.choice(["ann@wealdshire.example", "una.unit@wealdshire.example"]),
        "password": lambda: PASSWORD,
        "number": lambda: str(rng.randint(1, 12)),
        "date": lambda: day.isoformat(),
    }
    if field.kind in kinds:
        return kinds[field.kind]()
    for ending, value in (("day", rng.randint(1, 28)), ("month", rng.randint(1, 12))):
        if re.search(rf"[-_]{ending}$", field.name):
            return str(value)
    if re.search(r"[-_]year$", field.name):
        return str(day.year + rng.choice([-1, 0, 0, 1]))
    return day.isoformat() if re.search(r"(^|_)(as_at|on|from|to|until)$", field.name) else rng.choice(WORDS)


def _files() -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile("plan.tsv", PAPER.encode(), "text/tab-separated-values"),
        SimpleUploadedFile("survey.txt", b"Twenty were asked.", "text/plain"),
        SimpleUploadedFile("picture.png", PNG, "image/png"),
    ]


def _empty(field: Field, rng: Random) -> list[Any]:
    if field.kind == "hidden":
        return list(field.standing)
    return [] if field.kind in {"file", "radio", "checkbox", "several"} else [""]


def _long(field: Field, rng: Random) -> list[Any]:
    if field.kind == "file":
        name = "a" * 300 + ".txt"
        return [SimpleUploadedFile(name, LONG.encode(), "text/plain")]
    if field.kind == "hidden" or field.offered:
        return _plausible(field, rng)
    return ["9" * 40 if _answer(field, rng)[:1].isdigit() else LONG]


def _odd(field: Field, rng: Random) -> list[Any]:
    if field.kind == "hidden":
        return list(field.standing)
    return _tampered(field, rng)


def _tampered(field: Field, rng: Random) -> list[Any]:
    if field.kind == "file":
        return [
            rng.choice(
                [
                    "no file",
                    SimpleUploadedFile(" ", b""),
                    SimpleUploadedFile("empty.docx", b""),
                    SimpleUploadedFile("plan.xlsx", b"PK\x03\x04" + b"\x00" * 90),
                    SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n\xff\xfe"),
                    SimpleUploadedFile("tool.exe", b"MZ\x90\x00"),
                    SimpleUploadedFile('..\\"\x01 odd.csv', b"\xff\xfe\x00,\x00"),
                ]
            )
        ]
    return _plausible(field, rng) if rng.random() < 0.4 else [rng.choice(ODD)]


MANNERS: dict[str, Callable[[Field, Random], list[Any]]] = {
    "standing": _standing,
    "plausible": _plausible,
    "odd": _odd,
    "empty": _empty,
    "long": _long,
    "tampered": _tampered,
}


def tampered_link(address: str, rng: Random) -> str:
    """The address with an odd value in one of its parts; the same where it has none that could be one."""
    return rng.choice(list(_tampered_links(address, rng)) or [address])


def _tampered_links(address: str, rng: Random) -> Iterator[str]:
    parts = urlsplit(address)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    for place, (name, _) in enumerate(asked):
        changed = [*asked[:place], (name, rng.choice(ODD)), *asked[place + 1 :]]
        yield f"{parts.path}?{urlencode(changed)}"
    if numbers := list(re.finditer(r"(?<=/)\d+(?=/)", parts.path)):
        at = rng.choice(numbers)
        yield parts.path[: at.start()] + rng.choice(["0", "9" * 25, str(2**63)]) + parts.path[at.end() :]
    if not asked:
        name = rng.choice(["page", "as_at", "q", "sort", "back", "next", "group", "from"])
        yield f"{parts.path}?{urlencode({name: rng.choice(ODD)})}"
