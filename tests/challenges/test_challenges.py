"""Raising, answering, judging and closing challenges: rows that stay, whose turn it is, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.models import Membership
from sightline.challenges.choices import ChallengeState, Changed, Deed, From
from sightline.challenges.models import Challenge, ChallengeStep
from sightline.challenges.reports import answer_days, by_age, by_challenger
from sightline.challenges.services import edit_challenge, refresh_work
from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.partners.services import create_agency
from tests.access.people import World, enter, member, person, world
from tests.challenges.making import DUE, RAISED, done, make_challenge

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def waits_for() -> dict[str, str]:
    """Whose turn it is; whoever chases what is late stands in test_late.py."""
    found = WorkItem.objects.filter(subject_app="challenges").exclude(kind__endswith="_late")
    return dict(found.values_list("for_scope", "kind"))


def test_an_answer_waits_for_the_challenged_then_the_verdict_for_the_challenger(made: World) -> None:
    found = make_challenge(made.agency, made.group, by=made.people["chair"].actor)
    assert waits_for() == {f"agency:{made.agency.key}": "challenge_answer"}
    assert WorkItem.objects.get(kind="challenge_answer").due_on == DUE
    found = done(found, Deed.ANSWER)
    assert waits_for() == {f"group:{made.group.key}": "challenge_verdict"}
    found = done(found, Deed.ASK_MORE, due_on=date(2026, 7, 31))
    assert waits_for() == {f"agency:{made.agency.key}": "challenge_answer"}
    assert found.current_due_on == date(2026, 7, 31)
    done(done(found, Deed.ANSWER), Deed.CLOSE, changed_for=Changed.CHILDREN)
    assert waits_for() == {}


def test_nothing_that_was_said_is_overwritten(made: World) -> None:
    found = make_challenge(made.agency, made.group)
    found = done(found, Deed.ANSWER, "First", as_at=date(2026, 6, 5))
    found = done(found, Deed.ANSWER, "Second", as_at=date(2026, 6, 9))
    found = done(found, Deed.CLOSE, "Enough", as_at=date(2026, 6, 11), changed_for=Changed.PRACTICE)
    assert (found.state, found.current_closed_on) == (ChallengeState.CLOSED, date(2026, 6, 11))
    found = done(found, Deed.REOPEN, "It came back", as_at=date(2026, 6, 20), due_on=date(2026, 7, 20))
    assert (found.state, found.current_closed_on) == (ChallengeState.RAISED, None)
    assert found.current_answered_on == date(2026, 6, 5)
    said = list(ChallengeStep.objects.values_list("deed", "text").order_by("as_at", "pk"))
    assert said == [
        ("raise", "Invite health each time."), ("answer", "First"), ("answer", "Second"), ("close", "Enough"),
        ("reopen", "It came back"),
    ]  # fmt: skip
    assert Entry.objects.filter(subject_app="challenges").count() == 5


def test_the_unit_closes_only_where_the_challenger_has_left(made: World) -> None:
    found = make_challenge(made.agency, made.group, by=made.people["chair"].actor)
    with pytest.raises(Unacceptable, match="is still there"):
        done(found, Deed.CLOSE_FOR)
    Membership.objects.filter(scope_key=made.group.key).update(ends_on=date(2026, 1, 1))
    found = done(found, Deed.ANSWER)
    assert waits_for() == {"unit": "challenge_verdict"}
    assert done(found, Deed.CLOSE_FOR, "The chair left in May").state == ChallengeState.CLOSED
    assert Entry.objects.filter(type="challenges.challenge_closed_for").count() == 1


def test_what_waits_for_somebody_who_left_waits_for_the_unit_after_a_night(made: World) -> None:
    make_challenge(made.agency, made.group)
    Membership.objects.filter(scope_key=made.agency.key).update(ends_on=date(2026, 1, 1))
    refresh_work(now=timezone.now())
    assert waits_for() == {"unit": "challenge_answer"}


def test_a_sentence_a_day_and_what_changed_are_needed(made: World) -> None:
    found = done(make_challenge(made.agency, made.group), Deed.ANSWER)
    with pytest.raises(Unacceptable, match="in a sentence"):
        done(found, Deed.CLOSE, " ", changed_for=Changed.NOTHING)
    with pytest.raises(Unacceptable, match="for whom something changed"):
        done(found, Deed.CLOSE)
    with pytest.raises(Unacceptable, match="lies ahead"):
        done(found, Deed.ANSWER, as_at=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Unacceptable, match="It was raised on 1 June 2026"):
        done(found, Deed.ANSWER, as_at=date(2026, 5, 31))
    with pytest.raises(Unacceptable, match="asked for"):
        done(found, Deed.ASK_MORE)
    assert ChallengeStep.objects.count() == 2


def test_nobody_challenges_themselves_or_asks_for_yesterday(made: World) -> None:
    with pytest.raises(Unacceptable, match="themselves"):
        make_challenge(made.agency, made.agency)
    with pytest.raises(Unacceptable, match="before the day"):
        make_challenge(made.agency, due_on=RAISED - timedelta(days=1))
    assert not Challenge.objects.exists()


def test_the_second_of_two_is_told(made: World) -> None:
    found = make_challenge(made.agency, made.group)
    done(found, Deed.ANSWER)
    with pytest.raises(StaleRecord):
        done(found, Deed.WITHDRAW)
    values = {"title": "Other", "text": "Words", "asked": "More", "tier": "T1"}
    with pytest.raises(StaleRecord):
        edit_challenge(found, found.version, values, by=SYSTEM, now=timezone.now())


def test_words_that_become_open_to_all_are_told_under_the_higher_tier(made: World) -> None:
    found = make_challenge(made.agency, made.group, tier=Tier.T2)
    values = {"title": found.title, "text": "Softer words", "asked": found.asked, "tier": "T1"}
    edit_challenge(found, found.version, values, by=SYSTEM, now=timezone.now())
    assert Entry.objects.get(type="challenges.challenge_edited").tier == "T2"


def test_figures_count_what_their_rows_show(client: Client, made: World) -> None:
    today = timezone.localdate()
    for days in (3, 40, 100, 200):
        day = today - timedelta(days=days)
        make_challenge(made.agency, made.group, raised_on=day, due_on=today)
    answered = make_challenge(made.group, None, kind=From.SCRUTINEER, raised_on=today - timedelta(days=9),
                              due_on=today)  # fmt: skip
    done(answered, Deed.ANSWER, as_at=today - timedelta(days=4))
    hidden = create_agency("Elsewhere", by=SYSTEM)
    make_challenge(hidden, create_agency("Far away", by=SYSTEM), raised_on=today, due_on=today, tier=Tier.T2)
    reader = made.people["owner"]
    enter(client, reader)
    figures = [*by_age(reader, today), *by_challenger(reader)]
    assert [(f.label, f.number) for f in figures] == [
        ("Up to 28 days", 2), ("29 to 91 days", 1), ("92 days or more", 2),
        ("Neglect sub-group", 4), ("The independent scrutineer", 1),
    ]  # fmt: skip
    for figure in figures:
        shown = client.get(f"/challenges/{figure.query}").context["page"].listing
        assert shown.count.number == figure.number, figure.label
    assert answer_days(reader).number == 5
    assert client.get("/challenges/figures/").status_code == 200


def post(client: Client, address: str, **data: str) -> int:
    day = {"as_at-day": "1", "as_at-month": "7", "as_at-year": "2026"}
    return client.post(address, {"text": "In a sentence", **day, **data}).status_code


def test_each_side_does_its_own_and_no_more(made: World) -> None:
    found = make_challenge(made.agency, made.group, by=made.people["chair"].actor)
    chair, owner = enter(Client(), made.people["chair"]), enter(Client(), made.people["owner"])
    stranger = enter(Client(), member("Mo Member", "owner", "agency", create_agency("Else", by=SYSTEM).key))
    home = f"/challenges/{found.pk}"
    assert post(chair, f"{home}/answer/", seen="1") == 403
    assert post(stranger, f"{home}/answer/", seen="1") == 403
    assert post(owner, f"{home}/answer/", seen="1") == 302
    assert post(owner, f"{home}/close/", seen="2", changed="practice") == 403
    assert post(chair, f"{home}/close/", seen="2", changed="practice") == 302
    assert post(owner, f"{home}/nonsense/", seen="3") == 404
    assert Challenge.objects.get().state == ChallengeState.CLOSED


def test_the_unit_types_for_others_and_says_for_whom(made: World) -> None:
    found = make_challenge(made.agency, made.group, by=made.people["chair"].actor)
    unit = enter(Client(), made.people["unit"])
    assert post(unit, f"/challenges/{found.pk}/answer/", seen="1") == 422
    sent = {"seen": "1", "said_by": "Ola Owner", "received_how": "telephone"}
    assert post(unit, f"/challenges/{found.pk}/answer/", **sent) == 302
    step = ChallengeStep.objects.get(deed="answer")
    assert step.voice == "Ola Owner by telephone, entered by Una Unit"
    assert "Ola Owner" not in Entry.objects.get(type="challenges.challenge_answered").after


def test_a_stale_form_shows_what_was_saved_beside_ones_own_words(made: World) -> None:
    found = make_challenge(made.agency, made.group)
    owner = enter(Client(), made.people["owner"])
    done(found, Deed.ANSWER, "Saved by another")
    day = {"as_at-day": "1", "as_at-month": "7", "as_at-year": "2026"}
    shown = owner.post(f"/challenges/{found.pk}/answer/", {"text": "My own words", "seen": "1", **day})
    assert shown.status_code == 422
    assert "Saved by another" in shown.text
    assert "My own words" in shown.text
    assert 'name="seen" value="2"' in shown.text


def test_words_that_tell_who_a_child_is_are_kept_with_a_reason_alone(made: World) -> None:
    found = make_challenge(made.agency, made.group)
    owner = enter(Client(), made.people["owner"])
    words = {"text": "The girl born on 3 April 2014 was not seen", "seen": "1"}
    assert post(owner, f"/challenges/{found.pk}/answer/", **words) == 422
    assert post(owner, f"/challenges/{found.pk}/answer/", **words, because="Printed in the report") == 302
    kept = Entry.objects.get(type="challenges.kept_knowingly")
    assert (kept.tier, "2014" in kept.after) == ("T2", False)


def test_anyone_with_a_role_raises_for_themselves_and_theirs_and_for_nobody_else(made: World) -> None:
    practitioner = enter(Client(), made.person("practitioner"))
    due = {f"due_on-{k}": v for k, v in (("day", "1"), ("month", "8"), ("year", "2027"))}
    raised = {f"raised_on-{k}": v for k, v in (("day", "1"), ("month", "7"), ("year", "2026"))}
    sent = {"title": "Seen late", "text": "Why", "asked": "What", "tier": "T1", **due, **raised,
            "to": f"group:{made.group.key}"}  # fmt: skip
    assert practitioner.post("/challenges/new/", {**sent, "by": "scrutineer"}).status_code == 422
    assert practitioner.post("/challenges/new/", {**sent, "by": "me"}).status_code == 302
    own = Challenge.objects.get()
    assert (own.challenger, own.from_user_id) == ("A practitioner", made.person("practitioner").pk)
    assert practitioner.get(f"/challenges/{own.pk}/").status_code == 200
    assert (
        practitioner.post("/challenges/new/", {**sent, "by": f"agency:{made.agency.key}"}).status_code == 302
    )
    other = make_challenge(made.agency, made.group)
    assert practitioner.get(f"/challenges/{other.pk}/").status_code == 404
    nobody = enter(Client(), person("Nora None"))
    assert nobody.get("/challenges/").status_code == 403


def test_who_left_an_agency_speaks_for_it_no_more(made: World) -> None:
    owner = made.people["owner"]
    found = make_challenge(made.group, made.agency, by=owner.actor, tier=Tier.T2)
    assert enter(Client(), owner).get(f"/challenges/{found.pk}/").status_code == 200
    owner.memberships.update(scope_key=create_agency("Next post", by=SYSTEM).key)
    assert enter(Client(), owner).get(f"/challenges/{found.pk}/").status_code == 404


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_list_is_taken_away_as_it_was_narrowed_and_journalled(
    client: Client, made: World, format: str
) -> None:
    make_challenge(made.agency, made.group)
    enter(client, made.people["unit"])
    taken = client.get(f"/challenges/rows/{format}/?words=nurse")
    assert taken.status_code == 200
    assert "OFFICIAL-SENSITIVE" in taken["Content-Disposition"] or format == "xlsx"
    assert '"asked":"words=nurse"' in Entry.objects.get(type="challenges.list_taken").after
    if format == "csv":
        assert "Half of them were held without a nurse." in taken.content.decode()
        assert "Half of them" not in client.get("/challenges/rows/csv/?words=fire").content.decode()


def test_a_confidential_challenge_is_met_by_nobody_whom_it_does_not_concern(made: World) -> None:
    one, other = create_agency("One trust", by=SYSTEM), create_agency("Other trust", by=SYSTEM)
    found = make_challenge(
        one, other, title="Gentian", text="Teasel", asked="Lovage", tier=Tier.T2, raised_on=timezone.localdate(),
        due_on=timezone.localdate(),
    )  # fmt: skip
    found = done(found, Deed.ANSWER, "Campion", as_at=timezone.localdate())
    home = f"/challenges/{found.pk}/"
    addresses = [
        "/challenges/", "/challenges/rows/csv/", "/challenges/figures/", home, f"{home}change/", f"{home}edit/",
        "/search/?q=teasel", "/search/?q=campion", f"/journal/challenges/challenge/{found.pk}/",
    ]  # fmt: skip
    met = {}
    for role in ("unit", "owner", "chair"):
        client = enter(Client(), made.people[role])
        told = " ".join(client.get(address).content.decode() for address in addresses)
        met[role] = {
            word for word in ("Gentian", "Teasel<", "Lovage", "Campion", "Other trust") if word in told
        }
    assert met == {
        "unit": {"Gentian", "Teasel<", "Lovage", "Campion", "Other trust"},
        "owner": set(),
        "chair": set(),
    }
