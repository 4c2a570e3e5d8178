"""Sections of a printed report read in as returns: every one, in its own words, all or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sightline.events.choices import SYSTEM, Unacceptable
from sightline.partners.services import create_group
from sightline.rhythm.models import Return
from sightline.rhythm.rules.sections import heading_of, sections_in
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import ReadGiven, read_in

pytestmark = pytest.mark.django_db
PAPER = """What this report is

Work of the groups

Neglect Group

The group met in spring.
The research found that:

Key achievements in 2015/16

- A tool was tried
- Two audits

How these achievements have impacted upon children
- Not known yet

Work informed by the voices of children
- A school council read the tool

Challenges for the Future
- A post is vacant

Next steps
- Try it in
North

- Train readers

Learning, Training & More

Key Achievements
- One

Challenges for the future/next steps
- Two

Priorities for next year

Much else."""


def given(text: str = PAPER, **more: Any) -> ReadGiven:
    return ReadGiven(
        **({"text": text, "paper": "Report", "kind": "return_year", "first": date(2015, 4, 1),
            "last": date(2016, 3, 31)} | more)
    )  # fmt: skip


def test_sections_are_found_with_their_names_and_all_their_words() -> None:
    found = sections_in(PAPER)
    assert [(each.name, each.line) for each in found] == [
        ("Neglect Group", 5),
        ("Learning, Training & More", 30),
    ]
    assert found[0].texts == {
        "achievements": "The group met in spring.\nThe research found that:\n- A tool was tried\n- Two audits",
        "impact": "- Not known yet",
        "voice": "- A school council read the tool",
        "challenges": "- A post is vacant",
        "next_steps": "- Try it in\nNorth\n- Train readers",
    }
    assert found[1].texts == {"achievements": "- One", "next_steps": "- Two"}
    assert sections_in("Nothing of the kind") == []


def test_a_name_that_no_group_has_keeps_everything_out() -> None:
    create_group("Neglect Group", by=SYSTEM)
    with pytest.raises(Unacceptable, match="No group is called “Learning, Training & More”"):
        read_in(given(), by=SYSTEM, now=timezone.now())
    assert not Return.objects.exists()


def test_sections_become_drafts_once() -> None:
    for name in ("Neglect Group", "Learning, Training & More"):
        create_group(name, by=SYSTEM)
    made = read_in(given(), by=SYSTEM, now=timezone.now())
    assert [each.read_from for each in made] == [
        "Report, line 5: Neglect Group", "Report, line 30: Learning, Training & More",
    ]  # fmt: skip
    assert read_return(made[0]).text_of("voice") == "- A school council read the tool"
    assert len(made[1].current_asked) == 2
    with pytest.raises(Unacceptable, match="already"):
        read_in(given(), by=SYSTEM, now=timezone.now())
    assert Return.objects.count() == 2


def test_the_seventeen_sections_of_the_printed_report_are_read_in_whole(shared: Path) -> None:
    text = next((shared / "seeds").glob("001_*")).read_text(encoding="utf-8")
    found = sections_in(text)
    assert len(found) == 17
    lines = text.splitlines()
    for each, after in zip(found, [*(s.line - 1 for s in found[1:]), None], strict=True):
        own = [line.rstrip() for line in lines[each.line : after] if line.strip() and not heading_of(line)]
        kept = [line for told in each.texts.values() for line in told.splitlines()]
        assert kept == own[: len(kept)]
        assert after is None or kept == own
        create_group(each.name, by=SYSTEM)
    made = read_in(given(text), by=SYSTEM, now=timezone.now())
    assert [each.group.name for each in made] == [each.name for each in found]
