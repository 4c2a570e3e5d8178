"""What people are told of: in their list at once, by e-mail gathered; news stops with one click, duties never do."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from sightline.events.choices import SYSTEM, Actor, StaleRecord, Tier
from sightline.events.models import Entry
from sightline.messages import services
from sightline.messages.choices import HowOften
from sightline.messages.models import Notice, OutgoingMail, Preference, WorkItem
from sightline.partners.models import Partnership
from sightline.plans.services import draft_exception_report, issue_exception_report
from tests.access.people import World, enter, world
from tests.messages.making import MORNING, asked_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def made() -> World:
    return world()


def told(made: World, role: str) -> list[str]:
    return [notice.said for notice in Notice.objects.filter(user=made.people[role]).order_by("pk")]


def news(
    made: World, title: str = "Report of the sub-group", tier: Tier = Tier.T1, by: Actor = SYSTEM
) -> None:
    heard = [f"group:{made.group.key}"]
    services.tell_news(heard, "report_issued", title, "/reports/1/", tier=tier, by=by, now=MORNING - DAY)


def gathered(at: dt.datetime = MORNING) -> list[OutgoingMail]:
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    services.send_digests(at)
    return list(OutgoingMail.objects.exclude(pk__in=before).order_by("to"))


def test_whoever_it_is_for_is_told_once_and_others_never(made: World) -> None:
    item = asked_of(f"agency:{made.agency.key}")
    assert services.make_notices(MORNING - DAY) == 1
    assert services.make_notices(MORNING) == 0
    assert {role: told(made, role) for role in made.people if told(made, role)} == {
        "owner": ["An action is overdue: 1.1 Meet fathers"]
    }
    WorkItem.objects.filter(pk=item.pk).update(created_at=MORNING)
    assert services.make_notices(MORNING) == 1, "begun anew, it is told anew"


def test_a_report_is_told_of_to_those_alone_who_may_open_it(made: World) -> None:
    made.person("member")
    report = draft_exception_report(made.group, as_at=MORNING.date() - DAY, by=SYSTEM, now=MORNING - DAY)
    issue_exception_report(report, by=SYSTEM, now=MORNING - DAY)
    services.make_notices(MORNING)
    for role, opens in (("chair", True), ("member", False)):
        assert bool(told(made, role)) is opens
        answer = enter(Client(), made.people[role]).get(f"/reports/exceptions/{report.pk}/")
        assert (answer.status_code == 200) is opens


def test_many_of_a_kind_are_told_in_one_line(made: World) -> None:
    for number in range(6):
        asked_of("unit", number=number)
    asked_of("unit", number=9, kind="exceptions", title="The plan")
    services.make_notices(MORNING)
    assert told(made, "unit") == [
        "A plan has actions that need looking at: The plan",
        "6 actions are overdue",
    ]


def test_news_is_for_whoever_reads_the_group_and_not_for_whoever_did_it(made: World) -> None:
    news(made)
    news(made, "By the chair", by=made.people["chair"].actor)
    services.make_notices(MORNING)
    assert told(made, "chair") == ["A report was issued: Report of the sub-group"]
    assert told(made, "owner") == []


def test_one_e_mail_gathers_all_in_text_and_in_html_with_a_way_to_stop_news(made: World) -> None:
    chair = made.people["chair"]
    asked_of(f"group:{made.group.key}")
    news(made)
    services.make_notices(MORNING - DAY)
    (mail,) = gathered()
    assert (mail.to, mail.subject) == (chair.email, "Sightline: 1 thing needs you and 1 piece of news")
    for form in (mail.text, mail.html):
        assert "1.1 Meet fathers" in form
        assert "/actions/SL-1/" in form
        assert mail.stop_address in form
        assert "It is late." not in form, "links only"
    assert '<html lang="en-GB">' in mail.html
    assert gathered(MORNING + DAY * 3) == []
    asked_of(f"group:{made.group.key}", number=2)
    services.make_notices(MORNING)
    assert gathered(MORNING + dt.timedelta(hours=2)) == [], "one a day"


@pytest.mark.parametrize("tier", [Tier.T2, Tier.T3, Tier.T4])
def test_no_title_of_a_record_that_few_may_read_ever_stands_in_a_mail(made: World, tier: Tier) -> None:
    """Nor the way to it, which may tell what it is called."""
    asked_of(f"group:{made.group.key}", "Sorrel and the stepfather", tier=tier, url="/plans/sorrel/")
    asked_of(f"group:{made.group.key}", "Ask Mia (7) about Sorrel", number=2, url="/plans/sorrel/2/")
    news(made, "Sorrel was reported", tier=tier)
    services.make_notices(MORNING - DAY)
    mails = gathered()
    assert [mail.to for mail in mails] == [made.people["chair"].email]
    told_of = "".join(f"{mail.subject} {mail.text} {mail.html}".lower() for mail in mails)
    assert "sorrel" not in told_of
    assert "an action is overdue" in told_of


def test_what_is_over_was_read_or_is_no_longer_theirs_is_not_written_about(made: World) -> None:
    from sightline.access.models import Membership

    over, left = asked_of("unit"), asked_of(f"group:{made.group.key}", number=2)
    assert left
    asked_of(f"agency:{made.agency.key}", number=3)
    services.make_notices(MORNING - DAY)
    WorkItem.objects.filter(pk=over.pk).delete()
    services.make_notices(MORNING)
    Membership.objects.filter(user=made.people["chair"]).update(ends_on=MORNING.date() - DAY)
    number = Notice.objects.get(user=made.people["owner"]).pk
    assert services.mark_read(made.people["unit"].pk, MORNING, number=number) == 0, "another's"
    assert services.mark_read(made.people["owner"].pk, MORNING, number=number) == 1
    assert gathered() == []
    assert Notice.objects.filter(over_at__isnull=False).count() == 1


def test_news_is_stopped_by_the_button_behind_the_link_and_by_a_mail_program_never_by_looking(
    made: World,
) -> None:
    news(made)
    services.make_notices(MORNING - DAY)
    path = services.stop_address(made.people["chair"].pk).partition("8000")[2]
    client = Client(enforce_csrf_checks=True)
    assert "Nothing has changed yet" in client.get(path).content.decode()
    assert client.head(path).status_code == 200
    assert not Preference.objects.exists()
    assert not Entry.objects.filter(type="outbox.news_stopped").exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (Preference.objects.get().news, Preference.objects.get().duty) == ("never", "daily")
    assert Entry.objects.filter(type="outbox.news_stopped").get().actor_label == "the link in an e-mail"
    assert gathered() == []
    asked_of(f"group:{made.group.key}")
    services.make_notices(MORNING - DAY)
    (mail,) = gathered()
    assert (mail.stop_address, "Report of" in mail.text, "1.1 Meet" in mail.text) == ("", False, True)


@pytest.mark.parametrize("secret", ["1", "1.x", "guess", "x.y", "1.AAAA"])
def test_a_guessed_link_stops_nothing(made: World, client: Client, secret: str) -> None:
    answer = client.post(f"/stop-news/{secret}/")
    assert answer.status_code == 410
    assert not Preference.objects.exists()


def test_a_mail_with_news_tells_a_mail_program_how_to_stop_it(
    made: World, settings: Any, tmp_path: Any
) -> None:
    import email
    from email import policy

    settings.EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    news(made)
    services.make_notices(MORNING - DAY)
    (queued,) = gathered()
    assert services.deliver_due(queued.next_try_at) == 1
    (file,) = tmp_path.glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["List-Unsubscribe"].strip() == f"<{queued.stop_address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_preferences_are_chosen_and_a_stale_choice_is_refused(made: World, client: Client) -> None:
    chair = made.people["chair"]
    client.force_login(chair)
    assert (
        client.post(
            "/notifications/preferences/", {"duty": "never", "news": "never", "version": 0}
        ).status_code
        == 422
    )
    sent = {"duty": "weekly", "news": "never", "version": 0}
    assert client.post("/notifications/preferences/", sent).status_code == 302
    assert "Somebody else saved this" in client.post("/notifications/preferences/", sent).content.decode()
    with pytest.raises(StaleRecord):
        services.choose(chair.pk, HowOften.DAILY, HowOften.DAILY, version=7, by=chair.actor, now=MORNING)
    asked_of(f"group:{made.group.key}")
    services.make_notices(MORNING - DAY)
    assert gathered() == []
    assert len(gathered(MORNING + DAY * 3)) == 1, "on Monday"


def test_the_list_shows_what_one_was_told_and_marks_it_read(made: World, client: Client) -> None:
    chair = made.people["chair"]
    asked_of(f"group:{made.group.key}")
    asked_of(f"group:{made.group.key}", "Sorrel", number=2, tier=Tier.T2)
    services.make_notices(MORNING)
    client.force_login(chair)
    page = client.get("/notifications/?state=unread").context["page"]
    assert sorted(row.words for row in page.listing.rows) == [
        "An action is overdue",
        "An action is overdue: 1.1 Meet fathers",
    ]
    client.post("/notifications/read/", {"up_to": page.newest})
    assert client.get("/notifications/?state=unread").context["page"].listing.rows == []
    assert len(client.get("/notifications/").context["page"].listing.rows) == 2
    assert client.post("/notifications/read/", {"up_to": "x", "number": "9" * 40}).status_code == 302
    chair.memberships.update(ends_on=MORNING.date() - DAY)
    row = client.get("/notifications/").context["page"].listing.rows[-1]
    assert (row.words, row.url) == ("An action is overdue", ""), "not theirs any more"


def test_what_is_unread_is_counted_beside_the_name_and_all_of_it_is_marked_as_read(
    made: World, client: Client
) -> None:
    Partnership.objects.get_or_create(pk=1, defaults={"name": "Wealdshire"})
    news(made)
    asked_of(f"group:{made.group.key}")
    services.make_notices(MORNING)
    enter(client, made.people["chair"])
    assert "Notifications (2 unread)" in client.get("/notifications/").content.decode()
    newest = client.get("/notifications/?state=unread").context["page"].newest
    client.post("/notifications/read/", {"up_to": newest})
    assert "unread)" not in client.get("/notifications/").content.decode()
    assert enter(Client(), made.people["owner"]).get("/").status_code == 200
