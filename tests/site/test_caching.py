"""Pages are not kept by browsers or proxies; files may be."""

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
