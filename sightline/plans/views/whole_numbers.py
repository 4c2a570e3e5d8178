"""Numbers that a form sends back, read without trust."""

from __future__ import annotations


def version_sent(text: str) -> int:
    """The version somebody had seen; 0, which no record has, for anything that is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
