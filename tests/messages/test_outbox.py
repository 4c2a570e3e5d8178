"""The outbox loses nothing; work items are said once and taken away."""

import datetime as dt
import email
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sightline.events.choices import Actor, StaleRecord, Subject, Tier
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.messages import rules, selectors, services
from sightline.messages.choices import MailState
from sightline.messages.folder import FolderBackend
from sightline.messages.jobs import deliver
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.services import outbox
from sightline.partners.models import Partnership

pytestmark = pytest.mark.django_db
ANN = Actor("user", "7", "Ann Ames", "Business unit", 7)
DOWN = f"{__name__}.ServerDown"
TAKES_NONE = f"{__name__}.TakesNone"


class ServerDown(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError(111, "Connection refused")


class TakesNone(BaseEmailBackend):
    """A mail server that takes nothing and says nothing."""

    def send_messages(self, email_messages: Any) -> int:
        return 0


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def queue(key: str | None = None) -> OutgoingMail:
    return services.queue_mail(
        "ola@wealdshire.example", "An update\nis due", "Dear Ola,\n\nPlease look.", by=ANN, key=key
    )


def types() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("type", flat=True))


def test_a_mail_goes_out_as_a_file(folder: Path) -> None:
    queued = queue()
    assert (queued.state, queued.state_label, queued.subject) == ("waiting", "Waiting", "An update is due")
    assert str(queued) == "An update is due to ola@wealdshire.example"
    assert services.deliver_due(timezone.now()) == 1
    [file] = folder.glob("*.eml")
    read = email.message_from_bytes(file.read_bytes())
    assert (read["To"], read["Subject"]) == ("ola@wealdshire.example", "An update is due")
    assert read["Message-ID"] == queued.message_id
    assert "Please look." in read.get_payload(0).get_payload()
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.held_until, queued.error) == ("sent", 1, None, "")
    assert services.deliver_due(timezone.now()) == 0
    assert types() == ["outbox.mail_queued", "outbox.mail_sent"]


def test_the_journal_keeps_the_address_apart(folder: Path) -> None:
    queue()
    [entry] = Entry.objects.all()
    assert (entry.subject_title, entry.after_values) == ("", {"state": "waiting", "attempts": 0})
    assert personal_values(entry)["after.to"] == "ola@wealdshire.example"


def test_the_same_key_gives_one_mail(folder: Path) -> None:
    assert queue("due 12") == queue("due 12")
    services.deliver_due(timezone.now())
    assert queue("due 12").state == MailState.SENT
    assert len(list(folder.glob("*.eml"))) == 1


def test_a_key_taken_while_queueing_gives_the_other_mail(monkeypatch) -> None:
    first = queue("due 12")
    look = OutgoingMail.objects.filter

    def sees_nothing_yet(**wanted: Any) -> Any:
        monkeypatch.undo()
        return look(**wanted).none()

    monkeypatch.setattr(OutgoingMail.objects, "filter", sees_nothing_yet)
    assert queue("due 12") == first


@pytest.mark.django_db(transaction=True)
def test_a_mail_falls_with_the_deed_it_tells_of() -> None:
    with pytest.raises(StaleRecord), transaction.atomic():  # noqa: PT012 - the first must fall with the second
        queue()
        raise StaleRecord
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("backend", "error"),
    [
        (DOWN, "ConnectionRefusedError: [Errno 111] Connection refused"),
        (TAKES_NONE, "ConnectionError: The mail server took no mail."),
    ],
)
def test_a_server_that_is_down_loses_nothing(settings, folder: Path, backend: str, error: str) -> None:
    queued = queue()
    settings.EMAIL_BACKEND = backend
    now = timezone.now()
    assert services.deliver_due(now) == 0
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.error, queued.held_until) == ("waiting", 1, error, None)
    assert queued.next_try_at == now + dt.timedelta(minutes=1)
    assert services.deliver_due(now) == 0
    settings.EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
    assert services.deliver_due(now + dt.timedelta(minutes=1)) == 1
    assert len(list(folder.glob("*.eml"))) == 1
    assert list(selectors.unsent_mail()) == []


