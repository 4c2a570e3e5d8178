"""What somebody tells of an action of a group's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.plans.rules.rounds import ActionTold
from sightline.plans.rules.rounds import problems_of as problems_of_action

DONE = "done"
WHAT_WAS_DONE = "Say what was done, and how you know."


@dataclass(frozen=True, slots=True)
class LogTold:
    """What is told of one action; empty where nothing is said of a part. `due_on`: the new date that is asked for."""

    happened: str = ""
    delivery: str = ""
    is_done: bool = False
    why: str = ""
    due_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told; a reason alone tells nothing."""
        return not self.is_done and self._as_of_plan.is_empty

    @property
    def text(self) -> str:
        """The words, each part as a paragraph of its own."""
        return self.happened if self.is_done else self._as_of_plan.text

    @property
    def _as_of_plan(self) -> ActionTold:
        return ActionTold(self.happened, self.delivery, self.why, self.due_on)


def problems_of(told: LogTold, on: date) -> dict[str, str]:
    """What is missing or cannot be, by part. What is done needs no new date."""
    if told.is_done:
        return {} if told.happened else {"happened": WHAT_WAS_DONE}
    return problems_of_action(ActionTold(told.happened, told.delivery, told.why, told.due_on), on)
