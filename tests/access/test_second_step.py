"""The second step of signing in: codes of an app, recovery codes, who needs one, and what is told of it."""

from __future__ import annotations

import base64
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, TestCase
from django.utils import timezone

from sightline.access import rules, services
from sightline.access.models import Session, User
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.messages.models import OutgoingMail
from sightline.partners.services import create_person
from tests.access.people import PASSWORD, member

pytestmark = pytest.mark.django_db
STEPS = "/account/steps/"


def code(secret: str, ahead: int = 0) -> str:
    """What an app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


@pytest.fixture
def una() -> User:
    return member("Una Unit", "unit", password=PASSWORD)


def password_given(user: User) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/sign-in/", {"email": user.email, "password": PASSWORD})


def signed_in(user: User) -> Client:
    client, answer = password_given(user)
    assert answer["Location"] == "/"
    return client


def with_app(user: User) -> tuple[Client, str]:
    """A browser in which an app was set up as its person does, and the app's secret."""
    client = signed_in(user)
    asked = client.get(f"{STEPS}app/", follow=True)
    assert "Is it still you?" in asked.content.decode()
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):  # the library tells of it after its transaction
        done = client.post(f"{STEPS}app/", {"code": code(secret)}, follow=True)
    assert "Recovery codes" in done.content.decode()
    return client, secret


def test_a_code_is_asked_for_after_the_password_and_signs_in(una: User) -> None:
    _, secret = with_app(una)
    client, answer = password_given(una)
    assert answer["Location"] == "/sign-in/code/"
    assert client.get("/account/").status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert "The code is not right." in wrong.content.decode()
    done = client.post("/sign-in/code/", {"code": f" {code(secret, 1)[:3]} {code(secret, 1)[3:]} "})
    assert done["Location"] == "/"
    [here] = [row for row in client.get("/account/").context["page"].sessions if row.is_this]
    assert here.how == "with a password and a code"
    assert Entry.objects.filter(type="access.signed_in").latest("pk").after_values == {"how": rules.CODE}
    assert Entry.objects.filter(type="access.factor_failed").count() == 1


def test_each_recovery_code_works_once(una: User) -> None:
    client, _ = with_app(una)
    codes = re.findall(r"<code>(\d+)</code>", client.get(f"{STEPS}codes/").content.decode())
    assert len(codes) == 10
    for expected in (302, 200):
        other, _ = password_given(una)
        assert other.post("/sign-in/code/", {"code": codes[0]}).status_code == expected


def test_codes_cannot_be_guessed_for_long(una: User) -> None:
    _, secret = with_app(una)
    client, _ = password_given(una)
    for _ in range(rules.FAILURES_BEFORE_WAITING):
        client.post("/sign-in/code/", {"code": "000000"})
    told = client.post("/sign-in/code/", {"code": code(secret, 1)}).content.decode()
    assert "too many failed tries for this account from here" in told


def test_codes_cannot_be_guessed_from_many_addresses_and_passwords_are_not_counted_with_them(
    una: User,
) -> None:
    _, secret = with_app(una)
    for number in range(rules.FAILURES_BEFORE_WAITING):
        client, _ = password_given(una)
        client.post("/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}")
    client, _ = password_given(una)
    told = client.post("/sign-in/code/", {"code": code(secret, 1)}, REMOTE_ADDR="198.51.100.7")
    assert "too many failed tries" in told.content.decode()
    services.forget_factors(una, by=SYSTEM)
    assert password_given(una)[1]["Location"] == "/"


def test_a_code_signs_in_once(una: User) -> None:
    _, secret = with_app(una)
    answers = []
    for _ in range(2):
        client, _ = password_given(una)
        answers.append(client.post("/sign-in/code/", {"code": code(secret, 1)}))
        cache.clear()  # another process of the server has a cache of its own
    assert [answer.status_code for answer in answers] == [302, 200]
    assert "This code was used already." in answers[1].content.decode()


def test_a_new_step_ends_the_sessions_that_were_opened_without(una: User) -> None:
    elsewhere = signed_in(una)
    here, _ = with_app(una)
    assert (here.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)


def test_under_another_secret_key_no_code_fits(una: User, settings: Any) -> None:
    _, secret = with_app(una)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    client, answer = password_given(una)
    assert answer["Location"] == "/sign-in/code/"
    for guess in (code(secret, 1), code(base64.b32encode(b"").decode(), 1)):
        assert client.post("/sign-in/code/", {"code": guess}).status_code == 200


def test_an_account_closed_between_password_and_code_does_not_come_in(una: User) -> None:
    _, secret = with_app(una)
    client, _ = password_given(una)
    User.objects.filter(pk=una.pk).update(is_active=False)
    client.post("/sign-in/code/", {"code": code(secret, 1)}, follow=True)
    assert client.get("/account/").status_code == 302


