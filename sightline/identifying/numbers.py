"""Numbers that belong to one person: known by their check digit or letter, so that other numbers are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sightline.identifying.kinds import Finding, Kind

_TEN_DIGITS = re.compile(r"(?<![\d+-])(?<![\d+]\.)\d{3}([ -]?)\d{3}\1\d{4}(?![\w-]|\.\d)")
_PUPIL = re.compile(r"(?<!\w)[A-Z]\d{11}[\dA-Z](?!\w)", re.IGNORECASE)
# The letters a pupil's number is checked with: no I, O or S, which are taken for digits.
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_numbers(text: str) -> Iterator[Finding]:
    """NHS numbers: ten digits, the last of which is right. Source: NHS Data Dictionary, NHS number (modulus 11)."""
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match.group())):
            yield Finding(Kind.NHS, match.group(), match.start())


def is_nhs_number(digits: str) -> bool:
    """Whether the tenth digit fits the nine before it. Ten times the same digit is nobody's number."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(set(digits)) > 1 and (11 - weighted % 11) % 11 == int(digits[9])


def pupil_numbers(text: str) -> Iterator[Finding]:
    """Unique pupil numbers, permanent and temporary, whose check letter is right. Source: DfE guide to UPNs."""
    for match in _PUPIL.finditer(text):
        if is_pupil_number(match.group().upper()):
            yield Finding(Kind.UPN, match.group(), match.start())


def is_pupil_number(number: str) -> bool:
    """Whether the first letter fits what follows; a temporary number's last letter counts by its place."""
    values = [int(sign) if sign.isdigit() else _LETTERS.find(sign) for sign in number[1:]]
    weighted = sum(value * weight for weight, value in enumerate(values, start=2))
    return min(values) >= 0 and _LETTERS[weighted % 23] == number[0]
