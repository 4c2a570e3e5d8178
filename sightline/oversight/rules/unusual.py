"""Whether what somebody did on one day is unusual. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sightline.oversight.choices import Unusual
from sightline.oversight.rules.numbers import Rule


@dataclass(frozen=True)
class DayOf:
    """What one person did on one day, as the journal tells it, beside what they do otherwise.

    `opened`: how much they opened or took away; `habit`: the same for each earlier day on which they did anything;
    `at_night` and `nights`: entries of this night, and on how many earlier nights there were any; `agencies`: of how
    many agencies, not their own, they met confidential records.
    """

    opened: int = 0
    habit: tuple[int, ...] = ()
    at_night: int = 0
    nights: int = 0
    own_name: int = 0
    agencies: int = 0
    refusals: int = 0


@dataclass(frozen=True)
class Found:
    """One thing that is unusual: how much it was, and how much it usually is."""

    rule: Unusual
    figure: int
    usual: int = 0


def unusual_in(day: DayOf, rules: Mapping[Unusual, Rule]) -> list[Found]:
    """Everything unusual about the day, in the order of the rules (domain.md 12.4)."""
    usual = usual_of(day.habit)
    figures = {
        Unusual.VOLUME: (day.opened, usual),
        Unusual.OUT_OF_HOURS: (day.at_night, day.nights),
        Unusual.OWN_NAME: (day.own_name, 0),
        Unusual.OTHER_AGENCIES: (day.agencies, 0),
        Unusual.REFUSALS: (day.refusals, 0),
    }
    return [Found(key, *figures[key]) for key, rule in rules.items() if speaks(rule, *figures[key])]


def speaks(rule: Rule, figure: int, usual: int) -> bool:
    """Whether a figure is unusual by the rule, beside what is usual for this person."""
    if figure < rule.least:
        return False
    if rule.key == Unusual.OUT_OF_HOURS:
        return usual < rule.usual_nights
    return figure > usual * rule.times if rule.key == Unusual.VOLUME else True


def usual_of(habit: Sequence[int]) -> int:
    """What somebody usually does in a day: the middle of the days on which they did anything."""
    return round(median(habit)) if habit else 0


def told(found: Found) -> str:
    """The finding in a sentence, without a name."""
    number = f"{found.figure:,}"
    if found.rule == Unusual.VOLUME:
        return f"{number} times; {found.usual:,} on a usual day of theirs."
    nights = (
        f"on {found.usual:,} nights of the weeks before" if found.usual else "on no night of the weeks before"
    )
    sentences = {
        Unusual.OUT_OF_HOURS: f"{number} entries at night; {nights}.",
        Unusual.OWN_NAME: "Once." if found.figure == 1 else f"{number} times.",
        Unusual.OTHER_AGENCIES: f"Records of {number} agencies that are not theirs.",
        Unusual.REFUSALS: f"{number} pages were refused.",
    }
    return sentences[found.rule]
