"""Break-glass: what opens, for how long, who is told; and that no answer tells which references there are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import SYSTEM, StaleRecord
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.jobs.worker import run_all
from sightline.knowing import rules, services
from sightline.knowing.choices import NOTHING_OPENED, MustWait, NotPossible, ProofUsed
from sightline.knowing.models import Glass, WrongReference
from sightline.knowing.wall import can_need_to_know
from sightline.messages.models import OutgoingMail, WorkItem
from tests.access.people import enter, member
from tests.access.test_second_step import code
from tests.knowing.making import case, listed, officer

pytestmark = pytest.mark.django_db
WHY = "The child may be at the address tonight and nobody answers"
GLASS = "/break-glass/"


def proved(user: User, ago: float = 0) -> Client:
    """A browser in which the second step was taken so many seconds ago."""
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "x"}})
    return enter(Client(), user, ago, method="mfa", type="totp")


def tried(client: Client, reference: str, reason: str = WHY) -> Any:
    return client.post(GLASS, {"reference": reference, "reason": reason})


def broken(user: User, reference: str = "CR-1", now: dt.datetime | None = None) -> Any:
    """What breaking the glass answers right after the second step."""
    now = now or timezone.now()
    return services.break_glass(user, reference, WHY, proved_at=now, now=now)


def opened(user: User, reference: str = "CR-1", now: dt.datetime | None = None) -> Glass:
    assert broken(user, reference, now)
    return Glass.objects.latest("pk")


def told(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(type=f"knowing.{kind}").order_by("pk"))


def test_it_opens_one_record_for_a_time_and_others_are_told() -> None:
    about, person = case(), officer()
    una, dora = member("Una Unit", "unit"), member("Dora Data", "data_protection")
    client = proved(person)
    assert tried(client, " cr-1 ")["Location"] == f"/cases/{about.pk}/"
    used, open_for = Glass.objects.get(), rules.numbers().glass_open
    assert used.closes_at - used.opened_at == open_for
    assert can_need_to_know(person, about, now=used.closes_at - dt.timedelta(seconds=1))
    assert not can_need_to_know(person, about, now=used.closes_at)
    (entry,) = told("glass_broken")
    assert (entry.tier, entry.actor_user_id, entry.subject_id) == ("T4", person.pk, str(used.pk))
    assert personal_values(entry)["after.reason"] == WHY
    run_all()
    assert {mail.to for mail in OutgoingMail.objects.all()} == {una.email, dora.email}
    (item,) = WorkItem.objects.all()
    assert item.for_scope == "may:glass_review"
    assert all(item.for_scope in reviewer.scope.work_keys for reviewer in (una, dora))
    assert item.for_scope not in member("Quin Checks", "qa_officer").scope.work_keys
    words = " ".join(
        [*OutgoingMail.objects.values_list("text", flat=True), *map(str, WorkItem.objects.values())]
    )
    assert "Cass Reviewer" in words
    assert not re.search("CR-1|Marzipan|Quillback|nobody answers", words)


def test_the_proof_is_used_up_by_one_opening() -> None:
    case(), case("CR-2")
    client = proved(officer())
    assert tried(client, "CR-1").status_code == 302
    again = tried(client, "CR-2")
    assert again["Location"] == GLASS
    assert Glass.objects.count() == 1
    assert "Prove that it is you" in client.get(GLASS).content.decode()


def test_two_pages_that_were_open_at_once_open_one_record_with_one_proof() -> None:
    """Both saw the proof before either used it up: the service looks again, while it holds the person."""
    case(), case("CR-2")
    person, now = officer(), timezone.now()
    assert services.break_glass(person, "CR-1", WHY, proved_at=now, now=now + dt.timedelta(seconds=1))
    with pytest.raises(ProofUsed):
        services.break_glass(person, "CR-2", WHY, proved_at=now, now=now + dt.timedelta(seconds=2))
    assert Glass.objects.count() == 1
    later = now + dt.timedelta(seconds=3)
    assert services.break_glass(person, "CR-2", WHY, proved_at=later, now=later)


@pytest.mark.parametrize("reference", ["CR-1", "CR-404", ""])
def test_without_a_fresh_second_step_every_reference_is_answered_alike(reference: str) -> None:
    case()
    client = proved(officer(), ago=rules.numbers().glass_proof.total_seconds() + 1)
    answer = tried(client, reference)
    assert (answer.status_code, answer["Location"]) == (302, GLASS)
    (word,) = get_messages(answer.wsgi_request)
    assert str(word) == "Prove again that it is you, then type it once more. Nothing was opened."
    assert (Glass.objects.count(), WrongReference.objects.count(), told("glass_refused")) == (0, 0, [])


@pytest.mark.parametrize("reason", ["", "too short"])
def test_without_a_reason_right_and_wrong_references_are_answered_alike(reason: str) -> None:
    case()
    client = proved(officer())
    pages = [scrubbed(tried(client, reference, reason), reference) for reference in ("CR-1", "CR-2")]
    assert pages[0] == pages[1]
    assert WrongReference.objects.count() == 0


def scrubbed(answer: Any, reference: str) -> tuple[int, str]:
    """An answer without what changes with every request, and without what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, text.replace(reference, "…")


