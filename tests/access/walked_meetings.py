"""Meetings for the walk over every address."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, readers: Roles, keepers: Roles) -> dict[str, Any]:
    """Who may open which address of meetings."""
    chairs = keepers | {"chair"}
    return {
        "meetings:list": row(readers),
        "meetings:list_export": row(readers, args=lambda world: ["meetings", "csv"]),
        "meetings:attendance": row(readers, args=attended),
        "meetings:attendance_export": row(readers, args=attended_file),
        "meetings:published": row(readers),
        "meetings:published_table": row(readers, args=published),
        "meetings:published_give_up": row(chairs, args=published, method="post"),
        "meetings:passed_on": row(readers, args=passed_meeting, hidden=True),
        "meetings:pass_on": row(chairs | {"owner"}, args=passed_seat, hidden=True, know=readers),
        "meetings:passed_check": row(chairs, args=passed, hidden=True, know=readers),
        "meetings:new": row(chairs),
        "meetings:series": row(readers),
        "meetings:series_new": row(chairs),
        "meetings:series_edit": row(chairs, args=series, hidden=True, know=readers),
        "meetings:series_plan": row(chairs, args=series, hidden=True, know=readers),
        "meetings:rule": row(chairs, args=group),
        "meetings:meeting": row(readers, args=meeting, hidden=True),
        "meetings:edit": row(chairs, args=meeting, hidden=True, know=readers),
        "meetings:attending": row(chairs, args=seated, hidden=True, know=readers),
        "meetings:decisions": row(readers),
        "meetings:decision_new": row(chairs),
        "meetings:decision_change": row(chairs, args=decided, hidden=True, know=readers),
        "meetings:action_change": row(chairs, args=action, hidden=True, know=readers),
        "meetings:decision_do": row(chairs, args=provisional, hidden=True, know=readers),
        "meetings:actions": row(readers),
        "meetings:action_done": row(chairs, args=action, hidden=True, know=readers),
        "meetings:action_owner": row(chairs, args=action, hidden=True, know=readers),
        "meetings:action_date": row(chairs, args=new_date, hidden=True, know=readers),
        "meetings:raise": row(chairs, args=raised, hidden=True, know=readers),
        "meetings:item_new": row(chairs, args=meeting, hidden=True, know=readers),
        "meetings:item_edit": row(chairs, args=item, hidden=True, know=readers),
        "meetings:minutes": row(chairs, args=minuted, hidden=True, know=readers),
        "meetings:public": row(readers, args=approved, hidden=True),
        "meetings:public_edit": row(chairs, args=public, hidden=True),
        "meetings:public_do": row(chairs, args=public_look, hidden=True),
        "meetings:public_file": row(readers, args=public_issued, hidden=True),
        "meetings:interest_new": row(chairs, args=item_meeting, hidden=True, know=readers),
        "meetings:interest_mistake": row(chairs, args=interest, hidden=True, know=readers),
        "meetings:reply": row(chairs, args=asked_seat, hidden=True, know=readers),
        "meetings:do": row(chairs, args=held, hidden=True, know=readers),
        "meetings:paper_new": row(chairs, args=item, hidden=True, know=readers),
        "meetings:paper_change": row(chairs, args=paper, hidden=True, know=readers),
        "meetings:paper_file": row(readers, args=paper_file, hidden=True),
        "meetings:pack": row(readers, args=pack, hidden=True),
        "meetings:invite": row(chairs, args=invited, method="post", hidden=True, know=readers),
        "meetings:pack_file": row(readers, args=pack_file, hidden=True),
    }


def group(world: World) -> list[Any]:
    return [world.group.pk]


def series(world: World) -> list[Any]:
    from tests.meetings.making import make_series

    return [make_series(world.group).pk]


def meeting(world: World) -> list[Any]:
    from tests.meetings.making import make_meeting

    return [make_meeting(world.group).pk]


def raised(world: World) -> list[Any]:
    """A risk, and a meeting that lies ahead."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.challenges.making import make_risk
    from tests.meetings.making import make_meeting

    make_meeting(world.group, timezone.localdate() + timedelta(days=30))
    return ["challenges", "risk", make_risk(world.agency).pk]


def seated(world: World) -> list[Any]:
    """A meeting of a group with a rule and a seat that is held."""
    from tests.meetings.making import make_rule, seat_of

    seat_of(world.group, world.agency, "Sid Seated")
    make_rule(world.group, all_partners=True)
    return meeting(world)


def held(world: World) -> list[Any]:
    return [*meeting(world), "hold"]


def attended(world: World) -> list[Any]:
    from tests.meetings.making import came, make_meeting, seat_of

    seat = seat_of(world.group, world.agency, "Ann Archer")
    came(make_meeting(world.group), seats={seat: "present"})
    return []


def attended_file(world: World) -> list[Any]:
    attended(world)
    return ["csv"]


def published(world: World) -> list[Any]:
    from tests.meetings.making import make_published

    return [make_published(world.group).pk]


def published_sent(world: World) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("report.txt", b"Attendance\n\nPolice\t83%\nHealth\t50%\n")}


def published_seen(world: World) -> dict[str, Any]:
    from sightline.meetings.models import PublishedTable

    return {"version": PublishedTable.objects.latest("pk").version}


