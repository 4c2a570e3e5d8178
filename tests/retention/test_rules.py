"""The rules: periods, coverage of every field, versions, their pages."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.models import User
from sightline.definitions import InvalidDefinition, checked
from sightline.events.choices import StaleRecord
from sightline.events.models import Entry
from sightline.retention import services
from sightline.retention.checks import check_retention, is_ours, uncovered
from sightline.retention.choices import Action, Basis, NotPossible
from sightline.retention.models import RetentionVersion
from sightline.retention.rules.definitions import coverage, digest_of, laid_over, shipped
from sightline.retention.rules.periods import Period, Unit, period_named
from sightline.retention.selectors import rules_in_force

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "day", "over"),
    [
        ({"years": 6}, dt.date(2020, 2, 29), dt.date(2026, 3, 1)),
        ({"months": 1}, dt.date(2026, 1, 31), dt.date(2026, 3, 1)),
        ({"days": 30}, dt.date(2026, 1, 31), dt.date(2026, 3, 2)),
    ],
)
def test_a_period_is_over_on_a_day(said: dict[str, int], day: dt.date, over: dt.date) -> None:
    period = period_named(said)
    assert period is not None
    assert (period.after(day), period.told()) == (over, said)
    assert period.before(over) >= day
    assert period.before(over - dt.timedelta(days=1)) < day


@given(
    st.builds(Period, st.integers(1, 100), st.sampled_from(Unit)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
)
def test_what_is_due_is_over_and_what_is_not_is_not(period: Period, today: dt.date) -> None:
    last = period.before(today)
    assert period.after(last) <= today < period.after(last + dt.timedelta(days=1))


def test_the_longest_periods_stay_within_the_calendar() -> None:
    assert Period(36_500, Unit.DAYS).before(dt.date(5, 1, 1)) == dt.date.min
    assert Period(100, Unit.YEARS).before(dt.date(50, 1, 1)) == dt.date.min
    with pytest.raises(OverflowError):
        Period(100, Unit.YEARS).after(dt.date(9999, 1, 1))
    assert (str(Period(1, Unit.YEARS)), str(Period(6, Unit.YEARS))) == ("1 year", "6 years")


def test_every_field_of_every_model_falls_under_a_rule() -> None:
    assert check_retention() == []
    assert coverage().rule_of("plans.Update", "text") == "accounts_of_actions"
    assert coverage().rule_of("plans.Update", "entered_by_label") == "actor_names"
    assert coverage().rule_of("events.Entry", "actor_label") == "journal"


@isolate_apps("sightline.plans")
def test_a_field_that_falls_under_no_rule_fails_the_check() -> None:
    class Forgotten(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "plans"

        def __str__(self) -> str:
            return self.words

    assert not is_ours(Forgotten)  # of the tests
    [error] = uncovered(Forgotten, coverage())
    assert (error.id, "words" in error.msg) == ("retention.E002", True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda said: said["models"].pop("plans.Update"), "retention.E002"),
        (lambda said: said["models"].update({"plans.Gone": "plans"}), "retention.E003"),
        (
            lambda said: said["models"].update({"plans.Plan": {"rule": "plans", "fields": {"gone": "mail"}}}),
            "retention.E003",
        ),
        (lambda said: said["models"].update({"plans.Plan": "no_such_rule"}), "retention.E004"),
        (lambda said: said["models"].update({"search.SearchEntry": "plans"}), "retention.E004"),
        (
            lambda said: next(r for r in said["rules"] if r["key"] == "jobs").update(job="jobs.never"),
            "retention.E006",
        ),
        (
            lambda said: next(r for r in said["rules"] if r["key"] == "mail").update(carried_out="nobody"),
            "retention.E005",
        ),
        (lambda said: said["rules"].append(dict(said["rules"][0])), "retention.E001"),
    ],
)
def test_definitions_that_do_not_fit_fail_the_check(
    monkeypatch: pytest.MonkeyPatch, change: object, expected: str
) -> None:
    from sightline import definitions
    from sightline.retention.rules import definitions as read

    said = definitions.load("retention")
    change(said)  # type: ignore[operator]
    monkeypatch.setattr(read.definitions, "load", lambda name: said)
    for cached in (read.shipped, read.coverage, read._said):
        cached.cache_clear()
    try:
        assert expected in {error.id for error in check_retention()}
    finally:
        for cached in (read.shipped, read.coverage, read._said):
            cached.cache_clear()


def test_a_rule_without_a_basis_is_no_rule() -> None:
    import json
    from importlib.resources import files

    folder = files("sightline.definitions")
    text = (folder / "retention.yaml").read_text(encoding="utf-8").replace("basis: local, ", "", 1)
    schema = json.loads((folder / "retention.schema.json").read_text(encoding="utf-8"))
    with pytest.raises(InvalidDefinition, match="basis"):
        checked("retention", text, schema)


def test_a_version_stands_over_what_is_brought_and_a_job_keeps_its_own_period() -> None:
    told = [rule.told() for rule in shipped().values()]
    for rule in told:
        rule["keep"] = {"years": 2}
        rule["confirmed_by"], rule["confirmed_on"] = "The board", "2026-11-03"
    over = laid_over([*told, {**told[0], "key": "gone_since"}])
    assert over["mail"].period == Period(2, Unit.YEARS)
    assert over["jobs"].period == shipped()["jobs"].period
    assert over["jobs"].is_confirmed
    assert "gone_since" not in over
    assert laid_over([])["mail"] == shipped()["mail"]


CHANGE = {
    "basis": Basis.LAW,
    "authority": "Our schedule, row 12",
    "period": Period(2, Unit.YEARS),
    "action": Action.DELETE,
}


def test_a_change_makes_a_version_that_nobody_can_change(dee: User) -> None:
    first = services.bring_up_to_date(now=NOW)
    assert services.bring_up_to_date(now=NOW) == first
    assert (first.number, first.made_by, first.sha256) == (1, None, digest_of(shipped().values()))
    made = services.change_rule(
        "imports_unconfirmed", **CHANGE, reason="Our schedule", seen=1, by=dee.actor, now=NOW
    )
    version, rules = rules_in_force()
    rule = rules["imports_unconfirmed"]
    assert (version, rule.basis, str(rule.period), rule.is_confirmed) == (2, Basis.LAW, "2 years", False)
    services.confirm_rule("imports_unconfirmed", "IG board", seen=2, by=dee.actor, now=NOW)
    assert rules_in_force()[1]["imports_unconfirmed"].confirmed_by == "IG board"
    services.change_rule(
        "imports_unconfirmed",
        **{**CHANGE, "period": None},
        reason="For ever",
        seen=3,
        by=dee.actor,
        now=NOW,
    )
    assert not rules_in_force()[1]["imports_unconfirmed"].is_confirmed
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        RetentionVersion.objects.filter(pk=made.pk).update(reason="Another")
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        made.delete()
    told = Entry.objects.get(type="retention.rule_confirmed").after_values
    assert (told["key"], told["confirmed_by"]) == ("imports_unconfirmed", "IG board")


def test_what_nobody_touched_is_as_a_later_sightline_brings_it(dee: User) -> None:
    told = [rule.told() for rule in shipped().values()]
    for rule in told:
        rule["keep"], rule["authority"] = "permanent", "As an earlier Sightline said"
    earlier = {
        "rules": told,
        "sha256": "0" * 64,
        "reason": "Earlier",
        "made_at": NOW,
        "made_by_label": "Sightline",
    }
    RetentionVersion.objects.create(number=1, **earlier)
    services.confirm_rule("people", "IG board", seen=1, by=dee.actor, now=NOW)
    assert services.bring_up_to_date(now=NOW).number == 3
    _, rules = rules_in_force()
    assert rules["conflicts"] == shipped()["conflicts"]
    assert (rules["people"].period, rules["people"].authority) == (None, "As an earlier Sightline said")
    assert services.bring_up_to_date(now=NOW).number == 3


def test_what_cannot_be_changed_is_refused_in_a_sentence(dee: User) -> None:
    services.bring_up_to_date(now=NOW)

    def change(
        key: str = "imports_unconfirmed", reason: str = "Why not", seen: int = 1, **more: object
    ) -> None:
        services.change_rule(key, **{**CHANGE, **more}, reason=reason, seen=seen, by=dee.actor, now=NOW)  # type: ignore[arg-type]

    with pytest.raises(StaleRecord):
        change(seen=0)
    with pytest.raises(NotPossible, match="Say why"):
        change(reason=" ")
    with pytest.raises(NotPossible, match="period cannot be changed"):
        change("sessions")
    rule = shipped()["mail"]
    with pytest.raises(NotPossible, match="Nothing was changed"):
        change("mail", basis=rule.basis, authority=rule.authority, period=rule.period, action=rule.action)
    with pytest.raises(NotPossible, match="Say who"):
        services.confirm_rule("mail", " ", seen=1, by=dee.actor, now=NOW)
    assert RetentionVersion.objects.count() == 1


def test_the_pages_of_the_rules(dee: User, client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get("/retention/rules/")
    assert len(asked) <= 12
    assert page.context["page"].unconfirmed == len(shipped())
    assert "such as sessions that are over, goes all the same" in page.content.decode()
    shown = [rule.key for group in page.context["page"].groups for rule in group.listing.rows]
    assert sorted(shown) == sorted(shipped())
    assert not any(group.is_open for group in page.context["page"].groups)
    one = client.get("/retention/rules/", {"about": "partners"}).context["page"].groups
    assert [(group.summary, group.is_open) for group in one] == [
        ("Agencies and people: 3 rules, 3 not yet confirmed", True)
    ]
    nothing = client.get("/retention/rules/", {"words": "zebra"}).content.decode()
    assert "Nothing fits this filter" in nothing
    found = client.get("/retention/rules/", {"confirmed": "no", "carried_out": "job", "words": "session"})
    assert [rule.key for rule in found.context["page"].listing.rows] == ["sessions"]
    assert client.get("/retention/rules/no_such/").status_code == 404
    assert "Not yet confirmed by your information" in client.get("/retention/rules/mail/").content.decode()
    table = client.get("/retention/rules/file.csv", {"words": "e-mails"}).content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("mail,")
    kept = yaml.safe_load(client.get("/retention/rules/file.yaml").content)
    assert [rule["key"] for rule in kept["rules"]] == list(shipped())
    assert client.get("/retention/rules/file.exe").status_code == 404
    given = {
        "version": 0,
        "basis": "law",
        "authority": "Row 12",
        "number": "",
        "unit": "years",
        "action": "delete",
        "reason": "Our schedule",
    }
    wrong = client.post("/retention/rules/mail/change/", given)
    assert (wrong.status_code, "Give a number" in wrong.content.decode()) == (422, True)
    much = client.post("/retention/rules/mail/change/", {**given, "number": 101})
    assert "at most 100 years" in much.content.decode()
    both = client.post("/retention/rules/mail/change/", {**given, "number": 3, "unit": "permanent"})
    assert "Leave the number empty" in both.content.decode()
    done = client.post("/retention/rules/mail/change/", {**given, "number": 3})
    assert done["Location"] == "/retention/rules/mail/"
    stale = client.post("/retention/rules/mail/change/", {**given, "number": 4})
    assert "Somebody else saved this" in stale.content.decode()
    done = client.post("/retention/rules/mail/confirm/", {"version": 1, "who": "IG board"})
    assert (done.status_code, rules_in_force()[1]["mail"].confirmed_by) == (302, "IG board")
    stale = client.post("/retention/rules/mail/confirm/", {"version": 1, "who": "IG board"})
    assert stale.status_code == 422
    basis_only = {"version": 2, "basis": "law", "authority": "Row 9", "reason": "As agreed"}
    assert client.post("/retention/rules/sessions/change/", basis_only).status_code == 302
    page = client.get("/retention/rules/sessions/").context["page"]
    assert [made.reason for made in page.changes] == ["As agreed"]
    assert timezone.localdate() >= page.changes[0].made_at.date()
