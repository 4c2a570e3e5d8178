"""An action's page and the forms about it: what they show, what they keep, and what two people at once see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group
from sightline.plans import services
from sightline.plans.choices import (
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    ReceivedHow,
    ReferenceKind,
    SourceKind,
    TimescaleKind,
)
from sightline.plans.forms.actions import UpdateForm
from sightline.plans.models import Action, Import, ImportedRow, Plan
from sightline.plans.pages import action as pages
from sightline.plans.pages.action import May, RatingShown
from sightline.plans.pages.history import Event
from sightline.plans.pages.promise import OwnerShown, PaperShown, SourceShown, WhenShown
from sightline.plans.pages.said import Account, CheckShown, Hindrance, Pointer
from sightline.plans.selectors import get_action
from sightline.plans.services import OwnerGiven, ReferenceGiven, SourceGiven, TimescaleGiven
from tests.plans.making import BY, complete, make_agency, make_group, make_person, make_user
from tests.plans.viewing import DAY, THEN, old_action, old_plan, outcome_of, priority_of, signed_in, words

pytestmark = pytest.mark.django_db
LATER = date(2020, 5, 4)


@pytest.fixture
def group() -> Group:
    return make_group("Neglect group")


@pytest.fixture
def agency() -> Agency:
    return make_agency("The constabulary")


@pytest.fixture
def plan(group: Group) -> Plan:
    return old_plan(group, name="Neglect plan")


@pytest.fixture
def unit() -> Any:
    return make_user("unit")


def shown(user: Any, action: Action, on: date = LATER) -> pages.ActionPage:
    return pages.action_page(user, get_action(user, action.reference), on)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


# The page


def test_the_page_says_what_is_promised_and_why(plan: Plan, group: Group, unit: Any) -> None:
    source = services.create_source("Inspection of 2019", SourceKind.INSPECTION, by=BY, now=THEN)
    asked = services.create_recommendation(source, number="12", text="Ask children", by=BY, now=THEN)
    priority = priority_of(plan)
    action = old_action(
        plan,
        priority=priority,
        outcome=outcome_of(priority),
        numbers=["1.1", "3.2"],
        items=["Files"],
        owners=[OwnerGiven("NG", group), OwnerGiven("Somebody", None)],
        sources=[SourceGiven("12", recommendation=asked), SourceGiven("p. 3", source), SourceGiven("VFC")],
        due="2020-04-01",
    )
    page = shown(unit, action)
    assert (page.number, page.priority, page.outcome, page.plan_href) == (
        "1.1, 3.2", "Priority 1: Neglect is seen early", "Children are seen sooner", "/plans/neglect-plan/",
    )  # fmt: skip
    assert page.owners == (
        OwnerShown("Neglect group", "NG", False, True),
        OwnerShown("Somebody", "", False, False),
    )
    assert page.sources == (
        SourceShown(
            "Inspection of 2019, 12", f"/sources/{source.key}/#recommendation-{asked.pk}", "Ask children"
        ),
        SourceShown("Inspection of 2019, p. 3", f"/sources/{source.key}/", ""),
        SourceShown("VFC", "", ""),
    )
    assert (page.state, page.state_colour, page.state_since) == ("Not started", "grey", "2 March 2020")
    assert "not matched to a source" in words(signed_in(unit).get(f"/actions/{action.reference}/"))


def test_every_date_there_was_is_kept_in_sight(plan: Plan, unit: Any) -> None:
    action = old_action(plan, due="2020-04-01")
    given = TimescaleGiven(TimescaleKind.BY_DATE, ["2020-06-30"], raw="By end of June")
    services.revise_timescale(action, 1, given, reason="Staff left", as_at=DAY, by=BY, now=THEN)
    page = shown(unit, action)
    assert page.whens == (
        WhenShown("By end of June", "due on 30 June 2020", "Staff left", "2 March 2020", True, False, True),
        WhenShown("By 2020-04-01", "due on 1 April 2020", "", "2 March 2020", False, True, False),
    )
    assert page.slips == 1
    read = words(signed_in(unit).get(f"/actions/{action.reference}/"))
    assert read.count("Changed on 2 March 2020: Staff left") == 1


@pytest.mark.parametrize(
    ("kind", "dates", "meaning"),
    [
        (TimescaleKind.RECURRING, [], "comes again and is never overdue, only silent"),
        (TimescaleKind.REVIEW, ["2020-06-30"], "a review on 30 June 2020"),
        (TimescaleKind.BLANK, [], ""),
    ],
)
def test_a_timescale_says_what_it_means(
    plan: Plan, unit: Any, kind: TimescaleKind, dates: list[str], meaning: str
) -> None:
    action = old_action(plan, timescale=TimescaleGiven(kind, dates, raw="As printed"))
    assert [when.meaning for when in shown(unit, action).whens] == [meaning]


def test_both_ratings_stand_beside_what_is_suggested(plan: Plan, unit: Any) -> None:
    action = old_action(plan, due="2020-04-01")
    services.rate(
        action, Dimension.DELIVERY, "green", as_at=DAY, reason="On track", said_by="Ann", by=BY, now=THEN
    )
    delivery, impact = shown(unit, action).ratings
    assert delivery == RatingShown(
        Dimension.DELIVERY,
        "Is it being done?",
        "green",
        "Said by Ann as at 2 March 2020.",
        "On track",
        "red",
        "It was due on 1 April 2020, 33 days ago.",
        True,
        True,
    )
    assert impact == RatingShown(
        Dimension.IMPACT,
        "Has it made the difference?",
        "not_yet_known",
        "Nobody has said.",
        "",
        "",
        "No evidence is recorded.",
        False,
        True,
    )


def test_updates_come_newest_first_with_where_they_come_from(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    first = {"as_at": DAY, "by": BY, "now": THEN}
    services.record_update(
        action, "Begun.", dated_on=DAY, said_by="Ann", received_how=ReceivedHow.EMAIL, **first
    )
    services.record_update(action, "Half.", **{**first, "as_at": LATER, "now": THEN.replace(month=5, day=4)})
    assert tuple(replace(told, number=0) for told in shown(unit, action).updates) == (
        Account(LATER, "Half.", "Typed on screen · Entered by A test on 4 May 2020", ""),
        Account(DAY, "Begun.", "Said by Ann · By e-mail · Entered by A test on 2 March 2020", ""),
    )


def test_evidence_stands_in_its_quarter_and_empty_quarters_show(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    services.record_evidence(action, EvidenceQuarter.AUDIT, "14 of 20", dated_on=DAY, by=BY, now=THEN)
    page = shown(unit, action)
    assert [(q.label, [e.text for e in q.evidence]) for q in page.quarters] == [
        ("Data", []), ("Audit", ["14 of 20"]), ("Children and families", []), ("Practitioners", []),
    ]  # fmt: skip
    assert page.ratings[1].suggested == "amber"


def test_embedding_tests_show_what_they_found(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    complete(action, DAY, THEN)
    test = services.set_embedding_test(action, "Ask twenty", due_on=LATER, as_at=DAY, by=BY, now=THEN)
    waiting = CheckShown(test.pk, "Ask twenty", "4 May 2020", "Waiting", "yellow", "", "", True)
    assert shown(unit, action).tests == (waiting,)
    services.record_embedding_result(test, True, finding="18 could", on=DAY, by=BY, now=THEN)
    answered = CheckShown(
        test.pk, "Ask twenty", "4 May 2020", "Embedded", "green", "2 March 2020, entered by A test", "18 could", False
    )  # fmt: skip
    page = shown(unit, action)
    assert (page.tests, page.embedding, page.embedding_colour) == ((answered,), "Embedded", "green")


def test_what_stands_in_the_way_and_what_it_is_tied_to(plan: Plan, unit: Any) -> None:
    action, other = old_action(plan), old_action(plan, text="First this", numbers=["2.1"])
    third = old_action(plan, text="Then that", numbers=["2.2"])
    services.block(action, "No money", as_at=DAY, by=BY, now=THEN)
    wait = services.add_dependency(action, other, as_at=DAY, reason="Data", by=BY, now=THEN)
    services.add_dependency(third, action, as_at=DAY, by=BY, now=THEN)
    ended = services.add_dependency(action, old_action(plan), as_at=DAY, by=BY, now=THEN)
    services.end_dependency(ended, as_at=DAY, by=BY, now=THEN)
    services.set_references(action, [ReferenceGiven(ReferenceKind.OTHER_PLAN, "7", "Early help plan")])
    services.set_references(other, [ReferenceGiven(ReferenceKind.SAME_PLAN, "1.1", target=action)])
    page = shown(unit, action)
    assert page.hindrances == (
        Hindrance("No money", "A test, 2 March 2020"),
        Hindrance(
            "Waits for an action: Data", "2 March 2020", f"/actions/{other.reference}/", "2.1 First this", wait.pk
        ),
    )  # fmt: skip
    assert page.pointers == (
        Pointer("Needed by", f"/actions/{third.reference}/", "2.2 Then that"),
        Pointer(
            "Refers to Early help plan 7",
            "",
            "",
            "Not matched to an action yet.",
            f"/actions/{action.reference}/refers/{action.references.get().pk}/",
        ),
        Pointer("Referred to from", f"/actions/{other.reference}/", "2.1 First this"),
    )


def test_an_action_one_may_not_read_is_named_by_its_reference_alone(plan: Plan, group: Group) -> None:
    action, secret = old_action(plan), old_action(old_plan(name="Other", tier=Tier.T2), text="Secret words")
    services.add_dependency(action, secret, as_at=DAY, by=BY, now=THEN)
    reader = make_user("owner", "group", group.key)
    (hindrance,) = shown(reader, action).hindrances
    assert (hindrance.href, hindrance.link) == ("", secret.reference)
    assert "Secret words" not in words(signed_in(reader).get(f"/actions/{action.reference}/"))


def test_an_imported_action_shows_its_place_on_paper_and_its_raw_words(plan: Plan, unit: Any) -> None:
    upload = Import.objects.create(
        plan=plan, file_name="plan.docx", sha256="0" * 64, state="confirmed", as_at=DAY,
        uploaded_by_label="A test", uploaded_at=THEN, confirmed_at=THEN,
    )  # fmt: skip
    action = old_action(plan, import_of=upload)
    services.record_update(action, "Begun.", as_at=DAY, import_of=upload, by=BY, now=THEN)
    read = {
        "number_raw": "1.1", "owners_raw": "CSC / Police", "action": "Audit", "rating_raw": "Green✓",
        "at": {"table": 2, "row": 5}, "timescale_raw": "",
    }  # fmt: skip
    ImportedRow.objects.create(
        import_of=upload, index=4, fate="imported", action=action, read=read, confirmed=read
    )
    page = shown(unit, action)
    assert page.paper == PaperShown(
        "plan.docx",
        "2 March 2020",
        "table 2, row 5",
        f"/imports/{upload.pk}/",
        (("Number", "1.1"), ("Owners", "CSC / Police"), ("Action", "Audit"), ("Delivery rating", "Green✓")),
    )
    assert [(account.day, account.import_href) for account in page.updates] == [
        (None, f"/imports/{upload.pk}/")
    ]


def test_history_tells_everything_newest_first(plan: Plan, group: Group, unit: Any) -> None:
    action = old_action(plan, group, due="2020-04-01")
    moments = iter(THEN.replace(minute=minute) for minute in range(1, 20))
    services.change_state(action, DeliveryState.IN_PROGRESS, as_at=DAY, by=BY, now=next(moments))
    services.record_update(action, "Begun.", as_at=DAY, said_by="Ann", by=BY, now=next(moments))
    services.rate(action, Dimension.IMPACT, "red", as_at=DAY, reason="Worse", by=BY, now=next(moments))
    services.record_evidence(action, EvidenceQuarter.DATA, "40 %", dated_on=DAY, by=BY, now=next(moments))
    services.set_embedding_test(action, "Ask", due_on=LATER, as_at=DAY, by=BY, now=next(moments))
    services.block(action, "No money", as_at=DAY, by=BY, now=next(moments))
    services.unblock(action, as_at=DAY, by=BY, now=next(moments))
    assert shown(unit, action).history == (
        Event(DAY, "No longer blocked", "No money", "A test"),
        Event(DAY, "Blocked", "No money", "A test"),
        Event(DAY, "Embedding test set, due on 4 May 2020", "Ask", "A test"),
        Event(DAY, "Evidence: data", "40 %", "A test"),
        Event(DAY, "Impact rated red", "Worse", "A test"),
        Event(DAY, "Update by Ann", "Begun.", "A test"),
        Event(DAY, "Not started → In progress", "", "A test"),
        Event(DAY, "Begins as: not started", "", "A test"),
        Event(DAY, "Timescale: By 2020-04-01", "", "A test"),
        Event(DAY, "Owners: Neglect group", "", "A test"),
    )


def test_the_reasons_to_look_are_said_in_sentences(plan: Plan, unit: Any) -> None:
    action = old_action(plan, due="2020-04-01")
    assert shown(unit, action).exceptions == (
        ("overdue", "It was due on 1 April 2020 and is 33 days overdue."),
    )


def test_only_what_may_be_done_is_offered(plan: Plan, group: Group, agency: Agency) -> None:
    action = old_action(plan, agency)
    person = make_user("executive")
    named = old_action(plan, make_person(user=person))
    users = {
        "unit": make_user("unit"),
        "chair": make_user("chair", "group", group.key),
        "owner": make_user("owner", "agency", agency.key),
        "scrutineer": make_user("scrutineer"),
    }
    assert {role: shown(user, action).may for role, user in users.items()} == {
        "unit": May(True, True, True, True, True, True),
        "chair": May(True, True, True, False, True, True),
        "owner": May(True, True, False, False, True),
        "scrutineer": May(False, False, False, False, False),
    }
    assert shown(person, named).may == May(True, True, False, False, True)
    page = words(signed_in(users["scrutineer"]).get(f"/actions/{action.reference}/"))
    assert [word for word in ("Record an update", "Rate delivery", "Change its state") if word in page] == []


def test_an_action_for_some_is_not_there_for_others(plan: Plan) -> None:
    action = old_action(plan, tier=Tier.T2)
    other = make_user("owner", "group", make_group().key)
    for address in ("", "update/", "rating/delivery/", "state/", "evidence/", "waits/", "test/1/"):
        assert signed_in(other).get(f"/actions/{action.reference}/{address}").status_code == 404
    assert signed_in(make_user("unit")).get("/actions/SL-99999/").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_asks_as_often_for_a_long_history(
    plan: Plan, group: Group, unit: Any, number: int, django_assert_max_num_queries: Any
) -> None:
    action = old_action(plan, group, make_person(make_agency()))
    services.add_dependency(action, old_action(plan), as_at=DAY, by=BY, now=THEN)
    said = {"as_at": DAY, "recorded_at": THEN, "entered_by_label": "A test"}
    action.updates.bulk_create(
        action.updates.model(action=action, text="Said.", **said) for _ in range(number)
    )
    client = signed_in(unit)
    with django_assert_max_num_queries(12) as asked:
        response = client.get(f"/actions/{action.reference}/")
    assert (response.status_code, len(asked)) == (200, 9)
    assert words(response).count("Said.") == 3 * number


# Telling


def send(user: Any, action: Action, address: str, **answers: Any) -> Any:
    client = signed_in(user)
    first = client.get(f"/actions/{action.reference}/{address}")
    assert first.status_code == 200
    seen = first.context["form"]["seen"].value() or ""
    return client.post(f"/actions/{action.reference}/{address}", {"seen": seen, **answers})


def update_answers(**more: Any) -> dict[str, Any]:
    first = {"text": "Done half.", "said_by": "Ann", "received_how": "telephone", "blocked": "no"}
    return {**first, **boxes("dated_on", timezone.localdate()), **more}


def test_an_update_is_recorded_with_its_origin(plan: Plan, agency: Agency) -> None:
    action, owner = old_action(plan, agency), make_user("owner", "agency", agency.key)
    response = send(owner, action, "update/", **update_answers())
    assert (response.status_code, response["Location"]) == (302, f"/actions/{action.reference}/")
    update = action.updates.get()
    assert (update.text, update.said_by, update.received_how, update.entered_by, update.dated_on) == (
        "Done half.", "Ann", "telephone", owner, timezone.localdate(),
    )  # fmt: skip
    assert "The update was recorded." in [str(m) for m in get_messages(response.wsgi_request)]


def test_an_update_may_say_how_delivery_stands_and_what_is_in_the_way(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    answers = update_answers(delivery="red", reason="", blocked="yes", hindrance="No money")
    assert send(unit, action, "update/", **answers).status_code == 302
    now = fresh(action)
    assert (now.current_delivery_rating, now.current_blocked_reason) == ("red", "No money")
    assert send(unit, action, "update/", **update_answers(blocked="gone")).status_code == 302
    assert (fresh(action).current_blocked_reason, action.updates.count()) == ("", 2)


def test_better_than_suggested_asks_for_a_sentence_and_keeps_nothing_until_it_has_one(
    plan: Plan, unit: Any
) -> None:
    action = old_action(plan, due="2020-04-01")
    refused = send(unit, action, "update/", **update_answers(delivery="green"))
    assert refused.status_code == 422
    assert "Write a sentence that says why it is better than that." in words(refused)
    assert "Done half." in words(refused)
    assert action.updates.count() == 0
    kept = send(unit, action, "update/", **update_answers(delivery="green", reason="It is done but for one"))
    assert (kept.status_code, fresh(action).current_delivery_rating) == (302, "green")


def test_what_is_in_the_way_must_be_said(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    refused = send(unit, action, "update/", **update_answers(blocked="yes", hindrance=" "))
    assert (refused.status_code, refused.context["form"].errors["hindrance"]) == (
        422,
        ["Say what hinders it."],
    )


def test_a_day_ahead_is_refused_beside_its_boxes(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    ahead = timezone.localdate() + timedelta(days=3)
    refused = send(unit, action, "update/", **update_answers(**boxes("dated_on", ahead)))
    (sentence,) = refused.context["form"].errors["dated_on"]
    assert "lies ahead" in sentence


def test_two_people_who_tell_at_the_same_time_see_each_other(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    client = signed_in(unit)
    seen = client.get(f"/actions/{action.reference}/update/").context["form"]["seen"].value()
    services.record_update(action, "Somebody else’s words.", as_at=DAY, said_by="Ben", by=BY, now=THEN)
    stale = client.post(f"/actions/{action.reference}/update/", {"seen": seen, **update_answers()})
    page = words(stale)
    assert (stale.status_code, action.updates.count()) == (422, 1)
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [
        ("Ben, 2 March 2020", "Somebody else’s words.")
    ]
    assert "What was saved meanwhile" in page
    assert "Done half." in page
    again = stale.context["form"]["seen"].value()
    assert (
        client.post(f"/actions/{action.reference}/update/", {"seen": again, **update_answers()}).status_code
        == 302
    )
    assert action.updates.count() == 2


def test_delivery_and_impact_are_rated(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    today = boxes("as_at", timezone.localdate())
    said = {"said_by": "Ann", "received_how": "meeting", **today}
    assert send(unit, action, "rating/delivery/", value="amber", reason="", **said).status_code == 302
    assert (
        send(unit, action, "rating/impact/", value="green", reason="Seen in files", **said).status_code == 302
    )
    now = fresh(action)
    assert (now.current_delivery_rating, now.current_impact_rating) == ("amber", "green")
    assert signed_in(unit).get(f"/actions/{action.reference}/rating/mood/").status_code == 404


def test_an_owner_may_not_rate_impact(plan: Plan, agency: Agency) -> None:
    action = old_action(plan, agency)
    refused = signed_in(make_user("owner", "agency", agency.key)).get(
        f"/actions/{action.reference}/rating/impact/"
    )
    assert refused.status_code == 403
    assert "Impact is rated by the group" in words(refused)


def test_a_rating_somebody_gave_meanwhile_is_shown(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    services.rate(action, Dimension.DELIVERY, "amber", as_at=DAY, said_by="Ben", by=BY, now=THEN)
    answers = {"value": "red", "received_how": "screen", **boxes("as_at", timezone.localdate())}
    stale = signed_in(unit).post(f"/actions/{action.reference}/rating/delivery/", {"seen": "0", **answers})
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [("Ben, 2 March 2020", "Amber.")]
    assert fresh(action).current_delivery_rating == "amber"


def test_only_states_that_may_follow_are_offered(plan: Plan, agency: Agency, unit: Any) -> None:
    action, owner = old_action(plan, agency), make_user("owner", "agency", agency.key)

    def offered(user: Any) -> list[str]:
        form = signed_in(user).get(f"/actions/{action.reference}/state/").context["form"]
        return [value for value, _ in form.fields["to"].choices]

    assert offered(owner) == ["in_progress"]
    assert offered(unit) == ["in_progress", "closed_other", "superseded"]
    today = boxes("as_at", timezone.localdate())
    assert send(owner, action, "state/", to="in_progress", reason="", **today).status_code == 302
    assert fresh(action).state == DeliveryState.IN_PROGRESS
    complete(action, timezone.localdate(), timezone.now())
    refused = send(owner, action, "state/", to="in_progress", reason="", **today)
    assert (refused.status_code, "Give a reason: it turned out not to be done" in words(refused)) == (
        422,
        True,
    )


def test_who_may_make_no_move_is_refused(plan: Plan) -> None:
    action = old_action(plan)
    refused = signed_in(make_user("scrutineer")).get(f"/actions/{action.reference}/state/")
    assert (refused.status_code, "An action is updated by its owners" in words(refused)) == (403, True)


def test_who_may_update_but_not_move_it_on_is_told_who_does(plan: Plan, agency: Agency) -> None:
    action, owner = old_action(plan, agency), make_user("owner", "agency", agency.key)
    assert (
        send(owner, action, "state/", to="in_progress", **boxes("as_at", timezone.localdate())).status_code
        == 302
    )
    refused = signed_in(owner).get(f"/actions/{action.reference}/state/")
    assert (refused.status_code, "changed by the business unit" in words(refused)) == (403, True)


def test_the_form_of_an_update_asks_for_a_rating_only_of_those_who_may_give_one() -> None:
    plain = UpdateForm(may_rate=False, is_blocked=False)
    assert [name for name in plain.fields if name in ("delivery", "reason")] == []


def test_a_state_changed_meanwhile_is_shown(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    seen = str(action.state_changes.get().pk)
    services.change_state(action, DeliveryState.IN_PROGRESS, as_at=DAY, reason="Staff came", by=BY, now=THEN)
    answers = {"to": "closed_other", "reason": "No", **boxes("as_at", timezone.localdate())}
    stale = signed_in(unit).post(f"/actions/{action.reference}/state/", {"seen": seen, **answers})
    assert [(row.key, row.value) for row in stale.context["page"].theirs] == [
        ("A test, 2 March 2020", "In progress. Staff came")
    ]


def test_evidence_is_added(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    answers = {"quarter": "children", "text": "They say so", "said_by": "", "received_how": "email"}
    assert send(unit, action, "evidence/", **answers, **boxes("dated_on", DAY)).status_code == 302
    evidence = action.evidence.get()
    assert (evidence.quarter, evidence.text, evidence.dated_on) == ("children", "They say so", DAY)


def test_an_embedding_test_is_set_and_answered_once(plan: Plan, unit: Any) -> None:
    action = old_action(plan)
    complete(action, DAY, THEN)
    due = boxes("due_on", timezone.localdate() + timedelta(days=90))
    assert send(unit, action, "test/", question="Ask twenty", **due).status_code == 302
    test = action.embedding_tests.get()
    answers = {"passed": "no", "finding": "Nine could", **boxes("on", timezone.localdate())}
    assert send(unit, action, f"test/{test.pk}/", **answers).status_code == 302
    assert (fresh(action).state, fresh(action).current_embedding) == ("in_progress", "failed")
    again = signed_in(unit).post(f"/actions/{action.reference}/test/{test.pk}/", answers)
    assert (again.status_code, "Somebody else has answered this test already." in words(again)) == (422, True)
    assert signed_in(unit).get(f"/actions/{action.reference}/test/{test.pk + 1}/").status_code == 404
