"""What owners tell of the actions of a group's own log, and what is said to new dates that they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import need, today
from sightline.meetings.choices import Ended
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import GroupAction, ToldOfAction
from sightline.meetings.rules.told import LogTold, problems_of
from sightline.meetings.selectors.told import log_asked
from sightline.meetings.services.actions import OWNERS, held_open
from sightline.meetings.services.correcting import move_action
from sightline.meetings.services.work_items import keep_work
from sightline.messages.rules.notices import may_be_named
from sightline.plans.selectors.rounds import GROUP_KIND
from sightline.requests.models import Asked
from sightline.requests.parts import Untold, Voice
from sightline.requests.services import tell_whoever_told
from sightline.screens.words import day

ANSWERED = "Somebody has answered this already. Nothing of theirs was overwritten."
MAIL = """You asked for {asked} as the new date of what the {group} asked of you on {said}.

{answer}

{why}
"""
AS_ASKED = "As its owner asked."
ELSEWHERE = "Ask {by} why: it does not stand in an e-mail."


def hold_log(asked: Sequence[Asked], numbers: Sequence[int]) -> list[GroupAction]:
    """Those of these actions that the rounds ask somebody about, held until the deed ends."""
    rows = log_asked(asked).filter(pk__in=numbers).select_for_update(of=("self",))
    return list(rows.order_by("pk"))


@deed
def tell_of_log(
    actions: Sequence[GroupAction], told: Mapping[int, LogTold], voice: Voice, *, by: Actor, now: datetime
) -> list[ToldOfAction]:
    """Add what is told of each of these held actions, and that it is done where that is told. Nothing is overwritten.

    As many statements, however many actions. Raises Untold where any part cannot be taken; nothing is kept then.
    """
    on = today(now)
    problems = {action.pk: problems_of(told[action.pk], on) for action in actions}
    if any(problems.values()):
        raise Untold(problems)
    rows = ToldOfAction.objects.bulk_create(
        _row(action, told[action.pk], voice, by, now) for action in actions
    )
    done = [action for action in actions if told[action.pk].is_done]
    for action in done:
        action.done_on, action.done_words = on, told[action.pk].happened
        action.ended_as = Ended.DONE.value
    for action in actions:
        action.version += 1
    GroupAction.objects.bulk_update(actions, ["done_on", "done_words", "ended_as", "version"])
    for action, row in zip(actions, rows, strict=True):
        _journal(action, row, by)
    keep_work(actions, now)
    return rows


def _row(action: GroupAction, told: LogTold, voice: Voice, by: Actor, now: datetime) -> ToldOfAction:
    party = action.party
    owner = [((str(party._meta.model_name), party.pk), str(party))] if party else []
    return ToldOfAction(
        action=action,
        text=told.text,
        delivery=told.delivery,
        is_done=told.is_done,
        new_due_on=told.due_on,
        said_by=voice.words(owner),
        received_how=voice.how.value,
        **entered(by, now),
    )


def _journal(action: GroupAction, row: ToldOfAction, by: Actor) -> None:
    after: dict[str, object] = {"text": row.text, "delivery": row.delivery, "received_how": row.received_how}
    after |= {"said_by": row.said_by} if row.said_by else {}
    after |= {"new_due_on": row.new_due_on} if row.new_due_on else {}
    record(MeetingEntry.ACTION_TOLD, by=by, subject=action, after=after, tier=Tier(action.tier))
    if row.is_done:
        after = {"done_on": action.done_on, "words": action.done_words}
        record(MeetingEntry.ACTION_DONE, by=by, subject=action, after=after, tier=Tier(action.tier))


@deed
def answer_log_date(
    found: ToldOfAction, version: int, *, is_agreed: bool, words: str, by: Actor, now: datetime
) -> bool:
    """Give the date that an owner asks for, or say why the one that stands stays. Whether whoever asked could be told.

    Raises Unacceptable, StaleRecord.
    """
    if not is_agreed:
        words = need(words, "words", "Say why the date stays as it is")
    asked, before = found.new_due_on, found.action.due_on
    if is_agreed:
        given = (asked, words.strip() or AS_ASKED)
        live = move_action(found.action, version, *given, is_asked_for=True, by=by, now=now)
    else:
        live = held_open(found.action, version)
    answer = {
        "is_agreed": is_agreed,
        "answer": words.strip(),
        "was_due_on": before,
        "answered_on": today(now),
        "answered_by_label": by.label[:200],
    }
    rows = ToldOfAction.objects.filter(pk=found.pk, is_agreed=None, new_due_on__isnull=False)
    if not rows.update(**answer):
        raise Unacceptable({"": ANSWERED})
    after = {"asked_for": asked, "is_agreed": is_agreed}
    entry, tier = MeetingEntry.ACTION_DATE_ANSWERED, Tier(live.tier)
    record(entry, by=by, subject=live, after=after, reason=words.strip(), tier=tier)
    if is_agreed:
        said = "The new date is agreed", "It is the new date."
    else:
        said = "The date stays as it is", f"The date stays as it is: {day(before) or 'no date'}."
    return _tell(found, live, said, words.strip(), by, now)


def _tell(
    found: ToldOfAction, action: GroupAction, said: tuple[str, str], words: str, by: Actor, now: datetime
) -> bool:
    subject, answer = said
    why = words if may_be_named(action.tier, words, now.year) else ELSEWHERE.format(by=by.label)
    text = MAIL.format(
        asked=day(found.new_due_on),
        group=action.group,
        said=day(action.meeting.held_on),
        answer=answer,
        why=why,
    )
    about, whose = {(GROUP_KIND, action.group_id)}, (found.entered_by_label, found.said_by)
    owners = {(kind, pk) for kind, column in OWNERS.items() if (pk := getattr(action, f"{column}_id"))}
    return tell_whoever_told(about, *whose, subject, text, owners=owners, by=by)