def _item(world: World) -> Any:
    """An item of a meeting, with a text, a decision and an action."""
    from tests.meetings.making import make_item, make_meeting
    from tests.meetings.making import minuted as minute

    found = make_item(make_meeting(world.group))
    return minute(found, "Said.", decision="Adopt the tool.", line="Write to heads — 12 July 2026")


def item(world: World) -> list[Any]:
    return [_item(world).pk]


def minuted(world: World) -> list[Any]:
    return [_item(world).meeting_id]


def approved(world: World) -> list[Any]:
    from tests.meetings.making import approved as approve

    return [approve(_item(world).meeting).pk]


def _public(world: World) -> Any:
    from tests.meetings.making import approved as approve
    from tests.meetings.making import make_public_of

    return make_public_of(approve(_item(world).meeting), shown="show")


def public(world: World) -> list[Any]:
    return [_public(world).pk]


def public_shown(world: World) -> dict[str, Any]:
    """That an item is left out whole."""
    from sightline.meetings.models import PublicPart

    part = PublicPart.objects.latest("pk")
    return {f"shown-{part.pk}": "out", f"reason-{part.pk}": "personal"}


def public_look(world: World) -> list[Any]:
    return [*public(world), "look"]


def public_issued(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.meetings.choices import PublicDeed
    from sightline.meetings.services.public import do_public

    found, by = _public(world), world.people["unit"].actor
    for deed in (PublicDeed.LOOK, PublicDeed.ISSUE):
        found = do_public(found, deed, found.version, by=by, now=timezone.now())
    return [found.pk, "html"]


def item_meeting(world: World) -> list[Any]:
    from tests.meetings.making import seat_of

    seat_of(world.group, world.agency, "Sid Seated")
    return minuted(world)


def interest(world: World) -> list[Any]:
    from tests.meetings.making import make_interest

    return [make_interest(_item(world)).pk]


def action(world: World) -> list[Any]:
    return [_item(world).actions.get().pk]


def decided(world: World) -> list[Any]:
    return [_item(world).decisions.get().pk]


def new_date(world: World) -> list[Any]:
    """What was told of the action, with a new date."""
    import datetime as dt

    from sightline.events.choices import SYSTEM
    from sightline.meetings.models import GroupAction
    from sightline.meetings.rules.told import LogTold
    from sightline.meetings.services.told import tell_of_log
    from sightline.requests.choices import ToldHow
    from sightline.requests.parts import Voice

    (number,) = action(world)
    found, now = GroupAction.objects.select_related("group", "meeting").get(pk=number), timezone.now()
    told = LogTold("Late", why="Two left", due_on=now.date() + dt.timedelta(days=60))
    (made,) = tell_of_log([found], {number: told}, Voice(ToldHow.LINK, frozenset()), by=SYSTEM, now=now)
    return [made.pk]


def provisional(world: World) -> list[Any]:
    """A decision between meetings, and a meeting that may ratify it."""
    from django.utils import timezone

    from sightline.events.choices import SYSTEM
    from sightline.meetings.choices import How
    from sightline.meetings.services import DecisionGiven, take_decision
    from tests.meetings.making import MET, NEXT, came, make_meeting, seat_of

    came(make_meeting(world.group, NEXT), seats={seat_of(world.group, world.agency, "Ann Archer"): "present"})
    given = DecisionGiven("Spend £500.", How.CHAIR, MET)
    return [take_decision(world.group, given, by=SYSTEM, now=timezone.now()).pk, "ratify"]


def passed(world: World) -> list[Any]:
    from tests.meetings.making import make_passed

    return [make_passed(world.group, world.agency).pk]


def passed_seat(world: World) -> list[Any]:
    from sightline.meetings.models import PassedOn

    found = PassedOn.objects.get(pk=passed(world)[0])
    return [found.meeting_id, found.seat_id]


def passed_meeting(world: World) -> list[Any]:
    return passed_seat(world)[:1]


def _paper(world: World) -> Any:
    from tests.meetings.making import make_item, make_meeting, make_paper

    return make_paper(make_item(make_meeting(world.group)))


def paper(world: World) -> list[Any]:
    return [_paper(world).pk]


def paper_file(world: World) -> list[Any]:
    return [_paper(world).files.get().pk]


def paper_sent(world: World) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("paper.txt", b"What is asked of the board.")}


def pack(world: World) -> list[Any]:
    return [_paper(world).item.meeting_id]


def pack_file(world: World) -> list[Any]:
    from tests.meetings.making import make_packs

    return [make_packs(_paper(world).item.meeting)[0].pk]


def invited(world: World) -> list[Any]:
    """A meeting to come, of a group with a member who has an address."""
    from tests.meetings.inviting import ahead, seated
    from tests.meetings.making import make_meeting

    seated(world)
    return [make_meeting(world.group, ahead()).pk]


def asked_seat(world: World) -> list[Any]:
    """The same, with the member, who was asked by a link."""
    from tests.meetings.inviting import invited as make_invited

    meeting, _, person = make_invited(world)
    return [meeting.pk, person.pk]


def asked_link(world: World) -> list[Any]:
    asked_seat(world)
    return ["secret"]


def coming(world: World) -> dict[str, Any]:
    """What a member sends by their link."""
    from sightline.partners.models import Person
    from tests.meetings.inviting import ADDRESS

    number = Person.objects.get(email=ADDRESS).pk
    return {f"p{number}-coming": "deputy", f"p{number}-name": "Dee Deputy", f"p{number}-words": "On leave"}
