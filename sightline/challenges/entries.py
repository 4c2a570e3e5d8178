"""What the journal records about challenges."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class ChallengeEntry(StrEnum):
    """Entry types of challenges."""

    CHALLENGE_RAISED = "challenge_raised"
    CHALLENGE_EDITED = "challenge_edited"
    CHALLENGE_ANSWERED = "challenge_answered"
    MORE_ASKED = "more_asked"
    CHALLENGE_CLOSED = "challenge_closed"
    CHALLENGE_TAKEN_BACK = "challenge_taken_back"
    CHALLENGE_CLOSED_FOR = "challenge_closed_for"
    CHALLENGE_REOPENED = "challenge_reopened"
    CHANGE_NOTED = "change_noted"
    ANSWER_DATE_MOVED = "answer_date_moved"
    RISK_RAISED = "risk_raised"
    RISK_EDITED = "risk_edited"
    RISK_REVIEWED = "risk_reviewed"
    RISK_SCORED = "risk_scored"
    CONTROL_ADDED = "control_added"
    CONTROL_IN_PLACE = "control_in_place"
    CONTROL_ENDED = "control_ended"
    RISK_CLOSED = "risk_closed"
    RISK_REOPENED = "risk_reopened"
    SCRUTINY_RECORDED = "scrutiny_recorded"
    SCRUTINY_EDITED = "scrutiny_edited"
    SCRUTINY_ANSWERED = "scrutiny_answered"
    SCRUTINY_FOLLOWED_UP = "scrutiny_followed_up"
    SCRUTINY_ASKED_AGAIN = "scrutiny_asked_again"
    SCRUTINY_JUDGED = "scrutiny_judged"
    LIST_TAKEN = "list_taken"
    KEPT_KNOWINGLY = "kept_knowingly"


LABELS: dict[StrEnum, str] = {
    ChallengeEntry.CHALLENGE_RAISED: "Challenge raised",
    ChallengeEntry.CHALLENGE_EDITED: "Challenge changed",
    ChallengeEntry.CHALLENGE_ANSWERED: "Challenge answered",
    ChallengeEntry.MORE_ASKED: "Challenger asked for more",
    ChallengeEntry.CHALLENGE_CLOSED: "Challenge closed by the challenger",
    ChallengeEntry.CHALLENGE_TAKEN_BACK: "Challenge taken back",
    ChallengeEntry.CHALLENGE_CLOSED_FOR: "Challenge closed in place of a challenger who has left",
    ChallengeEntry.CHALLENGE_REOPENED: "Challenge opened again",
    ChallengeEntry.CHANGE_NOTED: "What changed after a challenge",
    ChallengeEntry.ANSWER_DATE_MOVED: "Date of an answer moved",
    ChallengeEntry.RISK_RAISED: "Risk raised",
    ChallengeEntry.RISK_EDITED: "Risk changed",
    ChallengeEntry.RISK_REVIEWED: "Risk reviewed",
    ChallengeEntry.RISK_SCORED: "Risk scored",
    ChallengeEntry.CONTROL_ADDED: "Control of a risk added",
    ChallengeEntry.CONTROL_IN_PLACE: "Control of a risk in place",
    ChallengeEntry.CONTROL_ENDED: "Control of a risk ended",
    ChallengeEntry.RISK_CLOSED: "Risk closed",
    ChallengeEntry.RISK_REOPENED: "Risk opened again",
    ChallengeEntry.SCRUTINY_RECORDED: "Scrutiny recorded",
    ChallengeEntry.SCRUTINY_EDITED: "Scrutiny entry changed",
    ChallengeEntry.SCRUTINY_ANSWERED: "Scrutiny answered by a partner",
    ChallengeEntry.SCRUTINY_FOLLOWED_UP: "Scrutiny followed up",
    ChallengeEntry.SCRUTINY_ASKED_AGAIN: "Scrutiny: partners asked again",
    ChallengeEntry.SCRUTINY_JUDGED: "Verdict of the scrutineer",
    ChallengeEntry.LIST_TAKEN: "List of challenges, risks or scrutiny taken away",
    ChallengeEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
}
# Who said a thing is a person's name, and so may be who challenges; a reason may name somebody.
_SAID = ("said_by",)
_NAMED = (
    ChallengeEntry.CHALLENGE_ANSWERED, ChallengeEntry.MORE_ASKED, ChallengeEntry.CHALLENGE_CLOSED,
    ChallengeEntry.CHALLENGE_TAKEN_BACK, ChallengeEntry.CHALLENGE_CLOSED_FOR, ChallengeEntry.CHALLENGE_REOPENED,
    ChallengeEntry.CHANGE_NOTED, ChallengeEntry.ANSWER_DATE_MOVED, ChallengeEntry.RISK_REVIEWED,
    ChallengeEntry.RISK_SCORED, ChallengeEntry.CONTROL_ADDED, ChallengeEntry.CONTROL_IN_PLACE,
    ChallengeEntry.CONTROL_ENDED, ChallengeEntry.RISK_CLOSED, ChallengeEntry.RISK_REOPENED,
    ChallengeEntry.SCRUTINY_ANSWERED, ChallengeEntry.SCRUTINY_FOLLOWED_UP, ChallengeEntry.SCRUTINY_ASKED_AGAIN,
    ChallengeEntry.SCRUTINY_JUDGED,
)  # fmt: skip

declare(
    "challenges",
    ChallengeEntry,
    LABELS,
    {
        **dict.fromkeys(_NAMED, _SAID),
        ChallengeEntry.CHALLENGE_RAISED: ("said_by", "from_name"),
        ChallengeEntry.RISK_RAISED: ("said_by", "owner"),
        ChallengeEntry.RISK_EDITED: ("owner",),
        ChallengeEntry.KEPT_KNOWINGLY: ("because",),
    },
)
