"""What a membership list would change: each row matched to an agency, a person and a seat, or left out with its reason.

Nothing is guessed: what could be two things waits for somebody to say which, and is left out until then.
Source: design.md 4.1 (nothing is repaired in silence); documents.md A1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sightline.governance.choices import LEFT_TO_LIST, NEW, NOBODY, Fate
from sightline.partners.choices import POSITION_LABELS, HoldingKind, Position
from sightline.partners.rules import PartyName, Suggestion, matching, normalise, suggestions

DEPUTY, VACANT = "deputy", "vacant"


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it was read. `held_as`: deputy, vacant, or empty for a holder."""

    index: int
    name: str
    organisation: str = ""
    post: str = ""
    seat: str = ""
    position: str = ""
    held_as: str = ""
    where: str = ""

    @property
    def kind(self) -> HoldingKind:
        """As what its person is in the seat."""
        return HoldingKind.DEPUTY if self.held_as == DEPUTY else HoldingKind.HOLDER


def position_named(words: str) -> Position:
    """The position that a list calls so; member where it says none that we know."""
    return next((key for key, label in POSITION_LABELS.items() if label == words), Position.MEMBER)


@dataclass(frozen=True, slots=True)
class KnownSeat:
    """A seat of the group as it stands on the day of the list: for which agencies, and by whom it is held."""

    id: int
    title: str
    position: str
    agencies: frozenset[int] = frozenset()
    places: int = 1
    holders: frozenset[int] = frozenset()
    deputies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on the day: every name, which of them are the partnership's own, and the seats of the group."""

    names: Sequence[PartyName] = ()
    own: frozenset[str] = frozenset()
    seats: Sequence[KnownSeat] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said about a row: numbers of records, or one of the words in `choices`; `out` leaves it out."""

    agency: str = LEFT_TO_LIST
    person: str = LEFT_TO_LIST
    seat: str = LEFT_TO_LIST
    out: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a row would do. `doubts` are shown; `reason` says why it is left out, and is empty where it is taken.

    A number that is None with its `new_…` true is a record that confirming would add.
    """

    row: Printed
    agency: int | None = None
    new_agency: bool = False
    person: int | None = None
    new_person: bool = False
    seat: int | None = None
    new_seat: bool = False
    fate: Fate = Fate.OUT
    doubts: tuple[str, ...] = ()
    reason: str = ""
    likely: tuple[Suggestion, ...] = field(default=())

    @property
    def is_taken(self) -> bool:
        """Whether confirming takes it."""
        return self.fate != Fate.OUT

    @property
    def needs_somebody(self) -> bool:
        """Whether there is something to look at: a doubt, or a row that is left out."""
        return bool(self.doubts) or not self.is_taken


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody in a seat who is not on the list."""

    seat: int
    person: int


def propose(
    rows: Sequence[Printed], known: Known, decisions: Mapping[int, Decision]
) -> tuple[list[Proposal], list[Leaving]]:
    """What every row would do, in the order of the list, and who is in a seat and not on it."""
    met = [_person(_agency(Proposal(row), known, _on(row, decisions)), known, decisions) for row in rows]
    seated = _seated(met, known, decisions)
    found = _once([_fated(each, known, _on(each.row, decisions)) for each in seated])
    return found, list(_leaving(found, known))


def _once(found: Sequence[Proposal]) -> list[Proposal]:
    """The same person in the same seat again is left out."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for each in found:
        mark = (each.person or normalise(each.row.name), each.seat or each.agency, each.row.held_as)
        again = bool(each.row.name) and each.is_taken and mark in seen
        kept.append(replace(each, fate=Fate.OUT, reason="The list names them twice.") if again else each)
        seen |= {mark} if each.is_taken else set()
    return kept


def _on(row: Printed, decisions: Mapping[int, Decision]) -> Decision:
    return decisions.get(row.index, Decision())


def _agency(each: Proposal, known: Known, said: Decision) -> Proposal:
    """The agency that a row names: by what was said of it, or exactly by one of its names."""
    text = each.row.organisation
    if said.agency in (NEW, NOBODY):
        return replace(each, new_agency=said.agency == NEW)
    if said.agency:
        return replace(each, agency=int(said.agency))
    if not text or each.row.held_as == VACANT:
        return each
    agencies = [name for name in known.names if name.kind == "agency"]
    if found := matching(text, agencies):
        return replace(each, agency=found.id)
    if normalise(text) in known.own:
        return _doubting(each, f"“{text}” is the partnership itself: taken as a role of no agency.")
    return replace(each, reason=f"No agency is known as “{text}”.", likely=tuple(suggestions(text, agencies)))


def _person(each: Proposal, known: Known, decisions: Mapping[int, Decision]) -> Proposal:
    """Whom a row names. Two of one name, or one of another agency, wait for somebody to say who it is."""
    said, name = _on(each.row, decisions), each.row.name
    if not name:
        return each
    if said.person:
        is_new = said.person == NEW
        return replace(each, new_person=is_new, person=None if is_new else int(said.person))
    same = persons_called(name, known.names)
    here = [one for one in same if one.agency_id is None or each.agency in (None, one.agency_id)]
    if len(here) == 1:
        return replace(each, person=here[0].id)
    if not same:
        return replace(each, new_person=True)
    return replace(each, reason=each.reason or _who(name, len(here)))


def persons_called(name: str, names: Sequence[PartyName]) -> list[PartyName]:
    """Every person of this name, each once."""
    wanted = normalise(name)
    return list(
        {one.id: one for one in names if one.kind == "person" and normalise(one.text) == wanted}.values()
    )


