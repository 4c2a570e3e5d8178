"""Killing the server at random moments, during imports and updates, leaves all or nothing, and the journal verifies."""

import os
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.resilience.server import Installation
from tests.resilience.visiting import NoAnswer, Visitor

ON_POSTGRES = os.environ.get("SIGHTLINE_TEST_DB") == "postgres"
ROUNDS = 100 if os.environ.get("SIGHTLINE_SOAK") == "1" else 3
SEED = 20261122
ROWS = 40
LIVE = "Live plan"
# How many acts are finished in a round at most, before the one in which the server dies.
MOST_ACTS = 4
WORK_SECONDS = 30
AS_AT = {"as_at-day": "1", "as_at-month": "11", "as_at-year": "2026"}


def paper(path: Path) -> Path:
    """An invented plan of forty actions."""
    lines = [f"{n // 10 + 1}.{n % 10 + 1},Publish leaflet {n},Police,March 2027,Green" for n in range(ROWS)]
    path.write_text("No.,Action,Lead,By when,RAG\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass
class Told:
    """What was asked of the server, and what it said was done."""

    updates_sent: list[str] = field(default_factory=list)
    updates_done: list[str] = field(default_factory=list)
    plans_sent: list[str] = field(default_factory=list)
    plans_done: list[str] = field(default_factory=list)


class Person:
    """Somebody who imports and updates until the server goes away."""

    def __init__(
        self, visitor: Visitor, chance: random.Random, told: Told, document: Path, name: str
    ) -> None:
        self.visitor, self.chance, self.told, self.document, self.name = visitor, chance, told, document, name
        self.actions = visitor.get("/plans/live-plan/").links(r"/actions/[^/]+/")

    def work_until_killed(self, kill: Callable[[], None]) -> None:
        """Do a few things in turns; during one of them the server is killed, at a random moment of it.

        How long a thing takes is learnt from those before it, so that a slow computer makes no other test.
        """
        fatal, slowest = self.chance.randint(1, MOST_ACTS), 0.2
        for number in range(1_000):
            act = (self.update, self.import_plan)[number % 2]
            if number == fatal:
                threading.Timer(self.chance.uniform(0, slowest), kill).start()
            began = time.monotonic()
            act(f"{self.name}.{number}")
            slowest = max(slowest, time.monotonic() - began)

    def update(self, name: str) -> None:
        """Write an update of an action of the live plan."""
        text = f"Update {name} of the leaflet"
        page = self.visitor.get(f"{self.chance.choice(self.actions)}update/")
        self.told.updates_sent.append(text)
        answer = self.visitor.send(page, page.form("textarea"), **page.first_textarea(text))
        assert text in answer.html, answer.html
        assert "/update/" not in answer.address, answer.html
        self.told.updates_done.append(text)

    def import_plan(self, name: str) -> None:
        """Upload a document as a new plan, wait until it was read, confirm it, and wait until that is done."""
        plan = f"Plan {name}"
        page = self.visitor.get("/imports/new/")
        form = page.form("[type=file]")
        page = self.visitor.send(page, form, {"file": self.document}, plan_name=plan, **AS_AT)
        page = self._when_read(page.address)
        self.told.plans_sent.append(plan)
        page = self.visitor.send(page, page.form("[name=seen]"))
        assert page.status == 200, page.html
        assert not page.has("[name=seen]"), page.html
        self._when(page.address, "form[action$='/withdraw/']")
        self.told.plans_done.append(plan)

    def _when_read(self, address: str) -> Any:
        return self._when(address, "[name=seen]")

    def _when(self, address: str, there: str) -> Any:
        """The page of an import, once its job has done what this part of the page stands for."""
        end = time.monotonic() + WORK_SECONDS
        while time.monotonic() < end:
            page = self.visitor.get(address)
            if page.has(there):
                return page
            # Not faster than an account may ask (access/pace.py).
            time.sleep(0.25)
        raise AssertionError(f"not done within {WORK_SECONDS} s: {page.html}")


def new_database() -> str:
    """The address of an empty database on the tests' own PostgreSQL."""
    name, socket = f"killed_{secrets.token_hex(4)}", os.environ["SIGHTLINE_TEST_PG_SOCKET"]
    with psycopg.connect(host=socket, user="sightline", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"postgresql://sightline@/{name}?host={socket}"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    made = Installation(folder, new_database() if ON_POSTGRES else "")
    made.run("import", str(paper(folder / "live.csv")), "--plan", LIVE, "--as-at", "2026-11-01")
    yield made
    made.kill()


def check(state: dict[str, Any], told: Told, updates_before: int) -> None:
    """All or nothing: what was told as done is there, and nothing is there in part."""
    assert (state["damage"], state["broken"], state["rolled_back"]) == ([], [], False)
    confirmed = [one["plan"] for one in state["imports"] if one["state"] == state["confirmed"]]
    for one in state["imports"]:
        expected = ROWS if one["state"] == state["confirmed"] else 0
        assert (one["actions"], one["rows"]) == (expected, expected), one
    assert state["plans"] == sorted(confirmed)
    assert state["confirmed_entries"] == len(confirmed)
    assert set(told.plans_done) <= set(confirmed) <= {*told.plans_sent, LIVE}
    own = [text for text in state["updates"] if text.startswith("Update ")]
    assert len(own) == len(set(own))
    assert set(told.updates_done) <= set(own) <= set(told.updates_sent)
    assert state["update_entries"] - updates_before == len(own)


def test_killing_the_server_leaves_all_or_nothing(installation: Installation) -> None:
    told, chance = Told(), random.Random(SEED)
    state = installation.state("")
    updates_before = state["update_entries"]
    document = paper(installation.folder / "plan.csv")
    for number in range(ROUNDS):
        visitor = installation.start()
        person = Person(visitor, chance, told, document, str(number))
        with pytest.raises(NoAnswer):
            person.work_until_killed(installation.kill)
        installation.wait_until_gone()
        state = installation.state(state["head"])
        check(state, told, updates_before)
    # A test in which nothing was done, or nothing interrupted, would prove nothing.
    assert len(told.updates_done) > 2
    assert len(told.plans_done) > 1
    assert told.updates_sent != told.updates_done or len(state["imports"]) > len(told.plans_done) + 1


@pytest.mark.library
def test_what_was_interrupted_is_taken_up_again(installation: Installation) -> None:
    visitor = installation.start()
    page = visitor.get("/imports/new/")
    document = paper(installation.folder / "again.csv")
    page = visitor.send(page, page.form("[type=file]"), {"file": document}, plan_name="Read again", **AS_AT)
    installation.kill()
    number = re.search(r"/imports/(\d+)/", page.address)
    assert number
    visitor = installation.start()
    person = Person(visitor, random.Random(SEED), Told(), document, "again")
    assert person._when_read(f"/imports/{number[1]}/").status == 200
    installation.kill()
