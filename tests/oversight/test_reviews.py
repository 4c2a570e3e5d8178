"""Reviews of access: what is asked, who may answer, what lapses, and who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access import reviewing
from sightline.access.choices import NobodyLeft
from sightline.access.models import Membership, User
from sightline.access.reviewing import Grant, Offered
from sightline.events import selectors as journal
from sightline.events.choices import SYSTEM, StaleRecord, Tier
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.oversight import services
from sightline.oversight.choices import Decision, NotYet
from sightline.oversight.models import AccessReview, GrantDecision, NamedReviewer, ReviewedGrant
from sightline.oversight.rules.reviews import (
    ReviewNumbers,
    first_day_of_part,
    part_in_words,
    review_numbers,
)
from sightline.oversight.services.reviews import open_review
from sightline.partners.services import create_agency, create_person, found_partnership
from tests.access.people import World, member, world
from tests.oversight.making import make_review, noon

pytestmark = pytest.mark.django_db
OPENED = dt.date(2026, 10, 2)
NOW = noon(OPENED + dt.timedelta(days=3))
LATE = noon(OPENED + dt.timedelta(days=15))
MOST_QUERIES = 12


@pytest.fixture
def people() -> World:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    return world()


def held_by(user: User) -> ReviewedGrant:
    return ReviewedGrant.objects.select_related("review", "account").get(account=user)


def said(**more: Any) -> dict[str, Any]:
    return {"by": SYSTEM, "now": NOW} | more


@pytest.mark.parametrize(
    ("day", "first"),
    [("2026-04-01", "2026-04-01"), ("2026-06-30", "2026-04-01"), ("2027-01-15", "2027-01-01")],
)
def test_the_quarters_are_the_partnerships(day: str, first: str) -> None:
    assert first_day_of_part(dt.date.fromisoformat(day), review_numbers()).isoformat() == first


def test_a_year_may_begin_in_any_month_and_parts_run_over_the_turn_of_the_year() -> None:
    numbers = ReviewNumbers(6, 9, dt.timedelta(14), dt.timedelta(7), "T2")
    assert first_day_of_part(dt.date(2027, 2, 28), numbers) == dt.date(2026, 9, 1)


def test_what_opens_confidential_records_is_asked_once_a_quarter_as_it_stands(people: World) -> None:
    chair = people.people["chair"]
    create_person("Cy Chair", agency=people.agency, user=chair, by=SYSTEM)
    User.objects.filter(pk=chair.pk).update(last_login=NOW)
    giver = people.person("system_administrator").name  # reads T1, and gives the roles that read more
    review = make_review(OPENED)
    assert open_review(OPENED + dt.timedelta(days=40)) is None
    assert (review.first_day, review.due_on) == (dt.date(2026, 10, 1), dt.date(2026, 10, 16))
    names = set(review.grants.values_list("account__name", flat=True))
    assert names == {
        "Una Unit",
        "Cy Chair",
        "Ed Executive",
        "Sue Scrutineer",
        giver,
    }  # not Ola Owner, who reads T1
    grant = held_by(chair)
    assert (grant.what, grant.over, grant.reads, grant.agency_key, grant.last_signed_in) == (
        "Group chair",
        "Neglect sub-group",
        "T2",
        people.agency.key,
        NOW,
    )
    assert open_review(dt.date(2027, 1, 3)) is None  # one at a time: the first is open still
    AccessReview.objects.update(closed_on=OPENED)
    assert open_review(dt.date(2027, 1, 3)) is not None


def test_several_are_confirmed_for_one_reason_and_nothing_is_decided_twice(people: World) -> None:
    review = make_review(OPENED)
    numbers = list(review.grants.values_list("pk", flat=True))
    for wrong in ([], numbers):
        with pytest.raises(NotYet):
            services.confirm(review, wrong, "" if wrong else "Same posts", **said())
    assert services.confirm(review, numbers[:2], "Same posts", **said()) == (2, 0)
    assert services.confirm(review, numbers, "All of them", **said()) == (2, 2)
    assert (
        list(GrantDecision.objects.values_list("reason", flat=True))
        == ["Same posts"] * 2 + ["All of them"] * 2
    )
    services.keep_reviews(NOW)
    review.refresh_from_db()
    assert review.closed_on == NOW.date()
    with pytest.raises(NotYet, match="closed"):
        services.confirm(review, numbers, "Again", **said())
    assert Entry.objects.filter(type="oversight.grant_decided").count() == 4


def test_what_is_ended_is_ended_at_once_and_its_person_told(people: World) -> None:
    make_review(OPENED)
    chair = people.people["chair"]
    grant = held_by(chair)
    with pytest.raises(StaleRecord):
        services.end_grant(grant, "Left", version=9, **said())
    services.end_grant(grant, "Left the group", version=1, **said())
    with pytest.raises(StaleRecord):
        services.end_grant(grant, "Left", version=2, **said())
    assert Membership.objects.get(user=chair).ends_on == NOW.date() - dt.timedelta(days=1)
    told = OutgoingMail.objects.get(to=chair.email)
    assert "Left the group" in told.text
    assert Entry.objects.get(type="access.membership_ended").reason == "Left the group"


def test_what_nobody_confirmed_lapses_after_its_time_and_not_before(people: World) -> None:
    second = member("Uma Unit", "unit")
    review = make_review(OPENED)
    services.confirm(review, [held_by(second).pk, held_by(people.people["chair"]).pk], "In post", **said())
    services.keep_reviews(noon(review.due_on))
    assert not Membership.objects.exclude(ends_on=None).exists()
    services.keep_reviews(LATE)
    ended = set(Membership.objects.exclude(ends_on=None).values_list("user__name", flat=True))
    assert ended == {"Una Unit", "Ed Executive", "Sue Scrutineer"}
    review.refresh_from_db()
    assert review.closed_on == LATE.date()
    assert OutgoingMail.objects.filter(subject__contains="has ended").count() == 3
    assert not WorkItem.objects.filter(kind="access review").exists()


def test_the_last_who_can_give_roles_is_kept_and_everybody_who_looks_after_accounts_is_told(
    people: World,
) -> None:
    make_review(OPENED)
    services.keep_reviews(LATE)
    unit = people.people["unit"]
    assert held_by(unit).current_decision == Decision.KEPT
    assert Membership.objects.get(user=unit).ends_on is None
    [item] = WorkItem.objects.filter(kind="access alarm")
    assert item.for_scope == "may:access_manage"
    assert OutgoingMail.objects.get(subject__contains="last one").to == unit.email
    assert AccessReview.objects.get().closed_on == LATE.date()
    with pytest.raises(NobodyLeft):
        reviewing.kinds()["membership"].end(Membership.objects.get(user=unit).pk, LATE, "x", SYSTEM)


def test_what_ended_elsewhere_is_not_asked_any_more(people: World) -> None:
    review = make_review(OPENED)
    chair = people.people["chair"]
    Membership.objects.filter(user=chair).update(ends_on=OPENED)
    services.keep_reviews(NOW)
    assert held_by(chair).current_decision == Decision.GONE
    assert review.grants.filter(current_decision="").count() == 3


def test_reminders_come_with_the_opening_and_then_once_a_week(people: World) -> None:
    executive = people.people["executive"]
    create_person("Ed Executive", agency=people.agency, user=executive, by=SYSTEM)
    services.name_reviewer(people.agency, people.people["owner"], by=SYSTEM, today=OPENED)
    sent = []
    for days in (0, 1, 6, 7, 13, 14):
        services.keep_reviews(noon(OPENED + dt.timedelta(days=days)))
        sent.append(OutgoingMail.objects.filter(subject__contains="who may open").count())
    assert sent == [2, 2, 2, 4, 4, 6]
    scopes = set(WorkItem.objects.filter(kind="access review").values_list("for_scope", flat=True))
    assert scopes == {"may:access_manage", f"user:{people.people['owner'].pk}"}


def test_nobody_confirms_or_ends_their_own(people: World, client: Client) -> None:
    review, unit = make_review(), people.people["unit"]
    own = held_by(unit)
    client.force_login(unit)
    address = f"/access-reviews/{review.key}/"
    assert "Nobody confirms what they hold themselves" in client.get(f"{address}{own.pk}/").content.decode()
    sent = {"decision": "confirmed", "reason": "It is me", "version": 1}
    assert client.post(f"{address}{own.pk}/", sent).status_code == 403
    everything = list(review.grants.values_list("pk", flat=True))
    assert client.post(address, {"grant": everything, "reason": "All in post"}).status_code == 302
    waiting = review.grants.filter(current_decision="").values_list("account__name", flat=True)
    assert list(waiting) == ["Una Unit"]


def test_who_is_named_for_an_agency_reviews_its_people_alone(people: World, client: Client) -> None:
    owner, chair, executive = (people.people[role] for role in ("owner", "chair", "executive"))
    other = create_agency("Health", by=SYSTEM)
    create_person("Cy Chair", agency=people.agency, user=chair, by=SYSTEM)
    create_person("Ed Executive", agency=other, user=executive, by=SYSTEM)
    review = make_review()
    client.force_login(owner)
    address = f"/access-reviews/{review.key}/"
    assert client.get(address).status_code == 403
    named = services.name_reviewer(people.agency, owner, by=SYSTEM, today=timezone.localdate())
    assert [row.who for row in client.get(address).context["page"].listing.rows] == ["Cy Chair"]
    listed = client.get("/access-reviews/").context["page"].listing.rows
    assert [(row.size, row.waiting) for row in listed] == [(1, 1)]
    assert b"Ed Executive" not in client.get(f"{address}as/csv/").content
    assert client.get(f"{address}{held_by(executive).pk}/").status_code == 404
    client.post(address, {"grant": [held_by(executive).pk], "reason": "Mine"})
    assert held_by(executive).current_decision == ""
    sent = {"decision": "ended", "reason": "Left us", "version": 1}
    assert client.post(f"{address}{held_by(chair).pk}/", sent).status_code == 302
    assert Membership.objects.get(user=chair).ends_on is not None
    assert Entry.objects.get(type="access.membership_ended").actor_label == "Ola Owner, named for the agency"
    services.end_reviewer(named, by=SYSTEM, today=timezone.localdate())
    assert client.get(address).status_code == 403


def test_a_named_reviewer_is_named_once_and_ended_once(people: World, client: Client) -> None:
    client.force_login(people.people["unit"])
    sent = {"agency": people.agency.pk, "account": people.people["owner"].pk}
    assert client.post("/access-reviews/reviewers/", sent).status_code == 302
    again = client.post("/access-reviews/reviewers/", sent)
    assert (again.status_code, "is named for Wealdshire Police already" in again.content.decode()) == (
        422,
        True,
    )
    named = NamedReviewer.objects.get()
    for _ in range(2):
        assert client.post(f"/access-reviews/reviewers/{named.pk}/end/").status_code == 302
    with pytest.raises(StaleRecord):
        services.end_reviewer(named, by=SYSTEM, today=timezone.localdate())
    assert "Nobody is named yet" in client.get("/access-reviews/reviewers/").content.decode()


def test_the_page_confirms_what_is_ticked_and_says_what_is_missing(people: World, client: Client) -> None:
    review = make_review()
    client.force_login(people.people["unit"])
    address = f"/access-reviews/{review.key}/"
    chair = held_by(people.people["chair"])
    wrong = client.post(address, {"grant": [chair.pk], "reason": ""})
    assert (wrong.status_code, wrong.context["page"].ticked) == (422, {chair.pk})
    nothing = client.post(address, {"reason": "In post"})
    assert (nothing.status_code, "Tick at least one" in nothing.content.decode()) == (422, True)
    sent = {"decision": "confirmed", "reason": "Chairs it", "version": 1}
    assert client.post(f"{address}{chair.pk}/", sent).status_code == 302
    stale = client.post(f"{address}{chair.pk}/", sent)
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    assert "Chairs it" in client.get(f"{address}{chair.pk}/").content.decode()
    rows = client.get(f"{address}?state=waiting&who=e&tier=T2").context["page"].listing.rows
    assert {row.who for row in rows} == {"Ed Executive", "Sue Scrutineer"}
    for format in ("docx", "pdf", "csv"):
        assert client.get(f"{address}as/{format}/").status_code == 200
    text = client.get(f"{address}as/csv/").content.decode("utf-8-sig")
    assert "Una Unit: Chairs it" in text
    assert client.get(f"{address}as/exe/").status_code == 404
    assert client.get("/access-reviews/nonsense/").status_code == 404


@pytest.mark.parametrize("path", ["", "{key}/", "{key}/as/csv/"])
def test_queries_do_not_grow(people: World, client: Client, path: str) -> None:
    client.force_login(people.people["unit"])
    asked = []
    for quarter, more in ((dt.date(2026, 1, 5), 0), (dt.date(2026, 4, 5), 3), (dt.date(2026, 7, 5), 45)):
        for number in range(more):
            member(f"Ann {quarter.month} {number}", "executive")
        AccessReview.objects.update(closed_on=quarter)
        review = make_review(quarter)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/access-reviews/{path.format(key=review.key)}").status_code == 200
        asked.append([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]])
    assert len({len(found) for found in asked}) == 1
    assert len(asked[0]) <= MOST_QUERIES


def test_who_decides_too_late_is_told_and_reads_what_they_wrote(people: World, client: Client) -> None:
    review = make_review(OPENED)
    client.force_login(people.people["unit"])
    grant = held_by(people.people["chair"])
    services.confirm(review, [grant.pk], "Same post", **said())
    address = f"/access-reviews/{review.key}/{grant.pk}/"
    late = client.post(address, {"decision": "ended", "reason": "They left in May", "version": 1})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Nothing was changed" in page
    assert "They left in May" in page
    assert "#id_decision" not in page
    assert GrantDecision.objects.count() == 1


def test_the_journal_tells_of_it_to_those_who_see_reviews_alone(people: World) -> None:
    review = make_review(OPENED)
    services.confirm(review, [held_by(people.people["chair"]).pk], "In post", **said())
    seen = {
        role: journal.readable(people.person(role)).filter(type="oversight.grant_decided").count()
        for role in ("unit", "scrutineer", "data_protection")
    }
    assert seen == {"unit": 1, "scrutineer": 0, "data_protection": 1}


@pytest.fixture
def case_lists() -> Iterator[list[int]]:
    """Another app's kind: two places on a case list, which end by leaving the list."""
    places = [1, 2]

    def held(on: dt.date, tier: Tier) -> list[Grant]:
        account = User.objects.get(name="Cy Chair").pk
        return [Grant(n, account, "Case list", "partnership", "", Tier.T4, on) for n in places]

    def end(number: int, now: dt.datetime, reason: str, by: Any) -> None:
        places.remove(number)

    reviewing.offer(Offered("post", held, lambda numbers, on: set(places) & set(numbers), end))
    yield places
    reviewing.forget("post")