def test_nothing_is_changed_without_proof_of_the_moment(una: User) -> None:
    client = signed_in(una)
    for page in ("app/", "passkeys/new/", "codes/new/"):
        assert client.get(f"{STEPS}{page}").status_code == 302
    again = client.get(f"{STEPS}app/", follow=True).redirect_chain[-1][0]
    assert "Is it still you?" in client.post(again, {"password": "wrong"}).content.decode()
    assert Entry.objects.filter(type="access.sign_in_failed").count() == 1
    assert not Authenticator.objects.exists()


def test_what_changes_is_journalled_and_told_to_its_person(una: User) -> None:
    client, _ = with_app(una)
    client.post(f"{STEPS}app/remove/")
    told = Entry.objects.filter(type__startswith="access.factor").order_by("pk")
    assert [(entry.type[7:], entry.after_values["step"]) for entry in told] == [
        ("factor_added", "an authenticator app"),
        ("factor_added", "recovery codes"),
        ("factor_removed", "an authenticator app"),
        ("factor_removed", "recovery codes"),
    ]
    assert personal_values(told[0])["subject"] == "Una Unit"
    mails = [mail.text.split("\n")[0] for mail in OutgoingMail.objects.filter(to=una.email).order_by("pk")]
    assert mails == [
        "An authenticator app was added to the ways you sign in.",
        "Recovery codes were added to the ways you sign in.",
        "An authenticator app was removed from the ways you sign in.",
        "Recovery codes were removed from the ways you sign in.",
    ]


def test_with_their_last_step_a_persons_tokens_end(una: User) -> None:
    client, _ = with_app(una)
    day, now = timezone.localdate(), timezone.now()
    given = {"strong": True, "by": una.actor, "now": now}
    token, _ = services.make_token(una, "Figures", ["plans:read"], day, **given)
    client.post(f"{STEPS}app/remove/")
    token.refresh_from_db()
    assert token.ended_at
    assert (
        Entry.objects.get(type="access.token_ended").reason == "The second step of signing in was taken away."
    )


def test_secrets_cannot_be_read_in_the_database(una: User) -> None:
    client, secret = with_app(una)
    codes = re.findall(r"<code>(\d+)</code>", client.get(f"{STEPS}codes/").content.decode())
    kept = "".join(str(row.data) for row in Authenticator.objects.all())
    assert secret not in kept
    assert not any(each in kept for each in codes)


class TestWhoNeedsIt:
    @pytest.fixture(autouse=True)
    def required(self, settings: Any) -> None:
        settings.SECOND_STEP_REQUIRED = True

    def test_whoever_opens_confidential_records_sets_one_up_first(self, una: User) -> None:
        client = signed_in(una)
        for page in ("/", "/plans/", "/account/data/"):
            assert client.get(page)["Location"] == STEPS
        told = client.get("/plans/", follow=True).content.decode()
        assert "a password alone is too little" in told
        for page in ("/account/", STEPS, f"{STEPS}codes/new/"):
            assert client.get(page).get("Location", "") != STEPS

    @pytest.mark.django_db(transaction=True)
    def test_setting_it_up_opens_the_door_at_once_and_afterwards_the_code_does(self, una: User) -> None:
        client, secret = with_app(una)
        assert client.get("/plans/").status_code == 200
        other, _ = password_given(una)
        other.post("/sign-in/code/", {"code": code(secret, 1)})
        assert other.get("/plans/").status_code == 200

    def test_whoever_reads_only_what_every_member_reads_needs_none(self) -> None:
        client = signed_in(member("Ola Owner", "owner", "agency", "police", PASSWORD))
        assert client.get("/plans/").status_code == 200

    def test_no_page_of_another_app_is_taken_for_ones_own_account(self, una: User) -> None:
        person = create_person("Una Unit", user=una, by=SYSTEM)
        page = signed_in(una).get(f"/partners/people/{person.pk}/account/")
        assert page["Location"] == STEPS

    def test_one_that_was_taken_away_is_set_up_anew(self, una: User) -> None:
        client, _ = with_app(una)
        client.post(f"{STEPS}app/remove/")
        again = signed_in(una)
        assert again.get("/plans/")["Location"] == STEPS


def test_the_unit_takes_away_what_was_lost(una: User) -> None:
    ola = member("Ola Owner", "executive", password=PASSWORD)
    client, _ = with_app(ola)
    person = create_person("Ola Owner", user=ola, by=SYSTEM)
    page = f"/partners/people/{person.pk}/account/second-step/"
    told = signed_in(una).post(page, follow=True).content.decode()
    assert "The second step was taken away." in told
    assert not Authenticator.objects.filter(user=ola).exists()
    assert client.get("/account/").status_code == 302
    assert password_given(ola)[1]["Location"] == "/"
    assert not Session.objects.filter(user=ola).exclude(session_key="").count() > 1
    assert services.forget_factors(ola, by=SYSTEM) == 0
