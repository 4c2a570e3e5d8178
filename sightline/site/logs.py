"""The log of a server that serves people: a JSON object a line, and nobody's words, names or secrets in it.

Whoever looks after the server reads the log, and may not read the records. So what is written is named here, and all
else is left out: of an address its route, of a fault its kinds and where in the code it happened, but not its message,
in which a database quotes the row that it refused.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

OURS = "sightline"
# What a request carries once its fault has a number that its person can quote.
FAULT = "sightline_fault"
_MASKS = (
    (re.compile(r"[^\s<>@]+@[^\s<>@]+"), "[e-mail]"),
    (re.compile(r"[A-Za-z0-9_\-]{24,}"), "[secret]"),
    (re.compile(r"\d(?:[ \-]?\d){8,}"), "[number]"),
)


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`; of a request `status`, `method`, `route` and the `reference` on its
    page of a fault; of a fault its kinds, the first cause last (`fault`), and where it happened (`at`).
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line. Values that were put into a message are kept of our own messages alone."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(_words(record)),
            **_request(record),
            **_fault(record),
        }
        return json.dumps(line, ensure_ascii=False)


def masked(words: str) -> str:
    """Words without what looks like an e-mail address, a secret or a long number."""
    for pattern, instead in _MASKS:
        words = pattern.sub(instead, words)
    return words


def _words(record: logging.LogRecord) -> str:
    ours = record.name.split(".")[0] == OURS
    return record.getMessage() if ours else str(record.msg)


def _request(record: logging.LogRecord) -> dict[str, Any]:
    request: Any = getattr(record, "request", None)
    if not hasattr(request, "method"):
        return {}
    found = getattr(request, "resolver_match", None)
    told = {
        "status": getattr(record, "status_code", None),
        "method": request.method,
        "route": found.route if found else None,
        "reference": getattr(request, FAULT, None),
    }
    return {name: value for name, value in told.items() if value is not None}


def _fault(record: logging.LogRecord) -> dict[str, Any]:
    fault = record.exc_info[1] if record.exc_info else None
    if fault is None:
        return {}
    chain = list(_causes(fault))
    frames = traceback.extract_tb(chain[-1].__traceback__)
    return {
        "fault": [f"{type(each).__module__}.{type(each).__qualname__}" for each in chain],
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """The fault, and what it came from."""
    seen: set[int] = set()
    following: BaseException | None = fault
    while following is not None and id(following) not in seen:
        yield following
        seen.add(id(following))
        following = following.__cause__ or following.__context__
