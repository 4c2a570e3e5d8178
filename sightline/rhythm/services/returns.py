"""Writing a return: begun, written in versions, signed off with its figures, opened again to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import F

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen, need, not_ahead, today
from sightline.messages.services import drop_work_items
from sightline.partners.models import Group
from sightline.requests.figures import GroupFigure, figures_of
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.requests.services import answer_owed
from sightline.rhythm.choices import ReturnState, StepOutcome
from sightline.rhythm.entries import RhythmEntry
from sightline.rhythm.models import OwedAnswer, Reopened, Return, ReturnText, SignedOff, StepTold
from sightline.rhythm.rules.telling import headings, questions
from sightline.rhythm.selectors.returns import ReturnRead, steps_left_by
from sightline.rhythm.services.work_items import ask_again
from sightline.screens.words import day
from sightline.search.services import keep_words

STANDS = "There is a return of this group and kind to that day already."
OTHER = "That return is of another group, kind or time than what is owed."
ANSWERED = "Another return answers this already."
SIGNED = "The return was signed off. Open it again before anything is changed."
NOT_OVER = "The return tells of a time up to {until}: it can be signed off from the day after."


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What became of a next step of last time."""

    outcome: StepOutcome
    text: str = ""


@deed
def begin_return(
    group: Group, kind: str, first: date, last: date, owed: Owed | None = None, *, by: Actor, now: datetime
) -> Return:
    """Begin the draft of a return about a time, both days counted. Raises Unacceptable."""
    made = _begun(group, kind, first, last, by, now)
    if owed:
        OwedAnswer.objects.create(of=made, owed=owed)
    made.current_asked = asked_of({}, steps_left_by(made))
    made.save(update_fields=["current_asked"])
    after = {"group": group.name, "kind": made.kind_label, "period": made.period}
    record(RhythmEntry.RETURN_BEGUN, by=by, subject=made, after=after)
    keep_words(made)
    return made


def _begun(group: Group, kind: str, first: date, last: date, by: Actor, now: datetime) -> Return:
    if kind not in owed_kinds() or not owed_kinds()[kind].is_return:
        raise Unacceptable({"kind": "Choose which return it is"})
    if last < first:
        raise Unacceptable({"last": "The time ends before it begins"})
    if Return.objects.filter(group=group, kind=kind, period_until=last).exists():
        raise Unacceptable({"": STANDS})
    try:
        return Return.objects.create(
            group=group, kind=kind, period_from=first, period_until=last, **entered(by, now)
        )
    except IntegrityError:
        # Somebody began the same one at this moment; the whole deed ends with it.
        raise Unacceptable({"": STANDS}) from None


@deed
def answer_with(found: Return, owed: Owed, *, by: Actor) -> Return:
    """Answer something owed with a return that stands: it comes when that is signed off, or came when it was.

    Raises Unacceptable.
    """
    live = Return.objects.select_related("group").select_for_update(of=("self",)).get(pk=found.pk)
    cycle = owed.cycle
    if (live.group_id, live.kind, live.period_until) != (cycle.owed_by_id, cycle.kind, owed.period_until):
        raise Unacceptable({"": OTHER})
    made, is_new = OwedAnswer.objects.get_or_create(owed=owed, defaults={"of": live})
    if made.of_id != live.pk:
        raise Unacceptable({"": ANSWERED})
    if is_new:
        after = {"title": cycle.title, "owed_to": cycle.group.name, "due_on": owed.due_on}
        record(RhythmEntry.RETURN_ANSWERS, by=by, subject=live, after=after)
    if live.current_signed_on:
        _has_come(live, [owed], live.current_signed_on, by)
    return live


def _has_come(found: Return, owed: Iterable[Owed], on: date, by: Actor) -> None:
    for each in owed:
        answer_owed(each, on, str(found), found.pk, by=by)
        drop_work_items(each)


@deed
def write_return(
    read: ReturnRead,
    version: int,
    texts: Mapping[str, str],
    steps: Mapping[int, StepSaid],
    *,
    by: Actor,
    now: datetime,
) -> Return:
    """Write under the headings, and say what became of last time's steps. Only what differs becomes a new row.

    `read`: the return as it was read for this version, which changes with every row of it. Raises Unacceptable,
    StaleRecord.
    """
    live: Return = held_as_seen(read.found, version, "group")
    if live.state == ReturnState.SIGNED:
        raise Unacceptable({"": SIGNED})
    keys = {each.key for each in headings()}
    new = {
        key: text.strip() for key, text in texts.items() if key in keys and text.strip() != read.text_of(key)
    }
    told = _told(read, steps)
    if not new and not told:
        return live
    stamp = entered(by, now)
    ReturnText.objects.bulk_create(
        ReturnText(of=live, heading=key, text=text, **stamp) for key, text in new.items()
    )
    StepTold.objects.bulk_create(
        StepTold(of=live, order=order, step=step, outcome=said.outcome.value, text=said.text.strip(), **stamp)
        for order, step, said in told
    )
    left = {step.order for step in read.steps if step.told is None} - {order for order, _, _ in told}
    live.current_asked = asked_of({**read.newest, **new}, len(left))
    live.version += 1
    live.save(update_fields=["version", "current_asked"])
    before = {key: read.text_of(key) for key in new}
    after: dict[str, Any] = {**new, "steps": {str(n): said.outcome.value for n, _, said in told}}
    record(RhythmEntry.RETURN_WRITTEN, by=by, subject=live, before=before, after=after)
    keep_words(live)
    return live


