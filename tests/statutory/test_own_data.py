"""What is held about whoever is signed in: all of it, theirs alone, and no confidential words of others."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from sightline.access.choices import LinkKind
from sightline.access.models import User
from sightline.access.services import send_link
from sightline.events.choices import SYSTEM, Tier
from sightline.events.held import parts
from sightline.events.models import Entry
from sightline.knowing.services import declare_conflict
from sightline.messages.services import put_work_item, queue_mail
from sightline.partners.services import create_person, remember_alias
from sightline.plans import services
from sightline.plans.choices import ReceivedHow
from sightline.plans.models import Action, Update
from sightline.plans.own import recorded_models
from sightline.saved.choices import Sharing
from sightline.saved.services import save_view
from tests.plans.making import NOW, TODAY, make_action, make_plan, make_user
from tests.plans.viewing import signed_in

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def taken(client: Client, format: str = "json") -> Any:
    answer = client.post(f"/account/data/download/{format}/")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return json.loads(content) if format == "json" else content


def rows(data: Any, key: str) -> list[dict[str, Any]]:
    return next(part["rows"] for part in data["parts"] if part["key"] == key)


def record_update(action: Action, words: str, user: User, said_by: str = "") -> Update:
    return services.record_update(
        action,
        words,
        as_at=date(2026, 6, 2),
        said_by=said_by,
        received_how=ReceivedHow.SCREEN,
        by=user.actor,
        now=NOW,
    )


@pytest.fixture
def ola() -> User:
    """Somebody of whom something of every kind is held."""
    user = make_user("owner", "agency", "police")
    person = create_person("Ola Owner", user=user, email=user.email, post="Inspector", by=SYSTEM)
    remember_alias("O. Owner", person, by=SYSTEM)
    action = make_action(make_plan(), person, text="Ola’s action")
    record_update(action, "Ola’s words", user)
    save_view(user, "Ola’s view", "/plans/", Sharing.ONE, by=user.actor, now=timezone.now())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    send_link(user, LinkKind.INVITATION, by=SYSTEM, now=NOW)
    declare_conflict(user, reference="SL-9", reason="A neighbour", by=user.actor, now=NOW)
    queue_mail(user.email, "Ola’s mail", "Please look.", by=SYSTEM)
    put_work_item(f"user:{user.pk}", "x", action, "Ola’s item", "", "/")
    return user


def test_every_part_holds_what_is_held(ola: User) -> None:
    data = taken(signed_in(ola))
    assert data["email"] == ola.email
    assert {part["key"] for part in data["parts"]} == set(parts())
    assert all(part["rows"] for part in data["parts"])
    assert rows(data, "person")[0]["Post or position"] == "Inspector"
    assert [row["Name or group"] for row in rows(data, "person")] == ["Ola Owner", "O. Owner"]
    assert rows(data, "actions")[0]["Action"] == "Ola’s action"
    assert [row["Your words"] for row in rows(data, "said")] == ["Ola’s words"]
    assert [row["Kind"] for row in rows(data, "signing-in")] == [
        "A link sent to you",
        "A second step",
        "A browser you are signed in at",
    ]
    assert rows(data, "mails")[0]["Text"] == "Please look."
    assert {row["What"] for row in rows(data, "journal")} >= {"Update recorded", "View saved"}


def test_every_part_has_its_page(ola: User) -> None:
    client = signed_in(ola)
    overview = text(client.get("/account/data/"))
    for part in parts().values():
        assert part.title in overview
        page = text(client.get(f"/account/data/{part.key}/"))
        assert part.title in page
        assert "Nothing is held" not in page
    assert client.get("/account/data/nonsense/").status_code == 404
    assert client.post("/account/data/download/exe/").status_code == 404


def test_it_can_be_taken_away_as_a_document_and_the_journal_knows(ola: User) -> None:
    client = signed_in(ola)
    paper = Document(io.BytesIO(taken(client, "docx")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Ola’s words" in cells
    assert "Ola’s words" in taken(client, "html").decode()
    taken(client)
    entries = Entry.objects.filter(type="statutory.own_data_taken", actor_user_id=ola.pk)
    assert sorted(entry.after_values["format"] for entry in entries) == ["docx", "html", "json"]


def test_nothing_of_others_is_told(ola: User) -> None:
    other = make_user("unit")
    record_update(make_action(text="Another action"), "Others’ words", other)
    queue_mail(other.email, "Others’ mail", "Others’ text", by=SYSTEM)
    assert "Others’" not in json.dumps(taken(signed_in(ola)), ensure_ascii=False)


def test_confidential_words_of_others_are_left_out_and_ones_own_stay() -> None:
    user = make_user("owner", "agency", "police")
    action = make_action(make_plan(tier=Tier.T2), text="Quokka action", tier=Tier.T2)
    record_update(action, "My words", user)
    record_update(action, "Quokka words", make_user("unit"), said_by=user.name)
    data = json.dumps(taken(signed_in(user)), ensure_ascii=False)
    assert "Quokka" not in data
    assert "My words" in data
    assert "A confidential record" in data


def test_what_others_entered_as_ones_words_is_told() -> None:
    user = make_user("owner", "agency", "police")
    record_update(make_action(), "Said by telephone", make_user("unit"), said_by=user.name.upper())
    assert rows(taken(signed_in(user)), "said")[0]["Your words"] == "Said by telephone"


def test_actions_owned_by_somebody_without_a_membership_are_named_without_their_words() -> None:
    user = make_user()
    person = create_person("Past Owner", user=user, by=SYSTEM)
    make_action(make_plan(), person, text="Quokka action")
    (row,) = rows(taken(signed_in(user)), "actions")
    assert row["Action"] == "Its words are for those with a current membership"


def test_every_table_of_history_is_asked() -> None:
    names = {model.__name__ for model in recorded_models()}
    assert {"Update", "Rating", "Evidence", "StateChange", "Block", "Dependency", "Timescale"} <= names


@pytest.mark.parametrize("number", [1, 3, 2_500])
def test_many_entries_are_paged_bounded_on_paper_and_whole_as_json(ola: User, number: int) -> None:
    action = Action.objects.get()
    Update.objects.bulk_create(
        Update(
            action=action, text=f"Word {place}", as_at=TODAY, recorded_at=NOW, entered_by=ola, entered_by_label="Ola"
        )
        for place in range(number)
    )  # fmt: skip
    client = signed_in(ola)
    for address in ("/account/data/said/", "/account/data/journal/", "/account/data/said/?page=2"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 6
    with CaptureQueriesContext(connection) as queries:
        data = taken(client)
    asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 12, asked
    assert len(rows(data, "said")) == number + 1
    shown = taken(client, "html").decode()
    assert ("The first 1,000 are shown" in shown) is (number > 1_000)
