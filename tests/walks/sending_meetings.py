"""What a member of the unit sends to the addresses of meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.access import walked_meetings as walked
from tests.access.people import World


def sendings(sending: Any) -> Mapping[str, tuple[Any, ...]]:
    """What is sent, by address."""
    return {
        "meetings:attending": (sending(data={"others": "present", "guests": "Gus Guest, Fire service"}),),
        "meetings:published": (sending(data=walked.published_sent),),
        "meetings:published_table": (sending(data={"meetings": 6}),),
        "meetings:published_give_up": (sending(data=walked.published_seen),),
        "meetings:new": (sending(data=_of_group),),
        "meetings:series_plan": (
            sending(data={"day-0-day": "12", "day-0-month": "1", "day-0-year": "2027", "starts_at": "10:00"}),
        ),
        "meetings:minutes": (
            *tuple(
                sending(what, data=_of_item(**said))
                for what, said in (
                    ("text", {"text": "More was said."}),
                    ("decision", {"decision": "Adopt it."}),
                    ("action", {"line": "Write to heads — 12 July 2026"}),
                    ("action of somebody", {"line": "Write to heads — Neglect sub-group — 12 July 2026"}),
                    ("text saved while it was typed, decision and action", WHOLE),
                )
            ),
            sending("text, decision and action", data=_of_last_item, args=_unminuted),
        ),
        "meetings:paper_new": (sending(data=walked.paper_sent),),
        "meetings:paper_change": (
            sending(data={"reason": "", "take_off": ""}),
            sending("newer", data=walked.paper_sent),
            sending("taken off", data={"take_off": "on", "reason": "Not ready"}),
        ),
        "meetings:pack": (sending(),),
        "meetings:action_owner": (sending(data={"name": "Neglect sub-group"}),),
        "meetings:public": (sending(),),
        "meetings:public_edit": (sending(data=walked.public_shown),),
        "meetings:public_do": (sending(),),
        "meetings:interest_new": (
            sending("nobody", data={"who": "nobody", "item": "", "text": "", "part": ""}),
            sending("a guest", data={"who": "guest", "item": "", "text": "They sell it.", "part": "left"}),
        ),
        "meetings:interest_mistake": (sending(),),
        "meetings:rule": (sending(data={"all_partners": ""}),),
        "meetings:invite": (sending(),),
        "meetings:decision_change": (
            sending(data={"text": "Adopt it next year.", "withdraw": ""}),
            sending("withdrawn", data={"withdraw": "on", "reason": "Typed twice"}),
        ),
        "meetings:action_change": (
            sending(data={"owner": "Neglect sub-group", "end": ""}),
            sending("withdrawn", data={"end": "on", "reason": "Typed twice"}),
        ),
        "meetings:coming": (sending(data=walked.coming, by=""),),
        "meetings:reply": (sending(data={"coming": "deputy", "name": "Dee Deputy"}),),
        "meetings:decision_do": (sending(data=_rules),),
        "meetings:action_date": (
            sending(data={"answer": "decline", "words": "The board meets before"}),
            sending("agree", data={"answer": "agree"}),
        ),
        "meetings:action_done": (sending(data={"done_on-day": 1, "done_on-month": 9, "done_on-year": 2026}),),
        "meetings:raise": (sending(),),
        "meetings:item_new": (sending(data={"about": ""}),),
        "meetings:item_edit": (sending(data={"about": "", "take_off": "", "reason": "", "place": 1}),),
        "meetings:do": tuple(
            sending(deed, args=_before(deed), data=_approver if deed == "approve" else {})
            for deed in ("hold", "unhold", "cancel", "revive", "check", "correct", "approve")
        ),
    }


WHOLE = {"decision": "Adopt it.", "line": "Write to heads — Neglect sub-group — 12 July 2026"}


def _unminuted(world: World) -> list[Any]:
    """A meeting with an item about which nobody has written yet."""
    from tests.meetings.making import make_item, make_meeting

    return [make_item(make_meeting(world.group)).meeting_id]


def _of_last_item(world: World) -> dict[str, Any]:
    from sightline.meetings.models import Item

    return {
        "item": Item.objects.latest("pk").pk,
        "seen": "",
        "text": "It was said.",
        "typed": "one",
        **WHOLE,
        "line": "Write",
    }


def _of_item(**said: str) -> Callable[[World], dict[str, Any]]:
    """What is typed about the item that the walk made last."""

    def data(world: World) -> dict[str, Any]:
        from sightline.meetings.models import MinuteText

        text = MinuteText.objects.latest("pk")
        return {"item": text.item_id, "seen": str(text.pk), "text": text.text, **said}

    return data


def _rules(world: World) -> dict[str, Any]:
    from sightline.meetings.models import Meeting

    return {"meeting": Meeting.objects.latest("pk").pk}


def _of_group(world: World) -> dict[str, Any]:
    return {"of": f"group:{world.group.pk}", "starts_at": "10:00", "ends_at": "12:00"}


def _before(deed: str) -> Callable[[World], list[Any]]:
    """A meeting that stands as the deed asks for, and one after it."""

    def args(world: World) -> list[Any]:
        from sightline.meetings.choices import MeetingDeed
        from tests.meetings.making import NEXT, came, make_meeting, moved, seat_of

        found = make_meeting(world.group)
        if deed == "revive":
            found = moved(found, MeetingDeed.CANCEL, because="Snow")
        if deed in ("unhold", "check", "correct", "approve"):
            found = moved(found, MeetingDeed.HOLD)
        if deed in ("correct", "approve"):
            found = moved(found, MeetingDeed.CHECK)
        later = make_meeting(world.group, NEXT)
        came(later, seats={seat_of(world.group, world.agency, "Ann Archer"): "present"})
        return [found.pk, deed]

    return args


def _approver(world: World) -> dict[str, Any]:
    from sightline.meetings.models import Meeting

    return {"approved_at": Meeting.objects.latest("pk").pk}
