"""Members say whether they come by a personal link: it gives nothing away and changes nothing by itself."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.meetings.choices import Attendance, MeetingDeed, ReplyHow
from sightline.meetings.models import Attended, Invitation, Meeting, Reply
from sightline.meetings.rules.coming import InvitationNumbers, is_before, is_reminder_due
from sightline.meetings.selectors.invitations import KIND
from sightline.meetings.services import MeetingGiven, edit_meeting
from sightline.meetings.services.coming import ReplyGiven, reply
from sightline.meetings.services.invitations import look_over_invitations, send_invitations
from sightline.messages.models import OutgoingMail
from sightline.partners.models import Holding, Person
from sightline.partners.services import create_group
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.services import LinkOver, end_link, links_named, send_again, send_due
from tests.access.people import World, enter, member, world
from tests.meetings.inviting import ADDRESS, BY_LINK, ahead, invite, invited, known, seated
from tests.meetings.making import make_meeting, make_rule, moved
from tests.requests.making import asked_about

pytestmark = pytest.mark.django_db
URL = "/coming/secret/"


@pytest.fixture
def made() -> World:
    return world()


def said(coming: str, **more: str) -> dict[str, str]:
    """What is sent by the link of the one person."""
    number = Person.objects.get(email=ADDRESS).pk
    return {f"p{number}-{name}": value for name, value in {"coming": coming, **more}.items()}


def everything() -> dict[str, Any]:
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return counts | {str(row): row["answers"] for row in Asked.objects.values()}


def body(response: Any) -> str:
    return re.sub(r'value="\w{64}"', "", response.content.decode())


def mails(**narrowed: Any) -> list[str]:
    return list(OutgoingMail.objects.filter(**narrowed).order_by("pk").values_list("subject", flat=True))


def test_an_answer_by_link_is_kept_as_such_adds_and_is_receipted(made: World) -> None:
    _meeting, asked, _person = invited(made)
    shown = Client().get(URL).content.decode()
    assert "County Hall" in shown
    assert "I send a deputy" in shown
    assert "There is a problem" not in shown
    answer = Client().post(URL, said("deputy", name="Dee Deputy", words="Leave"))
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?came=in")
    assert "Sends a deputy (Dee Deputy)" in Client().get(f"{URL}?came=in").content.decode()
    assert Client().post(URL, said("remote", name="Dee Deputy")).status_code == 302
    rows = list(Reply.objects.order_by("pk").values_list("coming", "name", "how", "entered_by_label"))
    assert rows == [("deputy", "Dee Deputy", "link", BY_LINK), ("remote", "", "link", BY_LINK)]
    asked.refresh_from_db()
    assert asked.answers == 2
    assert [row for row in mails(to=ADDRESS) if row.startswith("Your answer")] != []
    types = ["meetings.coming_said", "requests.round_answered"]
    entries = Entry.objects.filter(type__in=types)
    assert {(entry.type, entry.actor_label) for entry in entries} == {(each, BY_LINK) for each in types}
    assert not Attended.objects.exists()


def test_guessed_ended_past_and_left_links_show_one_page_and_change_nothing(made: World) -> None:
    meeting, asked, person = invited(made)
    guessed = Client().get("/coming/a-guess/")
    sending = said("present")

    def over() -> None:
        stood = everything()
        for answer in (Client().get(URL), Client().post(URL, sending)):
            assert (answer.status_code, body(answer)) == (410, body(guessed))
        assert everything() == stood

    end_link(asked, by=SYSTEM, now=timezone.now())
    over()
    Asked.objects.update(ended_at=None)
    RoundMail.objects.update(ended_at=None)
    assert Client().get(URL).status_code == 200
    Holding.objects.filter(person=person).update(ends_on=timezone.localdate())
    over()
    Holding.objects.filter(person=person).update(ends_on=None)
    Meeting.objects.update(held_on=timezone.localdate(), starts_at=time(0))
    over()
    Meeting.objects.update(held_on=meeting.held_on, starts_at=None)
    assert Client().get(URL).status_code == 200
    moved(Meeting.objects.get(), MeetingDeed.CANCEL, because="Snow")
    over()


def test_a_scanner_that_opens_the_link_or_sends_the_empty_form_changes_nothing(made: World) -> None:
    invited(made)
    stood = everything()
    for method in ("get", "head", "get"):
        assert getattr(Client(), method)(URL).status_code == 200
    answer = Client().post(URL, said("", words="Sent by a machine"))
    assert (answer.status_code, "Say whether you come" in answer.content.decode()) == (422, True)
    assert Client().post(URL, said("absent")).status_code == 422
    assert everything() == stood


def test_a_link_that_ends_while_its_answer_is_taken_keeps_nothing(made: World) -> None:
    meeting, asked, person = invited(made)
    link = links_named([KIND], "secret", timezone.now())[0]
    end_link(asked, by=SYSTEM, now=timezone.now())
    told = {person: ReplyGiven(Attendance.PRESENT)}
    with pytest.raises(LinkOver):
        reply(meeting, told, how=ReplyHow.LINK, link=link, by=SYSTEM, now=timezone.now())
    assert not Reply.objects.exists()


def test_words_that_tell_who_a_child_is_are_asked_about_and_kept_with_the_reason(made: World) -> None:
    invited(made)
    sending = said("apologies", words="At court for NHS number 943 476 5919")
    number = next(iter(sending)).partition("-")[0]
    answer = Client().post(URL, sending)
    assert (answer.status_code, f'name="{number}-because"' in answer.content.decode()) == (422, True)
    assert not Reply.objects.exists()
    assert Client().post(URL, sending | {f"{number}-because": "A test number"}).status_code == 302
    [entry] = Entry.objects.filter(type="meetings.kept_knowingly")
    assert "secret" not in str(entry.after_values)


def test_people_who_share_an_address_get_one_mail_and_answer_each_for_themselves(made: World) -> None:
    both = [seated(made), seated(made, "Ivo Invited")]
    asked = invite(make_meeting(made.group, ahead())).asked.get()
    known(asked)
    assert len(mails(to=ADDRESS)) == 1
    assert Client().post(URL, {f"p{both[1].pk}-coming": "present"}).status_code == 302
    assert Reply.objects.get().person == both[1]


def test_a_member_with_an_account_answers_on_the_page_and_the_unit_types_for_others(made: World) -> None:
    person = seated(made)
    meeting = make_meeting(made.group, ahead())
    own = member("Ida Invited", "owner", "agency", made.agency.key)
    person.user = own
    person.save(update_fields=["user"])
    where = f"/meetings/{meeting.pk}/coming/{person.pk}/"
    mine, other, unit = (enter(Client(), who) for who in (own, made.person("chair"), made.person("unit")))
    assert enter(Client(), made.person("owner")).post(where, {"coming": "present"}).status_code == 403
    assert where in mine.get(f"/meetings/{meeting.pk}/").content.decode()
    assert mine.post(where, {"coming": "apologies", "words": "On leave"}).status_code == 302
    asked = unit.post(where, {}).content.decode()
    assert all(each in asked for each in (f"Say whether {person.name} comes", "Sends a deputy"))
    assert unit.post(where, {"coming": "remote"}).status_code == 302
    assert list(Reply.objects.order_by("pk").values_list("how", flat=True)) == ["page", "typed"]
    Meeting.objects.update(held_on=timezone.localdate(), starts_at=time(0))
    late = unit.post(where, {"coming": "present"})
    assert (late.status_code, "has begun" in late.content.decode()) == (422, True)
    assert other.get(f"/meetings/{meeting.pk}/").status_code == 200


def test_who_keeps_the_groups_meetings_looks_after_their_invitations_and_no_other_round(made: World) -> None:
    meeting, asked, _person = invited(made)
    chair, of_others = (
        made.person("chair"),
        member("Else Where", "chair", "group", create_group("Training sub-group", by=SYSTEM).key),
    )
    where, page = f"/rounds/{asked.round_id}/", f"/meetings/{meeting.pk}/"
    assert f'href="{where}"' in enter(Client(), chair).get(page).content.decode()
    assert "Ida Invited" in enter(Client(), chair).get(where).content.decode()
    assert (
        enter(Client(), chair)
        .post(f"{where}asked/{asked.pk}/", {"do": "end", "email": asked.email})
        .status_code
        == 302
    )
    about_plans = f"/rounds/{asked_about(made)[0].round_id}/"
    for who, address in ((of_others, where), (made.person("owner"), where), (chair, about_plans)):
        refused = enter(Client(), who).get(address)
        assert (refused.status_code, refused.content.decode().count("Rounds are looked after by")) == (403, 1)
        assert enter(Client(), who).post(f"{address}close/").status_code == 403
    assert f'href="{where}"' not in enter(Client(), of_others).get(page).content.decode()


def test_the_meeting_page_says_who_is_expected_whether_a_quorum_is_likely_and_keeps_words_to_its_keepers(
    made: World,
) -> None:
    make_rule(made.group, least_seats=1)
    meeting, _asked, person = invited(made)
    where = f"/meetings/{meeting.pk}/"
    unit, reader = (enter(Client(), made.person(role)) for role in ("unit", "owner"))
    assert "Nobody has answered yet" in reader.get(where).content.decode()
    tell = {"how": ReplyHow.TYPED, "by": SYSTEM, "now": timezone.now()}
    reply(meeting, {person: ReplyGiven(Attendance.APOLOGIES, words="In hospital")}, **tell)
    shown = reader.get(where).content.decode()
    assert "Quorum not likely yet" in shown
    assert "0 seats with a vote expected, 1 asked for." in shown
    assert "In hospital" not in shown
    assert "In hospital" in unit.get(where).content.decode()
    reply(meeting, {person: ReplyGiven(Attendance.DEPUTY, "Dee Deputy")}, **tell)
    shown = reader.get(where).content.decode()
    assert "Quorum likely" in shown
    assert "Dee Deputy" in shown
    meeting.refresh_from_db()
    assert (meeting.current_quorate, meeting.state) == (None, "planned")


def test_attendance_is_suggested_from_answers_and_counts_only_once_it_is_saved(made: World) -> None:
    meeting, _asked, person = invited(made)
    told = {person: ReplyGiven(Attendance.DEPUTY, "Dee Deputy")}
    reply(meeting, told, how=ReplyHow.TYPED, by=SYSTEM, now=timezone.now())
    unit, where = enter(Client(), made.person("unit")), f"/meetings/{meeting.pk}/attending/"
    assert (
        "Dee Deputy" not in unit.get(where).content.decode()
    )  # before the day, apologies alone can be entered
    Meeting.objects.update(held_on=timezone.localdate())
    Reply.objects.update(held_on=timezone.localdate())
    form = unit.get(where).context["form"]
    place = form.places[0].then.seat.pk
    assert (form[f"{place}-1-status"].value(), form[f"{place}-1-who"].value()) == ("deputy", "Dee Deputy")
    assert not Attended.objects.exists()
    sent = {f"{place}-1-status": "absent", f"{place}-1-who": "", "others": "", "seen": str(meeting.version)}
    assert unit.post(where, sent).status_code == 302
    assert Attended.objects.get().status == "absent"


def test_an_answer_about_another_day_counts_no_more_and_is_asked_for_anew(made: World) -> None:
    _meeting, asked, _person = invited(made)
    assert Client().post(URL, said("present")).status_code == 302
    live = Meeting.objects.get()
    edit_meeting(
        live,
        live.version,
        MeetingGiven(ahead(40), starts_at=time(10), ends_at=time(12)),
        by=SYSTEM,
        now=timezone.now(),
    )
    assert send_invitations(live.pk, new=False, by=SYSTEM, now=timezone.now()) == 1
    asked.refresh_from_db()
    assert (asked.answers, Round.objects.get().closes_on) == (0, ahead(40))
    shown = enter(Client(), made.person("owner")).get(f"/meetings/{live.pk}/").content.decode()
    assert "Nobody has answered yet" in shown
    assert mails(to=ADDRESS)[-1].startswith("Changed: ")
    assert Client().get(URL).status_code == 200  # an earlier link goes on working


def test_whoever_left_their_seat_is_told_and_their_link_ended_by_the_daily_look(made: World) -> None:
    _meeting, asked, person = invited(made)
    seated(made, "Sam Staying", "sam@wealdshire.example")
    Holding.objects.filter(person=person).update(ends_on=timezone.localdate())
    assert look_over_invitations(now=timezone.now()) == 1
    asked.refresh_from_db()
    assert asked.ended_at is not None
    assert mails(to=ADDRESS)[-1].startswith("Cancelled: ")
    assert list(Invitation.objects.order_by("pk").values_list("is_cancelled", flat=True)) == [False, True]
    assert look_over_invitations(now=timezone.now()) == 0
    assert Entry.objects.filter(type="requests.link_ended").count() == 1


def test_who_has_not_answered_is_reminded_in_the_week_before_and_never_twice_in_a_week(made: World) -> None:
    meeting, _asked, person = invited(made, days=30)
    now = timezone.now()

    def on(days: int) -> int:
        return send_due(now=now + timedelta(days))

    assert [on(10), on(22)] == [0, 0]
    assert on(23) == 1
    assert mails(to=ADDRESS)[-1].startswith("Are you coming? ")
    assert [on(24), on(29), on(30), on(31)] == [0, 0, 0, 0]
    assert set(RoundMail.objects.values_list("what", flat=True)) == {"asked", "reminded"}
    RoundMail.objects.filter(what="reminded").delete()
    reply(meeting, {person: ReplyGiven(Attendance.REMOTE)}, how=ReplyHow.PAGE, by=SYSTEM, now=now)
    assert on(24) == 0


def test_a_lost_link_is_sent_again_at_once_and_the_earlier_ones_end(made: World) -> None:
    _meeting, asked, _person = invited(made)
    to = send_again(asked, ADDRESS, by=SYSTEM, now=timezone.now())
    assert to == ADDRESS
    assert Client().get(URL).status_code == 410
    last = OutgoingMail.objects.latest("pk")
    assert (last.is_secret, "METHOD:REQUEST" in last.calendar) == (True, True)
    secret = re.search(r"/coming/(\S+)/", last.text)
    assert secret
    assert secret[1] not in last.calendar
    assert Client().get(f"/coming/{secret[1]}/").status_code == 200


def test_a_link_of_a_round_opens_no_invitation_and_the_other_way_round(made: World) -> None:
    invited(made)
    assert Client().get("/update/secret/").status_code == 410
    Round.objects.update(kind="plans.plan")
    assert Client().get(URL).status_code == 410


def test_a_meeting_takes_answers_until_it_begins() -> None:
    on = ahead(0)
    at = datetime.combine(on, time(9, 59))
    assert is_before(on, time(10), at)
    assert not is_before(on, time(10), at + timedelta(minutes=1))
    assert is_before(on, None, at)
    assert not is_before(on, None, at + timedelta(days=1))


def test_a_reminder_is_due_near_the_meeting_and_not_close_to_the_invitation() -> None:
    on, counted = ahead(0), InvitationNumbers(remind_days_before=7, remind_after_days=3)

    def due(left: int, since: int) -> bool:
        return is_reminder_due(on + timedelta(left), on - timedelta(since), on, counted)

    assert [due(8, 9), due(7, 3), due(7, 2), due(1, 9), due(0, 9)] == [False, True, False, True, False]