def test_other_apps_offer_what_is_reviewed(people: World, case_lists: list[int]) -> None:
    review = make_review(OPENED)
    first, second = review.grants.filter(kind="post").order_by("number")
    services.end_grant(first, "Case closed", version=1, **said())
    assert case_lists == [2]
    services.keep_reviews(LATE)
    assert case_lists == []
    second.refresh_from_db()
    assert second.current_decision == Decision.LAPSED


def test_what_somebody_confirms_while_others_lapse_stays_confirmed(people: World) -> None:
    places = [1, 2]
    chair = people.people["chair"].pk

    def end(number: int, now: dt.datetime, reason: str, by: Any) -> None:
        places.remove(number)
        second = ReviewedGrant.objects.get(kind="place", number=2)
        services.confirm(second.review, [second.pk], "Still there", **said())

    def held(on: dt.date, tier: Tier) -> list[Grant]:
        return [Grant(n, chair, "Place", "partnership", "", Tier.T4, on) for n in places]

    reviewing.offer(Offered("place", held, lambda numbers, on: set(places) & set(numbers), end))
    try:
        review = make_review(OPENED)
        services.keep_reviews(LATE)
    finally:
        reviewing.forget("place")
    assert places == [2]
    assert review.grants.get(kind="place", number=2).current_decision == Decision.CONFIRMED


