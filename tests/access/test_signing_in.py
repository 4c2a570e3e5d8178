"""Signing in and out, the throttle, and the guard."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from sightline.access import guard, rules, services
from sightline.access.addresses import client_address
from sightline.access.choices import Permission, UnknownPermission
from sightline.access.guard import PUBLIC, SIGNED_IN, GuardMiddleware, actor_of, needs
from sightline.access.models import SignInFailure, User
from sightline.access.permissions import Refused
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from tests.access.people import PASSWORD, member, person

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
SIGN_IN = "/sign-in/"


def try_in(
    client: Client, password: str, email: str = "una.unit@wealdshire.example", **extra: str
) -> HttpResponse:
    return client.post(SIGN_IN, {"email": email, "password": password}, **extra)


@pytest.fixture
def una(db: None) -> User:
    return member("Una Unit", "unit", password=PASSWORD)


def test_right_words_open_a_session_and_are_journalled(client: Client, una: User) -> None:
    response = try_in(client, PASSWORD, email=" Una.Unit@Wealdshire.example ")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(una.pk)
    entry = Entry.objects.get(type="access.signed_in")
    assert (entry.actor_user_id, entry.actor_role, entry.after_values) == (
        una.pk,
        "Business manager",
        {"how": "password"},
    )
    assert personal_values(entry) == {"personal.address": "127.0.0.1"}


@pytest.mark.parametrize("email", ["una.unit@wealdshire.example", "nobody@wealdshire.example"])
def test_wrong_words_are_told_alike_and_journalled(client: Client, una: User, email: str) -> None:
    response = try_in(client, "wrong", email=email)
    assert response.status_code == 422
    assert services.WRONG in response.content.decode()
    assert "_auth_user_id" not in client.session
    entry = Entry.objects.get(type="access.sign_in_failed")
    assert (entry.actor_label, entry.after) == ("Somebody at the sign-in page", "")
    assert personal_values(entry) == {"personal.email": email, "personal.address": "127.0.0.1"}


def test_an_account_that_may_not_sign_in_is_told_like_a_wrong_password(client: Client, db: None) -> None:
    user = person("Una Unit", password=PASSWORD)
    services.let_sign_in(user, False, version=1, reason="", by=user.actor)
    assert services.WRONG in try_in(client, PASSWORD).content.decode()


def test_an_empty_form_says_what_is_missing_and_counts_as_no_failure(client: Client, db: None) -> None:
    response = client.post(SIGN_IN, {})
    assert response.status_code == 422
    assert SignInFailure.objects.count() == 0


def test_too_many_failures_make_the_pair_of_account_and_address_wait(client: Client, una: User) -> None:
    for _ in range(rules.FAILURES_BEFORE_WAITING):
        try_in(client, "wrong")
    response = try_in(client, PASSWORD)
    assert response.status_code == 422
    assert (
        "too many failed tries for this account from here. Try again in 5 minutes."
        in response.content.decode()
    )
    try_in(client, "wrong")
    assert Entry.objects.filter(type="access.sign_in_slowed").count() == 1
    assert Entry.objects.filter(type="access.sign_in_failed").count() == rules.FAILURES_BEFORE_WAITING


def test_nobody_can_lock_somebody_else_out(client: Client, una: User) -> None:
    """Whoever guesses from elsewhere waits; the person herself signs in from where she is."""
    for _ in range(rules.FAILURES_BEFORE_WAITING + 1):
        try_in(client, "wrong", REMOTE_ADDR="203.0.113.9")
    assert try_in(client, PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert SignInFailure.objects.filter(address="198.51.100.7").count() == 0
    assert SignInFailure.objects.filter(address="203.0.113.9").count() == rules.FAILURES_BEFORE_WAITING


def test_a_wait_is_over_in_its_time(client: Client, una: User) -> None:
    for _ in range(rules.FAILURES_BEFORE_WAITING):
        try_in(client, "wrong")
    SignInFailure.objects.update(moment=timezone.now() - rules.WAIT)
    assert try_in(client, PASSWORD).status_code == 302
    assert SignInFailure.objects.count() == 0


def test_the_last_minute_is_one_minute(client: Client, una: User) -> None:
    for _ in range(rules.FAILURES_BEFORE_WAITING):
        try_in(client, "wrong")
    SignInFailure.objects.update(moment=timezone.now() - rules.WAIT + dt.timedelta(seconds=30))
    assert "Try again in 1 minute." in try_in(client, PASSWORD).content.decode()


@pytest.mark.parametrize(
    ("minutes_ago", "left"),
    [
        ([0] * 4, 0),
        ([0] * 5, 5),
        ([1, 2, 3, 4, 4], 4),
        ([0, 0, 0, 0, 15], 0),
        ([6, 7, 8, 9, 10], 0),
        ([5] * 9, 0),
    ],
)
def test_wait_left(minutes_ago: list[int], left: int) -> None:
    moments = [NOW - dt.timedelta(minutes=minutes) for minutes in minutes_ago]
    assert rules.wait_left(moments, NOW) == dt.timedelta(minutes=left)


def test_afterwards_back_to_the_page_asked_for(client: Client, una: User) -> None:
    response = client.get("/partners/?sort=-name")
    assert response["Location"] == "/sign-in/?next=%2Fpartners%2F%3Fsort%3D-name"
    page = client.get(response["Location"])
    assert 'value="/partners/?sort=-name"' in page.content.decode()
    data = {"email": una.email, "password": PASSWORD, "next": "/partners/?sort=-name"}
    assert client.post(SIGN_IN, data)["Location"] == "/partners/?sort=-name"
    assert client.get(f"{SIGN_IN}?next=/partners/")["Location"] == "/partners/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, una: User, elsewhere: str) -> None:
    data = {"email": una.email, "password": PASSWORD, "next": elsewhere}
    assert client.post(SIGN_IN, data)["Location"] == "/"


def test_signing_out_ends_the_session_and_is_journalled(client: Client, una: User) -> None:
    client.force_login(una)
    assert client.get("/sign-out/").status_code == 405
    left = client.post("/sign-out/")
    assert (left["Location"], left["Clear-Site-Data"]) == ("/sign-in/", '"storage"')
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-out/").status_code == 302
    assert list(Entry.objects.filter(type="access.signed_out").values_list("actor_user_id", flat=True)) == [
        una.pk
    ]


def test_somebody_without_a_membership_is_told_whom_to_ask(client: Client, db: None) -> None:
    client.force_login(person("Ann Other"))
    response = client.get("/partners/")
    assert response.status_code == 403
    assert "you hold no current membership of this partnership" in response.content.decode()


def test_a_refusal_says_why(client: Client, db: None) -> None:
    client.force_login(member("Ed Executive", "executive"))
    assert "Background work is looked after by the business unit." in client.get("/jobs/").content.decode()


def request_of(user: object, method: str = "get", path: str = "/x/") -> object:
    request = getattr(RequestFactory(), method)(path)
    request.user = user
    return request


def answer(request: object) -> HttpResponse:
    return HttpResponse("ok")


def test_a_view_without_a_mark_is_refused_to_everybody(una: User) -> None:
    middleware = GuardMiddleware(answer)
    for user in (una, AnonymousUser()):
        with pytest.raises(Refused, match="not been opened to anyone"):
            middleware.process_view(request_of(user), answer, (), {})
    assert middleware(request_of(una)).content == b"ok"


def test_marks() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse()

    assert guard.needed_by(view) is None
    assert guard.needed_by(needs(PUBLIC)(view)) == PUBLIC
    assert view.login_required is False
    with pytest.raises(UnknownPermission, match="'fly'"):
        needs("fly")


def test_what_the_guard_lets_through(una: User) -> None:
    middleware = GuardMiddleware(answer)
    open_to_all, to_signed_in = needs(PUBLIC)(lambda request: None), needs(SIGNED_IN)(lambda request: None)
    to_unit = needs(Permission.JOBS_VIEW)(lambda request: None)
    nobody = AnonymousUser()
    assert middleware.process_view(request_of(nobody), open_to_all, (), {}) is None
    assert middleware.process_view(request_of(una), to_signed_in, (), {}) is None
    assert middleware.process_view(request_of(una), to_unit, (), {}) is None
    sent = middleware.process_view(request_of(nobody), to_signed_in, (), {})
    assert sent["Location"] == "/sign-in/?next=%2Fx%2F"
    posted = middleware.process_view(request_of(nobody, "post"), to_unit, (), {})
    assert posted["Location"] == "/sign-in/"


def test_who_acts(una: User) -> None:
    assert actor_of(request_of(una)).user_id == una.pk
    with pytest.raises(Refused, match="Sign in first"):
        actor_of(request_of(AnonymousUser()))


@pytest.mark.parametrize(
    ("trusted", "forwarded", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "spoofed, 203.0.113.9", "203.0.113.9"),
        (2, "spoofed, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "10.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_own_proxy_saw(settings, trusted: int, forwarded: str, found: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == found


def test_the_password_is_kept_by_argon2() -> None:
    from sightline.site.settings import base

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_old_failures_go_with_the_daily_job(db: None) -> None:
    from sightline.access.jobs import forget_failures

    SignInFailure.objects.create(account="a", address="b", moment=NOW - dt.timedelta(days=400))
    forget_failures(SimpleNamespace())
    assert SignInFailure.objects.count() == 0


def test_sessions_that_are_over_go_with_the_daily_job(client: Client, una: User) -> None:
    from sightline.access.jobs import clear_sessions
    from sightline.access.models import Session

    client.force_login(una)
    other = Client()
    other.force_login(una)
    Session.objects.filter(pk=other.session.session_key).update(
        expire_date=timezone.now() - dt.timedelta(hours=1)
    )
    clear_sessions(SimpleNamespace())
    assert [session.pk for session in Session.objects.all()] == [client.session.session_key]


def test_session_account_and_memberships_are_read_together(
    client: Client, una: User, django_assert_num_queries: Any
) -> None:
    try_in(client, PASSWORD)
    services.grant(una, "chair", "group", "a", dt.date(2020, 1, 1), by=SYSTEM)
    services.grant(una, "chair", "group", "b", dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2), by=SYSTEM)
    # The session with its account and roles, the partnership whose name stands over the page, and its statement.
    with django_assert_num_queries(3):
        response = client.get("/accessibility/")
    user = response.wsgi_request.user
    assert user == una
    assert user.scope == User.objects.get(pk=una.pk).scope
    assert user.scope.group_keys == {"a"}


def test_a_session_knows_whose_it_is_and_goes_with_the_account(client: Client, una: User) -> None:
    try_in(client, PASSWORD)
    assert list(una.sessions.values_list("pk", flat=True)) == [client.session.session_key]
    client.post("/sign-out/")
    assert not una.sessions.exists()


def test_somebody_without_a_role_is_signed_in_and_holds_nothing(client: Client, db: None) -> None:
    person("Ola Owner", password=PASSWORD)
    assert try_in(client, PASSWORD, email="ola.owner@wealdshire.example").status_code == 302
    user = client.get("/accessibility/").wsgi_request.user
    assert (user.name, user.scope.held) == ("Ola Owner", ())


def test_an_account_closed_meanwhile_is_signed_out(client: Client, una: User) -> None:
    try_in(client, PASSWORD)
    User.objects.filter(pk=una.pk).update(is_active=False)
    assert not client.get("/accessibility/").wsgi_request.user.is_authenticated


def test_the_present_password_cannot_be_guessed_at_ones_own_account(client: Client, una: User) -> None:
    try_in(client, PASSWORD)
    said = {"new": PASSWORD[::-1]}
    for _ in range(rules.FAILURES_BEFORE_WAITING):
        client.post("/password/", said | {"present": "wrong"})
    told = client.post("/password/", said | {"present": PASSWORD}).content.decode()
    assert "too many failed tries" in told


def test_a_changed_password_ends_other_sessions(client: Client, una: User) -> None:
    try_in(client, PASSWORD)
    services.set_password(una, PASSWORD[::-1], by=una.actor)
    assert not client.get("/accessibility/").wsgi_request.user.is_authenticated
