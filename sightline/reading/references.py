"""References between actions, and revised dates, as actions and updates write them (documents.md A5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sightline.reading import dates
from sightline.reading.numbers import NumberCell
from sightline.reading.schema import ReferenceRead, TimescaleRead

_NUMBER = r"\d+(?:\.\d+)+[a-z]?"
_OTHER_PLAN = re.compile(
    rf"\bcross[\s-]?ref(?:erence(?:d|s)?|s)?\.?\s*(?:to|with|:)?\s*(?:the\s+)?(?P<plan>[^.;:()\d]{{2,60}}?)\s*"
    rf"(?:\baction|\bno\.?|\bpoint)?\s?(?P<number>{_NUMBER})(?![\d%])",
    re.I,
)
_PLAN_NAMED = re.compile(
    rf"\b(?:see|as per|links? to|linked to|also in)\s+(?:the\s+)?(?P<plan>[A-Z][^.;:()\d]{{1,50}}?\bplan)"
    rf"\s*(?:action|no\.?)?\s*"
    rf"(?P<number>{_NUMBER})(?![\d%])",
    re.I,
)
_ANY = re.compile(
    rf"(?<![\d.£$/]){_NUMBER}(?![\d/]|\.\d|\s?(?:%|million|bn|m\b|k\b|per\b|hours|days|weeks|times|fte))",
    re.I,
)
_SAME = re.compile(r"^(?:this|the|our)?\s*(?:action|plan|action plan)?\s*$", re.I)
_WHAT = (
    r"(?:(?:time\s?scale|deadline|target(?: date)?|due date|completion(?: date)?"
    r"|date|action|this)\b[^.;\d]{0,30}?)?"
)
_REVISED = re.compile(
    r"\b(?:moved?|moving|revised?|extend(?:ed)?|changed?|deferred?|delayed|postponed|put back"
    r"|brought forward|re-?scheduled"
    rf"|slipped|rolled forward)\s+(?:the\s+)?{_WHAT}\s*(?:back\s+|forward\s+)?(?:to|until|till)"
    r"\s+(?P<when>[^.;]{3,40})",
    re.I,
)


def find(cell: NumberCell, texts: Sequence[str], known: Collection[str]) -> list[ReferenceRead]:
    """The references of a row: from its number cell, then from `texts` (action, update).

    A number in running text is a reference only where the plan has such a number (`known`); a number of another plan
    is kept with that plan's name. Numbers joined in one cell refer to each other.
    """
    found = [ReferenceRead("same_plan", "", n) for n in cell.links]
    found += [ReferenceRead("joint", "", n) for n in cell.numbers[1:]]
    for text in texts:
        found += _in_text(text, known)
    unique: list[ReferenceRead] = []
    for reference in found:
        if reference not in unique:
            unique.append(reference)
    return unique


def _in_text(text: str, known: Collection[str]) -> list[ReferenceRead]:
    taken: list[tuple[int, int]] = [(f.start, f.end) for f in dates.find(text)]
    found: list[tuple[int, ReferenceRead]] = []
    for wanted in (_OTHER_PLAN, _PLAN_NAMED):
        for match in wanted.finditer(text):
            if _free(match.start("number"), taken):
                taken.append(match.span())
                found.append((match.start(), _other(match)))
    for match in _ANY.finditer(text):
        if match.group() in known and _free(match.start(), taken):
            found.append((match.start(), ReferenceRead("in_text", "", match.group())))
    return [reference for _, reference in sorted(found, key=lambda pair: pair[0])]


def _other(match: re.Match[str]) -> ReferenceRead:
    plan = re.sub(r"\s*\baction\s*$", "", match["plan"].strip(" -–"), flags=re.I) or match["plan"].strip()
    if _SAME.match(match["plan"]):
        return ReferenceRead("in_text", "", match["number"])
    return ReferenceRead("other_plan", plan, match["number"])


def _free(place: int, taken: list[tuple[int, int]]) -> bool:
    return not any(start <= place < end for start, end in taken)


def revised_date(update: str) -> dates.Found | None:
    """The new date an update asks for ("Move timescale to 30 November 2018"), the last such, or None."""
    for match in reversed(list(_REVISED.finditer(update))):
        found = dates.find(match["when"])
        if found:
            return found[0]
    return None


def contradicts(update: str, timescale: TimescaleRead) -> bool:
    """Whether an update moves the date to one the timescale cell does not print.

    A month agrees with any day in it; a revision without a year agrees with that day or month of any year.
    """
    revised = revised_date(update)
    if revised is None or not timescale.dates:
        return False
    return not any(_agrees(revised, iso) for iso in timescale.dates)


def _agrees(revised: dates.Found, iso: str) -> bool:
    if revised.iso:
        short = min(len(revised.iso), len(iso))
        return revised.iso[:short] == iso[:short]
    same_month = int(iso[5:7]) == revised.month
    return same_month and (not revised.day or len(iso) < 10 or int(iso[8:]) == revised.day)
