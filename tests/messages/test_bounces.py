"""Mail that comes back: the address is marked, shown to the unit, and written to again once somebody says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from sightline.cli.main import sightline
from sightline.events.choices import SYSTEM
from sightline.messages import services
from sightline.messages.models import Bounce, OutgoingMail, WorkItem
from sightline.messages.selectors import failing
from sightline.partners.models import Person
from sightline.partners.services import change_person, create_person
from tests.access.people import world
from tests.messages.making import MORNING, asked_of, report_on

pytestmark = pytest.mark.django_db


def sent(to: str = "hana@wealdshire.example", number: int = 1) -> OutgoingMail:
    mail = services.queue_mail(to, f"Due {number}", "Please look.", by=SYSTEM)
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent")
    return mail


def digests_to(address: str) -> int:
    return OutgoingMail.objects.filter(to=address, key__startswith="digest-").count()


def take(content: bytes) -> services.Taken:
    return services.take_reports(content, by=SYSTEM, now=MORNING)


def test_a_hard_failure_marks_the_address_and_nothing_is_gathered_for_it(client: Client) -> None:
    made = world()
    owner = made.people["owner"]
    mail = sent(owner.email)
    assert take(report_on(mail)) == services.Taken(1, 0, 0, True)
    assert take(report_on(mail)) == services.Taken(1, 0, 0, True), "the same message twice"
    assert (Bounce.objects.count(), OutgoingMail.objects.get().state) == (1, "returned")
    asked_of(f"agency:{made.agency.key}")
    services.make_notices(MORNING.replace(day=26))
    assert (services.send_digests(MORNING), digests_to(owner.email)) == (1, 0), "the unit alone"
    client.force_login(owner)
    assert "come back" in client.get("/notifications/").content.decode()
    item = WorkItem.objects.get(kind="address_failing")
    assert (item.for_scope, item.tier, owner.email in item.sentence) == ("unit", "T2", True)
    client.force_login(made.people["unit"])
    assert owner.email in client.get("/outbox/returned/?state=failing").content.decode()
    bounce = Bounce.objects.get()
    for told in ("is written to again", "is written to already"):
        again = client.post(f"/outbox/returned/{bounce.pk}/again/", follow=True)
        assert told in again.content.decode()
    assert not WorkItem.objects.filter(kind="address_failing").exists()
    assert (services.send_digests(MORNING), digests_to(owner.email)) == (1, 1)


def test_another_address_of_the_same_person_is_written_to() -> None:
    made = world()
    owner = made.people["owner"]
    take(report_on(sent(owner.email)))
    owner.email = "ola.new@wealdshire.example"
    owner.save(update_fields=["email"])
    asked_of(f"agency:{made.agency.key}")
    services.make_notices(MORNING.replace(day=26))
    services.send_digests(MORNING)
    assert digests_to(owner.email) == 1


def test_nobody_asks_for_an_address_that_was_put_right_once_nobody_has_it() -> None:
    take(report_on(sent("hana@wealdshire.example")))
    one, other = (create_person(name, email="Hana@wealdshire.example", by=SYSTEM) for name in ("Hana", "Hal"))

    def corrected(person: Person) -> bool:
        change_person(
            person,
            name=person.name,
            initials="",
            post="",
            agency=None,
            email=f"{person.name.lower()}.new@wealdshire.example",
            starts_on=None,
            ends_on=None,
            version=person.version,
            by=SYSTEM,
        )
        return WorkItem.objects.filter(kind="address_failing").exists()

    assert corrected(one), "somebody else has it still"
    assert not corrected(other)
    assert failing("hana@wealdshire.example"), "it is written to no more all the same"


def test_a_full_box_counts_only_when_it_happens_again_and_again() -> None:
    told = []
    for number in range(3):
        take(report_on(sent(number=number), "5.2.2", said="smtp; 552 5.2.2 Mailbox full"))
        told.append(failing("hana@wealdshire.example"))
    assert told == [False, False, True]


def test_nobody_marks_an_address_by_writing_to_the_mailbox() -> None:
    mail = sent()
    forged = report_on(mail).replace(mail.message_id.encode(), b"<made-up@elsewhere.example>")
    assert take(forged) == services.Taken(0, 1, 0, True)
    assert take(report_on(mail, "4.4.1", "delayed")) == services.Taken(0, 0, 1, True)
    assert take(b"Subject: Away\n\nUntil Monday.") == services.Taken()
    assert not Bounce.objects.exists()


def test_the_command_reads_files_folders_maildirs_and_one_message(tmp_path: Path) -> None:
    mails = [sent(f"p{n}@wealdshire.example", n) for n in range(4)]
    for name in ("box/cur", "box/new", "folder"):
        (tmp_path / name).mkdir(parents=True)
    places = (tmp_path / "box/cur/1", tmp_path / "box/new/2", tmp_path / "folder/3.eml")
    for path, mail in zip(places, mails, strict=False):
        path.write_bytes(report_on(mail))
    (tmp_path / "folder" / "away.eml").write_bytes(b"Subject: Away\n\nUntil Monday.")
    run = CliRunner().invoke(
        sightline,
        ["bounces", str(tmp_path / "box"), str(tmp_path / "folder"), "-"],
        input=report_on(mails[3]),
    )
    assert run.output == "Failures of e-mails of ours: 4. Of none of ours: 0. No failure, or no report: 1.\n"
    assert Bounce.objects.count() == 4
    missing = CliRunner().invoke(sightline, ["bounces", str(tmp_path / "none")])
    assert (missing.exit_code, "cannot be read" in missing.output) == (2, True)
