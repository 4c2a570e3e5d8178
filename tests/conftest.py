"""What every test may use: the shared reading material, and the database that SIGHTLINE_TEST_DB names."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
ON_POSTGRES = os.environ.get("SIGHTLINE_TEST_DB", "sqlite") == "postgres"
SOCKET = "SIGHTLINE_TEST_PG_SOCKET"
# The marker that the tests in a folder of tests/ get.
MARKERS = {"journeys": "journey", "packaging": "packaging", "fuzz": "fuzz", "resilience": "resilience"}
# Files whose tests take the longest.
LONG = {
    "test_nothing_leaks.py",
    "test_killed_server.py",
    "test_kill.py",
    "test_every_page.py",
    "test_wealdshire.py",
}
# Folders whose tests run on SQLite only: what they test knows no database, or is slow and the same on both.
ONCE = {
    "benchmarks",
    "identifying",
    "journeys",
    "packaging",
    "fuzz",
    "reading",
    "rendering",
    "soak",
    "tools",
    "walks",
}


def folder_of(item: pytest.Item) -> str:
    """The folder of tests/ that a test lies in; empty for those beside this file."""
    parts = item.path.relative_to(ROOT / "tests").parts if item.path.is_relative_to(ROOT / "tests") else ()
    return parts[0] if len(parts) > 1 else ""


# The same examples at every run, so that what passes here passes there; make soak looks for new ones, and longer.
# A busy computer is no reason to fail: no deadlines.
settings.register_profile(
    "test", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.register_profile("soak", settings.get_profile("test"), derandomize=False, max_examples=5_000)
settings.load_profile("soak" if os.environ.get("SIGHTLINE_SOAK") == "1" else "test")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for all workers, and tell Django where it is."""
    if not ON_POSTGRES:
        _knows_json()
        return
    if not os.environ.get(SOCKET):
        from tests.postgres import server

        stack = contextlib.ExitStack()
        os.environ[SOCKET] = str(stack.enter_context(server()))
        config.add_cleanup(lambda: os.environ.pop(SOCKET, None))
        config.add_cleanup(stack.close)
    from django.db import connections

    # The settings were read before the server had an address.
    connections.databases["default"]["HOST"] = os.environ[SOCKET]


def _knows_json() -> None:
    """Spare SQLite Django's question whether it knows JSON: the first request of a process would ask three times more,
    and what a test counts would depend on which test comes first.
    """
    from django.db import connections

    vars(connections["default"].features)["supports_json_field"] = True


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark what runs on one database only, by its folder, and leave it and the long tests out when they are not due.

    Before others choose by these marks. When they have, what takes a minute comes first, so that no process waits for
    another that began it last.
    """
    for item in items:
        if marker := MARKERS.get(folder_of(item)):
            item.add_marker(marker)
    asked_to_soak = "soak" in config.option.markexpr
    away = [
        item
        for item in items
        if (ON_POSTGRES and (folder_of(item) in ONCE or item.get_closest_marker("library")))
        or (item.get_closest_marker("soak") and not asked_to_soak)
    ]
    if away:
        config.hook.pytest_deselected(items=away)
        gone = set(away)
        items[:] = [item for item in items if item not in gone]
    yield
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared reading material beside the project; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("SIGHTLINE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("there is no shared folder beside the project")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A database made of the models, which takes a tenth of the time that all migrations take one after the other.

    tests/keeping/test_migrations.py shows that migrations make the same one: it says that they have all run.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in MigrationLoader(connection).disk_migrations:
            recorder.record_applied(app, name)


@pytest.fixture(autouse=True, scope="session")
def _clearing_up_may_empty_the_journal() -> Iterator[None]:
    """Let Django empty the tables after a test that commits: the journal's triggers refuse it, as they should.

    They go just before the emptying and are back after it, when post_migrate installs them.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    from sightline.events import triggers

    empty_tables = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: TransactionTestCase) -> None:
        triggers.remove(connections["default"])
        empty_tables(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _fixture_teardown)
        yield
