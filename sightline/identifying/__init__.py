"""Words that may tell who a child is: found in free text, so that their writer is asked before they are kept.

    from sightline.identifying import found

    found("Spoke to Mia (7), NHS number 943 476 5919", 2026)

A library: it knows neither Django nor the database. Nothing is taken out of a text; whoever asks decides.
Source: design.md 4.7; domain.md 12.1 (re-identification guard).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from sightline.identifying import births, names, numbers, places
from sightline.identifying.kinds import Finding, Kind

__all__ = ["LABELS", "Finding", "Kind", "found", "telling_cells"]

LABELS = {
    Kind.NHS: "an NHS number",
    Kind.UPN: "a pupil’s number (UPN)",
    Kind.POSTCODE: "a full postcode",
    Kind.BIRTH: "a date of birth",
    Kind.NAME: "a child’s name beside an age",
}


def found(text: str, year: int) -> list[Finding]:
    """What in this text, written in this year, may tell who a child is, in the order of its words; nothing twice."""
    every = chain(
        numbers.nhs_numbers(text),
        numbers.pupil_numbers(text),
        places.postcodes(text),
        births.dates_of_birth(text, year),
        names.names_beside_ages(text),
    )
    return sorted(set(every), key=lambda finding: (finding.start, finding.kind))


def telling_cells(cells: Mapping[str, str], year: int) -> dict[str, list[str]]:
    """What cells, read in this year, hold that may tell who a child is, as sentences. Source: design.md 4.7."""
    told = {name: found(text, year) for name, text in cells.items()}
    return {
        name: [f"“{each.words}” looks like {LABELS[each.kind]}. Take it out." for each in findings]
        for name, findings in told.items()
        if findings
    }
