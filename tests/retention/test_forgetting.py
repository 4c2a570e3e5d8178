"""Whoever is forgotten is forgotten everywhere: beside what they did, in what they owned, in the journal."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.models import User
from sightline.challenges.choices import From, RiskDeed
from sightline.challenges.models import Challenge, ChallengeStep, RiskStep
from sightline.challenges.rules.scoring import Score
from sightline.challenges.services import ChallengeGiven, Said, raise_challenge
from sightline.events.choices import SYSTEM
from sightline.events.disposing import FORMER_MEMBER, Doing, forgetting
from sightline.events.models import Entry, PersonalValue
from sightline.events.services import verify
from sightline.jobs.models import Job
from sightline.jobs.services import enqueue
from sightline.knowing import services as knowing
from sightline.meetings.choices import Attendance
from sightline.meetings.models import Attended, GroupAction, Meeting
from sightline.oversight.choices import Unusual
from sightline.oversight.models import Alert
from sightline.oversight.rules.unusual import Found
from sightline.oversight.services import unusual
from sightline.oversight.services.reviewers import name_reviewer
from sightline.partners.models import Agency, Alias, Person
from sightline.partners.services import create_group, create_person, found_partnership
from sightline.partners.services.aliases import forget_alias, remember_alias
from sightline.partners.services.disposing import anonymise_people
from sightline.plans.choices import ReceivedHow
from sightline.plans.models import OwnersChange, Update
from sightline.plans.services import OwnerGiven, record_update
from sightline.plans.services.owners import set_owners
from sightline.requests.models import Asked, RoundMail
from sightline.requests.services.sending import send_due
from sightline.retention.rules.definitions import coverage
from sightline.rhythm.models import SignedOff
from sightline.rhythm.services.returns import sign_return
from sightline.search.models import SearchEntry
from tests.access.people import member
from tests.challenges.making import DUE, RAISED, make_challenge, make_risk, risk_done
from tests.meetings.making import came, make_item, make_meeting, minuted, seat_of
from tests.plans.making import BY, TODAY, make_action, make_agency, make_person, make_plan
from tests.plans.making import NOW as THEN
from tests.requests.making import make_round
from tests.retention.making import NOW
from tests.rhythm.making import SIGNED, make_return

pytestmark = pytest.mark.django_db
# Columns that by what they are called hold names or addresses of people, and are marked as such; but for these.
OF_NAMES = re.compile(r"(^|_)(name|owner|lead|email|signed_by|said_by|agreed_by|brought_by)$")
OF_NO_PERSON = (
    "jobs.Job.name jobs.Schedule.name jobs.Worker.name partners.Partnership.name partners.Partnership.short_name "
    "partners.Agency.name partners.Agency.short_name partners.Group.name partners.Group.short_name "
    "documents.Document.name saved.SavedView.name meetings.Series.name rhythm.ReturnPaper.name plans.Plan.name "
    "plans.ReferenceSequence.name plans.Import.plan_name plans.Import.file_name plans.RollOver.next_name"
)
# Whose person is taken out of them by the service that anonymises them, or which go with their link, token or notice.
BY_THEMSELVES = (
    "access.User.name access.User.email account.EmailAddress.email access.Token.name partners.Person.name "
    "partners.Person.email access.ReturnLink.name access.ReturnLink.email partners.Notice.officer_name "
    "partners.Notice.officer_email"
)
MORNING = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
DOING = Doing(SYSTEM, "Left long ago", NOW)


@pytest.fixture
def gone() -> User:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    return member("Ottoline Leftbehind", "lay_member")


def forget(user: User) -> None:
    for each in forgetting().values():
        each(user.pk, user.name, DOING)


def test_every_column_of_names_is_reached(gone: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        forget(gone)
    asked = set(re.findall(r'UPDATE "(\w+)" SET "(\w+)"', "\n".join(query["sql"] for query in queries)))
    covered = coverage()
    columns = {
        (model._meta.db_table, field.column)
        for model in map(apps.get_model, covered.models)
        for field in model._meta.concrete_fields
        if covered.rule_of(model._meta.label, field.name) == covered.apart_rule
    }
    assert len(columns) > 30
    assert columns - asked == set()


def test_every_column_that_sounds_like_names_is_marked_as_one() -> None:
    covered = coverage()
    unmarked = {
        f"{model._meta.label}.{field.name}"
        for model in map(apps.get_model, covered.models)
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and OF_NAMES.search(field.name)
        and covered.rule_of(model._meta.label, field.name) != covered.apart_rule
    }
    assert unmarked == {*OF_NO_PERSON.split(), *BY_THEMSELVES.split()}


def test_names_beside_what_has_no_account_go_too(gone: User) -> None:
    agency = make_agency("Police")
    remember_alias("The constabulary", agency, by=gone.actor)
    enqueue("retention.find_due", by=gone.actor)
    forget(gone)
    assert Alias.objects.get().confirmed_by == FORMER_MEMBER
    assert Job.objects.get(name="retention.find_due").actor_label == FORMER_MEMBER


def kept_of(name: str) -> list[str]:
    return [each.field for each in PersonalValue.objects.filter(value__contains=name)]


def test_entries_about_an_account_lose_its_name_wherever_they_stand(gone: User) -> None:
    una = member("Una Unit", "unit")
    found = Found(Unusual.VOLUME, 90, 10)
    unusual._raise(gone, dt.date(2026, 10, 1), found, NOW)
    name_reviewer(make_agency(), gone, by=una.actor, today=NOW.date())
    knowing.declare_conflict(gone, reference="CR-7", reason="A cousin", by=una.actor, now=NOW)
    told = Entry.objects.filter(type__in=["oversight.alert_raised", "knowing.conflict_declared"])
    assert told.filter(personal_values__value__contains="Leftbehind").distinct().count() == 2
    forget(gone)
    about = Entry.objects.filter(subject_app__in=["oversight", "knowing"])
    assert not about.filter(personal_values__value__contains="Leftbehind").exists()
    # Why it was so is kept for as long as the rule of conflicts says.
    assert "after.reason" in kept_of("A cousin")
    assert Alert.objects.count() == 1
    assert verify().broken == []


def test_somebody_who_owned_actions_leaves_no_name_in_the_plan(gone: User) -> None:
    ada, agency = make_person(), make_agency()
    name = ada.name = "Ada Longgone"
    ada.save()
    plan = make_plan()
    owns, owned = make_action(plan, ada, agency), make_action(plan, ada, text="Another")
    given = [OwnerGiven(party=agency)]
    set_owners(owned, given, as_at=TODAY, reason="Left", by=BY, now=THEN)
    remember_alias("Mrs Longgone", ada, by=SYSTEM)
    other = remember_alias("Ada L Longgone", ada, by=SYSTEM)
    assert other is not None
    forget_alias(other, by=SYSTEM)
    ada.ends_on = dt.date(2020, 6, 30)
    ada.save()
    assert SearchEntry.objects.filter(kind="action", body__contains=name).count() == 1
    assert anonymise_people([ada.pk], DOING) == 1
    owns.refresh_from_db()
    assert owns.current_owner_label == f"{FORMER_MEMBER}; {agency.name}"
    assert [owner.raw for owner in owns.owners.all()] == [FORMER_MEMBER, agency.name]
    changes = OwnersChange.objects.order_by("pk")
    assert [change.label for change in changes] == [owns.current_owner_label, FORMER_MEMBER, agency.name]
    assert "Longgone" not in repr([change.owners for change in changes])
    assert not SearchEntry.objects.filter(body__contains="Longgone").exists()
    assert not SearchEntry.objects.filter(title__contains="Longgone").exists()
    about = Entry.objects.filter(subject_app="partners")
    assert not about.filter(personal_values__value__contains="Longgone").exists()
    assert verify().broken == []


def came_to_a_meeting(name: str) -> None:
    board = create_group("Board", by=SYSTEM)
    seat, meeting = seat_of(board, make_agency("Police"), "Pol Ice"), make_meeting(board)
    came(meeting, seats={seat: (Attendance.DEPUTY, name)})
    Meeting.objects.update(guests=f"{name}, a school\nSomebody Else, a college")


def raised_for(to: Agency, name: str) -> Challenge:
    """Typed by the unit for somebody who told it."""
    words = {"title": "Late papers", "text": "They came late.", "asked": "Send them a week before."}
    given = ChallengeGiven(**words, raised_on=RAISED, due_on=DUE, to=to, kind=From.PERSON, by_account=False)
    return raise_challenge(given, Said(words["asked"], RAISED, name), by=SYSTEM, now=NOW)


def test_whoever_challenged_or_came_to_a_meeting_is_forgotten_there(gone: User) -> None:
    came_to_a_meeting(gone.name)
    make_challenge(make_agency("Health"), by=gone.actor)
    raised_for(make_agency("Council"), gone.name)
    raised_for(make_agency("School"), "Somebody Else")
    assert SearchEntry.objects.filter(body__contains="Leftbehind").count() == 2
    forget(gone)
    raised = Challenge.objects.order_by("pk").values_list("from_name", flat=True)
    assert not ChallengeStep.objects.filter(said_by=gone.name).exists()
    assert list(raised) == [FORMER_MEMBER, FORMER_MEMBER, "Somebody Else"]
    assert Attended.objects.get().name == FORMER_MEMBER
    assert Meeting.objects.get().guest_list == [FORMER_MEMBER, "Somebody Else, a college"]
    assert not SearchEntry.objects.filter(body__contains="Leftbehind").exists()
    about = Entry.objects.filter(subject_app__in=["challenges", "meetings"])
    assert not about.filter(personal_values__value__contains="Leftbehind").exists()
    assert "after.from_name" in kept_of("Somebody Else")


def said_for(name: str) -> None:
    """Typed by the unit in somebody's words: of an action, and of a risk."""
    action = make_action(make_plan(), make_agency(f"Trust {len(name)}"))
    record_update(
        action,
        "All are seen.",
        as_at=TODAY,
        said_by=name,
        received_how=ReceivedHow.TELEPHONE,
        by=BY,
        now=THEN,
    )
    risk_done(make_risk(make_agency(f"Ward {len(name)}")), RiskDeed.REVIEW, score=Score(2, 2), said_by=name)


