"""Confirming and withdrawing are asked for and done by a job: once, whole, or the import is as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import StaleRecord
from sightline.events.models import Entry
from sightline.jobs import services as queue
from sightline.jobs.models import Job
from sightline.jobs.worker import run_all
from sightline.plans.models import Action, Import, Plan
from sightline.plans.selectors.preview import preview
from sightline.plans.services import imports, record_update
from sightline.plans.services.imports import ImportRefused
from tests.plans.imports.papers import AS_AT, imported, paper, uploaded
from tests.plans.making import BY, NOW, make_user

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
PAPER = paper(
    ("1.1", "Heard", "Police", "Audit forty files", "Begun", "By 30 June 2026", "Amber"),
    ("1.2", "Heard", "Police", "Tell the children", "", "", "Red"),
)


def again(upload: Import) -> Import:
    upload.refresh_from_db()
    return upload


def asked(**given: Any) -> Import:
    """An import that somebody has asked to be confirmed."""
    return imports.ask_to_confirm(uploaded(PAPER, **given), **WHO)


def come_due() -> None:
    """Let the wait before the next attempt be over."""
    Job.objects.filter(state="waiting").update(run_after=timezone.now())


def stop_in_the_middle() -> None:
    """A worker takes the next job and is heard of no more."""
    assert queue.claim("a worker", timezone.now())
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))


def broken(*args: object, **given: object) -> None:
    raise RuntimeError("the power went")


class TestConfirming:
    def test_it_is_done_by_the_job_with_how_far_it_is(self) -> None:
        made = asked()
        assert (made.state, Action.objects.count()) == ("confirming", 0)
        assert run_all() == 1
        assert (again(made).state, Action.objects.count()) == ("confirmed", 2)
        assert Job.objects.get().progress_sentence == "The document is being compared with its plan."

    def test_each_row_is_told_while_it_is_written(self) -> None:
        made, told = asked(), []
        imports.confirm_as_asked(
            made, version=made.version, seen=None, progress=lambda *said: told.append(said[:2]), **WHO
        )
        assert told == [(0, 2), (1, 2)]

    def test_who_asks_second_is_told_and_it_is_done_once(self) -> None:
        upload = uploaded(PAPER)
        asked_first = imports.ask_to_confirm(upload, version=upload.version, **WHO)
        for ask in (imports.ask_to_confirm, imports.confirm, imports.discard):
            with pytest.raises(ImportRefused, match="is being confirmed already"):
                ask(upload, **WHO)
        assert Job.objects.count() == 1
        run_all()
        # A worker that stopped after its last step, and before it could note that it was done.
        imports.confirm_as_asked(asked_first, version=asked_first.version, seen=None, **WHO)
        assert (Plan.objects.count(), Action.objects.count()) == (1, 2)
        assert Entry.objects.filter(type="plans.import_confirmed").count() == 1

    def test_what_was_looked_at_long_ago_is_not_asked_for(self) -> None:
        upload = uploaded(PAPER)
        imports.correct_row(upload, 0, {"action": "Audit fifty files"}, **WHO)
        with pytest.raises(StaleRecord):
            imports.ask_to_confirm(upload, version=1, **WHO)
        assert not Job.objects.exists()

    def test_what_stands_against_it_is_told_and_what_was_corrected_is_kept(self) -> None:
        upload = uploaded(PAPER, as_at=None)
        imports.correct_row(upload, 0, {"action": "Audit fifty files"}, **WHO)
        imports.ask_to_confirm(upload, **WHO)
        run_all()
        assert again(upload).state == "preview"
        assert upload.trouble.startswith("Say which day the document speaks of")
        assert Entry.objects.get(type="plans.import_given_back").reason == upload.trouble
        assert not Plan.objects.exists()
        upload = imports.set_as_at(upload, AS_AT, **WHO)
        assert again(upload).trouble == ""
        imports.ask_to_confirm(upload, **WHO)
        run_all()
        assert Action.objects.order_by("order").first().text == "Audit fifty files"  # type: ignore[union-attr]

    def test_a_plan_that_has_changed_since_it_was_looked_at(self) -> None:
        plan = imported(PAPER).plan
        assert plan
        second = uploaded(PAPER.replace("Red", "Green"), plan=plan)
        seen = preview(second).fingerprint
        record_update(plan.actions.order_by("pk")[1], "All told.", as_at=AS_AT, **WHO)
        imports.ask_to_confirm(second, seen=seen, **WHO)
        run_all()
        assert (again(second).state, second.trouble) == (
            "preview",
            "The plan has changed since you looked at what this import would do. Look at it again.",
        )

    def test_a_failure_is_tried_again_and_then_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = asked()
        with monkeypatch.context() as patched:
            patched.setattr("sightline.plans.services.imports.confirming.refresh_current", broken)
            for attempts in (1, 2, 3, 4):
                assert again(made).state == "confirming"
                run_all()
                assert Job.objects.get().attempts == attempts
                come_due()
        assert (again(made).state, Plan.objects.count(), Job.objects.get().state) == ("preview", 0, "failed")
        assert made.trouble.startswith("The import was not confirmed. Something went wrong")
        assert "what was corrected is kept" in made.trouble
        imports.ask_to_confirm(made, **WHO)
        run_all()
        assert (again(made).state, made.trouble, Action.objects.count()) == ("confirmed", "", 2)

    def test_a_worker_that_was_killed_is_followed_by_another(self) -> None:
        made = asked()
        stop_in_the_middle()
        run_all()
        assert (again(made).state, Action.objects.count()) == ("confirmed", 2)

    def test_when_every_worker_is_killed_the_import_is_given_back(self) -> None:
        made = asked()
        for _ in range(4):
            stop_in_the_middle()
        assert run_all() == 0
        assert (again(made).state, Job.objects.get().state) == ("preview", "failed")
        assert "The worker stopped in the middle of this work, every time it was tried." in made.trouble

    def test_an_old_job_tried_again_does_nothing(self) -> None:
        made = asked(as_at=None)
        old = made.version
        run_all()
        imports.ask_to_confirm(again(made), **WHO)
        imports.confirm_as_asked(made, version=old, seen=None, **WHO)
        imports.give_back(made, "Of long ago", version=old, by=BY)
        assert (again(made).state, made.trouble) == ("confirming", "")


class TestWithdrawing:
    def test_it_is_done_by_the_job(self) -> None:
        made = imports.ask_to_withdraw(imported(PAPER), **WHO)
        assert (made.state, Action.objects.count()) == ("withdrawing", 2)
        with pytest.raises(ImportRefused, match="is being withdrawn already"):
            imports.ask_to_withdraw(made, **WHO)
        run_all()
        assert (again(made).state, Action.objects.count(), Plan.objects.count()) == ("withdrawn", 0, 0)
        imports.withdraw_as_asked(made, version=made.version, **WHO)
        assert Entry.objects.filter(type="plans.import_withdrawn").count() == 1

    def test_what_depends_on_it_is_told_and_it_stays_confirmed(self) -> None:
        made = imported(PAPER)
        later = NOW + timedelta(days=1)
        record_update(Action.objects.earliest("pk"), "Since", as_at=AS_AT, by=BY, now=later)
        imports.ask_to_withdraw(made, **WHO)
        run_all()
        assert (again(made).state, Action.objects.count()) == ("confirmed", 2)
        assert made.trouble.startswith(
            "This import cannot be withdrawn, because people have recorded updates"
        )

    def test_a_failure_leaves_it_confirmed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = imports.ask_to_withdraw(imported(PAPER), **WHO)
        monkeypatch.setattr("sightline.plans.services.imports.withdrawing.drop", broken)
        for _ in range(4):
            run_all()
            come_due()
        assert (again(made).state, Action.objects.count()) == ("confirmed", 2)
        assert made.trouble.startswith("The import was not withdrawn. Something went wrong")

    def test_a_paper_being_withdrawn_is_still_what_the_next_is_compared_with(self) -> None:
        first = imported(PAPER)
        imports.ask_to_withdraw(first, **WHO)
        second = imports.confirm(uploaded(PAPER.replace("Red", "Green"), plan=again(first).plan), **WHO)
        assert second.follows == first
        run_all()
        assert (again(first).state, Action.objects.count()) == ("confirmed", 2)
        assert "was imported on top of it" in first.trouble


class TestItsPage:
    @pytest.fixture
    def unit(self, client: Client) -> Client:
        client.force_login(make_user("unit"))
        return client

    def test_it_says_how_far_it_is_and_looks_again_by_itself(self, unit: Client) -> None:
        upload = uploaded(PAPER)
        here = reverse("plans:import", args=[upload.pk])
        confirm, withdraw = (
            reverse(f"plans:import_{deed}", args=[upload.pk]) for deed in ("confirm", "withdraw")
        )
        assert unit.post(confirm, {"version": upload.version}).headers["Location"] == here
        told = unit.get(here).content.decode()
        assert 'http-equiv="refresh"' in told
        assert "The import is waiting to be confirmed. Nothing has changed yet." in told
        assert "This import is being confirmed already." in unit.post(confirm, follow=True).content.decode()
        run_all()
        told = unit.get(here).content.decode()
        assert 'http-equiv="refresh"' not in told
        assert "Withdraw this import" in told
        unit.post(withdraw, {"version": again(upload).version})
        assert "The import is waiting to be withdrawn." in unit.get(here).content.decode()
        assert "This import is being withdrawn already." in unit.post(withdraw, follow=True).content.decode()

    def test_what_stood_against_it_is_told_to_those_who_import(self, unit: Client, client: Client) -> None:
        upload = uploaded(PAPER, as_at=None)
        here = reverse("plans:import", args=[upload.pk])
        unit.post(reverse("plans:import_confirm", args=[upload.pk]))
        run_all()
        trouble = again(upload).trouble
        assert unit.get(here).content.decode().count(trouble) == 2
        client.force_login(make_user("executive"))
        assert trouble not in client.get(here).content.decode()

    @pytest.mark.library
    def test_asking_costs_the_same_whatever_the_rows(self, unit: Client) -> None:
        counts = []
        for rows in (1, 3, 300):
            many = [(f"1.{n}", "Heard", "Police", f"Audit {n}", "", "", "Red") for n in range(rows)]
            upload = uploaded(paper(*many), plan_name=f"Plan of {rows}")
            for deed in ("confirm", "withdraw"):
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    unit.post(reverse(f"plans:import_{deed}", args=[upload.pk]), {"version": upload.version})
                counts.append(len(queries))
                assert again(upload).state == ("confirming" if deed == "confirm" else "withdrawing")
                run_all()
                again(upload)
        assert len(set(counts[::2])) == len(set(counts[1::2])) == 1
        assert max(counts) <= 12
