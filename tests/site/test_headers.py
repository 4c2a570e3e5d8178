"""Pages are not kept by browsers or proxies, files may be; and pages are lent no device."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/health/", "/no/such/page/"])
def test_a_page_is_not_kept(client: Client, address: str) -> None:
    kept = client.get(address).headers["Cache-Control"]
    assert "no-store" in kept


def test_a_view_may_say_otherwise(client: Client) -> None:
    assert client.get("/brand.css").headers["Cache-Control"] == "public, max-age=86400"


def test_a_file_of_the_package_may_be_kept(client: Client) -> None:
    answer = client.get("/static/compiled/site.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    answer.close()


def test_a_file_of_the_package_opened_by_itself_does_nothing(client: Client) -> None:
    answer = client.get("/static/compiled/site.css")
    answer.close()
    assert (answer.headers["Content-Security-Policy"]).startswith("default-src 'none'; base-uri 'none'")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_request_that_asks_to_be_told_back_is_not(client: Client) -> None:
    answer = client.trace("/sign-in/", headers={"x-secret": "told-back"})
    assert "told-back" not in answer.content.decode()
    assert answer.status_code == 405


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/no/such/page/"])
def test_a_page_is_lent_no_device_and_shown_by_nobody_else(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "camera=(), microphone=(), geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
