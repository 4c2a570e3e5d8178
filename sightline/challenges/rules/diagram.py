"""The table of states as a page of the documentation; a test keeps the page as the table is."""

from __future__ import annotations

from sightline.challenges.choices import SIDE_LABELS, STATE_LABELS
from sightline.challenges.entries import LABELS
from sightline.challenges.rules.states import MOVES, Move

_HEAD = "| From | To | Done by | The journal says | Meaning |\n|---|---|---|---|---|"


_TITLE = (
    "# States of a challenge",
    "",
    "Made from `sightline/challenges/rules/states.py`, and a test keeps it current. To make it anew:",
    "",
    "    python -c \"from sightline.challenges.rules import diagram; print(diagram.page(), end='')\"",
    "",
)
_TAIL = (
    "A sentence is needed each time. The business unit may type for either side, and then names who said it."
)


def page() -> str:
    """Markdown with a state diagram (Mermaid) and a table."""
    diagram = ["```mermaid", "stateDiagram-v2", *_names(), *map(_arrow, MOVES), "```"]
    return "\n".join([*_TITLE, *diagram, "", _HEAD, *map(_row, MOVES), "", _TAIL, ""])


def _names() -> list[str]:
    return [f'    state "{label}" as {state}' for state, label in STATE_LABELS.items()]


def _arrow(move: Move) -> str:
    return f"    {move.from_state} --> {move.to_state}: {LABELS[move.entry]}"


def _row(move: Move) -> str:
    sides = ", ".join(SIDE_LABELS[side] for side in move.sides)
    states = f"{STATE_LABELS[move.from_state]} | {STATE_LABELS[move.to_state]}"
    return f"| {states} | {sides} | {LABELS[move.entry]} | {move.sentence} |"