def test_what_ended_elsewhere_is_neither_confirmed_nor_ended_again(people: World) -> None:
    review = make_review(OPENED)
    chair, executive = people.people["chair"], people.people["executive"]
    Membership.objects.filter(user__in=[chair, executive]).update(ends_on=OPENED)
    assert services.confirm(review, [held_by(chair).pk], "In post", **said()) == (0, 1)
    services.end_grant(held_by(executive), "Left", version=1, **said())
    assert {held_by(chair).current_decision, held_by(executive).current_decision} == {Decision.GONE}
    assert Membership.objects.get(user=executive).ends_on == OPENED
    assert not OutgoingMail.objects.filter(subject__contains="has ended").exists()


def test_the_page_says_that_it_had_ended_already(people: World, client: Client) -> None:
    review = make_review()
    chair, executive = people.people["chair"], people.people["executive"]
    Membership.objects.filter(user__in=[chair, executive]).update(
        ends_on=review.opened_on - dt.timedelta(days=1)
    )
    client.force_login(people.people["unit"])
    for person, decision in ((chair, "ended"), (executive, "confirmed")):
        grant = held_by(person)
        sent = {"decision": decision, "reason": "Looked at", "version": grant.version}
        page = client.post(f"/access-reviews/{review.key}/{grant.pk}/", sent, follow=True)
        assert "It had ended already" in page.content.decode()