def asked_of(texts: Mapping[str, str], unsaid: int) -> list[str]:
    """What is asked back, in words."""
    return [each.words for each in questions(texts, unsaid)]


def _told(read: ReturnRead, steps: Mapping[int, StepSaid]) -> list[tuple[int, str, StepSaid]]:
    """Those of the steps of which something else is said than before."""
    found = []
    for step in read.steps:
        said, stood = steps.get(step.order), step.told
        if said is None or (stood and (stood.outcome, stood.text) == (said.outcome.value, said.text.strip())):
            continue
        found.append((step.order, step.step, said))
    return found


@deed
def sign_return(
    found: Return, version: int, on: date, signed_by: str, how: str = "", *, by: Actor, now: datetime
) -> Return:
    """Sign a return off: the figures are kept as they stand now, and what it answers has come.

    `signed_by`: whose word it is. Raises Unacceptable, StaleRecord.
    """
    name = need(signed_by, "signed_by", "Enter who signed it off")
    not_ahead(on, now, "on")
    if on <= found.period_until:
        raise Unacceptable({"on": NOT_OVER.format(until=day(found.period_until))})
    values = {"state": ReturnState.SIGNED.value, "current_signed_on": on, "current_sent_back": ""}
    # Whoever finds it of the version that was seen finds it as it was seen: one statement holds it and moves it on.
    seen = Return.objects.filter(pk=found.pk, version=version, state=ReturnState.DRAFT)
    if found.version != version or not seen.update(version=F("version") + 1, **values):
        raise StaleRecord
    figures = figures_of(found.group, found.period_from, found.period_until)
    SignedOff.objects.create(
        of=found, signed_on=on, signed_by=name[:200], how=how, figures=kept(figures), asked_back=found.current_asked,
        **entered(by, now),
    )  # fmt: skip
    after = {"signed_by": name, "signed_on": on, "asked_back": len(found.current_asked)}
    record(RhythmEntry.RETURN_SIGNED, by=by, subject=found, after=after)
    answered = Owed.objects.select_related("cycle__group").filter(answered_by__of=found)
    _has_come(found, answered, on, by)
    if found.current_sent_back:
        drop_work_items(found)
    for name_of, value in values.items():
        setattr(found, name_of, value)
    found.version += 1
    return found


@deed
def open_again(found: Return, version: int, because: str, *, by: Actor, now: datetime) -> Return:
    """Open a signed return to be corrected: what was signed stays as it was. Raises Unacceptable, StaleRecord."""
    reason = need(because, "why", "Say why it is opened again")
    return _open(found, version, reason, RhythmEntry.RETURN_OPENED, by, now)


@deed
def send_back(found: Return, version: int, words: str, *, by: Actor, now: datetime) -> Return:
    """Send a signed return back to its group with words: they stand above it, and its chair is asked, until it is
    signed off again. What it answered came all the same. Raises Unacceptable, StaleRecord.
    """
    reason = need(words, "why", "Say what the group should look at again")
    live = _open(found, version, reason, RhythmEntry.RETURN_SENT_BACK, by, now)
    ask_again(live, now)
    return live


def _open(found: Return, version: int, reason: str, entry: RhythmEntry, by: Actor, now: datetime) -> Return:
    live: Return = held_as_seen(found, version, "group")
    if live.state != ReturnState.SIGNED:
        raise Unacceptable({"": "The return is a draft: it can be written as it stands."})
    is_sent_back = entry == RhythmEntry.RETURN_SENT_BACK
    live.state, live.current_signed_on = ReturnState.DRAFT.value, None
    live.current_sent_back = reason[:300] if is_sent_back else ""
    live.version += 1
    live.save(update_fields=["state", "current_signed_on", "current_sent_back", "version"])
    Reopened.objects.create(of=live, why=reason[:300], is_sent_back=is_sent_back, **entered(by, now))
    record(entry, by=by, subject=live, after={"on": today(now)}, reason=reason)
    return live


def kept(figures: Sequence[GroupFigure]) -> list[dict[str, Any]]:
    """Figures as a signature keeps them."""
    return [
        {"label": each.label, "value": each.value, "rows": [[row.label, row.href] for row in each.rows]}
        for each in figures
    ]
