"""What was said of an action and what it is tied to: updates, evidence, tests, hindrances, pointers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.template.defaultfilters import filesizeformat

from sightline.documents.choices import LABELS as FILE_LABELS
from sightline.documents.choices import FileKind
from sightline.plans.choices import LABELS, Embedding, EvidenceQuarter
from sightline.plans.models import Action
from sightline.plans.pages.looks import EMBEDDING_COLOURS, day, day_or_nothing, how_label
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import update_day
from sightline.plans.selectors.action import BY_HAND, Told, ToldLine

KEPT_AS_WORDS = "Kept as words: somebody said that no action is meant."
NOT_MATCHED = "Not matched to an action yet."
Lines = Mapping[Told, Sequence[ToldLine]]


@dataclass(frozen=True)
class FileShown:
    """A stored file, by its newest version: `told` says what it is, how large, when it was added and by whom.

    `earlier`: the page of all versions, where there are several; `newer`: where a newer one is put, for those who may.
    """

    name: str
    href: str
    told: str
    earlier: str
    newer: str


@dataclass(frozen=True)
class Account:
    """An update or a piece of evidence: `told` says who said it, when, how it came and who entered it.

    `publishable`: what of an update may be published.
    """

    day: date | None
    text: str
    told: str
    import_href: str
    number: int = 0
    files: tuple[FileShown, ...] = ()
    publishable: str = ""


@dataclass(frozen=True)
class Quarter:
    """One of the four kinds of evidence, and what there is of it, newest first."""

    label: str
    evidence: tuple[Account, ...]


@dataclass(frozen=True)
class CheckShown:
    """An embedding test and its answer."""

    number: int
    question: str
    due: str
    result: str
    colour: str
    answer: str
    finding: str
    may_answer: bool


@dataclass(frozen=True)
class Hindrance:
    """Something that stands in the way: `number` is that of a dependency that can be ended, else 0."""

    words: str
    since: str
    href: str = ""
    link: str = ""
    number: int = 0


@dataclass(frozen=True)
class Pointer:
    """Another action this one points at, waits for, or is pointed at from.

    `note`: how words stand that lead nowhere; `match`: where somebody says what they mean, for those who may.
    """

    words: str
    href: str
    link: str
    note: str = ""
    match: str = ""


def newest(lines: Sequence[ToldLine]) -> list[ToldLine]:
    """The lines with the newest day first; an update goes by the day it speaks of."""
    return sorted(lines, key=lambda line: (update_day(line.day, line.place[0]), line.place), reverse=True)


def account(line: ToldLine) -> Account:
    """An update or evidence with its origin in one line."""
    parts = [f"Said by {line.said_by}" if line.said_by else "", how_label(line.how)]
    entered = line.recorded_at.date() if line.recorded_at else None
    parts.append(f"Entered by {line.entered_by}{f' on {day(entered)}' if entered else ''}")
    href = addresses.of_import(line.import_of) if line.import_of else ""
    shown_on = line.day or (None if line.import_of else line.as_at)
    return Account(shown_on, line.text, " · ".join(filter(None, parts)), href, line.row)


Files = Mapping[int, Sequence[FileShown]]


def quarters_of(lines: Sequence[ToldLine], files: Files) -> tuple[Quarter, ...]:
    """All four quarters, also those of which there is nothing: an empty one says something."""
    return tuple(
        Quarter(
            LABELS[quarter], tuple(_evidence(line, files) for line in newest(lines) if line.word == quarter)
        )
        for quarter in EvidenceQuarter
    )


def update_shown(line: ToldLine) -> Account:
    """An update, with what of it may be published."""
    return replace(account(line), publishable=line.more)


def _evidence(line: ToldLine, files: Files) -> Account:
    return replace(account(line), files=tuple(files.get(line.row, ())))


def files_of(reference: str, lines: Lines, may_add: bool) -> Files:
    """The stored files by the number of their evidence, each by the newest version among these lines.

    A newer one is put nowhere where another action took over: it has the files too.
    """
    may_put = may_add and not lines[Told.CARRIED_TO]
    newest: dict[tuple[int, str], ToldLine] = {}
    for line in sorted(lines[Told.FILE], key=lambda line: int(line.how)):
        newest[line.other or 0, line.said_by] = line
    found: defaultdict[int, list[FileShown]] = defaultdict(list)
    for (evidence, _), line in newest.items():
        found[evidence].append(_file_shown(reference, line, may_put))
    return found


def _file_shown(reference: str, line: ToldLine, may_put: bool) -> FileShown:
    """With what people ask of a file before they open it."""
    several = line.how != "1"
    parts = [
        f"version {line.how}" if several else "",
        FILE_LABELS[FileKind(line.word)],
        filesizeformat(line.more),
    ]
    parts.append(f"added on {day_or_nothing(line.as_at)} by {line.entered_by}")
    return FileShown(
        line.text,
        addresses.of_file(reference, line.row),
        ", ".join(filter(None, parts)),
        addresses.of_versions(reference, line.row) if several else "",
        addresses.of_newer(reference, line.row) if may_put else "",
    )


def tests_of(lines: Sequence[ToldLine], may_answer: bool) -> tuple[CheckShown, ...]:
    """The embedding tests, newest first."""
    return tuple(
        CheckShown(
            number=line.row,
            question=line.text,
            due=day_or_nothing(line.day),
            result="Waiting" if line.word == Embedding.WAITING else LABELS[Embedding(line.word)],
            colour=EMBEDDING_COLOURS[Embedding(line.word)],
            answer=f"{day(line.ended_on)}, entered by {line.ended_by}" if line.ended_on else "",
            finding=line.more,
            may_answer=may_answer and line.word == Embedding.WAITING,
        )
        for line in reversed(lines)
    )


def hindrances_of(lines: Lines, others: Mapping[int, Action], may_end: bool) -> tuple[Hindrance, ...]:
    """What stands in the way now: its owner's word, and open actions it waits for."""
    blocks = [
        Hindrance(line.text, f"{line.entered_by}, {day_or_nothing(line.as_at)}")
        for line in lines[Told.BLOCK]
        if line.ended_on is None
    ]
    waits = []
    for line in lines[Told.WAITS_FOR]:
        if line.ended_on is None:
            pointer = pointed("Waits for", line, others)
            words = f"Waits for an action{f': {line.text}' if line.text else ''}"
            number = line.row if may_end else 0
            waits.append(Hindrance(words, day_or_nothing(line.as_at), pointer.href, pointer.link, number))
    return tuple(blocks + waits)


