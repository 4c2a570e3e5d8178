"""Writing requests: one function per thing a person does."""

from sightline.requests.services.links import (
    LinkOver,
    end_link,
    link_actor,
    link_named,
    note_answered,
    send_again,
    send_link,
)
from sightline.requests.services.owing import (
    CycleGiven,
    OwedGiven,
    answer_owed,
    begin_cycle,
    do_owed,
    end_cycle,
    lay_out_ahead,
    take_gaps,
)
from sightline.requests.services.rounds import (
    AskedGiven,
    RoundGiven,
    ask_more,
    close_past,
    close_round,
    forget_old_rounds,
    move_round,
    note_list_taken,
    open_round,
)
from sightline.requests.services.sending import SEND_JOB, send_due

__all__ = [
    "SEND_JOB",
    "AskedGiven",
    "CycleGiven",
    "LinkOver",
    "OwedGiven",
    "RoundGiven",
    "answer_owed",
    "ask_more",
    "begin_cycle",
    "close_past",
    "close_round",
    "do_owed",
    "end_cycle",
    "end_link",
    "forget_old_rounds",
    "lay_out_ahead",
    "link_actor",
    "link_named",
    "move_round",
    "note_answered",
    "note_list_taken",
    "open_round",
    "send_again",
    "send_due",
    "send_link",
    "take_gaps",
]
