"""Figures in prose: what is counted, each with its sentence, and what contradicts itself (documents.md E6, H9, P10).

Figures are read from reports, not from plans. Nothing is repaired: both values of a contradiction are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sightline.reading import dates
from sightline.reading.blocks import At, Table
from sightline.reading.interpreters.desk import FURNITURE, PROSE, Desk
from sightline.reading.schema import FigureRead

_VALUE = re.compile(
    r"(?<![\w.,/£-])(?P<pound>£)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<percent>\s?%)?(?![\w/]|[.,]\d|-\d|\s?(?:st|nd|rd|th)\b)"
)
_AFTER = re.compile(r"(?:[^,.;:()]|[.,](?=\d))*")
_NO_COUNT = re.compile(
    r"\b(?:sections?|aged?|priority|under|over|page|appendix|paragraph|article|regulation|recommendation|than|to|and"
    r"|within|after|part)\s*$",
    re.I,
)
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "were",
        "was",
        "are",
        "is",
        "be",
        "been",
        "had",
        "has",
        "have",
        "who",
        "which",
        "that",
        "as",
        "from",
        "with",
        "by",
        "this",
        "these",
        "their",
        "its",
        "there",
        "it",
        "than",
        "more",
        "less",
        "during",
        "over",
        "under",
        "year",
        "end",
        "across",
        "subject",
        "an",
        "number",
        "total",
        "percentage",
    ]
)
_LIST_OF = re.compile(r"(?P<word>[A-Za-z][\w /-]{2,40}?)\s*\((?P<value>\d{1,3}(?:,\d{3})*)\)")
_FRACTION = re.compile(
    r"(?P<part>\d[\d,]*)\s+(?:out\s+)?of\s+(?:the\s+)?(?P<whole>\d[\d,]*)\b[^.%]{0,60}?\(?(?P<percent>\d{1,3}(?:\.\d+)?)\s?%"
)
_OF_THE = re.compile(r"\bof (?:the|these) (?P<total>\d[\d,]*),?\s+(?P<parts>[^.;]*)", re.I)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|in comparison (?:to|with)|against|up from|down from|from)\b", re.I
)
_PERIOD = re.compile(
    rf"(?:as at |in |at |by |during |for )?(?:\d{{1,2}} )?{dates.MONTH} 20\d\d|20\d\d\s?[-–/]\s?(?:20)?\d\d",
    re.I,
)
_SMALLEST, _NEAR = 10, 0.25
_MOST_PARTS = 12
_LONGEST = 3000  # letters of a sentence; more is no sentence


@dataclass(frozen=True, slots=True)
class _Said:
    figure: FigureRead
    key: frozenset[str]


def read(desk: Desk) -> None:
    """Read the figures of a document that is no plan, and say where they contradict each other."""
    if any(row.action for row in desk.reading.rows) or desk.reading.recommendations:
        return
    said = [one for sentence, at in _sentences(desk) for one in _figures(sentence, at)]
    desk.reading.figures += [one.figure for one in said]
    _disagreeing(desk, said)
    for sentence, at in _sentences(desk):
        _fractions(desk, sentence, at)
        _totals(desk, sentence, at)
    _lists(desk)


def _sentences(desk: Desk) -> Iterator[tuple[str, At]]:
    for index, block in enumerate(desk.doc.blocks):
        if not isinstance(block, Table) and desk.fates.get((index, PROSE)) != FURNITURE:
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(block.text.split())):
                if len(sentence) <= _LONGEST:
                    yield sentence, block.at


def _figures(sentence: str, at: At) -> Iterator[_Said]:
    taken = [(f.start, f.end) for f in dates.find(sentence)]
    taken += [
        match.span() for match in re.finditer(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?(?!\d|,\d)", sentence)
    ]
    for match in _VALUE.finditer(sentence):
        measure = _measure(sentence, match)
        if (
            not measure
            or any(start <= match.start() < end for start, end in taken)
            or _counts_nothing(sentence, match)
        ):
            continue
        value = float(match["number"].replace(",", ""))
        unit = "%" if match["percent"] else "£" if match["pound"] else ""
        figure = FigureRead(
            measure,
            int(value) if value.is_integer() else value,
            unit,
            _period(sentence, match),
            "",
            sentence,
            at,
        )
        compared = _COMPARED.search(sentence[max(0, match.start() - 24) : match.start()])
        ahead = sentence[match.end() :].lstrip().startswith(measure[:12])
        yield _Said(figure, _key(measure) if ahead and not compared else frozenset())


def _counts_nothing(sentence: str, match: re.Match[str]) -> bool:
    """Whether a bare number is small, or an age, a section or the like rather than a count."""
    bare = not (match["percent"] or match["pound"])
    small = float(match["number"].replace(",", "")) < _SMALLEST
    return bare and (small or bool(_NO_COUNT.search(sentence[: match.start()])))


def _measure(sentence: str, match: re.Match[str]) -> str:
    """What a number counts: the words behind it to the next mark, for a share or sum with few of them those before."""
    found = _AFTER.match(sentence, match.end())
    after = " ".join(_COMPARED.split(found.group() if found else "")[0].split()[:10])
    if len(_key(after)) > 1:
        return after
    before = re.split(r"[,.;:()]", sentence[: match.start()])[-1].split()[-10:]
    return " ".join(before) if len(_key(" ".join(before))) > 1 else ""


def _key(measure: str) -> frozenset[str]:
    words = re.findall(
        r"[a-z]+", re.split(r"\band (?:an?|the)\b", _COMPARED.split(_PERIOD.sub(" ", measure))[0].lower())[0]
    )
    return frozenset(
        word for word in words if word not in _STOP and not re.fullmatch(dates.MONTH, word, re.I)
    )


def _period(sentence: str, match: re.Match[str]) -> str:
    """The period printed nearest to a number in its sentence."""
    near = sorted(
        _PERIOD.finditer(sentence),
        key=lambda p: min(abs(p.start() - match.end()), abs(match.start() - p.end())),
    )
    return near[0].group().strip() if near else ""


def _disagreeing(desk: Desk, said: list[_Said]) -> None:
    """One measure at two values that are near each other: one of the two is likely wrong."""
    first: dict[tuple[frozenset[str], str], _Said] = {}
    for one in said:
        if len(one.key) < 2 or one.figure.value < _SMALLEST:
            continue
        known = first.setdefault((one.key, one.figure.unit), one)
        low, high = sorted((known.figure.value, one.figure.value))
        if low != high and high - low <= high * _NEAR and not _apart(known.figure, one.figure):
            detail = f"{known.figure.measure}: {known.figure.value:,} and {one.figure.value:,}"
            desk.warn("figure_disagrees", one.figure.at, detail)


def _apart(one: FigureRead, other: FigureRead) -> bool:
    """Whether two figures speak of different periods."""
    return bool(one.period_raw and other.period_raw) and one.period_raw.lower() != other.period_raw.lower()


def _fractions(desk: Desk, sentence: str, at: At) -> None:
    for match in _FRACTION.finditer(sentence):
        part, whole = (float(match[name].replace(",", "")) for name in ("part", "whole"))
        if whole and part <= whole and abs(100 * part / whole - float(match["percent"])) > 1:
            desk.warn("figure_disagrees", at, match.group().strip())


def _totals(desk: Desk, sentence: str, at: At) -> None:
    """ "Of the 881, 457 were male, 403 female and 21 unborn": the parts against the total, by one for rounding."""
    for match in _OF_THE.finditer(sentence):
        parts = [int(v) for v in re.findall(r"(?<![\d,.])\d+(?![\d%.])", match["parts"].replace(",0", "0"))]
        total = int(match["total"].replace(",", ""))
        if (
            1 < len(parts) <= _MOST_PARTS
            and total * 0.8 < sum(parts) < total * 1.2
            and abs(sum(parts) - total) > 1
        ):
            desk.warn(
                "total_disagrees", at, f"{' + '.join(map(str, parts))} = {sum(parts):,}, printed {total:,}"
            )


def _lists(desk: Desk) -> None:
    """ "neglect (559), physical abuse (25)": a figure each, with the name as its breakdown."""
    for sentence, at in _sentences(desk):
        found = list(_LIST_OF.finditer(sentence))
        if len(found) < 2:
            continue
        measure = re.split(r"[:,(]", sentence)[0].strip()
        for match in found:
            name = re.sub(r"^(?:and|or)\s+", "", match["word"].strip())
            value = int(match["value"].replace(",", ""))
            desk.reading.figures.append(FigureRead(measure, value, "", "", name, sentence, at))
