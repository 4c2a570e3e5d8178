"""Returns: written in versions, signed off with their figures, compared with last time's next steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import MeetingKind
from sightline.meetings.rules.attendance import Tally
from sightline.meetings.selectors.counted import figures, stands
from sightline.messages.models import WorkItem
from sightline.partners.services import create_group
from sightline.requests.choices import OwedState
from sightline.requests.figures import figures_of
from sightline.requests.models import Owed
from sightline.rhythm.choices import ReturnState, StepOutcome
from sightline.rhythm.models import Return, ReturnText, SignedOff
from sightline.rhythm.pages.returns import return_page
from sightline.rhythm.selectors.returns import read_return
from sightline.rhythm.services import StepSaid, answer_with, begin_return, open_again, refresh_work
from tests.access.people import World, enter, world
from tests.meetings.making import came, make_meeting, make_rule, seat_of
from tests.plans.making import make_action, make_plan
from tests.rhythm.making import FIRST, LAST, SIGNED, in_days, make_cycle, make_return, owed, signed, written

pytestmark = pytest.mark.django_db
NEXT = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def made() -> World:
    return world()


def test_nothing_that_was_written_is_overwritten(made: World) -> None:
    found = written(make_return(made.group))
    found = written(found, challenges="The post is filled")
    assert list(ReturnText.objects.filter(heading="challenges").values_list("text", flat=True)) == [
        "A vacant post", "The post is filled",
    ]  # fmt: skip
    assert ReturnText.objects.count() == 6
    version = found.version
    assert written(found, challenges="The post is filled").version == version
    read = read_return(found)
    assert (read.text_of("challenges"), read.text_of("voice")[:13]) == ("The post is filled", "Children said")


def test_who_saw_an_older_version_overwrites_nothing(made: World) -> None:
    found = make_return(made.group)
    old = Return.objects.get(pk=found.pk)
    written(found)
    with pytest.raises(StaleRecord):
        written(old, impact="Mine")
    assert read_return(found).text_of("impact") == "Fewer children waited for an assessment"


def test_a_signature_keeps_the_figures_and_what_stayed_open(made: World) -> None:
    plan = make_plan(made.group)
    action = make_action(plan, made.agency)
    make_meeting(made.group, date(2026, 5, 6))
    hidden = make_action(plan, made.agency, text="Of the confidential plan", tier=Tier.T2)
    found = signed(written(make_return(made.group), voice="None"))
    kept = {each["label"]: (each["value"], each["rows"]) for each in SignedOff.objects.get().figures}
    assert kept["Actions"] == ("1", [[f"1.1 {action.text}", f"/actions/{action.reference}/"]])
    assert hidden.text not in str(kept)
    assert len(SignedOff.objects.get().asked_back) == 1
    make_action(plan, made.agency, text="Made afterwards")
    page = return_page(made.people["chair"], Return.objects.get(pk=found.pk))
    assert {each.label: each.value for each in page.figures}["Actions"] == "1"
    with pytest.raises(Unacceptable, match="signed off"):
        written(found, impact="Changed")


def test_a_signed_return_is_opened_with_a_reason_and_both_signatures_stay(made: World) -> None:
    found = signed(written(make_return(made.group)))
    with pytest.raises(Unacceptable, match="why"):
        open_again(found, found.version, " ", by=SYSTEM, now=timezone.now())
    found = open_again(found, found.version, "A wrong number", by=SYSTEM, now=timezone.now())
    assert (found.state, found.current_signed_on) == (ReturnState.DRAFT, None)
    signed(written(found, achievements="Three audits finished"), date(2026, 7, 20))
    days = list(SignedOff.objects.order_by("pk").values_list("signed_on", flat=True))
    assert days == [SIGNED, date(2026, 7, 20)]
    assert Entry.objects.filter(subject_app="rhythm", type__endswith="return_opened").count() == 1


def test_last_times_next_steps_are_told_one_by_one(made: World) -> None:
    before = signed(written(make_return(made.group)))
    found = make_return(made.group, *NEXT)
    read = read_return(found)
    assert read.before == before
    assert [(step.order, step.step, step.told) for step in read.steps] == [
        (1, "Write to schools", None), (2, "Repeat the audit", None),
    ]  # fmt: skip
    found = written(found, {1: StepSaid(StepOutcome.DONE, "All but two schools")})
    found = written(found, {1: StepSaid(StepOutcome.PARTLY, "All but two schools")})
    again = read_return(found)
    assert again.unsaid == 1
    assert [(s.told.outcome, s.told.text) for s in again.steps if s.told] == [
        ("partly", "All but two schools")
    ]
    assert found.steps.count() == 2


def test_who_told_what_of_a_step_and_what_was_told_before_stands_on_the_page(
    client: Client, made: World
) -> None:
    before = signed(written(make_return(made.group)))
    found = written(make_return(made.group, *NEXT), {1: StepSaid(StepOutcome.NOT_DONE, "Nobody had time")})
    found = written(found, {1: StepSaid(StepOutcome.DONE, "All schools")})
    enter(client, made.people["owner"])
    page = client.get(f"/group-returns/{found.pk}/").content.decode()
    assert f'href="/group-returns/{before.pk}/">the return before this one' in page
    home = client.get(f"/partners/groups/{made.group.pk}/").content.decode()
    assert f"/group-returns/?group={made.group.key}" in home
    assert page.index("All schools") < page.index("Before: not done. Nobody had time (Sightline, ")


def test_the_last_return_of_another_kind_or_a_draft_is_not_compared_with(made: World) -> None:
    written(make_return(made.group))
    assert read_return(make_return(made.group, *NEXT)).before is None


def test_it_cannot_be_signed_before_its_time_is_over_nor_made_twice(made: World) -> None:
    found = written(make_return(made.group))
    with pytest.raises(Unacceptable, match="from the day after"):
        signed(found, LAST)
    with pytest.raises(Unacceptable, match="already"):
        make_return(made.group)


def test_a_signature_answers_what_was_owed_and_its_work_is_gone(made: World) -> None:
    waits = owed(make_cycle(made.group, made.group, due=10))
    refresh_work(now=timezone.now())
    chair = made.people["chair"]
    assert list(WorkItem.objects.filter(kind="owed").values_list("for_scope", "due_on")) == [
        (f"user:{chair.pk}", waits.due_on)
    ]
    found = make_return(made.group, waits.period_from, in_days(-1), waits)
    signed(written(found), timezone.localdate())
    answered = Owed.objects.select_related("cycle").get(pk=waits.pk)
    assert answered.state_on(in_days(0)) == OwedState.CAME
    assert (answered.came_record, WorkItem.objects.filter(kind="owed").count()) == (found.pk, 0)


def test_one_return_answers_all_that_is_owed_of_its_time(client: Client, made: World) -> None:
    board = create_group("The board", by=SYSTEM)
    late = [
        owed(make_cycle(to, made.group, due=due, first_until=in_days(-6)))
        for to, due in ((made.group, -1), (board, 9))
    ]
    found = make_return(made.group, late[0].period_from, in_days(-6))
    refresh_work(now=timezone.now())
    enter(client, made.people["chair"])
    address = "/group-returns/new/"
    page = client.get(f"{address}?owed={late[0].pk}").content.decode()
    assert page.count("(answer it with the return that stands)") == 2
    told = client.post(address, {"of": f"owed:{late[0].pk}"}, follow=True)
    assert told.redirect_chain[-1][0] == f"/group-returns/{found.pk}/write/"
    assert Owed.objects.get(pk=late[0].pk).came_on is None
    signed(written(found), in_days(-2))
    client.post(address, {"of": f"owed:{late[1].pk}"})
    assert [(each.came_on, each.came_record) for each in Owed.objects.filter(came_on__isnull=False)] == [
        (in_days(-2), found.pk)
    ] * 2
    assert not WorkItem.objects.filter(kind="owed").exists()
    assert Return.objects.count() == 1
    page = client.get(f"/group-returns/{found.pk}/").content.decode()
    assert "Neglect sub-group, by " in page
    assert "; The board, by " in page
    waits = Owed.objects.exclude(pk__in=[each.pk for each in late]).select_related("cycle__group").first()
    assert waits
    with pytest.raises(Unacceptable, match="another group, kind or time"):
        answer_with(Return.objects.get(), waits, by=SYSTEM)


def test_attendance_is_the_figure_of_the_page_of_attendance(made: World) -> None:
    make_rule(made.group)
    seats = [seat_of(made.group, made.agency, name) for name in ("Sid Seated", "Ann Absent", "")]
    for held_on, kind in (
        (date(2026, 5, 6), MeetingKind.ORDINARY),
        (date(2026, 6, 3), MeetingKind.DEVELOPMENT),
    ):
        meeting = make_meeting(made.group, held_on, kind=kind)
        came(meeting, seats={seats[0]: "present", seats[1]: "apologies"})
    told = {each.label: each.value for each in figures_of(made.group, FIRST, LAST)}
    standing = stands(made.people["unit"], made.group)
    (shown,) = figures(standing, made.group, None).years
    counted = Tally(*shown.total)
    assert (counted.attended, counted.counted) == (1, 2)
    assert told["Attendance"] == "1 of 2 seats filled (50%)"
    assert told["Meetings held"] == "1"


def test_the_unit_says_whose_signature_it_types_and_the_chair_does_not(client: Client, made: World) -> None:
    found = written(make_return(made.group))
    address = f"/group-returns/{found.pk}/sign/"
    enter(client, made.people["unit"])
    sent: dict[str, Any] = {"seen": str(found.version), **_day(SIGNED)}
    answer = client.post(address, sent)
    assert "The chair, or who stood in" in answer.content.decode()
    assert not SignedOff.objects.exists()
    client.post(address, sent | {"signed_by": "Cy Chair", "how": "email"})
    row = SignedOff.objects.get()
    assert (row.signed_by, row.how, row.entered_by_label) == ("Cy Chair", "email", "Una Unit")


def test_a_return_is_taken_away_as_word_pdf_and_html(client: Client, made: World) -> None:
    found = signed(written(make_return(made.group)))
    enter(client, made.people["unit"])
    for format, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype html>")):
        answer = client.get(f"/group-returns/{found.pk}/file/{format}/")
        assert answer.content[:30].lower().startswith(begins.lower()), format
    words = answer.content.decode()
    assert "Fewer children waited for an assessment" in words
    assert "Signed off on 10 July 2026 by Cy Chair" in words


def _day(on: date) -> dict[str, str]:
    return {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}


def test_what_is_written_on_the_page_is_kept_beside_what_somebody_saved_meanwhile(
    client: Client, made: World
) -> None:
    found = make_return(made.group)
    enter(client, made.people["chair"])
    words = {"impact": "Mine", "seen": str(found.version)}
    written(found)
    answer = client.post(f"/group-returns/{found.pk}/write/", words)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Mine" in text
    assert "Fewer children waited for an assessment" in text
    client.post(f"/group-returns/{found.pk}/write/", words | {"seen": "2", "voice": "Heard"})
    assert read_return(found).text_of("impact") == "Mine"


def test_a_return_is_sent_back_with_words_that_its_chair_is_asked_about_until_it_is_signed_again(
    client: Client, made: World
) -> None:
    found = signed(written(make_return(made.group)))
    address = f"/group-returns/{found.pk}"
    enter(client, made.people["chair"])
    assert client.post(f"{address}/send-back/", {"seen": "3", "why": "Mine"}).status_code == 403
    assert "Send it back" not in client.get(f"{address}/").content.decode()
    enter(client, made.people["unit"])
    client.post(f"{address}/send-back/", {"seen": str(found.version), "why": "What came of the audit?"})
    chair = made.people["chair"]
    assert [(item.for_scope, item.subject_id) for item in WorkItem.objects.filter(kind="return_back")] == [
        (f"user:{chair.pk}", str(found.pk))
    ]
    page = client.get(f"{address}/").content.decode()
    assert "Sent back by the business unit:</strong> What came of the audit?" in page
    again = written(Return.objects.get(pk=found.pk), impact="The audit changed the letter; fewer waited")
    signed(again, date(2026, 7, 20))
    assert not WorkItem.objects.filter(kind="return_back").exists()
    page = client.get(f"{address}/").content.decode()
    assert "Sent back by the business unit" not in page
    assert page.index("Signed off on 20 July 2026") < page.index("What came of the audit?")
    assert page.index("What came of the audit?") < page.index("Signed off on 10 July 2026")


def test_a_yearly_return_begins_with_what_the_signed_quarters_say(client: Client, made: World) -> None:
    quarters = [(date(2025, 4, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30)),
                (date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31))]  # fmt: skip
    for number, (first, last) in enumerate(quarters, 1):
        found = written(
            make_return(made.group, first, last), achievements=f"Audit {number}", next_steps=f"Step {number}"
        )
        if number != 2:
            signed(found)
    outside = make_return(made.group)
    signed(written(outside, achievements="After the year"))
    year = begin_return(
        made.group, "return_year", date(2025, 4, 1), date(2026, 3, 31), by=SYSTEM, now=timezone.now()
    )
    enter(client, made.people["chair"])
    form = client.get(f"/group-returns/{year.pk}/write/").context["form"]
    assert form.fields["achievements"].initial == (
        "1 April 2025 to 30 June 2025:\nAudit 1\n\n1 October 2025 to 31 December 2025:\nAudit 3\n\n"
        "1 January 2026 to 31 March 2026:\nAudit 4"
    )
    assert form.fields["next_steps"].initial == "Step 4"
    assert not read_return(year).texts
    written(year, achievements="", impact="Fewer waited")
    form = client.get(f"/group-returns/{year.pk}/write/").context["form"]
    assert form.fields["achievements"].initial == ""


def test_all_returns_of_a_quarter_are_one_document_with_those_that_did_not_come(
    client: Client, made: World
) -> None:
    other, silent = (create_group(name, by=SYSTEM) for name in ("Training sub-group", "Health sub-group"))
    signed(written(make_return(made.group, date(2026, 1, 1), date(2026, 3, 31))))
    signed(written(make_return(made.group), {1: StepSaid(StepOutcome.DONE, "All schools")}))
    written(make_return(other), achievements="A course for forty")
    cycle = make_cycle(made.group, silent, due=-30)
    Owed.objects.filter(cycle=cycle, due_on=in_days(-30)).update(period_from=FIRST, period_until=LAST)
    enter(client, made.people["unit"])
    asked = []
    for narrowed in (f"?until={LAST}", f"?until={LAST}&group={made.group.key}"):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(f"/group-returns/whole/html/{narrowed}").content.decode()
        asked.append((len(queries), text))
    whole, one = (text for _, text in asked)
    assert whole.index("Neglect sub-group: quarterly return") < whole.index(
        "Training sub-group: quarterly return"
    )
    assert "Signed off on 10 July 2026 by Cy Chair" in whole
    assert "All schools" in whole
    assert "A course for forty" in whole
    assert "This is a draft" in whole
    assert "Health sub-group: Quarterly return, due by" in whole
    assert "1 January 2026" not in whole
    assert "A course for forty" not in one
    assert asked[0][0] == asked[1][0] <= 12
    assert client.get("/group-returns/whole/docx/").content.startswith(b"PK")
