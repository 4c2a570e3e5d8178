"""What an action promises: its owners, its dates and how they moved, what it answers, where it stood on paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import FIRM_KINDS, REVIEW_KINDS, OwnerRole, TimescaleKind
from sightline.plans.models import Action, ActionSource, ImportedRow
from sightline.plans.pages.looks import TIMESCALE_WORDS, day, day_or_nothing
from sightline.plans.rules import addresses
from sightline.plans.rules.importing import CELL_LABELS
from sightline.plans.selectors.action import ToldLine
from sightline.reading.blocks import At

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True)
class OwnerShown:
    """Who answers. `printed` is what the paper says where that differs; `is_known`: matched to a party.

    `is_vacant`: a post that nobody holds.
    """

    name: str
    printed: str
    is_support: bool
    is_known: bool
    is_vacant: bool = False


@dataclass(frozen=True)
class WhenShown:
    """A timescale: the words, what they mean, why it was changed. `is_slip`: a later firm date than before."""

    words: str
    meaning: str
    reason: str
    since: str
    is_current: bool
    is_original: bool
    is_slip: bool

    @property
    def why(self) -> str:
        """Since when it took the place of the one before, and why; nothing of the original."""
        if self.is_original or not (self.since or self.reason):
            return ""
        changed = f"Changed on {self.since}" if self.since else "Changed"
        return f"{changed}: {self.reason}" if self.reason else f"{changed}; no reason was given"


@dataclass(frozen=True)
class SourceShown:
    """What the action answers: the words, where they lead, and what the recommendation asks for."""

    words: str
    href: str
    text: str


@dataclass(frozen=True)
class PaperShown:
    """Where the action stood on paper, and the raw words of its cells."""

    file_name: str
    as_at: str
    place: str
    href: str
    cells: tuple[tuple[str, str], ...]


def owners_of(action: Action) -> tuple[OwnerShown, ...]:
    """The owners in their printed order."""
    return tuple(
        OwnerShown(
            name=str(owner),
            printed=owner.raw if owner.party and owner.raw.casefold() != str(owner).casefold() else "",
            is_support=owner.role == OwnerRole.SUPPORT,
            is_known=owner.party is not None,
            is_vacant=owner.vacant_since is not None,
        )
        for owner in action.owners.all()
    )


def owners_then(lines: Sequence[ToldLine]) -> tuple[OwnerShown, ...]:
    """The owners as the last of these changes named them."""
    named = json.loads(lines[-1].word or "[]") if lines else []
    return tuple(
        OwnerShown(
            name=str(owner["name"]),
            printed=owner["raw"]
            if owner["kind"] and owner["raw"].casefold() != owner["name"].casefold()
            else "",
            is_support=owner["role"] == OwnerRole.SUPPORT,
            is_known=bool(owner["kind"]),
            is_vacant="vacant_since" in owner,
        )
        for owner in named
    )


def whens_of(lines: Sequence[ToldLine]) -> tuple[WhenShown, ...]:
    """Every timescale, the one in force first."""
    shown: list[WhenShown] = []
    last_firm = None
    for place, line in enumerate(lines):
        firm = line.day if line.word in FIRM_KINDS else None
        shown.append(
            WhenShown(
                words=line.text or line.how or (f"By {day(line.day)}" if line.day else "No words printed"),
                meaning=meaning_of(line),
                reason=line.more,
                since=day_or_nothing(line.as_at),
                is_current=place == len(lines) - 1,
                is_original=place == 0,
                is_slip=bool(firm and last_firm and firm > last_firm),
            )
        )
        last_firm = firm or last_firm
    return tuple(reversed(shown))


def meaning_of(line: ToldLine) -> str:
    """What the printed words stand for."""
    kind = TimescaleKind(line.word)
    if line.day and kind in FIRM_KINDS:
        return f"due on {day(line.day)}"
    words = TIMESCALE_WORDS.get(kind, "")
    return f"{words} on {day(line.day)}" if line.day and kind in REVIEW_KINDS else words


def sources_of(action: Action, user: Reader) -> tuple[SourceShown, ...]:
    """What the action answers, each leading to its source where it was matched; without what one may not read."""
    then: list[str] | None = getattr(action, "then_sources", None)
    if then is not None:
        return tuple(SourceShown(words, "", "") for words in then)
    return tuple(_source(link) for link in action.sources.all() if permissions.can_view_answered(user, link))


def _source(link: ActionSource) -> SourceShown:
    if link.recommendation:
        source = link.recommendation.source
        href = f"{reverse('plans:source', args=[source.key])}#recommendation-{link.recommendation.pk}"
        return SourceShown(f"{source.title}, {link.recommendation.number}", href, link.recommendation.text)
    if link.source:
        raw = f", {link.raw}" if link.raw else ""
        return SourceShown(f"{link.source.title}{raw}", reverse("plans:source", args=[link.source.key]), "")
    return SourceShown(link.raw, "", "")


def paper_of(row: ImportedRow | None) -> PaperShown | None:
    """The place on paper and the raw words; None for what never stood on paper."""
    if row is None:
        return None
    upload, read = row.import_of, row.read
    cells = tuple(
        (CELL_LABELS.get(name, name), str(read[raw]))
        for name, raw in _RAW.items()
        if read.get(raw) not in (None, "", [])
    )
    # PostgreSQL keeps no order among the parts of a JSON object; the reader's own order is the one people know.
    at = At(**(read.get("at") or {})).as_json()
    place = ", ".join(f"{name} {number}" for name, number in at.items() if number)
    return PaperShown(
        upload.file_name, day_or_nothing(upload.as_at), place, addresses.of_import(upload.pk), cells
    )


# The raw words of a row, under the names of `reading-schema`.
_RAW = {
    "number": "number_raw",
    "source": "sources_raw",
    "outcome": "outcome",
    "owners": "owners_raw",
    "action": "action",
    "update": "update",
    "timescale": "timescale_raw",
    "rating": "rating_raw",
}
