"""Which addresses may be saved."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.saved.rules import LONGEST, own_view

pytestmark = pytest.mark.library


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/plans/neglect/?state=open&words=core+group", "/plans/neglect/?state=open&words=core+group"),
        ("/plans/?page=3&sort=-name", "/plans/?sort=-name"),
        ("/plans/?words=", "/plans/"),
        ("/sources/?words=%3Cscript%3E", "/sources/?words=%3Cscript%3E"),
        ("/plans/?next=https://evil.example/", "/plans/?next=https%3A%2F%2Fevil.example%2F"),
    ],
)
def test_pages_of_this_site_are_kept(address: str, kept: str) -> None:
    assert own_view(address) == kept


@pytest.mark.parametrize(
    "address",
    [
        "", "plans/", "https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)",
        "/plans/\r\nSet-Cookie: a=b", "/plans/../../x", "/pla ns/", "/sign-out/", "/saved-views/", "/demo/sign-in/x/",
        "/plans/?" + "a=1&" * 200, "/" + "a" * LONGEST, "/ev\"il'/", "///evil.example",
    ],
)  # fmt: skip
def test_nothing_else_is(address: str) -> None:
    assert own_view(address) == ""


@given(st.text())
def test_whatever_is_kept_leads_to_this_site_and_is_kept_the_same_again(text: str) -> None:
    for address in (text, f"/{text}"):
        kept = own_view(address)
        parts = urlsplit(kept)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert not kept.startswith("//")
        assert own_view(kept) == kept