@pytest.mark.parametrize(
    ("months", "first", "words"),
    [
        (3, dt.date(2026, 10, 1), "October to December 2026"),
        (1, dt.date(2026, 4, 1), "April 2026"),
        (12, dt.date(2026, 4, 1), "April 2026 to March 2027"),
    ],
)
def test_a_review_is_called_by_its_part_of_the_year(months: int, first: dt.date, words: str) -> None:
    assert part_in_words(first, replace(review_numbers(), every_months=months)) == words


def test_the_alarm_is_over_once_a_second_person_gives_roles(people: World) -> None:
    make_review(OPENED)
    services.keep_reviews(LATE)
    services.keep_reviews(LATE)
    assert WorkItem.objects.filter(kind="access alarm").count() == 1
    member("Uma Unit", "unit")
    services.keep_reviews(LATE)
    assert not WorkItem.objects.filter(kind="access alarm").exists()


def test_the_next_review_asks_anew_instead_of_the_alarm(people: World) -> None:
    make_review(OPENED)
    services.keep_reviews(LATE)
    make_review(dt.date(2027, 1, 3))
    assert not WorkItem.objects.filter(kind="access alarm").exists()


def test_who_is_named_is_asked_while_something_of_others_waits_and_they_hold_a_role(people: World) -> None:
    owner, chair, executive = (people.people[role] for role in ("owner", "chair", "executive"))
    for name, user in (("Cy Chair", chair), ("Ed Executive", executive)):
        create_person(name, agency=people.agency, user=user, by=SYSTEM)
    named = {
        each.pk: services.name_reviewer(people.agency, each, by=SYSTEM, today=OPENED)
        for each in (owner, chair)
    }
    review = make_review(OPENED)

    def asked(of: User) -> bool:
        services.keep_reviews(NOW)
        return WorkItem.objects.filter(kind="access review", for_scope=f"user:{of.pk}").exists()

    assert asked(owner)
    assert asked(chair)
    services.confirm(review, [held_by(executive).pk], "In post", **said())
    assert asked(owner)
    assert not asked(chair)  # what is left is the chair's own
    Membership.objects.filter(user=owner).update(ends_on=OPENED)
    assert not asked(owner)
    Membership.objects.filter(user=owner).update(ends_on=None)
    assert asked(owner)
    services.end_reviewer(named[owner.pk], by=SYSTEM, today=NOW.date())
    assert not WorkItem.objects.filter(kind="access review", for_scope=f"user:{owner.pk}").exists()


def test_data_protection_may_be_named_too(people: World, client: Client) -> None:
    officer, chair = people.person("data_protection"), people.people["chair"]
    create_person("Cy Chair", agency=people.agency, user=chair, by=SYSTEM)
    services.name_reviewer(people.agency, officer, by=SYSTEM, today=OPENED)
    review = make_review()
    client.force_login(officer)
    sent = {"decision": "confirmed", "reason": "Chairs it", "version": 1}
    assert client.post(f"/access-reviews/{review.key}/{held_by(chair).pk}/", sent).status_code == 302
    assert held_by(chair).current_decision == Decision.CONFIRMED
