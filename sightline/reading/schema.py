"""What a reading says: the dataclasses behind `sightline read FILE --json` (see docs/reading-schema.md)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from sightline.reading.blocks import At, Notice


@dataclass(slots=True)
class DocumentFacts:
    """The document as a whole.

    `kind`: action_plan, strategy, recommendations, report, self_assessment, minutes, unknown. `meetings`: of how many
    its percentages of attendance are, as far as its text says so; 0 where it does not.
    """

    title: str = ""
    kind: str = "unknown"
    period_raw: str = ""
    as_at: str | None = None
    legend: dict[str, str] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    columns: list[str] = field(default_factory=list)
    meetings: int = 0


@dataclass(slots=True)
class TimescaleRead:
    """A timescale: kind (one of `timescales.KINDS`), ISO days or months, label."""

    kind: str = "blank"
    dates: list[str] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class PriorityRead:
    """A priority. owners, timescale and outcomes only where printed for the priority as a whole."""

    number: str
    title: str
    aim: str = ""
    at: At = field(default_factory=At)
    owners: list[str] = field(default_factory=list)
    timescale: TimescaleRead = field(default_factory=TimescaleRead)
    outcomes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ReferenceRead:
    """A reference to another action. kind: other_plan, same_plan, joint, in_text."""

    kind: str
    plan: str
    number: str


@dataclass(slots=True)
class RowRead:
    """One row of a plan table. kind: numbered, stem, bullet, continuation, unnumbered.

    `reference` is Sightline's own stable reference where the file is one of our exports ("" otherwise);
    `impact_rating`, `state` likewise come from columns our own exports carry.
    """

    priority: str | None = None
    kind: str = "unnumbered"
    number_raw: str = ""
    numbers: list[str] = field(default_factory=list)
    sources_raw: str = ""
    sources: list[str] = field(default_factory=list)
    outcome: str = ""
    outcome_inherited: bool = False
    owners_raw: str = ""
    owners: list[str] = field(default_factory=list)
    owners_inherited: bool = False
    action: str = ""
    items: list[str] = field(default_factory=list)
    update: str = ""
    timescale_raw: str = ""
    timescale: TimescaleRead = field(default_factory=TimescaleRead)
    rating_raw: str = ""
    rating: str = "blank"
    other: dict[str, str] = field(default_factory=dict)
    references: list[ReferenceRead] = field(default_factory=list)
    at: At = field(default_factory=At)
    confidence: float = 1.0
    warnings: list[str] = field(default_factory=list)
    reference: str = ""
    impact_rating: str = ""
    state: str = ""


@dataclass(slots=True)
class RecommendationRead:
    """A recommendation and the paragraphs that answer it."""

    number: str
    title: str = ""
    addressed_to: list[str] = field(default_factory=list)
    text: str = ""
    response: list[str] = field(default_factory=list)
    at: At = field(default_factory=At)


@dataclass(slots=True)
class FigureRead:
    """A figure found in prose or a table."""

    measure: str
    value: float
    unit: str = ""
    period_raw: str = ""
    breakdown: str = ""
    sentence: str = ""
    at: At = field(default_factory=At)


@dataclass(slots=True)
class AttendanceRead:
    """How often a seat was filled. unit: "%" or "meetings"."""

    seat: str
    value: float
    unit: str = "%"
    at: At = field(default_factory=At)


@dataclass(slots=True)
class MemberRead:
    """A member of a group, or (without a name) a seat that a list of ours says is vacant.

    `seat`, `position`, `held_as` and `since_raw` come from the columns of our own exports, and are empty elsewhere.
    """

    surname: str
    forename: str
    organisation: str = ""
    post: str = ""
    at: At = field(default_factory=At)
    seat: str = ""
    position: str = ""
    held_as: str = ""
    since_raw: str = ""


@dataclass(slots=True)
class Counts:
    """Rows seen = imported + joined + furniture + set aside. Nothing is lost."""

    rows_seen: int = 0
    imported: int = 0
    joined: int = 0
    furniture: int = 0
    set_aside: int = 0


@dataclass(slots=True)
class Reading:
    """Everything understood of one document, and every doubt.

    `leftovers` keeps the words of what was set aside (each with its position), so that nothing is lost.
    """

    document: DocumentFacts = field(default_factory=DocumentFacts)
    priorities: list[PriorityRead] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    recommendations: list[RecommendationRead] = field(default_factory=list)
    figures: list[FigureRead] = field(default_factory=list)
    attendance: list[AttendanceRead] = field(default_factory=list)
    members: list[MemberRead] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    leftovers: list[Notice] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The reading as plain dictionaries and lists, under the names of the schema."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reading:
        """The reading that `as_json` wrote. Raises KeyError or TypeError on anything else."""
        return cls(
            document=DocumentFacts(**data["document"]),
            priorities=[_priority(p) for p in data["priorities"]],
            rows=[_row(r) for r in data["rows"]],
            recommendations=[RecommendationRead(**_placed(r)) for r in data["recommendations"]],
            figures=[FigureRead(**_placed(f)) for f in data["figures"]],
            attendance=[AttendanceRead(**_placed(a)) for a in data["attendance"]],
            members=[MemberRead(**_placed(m)) for m in data["members"]],
            warnings=[Notice(**_placed(w)) for w in data["warnings"]],
            counts=Counts(**data["counts"]),
            leftovers=[Notice(**_placed(w)) for w in data.get("leftovers", [])],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, At):
        return value.as_json()
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _placed(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "at": At(**data.get("at", {}))}


def _priority(data: dict[str, Any]) -> PriorityRead:
    return PriorityRead(**{**_placed(data), "timescale": TimescaleRead(**data["timescale"])})


def _row(data: dict[str, Any]) -> RowRead:
    references = [ReferenceRead(**r) for r in data["references"]]
    return RowRead(
        **{**_placed(data), "timescale": TimescaleRead(**data["timescale"]), "references": references}
    )
