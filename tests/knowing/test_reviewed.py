"""Places on case lists in the quarterly review of access."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.models import User
from sightline.access.reviewing import kinds
from sightline.events.choices import SYSTEM, Tier
from sightline.knowing.models import Listed
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.oversight import services
from sightline.oversight.choices import Decision, NotYet
from sightline.oversight.models import ReviewedGrant
from sightline.partners.services import found_partnership
from tests.access.people import member
from tests.knowing.making import added, case, listed, officer
from tests.oversight.making import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> User:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    return member("Una Unit", "unit")


def place_of(user: User) -> ReviewedGrant:
    return ReviewedGrant.objects.select_related("review", "account").get(account=user, kind="case list")


def late() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=15)


def test_a_place_is_asked_of_and_nothing_is_told_of_the_record(unit: User, client: Client) -> None:
    cass = officer()
    line = listed(case("CR-77", "Marzipan case"), cass)
    added(case("CR-78"), cass, first=2)
    review = make_review()
    place = place_of(cass)
    assert (place.what, place.over, place.reads) == (
        "Place on a case list",
        f"One record (place {line.pk})",
        Tier.T4,
    )
    client.force_login(unit)
    for address in ("", f"{place.pk}/", "as/csv/"):
        told = client.get(f"/access-reviews/{review.key}/{address}").content.decode()
        assert "case list" in told
        assert all(word not in told for word in ("CR-77", "Marzipan", "case note", "Quillback"))


def test_a_place_whose_record_is_gone_is_no_place_any_more(unit: User) -> None:
    kept, cass = case("CR-77"), officer()
    line = listed(kept, cass)
    made = kinds()["case list"]
    assert made.standing([line.pk], timezone.localdate()) == {line.pk}
    type(kept)._base_manager.filter(pk=kept.pk).delete()
    assert made.standing([line.pk], timezone.localdate()) == set()
    assert not made.is_last(line.pk, timezone.now())


def test_a_place_that_nobody_confirmed_lapses_and_one_that_somebody_did_stays(unit: User) -> None:
    about, keeper, other = case(), officer(), officer("Otto Other")
    for user in (keeper, other):
        listed(about, user)
    review = make_review()
    of_keeper = review.grants.filter(account=keeper).values_list("pk", flat=True)
    services.confirm(review, list(of_keeper), "Runs it", by=unit.actor, now=timezone.now())
    services.keep_reviews(late())
    assert [line.user for line in Listed.objects.filter(ended_at=None)] == [keeper]
    assert place_of(other).current_decision == Decision.LAPSED
    assert (
        OutgoingMail.objects.filter(to=other.email, subject__contains="has ended").count() == 2
    )  # and the role


def test_the_last_who_keeps_a_list_is_kept_until_somebody_else_does(unit: User) -> None:
    about, keeper = case(), officer()
    listed(about, keeper)
    review = make_review()
    roles = review.grants.filter(kind="membership").values_list("pk", flat=True)
    services.confirm(review, list(roles), "In post", by=SYSTEM, now=timezone.now())
    services.keep_reviews(late())
    assert place_of(keeper).current_decision == Decision.KEPT
    assert Listed.objects.get().ended_at is None
    assert (
        WorkItem.objects.filter(kind="access alarm", sentence__contains="keeps that case list").count() == 1
    )
    added(about, officer("Otto Other"), last=30)
    services.keep_reviews(late())
    assert not WorkItem.objects.filter(kind="access alarm").exists()


def test_who_keeps_no_list_is_never_the_last_who_does(unit: User) -> None:
    other = officer()
    listed(case(), other)
    make_review()
    services.keep_reviews(late())  # their role lapses before their place
    assert place_of(other).current_decision == Decision.LAPSED


def test_a_place_is_ended_through_its_list_with_a_reason(unit: User) -> None:
    about, keeper, other = case(), officer(), officer("Otto Other")
    for user in (keeper, other):
        listed(about, user)
    make_review()
    said: dict[str, Any] = {"version": 1, "by": unit.actor, "now": timezone.now()}
    with pytest.raises(NotYet):
        services.end_grant(place_of(other), " ", **said)
    services.end_grant(place_of(other), "Left the review", **said)
    ended = Listed.objects.get(user=other)
    assert (ended.ended_by_label, ended.ended_reason) == ("Una Unit", "Left the review")
    assert kinds()["case list"].standing([ended.pk], timezone.localdate()) == set()


def test_a_place_that_ended_by_its_own_last_day_is_taken_off_what_waits(unit: User) -> None:
    keeper = officer()
    added(case(), keeper, last=3)
    make_review()
    services.keep_reviews(timezone.now() + dt.timedelta(days=5))
    assert place_of(keeper).current_decision == Decision.GONE
