"""Wealdshire has the weight of a real county, and its history holds together."""

import re
import shlex
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from sightline import definitions
from sightline.access.models import User
from sightline.access.selectors import command_line_user
from sightline.demo.services import AlreadyLoaded, load
from sightline.demo.story import Calendar
from sightline.events.models import Entry
from sightline.events.services import verify
from sightline.meetings.pages.attendance import attendance_page, cells_of
from sightline.messages.models import WorkItem
from sightline.oversight.models import Alert, SampledEntry
from sightline.partners.models import Agency, Group
from sightline.plans.choices import ExceptionKind
from sightline.plans.models import (
    Action,
    ActionOwner,
    Addressee,
    CompletionClaim,
    EmbeddingTest,
    EvidenceFile,
    Plan,
    PublishableText,
    Question,
    Reference,
    Source,
    ThemeMark,
    Update,
)
from sightline.plans.selectors.exceptions import exceptions_for
from sightline.retention.models import Disposal, Hold, RetentionVersion
from sightline.retention.selectors import rules_in_force
from tests.api.programs import program

pytestmark = pytest.mark.django_db


def test_it_has_the_weight_and_the_history_of_a_real_county() -> None:
    """One test, because loading takes its time."""
    said: list[str] = []
    load(on=timezone.localdate(), progress=said.append)
    assert said[-1] == "Wealdshire is loaded."
    assert (Agency.objects.count(), Group.objects.count(), Source.objects.count()) == (36, 17, 6)
    assert (Plan.objects.count(), Action.objects.count()) == (3, 67)
    assert set(EmbeddingTest.objects.values_list("result", flat=True)) == {"passed", "failed", "waiting"}
    assert Action.objects.filter(current_slips__gte=2).exists()
    assert Action.objects.filter(current_update_on=None).exists()
    assert ActionOwner.objects.filter(agency=None, group=None, person=None).exists()
    assert not Update.objects.filter(as_at__gt=timezone.localdate()).exists()
    assert set(Addressee.objects.values_list("current_acceptance", flat=True)) == {"", "yes", "partly", "no"}
    assert set(Addressee.objects.values_list("current_step", flat=True)) == {0, 1, 2, 3, 4}
    assert ThemeMark.objects.exclude(action=None).exists()
    _printed_attendance_is_what_one_counts_by_hand()
    _something_waits_for_each_kind_of_person()
    _what_is_kept_how_long_is_told()
    _data_protection_has_something_to_look_at()
    _every_kind_of_exception_is_there_and_the_journal_verifies()
    _what_the_guide_to_the_api_shows_is_answered_as_it_says()


# Who came to the Quality and Performance Group, as its three minutes say, counted by hand:
#
#                                     first      second     third
# Chair, Secretary                    present    present    present
# Independent scrutineer              present    present    present
# Wealdshire Police                   present    apologies  remote
# Children's Social Care              present    absent     present (another person since)
# Early Help Service                  deputy     present    absent
# Wealdshire Community Health Trust   remote     present    present
# Hospitals                           vacant     vacant     vacant
#
# Counted, attended, of them by deputies, apologies, absent, vacant, not entered, attendance, and whether it is low.
BY_HAND = {
    "Chair": ("3", "3", "0", "0", "0", "0", "0", "100%", ""),
    "Secretary": ("3", "3", "0", "0", "0", "0", "0", "100%", ""),
    "Independent scrutineer": ("3", "3", "0", "0", "0", "0", "0", "100%", ""),
    "Wealdshire Police": ("3", "2", "0", "1", "0", "0", "0", "67%", "Low"),
    "Children’s Social Care": ("3", "2", "0", "0", "1", "0", "0", "67%", "Low"),
    "Early Help Service": ("3", "2", "1", "0", "1", "0", "0", "67%", "Low"),
    "Wealdshire Community Health Trust": ("3", "3", "0", "0", "0", "0", "0", "100%", ""),
    "Kingsholt and Fenside Hospitals Trust and Ravensmere General Hospital Trust": (
        "0",
        "0",
        "0",
        "0",
        "0",
        "3",
        "0",
        "",
        "",
    ),
}


def _printed_attendance_is_what_one_counts_by_hand() -> None:
    unit = User.objects.get(email="morgan.ellery@wealdshire.example")
    page = attendance_page(unit, QueryDict("group=quality-group&year=all"))
    tables = {part.title: {line.name: cells_of(line)[2:] for line in part.lines} for part in page.parts}
    assert tables["By seat"] == BY_HAND
    # Twenty-one seats of three meetings, none of them vacant: eighteen attended.
    years = tables["By year"].values()
    assert [sum(int(cells[column]) for cells in years) for column in (0, 1)] == [21, 18]