def _who(name: str, number: int) -> str:
    if number:
        return f"{number} people are called {name}: say which of them it is."
    return f"{name} is known at another agency: say whether it is the same person."


def _seated(met: Sequence[Proposal], known: Known, decisions: Mapping[int, Decision]) -> list[Proposal]:
    """The seat of every row: first what is certain, then what is left over for the others."""
    sure: list[Proposal] = []
    for each in met:
        said, seat = _on(each.row, decisions).seat, _certain(each, known.seats)
        if said:
            seat = None if said == NEW else int(said)
        sure.append(replace(each, seat=seat, new_seat=said == NEW))
    free = _free_places(sure, known.seats)
    alike = _alike(sure)
    return [
        each if each.seat or each.new_seat or each.reason else _left_over(each, known.seats, free, alike)
        for each in sure
    ]


def _certain(each: Proposal, seats: Sequence[KnownSeat]) -> int | None:
    """The seat that a list of ours names, or the only one that the person is in."""
    row = each.row
    tests: tuple[Callable[[KnownSeat], bool], ...] = (
        lambda seat: bool(row.seat) and _is_called(seat, row.seat) and row.position in ("", seat.position),
        lambda seat: each.person in (seat.deputies if row.held_as == DEPUTY else seat.holders),
    )
    for test in tests if not row.seat else tests[:1]:
        found = [seat.id for seat in seats if test(seat)]
        if len(found) == 1:
            return found[0]
    return None


def _is_called(seat: KnownSeat, words: str) -> bool:
    return normalise(seat.title) == normalise(words)


def _free_places(sure: Sequence[Proposal], seats: Sequence[KnownSeat]) -> dict[int, int]:
    """How many places of each seat no row has taken yet."""
    taken = [each.seat for each in sure if each.seat and each.row.held_as == ""]
    return {seat.id: seat.places - taken.count(seat.id) for seat in seats}


def _alike(sure: Sequence[Proposal]) -> dict[int | None, int]:
    """For each agency how many rows still look for a seat."""
    seeking = [each.agency for each in sure if not (each.seat or each.new_seat or each.reason)]
    return {agency: seeking.count(agency) for agency in seeking}


def _left_over(
    each: Proposal, seats: Sequence[KnownSeat], free: dict[int, int], alike: Mapping[int | None, int]
) -> Proposal:
    """A free seat of the agency, or of the role in words; a new one where there is none at all."""
    deputy = each.row.held_as == DEPUTY
    ours = [seat for seat in seats if _stands_for(seat, each) and (deputy or free[seat.id] > 0)]
    named = [seat for seat in ours if _is_called(seat, each.row.post)]
    fitting = named or ours
    if not fitting or each.row.seat:
        return replace(each, new_seat=True)
    wanting = 1 if named or deputy else alike[each.agency]
    if len(fitting) > 1 or wanting > sum(free[seat.id] for seat in fitting):
        return replace(each, reason=_which(fitting, wanting))
    free[fitting[0].id] -= 0 if deputy else 1
    return replace(each, seat=fitting[0].id)


def _stands_for(seat: KnownSeat, each: Proposal) -> bool:
    if each.agency:
        return each.agency in seat.agencies
    return not seat.agencies and _is_called(seat, each.row.seat or each.row.post)


def _which(fitting: Sequence[KnownSeat], wanting: int) -> str:
    if len(fitting) > 1:
        return "More than one seat could be theirs: say which."
    return f"{wanting} rows could be for the seat “{fitting[0].title}”: say which of them is."


def _fated(each: Proposal, known: Known, said: Decision) -> Proposal:
    """What comes of a row whose agency, person and seat were looked for."""
    if said.out:
        return replace(each, reason="Left out by whoever looked it over.")
    if each.reason:
        return each
    if each.new_seat:
        return replace(each, fate=Fate.ADDS if each.row.name else Fate.VACANT)
    seat = next((seat for seat in known.seats if seat.id == each.seat), None)
    if seat is None:
        return replace(each, reason="The seat that was chosen does not stand on this day.")
    return _in_seat(each, seat)


def _in_seat(each: Proposal, seat: KnownSeat) -> Proposal:
    if each.row.held_as == VACANT:
        told = "The list says that this seat is vacant, and somebody is in it." if seat.holders else ""
        return _doubting(replace(each, fate=Fate.VACANT), told)
    if not each.row.name:
        return replace(each, reason="The row names nobody.")
    there = seat.deputies if each.row.held_as == DEPUTY else seat.holders
    if each.person in there:
        return replace(each, fate=Fate.STAYS)
    is_full = each.row.held_as != DEPUTY and len(seat.holders) >= seat.places
    return replace(each, fate=Fate.FOLLOWS if is_full else Fate.FILLS)


def _doubting(each: Proposal, doubt: str) -> Proposal:
    return replace(each, doubts=(*each.doubts, doubt)) if doubt else each


def _leaving(found: Sequence[Proposal], known: Known) -> Iterator[Leaving]:
    """Who is in a seat without a row that puts them there. Whoever a row that is left out may mean, stays."""
    there = {(each.seat, each.person) for each in found if each.is_taken}
    out = [each for each in found if not each.is_taken and each.row.name]
    perhaps = {one.id for each in out for one in persons_called(each.row.name, known.names)}
    perhaps |= {each.person for each in out if each.person}
    for seat in known.seats:
        for person in sorted(seat.holders | seat.deputies):
            if (seat.id, person) not in there and person not in perhaps:
                yield Leaving(seat.id, person)
