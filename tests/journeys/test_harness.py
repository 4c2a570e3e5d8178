"""The harness itself: it would notice what it is there to notice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

GOOD = """<!doctype html><html lang="en-GB"><head><title>A page</title></head><body>
<main><h1>A page</h1><p>Words.</p></main></body></html>"""


def test_axe_passes_a_sound_page(browser: object, page: Page, axe: Callable[..., None]) -> None:
    page.set_content(GOOD)
    axe(page)


def test_axe_finds_a_picture_without_words(page: Page, axe: Callable[..., None]) -> None:
    page.set_content(GOOD.replace("Words.", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_no_name_but_our_own_computers_is_reached(page: Page) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("https://example.test/")


def test_a_picture_is_taken(page: Page, screenshot: Callable[..., Path]) -> None:
    page.set_content(GOOD)
    path = screenshot(page, "harness")
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
