"""The one form in which an entry is digested: the same bytes for the same entry, on every database."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

# The order is part of the form: a change of it is a new form and needs a new seal version.
ENTRY_COLUMNS = (
    "moment",
    "type",
    "actor_kind",
    "actor_id",
    "actor_label",
    "actor_role",
    "actor_user_id",
    "subject_app",
    "subject_model",
    "subject_id",
    "subject_title",
    "before",
    "after",
    "reason",
    "tier",
    "personal",
)


def as_text(value: object) -> Any:
    """A value JSON does not know, as plain text. Raises TypeError for what has no agreed text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} cannot stand in the journal")


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces, so that equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=as_text)


def canonical_entry(values: Sequence[object]) -> bytes:
    """The entry's columns in their fixed order, each led by its length so that no two entries share a form.

    The moment comes as an aware datetime in UTC.
    """
    moment, *rest = values
    if not isinstance(moment, datetime):
        raise TypeError("the first value of an entry is its moment")
    texts = [moment.isoformat(), *("" if value is None else str(value) for value in rest)]
    return "".join([f"{len(text)}:{text}" for text in texts]).encode("utf-8", "surrogatepass")


def entry_digest(key: bytes, values: Sequence[object]) -> str:
    """The keyed digest (HMAC-SHA-256, hex) of one entry: nobody without the key can make another that fits."""
    return hmac.digest(key, canonical_entry(values), "sha256").hex()


def batch_digest(members: Sequence[tuple[int, str]]) -> str:
    """SHA-256 over the entry numbers and digests of a batch, in their order."""
    return hashlib.sha256("".join([f"{number}:{digest};" for number, digest in members]).encode()).hexdigest()


def seal_mac(
    key: bytes, *, sequence: int, moment: datetime, previous: str, count: int, digest: str, last_entry: int
) -> str:
    """The seal's MAC: it binds the batch, its number, its moment and the seal before it."""
    text = f"seal:1|{sequence}|{moment.isoformat()}|{previous}|{count}|{digest}|{last_entry}"
    return hmac.digest(key, text.encode(), "sha256").hex()


def checkpoint_mac(
    key: bytes,
    *,
    number: int,
    day: date,
    seal: int,
    seal_mac: str,
    count: int,
    may_go_on: date,
    previous: str,
) -> str:
    """The signature of a checkpoint: that up to this seal so many entries were sealed, and from when they may go."""
    text = f"checkpoint:1|{number}|{day}|{seal}|{seal_mac}|{count}|{may_go_on}|{previous}"
    return hmac.digest(key, text.encode(), "sha256").hex()


def account_mac(key: bytes, change: Sequence[object], entry: int, digest: str) -> str:
    """The MAC that binds a change under the net (its columns) to the entry that tells of it."""
    texts = ["change:1", *(str(value) for value in change), str(entry), digest]
    return hmac.digest(key, "".join([f"{len(text)}:{text}" for text in texts]).encode(), "sha256").hex()


def commitment(salt: str, value: str) -> str:
    """What an entry holds in place of a personal value; without the salt it tells nothing about the value."""
    return hashlib.sha256(f"{salt}|{value}".encode("utf-8", "surrogatepass")).hexdigest()


def key_print(key: bytes) -> str:
    """A short fingerprint of the key, so that a wrong key is told as such and not as a broken journal."""
    return hashlib.sha256(b"sightline journal key|" + key).hexdigest()[:16]
