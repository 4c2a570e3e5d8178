"""Every rule of the rule book has a test that carries its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "generated" / "plan-rules.md"
# The page's own headings that are no rules.
NO_RULES = {"Numbers", "Exceptions, in the order of a report"}
# Names under which the design speaks of a rule, where the book has a longer one.
SPOKEN = {
    "slips": "slip",
    "needs a sentence": "asserted better than suggested needs a sentence",
    "stands unexplained": "stands as an exception",
    "firm date": "firm kinds",
    "due soon": "due within 28 days",
    "suggested delivery": "suggested red",
    "review date": "review date",
}


def rules() -> list[str]:
    headings = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [heading.lower() for heading in headings if heading not in NO_RULES]


def names() -> str:
    """The names of all tests of the rules, as sentences."""
    code = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_rules*.py"))
    return " ".join(name.replace("_", " ") for name in re.findall(r"def (test_\w+)", code))


def test_the_rule_book_was_found() -> None:
    assert {"overdue", "silent", "blocked", "suggested impact"} <= set(rules())


@pytest.mark.parametrize("rule", rules())
def test_the_rule_has_a_test_of_its_name(rule: str) -> None:
    assert SPOKEN.get(rule, rule) in names()
