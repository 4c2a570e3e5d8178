"""Where somebody is signed in: seen, ended by themselves, ended by time, and links that set a password."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from sightline.access import rules, services
from sightline.access.choices import LinkKind
from sightline.access.models import PasswordLink, Session, User
from sightline.access.services import LinkOver
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.jobs.worker import run_one
from sightline.messages.models import OutgoingMail
from sightline.messages.services import deliver_due
from tests.access.people import PASSWORD, member, person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOW = timezone.now()


def signed_in(user: User, agent: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": agent})
    assert client.post("/sign-in/", {"email": user.email, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def una() -> User:
    return member("Una Unit", "unit", password=PASSWORD)


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(type=f"access.{kind}").order_by("pk"))


class TestOwnSessions:
    def test_each_browser_is_told_with_where_and_when(self, una: User) -> None:
        client = signed_in(una)
        signed_in(una, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")
        signed_in(person("Ann Other", password=PASSWORD))
        page = client.get("/account/").context["page"]
        assert sorted((row.browser, row.is_this, row.address, row.how) for row in page.sessions) == [
            ("Firefox on Windows", True, "127.0.0.1", "with a password"),
            ("Safari on iPhone", False, "127.0.0.1", "with a password"),
        ]
        keys = set(Session.objects.values_list("session_key", flat=True))
        assert not keys & {row.mark for row in page.sessions}

    def test_one_is_ended_and_the_others_go_on(self, una: User) -> None:
        here, there = signed_in(una), signed_in(una)
        [other] = [row for row in here.get("/account/").context["page"].sessions if not row.is_this]
        said = here.post(f"/account/sessions/{other.mark}/end/", follow=True).content.decode()
        assert "That browser is signed out." in said
        assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)
        again = here.post(f"/account/sessions/{other.mark}/end/", follow=True).content.decode()
        assert "signed out already" in again
        assert [entry.reason for entry in entries("session_ended")] == [services.ENDED_BY_PERSON]

    def test_nobody_ends_somebody_else_s(self, una: User) -> None:
        signed_in(una)
        mark = rules.session_mark(Session.objects.get().session_key)
        other = signed_in(person("Ann Other", password=PASSWORD))
        other.post(f"/account/sessions/{mark}/end/")
        assert Session.objects.filter(user=una).count() == 1

    def test_everywhere_else_is_ended_at_once(self, una: User) -> None:
        here, *others = [signed_in(una) for _ in range(3)]
        assert "everywhere else (2)" in here.post("/account/sessions/end/", follow=True).content.decode()
        assert [client.get("/account/").status_code for client in others] == [302, 302]
        assert "here only" in here.post("/account/sessions/end/", follow=True).content.decode()

    def test_a_new_password_ends_all_others(self, una: User) -> None:
        here, there = signed_in(una), signed_in(una)
        here.post("/password/", {"present": PASSWORD, "new": "another long password"})
        assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)
        assert Session.objects.filter(user=una).count() == 1

    def test_an_account_that_may_not_sign_in_any_more_is_signed_out(self, una: User) -> None:
        ann = person("Ann Other", password=PASSWORD)
        signed_in(ann)
        services.let_sign_in(ann, False, version=1, reason="", by=SYSTEM)
        assert not Session.objects.filter(user=ann).exists()


class TestLimits:
    def began(self, ago: dt.timedelta, seen: dt.timedelta) -> None:
        """Move the one session's beginning and its last sight back."""
        row = Session.objects.get()
        store = Session.get_session_store_class()(row.session_key)
        held = row.get_decoded() | {"began": (timezone.now() - ago).isoformat()}
        data, at = store.encode(held), timezone.now() - seen
        Session.objects.update(session_data=data, seen_at=at)

    @pytest.mark.parametrize(
        ("ago", "seen", "sentence"),
        [
            (dt.timedelta(hours=11), dt.timedelta(minutes=59), ""),
            (dt.timedelta(hours=2), dt.timedelta(minutes=60), "nothing was done for 1 hour"),
            (dt.timedelta(hours=12), dt.timedelta(), "you signed in 12 hours ago"),
        ],
    )
    def test_a_session_ends_by_time_and_says_why(
        self, una: User, ago: dt.timedelta, seen: dt.timedelta, sentence: str
    ) -> None:
        client = signed_in(una)
        self.began(ago, seen)
        answer = client.get("/account/", follow=True)
        assert (sentence in answer.content.decode()) is True
        assert (answer.redirect_chain != []) is bool(sentence)
        assert [entry.actor_kind for entry in entries("session_ended")] == (["system"] if sentence else [])

    def test_whoever_reads_less_may_be_idle_longer(self) -> None:
        limits = rules.session_limits()
        idle = [limits[tier].idle for tier in ("T1", "T2", "T3", "T4")]
        assert idle == sorted(idle, reverse=True)
        assert member("Ola Owner", "owner", "agency", "police").scope.reads == "T1"
        assert person("Nobody Yet").scope.reads == "T1"

    def test_the_last_sight_is_kept_now_and_then(self, una: User) -> None:
        client = signed_in(una)
        self.began(dt.timedelta(hours=1), dt.timedelta(minutes=1))
        before = Session.objects.get().seen_at
        client.get("/account/")
        assert Session.objects.get().seen_at == before
        self.began(dt.timedelta(hours=1), dt.timedelta(minutes=30))
        client.get("/account/")
        assert timezone.now() - Session.objects.get().seen_at < dt.timedelta(minutes=1)

    def test_a_session_of_before_lasts_by_its_last_sight(self, una: User) -> None:
        client = Client()
        client.force_login(una)
        assert client.get("/account/").status_code == 200
        Session.objects.update(seen_at=timezone.now() - dt.timedelta(hours=13))
        assert client.get("/account/").status_code == 302


