"""Sections of a printed report read in as returns: looked over, every line told, all or none, taken back."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.partners.models import Group
from sightline.partners.services import create_group
from sightline.rhythm.models import Return, ReturnPaper
from sightline.rhythm.rules.sections import account, heading_of, sections_in
from sightline.rhythm.selectors.papers import LEFT_OUT, read_paper
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import ReadGiven, confirm_paper, decide_paper, keep_paper, withdraw_paper
from tests.access.people import enter, world
from tests.rhythm.making import written

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


def kept(text: str = PAPER, **more: Any) -> ReturnPaper:
    return keep_paper(given(text, **more), by=SYSTEM, now=timezone.now())


def confirmed(found: ReturnPaper) -> list[Return]:
    return confirm_paper(found, found.version, by=SYSTEM, now=timezone.now())


def both() -> list[Group]:
    return [create_group(name, by=SYSTEM) for name in ("Neglect Group", "Learning, Training & More")]


def test_every_line_is_a_name_a_heading_kept_or_set_aside() -> None:
    found = sections_in(PAPER)
    whole = account(PAPER, found)
    assert (whole.names, whole.headings, whole.kept, whole.set_aside) == (2, 7, 12, 4)
    assert whole.lines == 2 + 7 + 12 + 4
    assert [(each.first, each.last) for each in whole.aside] == [(1, 3), (38, 40)]
    assert whole.aside[1].words == "Priorities for next year\n\nMuch else."
    one = account(PAPER, found[:1])
    assert (one.names, one.kept, one.lines) == (1, 10, whole.lines)
    assert one.names + one.headings + one.kept + one.set_aside == one.lines


def test_doubts_stand_at_their_place() -> None:
    both()
    first, last = read_paper(kept()).sections
    assert first.doubts == ("2 lines stand above its first heading, and would stand under “Achievements”.",)
    joined, missing, end = last.doubts
    assert joined.startswith("Line 35 is one heading over challenges and next steps")
    assert missing.startswith("Nothing stands under “What this did for children")
    assert "taken to end at line 37" in end
    twice = PAPER.replace("- One", "- One\nKey Achievements\n- Another")
    assert "“Achievements” stands there again at line 34" in str(read_paper(kept(twice)).sections[1].doubts)


def test_a_name_that_no_group_has_is_matched_or_left_out_by_a_person() -> None:
    group = create_group("Neglect Group", by=SYSTEM)
    found = kept()
    assert [each.group for each in read_paper(found).sections] == [group, None]
    with pytest.raises(Unacceptable, match="Say first which groups"):
        confirmed(found)
    for wrong, words in (
        ({0: group.pk, 1: group.pk}, "more than one section"),
        ({0: group.pk, 1: 987}, "not there"),
    ):
        found = decide_paper(found, found.version, wrong, by=SYSTEM)
        assert words in str(read_paper(found).sections[1].blocks)
        with pytest.raises(Unacceptable, match="Say first"):
            confirmed(found)
    with pytest.raises(StaleRecord):
        decide_paper(found, 1, {0: group.pk}, by=SYSTEM)
    found = decide_paper(found, found.version, {0: group.pk, 1: LEFT_OUT}, by=SYSTEM)
    assert [each.group for each in confirmed(found)] == [group]
    assert read_paper(found).account.set_aside == 4 + 5
    assert [(each["name"], each["group"]) for each in ReturnPaper.objects.get().outcome] == [
        ("Neglect Group", "Neglect Group"), ("Learning, Training & More", ""),
    ]  # fmt: skip


def test_sections_become_drafts_once() -> None:
    both()
    made = confirmed(kept())
    assert [each.read_from for each in made] == [
        "Report, line 5: Neglect Group", "Report, line 30: Learning, Training & More",
    ]  # fmt: skip
    assert read_return(made[0]).text_of("voice") == "- A school council read the tool"
    assert len(made[1].current_asked) == 2
    again = kept()
    assert "has a return of this kind" in str(read_paper(again).sections[0].blocks)
    with pytest.raises(Unacceptable, match="Say first"):
        confirmed(again)
    assert Return.objects.count() == 2
    after = json.loads(Entry.objects.get(type="rhythm.returns_read").after)
    assert (after["lines"], after["kept"], after["set_aside"]) == (25, 12, 4)


def test_what_was_read_in_is_taken_back_whole_while_nobody_has_worked_on_it() -> None:
    both()
    found = kept()
    made = confirmed(found)
    found.refresh_from_db()
    with pytest.raises(Unacceptable, match="why"):
        withdraw_paper(found, found.version, " ", by=SYSTEM)
    written(made[1], impact="Nobody knows")
    with pytest.raises(Unacceptable, match="Learning, Training & More has worked on its return"):
        withdraw_paper(found, found.version, "Another year", by=SYSTEM)
    assert Return.objects.count() == 2
    Return.objects.filter(pk=made[1].pk).update(version=1)
    withdraw_paper(found, found.version, "Another year", by=SYSTEM)
    assert not Return.objects.exists()
    assert ReturnPaper.objects.get().text == PAPER
    assert len(confirmed(kept(last=date(2016, 3, 31)))) == 2


def test_the_unit_looks_a_paper_over_and_reads_it_in(client: Client) -> None:
    unit = world().people["unit"]
    both()
    enter(client, unit)
    found = kept()
    page = client.get(f"/group-returns/papers/{found.pk}/").content.decode()
    assert "25 lines with words: 2 names of groups, 7 headings, 12 in returns, 4 set aside." in page
    assert "Set aside: lines 38 to 40" in page
    assert "Say which groups these are" in page.partition("Its sections")[0]
    address = f"/group-returns/papers/{found.pk}"
    assert client.post(f"{address}/confirm/", {"seen": "7"}).status_code == 422
    assert not Return.objects.exists()
    text = client.post(f"{address}/confirm/", {"seen": "1"}, follow=True).content.decode()
    assert "2 returns were read in" in text
    assert f"/group-returns/{Return.objects.latest('pk').pk}/" in text
    text = client.post(
        f"{address}/withdraw/", {"seen": "2", "why": "Another year"}, follow=True
    ).content.decode()
    assert "taken back" in text
    assert not Return.objects.exists()


# Which of the five headings each group's section has in print, in its order: A(chievements), I(mpact), V(oice),
# C(hallenges), N(ext steps); counted from the paper by hand. One prints its achievements in two parts.
HEADED = [
    "AIN", "AIN", "AIVCN", "AAIVCN", "A", "AIVCN", "AIVCN", "AIVCN", "AIVCN", "AIVCN", "AICN", "AIVCN", "AIVCN", "AICN",
    "AIVC", "AIVCN", "AIVCN",
]  # fmt: skip
LETTERS = {"achievements": "A", "impact": "I", "voice": "V", "challenges": "C", "next_steps": "N"}


def contents(text: str) -> list[str]:
    """The names under the work of the sub groups, as the paper's own list of contents has them."""
    lines = iter(text.splitlines())
    named = [line.split("\t")[0].strip() for line in lines if "\t" in line]
    first = named.index("Work of the sub groups") + 1
    return [
        each.rstrip(".") for each in itertools.takewhile(lambda name: "next year" not in name, named[first:])
    ]


def test_the_seventeen_sections_of_the_printed_report_are_read_in_whole(shared: Path) -> None:
    text = next((shared / "seeds").glob("001_*")).read_text(encoding="utf-8")
    found = sections_in(text)
    assert [each.name for each in found] == contents(text)
    assert ["".join(LETTERS[key] for _, _, key in each.heads) for each in found] == HEADED
    for each in found:
        # Every heading of the paper has words under it, and none has words that it does not print.
        assert set(each.texts) == {key for _, _, key in each.heads}
    whole = account(text, found)
    assert whole.lines == whole.names + whole.headings + whole.kept + whole.set_aside
    assert whole.lines == sum(bool(line.strip()) for line in text.splitlines())
    lines = text.splitlines()
    for each in found:
        own = [
            line.rstrip() for line in lines[each.line : each.last] if line.strip() and not heading_of(line)
        ]
        assert [line for told in each.texts.values() for line in told.splitlines()] == own
        create_group(each.name, by=SYSTEM)
    made = confirmed(kept(text))
    assert [each.group.name for each in made] == [each.name for each in found]
    for row, each in zip(made, found, strict=True):
        assert {row.heading: row.text for row in row.texts.all()} == each.texts
