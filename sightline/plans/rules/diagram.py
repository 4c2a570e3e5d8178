"""The table of states as a page of the documentation; a test keeps the page as the table is."""

from __future__ import annotations

from sightline.plans.choices import LABELS
from sightline.plans.entries import LABELS as ENTRY_LABELS
from sightline.plans.rules.states import ACTION_MOVES, PLAN_MOVES, Move, S

_HEAD = "| From | To | Asks for | The journal says | Meaning |\n|---|---|---|---|---|"


def page() -> str:
    """Markdown with a state diagram (Mermaid) and a table, for actions and for plans."""
    return "\n".join(
        [
            "# States of actions and plans",
            "",
            "Made from `sightline/plans/rules/states.py`, and a test keeps it current. To make it anew:",
            "",
            "    python -c \"from sightline.plans.rules import diagram; print(diagram.page(), end='')\"",
            "",
            *_section("Actions", ACTION_MOVES),
            *_OF_ACTIONS,
            *_section("Plans", PLAN_MOVES),
        ]
    )


_OF_ACTIONS = (
    "Somebody says that it is done, evidence stands with it, a second person confirms: then it is complete.",
    "What a paper calls complete is complete at once, and shown as complete on paper, not confirmed.",
    "",
    "A failed embedding test moves a complete action to in progress by itself; its finding is the reason.",
    "",
)


def _section(title: str, moves: tuple[Move[S], ...]) -> list[str]:
    diagram: list[str] = ["```mermaid", "stateDiagram-v2", *_names(moves), *map(_arrow, moves), "```"]
    return [f"## {title}", "", *diagram, "", *_table(moves), ""]


def _arrow(move: Move[S]) -> str:
    return f"    {move.from_state} --> {move.to_state}: {ENTRY_LABELS[move.entry]}"


def _names(moves: tuple[Move[S], ...]) -> list[str]:
    states = dict.fromkeys(state for move in moves for state in (move.from_state, move.to_state))
    return [f'    state "{LABELS[state]}" as {state}' for state in states]


def _table(moves: tuple[Move[S], ...]) -> list[str]:
    return [_HEAD, *(_row(move) for move in moves)]


def _row(move: Move[S]) -> str:
    extra = " A reason is needed." if move.needs_reason else ""
    extra += " Group and minute are needed." if move.needs_approval else ""
    extra += " Evidence and a second person are needed." if move.needs_confirmation else ""
    labels = f"{LABELS[move.from_state]} | {LABELS[move.to_state]}"
    return f"| {labels} | `{move.permission}` | {ENTRY_LABELS[move.entry]} | {move.sentence}{extra} |"