def test_what_nobody_has_a_conflict_and_what_the_role_does_not_read_are_answered_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = officer()
    case("CR-1")
    services.declare_conflict(person, about=case("CR-2"), by=SYSTEM, now=timezone.now())
    client = proved(person)
    answers = {reference: tried(client, reference) for reference in ("CR-404", "CR-2")}
    assert NOTHING_OPENED in answers["CR-2"].content.decode()
    assert scrubbed(answers["CR-404"], "CR-404") == scrubbed(answers["CR-2"], "CR-2")
    monkeypatch.setattr(type(person.scope), "reads", property(lambda scope: rules.Tier.T3))
    assert scrubbed(tried(client, "CR-1"), "CR-1") == scrubbed(answers["CR-2"], "CR-2")
    assert Glass.objects.count() == 0


def test_right_and_wrong_references_cost_the_same_look_ups() -> None:
    """What is asked of the database before the answer is decided is the same: nothing is found out by its time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = officer()
    services.declare_conflict(person, about=case("CR-2"), by=SYSTEM, now=timezone.now())
    asked = []
    for reference in ("CR-404", "CR-2"):
        with CaptureQueriesContext(connection) as queries:
            assert broken(person, reference) is None
        asked.append(len(queries))
    assert abs(asked[0] - asked[1]) <= 1


def test_wrong_references_are_counted_and_told_and_then_wait_for_right_ones_too() -> None:
    case()
    client, most = proved(officer()), rules.numbers().glass_wrong
    for number in range(most):
        assert NOTHING_OPENED in tried(client, f"CR-9{number}").content.decode()
    waiting = tried(client, "CR-1")
    assert "Too many references opened nothing. Try again in" in waiting.content.decode()
    assert Glass.objects.count() == 0
    assert personal_values(told("glass_refused")[0]) == {"after.reference": "CR-90"}
    assert {entry.tier for entry in told("glass_refused")} == {"T2"}
    assert len(told("glass_slowed")) == 1
    # Somebody else is not kept waiting by that, and nobody for ever.
    assert tried(proved(officer("Dee Doctor")), "CR-1").status_code == 302
    later = timezone.now() + rules.numbers().glass_wait
    assert broken(User.objects.get(name="Cass Reviewer"), now=later)
    assert services.forget_wrong_references(later) == 0
    assert services.forget_wrong_references(later + dt.timedelta(days=2)) == most


def test_waiting_raises_before_anything_is_looked_at() -> None:
    person, now = officer(), timezone.now()
    for _ in range(rules.numbers().glass_wrong):
        broken(person, "CR-404", now)
    with pytest.raises(MustWait):
        broken(person, "CR-404", now)
    assert WrongReference.objects.count() == rules.numbers().glass_wrong


def test_who_reads_nothing_restricted_cannot_use_it_and_without_a_second_step_nobody_can() -> None:
    unit, client = member("Una Unit", "unit"), Client()
    client.force_login(unit)
    refused = client.get(GLASS)
    assert refused.status_code == 403
    assert "Break-glass is for people whose role reads child-level" in refused.content.decode()
    client.force_login(officer())
    page = client.get(GLASS).content.decode()
    assert "you have not set one up" in page
    assert tried(client, "CR-1").status_code == 302
    assert told("glass_refused") == []


def test_a_code_of_ones_app_proves_it_and_leads_back() -> None:
    """The library's own page, on the whole way from a link to the open record."""
    from sightline.access.adapters import FactorAdapter

    secret, person = "JBSWY3DPEHPK3PXP", officer()
    about = case()
    data = {"secret": FactorAdapter().encrypt(secret)}
    Authenticator.objects.create(user=person, type="totp", data=data)
    client = Client()
    client.force_login(person)
    way = client.get(GLASS).context["page"].prove
    assert way == "/account/steps/code/?next=%2Fbreak-glass%2F"
    wrong = client.post(way, {"code": "000000"})
    assert wrong.status_code == 200
    assert "form" not in client.get(GLASS).context
    assert client.post(way, {"code": code(secret)})["Location"] == GLASS
    assert tried(client, "CR-1")["Location"] == f"/cases/{about.pk}/"