def secret_of(to: str) -> str:
    text = OutgoingMail.objects.filter(to=to).latest("pk").text
    return re.search(r"/set-password/(\S+)/", text)[1]  # type: ignore[index]


class TestLinks:
    def ask(self, email: str) -> Any:
        """What the page answers; the link is sent by a job."""
        answer = Client().post("/forgotten/", {"email": email})
        while run_one("here"):
            pass
        return answer

    def test_whoever_asks_is_told_the_same_whether_or_not_there_is_an_account(self, una: User) -> None:
        known, unknown = (self.ask(f"{name}@wealdshire.example") for name in ("una.unit", "nobody.here"))
        plain = re.sub(r'value="[^"]+"', "", known.content.decode())
        told = re.sub(r'value="[^"]+"', "", unknown.content.decode())
        assert plain.replace("una.unit", "nobody.here") == told
        assert [mail.to for mail in OutgoingMail.objects.all()] == ["una.unit@wealdshire.example"]

    def test_no_more_than_a_few_are_sent_in_an_hour(self, una: User) -> None:
        for _ in range(rules.link_numbers().most_an_hour + 3):
            self.ask(una.email)
        assert OutgoingMail.objects.count() == rules.link_numbers().most_an_hour

    def test_it_sets_the_password_once_and_ends_every_session(self, una: User) -> None:
        client = signed_in(una)
        self.ask(una.email)
        secret = secret_of(una.email)
        services.set_password_by_link(secret, "another long password", now=timezone.now())
        una.refresh_from_db()
        assert una.check_password("another long password")
        assert client.get("/account/").status_code == 302
        with pytest.raises(LinkOver):
            services.set_password_by_link(secret, PASSWORD, now=timezone.now())
        assert [entry.actor_label for entry in entries("link_used")] == [
            "Somebody with a link sent to Una Unit"
        ]

    def test_a_weak_password_is_told_and_the_link_stays(self, una: User) -> None:
        self.ask(una.email)
        page = f"/set-password/{secret_of(una.email)}/"
        answer = Client().post(page, {"new": "short"})
        assert (answer.status_code, "too short" in answer.content.decode()) == (422, True)
        assert Client().post(page, {"new": "another long password"}).status_code == 302
        with pytest.raises(ValidationError):
            services.set_password(una, "short", by=SYSTEM)

    @pytest.mark.parametrize(("kind", "hours"), [(LinkKind.PASSWORD, 2), (LinkKind.INVITATION, 168)])
    def test_its_time_ends(self, una: User, kind: LinkKind, hours: int) -> None:
        services.send_link(una, kind, by=SYSTEM, now=NOW)
        secret, life = secret_of(una.email), dt.timedelta(hours=hours)
        assert services.link_named(secret, NOW + life - dt.timedelta(minutes=1)).user == una
        with pytest.raises(LinkOver):
            services.link_named(secret, NOW + life)
        assert services.forget_old_links(NOW + life + dt.timedelta(days=2)) == 1
        assert not PasswordLink.objects.exists()

    def test_it_is_over_when_the_account_ends(self, una: User) -> None:
        member("Uli Unit", "unit")
        services.send_link(una, LinkKind.PASSWORD, by=SYSTEM, now=timezone.now())
        secret = secret_of(una.email)
        services.let_sign_in(una, False, version=1, reason="", by=SYSTEM)
        with pytest.raises(LinkOver):
            services.link_named(secret, timezone.now())

    def test_the_secret_is_kept_nowhere_once_the_mail_is_sent(self, una: User) -> None:
        self.ask(una.email)
        secret = secret_of(una.email)
        assert not PasswordLink.objects.filter(digest=secret).exists()
        assert not any(secret in str(value) for entry in Entry.objects.values_list() for value in entry)
        deliver_due(timezone.now())
        assert secret not in OutgoingMail.objects.get().text

    def test_a_wrong_link_says_what_to_do(self) -> None:
        answer = Client().get("/set-password/nothing-of-the-kind/")
        assert answer.status_code == 410
        assert "Ask for another one." in answer.content.decode()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit Chrome/140 Safari/537", "Chrome on Mac"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome on Android"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert rules.browser_of(agent) == words