def pointers_of(
    lines: Lines, others: Mapping[int, Action], match: Callable[[int], str] | None = None
) -> tuple[Pointer, ...]:
    """Other actions this one is tied to, with the words of the paper where it gave them.

    A reference from or to an action that the person may not read is as if that were not there. `match`: where
    somebody says what a reference means, by its number, for those who may.
    """
    needed = [pointed("Needed by", line, others) for line in lines[Told.NEEDED_BY] if line.ended_on is None]
    refers = [_refers(line, others, match) for line in lines[Told.REFERS_TO]]
    referred = [
        pointed("Referred to from", line, others)
        for line in lines[Told.REFERRED_FROM]
        if line.other in others
    ]
    return tuple(needed + refers + referred)


def _refers(line: ToldLine, others: Mapping[int, Action], match: Callable[[int], str] | None) -> Pointer:
    words = f"Refers to {' '.join(filter(None, (line.said_by, line.text)))}"
    where = match(line.row) if match else ""
    if line.other in others:
        return replace(pointed(words, line, others), match=where)
    return Pointer(words, "", "", KEPT_AS_WORDS if line.how == BY_HAND else NOT_MATCHED, where)


def pointed(words: str, line: ToldLine, others: Mapping[int, Action]) -> Pointer:
    """A link to the action at the other end; its words only where the person may read them."""
    other = others.get(line.other or 0)
    if other is None:
        return Pointer(words, "", line.more)
    name = " ".join(filter(None, (other.current_number_label, other.text)))
    return Pointer(
        words, addresses.of_action(other.reference), name if len(name) < 120 else f"{name[:117]} …"
    )