def _what_is_kept_how_long_is_told() -> None:
    done, papers, people = Disposal.objects.order_by("rule", "pk")
    assert (done.state, done.certificate.count) == ("done", 2)
    assert (done.approved_by_label, done.ordered_by_label) == ("Morgan Ellery", "Odile Farrowby")
    assert (papers.state, sorted(papers.items.values_list("state", flat=True))) == (
        "approved",
        ["held", "waiting", "waiting"],
    )
    assert (people.rule, people.state, people.items.count()) == ("people", "proposed", 2)
    assert Hold.objects.get(ended_at=None).number in set(papers.items.values_list("number", flat=True))
    _, rules = rules_in_force()
    assert {key for key, rule in rules.items() if rule.is_confirmed} == {
        "accounts",
        "imports_unconfirmed",
        "mail",
        "people",
    }
    assert RetentionVersion.objects.exclude(changed="").count() == 6


def _data_protection_has_something_to_look_at() -> None:
    """Each figure leads to the entries it was counted from. At night the loading itself is unusual as well."""
    alerts = Alert.objects.exclude(rule="out_of_hours").order_by("rule")
    assert [(each.rule, each.current_state) for each in alerts] == [
        ("own_name", "open"),
        ("refusals", "explained"),
    ]
    refused = Entry.objects.filter(type="access.refused", actor_user_id=alerts[1].account_id)
    pages = [entry.after_values["page"] for entry in refused]
    assert len(pages) == alerts[1].figure
    client = Client()
    client.force_login(alerts[1].account)
    assert {client.get(page).status_code for page in pages} == {403}
    drawn = list(SampledEntry.objects.order_by("position").values_list("current_verdict", flat=True))
    assert drawn[:5] == ["in_order", "in_order", "in_order", "queried", ""]


def _something_waits_for_each_kind_of_person() -> None:
    (claim,) = CompletionClaim.objects.filter(result="waiting")
    first, newest = EvidenceFile.objects.filter(evidence__action=claim.action).order_by("pk")
    assert (first.document.version, newest.document.version, bool(newest.reason)) == (1, 2, True)
    assert newest.document.replaces == first.document
    (question,) = Question.objects.filter(answer=None)
    assert [str(owner) for owner in question.action.owners.all()] == ["Wealdshire Police"]
    assert Reference.objects.filter(target=None).exclude(plan_text="").exists()
    assert ActionOwner.objects.exclude(vacant_since=None).count() == 2
    assert not Update.objects.filter(said_by__contains="vacant").exists()
    assert Update.objects.exclude(publishable="").exists()
    assert PublishableText.objects.exclude(text="").exists()
    second = User.objects.filter(name__in=["Morgan Ellery", "Priya Hallworth"])
    assert len(second) == 2
    asked = set(WorkItem.objects.values_list("kind", "for_scope"))
    worded = {each["key"] for each in definitions.load("notices")["kinds"]}
    assert {kind for kind, _ in asked} <= worded
    assert {
        ("answer_wanted", "agency:police"),
        ("progress_owed", "agency:police"),
        ("post_vacant", "unit"),
        *(("confirm_wanted", f"user:{user.pk}") for user in second),
    } <= asked


def _every_kind_of_exception_is_there_and_the_journal_verifies() -> None:
    rows = exceptions_for(command_line_user(), None, timezone.localdate())
    assert {kind for row in rows for kind in row.kinds} == set(ExceptionKind)
    result = verify()
    assert (result.broken, result.rolled_back) == ([], False)
    with pytest.raises(AlreadyLoaded, match="nothing was changed"):
        load(on=timezone.localdate(), progress=lambda _: None)
    assert Agency.objects.count() == 36


def _what_the_guide_to_the_api_shows_is_answered_as_it_says() -> None:
    """Every command of docs/api.md is sent, by the business unit, with the version that it has just seen."""
    guide = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    commands = re.findall(r"^    curl (.*)$", guide.replace("\\\n", " "), re.MULTILINE)
    client, seen, told = program(User.objects.get(name="Morgan Ellery")), "", []
    for words in (shlex.split(command, comments=True) for command in commands):
        given = {key: value for key, value in pairwise(words) if key in {"-X", "-d"}}
        address = next(word.removeprefix("$SIGHTLINE") for word in words if word.startswith("$SIGHTLINE"))
        body, way = given.get("-d", ""), given.get("-X", "GET")
        answer = client.generic(way, address, body, "application/json", headers={"If-Match": seen})
        seen = answer.headers.get("ETag", "")
        told.append((answer.status_code, answer.json()))
    assert [status for status, _ in told] == [200, 200, 200, 201, 200, 200]
    assert told[0][1]["items"]
    assert told[1][1]["items"]
    assert told[5][1]["short_name"] == "Police"


def test_months_become_days_around_the_day_of_loading() -> None:
    calendar = Calendar(date(2026, 1, 31))
    assert calendar.month_end(-11) == date(2025, 2, 28)
    assert calendar.month_start(-13) == date(2024, 12, 1)
    assert calendar.printed(1) == "February 2026"
    assert calendar.day_in(0, 30) <= date(2026, 1, 31)
