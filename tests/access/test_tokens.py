"""Personal tokens: made by whoever proved who they are, shown once, bounded, ended with what they came from."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access import services
from sightline.access.choices import TokenScope, TokenUnfit
from sightline.access.models import SignInFailure, Token, User
from sightline.access.permissions import Refused
from sightline.access.rules import token_numbers, why_no_token
from sightline.access.services.tokens import Allowances, digest_of
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry, PersonalValue
from sightline.events.selectors import personal_values
from sightline.events.services import seal, verify
from sightline.messages.models import OutgoingMail
from tests.access.people import PASSWORD, member, person, world

NOW = timezone.now
EVERY = [scope.value for scope in TokenScope]


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    services.forget_allowances()


def made(user: User, **more: Any) -> tuple[Token, str]:
    given = {"name": "Figures", "scopes": EVERY, "expires_on": timezone.localdate() + timedelta(days=30)}
    return services.make_token(user, **given | {"strong": False, "by": user.actor, "now": NOW()} | more)


def entries(kind: str) -> int:
    return Entry.objects.filter(type=f"access.{kind}").count()


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/sign-in/", {"email": user.email, "password": PASSWORD})
    return client


@pytest.mark.django_db
def test_it_is_made_after_proving_again_who_one_is_shown_once_and_told_of() -> None:
    user = member("Una Unit", "unit", password=PASSWORD)
    client = signed_in(user)
    away = client.get("/account/tokens/new/")
    assert away["Location"].startswith("/account/steps/password/?next=")
    back = client.post(away["Location"], {"password": PASSWORD})
    assert back["Location"] == "/account/tokens/new/"
    day = timezone.localdate() + timedelta(days=10)
    said = {"name": "Figures", "scopes": ["plans:read", "actions:read"], "expires_on-day": day.day}
    answer = client.post(
        "/account/tokens/new/", said | {"expires_on-month": day.month, "expires_on-year": day.year}
    )
    secret = answer.content.decode().partition('<code id="token">')[2].partition("</code>")[0]
    token = Token.objects.get(digest=digest_of(secret))
    assert (token.user, token.scopes, token.expires_on) == (user, ["actions:read", "plans:read"], day)
    assert secret not in client.get("/account/tokens/").content.decode()
    assert "Figures" in client.get("/account/tokens/").content.decode()
    kept = " ".join(
        str(row) for model in (Token, Entry, PersonalValue, OutgoingMail) for row in model.objects.values()
    )
    assert secret not in kept
    assert entries("token_made") == 1
    assert OutgoingMail.objects.get().to == user.email
    assert mail.outbox == []
    client.post(f"/account/tokens/{token.pk}/end/")
    assert "You have none" in client.get("/account/tokens/").content.decode()
    assert entries("token_ended") == 1


@pytest.mark.django_db
def test_nobody_ends_or_sees_somebody_elses() -> None:
    people = world().people
    token, _ = made(people["unit"])
    client = Client()
    client.force_login(people["owner"])
    client.post(f"/account/tokens/{token.pk}/end/")
    token.refresh_from_db()
    assert token.ended_at is None
    assert "Figures" not in client.get("/account/tokens/").content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"days": -1}, "expires_on"),
        ({"days": 366}, "expires_on"),
        ({"held": 10}, ""),
        ({}, None),
        ({"days": 0}, None),
        ({"days": 365, "held": 9}, None),
    ],
)
def test_what_stands_against_a_token(given: dict[str, Any], field: str | None) -> None:
    today = timezone.localdate()
    asked = {"name": "n", "scopes": ["plans:read"], "days": 5, "held": 0} | given
    last = today + timedelta(days=asked["days"])
    problems = why_no_token(asked["name"], asked["scopes"], last, today, asked["held"])
    assert list(problems) == ([] if field is None else [field])


@pytest.mark.django_db
def test_so_many_at_once_and_none_for_the_supplier() -> None:
    user = member("Una Unit", "unit")
    with pytest.raises(ValueError, match="children:read"):
        made(user, scopes=["children:read"])
    for _ in range(token_numbers().most_held):
        made(user)
    with pytest.raises(TokenUnfit):
        made(user)
    services.end_token(user, Token.objects.first().pk, by=user.actor, now=NOW())  # type: ignore[union-attr]
    made(user)
    supplier = services.mark_supplier(
        person("Sam Supplier"), True, on=timezone.localdate(), reason="They mend it", by=SYSTEM
    )
    with pytest.raises(Refused):
        made(supplier)


@pytest.mark.django_db
def test_it_ends_with_its_account_and_its_second_step_and_not_with_sessions() -> None:
    def ended_by(doing: Any) -> bool:
        user = member(f"Person {User.objects.count()}", "unit")
        token, secret = made(user)
        services.recognise(secret, "1.2.3.4", NOW())
        doing(user)
        token.refresh_from_db()
        if token.ended_at is None:
            services.recognise(secret, "1.2.3.4", NOW())
            return False
        with pytest.raises(services.TokenRefused) as refused:
            services.recognise(secret, "1.2.3.4", NOW())
        return refused.value.status == 401

    member("Another", "unit")
    assert ended_by(lambda user: services.let_sign_in(user, False, version=1, reason="Left", by=SYSTEM))
    assert ended_by(lambda user: services.forget_factors(user, by=SYSTEM))
    assert ended_by(lambda user: services.end_tokens_of(user, "Lost", by=SYSTEM))
    assert not ended_by(lambda user: services.end_sessions_of(user, "All", by=SYSTEM))


@pytest.mark.django_db
def test_it_never_gives_more_than_its_person_has_now(settings: Any) -> None:
    user = member("Una Unit", "unit")
    token, secret = made(user)
    assert services.recognise(secret, "", NOW()).user.scope.role_keys == {"unit"}
    settings.SECOND_STEP_REQUIRED = True
    with pytest.raises(services.TokenRefused, match="second step"):
        services.recognise(secret, "", NOW())
    _, strong = made(user, strong=True)
    services.recognise(strong, "", NOW())
    user.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(services.TokenRefused) as refused:
        services.recognise(strong, "", NOW())
    assert refused.value.status == 403
    services.close_left_accounts(timezone.localdate())
    token.refresh_from_db()
    assert token.ended_at


@pytest.mark.django_db
def test_after_its_last_day_it_opens_nothing() -> None:
    _, secret = made(member("Una Unit", "unit"), expires_on=timezone.localdate())
    services.recognise(secret, "", NOW())
    with pytest.raises(services.TokenRefused) as refused:
        services.recognise(secret, "", NOW() + timedelta(days=1))
    assert (refused.value.status, entries("token_refused")) == (401, 0)


@pytest.mark.django_db
def test_wrong_ones_are_told_of_and_counted_by_address_and_stop_nobody_elses() -> None:
    _, secret = made(member("Una Unit", "unit"))
    most = token_numbers().wrong_from_one_address
    statuses = []
    for _ in range(most + 3):
        with pytest.raises(services.TokenRefused) as refused:
            services.recognise("sightline_guess", "1.2.3.4", NOW())
        statuses.append(refused.value.status)
    assert statuses == [401] * most + [429] * 3
    assert entries("token_refused") == SignInFailure.objects.count() == most
    services.recognise(secret, "1.2.3.4", NOW())


@pytest.mark.django_db
def test_requests_of_a_minute_are_bounded_over_processes_with_few_writes() -> None:
    user = member("Una Unit", "unit")
    token, _ = made(user)
    numbers, start = token_numbers(), NOW().replace(second=5)
    processes = [Allowances(), Allowances()]
    answered = sum(processes[n % 2].take(token, start) for n in range(numbers.requests_a_minute + 50))
    assert answered == numbers.requests_a_minute
    with CaptureQueriesContext(connection) as asked:
        assert not processes[0].take(token, start)
    assert not asked.captured_queries
    assert processes[0].take(token, start + timedelta(minutes=1))
    token.refresh_from_db()
    assert token.taken == numbers.at_once
    assert token.used_at == start + timedelta(minutes=1)
    assert entries("token_used") >= 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_never_draw_the_same() -> None:
    token, _ = made(member("Una Unit", "unit"))
    now, answered, lock = NOW(), [0], threading.Lock()

    def many() -> None:
        own = Allowances()
        got = sum(own.take(token, now) for _ in range(token_numbers().requests_a_minute))
        connection.close()
        with lock:
            answered[0] += got

    threads = [threading.Thread(target=many) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answered[0] == token_numbers().requests_a_minute


@pytest.mark.django_db(transaction=True)
def test_one_that_is_written_behind_sightlines_back_is_told_of() -> None:
    user = member("Una Unit", "unit")
    token, secret = made(user)
    services.recognise(secret, "", NOW())
    services.end_token(user, token.pk, by=user.actor, now=NOW())
    seal(NOW())
    assert verify().is_sound
    Token.objects.filter(pk=token.pk).update(ended_at=None)
    seal(NOW())
    assert not verify().is_sound


@pytest.mark.django_db
def test_old_ones_are_forgotten_a_year_later() -> None:
    user = member("Una Unit", "unit")
    token, _ = made(user)
    about = Entry.objects.filter(subject_app="access", subject_model="token", subject_id=str(token.pk))
    assert services.forget_old_tokens(NOW() + timedelta(days=300)) == 0
    assert [personal_values(entry)["subject"] for entry in about] == [str(token)]
    assert services.forget_old_tokens(NOW() + timedelta(days=400)) == 1
    assert about.all().count() == 2
    assert not PersonalValue.objects.filter(entry__in=about).exists()
    assert (
        token.name
        not in f"{list(Entry.objects.values_list('subject_title', 'before', 'after', 'actor_label'))}"
    )