def test_somebody_with_a_passkey_alone_is_led_to_it() -> None:
    person, client = officer(), Client()
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key"})
    client.force_login(person)
    assert client.get(GLASS).context["page"].prove.startswith("/account/steps/passkey/?next=")


@pytest.mark.urls("tests.restricted.views")
def test_while_it_is_open_the_record_says_so_to_all_its_readers() -> None:
    about, keeper, person = case(), officer(), officer("Dee Doctor")
    listed(about, keeper)
    used = opened(person)
    pages = {}
    for reader in (keeper, person):
        client = Client()
        client.force_login(reader)
        pages[reader] = client.get(f"/cases/{about.pk}/").content.decode()
    assert "Dee Doctor reads this record without being on its list" in pages[keeper]
    assert "Close it now" not in pages[keeper]
    assert "You opened this record without being on its list." in pages[person]
    assert client.post(f"/break-glass/uses/{used.pk}/close/")["Location"] == "/"
    assert client.get(f"/cases/{about.pk}/").status_code == 404
    client.force_login(keeper)
    assert "without being on its list" not in client.get(f"/cases/{about.pk}/").content.decode()


def test_it_is_closed_by_its_person_or_a_reviewer_and_by_nobody_else() -> None:
    case()
    used, now = opened(officer()), timezone.now()
    other, una = officer("Dee Doctor"), member("Una Unit", "unit")
    client, address = Client(), f"/break-glass/uses/{used.pk}/close/"
    client.force_login(other)
    assert client.post(address).status_code == 404
    client.force_login(una)
    assert client.post(address)["Location"] == f"/break-glass/uses/{used.pk}/"
    assert not can_need_to_know(User.objects.get(name="Cass Reviewer"), used_record(used))
    with pytest.raises(StaleRecord):
        services.close_glass(used, by=una.actor, now=now)
    assert "closed already" in client.post(address, follow=True).content.decode()
    assert len(told("glass_closed")) == 1


def used_record(used: Glass) -> Any:
    from tests.restricted.models import CaseNote

    return CaseNote.objects.get(pk=used.number)


def test_each_use_is_looked_into_by_somebody_else_once() -> None:
    case()
    person, una = officer(), member("Una Unit", "unit")
    used = opened(person)
    client, address = Client(), f"/break-glass/uses/{used.pk}/"
    client.force_login(una)
    assert [row.state for row in client.get("/break-glass/uses/").context["page"].listing.rows] == [
        "To be looked into"
    ]
    page = client.get(address).content.decode()
    assert WHY in page
    assert client.post(address, {"finding": " "}).status_code == 422
    assert client.post(address, {"finding": "Needed: spoke to Cass."})["Location"] == "/break-glass/uses/"
    assert WorkItem.objects.count() == 0
    assert "Needed: spoke to Cass." in client.get(address).content.decode()
    assert (
        "Somebody has looked into this already"
        in client.post(address, {"finding": "Again"}, follow=True).content.decode()
    )
    with pytest.raises(NotPossible):
        services.review_glass(used, "Mine", by=person.actor, now=timezone.now())
    with pytest.raises(NotPossible):
        services.review_glass(used, "", by=una.actor, now=timezone.now())
    (entry,) = told("glass_reviewed")
    assert entry.tier == "T4"