def test_whose_words_others_typed_is_forgotten_beside_them_and_in_the_journal(gone: User) -> None:
    said_for(gone.name)
    said_for("Somebody Else")
    assert kept_of("Leftbehind")
    forget(gone)
    assert set(Update.objects.values_list("said_by", flat=True)) == {FORMER_MEMBER, "Somebody Else"}
    assert not RiskStep.objects.filter(said_by=gone.name).exists()
    about = Entry.objects.filter(subject_app__in=["plans", "challenges"])
    assert not about.filter(personal_values__value__contains="Leftbehind").exists()
    assert about.filter(personal_values__value__contains="Somebody Else").count() == 2


def test_whoever_was_asked_signed_or_was_to_do_something_is_forgotten_there() -> None:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    name, mail = "Ada Longgone", "ada@weald.example"
    board, agency = create_group("Board", by=SYSTEM), make_agency("Police")
    ada = create_person(name, email=mail, agency=agency, by=SYSTEM)
    bob = create_person("Bob Here", email="bob@weald.example", agency=agency, by=SYSTEM)
    plan = make_plan(board)
    make_action(plan, agency)
    party = ("agency", agency.pk)
    make_round(plan, (ada, party), (bob, party), now=MORNING)
    send_due(now=MORNING)
    found = make_return(board)
    sign_return(found, found.version, SIGNED, name, "telephone", by=SYSTEM, now=timezone.now())
    item = make_item(make_meeting(board))
    minuted(item, line=f"Send it — {name} — 1 March 2027")
    minuted(item, line="Read it — Bob Here — 1 March 2027")
    Person.objects.filter(pk=ada.pk).update(ends_on=dt.date(2020, 6, 30))
    assert len(kept_of("Longgone")) > 3
    assert anonymise_people([ada.pk], DOING) == 1
    assert set(Asked.objects.values_list("name", flat=True)) == {FORMER_MEMBER, "Bob Here"}
    assert [each.email for each in RoundMail.objects.exclude(asked__ended_at=None)] == [
        "former@anonymised.invalid"
    ]
    assert not Asked.objects.filter(email=mail).exists()
    assert SignedOff.objects.get().signed_by == FORMER_MEMBER
    assert set(GroupAction.objects.values_list("owner", flat=True)) == {FORMER_MEMBER, "Bob Here"}
    assert kept_of("Longgone") == []
    assert "after.to" not in kept_of(mail)
    assert "after.to" in kept_of("bob@weald.example")


