"""Returns of a past time, read from the text of a printed report: looked over, read in whole, taken back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import delete_read, held_as_seen, need, not_ahead
from sightline.requests.rules import owed_kinds
from sightline.rhythm.choices import PAPER_LABELS, PaperState, ReturnState
from sightline.rhythm.entries import RhythmEntry
from sightline.rhythm.models import Return, ReturnPaper, ReturnText
from sightline.rhythm.rules.sections import sections_in
from sightline.rhythm.rules.telling import questions
from sightline.rhythm.selectors.papers import PaperRead, SectionRead, proposed, read_paper
from sightline.search.services import drop, keep_words

NOTHING = "No section was found: each begins with the name of a group and a heading “Achievements” below it."
NOT_NOW = "The paper stands as “{state}”: this cannot be done from there."
NOT_YET = "Some sections cannot be read in yet. Say first which groups they are, or leave them out."
BUILT_ON = "{group} has worked on its return since. What was read in is taken back only while nobody has."


@dataclass(frozen=True, slots=True)
class ReadGiven:
    """A text to read: of which paper it is, of which kind its sections are, and the time they tell of."""

    text: str
    paper: str
    kind: str
    first: date
    last: date


@deed
def keep_paper(given: ReadGiven, *, by: Actor, now: datetime) -> ReturnPaper:
    """Keep a text with the groups that its sections are by their names, to be looked over. Raises Unacceptable."""
    name = need(given.paper, "paper", "Enter from which paper it is")
    not_ahead(given.last, now, "last")
    if given.last < given.first:
        raise Unacceptable({"last": "The time ends before it begins"})
    if given.kind not in owed_kinds():
        raise Unacceptable({"kind": "Choose which return it is"})
    found = sections_in(given.text)
    if not found:
        raise Unacceptable({"text": NOTHING})
    made = ReturnPaper.objects.create(
        name=name, kind=given.kind, period_from=given.first, period_until=given.last, text=given.text,
        decisions=proposed(found), **entered(by, now),
    )  # fmt: skip
    after = {"sections": len(found), "groups_known": len(made.decisions)}
    record(RhythmEntry.PAPER_KEPT, by=by, subject=made, after=after)
    return made


@deed
def decide_paper(found: ReturnPaper, version: int, said: Mapping[int, int], *, by: Actor) -> ReturnPaper:
    """Say of which group each section is, by its place from 0; 0 leaves it out. Raises Unacceptable, StaleRecord."""
    live = _held(found, version, PaperState.PREVIEW)
    before = live.decisions
    live.decisions = {str(index): group for index, group in said.items()}
    _move_on(live, "decisions")
    record(RhythmEntry.PAPER_LOOKED_OVER, by=by, subject=live, before=before, after=live.decisions)
    return live


@deed
def confirm_paper(found: ReturnPaper, version: int, *, by: Actor, now: datetime) -> list[Return]:
    """Begin a draft of every section that is not left out, in its words as they stood: all of them or none.

    Raises Unacceptable, StaleRecord.
    """
    live = _held(found, version, PaperState.PREVIEW)
    read = read_paper(live)
    if read.blocked:
        raise Unacceptable({"": NOT_YET})
    made = Return.objects.bulk_create(_row(live, each, by, now) for each in read.taken)
    stamp = entered(by, now)
    ReturnText.objects.bulk_create(
        ReturnText(of=row, heading=key, text=text, **stamp)
        for row, each in zip(made, read.taken, strict=True)
        for key, text in each.section.texts.items()
    )
    live.outcome = _outcome(read, made)
    live.state = PaperState.CONFIRMED.value
    _move_on(live, "outcome", "state")
    lines = read.account
    after = {
        "returns": len(made), "left_out": len(read.sections) - len(made), "lines": lines.lines, "kept": lines.kept,
        "names_and_headings": lines.names + lines.headings, "set_aside": lines.set_aside,
    }  # fmt: skip
    record(RhythmEntry.RETURNS_READ, by=by, subject=live, after=after)
    keep_words(*made)
    return made


def _row(paper: ReturnPaper, each: SectionRead, by: Actor, now: datetime) -> Return:
    return Return(
        group=each.group,
        kind=paper.kind,
        period_from=paper.period_from,
        period_until=paper.period_until,
        read_from=f"{paper.name}, line {each.section.line}: {each.section.name}"[:300],
        paper=paper,
        current_asked=[asked.words for asked in questions(each.section.texts)],
        **entered(by, now),
    )


def _outcome(read: PaperRead, made: list[Return]) -> list[dict[str, Any]]:
    """What became of each section, kept whatever becomes of its return or the name of its group."""
    by_group = {each.group_id: each.pk for each in made}
    return [
        {
            "name": each.section.name,
            "line": each.section.line,
            "lines": each.section.lines,
            "group": each.group.name if each.group else "",
            "return": by_group[each.group.pk] if each.group else None,
        }
        for each in read.sections
    ]


@deed
def give_up_paper(found: ReturnPaper, version: int, *, by: Actor) -> ReturnPaper:
    """Give a paper up that was not read in; its text stays. Raises Unacceptable, StaleRecord."""
    live = _held(found, version, PaperState.PREVIEW)
    live.state = PaperState.GIVEN_UP.value
    _move_on(live, "state")
    record(RhythmEntry.PAPER_GIVEN_UP, by=by, subject=live)
    return live


@deed
def withdraw_paper(found: ReturnPaper, version: int, because: str, *, by: Actor) -> ReturnPaper:
    """Take back every draft that was read from a paper, while nobody has worked on any; its text stays.

    Raises Unacceptable, StaleRecord.
    """
    reason = need(because, "why", "Say why it is taken back")
    values = {"state": PaperState.WITHDRAWN.value, "because": reason[:300]}
    _take_back(found, version, values)
    rows = list(Return.objects.select_related("group").filter(paper=found))
    for each in rows:
        if each.version > 1 or each.state != ReturnState.DRAFT:
            raise Unacceptable({"": BUILT_ON.format(group=each.group)})
    numbers = [each.pk for each in rows]
    delete_read(rows)
    found.state, found.because, found.version = values["state"], values["because"], version + 1
    after = {"returns": numbers, "groups": [each.group.name for each in rows]}
    record(RhythmEntry.RETURNS_TAKEN_BACK, by=by, subject=found, after=after, reason=reason)
    drop(Return, numbers)
    return found


def _take_back(found: ReturnPaper, version: int, values: Mapping[str, str]) -> None:
    """Whoever finds it of the version that was seen finds it as it was seen: one statement holds it and moves it on."""
    if found.state_now != PaperState.CONFIRMED:
        raise Unacceptable({"": NOT_NOW.format(state=PAPER_LABELS[found.state_now].lower())})
    seen = ReturnPaper.objects.filter(pk=found.pk, version=version, state=PaperState.CONFIRMED)
    if found.version != version or not seen.update(version=F("version") + 1, **values):
        raise StaleRecord


def _held(found: ReturnPaper, version: int, state: PaperState) -> ReturnPaper:
    live: ReturnPaper = held_as_seen(found, version)
    if live.state_now != state:
        raise Unacceptable({"": NOT_NOW.format(state=PAPER_LABELS[live.state_now].lower())})
    return live


def _move_on(live: ReturnPaper, *names: str) -> None:
    live.version += 1
    live.save(update_fields=[*names, "version"])
