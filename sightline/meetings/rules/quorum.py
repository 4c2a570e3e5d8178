"""Whether a meeting was quorate, by the rule of its group. Source: issue 6.2; domain.md 14 (quorum of all partners)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.screens.words import count, joined


@dataclass(frozen=True, slots=True)
class QuorumAsked:
    """What a group asks for; nought and False ask for nothing. `by_name`: certain agencies instead of all partners."""

    least_seats: int = 0
    least_agencies: int = 0
    all_essential: bool = False
    all_partners: bool = False
    by_name: bool = False

    @property
    def asks_something(self) -> bool:
        """Whether there is a rule at all."""
        numbers = self.least_seats or self.least_agencies
        return bool(numbers or self.all_essential or self.all_partners or self.by_name)

    @property
    def who(self) -> str:
        """What an agency is called that has to be there."""
        return "Agency asked for" if self.by_name else "Safeguarding partner"


@dataclass(frozen=True, slots=True)
class SeatCounted:
    """One seat at a meeting. `agencies`: keys of those it stands for; `is_filled`: present, remote or a deputy came."""

    title: str
    agencies: tuple[str, ...]
    is_essential: bool
    has_vote: bool
    is_filled: bool


def missing(
    asked: QuorumAsked, seats: Sequence[SeatCounted], partners: Mapping[str, str], there: str = "there"
) -> tuple[str, ...]:
    """What is missing of a quorum, a sentence each; none where the meeting was quorate.

    `partners`: the agencies that have to be there by key, with their names. Only seats with a vote count, but for
    essential ones: an adviser whom the group calls essential has to be there. An agency is there by any of its seats.
    `there`: the word for it, where a meeting is still to come.
    """
    filled = [seat for seat in seats if seat.is_filled]
    voting = [seat for seat in filled if seat.has_vote]
    agencies = {key for seat in voting for key in seat.agencies}
    essential = [seat.title for seat in seats if seat.is_essential and not seat.is_filled]
    away = [name for key, name in partners.items() if key not in agencies]
    told = (
        *_too_few(len(voting), asked.least_seats, "seat with a vote", "seats with a vote", there),
        *_too_few(len(agencies), asked.least_agencies, "agency", "agencies", there),
        _not_there(essential, asked.all_essential, "Essential", there),
        _not_there(away, asked.all_partners or asked.by_name, asked.who, there),
    )
    return tuple(sentence for sentence in told if sentence)


def _too_few(came: int, asked: int, one: str, many: str, there: str) -> tuple[str, ...]:
    return (f"{count(came, one, many)} {there}, {asked:,} asked for.",) if came < asked else ()


def _not_there(titles: list[str], is_asked: bool, what: str, there: str) -> str:
    return f"{what} and not {there}: {joined(sorted(titles))}." if is_asked and titles else ""


def in_words(asked: QuorumAsked, named: Sequence[str] = ()) -> str:
    """The rule as a sentence; empty where nothing is asked for. `named`: the agencies that it asks for by name."""
    parts = [
        f"at least {count(asked.least_seats, 'seat', 'seats')} with a vote" if asked.least_seats else "",
        f"at least {count(asked.least_agencies, 'agency', 'agencies')}" if asked.least_agencies else "",
        "every essential seat" if asked.all_essential else "",
        "every safeguarding partner" if asked.all_partners else "",
        *(named if asked.by_name else ()),
    ]
    found = [part for part in parts if part]
    return f"Quorate with {joined(found)}." if found else ""