def test_words_stay_in_the_journal_where_somebody_else_bears_the_name(gone: User) -> None:
    ada = make_person()
    ada.name, ada.ends_on = gone.name, dt.date(2020, 6, 30)
    ada.save()
    said_for(gone.name)
    assert anonymise_people([ada.pk], DOING) == 1
    assert kept_of("Leftbehind").count("after.said_by") == 2


def test_a_name_typed_without_an_account_goes_with_the_person_of_that_name(gone: User) -> None:
    ada = make_person()
    ada.name, ada.ends_on = "Ada Longgone", dt.date(2020, 6, 30)
    ada.save()
    came_to_a_meeting(ada.name)
    raised_for(make_agency("Health"), ada.name)
    said_for(ada.name)
    assert anonymise_people([ada.pk], DOING) == 1
    assert Challenge.objects.get().from_name == FORMER_MEMBER
    assert Update.objects.get().said_by == FORMER_MEMBER
    assert [kept for kept in kept_of("Longgone") if kept.endswith(("said_by", "from_name"))] == []
    assert Attended.objects.get().name == FORMER_MEMBER
    assert Meeting.objects.get().guest_list == [FORMER_MEMBER, "Somebody Else, a college"]
    assert not SearchEntry.objects.filter(body__contains="Longgone").exists()
