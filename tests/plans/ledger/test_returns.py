"""An agency's lead without an account answers a recommendation by a link and a code; nothing else opens to them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access import services as access
from sightline.access.letting_in import COOKIE
from sightline.access.models import ReturnEntry, ReturnLink
from sightline.access.returns import kind_named
from sightline.access.rules import half_hidden, may_send_code, return_numbers
from sightline.events.choices import Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.messages.services import deliver_due
from sightline.partners.models import Person
from sightline.partners.services import create_person
from sightline.plans import services
from sightline.plans.choices import Acceptance, LedgerKind, ReceivedHow, SourceKind
from sightline.plans.models import Addressee, LedgerLine, Source
from sightline.plans.services import Said
from sightline.plans.services.ledger import readdress
from tests.access.people import World, world
from tests.plans.making import BY

pytestmark = pytest.mark.django_db
HEAD = "hana.head@wealdshire.example"
BY_LINK = "the link sent to h•••@wealdshire.example"
FIRST = {"value": "yes", "months": "0", "said_by": "Hana Head, head teacher"}


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def addressee(made: World) -> Addressee:
    return addressee_of(made)


def addressee_of(made: World, tier: Tier = Tier.T1) -> Addressee:
    now = timezone.now()
    source = services.create_source(
        "Inspection of the front door", SourceKind.INSPECTION, tier=tier,
        published_on=now.date() - dt.timedelta(days=150), by=BY, now=now,
    )  # fmt: skip
    asked = services.create_recommendation(
        source, number="4", text="Meet fathers", addressed_to=[made.agency.name, "Parish councils"], by=BY, now=now
    )  # fmt: skip
    return Addressee.objects.select_related("agency", "recommendation__source").get(
        recommendation=asked, agency=made.agency
    )


def ask(addressee: Addressee, made: World, email: str = HEAD) -> str:
    """Ask, and give back where the link leads."""
    by = made.people["unit"].actor
    services.ask_answer(addressee, name="Hana Head", email=email, by=by, now=timezone.now())
    return re.search(r"http\S+?(/return/\S+/)", mail().text)[1]  # type: ignore[index]


def mail() -> OutgoingMail:
    return OutgoingMail.objects.latest("pk")


def code() -> str:
    return re.search(r"\d{6}", mail().text)[0]  # type: ignore[index]


def let_in(address: str, client: Client) -> str:
    """Go through the door; where the answer is given."""
    assert client.post(address).status_code == 302
    answer = client.post(f"{address}code/", {"code": code()})
    assert answer.status_code == 302
    return str(answer["Location"])


def types() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("type", flat=True))


class TestTheDoor:
    def test_opening_the_link_sends_and_spends_nothing(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address, before = ask(addressee, made), types()
        for _ in range(3):
            page = client.get(address).content.decode()
        assert client.head(address).status_code == 200
        assert "h•••@wealdshire.example" in page
        assert HEAD not in page
        assert "Meet fathers" not in page
        assert types() == before
        assert OutgoingMail.objects.count() == 1
        assert not ReturnEntry.objects.exists()

    def test_the_code_opens_the_one_page_and_nothing_else(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        other = addressee_of(made)
        home = let_in(ask(addressee, made), client)
        page = client.get(home).content.decode()
        assert "Meet fathers" in page
        assert "sl-navigation" not in page
        assert "/sign-out/" not in page
        for there in ("/", "/plans/", f"/sources/{addressee.recommendation.source.key}/"):
            assert client.get(there)["Location"].startswith("/sign-in/")
        away = ask(other, made)
        assert client.get(f"{away}recommendation/")["Location"] == away
        assert set(client.cookies) == {COOKIE, "csrftoken"}
        assert home.startswith(client.cookies[COOKIE]["path"])
        assert client.cookies[COOKIE]["path"] != away
        assert client.cookies[COOKIE]["httponly"]

    def test_without_the_code_nothing_opens(self, addressee: Addressee, made: World, client: Client) -> None:
        address = ask(addressee, made)
        assert client.get(f"{address}recommendation/")["Location"] == address
        client.post(address)
        sent = code()
        assert client.get(f"{address}recommendation/")["Location"] == address
        assert client.post(f"{address}recommendation/", FIRST)["Location"] == address
        # Another browser's code, and a code without its browser, fit nothing.
        other = Client()
        assert "in another browser" in other.post(f"{address}code/", {"code": sent}).content.decode()
        other.post(address)
        assert "code is not right" in other.post(f"{address}code/", {"code": sent}).content.decode()
        assert not LedgerLine.objects.exists()

    def test_a_code_works_once(self, addressee: Addressee, made: World, client: Client) -> None:
        address = ask(addressee, made)
        client.post(address)
        before, sent = client.cookies[COOKIE].value, code()
        client.post(f"{address}code/", {"code": f" {sent[:3]} {sent[3:]} "})
        assert client.cookies[COOKIE].value != before
        assert client.post(f"{address}code/", {"code": sent}).status_code == 422
        client.cookies[COOKIE] = before
        assert client.get(f"{address}recommendation/")["Location"] == address

    def test_wrong_codes_are_counted_and_journalled(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address = ask(addressee, made)
        client.post(address)
        right = code()
        wrong = "000000" if right != "000000" else "111111"
        for _ in range(return_numbers().tries):
            assert "not right" in client.post(f"{address}code/", {"code": wrong}).content.decode()
        assert "Send a new one" in client.post(f"{address}code/", {"code": right}).content.decode()
        assert types().count("access.return_code_failed") == return_numbers().tries
        let_in(address, client)

    def test_somebody_elsewhere_uses_up_nobody_s_codes(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address, there = ask(addressee, made), Client(REMOTE_ADDR="192.0.2.7")
        for _ in range(return_numbers().codes_an_hour):
            assert there.post(address).status_code == 302
        refused = there.post(address)
        assert refused.status_code == 422
        assert "Many codes were sent already" in refused.content.decode()
        let_in(address, client)

    def test_limits_by_number(self) -> None:
        numbers = return_numbers()
        assert may_send_code(0, numbers.codes_an_hour_anywhere - 1, 0, numbers) == ""
        assert "Many codes" in may_send_code(0, numbers.codes_an_hour_anywhere, 0, numbers)
        assert "Many wrong codes" in may_send_code(0, 0, numbers.wrong_a_day, numbers)
        assert half_hidden("x") == "x•••@"

    def test_codes_and_what_they_open_are_soon_over(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address, numbers = ask(addressee, made), return_numbers()
        client.post(address)
        ReturnEntry.objects.update(made_at=timezone.now() - numbers.code)
        assert client.post(f"{address}code/", {"code": code()}).status_code == 422
        home = let_in(address, client)
        assert client.get(home).status_code == 200
        ReturnEntry.objects.update(opened_at=timezone.now() - numbers.open)
        assert client.get(home)["Location"] == address

    def test_whoever_goes_on_stays_in_until_nothing_was_done_for_a_while_and_for_a_day_at_most(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address, open_for, minute = ask(addressee, made), return_numbers().open, dt.timedelta(minutes=1)
        home = let_in(address, client)
        for _ in range(2):
            ReturnEntry.objects.update(opened_at=timezone.now() - open_for + minute)
            assert client.get(home).status_code == 200
            assert timezone.now() - ReturnEntry.objects.get().opened_at < minute
        ReturnEntry.objects.update(made_at=timezone.now() - dt.timedelta(days=1))
        assert client.get(home)["Location"] == address

    @pytest.mark.parametrize("how", ["ended", "expired", "asked again", "gone", "never made"])
    def test_a_link_that_is_over_opens_nothing_also_for_who_is_in(
        self, addressee: Addressee, made: World, client: Client, how: str
    ) -> None:
        address = ask(addressee, made)
        home, now = let_in(address, client), timezone.now()
        match how:
            case "ended":
                assert access.end_return(ReturnLink.objects.get(), by=BY, now=now)
                assert not access.end_return(ReturnLink.objects.get(), by=BY, now=now)
            case "expired":
                ReturnLink.objects.update(made_at=now - dt.timedelta(days=29), expires_at=now)
            case "asked again":
                ask(addressee, made)
            case "gone":
                readdress(addressee.recommendation, ["Somebody else"], by=BY, now=now)
            case _:
                address, home = "/return/nonsense/", "/return/nonsense/recommendation/"
        sent = {**FIRST, "seen": "0"}
        found = [client.get(address), client.get(home), client.post(home, sent), client.post(address)]
        assert [answer.status_code for answer in found] == [410] * 4
        assert "This link is over" in found[0].content.decode()
        assert not LedgerLine.objects.exists()

    def test_secrets_are_kept_as_digests_and_mails_forgotten(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address = ask(addressee, made)
        client.post(address)
        secret, sent, token = address.split("/")[2], code(), client.cookies[COOKIE].value
        deliver_due(timezone.now())
        kept = [
            *ReturnLink.objects.values_list(), *ReturnEntry.objects.values_list(),
            *OutgoingMail.objects.values_list("text"), *Entry.objects.values_list("after", "personal"),
        ]  # fmt: skip
        assert not [word for word in (secret, sent, token) if word in repr(kept)]

    def test_somebody_with_an_account_sees_that_a_link_was_sent_to_them(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        ask(addressee, made, made.people["owner"].email)
        for role, told in (("owner", True), ("chair", False)):
            client.force_login(made.people[role])
            page = client.get("/account/data/signing-in/").content.decode()
            assert ("A link sent to you for an answer" in page) is told

    def test_what_is_old_is_forgotten(self, addressee: Addressee, made: World, client: Client) -> None:
        let_in(ask(addressee, made), client)
        assert access.forget_old_returns(timezone.now()) == 0
        assert access.forget_old_returns(timezone.now() + dt.timedelta(days=2)) == 1
        assert access.forget_old_returns(timezone.now() + dt.timedelta(days=400)) == 1

    def test_a_kind_that_no_app_offers(self) -> None:
        with pytest.raises(LookupError):
            kind_named("nothing")


class TestTheAnswer:
    def test_each_sending_adds_and_says_by_whose_link_it_came(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home = let_in(ask(addressee, made), client)
        first = {
            **FIRST, "seen": "0", "value": "partly", "why": "Not all of it", "response": "We will", "months": "6",
            "progress": "Begun", "progress_private": "Slowly", "evidence": "Ten records", "quarter": "audit",
        }  # fmt: skip
        assert client.post(home, first)["Location"] == f"{home}sent/"
        assert "Your answer came in" in client.get(f"{home}sent/").content.decode()
        lines = list(LedgerLine.objects.order_by("pk"))
        assert [(line.kind, line.public, line.private) for line in lines] == [
            (LedgerKind.ACCEPTANCE, ["Not all of it"], []),
            (LedgerKind.RESPONSE, ["We will"], []),
            (LedgerKind.PROGRESS, ["Begun"], ["Slowly"]),
            (LedgerKind.EVIDENCE, ["Ten records"], []),
        ]
        assert {line.entered_by_label for line in lines} == {BY_LINK}
        assert {line.received_how for line in lines} == {ReceivedHow.LINK}
        addressee.refresh_from_db()
        assert (addressee.current_acceptance, addressee.current_due_months) == ("partly", 12)

        form = client.get(home).context["form"]
        assert form["value"].value() == Acceptance.PARTLY
        assert form["response"].value() == "We will"
        assert form["said_by"].value() == "Hana Head"
        again = {
            **FIRST,
            "value": "partly",
            "why": "Not all of it",
            "response": "We did",
            "seen": form["seen"].value(),
        }
        assert client.post(home, again).status_code == 302
        [new] = LedgerLine.objects.exclude(pk__in=[line.pk for line in lines])
        assert (new.kind, new.replaces_id) == (LedgerKind.RESPONSE, lines[1].pk)

        unit = Client()
        unit.force_login(made.people["unit"])
        source = addressee.recommendation.source
        page = unit.get(
            f"/sources/{source.key}/recommendations/{addressee.recommendation_id}/"
        ).content.decode()
        assert f"By personal link, entered by {BY_LINK}" in page
        assert "Hana Head, hana.head@wealdshire.example: asked on" in page

    def test_it_is_journalled_and_a_receipt_is_sent(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home, before = let_in(ask(addressee, made), client), len(types())
        client.post(home, {**FIRST, "seen": "0"})
        assert types()[before:] == [
            "plans.recommendation_accepted", "outbox.mail_queued", "access.return_answered",
        ]  # fmt: skip
        assert {entry.actor_label for entry in Entry.objects.order_by("pk")[before:]} == {BY_LINK}
        assert mail().to == HEAD
        assert "“Inspection of the front door”: 4" in mail().text
        assert ReturnLink.objects.get().answered_at is not None

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"value": ""}, "Nothing was changed or added"),
            ({"value": "no"}, "Say why it is not accepted whole."),
            ({"value": "", "why": "Too dear", "response": "We wait"}, "Say whether you accept it."),
            ({"evidence": "Ten"}, "Say what kind of evidence it is."),
            ({"quarter": "audit"}, "Write what shows it, or choose no kind of evidence."),
            ({"said_by": ""}, "Enter your name and post"),
            ({"seen": "nonsense", "value": "never"}, "There is a problem"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_kept(
        self, addressee: Addressee, made: World, client: Client, changes: dict[str, str], sentence: str
    ) -> None:
        home = let_in(ask(addressee, made), client)
        answer = client.post(home, {**FIRST, "seen": "0", **changes})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not LedgerLine.objects.exists()

    def test_what_was_recorded_meanwhile_is_shown_first(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home, now = let_in(ask(addressee, made), client), timezone.now()
        said = Said(now.date(), ["By telephone"])
        services.accept(addressee, Acceptance.NO, said, by=made.people["unit"].actor, now=now)
        answer = client.post(home, {**FIRST, "seen": "0"})
        assert answer.status_code == 422
        assert "recorded for you while you were writing" in answer.content.decode()
        assert "By telephone" in answer.content.decode()
        seen = answer.context["form"]["seen"].value()
        assert client.post(home, {**FIRST, "seen": seen}).status_code == 302
        told = Entry.objects.filter(type="plans.recommendation_accepted").latest("pk")
        assert (told.before_values["acceptance"], told.after_values["acceptance"]) == ("no", "yes")

    def test_what_was_recorded_meanwhile_is_told_also_after_another_mistake(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home, now = let_in(ask(addressee, made), client), timezone.now()
        said = Said(now.date(), ["By telephone"])
        services.accept(addressee, Acceptance.NO, said, by=made.people["unit"].actor, now=now)
        answer = client.post(home, {**FIRST, "seen": "0", "said_by": ""})
        seen = answer.context["form"]["seen"].value()
        assert "recorded for you while" in client.post(home, {**FIRST, "seen": seen}).content.decode()
        assert LedgerLine.objects.count() == 1

    def test_words_that_stood_there_are_not_asked_about_and_not_taken_away(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home = let_in(ask(addressee, made), client)
        own = "We met them.\r\nNHS number 943 476 5919"
        first = {**FIRST, "seen": "0", "response": own, "because": "It is a number of a drill"}
        assert client.post(home, first).status_code == 302
        seen = str(LedgerLine.objects.latest("pk").pk)
        emptied = client.post(home, {**FIRST, "seen": seen, "response": ""})
        assert "What you answered is kept." in emptied.content.decode()
        again = {**FIRST, "seen": seen, "response": own, "progress": "Begun", "months": "6"}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(home, again).status_code == 302
        assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) <= 12

    def test_its_pages_and_entries_are_marked_as_the_source_is_now(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home = let_in(ask(addressee, made), client)
        Source.objects.update(tier=Tier.T2)
        client.post(home, {**FIRST, "seen": "0"})
        assert "OFFICIAL-SENSITIVE" in client.get(f"{home}sent/").content.decode()
        assert Entry.objects.get(type="access.return_answered").tier == "T2"

    def test_what_may_tell_who_a_child_is_needs_a_reason(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        home = let_in(ask(addressee, made), client)
        sent = {**FIRST, "seen": "0", "response": "We met the family of NHS number 943 476 5919"}
        assert client.post(home, sent).status_code == 422
        assert not LedgerLine.objects.exists()
        assert client.post(home, {**sent, "because": "It is a number of a drill"}).status_code == 302
        [told] = Entry.objects.filter(type="plans.kept_knowingly")
        assert told.actor_label == BY_LINK
        assert home.split("/")[2] not in told.after

    def test_a_confidential_source_shows_them_their_own_words_alone(
        self, made: World, client: Client
    ) -> None:
        own = addressee_of(made, Tier.T2)
        other = own.recommendation.addressees.exclude(pk=own.pk).get()
        by, now = made.people["unit"].actor, timezone.now()
        services.accept(other, Acceptance.NO, Said(now.date(), ["Quillback"], ["Heliotrope"]), by=by, now=now)
        services.respond(own.recommendation, None, Said(now.date(), ["Marzipan"]), by=by, now=now)
        services.report_progress(own, 6, Said(now.date(), ["Obsidian"]), by=by, now=now)
        address = ask(own, made)
        told = mail().text + mail().subject
        assert "Inspection of the front door" not in told
        page = client.get(let_in(address, client)).content.decode()
        assert "OFFICIAL-SENSITIVE" in page
        assert "Obsidian" in page
        assert not [
            word for word in ("Quillback", "Heliotrope", "Marzipan", "Parish councils") if word in page
        ]
        client.post(f"{address}recommendation/", {**FIRST, "seen": str(LedgerLine.objects.latest("pk").pk)})
        assert "Inspection of the front door" not in mail().text
        own_types = ("access.return_asked", "access.return_opened", "access.return_answered")
        assert {entry.tier for entry in Entry.objects.filter(type__in=own_types)} == {"T2"}


class TestAsking:
    def test_the_unit_asks_somebody_of_the_agency_or_somebody_else(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        lead = create_person("Lena Lead", email="lena@police.example", agency=made.agency, by=BY)
        create_person("Nobody Mail", agency=made.agency, by=BY)
        day = dt.timedelta(days=1)
        for name, left in (("Gone Away", -day), ("Goes Soon", day)):
            email = f"{name[:4].lower()}@police.example"
            person = create_person(name, email=email, agency=made.agency, by=BY)
            Person.objects.filter(pk=person.pk).update(ends_on=timezone.localdate() + left)
        client.force_login(made.people["unit"])
        home = (
            f"/sources/{addressee.recommendation.source.key}/recommendations/{addressee.recommendation_id}/"
        )
        address = f"{home}to/{addressee.pk}/ask/"
        page = client.get(address).content.decode()
        assert [name in page for name in ("Nobody Mail", "Gone Away", "Goes Soon")] == [False, False, True]
        unchosen = client.post(address, {"name": "", "email": ""})
        assert list(unchosen.context["form"].errors) == ["person"]
        client.post(address, {"person": str(lead.pk)})
        refused = client.post(address, {"person": "0", "name": "", "email": ""}).content.decode()
        assert "Enter their e-mail address" in refused
        client.post(address, {"person": "0", "name": "Hana Head", "email": HEAD})
        assert list(ReturnLink.objects.order_by("pk").values_list("name", "email")) == [
            ("Lena Lead", "lena@police.example"), ("Hana Head", HEAD),
        ]  # fmt: skip
        page = client.get(home)
        (party, *_) = page.context["page"].addressees
        assert [bool(asked.end) for asked in party.asked] == [True, True]
        assert client.post(party.asked[0].end, follow=True).status_code == 200
        assert client.post(party.asked[0].end, follow=True).status_code == 200
        assert ReturnLink.objects.exclude(ended_at=None).get().email == HEAD
        assert client.post(f"{home}to/{addressee.pk}/ask/999/end/").status_code == 404

    def test_who_was_asked_is_for_the_unit_to_see(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        ask(addressee, made)
        home = (
            f"/sources/{addressee.recommendation.source.key}/recommendations/{addressee.recommendation_id}/"
        )
        for role in ("owner", "chair", "executive", "scrutineer"):
            client.force_login(made.people[role])
            assert HEAD not in client.get(home).content.decode()

    def test_nobody_is_asked_who_is_no_longer_addressed(self, addressee: Addressee, made: World) -> None:
        addressee.gone_on = timezone.localdate()
        with pytest.raises(Unacceptable):
            ask(addressee, made)

    def test_links_of_somebody_no_longer_addressed_are_ended_for_good(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        address, now, found = ask(addressee, made), timezone.now(), addressee.recommendation
        services.report_progress(addressee, 6, Said(now.date(), ["Begun"]), by=BY, now=now)
        readdress(found, ["Parish councils"], by=BY, now=now)
        readdress(found, [made.agency.name], by=BY, now=now)
        assert Addressee.objects.get(pk=addressee.pk).gone_on is None
        assert client.get(address).status_code == 410
        assert types().count("access.return_ended") == 1

    def test_nobody_is_asked_where_nobody_is_named(
        self, addressee: Addressee, made: World, client: Client
    ) -> None:
        found = addressee.recommendation
        readdress(found, [], by=BY, now=timezone.now())
        client.force_login(made.people["unit"])
        page = client.get(f"/sources/{found.source.key}/recommendations/{found.pk}/").content.decode()
        assert "Add a response" in page
        assert "Ask for the answer by e-mail" not in page
        with pytest.raises(Unacceptable, match="Nobody is named"):
            ask(found.addressees.get(), made)
