"""A real browser on a real server: fixtures for what a person does from page to page."""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Every name but our own computer's leads nowhere, whatever a page or the browser asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# WCAG 2.0 to 2.2, levels A and AA, and what axe holds to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PATIENCE_MS = 15_000
# A picture of a whole long page takes its time on a busy computer.
PICTURE_MS = 60_000

# Playwright runs an event loop in this thread; Django would take it for a sign that we are in one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium() -> str:
    """The browser's program; SIGHTLINE_CHROMIUM names another. A missing one is a failure, never a skipped test."""
    named = os.environ.get("SIGHTLINE_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.fail(
            "No Chromium is installed: run make setup, or name the program in SIGHTLINE_CHROMIUM.",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys, with a new profile."""
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with tempfile.TemporaryDirectory(prefix="sightline-browser-") as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(
                executable_path=chromium(), args=arguments, env=dict(environment), headless=True
            )
            yield running
            running.close()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Make a page for one more person, with cookies of their own; options are those of a Playwright context.

    At the end no page may have written an error to the console: a broken security policy or a missing file does.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(**options: Any) -> Page:
        settings = {"base_url": live_server.url, "locale": "en-GB", "timezone_id": "Europe/London", **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note(complaints, page, said))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], page: Page, said: Any) -> None:
    # A page that answers 403, 404 or 422 on purpose is reported by the browser as "Failed to load resource" with its
    # own address; any other file that fails to load is a fault.
    if said.type != "error" or (said.location or {}).get("url") == page.url:
        return
    complaints.append(f"{page.url}: {said.text}")


@pytest.fixture
def wealdshire(transactional_db: None, loaded_once: list[sqlite3.Connection]) -> None:
    """The invented county. Loading it takes long, so its database is copied from the first to the later tests."""
    from django.db import connection
    from django.utils import timezone

    from sightline.demo.services import load

    connection.ensure_connection()
    if loaded_once:
        loaded_once[0].backup(connection.connection)
        return
    load(on=timezone.localdate(), progress=lambda sentence: None)
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)
    loaded_once.append(kept)


@pytest.fixture(scope="session")
def loaded_once() -> Iterator[list[sqlite3.Connection]]:
    """The copy of Wealdshire, once there is one. Its stored files stay as long as the tests run."""
    kept: list[sqlite3.Connection] = []
    yield kept
    for copy in kept:
        copy.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page in which nobody is signed in."""
    return new_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """Sign a user in on a page without walking through the form: sign_in(page, user)."""

    def start_session(page: Page, user: Any) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url, "httpOnly": True}]
        )

    return start_session


@pytest.fixture
def axe() -> Callable[..., None]:
    """Check a page with axe-core: axe(page) fails unless there are no violations at all."""
    if not AXE.exists():
        pytest.fail("axe-core is not installed: run make setup.", pytrace=False)
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page, only: str | None = None) -> None:
        page.evaluate(source)
        result = page.evaluate(
            "([where, tags]) => axe.run(where || document,"
            # What passes is told of by one place each: three times as fast.
            " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            [only, RULES],
        )
        assert result["passes"], "axe checked nothing"
        assert [_violation(found) for found in result["violations"]] == []

    return check


def _violation(found: dict[str, Any]) -> str:
    places = [f"{node['target']}: {node['html'][:200]}" for node in found["nodes"][:5]]
    return f"{found['id']} ({found['impact']}): {found['help']} {json.dumps(places, ensure_ascii=False)}"


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Take a picture under a name: screenshot(page, name).

    With SIGHTLINE_SCREENSHOTS=1 those that a guide shows are kept in docs/screenshots/.
    """
    kept = os.environ.get("SIGHTLINE_SCREENSHOTS") == "1"
    guides = "".join(path.read_text("utf-8") for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))

    def take(page: Page, name: str, full_page: bool = False) -> Path:
        is_shown = kept and f"screenshots/{name}.png" in guides
        folder = ROOT / ("docs/screenshots" if is_shown else "test-results")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=full_page, animations="disabled", timeout=PICTURE_MS)
        return path

    return take
