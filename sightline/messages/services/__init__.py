"""Writing mail, work items, notifications and what came back: one function per thing a person does."""

from sightline.messages.services.bounces import (
    Taken,
    address_left,
    dispose_of_bounces,
    take_reports,
    try_address_again,
)
from sightline.messages.services.notices import (
    clear_told_news,
    dispose_of_notices,
    forget_reader,
    hide_titles,
    make_notices,
    mark_read,
    send_digests,
    tell_news,
)
from sightline.messages.services.outbox import (
    HOLD,
    clear_ended_items,
    deliver_due,
    dispose_of_mail,
    drop_work_items,
    put_work_item,
    queue_mail,
    replace_work_items,
    try_again,
)
from sightline.messages.services.preferences import StopOver, choose, stop_address, stop_news, whose_news

__all__ = [
    "HOLD",
    "StopOver",
    "Taken",
    "address_left",
    "choose",
    "clear_ended_items",
    "clear_told_news",
    "deliver_due",
    "dispose_of_bounces",
    "dispose_of_mail",
    "dispose_of_notices",
    "drop_work_items",
    "forget_reader",
    "hide_titles",
    "make_notices",
    "mark_read",
    "put_work_item",
    "queue_mail",
    "replace_work_items",
    "send_digests",
    "stop_address",
    "stop_news",
    "take_reports",
    "tell_news",
    "try_address_again",
    "try_again",
    "whose_news",
]
