"""Holds, what is due, disposals by two people, and their certificates."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.models import Membership, User
from sightline.access.provider import Told
from sightline.access.services import end_tokens_of, make_token
from sightline.access.services.single_sign_on import _bind
from sightline.events import disposing
from sightline.events.choices import SYSTEM, StaleRecord, Tier, Way
from sightline.events.models import Entry, PersonalValue
from sightline.events.services import record, verify
from sightline.jobs.models import Job
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.services import queue_mail
from sightline.oversight.entries import OversightEntry
from sightline.partners.models import Person
from sightline.plans.models import Action, Import, Update
from sightline.retention import services
from sightline.retention.choices import HoldOver, ItemState, NotPossible
from sightline.retention.models import Certificate, Disposal, DisposalItem, Hold
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.saved.services import save_view
from sightline.search.models import SearchEntry
from sightline.search.services import keep_words
from tests.access.people import member
from tests.plans.making import make_action, make_agency, make_plan
from tests.retention.making import (
    NOW,
    closed_account,
    confirm,
    find,
    make_approved,
    make_certificate,
    make_hold,
    make_proposed,
    nothing,
)

LONG_AGO = dt.datetime(2019, 1, 1, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def states(disposal: Disposal) -> list[str]:
    return list(disposal.items.order_by("number").values_list("state", flat=True))


def test_nothing_goes_by_a_rule_that_nobody_has_confirmed(dee: User) -> None:
    closed_account()
    old_mail()
    assert (find(), Disposal.objects.count(), OutgoingMail.objects.filter(subject="Old").count()) == (0, 0, 1)
    confirm("accounts", "mail")
    assert find() == 2
    assert not OutgoingMail.objects.filter(subject="Old").exists()
    assert Entry.objects.get(type="retention.cleared").after_values["rows"] == 1
    [item] = WorkItem.objects.filter(kind="disposal")
    assert item.for_scope == "may:retention_keep"


def old_mail() -> OutgoingMail:
    mail = queue_mail("somebody@wealdshire.example", "Old", "Something waits.", by=SYSTEM)
    sent = NOW - dt.timedelta(days=400)
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", created_at=sent)
    return mail


def test_what_is_due_is_past_its_period_and_proposed_once(dee: User) -> None:
    due, late = closed_account(), closed_account(ended=dt.date(2020, 11, 2))
    opened = closed_account()
    User.objects.filter(pk=opened.pk).update(is_active=True)
    back = closed_account()
    User.objects.filter(pk=back.pk).update(last_login=NOW - dt.timedelta(days=30))
    confirm("accounts")
    assert find() == 1
    [item] = DisposalItem.objects.all()
    assert (item.number, item.since, item.due_on) == (due.pk, dt.date(2020, 6, 30), dt.date(2026, 6, 30))
    assert find() == 0
    assert find(NOW + dt.timedelta(days=1)) == 1
    assert set(DisposalItem.objects.values_list("number", flat=True)) == {due.pk, late.pk}
    assert Disposal.objects.count() == 1
    User.objects.filter(pk=late.pk).update(is_active=True)
    find(NOW + dt.timedelta(days=1))
    assert DisposalItem.objects.get(number=late.pk).state == ItemState.NOT_DUE


def test_many_are_found_in_parts(dee: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from sightline.retention.services import finding

    monkeypatch.setattr(finding, "CHUNK", 2)
    assert make_proposed(5).items.count() == 5
    make_hold(dee.actor)
    assert set(DisposalItem.objects.values_list("state", flat=True)) == {"held"}


def test_a_hold_keeps_what_it_holds_until_somebody_ends_it(dee: User) -> None:
    made = make_proposed(2)
    first, second = made.items.order_by("number")
    hold = make_hold(dee.actor, over=HoldOver.RECORD, number=first.number, authority="IICSA")
    assert states(made) == ["held", "waiting"]
    assert find() == 0
    whole = make_hold(dee.actor, until=dt.date(2026, 11, 2))
    assert states(made) == ["held", "held"]
    find(NOW + dt.timedelta(days=1))
    assert WorkItem.objects.filter(kind="hold", subject_id=str(whole.pk)).count() == 1
    services.end_hold(whole, reason="The inquiry is over", by=dee.actor, now=NOW)
    assert not WorkItem.objects.filter(kind="hold").exists()
    with pytest.raises(StaleRecord):
        services.end_hold(whole, reason="Again", by=dee.actor, now=NOW)
    assert find() == 1
    assert DisposalItem.objects.get(state="waiting").number == second.number
    with pytest.raises(NotPossible, match="Say why"):
        services.end_hold(hold, reason=" ", by=dee.actor, now=NOW)
    told = Entry.objects.get(type="retention.hold_ended")
    assert "words" not in told.after_values
    assert PersonalValue.objects.filter(entry=told, field="after.words").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": dt.date(2026, 11, 1)}, "still to come"),
        ({"rule": "sessions"}, "nothing to hold"),
        ({"over": HoldOver.RECORD, "number": 987}, "no such record"),
        ({"over": HoldOver.WHOLE, "of": ("plans", "plan"), "number": 987}, "Choose what"),
        ({"over": HoldOver.WHOLE, "of": ("plans", "action"), "number": 1}, "Choose what"),
    ],
)
def test_a_hold_is_over_something_for_a_reason(dee: User, given: dict[str, Any], said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        make_hold(dee.actor, **given)
    assert not Hold.objects.exists()


def old_paper(**given: Any) -> Import:
    made = Import(
        file_name="plan.txt",
        sha256="0" * 64,
        uploaded_by_label="Una",
        uploaded_at=NOW - dt.timedelta(days=500),
        **given,
    )
    made.file.save("plan.txt", ContentFile(b"A plan"), save=False)
    made.save()
    return made


def test_a_hold_on_a_plan_holds_the_papers_that_belong_to_it(dee: User, una: User) -> None:
    plan = make_plan()
    held, free = old_paper(plan=plan), old_paper()
    confirm("imports_unconfirmed")
    make_hold(dee.actor, over=HoldOver.WHOLE, rule="", of=("plans", "plan"), number=plan.pk)
    assert find() == 1
    assert [item.number for item in DisposalItem.objects.all()] == [free.pk]
    assert held.pk != free.pk


def test_papers_go_with_their_files_and_confirmed_ones_stay(
    dee: User, una: User, django_capture_on_commit_callbacks: Any
) -> None:
    gone = old_paper()
    stays = old_paper(state="confirmed", confirmed_at=NOW, as_at=NOW.date())
    keep_words(gone, stays)
    confirm("imports_unconfirmed")
    find()
    [made] = Disposal.objects.all()
    made = services.approve(made, Way.DELETE, reason="Never used", version=1, by=dee.actor, now=NOW)
    made = services.order(made, version=2, by=una.actor, now=NOW)
    name, storage = gone.file.name, gone.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert list(Import.objects.all()) == [stays]
    assert [entry.record_id for entry in SearchEntry.objects.filter(kind="import")] == [stays.pk]
    assert (storage.exists(name), storage.exists(stays.file.name)) == (False, True)


def test_a_disposal_takes_two_people(dee: User, una: User) -> None:
    made = make_proposed()
    with pytest.raises(NotPossible, match="no way"):
        services.approve(made, Way.DELETE, reason="Why not", version=1, by=dee.actor, now=NOW)
    with pytest.raises(NotPossible, match="Say why"):
        services.approve(made, Way.ANONYMISE, reason=" ", version=1, by=dee.actor, now=NOW)
    made = services.approve(made, Way.ANONYMISE, reason="Long ago", version=1, by=dee.actor, now=NOW)
    with pytest.raises(StaleRecord):
        services.approve(made, Way.ANONYMISE, reason="Twice", version=1, by=una.actor, now=NOW)
    for by in (dee.actor, SYSTEM):
        with pytest.raises(NotPossible, match="somebody other"):
            services.order(made, version=2, by=by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=made.pk).update(state="ordered", ordered_by=dee, ordered_at=NOW)
    assert services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing) is None
    services.order(made, version=2, by=una.actor, now=NOW)
    assert Job.objects.get(name="retention.carry_out").args == {"disposal": made.pk}
    assert not WorkItem.objects.filter(kind="disposal").exists()


def test_a_rule_changed_since_it_was_approved_stops_the_disposal(dee: User, una: User) -> None:
    made = make_approved(dee.actor)
    from sightline.retention.selectors import rules_in_force

    version, rules = rules_in_force()
    rule = rules["accounts"]
    services.change_rule(
        "accounts",
        basis=rule.basis,
        authority=rule.authority,
        period=None,
        action=rule.action,
        reason="For ever",
        seen=version,
        by=dee.actor,
        now=NOW,
    )
    with pytest.raises(NotPossible, match="changed after this was approved"):
        services.order(made, version=2, by=una.actor, now=NOW)
    newer = Disposal.objects.create(rule="accounts", state="proposed", found_at=NOW)
    back = services.send_back(made, version=2, by=una.actor, now=NOW)
    assert (back.state, Disposal.objects.filter(pk=newer.pk).exists()) == ("proposed", False)
    with pytest.raises(NotPossible, match="not yet confirmed"):
        services.approve(back, Way.ANONYMISE, reason="Still", version=3, by=dee.actor, now=NOW)
    confirm("accounts")
    back.items.update(state="kept")
    with pytest.raises(NotPossible, match="Nothing waits"):
        services.approve(back, Way.ANONYMISE, reason="Still", version=3, by=dee.actor, now=NOW)
    back.items.update(state="waiting")
    find()
    assert not Disposal.objects.exists()
    assert not WorkItem.objects.filter(kind="disposal").exists()
    assert Entry.objects.get(type="retention.disposal_dropped").after_values["records"] == 2


def test_a_crash_in_the_middle_is_gone_on_from_and_certified_once(
    dee: User, una: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sightline.retention.services import disposals

    made = make_proposed(3)
    made = services.approve(made, Way.ANONYMISE, reason="Long ago", version=1, by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    monkeypatch.setattr(disposals, "PART", 1)
    kind, calls = disposing.kinds()["accounts"], []
    whole = kind.ways[Way.ANONYMISE]

    def breaking(numbers: Any, doing: Any) -> int:
        done = whole(numbers, doing)
        calls.append(list(numbers))
        if len(calls) == 2:
            raise RuntimeError("the power went")
        return done

    monkeypatch.setitem(kind.ways, Way.ANONYMISE, breaking)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError):
        services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert states(made) == ["disposed", "waiting", "waiting"]
    assert User.objects.filter(name="A former member").count() == 1
    found = services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert calls[1] == calls[2]
    assert found is not None
    assert (found.count, states(made)) == (3, ["disposed"] * 3)
    assert services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing) == found
    assert Certificate.objects.count() == 1
    assert verify().broken == []


def test_what_is_held_or_kept_after_the_approval_stays(dee: User, una: User) -> None:
    made = make_approved(dee.actor)
    first, second = made.items.order_by("number")
    kind = disposing.kinds()["accounts"]
    until = dt.date(2027, 1, 1)
    with pytest.raises(NotPossible, match="still to come"):
        services.keep_longer(kind, first.number, until=NOW.date(), reason="A", by=dee.actor, now=NOW)
    with pytest.raises(NotPossible, match="no such record"):
        services.keep_longer(kind, 98_765, until=until, reason="A", by=dee.actor, now=NOW)
    with pytest.raises(NotPossible, match="Say why"):
        services.keep_longer(kind, first.number, until=until, reason=" ", by=dee.actor, now=NOW)
    services.keep_longer(kind, first.number, until=until, reason="Asked for", by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    Hold.objects.create(  # laid by a way that marks nothing
        over="record", rule="accounts", number=second.number, reason="Late", placed_at=NOW
    )
    found = services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert found is not None
    assert (states(made), found.count) == (["kept", "held"], 0)
    assert find() == 0
    Hold.objects.all().delete()
    assert find(dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)) == 2


def test_a_certificate_names_nobody_and_cannot_be_changed(dee: User, una: User, client: Client) -> None:
    gone = closed_account("Wilhelmina Longlost")
    found = make_certificate(dee.actor, una.actor)
    page = client.get(f"/retention/certificates/{found.number}/")
    assert (page.status_code, page.context["page"].agrees) == (200, True)
    assert f"Account {gone.pk}" in page.content.decode()
    assert "Longlost" not in page.content.decode()
    for format in ("docx", "pdf", "csv"):
        answer = client.get(f"/retention/certificates/{found.number}.{format}")
        assert (answer.status_code, len(answer.content) > 100) == (200, True)
    assert f"Account {gone.pk}" in answer.content.decode("utf-8-sig")
    assert client.get(f"/retention/certificates/{found.number}.exe").status_code == 404
    assert client.get("/retention/certificates/2020-1/").status_code == 404
    for change in (lambda: found.delete(), lambda: Certificate.objects.update(count=0)):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            change()
    DisposalItem.objects.filter(number=gone.pk).delete()
    assert not client.get(f"/retention/certificates/{found.number}/").context["page"].agrees


def test_anonymising_takes_the_person_out_and_keeps_every_count(dee: User, una: User, client: Client) -> None:
    user = closed_account("Ottoline Leftbehind")
    day, at = timezone.localdate(), {"by": user.actor, "now": timezone.now()}
    for name in ("Figures", "Board"):
        make_token(user, name, ["plans:read"], day, strong=True, **at)
    end_tokens_of(user, "Lost", by=SYSTEM)
    said = Told("https://id.example", "77", user.email, email_verified=True, is_strong=True, back="/")
    _bind(user, SimpleNamespace(name="The county"), said, NOW)
    mails = OutgoingMail.objects.filter(to=user.email)
    sent = mails.count()
    action = make_action(make_plan())
    Update.objects.create(
        action=action,
        text="Done",
        dated_on=NOW.date(),
        as_at=NOW.date(),
        recorded_at=NOW,
        entered_by=user,
        entered_by_label=user.name,
    )
    person = Person.objects.create(
        name="Ottoline Leftbehind", initials="OL", email="o@x.example", ends_on=dt.date(2020, 6, 30)
    )
    client.force_login(una)

    def figures() -> list[Any]:
        board = client.get("/dashboard/").context["page"]
        rows = [model.objects.count() for model in (Action, Update, User, Person, Membership)]
        return [repr(board), *rows]

    before = figures()
    confirm("accounts", "people")
    find()
    for made in Disposal.objects.filter(state="proposed"):
        made = services.approve(made, Way.ANONYMISE, reason="Left", version=1, by=dee.actor, now=NOW)
        services.order(made, version=2, by=una.actor, now=NOW)
        services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    user.refresh_from_db()
    person.refresh_from_db()
    assert (user.name, user.email) == ("A former member", f"former-{user.pk}@anonymised.invalid")
    assert not user.has_usable_password()
    assert (person.name, person.initials, person.email) == ("A former member", "", "")
    assert Update.objects.get().entered_by_label == "A former member"
    assert figures() == before
    about = Entry.objects.filter(subject_app="access", subject_model="user", subject_id=str(user.pk))
    assert not PersonalValue.objects.filter(entry__in=about.exclude(type="access.user_anonymised")).exists()
    ways_in = Entry.objects.filter(subject_app="access", subject_model__in=["token", "identity"])
    assert {entry.type[7:] for entry in ways_in} == {
        "token_made",
        "token_ended",
        "identity_bound",
        "identity_forgotten",
    }
    assert not PersonalValue.objects.filter(entry__in=ways_in).exists()
    assert "Ottoline" not in f"{[(entry.subject_title, entry.before, entry.after) for entry in ways_in]}"
    assert not user.identities.exists()
    assert not user.tokens.exists()
    assert mails.count() == sent
    assert find() == 0
    assert verify().broken == []


def test_somebody_elses_name_stays(dee: User) -> None:
    from sightline.plans.models import Block
    from tests.plans.making import BY

    user, alike = closed_account("Same Name"), member("Same Namesake", "lay_member")
    User.objects.filter(pk=alike.pk).update(name="Same Name")
    action = make_action(make_plan())
    block = Block.objects.create(
        action=action,
        reason="Waiting",
        as_at=NOW.date(),
        recorded_at=NOW,
        entered_by_label=BY.label,
        ended_on=NOW.date(),
        ended_recorded_at=NOW,
        ended_by_label="Same Name",
    )
    from sightline.plans.disposed import forget

    doing = disposing.Doing(SYSTEM, "Left", NOW)
    assert forget(user.pk, "", doing) == 0
    assert forget(user.pk, "Same Name", doing) == 1
    block.refresh_from_db()
    assert block.ended_by_label == "A former member"


def test_own_views_of_closed_accounts_are_cleared_and_shared_ones_stay(dee: User) -> None:
    user = closed_account()
    for name, sharing in (("Mine", Sharing.ONE), ("Ours", Sharing.EVERYONE)):
        save_view(user, name, "/plans/", sharing, by=SYSTEM, now=NOW)
    confirm("saved_views")
    assert find() == 1
    assert [view.name for view in SavedView.objects.all()] == ["Ours"]


def test_unusual_access_and_jobs_done_once_go(dee: User, una: User) -> None:
    from sightline.oversight.services.disposing import dispose_of_alerts
    from tests.oversight.making import make_alert

    owen, old = member("Owen Owner", "lay_member"), dt.date(2019, 1, 1)
    alert = make_alert(owen, day=old, current_state="explained")
    waits = make_alert(owen, "refusals", day=old)
    for each in (alert, waits):
        record(OversightEntry.ALERT_RAISED, by=SYSTEM, subject=each, tier=Tier.T2)
    Job.objects.create(
        name="plans.count",
        key="once",
        state="done",
        actor_kind="system",
        actor_id="system",
        actor_label="Sightline",
        enqueued_at=NOW,
        run_after=NOW,
        finished_at=NOW - dt.timedelta(days=900),
    )
    confirm("alerts", "jobs_once")
    assert find() == 2
    assert not Job.objects.filter(key="once").exists()
    [made] = Disposal.objects.all()
    services.approve(made, Way.DELETE, reason="Old", version=1, by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert dispose_of_alerts([waits.pk], disposing.Doing(SYSTEM, "Old", NOW)) == 0
    assert list(type(alert).objects.all()) == [waits]
    raised = Entry.objects.filter(type="oversight.alert_raised", personal_values__value__contains="Owen")
    assert [entry.subject_id for entry in raised] == [str(waits.pk)]


def test_the_pages_lead_from_what_is_due_to_the_certificate(dee: User, una: User, client: Client) -> None:
    made = make_proposed(3)
    path = f"/retention/disposals/{made.pk}/"
    assert client.get("/retention/").context["page"].waiting[0].disposal.waiting == 3
    assert len(client.get("/retention/disposals/").context["page"].listing.rows) == 1
    first = made.items.order_by("number")[0].number
    record = f"/retention/records/accounts/{first}/"
    until = {"until-day": "1", "until-month": "1", "until-year": "2020", "reason": "Asked for"}
    late = client.post(record, until)
    assert (late.status_code, "still to come" in late.content.decode()) == (422, True)
    client.post(record, {**until, "until-year": "2030"})
    assert states(made)[0] == "kept"
    assert client.get(path, {"state": "waiting"}).context["page"].listing.count.number == 2
    given = {"version": 1, "way": "anonymise", "reason": ""}
    assert client.post(f"{path}approve/", given).status_code == 422
    client.post(f"{path}approve/", {**given, "reason": "Left"})
    stale = client.post(f"{path}approve/", {**given, "reason": "Left"})
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    assert not client.get(path).context["page"].may_carry_out
    assert client.post(f"{path}carry-out/", {"version": 2}).status_code == 403
    client.post(f"{path}send-back/", {"version": 2})
    client.post(f"{path}send-back/", {"version": 2})
    client.post(f"{path}approve/", {**given, "version": 3, "reason": "Left"})
    client.force_login(una)
    client.post(f"{path}carry-out/", {"version": 1})
    assert client.get(path).context["page"].may_carry_out
    client.post(f"{path}carry-out/", {"version": 4})
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert client.get(path).context["page"].certificate
    assert len(client.get("/retention/certificates/").context["page"].listing.rows) == 1
    assert client.get("/retention/records/nothing/1/").status_code == 404
    assert client.get("/retention/records/accounts/98765/").status_code == 404


def test_the_pages_of_holds(dee: User, client: Client) -> None:
    plan = make_plan(name="Quiet plan")
    hidden = make_plan(name="Closed plan")
    type(plan).objects.filter(pk=hidden.pk).update(tier="T2")
    new = "/retention/holds/new/"
    for given, said in (
        ({"over": "rule"}, "Choose the rule"),
        ({"over": "record", "rule": "accounts"}, "Give the number"),
        ({"over": "whole"}, "Choose what"),
        ({"over": "record", "rule": "accounts", "number": "99999"}, "no such record"),
    ):
        answer = client.post(new, {**given, "reason": "An inquiry"})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    done = client.post(new, {"over": "whole", "whole": f"plans.plan.{plan.pk}", "reason": "An inquiry"})
    hold = Hold.objects.get()
    assert done["Location"] == f"/retention/holds/{hold.pk}/"
    assert "Everything of: Quiet plan" in client.get("/retention/holds/").content.decode()
    assert client.post(f"/retention/holds/{hold.pk}/", {"reason": ""}).status_code == 422
    assert client.post(f"/retention/holds/{hold.pk}/", {"reason": "Over"}).status_code == 302
    again = client.post(f"/retention/holds/{hold.pk}/", {"reason": "Over"})
    assert "ended already" in again.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/retention/",
        "/retention/disposals/",
        "/retention/disposals/{}/",
        "/retention/holds/",
        "/retention/holds/new/",
    ],
)
def test_as_many_questions_for_one_as_for_many(dee: User, client: Client, path: str) -> None:
    make_hold(dee.actor, rule="alerts")
    made = make_proposed(1)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path.format(made.pk)).status_code == 200
        return len(queries)

    few = asked()
    make_proposed(6)
    make_hold(dee.actor, rule="alerts")
    assert asked() == few <= 12


def test_a_file_of_a_plan_that_ended_long_ago_goes_and_what_was_said_stays(dee: User, una: User) -> None:
    from sightline.documents.models import Document
    from sightline.plans.models import Evidence, EvidenceFile, Plan, PlanChange

    action = make_action(make_plan())
    stamp = {"recorded_at": NOW, "entered_by_label": "Una"}
    evidence = [
        Evidence.objects.create(action=action, text=f"Audit {n}", dated_on=NOW.date(), **stamp) for n in "ab"
    ]
    document = Document(
        name="audit.txt", sha256="1" * 64, size=3, kind="txt", stored_at=LONG_AGO, stored_by_label="Una"
    )
    document.file.save("audit.txt", ContentFile(b"abc"), save=False)
    document.save()
    files = [EvidenceFile.objects.create(evidence=each, document=document, **stamp) for each in evidence]
    confirm("evidence_files")
    keep_words(*files)
    assert find() == 0
    Plan.objects.filter(pk=action.plan_id).update(state="closed")
    PlanChange.objects.create(plan=action.plan, to_state="closed", as_at=dt.date(2020, 3, 31), **stamp)
    make_hold(dee.actor, over=HoldOver.RECORD, rule="evidence_files", number=files[1].pk)
    assert find() == 1
    [made] = Disposal.objects.all()
    services.approve(made, Way.DELETE, reason="Old", version=1, by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert list(EvidenceFile.objects.all()) == [files[1]]
    assert [entry.record_id for entry in SearchEntry.objects.filter(kind="file")] == [files[1].pk]
    assert Document.objects.filter(pk=document.pk).exists()
    Hold.objects.all().delete()
    make_agency()
    find()
    made = Disposal.objects.get(state="proposed")
    services.approve(made, Way.DELETE, reason="Old", version=1, by=dee.actor, now=NOW)
    services.order(made, version=2, by=una.actor, now=NOW)
    services.carry_out(made.pk, by=una.actor, now=NOW, progress=nothing)
    assert (Document.objects.count(), Evidence.objects.count()) == (0, 2)