def test_a_mail_given_up_is_kept_and_can_be_tried_again(settings, folder: Path) -> None:
    queued = queue()
    settings.EMAIL_BACKEND = DOWN
    OutgoingMail.objects.update(attempts=rules.MOST_ATTEMPTS - 1)
    now = timezone.now()
    services.deliver_due(now)
    queued.refresh_from_db()
    assert (queued.state, queued.state_label) == ("failed", "Not sent")
    assert list(selectors.unsent_mail()) == [queued]
    assert services.deliver_due(now + dt.timedelta(days=9)) == 0
    settings.EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
    again = services.try_again(queued, by=ANN)
    assert (again.state, again.attempts, again.error) == ("waiting", 0, "")
    with pytest.raises(StaleRecord, match="already on its way"):
        services.try_again(queued, by=ANN)
    deliver(SimpleNamespace())
    assert types() == [
        "outbox.mail_queued",
        "outbox.mail_given_up",
        "outbox.mail_retried",
        "outbox.mail_sent",
    ]


def test_a_mail_in_another_senders_hands_is_left_there(folder: Path) -> None:
    queued = queue()
    now = timezone.now()
    OutgoingMail.objects.update(held_until=now + services.HOLD)
    assert services.deliver_due(now) == 0
    assert not outbox._deliver(queued.pk, now)
    # That sender died: after its hold the mail is taken up again, with the same Message-ID.
    assert services.deliver_due(now + services.HOLD + dt.timedelta(seconds=1)) == 1


def test_a_mail_without_addressee_and_id_still_gets_a_file_name(folder: Path) -> None:
    message = django_mail.EmailMessage("Hello", "Text", "from@example.org", [])
    assert FolderBackend().send_messages([message]) == 1
    assert [file.name.split("-")[1] for file in folder.glob("*.eml")] == ["nobody"]


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (100, 240)])
def test_waits_double_up_to_four_hours(attempts: int, minutes: int) -> None:
    assert rules.wait_after(attempts) == dt.timedelta(minutes=minutes)


@given(st.integers(1, 200))
def test_tries_go_on_for_a_weekend(attempts: int) -> None:
    assert rules.is_given_up(attempts) == (attempts >= rules.MOST_ATTEMPTS)
    total = sum((rules.wait_after(n) for n in range(1, rules.MOST_ATTEMPTS)), dt.timedelta())
    assert total >= dt.timedelta(days=2)


ACTION = Subject("plans", "action", "12", "1.1 Brief every lead")


def put(for_scope: str = "unit", kind: str = "overdue", **more: Any) -> WorkItem:
    return services.put_work_item(
        for_scope, kind, more.pop("subject", ACTION), "1.1", "Was due.", "/actions/12/", **more
    )


def test_a_work_item_is_said_once_and_said_anew() -> None:
    first = put(due_on=dt.date(2026, 12, 1))
    again = put(due_on=dt.date(2026, 12, 5), tier=Tier.T2)
    assert again.pk == first.pk
    kept = WorkItem.objects.get()
    assert (str(kept), kept.due_on, kept.tier, kept.created_at) == (
        "1.1",
        dt.date(2026, 12, 5),
        "T2",
        first.created_at,
    )
    assert types() == []


def test_work_items_go_to_whoever_holds_their_key_soonest_first() -> None:
    put("unit", "late", due_on=None)
    put("unit", "overdue", due_on=dt.date(2026, 12, 5))
    put("group:neglect", "overdue", due_on=dt.date(2026, 12, 1))
    put("user:9", "overdue")
    found = selectors.work_items(("unit", "group:neglect"))
    assert [(item.for_scope, item.kind) for item in found] == [
        ("group:neglect", "overdue"),
        ("unit", "overdue"),
        ("unit", "late"),
    ]
    assert list(selectors.work_items(())) == []


def test_child_level_items_are_not_listed() -> None:
    put("unit", "t3", tier=Tier.T3)
    put("unit", "t4", tier=Tier.T4)
    put("unit", "t2", tier=Tier.T2)
    assert [item.kind for item in selectors.work_items(["unit"])] == ["t2"]


def test_work_items_are_dropped_by_kind_or_all() -> None:
    other = Partnership(pk=1, name="Wealdshire")
    put("unit", "overdue")
    put("unit", "silent")
    put("group:neglect", "silent")
    put("unit", "overdue", subject=other)
    assert services.drop_work_items(ACTION, "silent") == 2
    assert services.drop_work_items(ACTION) == 1
    assert WorkItem.objects.get().subject_model == "partnership"
    assert services.drop_work_items(other) == 1
