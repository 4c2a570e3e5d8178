"""The page of the outbox."""

import pytest
from django.test import Client

from sightline.events.choices import SYSTEM
from sightline.messages import services
from sightline.messages.models import OutgoingMail
from tests.access.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit"))
    return client


def queue(subject: str, **fields: object) -> OutgoingMail:
    made = services.queue_mail("ola@wealdshire.example", subject, "For Ola alone.", by=SYSTEM)
    OutgoingMail.objects.filter(pk=made.pk).update(**fields)
    return made


def test_mail_is_listed_with_how_it_went_and_without_its_text(una: Client) -> None:
    queue("Sent", state="sent", attempts=1)
    queue("Waiting", attempts=1, error="ConnectionRefusedError")
    queue("Given up", state="failed", attempts=20, error="ConnectionRefusedError")
    response = una.get("/outbox/")
    rows = response.context["page"].listing.rows
    assert [(row.mail.subject, row.told, row.may_be_tried) for row in rows] == [
        ("Given up", "Tried 20 times. ConnectionRefusedError", True),
        ("Waiting", "Tried 1 time. ConnectionRefusedError", False),
        ("Sent", "", False),
    ]
    assert "For Ola alone." not in response.content.decode()
    failed = una.get("/outbox/?state=failed").context["page"].listing.rows
    assert [row.mail.subject for row in failed] == ["Given up"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_as_for_one(
    una: Client, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        queue(f"Mail {number}")
    with django_assert_num_queries(4):
        assert len(una.get("/outbox/").context["page"].listing.rows) == count


def test_mail_given_up_is_tried_again_with_a_button(una: Client) -> None:
    mail = queue("Given up", state="failed", attempts=20)
    assert "waits in the outbox again." in una.post(f"/outbox/{mail.pk}/again/", follow=True).content.decode()
    assert OutgoingMail.objects.get().state == "waiting"
    assert "already on its way." in una.post(f"/outbox/{mail.pk}/again/", follow=True).content.decode()
    assert una.post("/outbox/999/again/").status_code == 404


def test_an_empty_page_says_so(una: Client) -> None:
    assert "No e-mails yet" in una.get("/outbox/").content.decode()
