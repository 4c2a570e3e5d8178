"""Why a suggestion is what it is: each sentence of both ratings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sightline.plans.choices import DeliveryState, EvidenceQuarter, TimescaleKind
from sightline.plans.rules.facts import ActionFacts, EvidenceFacts
from sightline.plans.rules.suggesting import why_delivery, why_impact

ON = date(2026, 6, 15)
BEGAN = date(2026, 5, 1)


def facts(**given: Any) -> ActionFacts:
    return ActionFacts(**{"opened_on": BEGAN, "timescale": TimescaleKind.BY_DATE, **given})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Nothing is late, and no update has come yet."),
        (
            {"last_update_on": date(2026, 6, 1)},
            "Nothing is late, and an update came on 1 June 2026.",
        ),
        (
            {"due_on": date(2026, 6, 14), "last_update_on": date(2026, 6, 1)},
            "It was due on 14 June 2026, 1 day ago.",
        ),
        (
            {
                "due_on": date(2027, 6, 1),
                "firm_dates": (date(2026, 6, 1), date(2027, 6, 1)),
                "last_update_on": date(2026, 6, 1),
            },
            "A later date was accepted 1 time.",
        ),
        (
            {"opened_on": date(2026, 1, 1), "due_on": date(2026, 6, 1)},
            "It was due on 1 June 2026, 14 days ago. No update has come for 165 days.",
        ),
        (
            {"due_on": date(2026, 6, 20), "last_update_on": date(2026, 5, 4)},
            "It is due on 20 June 2026, and no update has come for 42 days.",
        ),
        (
            {"due_on": date(2026, 6, 20)},
            "It is due on 20 June 2026, and no update has come yet.",
        ),
        (
            {"due_on": date(2026, 6, 20), "last_update_on": date(2026, 6, 10)},
            "Nothing is late, and an update came on 10 June 2026.",
        ),
        (
            {"state": DeliveryState.COMPLETE, "last_update_on": date(2026, 1, 10)},
            "The last update is of 10 January 2026.",
        ),
    ],
)
def test_why_delivery(given: dict[str, Any], sentence: str) -> None:
    assert why_delivery(facts(**given), ON) == sentence


def piece(quarter: EvidenceQuarter, day: date = ON) -> EvidenceFacts:
    return EvidenceFacts(quarter, day)


@pytest.mark.parametrize(
    ("evidence", "completed_on", "sentence"),
    [
        ((), None, "No evidence is recorded."),
        (
            (piece(EvidenceQuarter.AUDIT),),
            None,
            "There is evidence from audit; two of the four quarters are needed for green.",
        ),
        (
            (piece(EvidenceQuarter.AUDIT), piece(EvidenceQuarter.DATA)),
            None,
            "There is evidence from data and audit, none of it dated after completion.",
        ),
        (
            (piece(EvidenceQuarter.AUDIT), piece(EvidenceQuarter.DATA)),
            date(2026, 6, 1),
            "There is evidence from data and audit, some of it dated after completion.",
        ),
        (
            (piece(EvidenceQuarter.AUDIT), piece(EvidenceQuarter.DATA)),
            ON,
            "There is evidence from data and audit, none of it dated after completion.",
        ),
    ],
)
def test_why_impact(evidence: tuple[EvidenceFacts, ...], completed_on: date | None, sentence: str) -> None:
    state = DeliveryState.COMPLETE if completed_on else DeliveryState.IN_PROGRESS
    assert why_impact(facts(evidence=evidence, state=state, state_since=completed_on)) == sentence
