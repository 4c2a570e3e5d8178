"""Conflicts of interest: declared without being told whether there is such a record; over when others say so."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.knowing import services
from sightline.knowing.choices import NotPossible
from sightline.knowing.models import Conflict
from sightline.knowing.wall import can_need_to_know
from tests.access.people import member
from tests.knowing.making import case, listed, officer

pytestmark = pytest.mark.django_db
WHY = "My sister is named in it"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("reference", ["CR-1", "CR-404"])
def test_declaring_answers_alike_whether_or_not_there_is_such_a_record(reference: str) -> None:
    about, person = case(), officer()
    listed(about, person)
    client = browser(person)
    answer = client.post("/conflicts/", {"reference": reference.lower(), "reason": WHY}, follow=True)
    page = answer.content.decode()
    assert "Your conflict of interest is kept. If there is such a record, it is closed to you" in page
    assert reference in page
    assert can_need_to_know(person, about) is (reference != "CR-1")
    (entry,) = Entry.objects.filter(type="knowing.conflict_declared")
    assert (entry.tier, entry.subject_title) == ("T2", "")
    assert personal_values(entry)["after.reference"] == reference


def test_it_cannot_be_broken_by_break_glass_nor_written_over_by_a_list() -> None:
    about, person, now = case(), officer(), timezone.now()
    listed(about, person)
    services.declare_conflict(person, reference="CR-1", by=person.actor, now=now)
    assert services.break_glass(person, "CR-1", "A reason long enough", proved_at=now, now=now) is None
    listed(about, person)
    assert not can_need_to_know(person, about)


def test_the_unit_keeps_one_for_somebody_and_says_when_it_is_over() -> None:
    about, person, una = case(), officer(), member("Una Unit", "unit")
    listed(about, person)
    client = browser(una)
    sent = {"email": "nobody@wealdshire.example", "reference": "CR-1", "reason": WHY}
    assert "Nobody signs in with this address." in client.post("/conflicts/all/", sent).content.decode()
    assert client.post("/conflicts/all/", {**sent, "email": person.email})["Location"] == "/conflicts/all/"
    (row,) = client.get("/conflicts/all/").context["page"].listing.rows
    assert (row.who, row.what, row.reason, row.declared) == ("Cass Reviewer", "CR-1", WHY, "Una Unit")
    assert not can_need_to_know(person, about)
    assert client.get(row.end).status_code == 200
    assert client.post(row.end, {"reason": ""}).status_code == 422
    assert client.post(row.end, {"reason": "Another family"})["Location"] == "/conflicts/all/"
    assert can_need_to_know(person, about)
    again = client.post(row.end, {"reason": "Another family"}, follow=True)
    assert "had been ended already" in again.content.decode()
    (row,) = client.get("/conflicts/all/").context["page"].listing.rows
    assert (row.end, row.ended.startswith("Over since")) == ("", True)


def test_nobody_ends_their_own() -> None:
    una = member("Una Unit", "unit")
    made = services.declare_conflict(una, reference="CR-1", by=una.actor, now=timezone.now())
    client = browser(una)
    assert [row.end for row in client.get("/conflicts/all/").context["page"].listing.rows] == [""]
    with pytest.raises(NotPossible, match="Somebody else"):
        services.end_conflict(made, reason="It is over", by=una.actor, now=timezone.now())
    answer = client.post(f"/conflicts/{made.pk}/end/", {"reason": "It is over"})
    assert "Somebody else says that a conflict of yours is over." in answer.content.decode()
    assert Conflict.objects.get().ended_at is None


def test_one_kept_with_the_record_itself_shows_to_those_on_its_list_alone() -> None:
    about, keeper, person, una = case(), officer(), officer("Dee Doctor"), member("Una Unit", "unit")
    listed(about, keeper)
    client, address = browser(keeper), f"/need-to-know/restricted/casenote/{about.pk}/"
    sent = {"email": "nobody@wealdshire.example", "reason": WHY}
    assert client.post(f"{address}conflict/", sent).status_code == 422
    assert client.post(f"{address}conflict/", {**sent, "email": person.email})["Location"] == address
    assert [row.name for row in client.get(address).context["page"].conflicts] == ["Dee Doctor"]
    assert browser(una).get("/conflicts/all/").context["page"].listing.rows == []
    made = Conflict.objects.get()
    assert browser(una).get(f"/conflicts/{made.pk}/end/").status_code == 404
    assert browser(person).get("/conflicts/").context["page"].rows == ()
    alone = client.post(f"{address}conflict/", {**sent, "email": keeper.email})
    assert "Nobody would be left who keeps this list." in alone.content.decode()
    listed(about, officer("Kay Keeper"))
    assert client.post(f"{address}conflict/", {**sent, "email": keeper.email})["Location"] == "/"
    assert client.get(address).status_code == 404


def test_one_that_is_bound_to_a_record_or_its_child_is_ended_by_those_who_keep_its_list() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    listed(about, person)
    typed = services.declare_conflict(person, reference="CR-1", by=SYSTEM, now=timezone.now())
    for with_what in (about, about.child):
        services.declare_conflict(person, about=with_what, by=SYSTEM, now=timezone.now())
    client, address = browser(keeper), f"/need-to-know/restricted/casenote/{about.pk}/"
    ends = [row.end for row in client.get(address).context["page"].conflicts]
    assert len(ends) == 3
    assert ends[-1] == ""  # kept by the unit, which ends it
    assert client.get(f"{address}conflict/{typed.pk}/end/").status_code == 404
    for end in ends[:2]:
        assert "For named people only." in client.get(end).content.decode()
        assert client.post(end, {"reason": ""}).status_code == 422
        assert client.post(end, {"reason": "Another family"})["Location"] == address
    assert browser(person).get(ends[0]).status_code == 404
    services.end_conflict(typed, reason="Over", by=SYSTEM, now=timezone.now())
    assert can_need_to_know(person, about)
    tiers = Entry.objects.filter(type="knowing.conflict_ended").order_by("pk").values_list("tier", flat=True)
    assert list(tiers) == ["T4", "T4", "T2"]


def test_a_reference_in_another_form_than_it_is_asked_for_is_not_kept() -> None:
    for odd in ("cr-1", " CR-1", "CR-1 ", "CR  1", "", "CR-1\n", "É-1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            case(odd)
    person, without = officer(), case("CR-3")
    without.reference = None
    without.save()
    listed(without, person)
    services.declare_conflict(person, reference="none", by=SYSTEM, now=timezone.now())
    assert can_need_to_know(person, without)
    page = browser(person).get(f"/need-to-know/restricted/casenote/{without.pk}/").context["page"]
    assert page.conflicts == ()


def test_one_with_the_child_closes_each_record_about_the_child() -> None:
    about, person = case(), officer()
    second = case("CR-2", child=about.child)
    for record in (about, second):
        listed(record, person)
    services.declare_conflict(person, about=about.child, reason=WHY, by=SYSTEM, now=timezone.now())
    assert not can_need_to_know(person, about)
    assert not can_need_to_know(person, second)


def test_what_is_missing_is_told() -> None:
    person, now = officer(), timezone.now()
    with pytest.raises(NotPossible, match="reference"):
        services.declare_conflict(person, reference="  ", by=SYSTEM, now=now)
    made = services.declare_conflict(person, reference="CR-1", by=SYSTEM, now=now)
    with pytest.raises(NotPossible, match="why"):
        services.end_conflict(made, reason=" ", by=SYSTEM, now=now)
    services.end_conflict(made, reason="Over", by=SYSTEM, now=now)
    with pytest.raises(StaleRecord):
        services.end_conflict(made, reason="Over", by=SYSTEM, now=now)
    assert browser(person).post("/conflicts/", {"reference": "", "reason": ""}).status_code == 422


@pytest.mark.parametrize("wrong", [{}, {"number": 1}, {"reference": "CR-1", "ended_at": timezone.now()}])
def test_the_database_refuses_one_with_nothing_or_ended_by_nobody(wrong: dict[str, Any]) -> None:
    now = timezone.now()
    plain = {
        "user": officer(),
        "starts_on": timezone.localdate(now),
        "declared_at": now,
        "declared_by_label": "Una",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.create(**plain, **wrong)


def test_words_that_tell_of_a_child_are_kept_for_a_reason_only() -> None:
    client = browser(officer())
    sent = {"reference": "CR-9", "reason": "I taught the girl with NHS number 943 476 5919"}
    asked = client.post("/conflicts/", sent)
    assert (asked.status_code, "Why must" in asked.content.decode()) == (422, True)
    assert not Conflict.objects.exists()
    assert client.post("/conflicts/", sent | {"because": "Nothing else tells her apart"}).status_code == 302
    entry = Entry.objects.get(type="knowing.conflict_declared")
    assert personal_values(entry)["after.kept_knowingly"] == "Nothing else tells her apart"
    assert "Nothing else" not in entry.after
