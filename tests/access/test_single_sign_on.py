"""Single sign-on against a provider that runs in a process of its own: who comes in, and who does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access import provider as door
from sightline.access import rules, services
from sightline.access.models import Identity, Session, SignInFailure, User
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.events.services import verify
from sightline.messages.models import OutgoingMail
from sightline.partners.services import create_person, open_account
from tests.access.people import PASSWORD, enter, member, person
from tests.access.providing import Provider, come_back, come_in, running, settings_for

pytestmark = pytest.mark.django_db
UNA = "una.unit@wealdshire.example"


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    with running() as started:
        yield started


@pytest.fixture
def provider(process: Provider, settings: Any) -> Provider:
    door._client.cache_clear()
    process.tells()
    settings.SINGLE_SIGN_ON = settings_for(process)
    return process


@pytest.fixture
def una() -> User:
    return member("Una Unit", "unit", password=PASSWORD)


def said(client: Client) -> str:
    return client.get("/sign-in/").content.decode()


def failures() -> list[str]:
    return list(
        Entry.objects.filter(type="access.sign_in_failed").order_by("pk").values_list("reason", flat=True)
    )


def how() -> list[str]:
    return [row.get_decoded().get("how", "") for row in Session.objects.exclude(user=None)]


class TestComingIn:
    def test_a_verified_address_opens_the_account_that_stands(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        answer = come_in(provider, client, UNA)
        assert (answer.status_code, answer["Location"]) == (302, "/plans/")
        assert client.get("/plans/").status_code == 200
        assert how() == [rules.PROVIDER]
        bound = Identity.objects.get()
        assert (bound.user, bound.issuer, bound.subject) == (una, provider.address, UNA)
        types = Entry.objects.order_by("pk").values_list("type", flat=True)
        assert list(types)[-3:] == ["access.identity_bound", "outbox.mail_queued", "access.signed_in"]
        assert '"single sign-on"' in Entry.objects.latest("pk").after
        assert "by single sign-on" in client.get("/account/").content.decode()
        assert OutgoingMail.objects.get().to == UNA

    def test_whoever_came_in_by_it_was_not_only_invited(self, provider: Provider, client: Client) -> None:
        ann = member("Ann New", "unit")
        by = member("Una Unit", "unit")
        tied = create_person("Ann New", email=ann.email, by=SYSTEM)
        open_account(tied, by=SYSTEM, now=timezone.now())
        unit = Client()
        unit.force_login(by)
        account = f"/partners/people/{tied.pk}/account/"
        assert "the invitation waits" in unit.get(account).content.decode()
        come_in(provider, client, ann.email)
        page = unit.get(account).content.decode()
        assert "the invitation waits" not in page
        assert "Bound to single sign-on on" in page
        states = {
            row.email: row.state for row in unit.get("/partners/accounts/").context["page"].listing.rows
        }
        assert states[ann.email] == "Open"
        assert ann.email not in unit.get("/partners/accounts/?state=invited").content.decode()
        unit.post(f"{account}single-sign-on/")
        assert not Identity.objects.exists()

    def test_what_is_asked_of_the_provider(self, provider: Provider, client: Client) -> None:
        asked = parse_qs(urlsplit(client.get("/sign-in/provider/")["Location"]).query)
        assert asked["scope"] == ["openid email"]
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["redirect_uri"] == ["http://testserver/sign-in/provider/back/"]
        assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 20

    def test_the_button_stands_where_there_is_a_provider(
        self, provider: Provider, client: Client, settings: Any
    ) -> None:
        assert "Sign in with Wealdshire" in said(client)
        settings.SINGLE_SIGN_ON = {}
        assert "Sign in with Wealdshire" not in said(client)
        assert client.get("/sign-in/provider/")["Location"] == "/sign-in/"
        assert client.get("/sign-in/provider/back/?code=1&state=2")["Location"] == "/sign-in/"

    def test_what_was_bound_counts_and_the_address_no_more(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        come_in(provider, client, UNA)
        provider.tells(emails={UNA: "una.new@wealdshire.example"}, verified=False)
        other = Client()
        assert come_in(provider, other, UNA)["Location"] == "/plans/"
        assert other.get("/plans/").status_code == 200
        assert Identity.objects.count() == 1

    def test_a_reused_address_takes_nothing_over(self, provider: Provider, una: User, client: Client) -> None:
        come_in(provider, client, UNA)
        provider.tells(emails={"somebody-new": UNA})
        other = Client()
        assert come_in(provider, other, "somebody-new")["Location"] == "/sign-in/"
        assert "bound to another person at Wealdshire" in said(other)
        assert other.get("/plans/").status_code == 302
        assert failures() == ["Single sign-on: the account is bound to another identity."]

    def test_the_unit_lets_an_account_be_bound_anew(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        come_in(provider, client, UNA)
        assert services.forget_identities(una, "New there.", by=SYSTEM) == 1
        assert client.get("/plans/").status_code == 302
        assert "tell the business unit of your partnership at once" in OutgoingMail.objects.latest("pk").text
        sent = OutgoingMail.objects.count()
        assert services.forget_identities(una, "New there.", by=SYSTEM) == 0
        assert OutgoingMail.objects.count() == sent
        provider.tells(emails={"somebody-new": UNA})
        assert come_in(provider, Client(), "somebody-new")["Location"] == "/plans/"
        assert Identity.objects.get().subject == "somebody-new"

    def test_the_address_may_stand_where_the_provider_tells_of_people(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        provider.tells(in_token=False, method="client_secret_post", kid=False)
        assert come_in(provider, client, UNA)["Location"] == "/plans/"

    def test_somebody_signed_in_is_not_sent_there(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        client.force_login(una)
        assert client.get("/sign-in/provider/?next=/plans/")["Location"] == "/plans/"
        assert client.get("/sign-in/provider/back/")["Location"] == "/"

    def test_nobody_is_led_to_another_site(self, provider: Provider, una: User, client: Client) -> None:
        assert come_in(provider, client, UNA, "https://elsewhere.example/")["Location"] == "/"

    def test_all_of_it_is_accounted_for(self, provider: Provider, una: User, client: Client) -> None:
        come_in(provider, client, UNA)
        services.forget_identities(una, "New there.", by=SYSTEM)
        assert verify().is_sound


class TestSecondStep:
    @pytest.mark.parametrize(
        ("told", "strong"),
        [({}, False), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True)],
    )
    def test_the_provider_s_own_counts_by_setting(
        self,
        provider: Provider,
        una: User,
        client: Client,
        settings: Any,
        told: dict[str, Any],
        strong: bool,
    ) -> None:
        settings.SECOND_STEP_REQUIRED = True
        provider.tells(**told)
        come_in(provider, client, UNA)
        assert how() == [rules.PROVIDER_STRONG if strong else rules.PROVIDER]
        answer = client.get("/plans/")
        assert (answer.status_code, answer.get("Location", "")) == (
            (200, "") if strong else (302, "/account/steps/")
        )

    def test_where_no_value_is_set_none_counts(
        self, provider: Provider, una: User, client: Client, settings: Any
    ) -> None:
        settings.SINGLE_SIGN_ON = settings_for(provider, second_step=[])
        settings.SECOND_STEP_REQUIRED = True
        provider.tells(amr=["mfa", ""], acr="")
        come_in(provider, client, UNA)
        assert client.get("/plans/").status_code == 302

    def test_a_step_of_one_s_own_is_asked_for(self, provider: Provider, una: User, client: Client) -> None:
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        from sightline.access.adapters import FactorAdapter

        TOTP.activate(una, FactorAdapter().encrypt(generate_totp_secret()))
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/code/"
        assert client.get("/plans/")["Location"].startswith("/sign-in/")
        provider.tells(amr=["mfa"])
        assert come_in(provider, Client(), UNA)["Location"] == "/plans/"

    def test_ways_that_are_taken_away_leave_what_the_provider_proved(self) -> None:
        assert rules.how_without_steps(rules.PROVIDER_STRONG) == rules.PROVIDER_STRONG
        assert rules.how_without_steps(rules.PROVIDER_CODE) == rules.PROVIDER
        assert rules.how_without_steps(rules.CODE) == rules.PASSWORD
        assert rules.how_signed_in([{"method": rules.PROVIDER}, {"method": "mfa"}]) == rules.PROVIDER_CODE


class TestProof:
    """Somebody with neither password nor second step here proves at the provider who they are."""

    @pytest.fixture
    def door(self, provider: Provider, client: Client) -> str:
        """Where Una is led who came in by it and wants a token."""
        member("Una Unit", "unit")
        provider.tells(amr=["mfa"])
        come_in(provider, client, UNA)
        asked = client.get("/account/tokens/new/")
        assert asked["Location"] == "/sign-in/provider/?again=1&next=%2Faccount%2Ftokens%2Fnew%2F"
        return str(client.get(asked["Location"])["Location"])

    @pytest.mark.parametrize(
        "address", ["/everything/new/", "/account/steps/app/", "/account/steps/passkeys/new/"]
    )
    def test_it_is_proved_at_the_provider_by_signing_in_anew(
        self, provider: Provider, client: Client, door: str, address: str
    ) -> None:
        asked = parse_qs(urlsplit(door).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
        assert client.get(address)["Location"].startswith("/sign-in/provider/?again=1&next=")
        assert come_back(provider, client, UNA, door)["Location"] == "/account/tokens/new/"
        assert client.get("/account/tokens/new/").status_code == 200
        assert client.get(address).status_code == 200
        assert how() == [rules.PROVIDER_STRONG]
        enter(client, User.objects.get(email=UNA), ago=301)
        assert client.get("/account/tokens/new/").status_code == client.get(address).status_code == 302

    def test_nobody_else_proves_it_nor_a_session_that_stood_there(
        self, provider: Provider, client: Client, door: str
    ) -> None:
        assert come_back(provider, client, "somebody-else", door)["Location"] == "/sign-in/"
        provider.tells(amr=["mfa"], auth_time=int(time.time()) - 3600)
        again = client.get("/sign-in/provider/?again=1&next=/account/tokens/new/")["Location"]
        assert come_back(provider, client, UNA, again)["Location"] == "/sign-in/"
        assert client.get("/account/tokens/new/").status_code == 302
        assert client.get("/plans/").status_code == 200
        assert failures() == [
            "Single sign-on: the proof is of another identity.",
            "Single sign-on: nobody was asked anew.",
        ]

    def test_without_any_way_one_is_told_so(self, client: Client, settings: Any) -> None:
        settings.SINGLE_SIGN_ON = {}
        client.force_login(member("Ula Unit", "unit"))
        told = client.get("/everything/new/", follow=True)
        assert told.redirect_chain == [("/account/", 302)]
        assert "nothing by which you could prove here" in told.content.decode()


class TestRefused:
    @pytest.mark.parametrize(
        ("said_it", "kept"), [("access_denied", "access_denied"), ("Una " * 500, "another error")]
    )
    def test_the_journal_repeats_registered_errors_alone(
        self, provider: Provider, client: Client, said_it: str, kept: str
    ) -> None:
        state = parse_qs(urlsplit(client.get("/sign-in/provider/")["Location"]).query)["state"][0]
        client.get("/sign-in/provider/back/", {"error": said_it, "state": state})
        assert failures() == [f"Single sign-on: the provider refused: {kept}."]

    @pytest.mark.parametrize(
        ("spoilt", "why"),
        [
            ("signature", "BadSignatureError"),
            ("audience", "aud"),
            ("issuer", "iss"),
            ("expired", "ExpiredTokenError"),
            ("nonce", "nonce"),
            ("unsigned", "lgorithm"),
            ("unknown key", "InvalidKeyIdError"),
            ("shared secret", "lgorithm"),
            ("azp", "azp"),
            ("no subject", "names nobody"),
            ("configuration", "another issuer"),
        ],
    )
    def test_a_spoilt_token_opens_nothing(
        self, provider: Provider, una: User, client: Client, spoilt: str, why: str
    ) -> None:
        provider.tells(spoilt=spoilt)
        if spoilt == "configuration":
            assert client.get("/sign-in/provider/")["Location"] == "/sign-in/"
        else:
            assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        assert "could not be checked" in said(client)
        assert why in failures()[0]
        assert how() == []
        assert not Identity.objects.exists()

    def test_a_state_that_is_not_ours(self, provider: Provider, una: User, client: Client) -> None:
        client.get("/sign-in/provider/")
        assert client.get("/sign-in/provider/back/?code=1&state=another")["Location"] == "/sign-in/"
        assert "was not begun in this browser" in said(client)
        assert failures() == ["Single sign-on: the state was not ours."]

    def test_what_comes_back_works_once_and_in_its_own_browser(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        begun = client.get("/sign-in/provider/")
        found = urlsplit(provider.signs_in(UNA, begun["Location"]))
        address = f"{found.path}?{found.query}"
        assert Client().get(address)["Location"] == "/sign-in/"
        assert client.get(address)["Location"] == "/"
        client.post("/sign-out/")
        assert client.get(address)["Location"] == "/sign-in/"

    def test_the_code_without_the_browser_s_verifier(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        begun = client.get("/sign-in/provider/")
        found = urlsplit(provider.signs_in(UNA, begun["Location"]))
        session = client.session
        [kept] = [key for key in sorted(session.keys()) if key.startswith("_state_provider_")]
        session[kept]["data"]["code_verifier"] = "x" * 43
        session.save()
        assert client.get(f"{found.path}?{found.query}")["Location"] == "/sign-in/"
        assert "the provider refused" in failures()[0]

    def test_it_took_too_long(
        self, provider: Provider, una: User, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(door, "PENDING_SECONDS", -1)
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        assert "took too long" in said(client)

    def test_somebody_who_changed_their_mind(self, provider: Provider, client: Client) -> None:
        asked = parse_qs(urlsplit(client.get("/sign-in/provider/")["Location"]).query)
        client.get("/sign-in/provider/back/", {"error": "access_denied", "state": asked["state"][0]})
        assert "Wealdshire did not sign you in" in said(client)

    def test_a_provider_that_tells_of_somebody_else(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        provider.tells(in_token=False, other_person=True)
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        assert failures() == ["Single sign-on: it told of another person."]

    def test_a_provider_that_does_not_answer(self, client: Client, settings: Any) -> None:
        settings.SINGLE_SIGN_ON = settings_for(Provider("http://127.0.0.1:1"))
        assert client.get("/sign-in/provider/")["Location"] == "/sign-in/"
        assert "Wealdshire does not answer" in said(client)

    def test_an_address_that_is_not_verified(
        self, provider: Provider, una: User, client: Client, settings: Any
    ) -> None:
        provider.tells(verified=False)
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        assert "does not say that your e-mail address is verified" in said(client)
        assert failures() == ["Single sign-on: the address is not verified."]
        # Entra ID's claim, and those of others that say "true" as a word, are no yes; the setting is.
        provider.tells(verified="true")
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        settings.SINGLE_SIGN_ON = settings_for(provider, addresses_verified=True)
        assert come_in(provider, client, UNA)["Location"] == "/plans/"

    def test_somebody_without_an_account_opens_none(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        assert come_in(provider, client, "nia@wealdshire.example")["Location"] == "/sign-in/"
        assert "there is no account here for nia@wealdshire.example" in said(client)
        assert User.objects.count() == 1
        assert not Identity.objects.exists()

    @pytest.mark.parametrize("bound", [True, False])
    def test_a_closed_account(self, provider: Provider, client: Client, bound: bool) -> None:
        ann = person("Ann Other", active=False)
        if bound:
            now = timezone.now()
            Identity.objects.create(
                user=ann, issuer=provider.address, subject=ann.email, bound_at=now, used_at=now
            )
        assert come_in(provider, client, ann.email)["Location"] == "/sign-in/"
        assert "cannot sign in now" in said(client)
        assert failures() == ["Single sign-on: the account is closed."]
        assert how() == []

    def test_an_account_that_waits_after_wrong_passwords_waits_here_too(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        for _ in range(5):
            client.post("/sign-in/", {"email": UNA, "password": "wrong"})
        assert come_in(provider, client, UNA)["Location"] == "/sign-in/"
        assert "too many failed tries" in said(client)
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert come_in(provider, elsewhere, UNA)["Location"] == "/plans/"

    def test_a_flood_of_what_is_not_believed_is_told_a_few_times_and_stops_nobody(
        self, provider: Provider, una: User, client: Client
    ) -> None:
        for _ in range(8):
            client.get("/sign-in/provider/back/?code=1&state=2")
        assert len(failures()) == rules.FAILURES_BEFORE_WAITING
        assert SignInFailure.objects.count() == rules.FAILURES_BEFORE_WAITING
        assert come_in(provider, client, UNA)["Location"] == "/plans/"
