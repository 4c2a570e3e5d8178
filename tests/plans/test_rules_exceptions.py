"""What a business group must look at, and the sentence why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.plans import rules
from sightline.plans.choices import (
    EXCEPTION_LABELS,
    DeliveryState,
    Embedding,
    EvidenceQuarter,
    ExceptionKind,
    TimescaleKind,
)
from sightline.plans.rules import ActionFacts, EvidenceFacts, RatingFacts

ON = date(2026, 6, 15)
QUIET = ActionFacts(opened_on=date(2026, 6, 1), last_update_on=ON)


def sentences(facts: ActionFacts) -> dict[str, str]:
    return {kind.value: sentence for kind, sentence in rules.exceptions(facts, ON)}


def test_an_action_that_goes_well_is_no_exception() -> None:
    assert rules.exceptions(QUIET, ON) == []


def test_every_kind_has_a_label() -> None:
    assert set(EXCEPTION_LABELS) == set(ExceptionKind)


@pytest.mark.parametrize("state", [DeliveryState.CLOSED_OTHER, DeliveryState.SUPERSEDED])
def test_what_is_closed_or_superseded_is_no_exception(state: DeliveryState) -> None:
    red = replace(QUIET, impact=RatingFacts("red"), delivery=RatingFacts("red"), state=state)
    assert rules.exceptions(red, ON) == []


def test_overdue() -> None:
    late = date(2026, 6, 14)
    facts = replace(QUIET, timescale=TimescaleKind.BY_DATE, due_on=late, firm_dates=(late,))
    assert sentences(facts) == {"overdue": "It was due on 14 June 2026 and is 1 day overdue."}


def test_review_missed() -> None:
    facts = replace(
        QUIET, timescale=TimescaleKind.MEETING, review_on=date(2026, 6, 10), last_update_on=date(2026, 6, 2)
    )
    assert sentences(facts) == {
        "review_missed": "A review was due on 10 June 2026; no update has come since."
    }


def test_silent() -> None:
    spoken = replace(QUIET, opened_on=date(2025, 1, 1), last_update_on=date(2026, 3, 1))
    assert sentences(spoken) == {"silent": "No update for 106 days: the last is of 1 March 2026."}
    never = replace(QUIET, opened_on=date(2026, 3, 1), last_update_on=None)
    assert sentences(never) == {
        "silent": "No update for 106 days: none has come since it began on 1 March 2026."
    }


def test_slipped_twice() -> None:
    dates = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
    facts = replace(QUIET, timescale=TimescaleKind.BY_MONTH, due_on=dates[-1], firm_dates=dates)
    told = "A later date was accepted 2 times: first 31 March 2026, now 30 September 2026."
    assert sentences(facts) == {"slipped_twice": told}
    assert sentences(replace(facts, state=DeliveryState.COMPLETE, embedding=Embedding.PASSED)) == {}
    assert sentences(replace(facts, firm_dates=dates[1:])) == {}


def test_blocked() -> None:
    assert sentences(replace(QUIET, blocked_reason="No analyst until May.")) == {
        "blocked": "Its owner says it cannot go on: No analyst until May."
    }
    assert sentences(replace(QUIET, waits_for=("SL-00002",))) == {
        "blocked": "It waits for SL-00002, which is still open."
    }
    both = replace(QUIET, blocked_reason="No analyst.", waits_for=("SL-00002", "SL-00003", "SL-00007"))
    assert sentences(both) == {
        "blocked": "Its owner says it cannot go on: No analyst. "
        "It waits for SL-00002, SL-00003 and SL-00007, which are still open."
    }


def test_red() -> None:
    delivery = RatingFacts("red", as_at=date(2026, 6, 2), said_by="J. Smith")
    assert sentences(replace(QUIET, delivery=delivery)) == {
        "red": "Delivery is rated red by J. Smith as at 2 June 2026."
    }
    impact = replace(QUIET, impact=RatingFacts("red"), delivery=delivery)
    assert sentences(impact) == {
        "red": "Delivery is rated red by J. Smith as at 2 June 2026. Impact is rated red."
    }


def test_red_impact_of_a_complete_action_stays_an_exception_its_delivery_does_not() -> None:
    done = replace(QUIET, state=DeliveryState.COMPLETE, embedding=Embedding.PASSED)
    assert sentences(replace(done, delivery=RatingFacts("red"))) == {}
    assert sentences(replace(done, impact=RatingFacts("red"))) == {"red": "Impact is rated red."}


def test_asserted_better_than_suggested() -> None:
    late = ON - timedelta(days=40)
    facts = replace(QUIET, timescale=TimescaleKind.BY_DATE, due_on=late, firm_dates=(late,))
    said = replace(facts, delivery=RatingFacts("green", as_at=ON, reason="The panel met."))
    start = "Delivery is said to be green as at 15 June 2026; dates and updates suggest red."
    assert sentences(said)["asserted_better"] == f"{start} Reason given: The panel met."
    bare = replace(facts, delivery=RatingFacts("green", as_at=ON))
    assert sentences(bare)["asserted_better"] == f"{start} No reason is recorded."
    imported = replace(facts, delivery=RatingFacts("green", as_at=ON, imported=True))
    assert (
        sentences(imported)["asserted_better"]
        == f"{start} The rating came with a document and no update has followed."
    )
    heard = replace(facts, delivery=RatingFacts("green", as_at=ON, imported=True, updated_since=True))
    assert "asserted_better" not in sentences(heard)


def test_asserted_better_speaks_of_impact_too() -> None:
    piece = EvidenceFacts(EvidenceQuarter.AUDIT, ON)
    facts = replace(QUIET, impact=RatingFacts("green", reason="Heard it."), evidence=(piece,))
    assert sentences(facts) == {
        "asserted_better": "Impact is said to be green; evidence suggests amber. Reason given: Heard it."
    }


def test_green_without_evidence() -> None:
    facts = replace(QUIET, impact=RatingFacts("green", imported=True, updated_since=True))
    assert sentences(facts) == {
        "green_without_evidence": "Impact is said to be green, and no evidence is recorded."
    }


def test_complete_but_not_embedded() -> None:
    done = replace(QUIET, state=DeliveryState.COMPLETE, state_since=date(2026, 6, 3))
    assert sentences(done) == {
        "not_embedded": "Complete since 3 June 2026; no embedding test has shown that it lasts."
    }
    waiting = replace(done, embedding=Embedding.WAITING, test_due_on=date(2026, 9, 1))
    assert sentences(waiting) == {
        "not_embedded": "Complete since 3 June 2026; its embedding test is due on 1 September 2026."
    }
    assert sentences(replace(done, embedding=Embedding.PASSED)) == {}
    undated = replace(done, state_since=None, embedding=Embedding.FAILED)
    assert sentences(undated) == {"not_embedded": "Complete; no embedding test has shown that it lasts."}


def test_exceptions_come_in_the_order_of_a_report() -> None:
    facts = replace(
        QUIET,
        timescale=TimescaleKind.BY_DATE,
        due_on=date(2026, 1, 1),
        firm_dates=(date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1)),
        last_update_on=date(2025, 6, 1),
        delivery=RatingFacts("red"),
        blocked_reason="No analyst.",
    )
    kinds = [kind.value for kind, _ in rules.exceptions(facts, ON)]
    assert kinds == ["overdue", "red", "silent", "slipped_twice", "blocked"]


def test_silent_since_the_last_round() -> None:
    asked = replace(QUIET, last_update_on=date(2026, 5, 1), asked_from=date(2026, 5, 20))
    told = "No update in the round opened on 20 May 2026, which is closed, nor since"
    assert sentences(asked) == {"silent": f"{told}: the last is of 1 May 2026."}
    never = replace(asked, opened_on=date(2026, 5, 1), last_update_on=None)
    assert sentences(never) == {"silent": f"{told}: none has come since it began on 1 May 2026."}


def test_green_delivery_that_neither_an_update_nor_evidence_shows() -> None:
    unheard = replace(QUIET, last_update_on=None, delivery=RatingFacts("green"))
    assert sentences(unheard) == {
        "green_without_evidence": "Delivery is said to be green, and neither an update nor evidence is recorded."
    }
    assert sentences(replace(unheard, last_update_on=ON)) == {}
    piece = EvidenceFacts(EvidenceQuarter.AUDIT, ON)
    assert sentences(replace(unheard, evidence=(piece,))) == {}
    both = replace(unheard, impact=RatingFacts("green", imported=True, updated_since=True))
    assert sentences(both)["green_without_evidence"].endswith(
        "recorded. Impact is said to be green, and no evidence is recorded."
    )
