"""How an entry is told in words."""

import pytest

from sightline.events.choices import Tier
from sightline.events.rules import Change, changes, in_words, sentence, shortened, told

pytestmark = pytest.mark.library


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ("", "nothing"),
        ([], "nothing"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("2026-03-31", "31 March 2026"),
        ("2026-02-31", "2026-02-31"),
        ("0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00+01:00"),
        ("9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59-05:00"),
        ("not_rated", "not rated"),
        (["2026-03-01", "b"], "1 March 2026, b"),
        ({"said_by": "Ann", "on": "2026-03-01"}, "said by: Ann; on: 1 March 2026"),
    ],
)
def test_a_value_is_told_in_words(value: object, words: str) -> None:
    assert told(value) == words


def test_fields_stand_side_by_side() -> None:
    found = changes({"gone": "x", "same": 1}, {"same": 1, "new": None})
    assert found == [Change("Same", "1", "1"), Change("New", "", "nothing"), Change("Gone", "x", "")]
    assert [change.differs for change in found] == [False, True, True]


def test_a_line_tells_what_changed_and_is_cut() -> None:
    before, after = {f"f{n}": n for n in range(7)}, {f"f{n}": n + 1 for n in range(7)}
    assert sentence(changes(before, after)) == "F0: 0 → 1; F1: 1 → 2; F2: 2 → 3; F3: 3 → 4; and 3 more"
    assert sentence(changes({}, {"number": 3})) == "Number: 3"
    assert sentence(changes({"post": "Lead"}, {})) == "Post: Lead → nothing"
    assert sentence([]) == ""
    assert len(shortened("x" * 500)) == 120
    assert in_words("current_plan.key") == "Current plan key"


def test_a_tier_that_nobody_knows_is_the_highest() -> None:
    assert [Tier.named(text) for text in ("T0", "T2", "T9", "")] == [Tier.T0, Tier.T2, Tier.T4, Tier.T4]
