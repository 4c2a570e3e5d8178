"""Words of retention: bases, triggers, actions, how a rule is carried out, and the sentences of refusal."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.choices import Way


class Basis(StrEnum):
    """What a period rests on."""

    LAW = "law"
    LOCAL = "local"


class Trigger(StrEnum):
    """From when a period is counted."""

    CLOSURE = "closure"
    LAST_USE = "last_use"
    END = "end"
    LOAD = "load"
    ISSUE = "issue"


class Action(StrEnum):
    """What happens to a record whose period is over."""

    REVIEW = "review"
    DELETE = "delete"
    ANONYMISE = "anonymise"


class CarriedOut(StrEnum):
    """By whom a rule is carried out."""

    DISPOSAL = "disposal"
    NIGHTLY = "nightly"
    JOB = "job"
    WITH_RECORD = "with_record"
    NOBODY = "nobody"


BASIS_LABELS = {Basis.LAW: "Law", Basis.LOCAL: "Local decision"}
TRIGGER_LABELS = {
    Trigger.CLOSURE: "it was closed",
    Trigger.LAST_USE: "it was last used",
    Trigger.END: "it ended",
    Trigger.LOAD: "it was made",
    Trigger.ISSUE: "it was issued",
}
ACTION_LABELS = {
    Action.REVIEW: "Somebody decides",
    Action.DELETE: "Delete",
    Action.ANONYMISE: "Anonymise",
}
CARRIED_OUT_LABELS = {
    CarriedOut.DISPOSAL: "Two people, with a certificate",
    CarriedOut.NIGHTLY: "Sightline, every night",
    CarriedOut.JOB: "Sightline, every day",
    CarriedOut.WITH_RECORD: "Goes with the record it belongs to",
    CarriedOut.NOBODY: "Not disposed of by these pages",
}
PERMANENT = "Permanently"
NOT_CONFIRMED = "Not yet confirmed by your information governance"
CONFIRMED, UNCONFIRMED = "Confirmed", "Not yet confirmed"


class HoldOver(StrEnum):
    """What a hold is laid on."""

    RECORD = "record"
    RULE = "rule"
    WHOLE = "whole"


class DisposalState(StrEnum):
    """The life of a disposal."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ORDERED = "ordered"
    DONE = "done"


class ItemState(StrEnum):
    """What became of one record of a disposal."""

    WAITING = "waiting"
    DISPOSED = "disposed"
    KEPT = "kept"
    HELD = "held"
    NOT_DUE = "not_due"


HOLD_LABELS = {
    HoldOver.RECORD: "One record",
    HoldOver.RULE: "All records of a rule",
    HoldOver.WHOLE: "Everything that belongs to a record",
}
DISPOSAL_LABELS = {
    DisposalState.PROPOSED: "Proposed",
    DisposalState.APPROVED: "Waits for a second person",
    DisposalState.ORDERED: "Being carried out",
    DisposalState.DONE: "Done",
}
DISPOSAL_COLOURS = {
    DisposalState.PROPOSED: "blue",
    DisposalState.APPROVED: "orange",
    DisposalState.ORDERED: "yellow",
    DisposalState.DONE: "green",
}
ITEM_LABELS = {
    ItemState.WAITING: "Waiting",
    ItemState.DISPOSED: "Disposed of",
    ItemState.KEPT: "Kept longer",
    ItemState.HELD: "On legal hold",
    ItemState.NOT_DUE: "No longer due",
}
ITEM_COLOURS = {
    ItemState.WAITING: "blue",
    ItemState.DISPOSED: "green",
    ItemState.KEPT: "grey",
    ItemState.HELD: "purple",
    ItemState.NOT_DUE: "grey",
}
WAY_LABELS = {Way.DELETE: "Delete", Way.ANONYMISE: "Anonymise: take the names away, keep the rows"}


class NotPossible(Exception):
    """What was asked cannot be done; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


SAY_WHY = "Say why: it stands in the journal and with the rule."
NOTHING_CHANGED = "Nothing was changed. Change something, or leave the rule as it is."
PERIOD_FIXED = (
    "Sightline carries this out itself, so its period cannot be changed here. Its basis can be confirmed."
)
NO_WAY = "Sightline has no way to do this to such records. Choose another action."
SAY_WHO = "Say who confirmed it: a name, a role or a meeting."
NO_RECORD = (
    "There is no such record. Check the number: lists of disposals and the address of its page have it."
)
NOTHING_TO_GATHER = "Choose what it is laid on."
RULE_NOT_FOUND = "Records of this rule are not disposed of here, so there is nothing to hold."
DAY_PASSED = "Give a day that is still to come."
NOT_ALL_WENT = "{asked} records were to go and {done} went, so nothing went: some were changed meanwhile."
NOTHING_WAITS = "Nothing waits in this disposal."
ANOTHER_PERSON = (
    "A disposal is carried out by somebody other than who approved it. Ask a colleague who keeps retention."
)
CONFIRM_FIRST = "This rule is not yet confirmed by your information governance. Confirm it first."
RULES_CHANGED = (
    "The rule was changed after this was approved. Send it back, look at the list again and approve it anew."
)
