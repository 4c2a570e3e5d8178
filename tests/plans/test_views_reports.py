"""The screens of exception reports."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import Dimension
from sightline.plans.models import ExceptionReport
from sightline.plans.services import ActionGiven
from tests.plans.making import BY, make_group, make_plan, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make_user("unit"))
    return client


def red_action(group: Any) -> Any:
    now = timezone.now()
    plan = make_plan(group, now=now)
    given = ActionGiven(text="Ask children what helped", numbers=["1.1"])
    action = services.add_action(plan, given, as_at=now.date(), by=BY, now=now)
    services.rate(action, Dimension.DELIVERY, "red", as_at=now.date(), by=BY, now=now)
    return action


def draft(unit: Client, **given: Any) -> ExceptionReport:
    today = timezone.localdate()
    boxes = {"as_at-day": today.day, "as_at-month": today.month, "as_at-year": today.year}
    answer = unit.post(reverse("plans:reports"), {**boxes, **given})
    assert answer.status_code == 302, answer.content.decode()
    return ExceptionReport.objects.latest("pk")


def test_a_draft_shows_every_line_with_the_way_back(unit: Client) -> None:
    action = red_action(make_group())
    report = draft(unit)
    text = unit.get(reverse("plans:report", args=[report.pk])).content.decode()
    assert "This is a draft." in text
    assert f'href="/actions/{action.reference}/"' in text


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx", "html"])
def test_it_is_taken_away_and_the_journal_says_so(unit: Client, format: str) -> None:
    red_action(make_group())
    report = draft(unit)
    answer = unit.get(reverse("plans:report_download", args=[report.pk, format]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{format}"')
    assert Entry.objects.latest("pk").type == "plans.report_printed"


def test_a_format_nobody_offers_is_not_found(unit: Client) -> None:
    report = draft(unit)
    assert unit.get(reverse("plans:report_download", args=[report.pk, "exe"])).status_code == 404


def test_issuing_freezes_it_and_a_second_time_is_told(unit: Client) -> None:
    group = make_group()
    red_action(group)
    report = draft(unit, group=group.pk)
    issue = reverse("plans:report_issue", args=[report.pk])
    assert unit.post(issue, follow=True).context["page"].is_draft is False
    assert "has been issued already" in unit.post(issue, follow=True).content.decode()
    later = draft(unit, group=group.pk)
    assert (later.previous, later.counts["new"]) == (report, 0)


def test_a_day_ahead_is_refused(unit: Client) -> None:
    ahead = timezone.localdate() + timedelta(days=400)
    boxes = {"as_at-day": ahead.day, "as_at-month": ahead.month, "as_at-year": ahead.year}
    answer = unit.post(reverse("plans:reports"), boxes)
    assert answer.status_code == 422
    assert not ExceptionReport.objects.exists()
