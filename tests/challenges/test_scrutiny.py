"""The scrutiny log is the scrutineer's own: partners answer in rows that stay, the scrutineer judges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.models import Membership
from sightline.challenges.choices import ScrutinyDeed, ScrutinyState, Verdict
from sightline.challenges.models import Challenge, Scrutiny, ScrutinyStep
from sightline.challenges.rules.scrutiny import is_answer_late, scrutiny_deeds, state_after
from sightline.challenges.services import Said, ScrutinyMore, do_scrutiny, edit_scrutiny, refresh_work
from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from tests.access.people import World, enter, world
from tests.challenges.making import DUE, RAISED, make_scrutiny, scrutiny_done

pytestmark = pytest.mark.django_db
DAY = {"as_at-day": "1", "as_at-month": "6", "as_at-year": "2026"}


@pytest.fixture
def made() -> World:
    return world()


def waits() -> set[tuple[str, str]]:
    """Whose turn it is; whoever chases what is late stands in test_late.py."""
    found = WorkItem.objects.filter(subject_model="scrutiny").exclude(kind__endswith="_late")
    return set(found.values_list("for_scope", "kind"))


def test_where_an_entry_stands_follows_who_has_answered() -> None:
    waiting, answered, closed = ScrutinyState.WAITING, ScrutinyState.ANSWERED, ScrutinyState.CLOSED
    respond = ScrutinyDeed.RESPOND
    assert state_after(respond, waiting, [True, False]) == waiting
    assert state_after(respond, waiting, [True, True]) == answered
    assert state_after(respond, closed, [True, True]) == closed
    assert state_after(ScrutinyDeed.FOLLOW_UP, answered, [True]) == answered
    assert state_after(ScrutinyDeed.VERDICT, waiting, [False]) == closed
    assert state_after(ScrutinyDeed.ASK_AGAIN, closed, [False]) == waiting
    first = [scrutiny_deeds(True, state)[0] for state in (waiting, answered, closed)]
    assert first == [respond, ScrutinyDeed.VERDICT, ScrutinyDeed.FOLLOW_UP]
    assert all(len(set(scrutiny_deeds(True, state))) == 4 for state in ScrutinyState)
    assert not is_answer_late(waiting, DUE, DUE)
    assert is_answer_late(waiting, DUE, DUE + timedelta(days=1))
    assert not is_answer_late(answered, DUE, date(2030, 1, 1))


def test_it_waits_for_each_asked_then_for_the_scrutineer_and_ends_with_a_verdict(made: World) -> None:
    agency, group = f"agency:{made.agency.key}", f"group:{made.group.key}"
    found = make_scrutiny(made.agency, made.group)
    assert waits() == {(agency, "scrutiny_response"), (group, "scrutiny_response")}
    found = scrutiny_done(found, ScrutinyDeed.RESPOND, "We call each time", partner=0)
    assert (found.state, waits()) == ("waiting", {(group, "scrutiny_response")})
    found = scrutiny_done(found, ScrutinyDeed.RESPOND, "So do we", partner=1)
    assert (found.state, waits()) == ("answered", {("may:scrutiny_write", "scrutiny_verdict")})
    found = scrutiny_done(found, ScrutinyDeed.ASK_AGAIN, "Show me ten records", due_on=date(2026, 8, 1))
    assert (found.state, found.current_due_on) == ("waiting", date(2026, 8, 1))
    assert waits() == {(agency, "scrutiny_response"), (group, "scrutiny_response")}
    found = scrutiny_done(found, ScrutinyDeed.VERDICT, "Eight of ten", verdict=Verdict.PRACTICE)
    found = scrutiny_done(found, ScrutinyDeed.FOLLOW_UP, "Nine of ten a year on")
    assert (found.state, found.current_verdict, waits()) == ("closed", "practice", set())
    told = list(ScrutinyStep.objects.order_by("pk").values_list("deed", "text"))
    assert [deed for deed, _ in told] == ["record", "respond", "respond", "ask-again", "verdict", "follow-up"]
    assert told[1][1] == "We call each time"
    assert Entry.objects.filter(subject_model="scrutiny").count() == 6


def test_who_nobody_could_answer_for_is_asked_through_the_unit(made: World) -> None:
    make_scrutiny(made.agency, made.group)
    Membership.objects.filter(scope_key=made.agency.key).update(ends_on=date(2026, 1, 1))
    refresh_work(now=timezone.now())
    assert waits() == {("unit", "scrutiny_response"), (f"group:{made.group.key}", "scrutiny_response")}


def test_an_entry_that_asks_nothing_is_noted(made: World) -> None:
    found = make_scrutiny(asked="", due_on=None)
    assert (found.state, found.current_verdict, waits()) == ("closed", "noted", set())
    with pytest.raises(Unacceptable, match="Nothing was asked"):
        scrutiny_done(found, ScrutinyDeed.RESPOND)


def test_what_does_not_go_together_is_refused_and_nothing_is_kept(made: World) -> None:
    for sentence, parties, given in (
        ("of whom, and by when", (made.agency,), {"asked": " "}),
        ("of whom, and by when", (), {}),
        ("of whom, and by when", (made.agency,), {"due_on": None}),
        ("before the day", (made.agency,), {"due_on": RAISED - timedelta(days=1)}),
        ("what was found", (made.agency,), {"found": " "}),
        ("lies ahead", (made.agency,), {"seen_on": timezone.localdate() + timedelta(days=1)}),
    ):
        with pytest.raises(Unacceptable, match=sentence):
            make_scrutiny(*parties, **given)
    assert not Scrutiny.objects.exists()
    found = make_scrutiny(made.agency)
    for sentence, deed in (
        ("Choose who answers", ScrutinyDeed.RESPOND),
        ("Choose a verdict", ScrutinyDeed.VERDICT),
        ("by which an answer", ScrutinyDeed.ASK_AGAIN),
    ):
        with pytest.raises(Unacceptable, match=sentence):
            scrutiny_done(found, deed)
    assert ScrutinyStep.objects.count() == 1


def test_the_second_of_two_is_told_and_words_become_open_under_the_higher_tier(made: World) -> None:
    found = make_scrutiny(made.agency, tier=Tier.T2)
    values = {name: getattr(found, name) for name in ("title", "looked_at", "found", "asked", "kind")}
    edit_scrutiny(found, 1, {**values, "found": "Softer", "tier": "T1"}, by=SYSTEM, now=timezone.now())
    assert Entry.objects.get(type="challenges.scrutiny_edited").tier == "T2"
    with pytest.raises(StaleRecord):
        scrutiny_done(found, ScrutinyDeed.VERDICT, verdict=Verdict.CHILDREN)
    found.refresh_from_db()
    with pytest.raises(StaleRecord):
        do_scrutiny(found, ScrutinyDeed.RESPOND, Said("Old", RAISED), version=1, more=ScrutinyMore(), by=SYSTEM,
                    now=timezone.now())  # fmt: skip
    assert ScrutinyStep.objects.count() == 1


def test_the_scrutineer_writes_partners_answer_and_nobody_else_judges(client: Client, made: World) -> None:
    def status(role: str, deed: str, **sent: str) -> int:
        enter(client, made.people[role])
        return client.post(
            f"/scrutiny/{found.pk}/{deed}/", {"text": "In a sentence", **DAY, **sent}
        ).status_code

    found = make_scrutiny(made.agency, tier=Tier.T2)
    partner = str(found.partners.get().pk)
    assert status("chair", "respond", partner=partner, seen="1") == 404
    assert status("executive", "respond", partner=partner, seen="1") == 403
    assert status("unit", "verdict", verdict="children", seen="1") == 403
    # The unit types for a partner, and says whose words they are.
    assert status("unit", "respond", partner=partner, seen="1") == 422
    told = {"said_by": "The duty manager", "received_how": "email"}
    assert status("unit", "respond", partner=partner, seen="1", **told) == 302
    assert status("owner", "respond", partner=partner, seen="2") == 302
    assert status("owner", "verdict", verdict="children", seen="3") == 403
    assert status("scrutineer", "verdict", verdict="children", seen="3") == 302
    assert Scrutiny.objects.get().current_verdict == "children"
    voices = [step.voice for step in ScrutinyStep.objects.filter(deed="respond").order_by("pk")]
    assert voices == ["The duty manager by e-mail, entered by Una Unit", "Ola Owner"]


def test_a_challenge_is_raised_from_an_entry_and_each_leads_to_the_other(client: Client, made: World) -> None:
    found = make_scrutiny(made.agency, tier=Tier.T2)
    enter(client, made.people["scrutineer"])
    address = f"/challenges/new/?after={found.pk}"
    assert found.found in client.get(address).text
    boxes = {f"{name}-{part}": value for name in ("raised_on", "due_on")
             for part, value in (("day", "1"), ("month", "6"), ("year", "2026"))}  # fmt: skip
    sent = {"by": "scrutineer", "to": f"agency:{made.agency.key}", "title": "T", "text": "W", "asked": "A",
            "tier": "T1", **boxes}  # fmt: skip
    assert client.post(address, sent).status_code == 302
    raised = Challenge.objects.get()
    assert raised.scrutiny == found
    assert f"/scrutiny/{found.pk}/" in client.get(f"/challenges/{raised.pk}/").text
    assert f"/challenges/{raised.pk}/" in client.get(f"/scrutiny/{found.pk}/").text
    # Whoever may not read the entry is not told of it beside the challenge.
    enter(client, made.people["chair"])
    shown = client.get(f"/challenges/{raised.pk}/").text
    assert "W" in shown
    assert found.title not in shown
    # Nor does anybody else tie a challenge to it.
    assert client.post(address, {**sent, "by": f"group:{made.group.key}"}).status_code == 302
    assert Challenge.objects.latest("pk").scrutiny is None


def test_the_log_is_written_narrowed_and_taken_away(client: Client, made: World) -> None:
    enter(client, made.people["scrutineer"])
    boxes = {f"{name}-{part}": value for name in ("seen_on", "due_on")
             for part, value in (("day", "1"), ("month", "6"), ("year", "2026"))}  # fmt: skip
    sent = {"title": "Front door", "kind": "visit", "looked_at": "Two days", "found": "Calls wait",
            "asked": "More staff", "tier": "T1", "of": [f"agency:{made.agency.key}"], **boxes}  # fmt: skip
    assert client.post("/scrutiny/new/", sent).status_code == 302
    make_scrutiny(made.group, title="Letters", due_on=timezone.localdate())

    def titles(query: str) -> list[str]:
        return [row.title for row in client.get(f"/scrutiny/?{query}").context["page"].listing.rows]

    assert set(titles("state=open")) == {"Front door", "Letters"}
    assert (
        titles("state=late")
        == titles(f"of=agency:{made.agency.key}")
        == titles("kind=visit&words=calls")
        == ["Front door"]
    )
    assert titles("verdict=children") == []
    taken = client.get("/scrutiny/rows/csv/?state=late").content.decode()
    assert "Wealdshire Police" in taken
    assert "Letters" not in taken