def test_whoever_has_a_conflict_with_the_record_neither_sees_nor_reviews_its_uses() -> None:
    about, now = case(), timezone.now()
    una, dora = member("Una Unit", "unit"), member("Dora Data", "data_protection")
    used, beside = opened(officer()), opened(officer("Dee Doctor"), case("CR-2").reference)
    services.declare_conflict(una, about=about.child, by=SYSTEM, now=now)
    client = Client()
    client.force_login(una)
    assert [row.number for row in client.get("/break-glass/uses/").context["page"].listing.rows] == [
        beside.pk
    ]
    assert client.get(f"/break-glass/uses/{used.pk}/").status_code == 404
    assert client.post(f"/break-glass/uses/{used.pk}/close/").status_code == 404
    with pytest.raises(NotPossible, match="Somebody else looks into this"):
        services.review_glass(used, "Needed", by=una.actor, now=now)
    assert services.alert(used.pk, by=SYSTEM) == 1
    assert OutgoingMail.objects.get().to == dora.email


def test_nothing_on_the_first_page_tells_of_a_use_that_one_may_not_review() -> None:
    """Neither the item nor a count of it, for a conflict with the record and for a use of one's own."""
    about = case()
    una, dora = member("Una Unit", "unit"), member("Dora Data", "data_protection")
    opened(officer())
    assert [waits_for(each) for each in (una, dora)] == [1, 1]
    services.declare_conflict(una, reference=about.reference, by=una.actor, now=timezone.now())
    assert [waits_for(each) for each in (una, dora)] == [0, 1]
    opened(officer("Dee Doctor"), case("CR-2").reference)
    assert [waits_for(each) for each in (una, dora)] == [1, 2]
    Glass.objects.update(user=dora)
    assert [waits_for(each) for each in (una, dora)] == [1, 0]


def waits_for(reviewer: User) -> int:
    """How many uses of break-glass the first page says wait for somebody; the page says so in words too."""
    client = Client()
    client.force_login(reviewer)
    answer = client.get("/")
    page = answer.context["page"]
    shown = sum(len(section.needs) for section in page.sections)
    assert answer.content.decode().count("opened a record without being on its list") == shown
    soon = f"Nothing is overdue, and {['', 'one falls', 'two fall'][shown]} due within seven days."
    assert page.summary == (soon if shown else "Nothing needs you today.")
    return shown


def test_days_are_told_by_the_clock_on_the_wall() -> None:
    case()
    person, una = officer(), member("Una Unit", "unit")
    used = opened(person, now=dt.datetime(2026, 7, 5, 23, 30, tzinfo=dt.UTC))  # half past midnight in summer
    services.alert(used.pk, by=SYSTEM)
    assert "on 6 July 2026 at 00:30, until 01:30." in OutgoingMail.objects.get(to=una.email).text
    client = Client()
    client.force_login(person)
    page = client.get("/account/data/named-people/").content.decode()
    assert "6 July 2026" in page
    assert "5 July 2026" not in page


def test_a_use_that_was_looked_into_before_the_mails_went_asks_nothing_more() -> None:
    case()
    una, dora = member("Una Unit", "unit"), member("Dora Data", "data_protection")
    used = opened(officer())
    services.review_glass(used, "Needed", by=una.actor, now=timezone.now())
    assert services.alert(used.pk, by=SYSTEM) == 2
    assert services.alert(used.pk, by=SYSTEM) == 2  # done again after a crash, it sends nothing twice
    assert (OutgoingMail.objects.count(), WorkItem.objects.count()) == (2, 0)
    assert dora.email in {mail.to for mail in OutgoingMail.objects.all()}


def test_nobody_else_reads_who_used_it() -> None:
    case()
    used = opened(officer())
    client = Client()
    for role in ("executive", "scrutineer", "case_review_officer", "system_administrator"):
        client.force_login(member(f"{role} person", role))
        assert client.get("/break-glass/uses/").status_code == 403
        assert client.get(f"/break-glass/uses/{used.pk}/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"closes_at": timezone.now() - dt.timedelta(days=1)},
        {"closed_at": timezone.now()},
        {"reviewed_at": timezone.now(), "reviewed_by_label": "Una"},
    ],
)
def test_the_database_refuses_a_use_that_says_too_little(wrong: dict[str, Any]) -> None:
    now = timezone.now()
    plain: dict[str, Any] = {
        "app": "restricted", "model": "casenote", "number": 1, "user": officer(), "reference": "CR-1", "reason": WHY,
        "opened_at": now, "closes_at": now + dt.timedelta(hours=1),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Glass.objects.create(**{**plain, **wrong})
