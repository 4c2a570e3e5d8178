"""The public version of minutes: asked for, worked on, looked at by a second person, issued, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from sightline.events.choices import Actor, ImpossibleMove, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import changed, held_as_seen, need
from sightline.jobs.services import enqueue
from sightline.meetings.choices import MeetingState, PublicDeed, PublicState, Shown
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Meeting, PublicMinutes, PublicPart, PublicStep
from sightline.meetings.rules.public import WORKED_ON, moved_to, standard
from sightline.meetings.rules.redactions import leaves_out, wrong
from sightline.meetings.selectors.public import as_they_stand, parts_of
from sightline.meetings.services.news import tell_public

PUBLIC_JOB = "meetings.make_public"
NOT_APPROVED = "The minutes are not approved yet: a public version is made of minutes that stand."
ONE_OPEN = "A public version is worked on already. Issue it or take it back first."
NOT_DRAFT = "It is no draft any more. Send it back to draft to change it."
OLDER = "The minutes changed since this version was begun. Take it back, and begin again."
SECOND = "You began or wrote this version: somebody else who keeps the group’s meetings reads it before it is issued."
ENTRIES = {
    PublicDeed.LOOK: MeetingEntry.PUBLIC_LOOKED,
    PublicDeed.ISSUE: MeetingEntry.PUBLIC_ISSUED,
    PublicDeed.BACK: MeetingEntry.PUBLIC_SENT_BACK,
    PublicDeed.WITHDRAW: MeetingEntry.PUBLIC_TAKEN_BACK,
}
OWES_A_REASON = (PublicDeed.BACK, PublicDeed.WITHDRAW)


@dataclass(frozen=True, slots=True)
class PartGiven:
    """What somebody says of one item: whether it is shown, its words with marks, and why words are left out."""

    title: str
    text: str
    shown: str
    reason: str


def public_key(number: int) -> str:
    """The key of the job that makes a draft."""
    return f"{PUBLIC_JOB}:{number}"


@deed
def ask_public(meeting: Meeting, *, by: Actor, now: datetime) -> PublicMinutes:
    """Begin a public version of minutes that were approved; a job writes its draft. Raises Unacceptable."""
    live = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if live.state != MeetingState.APPROVED:
        raise Unacceptable({"": NOT_APPROVED})
    made = PublicMinutes.objects.filter(meeting=live)
    if made.filter(state__in=[each.value for each in WORKED_ON]).exists():
        raise Unacceptable({"": ONE_OPEN})
    last = made.aggregate(last=Max("number"))["last"] or 0
    begun = PublicMinutes.objects.create(meeting=live, number=last + 1, **entered(by, now))
    enqueue(PUBLIC_JOB, {"number": begun.pk}, key=public_key(begun.pk), by=by)
    record(MeetingEntry.PUBLIC_BEGUN, by=by, subject=begun, after={"number": begun.number})
    return begun


@deed
def change_public(
    found: PublicMinutes, version: int, given: Mapping[int, PartGiven], *, by: Actor, now: datetime
) -> PublicMinutes:
    """Say of each item whether it is shown and what of it is left out. Words are never changed.

    `given`: by the number of the part. Raises Unacceptable, StaleRecord.
    """
    live: PublicMinutes = held_as_seen(found, version, "meeting__group")
    if live.state != PublicState.DRAFT:
        raise Unacceptable({"": NOT_DRAFT})
    parts = [each for each in parts_of(live) if each.pk in given]
    if problems := {k: v for each in parts for k, v in _problems(each, given[each.pk]).items()}:
        raise Unacceptable(problems)
    if done := [each for each in parts if _set(each, given[each.pk], by, now)]:
        columns = ["title", "text", "shown", "reason", "recorded_at", "entered_by", "entered_by_label"]
        PublicPart.objects.bulk_update(done, columns)
        live.version += 1
        live.save(update_fields=["version"])
        after = {"items": [each.place for each in done]}
        record(MeetingEntry.PUBLIC_CHANGED, by=by, subject=live, after=after)
    return live


def _problems(part: PublicPart, given: PartGiven) -> dict[str, str]:
    found = {}
    for name, words, stood in (("title", given.title, part.title), ("text", given.text, part.text)):
        if sentence := wrong(words, stood):
            found[f"{name}-{part.pk}"] = f"Item {part.place}: {sentence}"
    owes = given.shown == Shown.OUT or leaves_out(given.title) or leaves_out(given.text)
    if owes and given.reason not in standard().reasons:
        found[f"reason-{part.pk}"] = f"Choose why words of item {part.place} are left out"
    return found


def _set(part: PublicPart, given: PartGiven, by: Actor, now: datetime) -> bool:
    _, after = changed(part, asdict(given), save=False)
    for name, value in entered(by, now).items() if after else ():
        setattr(part, name, value)
    return bool(after)


@deed
def do_public(
    found: PublicMinutes, what: PublicDeed, version: int, why: str = "", *, by: Actor, now: datetime
) -> PublicMinutes:
    """Say that one has read it whole, issue it, send it back or take it back, the last two with a reason.

    Whoever began or wrote it does not look at it as the second person. Raises Unacceptable, StaleRecord.
    """
    live: PublicMinutes = held_as_seen(found, version, "meeting__group")
    try:
        live.state = moved_to(live.state_now, what).value
    except ImpossibleMove as impossible:
        raise Unacceptable({"": impossible.sentence}) from impossible
    because = need(why, "why", "Say why")[:500] if what in OWES_A_REASON else ""
    if what in (PublicDeed.LOOK, PublicDeed.ISSUE) and live.of != as_they_stand(live.meeting):
        raise Unacceptable({"": OLDER})
    if what == PublicDeed.LOOK:
        _check_second(live, parts_of(live), by)
    if what == PublicDeed.ISSUE:
        live.issued_at = now
    live.version += 1
    live.save(update_fields=["state", "issued_at", "version"])
    PublicStep.objects.create(of=live, deed=what.value, because=because, **entered(by, now))
    record(ENTRIES[what], by=by, subject=live, after={"number": live.number}, reason=because)
    if what == PublicDeed.ISSUE:
        tell_public(live.meeting, by=by, now=now)
    return live


def _check_second(live: PublicMinutes, parts: Sequence[PublicPart], by: Actor) -> None:
    if waiting := [str(each.place) for each in parts if not each.shown]:
        raise Unacceptable({"": f"Nobody has said yet whether these are shown: item {', '.join(waiting)}."})
    hands = {live.entered_by_id, *(each.entered_by_id for each in parts)}
    if by.user_id is None or by.user_id in hands:
        raise Unacceptable({"": SECOND})


@deed
def fail_public(number: int, sentence: str, *, by: Actor, now: datetime) -> None:
    """Keep why a draft could not be made, so that another can be begun."""
    live = PublicMinutes.objects.select_for_update().get(pk=number)
    if live.state == PublicState.WAITING:
        live.state = PublicState.WITHDRAWN.value
        live.save(update_fields=["state"])
        step = {"deed": PublicDeed.WITHDRAW.value, "because": sentence[:500]}
        PublicStep.objects.create(of=live, **step, **entered(by, now))
        record(MeetingEntry.PUBLIC_TAKEN_BACK, by=by, subject=live, reason=sentence)


def public_given_up(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    """The job is tried no more."""
    told = f"{sentence} Begin it again; if that fails, tell whoever looks after Sightline."
    fail_public(int(args["number"]), told, by=by, now=timezone.now())


@deed
def note_public_taken(found: PublicMinutes, format: str, *, by: Actor) -> None:
    """Journal that somebody took a public version away."""
    record(MeetingEntry.FILE_TAKEN, by=by, subject=found, after={"format": format, "number": found.number})
