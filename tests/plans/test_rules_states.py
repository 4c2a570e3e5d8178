"""The table of states: the rules, the diagram in the documentation and the design say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.choices import Permission
from sightline.events.entries import declaration_of
from sightline.plans.choices import LABELS, OPEN_STATES, DeliveryState, PlanState
from sightline.plans.entries import PlanEntry
from sightline.plans.rules import diagram
from sightline.plans.rules.states import (
    ACTION_MOVES,
    PLAN_MOVES,
    ImpossibleMove,
    action_move,
    moves_from,
    plan_move,
    plan_moves_from,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "generated" / "action-states.md"


def test_the_way_of_an_action() -> None:
    ways = {(move.from_state.value, move.to_state.value) for move in ACTION_MOVES}
    assert ways == {
        ("not_started", "in_progress"),
        ("not_started", "complete"),
        ("not_started", "closed_other"),
        ("not_started", "superseded"),
        ("in_progress", "not_started"),
        ("in_progress", "complete"),
        ("in_progress", "closed_other"),
        ("in_progress", "superseded"),
        ("complete", "in_progress"),
        ("complete", "superseded"),
        ("closed_other", "in_progress"),
        ("superseded", "in_progress"),
    }


def test_the_way_of_a_plan() -> None:
    ways = {(move.from_state.value, move.to_state.value) for move in PLAN_MOVES}
    assert ways == {
        ("draft", "approved"),
        ("approved", "draft"),
        ("approved", "in_force"),
        ("in_force", "closed"),
        ("in_force", "rolled_over"),
        ("closed", "in_force"),
    }


@pytest.mark.parametrize("move", [*ACTION_MOVES, *PLAN_MOVES], ids=lambda m: f"{m.from_state}-{m.to_state}")
def test_every_move_says_who_and_what(move: object) -> None:
    assert move.permission in Permission  # type: ignore[attr-defined]
    assert declaration_of(move.entry).label  # type: ignore[attr-defined]
    assert move.sentence.endswith(".")  # type: ignore[attr-defined]
    assert move.from_state != move.to_state  # type: ignore[attr-defined]


def test_no_way_stands_twice() -> None:
    assert len({(m.from_state, m.to_state) for m in ACTION_MOVES}) == len(ACTION_MOVES)
    assert len({(m.from_state, m.to_state) for m in PLAN_MOVES}) == len(PLAN_MOVES)


def test_whatever_is_closed_can_be_reopened_with_a_reason() -> None:
    for state in set(DeliveryState) - OPEN_STATES:
        assert (
            action_move(state, DeliveryState.IN_PROGRESS, "It is needed").entry == PlanEntry.ACTION_REOPENED
        )
        with pytest.raises(ImpossibleMove, match="Give a reason"):
            action_move(state, DeliveryState.IN_PROGRESS, "  ")


def test_moves_are_offered_by_state() -> None:
    # What is complete may go into the next plan, where it is still to be shown to have lasted.
    assert [move.to_state for move in moves_from(DeliveryState.COMPLETE)] == [
        DeliveryState.IN_PROGRESS,
        DeliveryState.SUPERSEDED,
    ]
    assert [move.to_state for move in plan_moves_from(PlanState.DRAFT)] == [PlanState.APPROVED]
    assert plan_moves_from(PlanState.ROLLED_OVER) == ()


def test_an_impossible_move_says_where_it_stands() -> None:
    with pytest.raises(ImpossibleMove) as refused:
        action_move(DeliveryState.COMPLETE, DeliveryState.NOT_STARTED, "x")
    assert refused.value.sentence == "It is “complete” now, and cannot become “not started” from there."


def test_approval_names_group_and_minute() -> None:
    with pytest.raises(ImpossibleMove, match="which group approved"):
        plan_move(PlanState.DRAFT, PlanState.APPROVED)
    assert plan_move(PlanState.DRAFT, PlanState.APPROVED, approval=True).entry == PlanEntry.PLAN_APPROVED


def test_completion_asks_for_a_second_person_however_it_is_reached() -> None:
    for state in OPEN_STATES:
        with pytest.raises(ImpossibleMove, match="a second person confirms it"):
            action_move(state, DeliveryState.COMPLETE)
        assert action_move(state, DeliveryState.COMPLETE, confirmed=True).needs_confirmation


@given(
    st.sampled_from(DeliveryState),
    st.sampled_from(DeliveryState),
    st.sampled_from(["", "A reason"]),
    st.booleans(),
)
def test_whatever_is_tried_is_in_the_table_or_refused(
    from_state: DeliveryState, to_state: DeliveryState, reason: str, confirmed: bool
) -> None:
    try:
        move = action_move(from_state, to_state, reason, confirmed)
    except ImpossibleMove:
        unconfirmed = to_state == DeliveryState.COMPLETE and not confirmed
        known = {(move.from_state, move.to_state) for move in ACTION_MOVES}
        assert unconfirmed or not reason or (from_state, to_state) not in known
    else:
        assert move in ACTION_MOVES
        assert reason or not move.needs_reason
        assert confirmed or not move.needs_confirmation


def test_the_diagram_in_the_documentation_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == diagram.page()


def test_the_diagram_names_every_state_and_every_move() -> None:
    page = diagram.page()
    for state in (*DeliveryState, *PlanState):
        assert f'state "{LABELS[state]}" as {state}' in page
    for move in (*ACTION_MOVES, *PLAN_MOVES):
        assert f"    {move.from_state} --> {move.to_state}: " in page
    assert page.count("A reason is needed.") == sum(
        move.needs_reason for move in (*ACTION_MOVES, *PLAN_MOVES)
    )
