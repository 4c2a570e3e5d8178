"""What somebody tells in a round, as the words of one update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.plans.choices import DeliveryRating
from sightline.screens.words import day

ON_TRACK: dict[str, str] = {
    DeliveryRating.GREEN: "It is on track.",
    DeliveryRating.AMBER: "It is at risk.",
    DeliveryRating.RED: "It is off track.",
}
NEW_DAY_WHY = "Say why a new date is needed."
NEW_DAY_AHEAD = "The new date must lie after today."
WHAT_EVIDENCE = "Say what the evidence shows, or choose no kind."
WHICH_EVIDENCE = "Choose which kind of evidence it is."


@dataclass(frozen=True, slots=True)
class ActionTold:
    """What is told of one action; empty where nothing is said of a part. `due_on`: the new date that is asked for."""

    happened: str = ""
    delivery: str = ""
    why: str = ""
    due_on: date | None = None
    difference: str = ""
    evidence: str = ""
    quarter: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told; a reason alone tells nothing."""
        return not (
            self.happened or self.delivery or self.due_on or self.difference or self.evidence or self.quarter
        )

    @property
    def text(self) -> str:
        """The words of the update: each part as a sentence or a paragraph of its own."""
        asked = f"A new date is asked for: {day(self.due_on)}. Why: {self.why}" if self.due_on else ""
        difference = f"What it changed for children: {self.difference}" if self.difference else ""
        told = [self.happened or ON_TRACK.get(self.delivery, ""), difference, asked]
        return "\n\n".join(filter(None, told)) or "Evidence was added."


def problems_of(told: ActionTold, on: date) -> dict[str, str]:
    """What is missing or cannot be, by part."""
    found = {}
    if told.due_on and not told.why:
        found["why"] = NEW_DAY_WHY
    if told.due_on and told.due_on <= on:
        found["due_on"] = NEW_DAY_AHEAD
    if told.quarter and not told.evidence:
        found["evidence"] = WHAT_EVIDENCE
    if told.evidence and not told.quarter:
        found["quarter"] = WHICH_EVIDENCE
    return found


def better_than_suggested(value: str) -> str:
    """What is asked where somebody says it stands better than dates and updates suggest, in the words of the page."""
    return f"You say: “{ON_TRACK[value]}” Its dates and updates suggest otherwise. Say why, in a sentence."
