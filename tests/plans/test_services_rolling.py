"""A plan is rolled over: what is chosen for each action is done all at once, and nothing is lost on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.jobs.worker import run_all
from sightline.plans import jobs, services
from sightline.plans.choices import (
    ClaimResult,
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    Fate,
    PlanState,
    TimescaleKind,
    WorkingState,
)
from sightline.plans.models import Action, Dependency, Placement, Plan, RollOver, ThemeMark
from sightline.plans.pages.history import events
from sightline.plans.selectors.action import told_of
from sightline.plans.selectors.history import facts_of
from sightline.plans.selectors.rolling import counts_of, roll_over_of
from sightline.plans.services import TimescaleGiven
from sightline.plans.services.rolling import (
    FateGiven,
    begin_roll_over,
    carry_out,
    choose_fates,
    finish_roll_over,
    give_up_roll_over,
)
from tests.plans.making import (
    BY,
    NOW,
    SECOND,
    TODAY,
    complete,
    make_action,
    make_agency,
    make_group,
    make_plan,
)

pytestmark = pytest.mark.django_db
assert jobs.roll_over
AS = {"by": BY, "now": NOW}


def in_force(**given: Any) -> Plan:
    return make_plan(make_group(), state=PlanState.IN_FORCE, **given)


def begun(plan: Plan, **given: Any) -> RollOver:
    return begin_roll_over(plan, **{"next_name": "The next plan", "as_at": TODAY, **AS, **given})


def rolled(plan: Plan, fates: dict[Action, FateGiven], **given: Any) -> RollOver:
    roll = begun(plan, **given)
    roll = choose_fates(roll, roll.version, {action.pk: fate for action, fate in fates.items()}, **AS)
    roll = finish_roll_over(roll, roll.version, **AS)
    return carry_out(roll, **AS)


CARRY = FateGiven(Fate.CARRY)


def test_the_whole_of_an_action_goes_into_the_next_plan_and_both_point_at_each_other() -> None:
    plan, agency = in_force(legend={"On it": "green"}), make_agency()
    priority = services.add_priority(plan, number="2", title="Neglect", **AS)
    outcome = services.add_outcome(priority, text="Seen sooner", **AS)
    strand = services.add_strand(priority, number="2a", title="Schools", **AS)
    old = make_action(
        plan, agency, due="2026-03-31", priority=priority, outcome=outcome, strand=strand, numbers=["2.11", "3.2"],
        as_at=date(2026, 1, 5),
    )  # fmt: skip
    later = TimescaleGiven(TimescaleKind.BY_DATE, ["2026-09-30"], raw="By September")
    services.revise_timescale(old, old.version, later, reason="Staff left", as_at=date(2026, 3, 1), **AS)
    services.record_update(old, "Two schools done.", as_at=date(2026, 4, 1), **AS)
    services.rate(
        old, Dimension.DELIVERY, "amber", as_at=date(2026, 4, 2), said_by="Ola", reason="Slow", **AS
    )
    services.record_evidence(old, EvidenceQuarter.AUDIT, "14 of 20", dated_on=date(2026, 4, 3), **AS)
    services.block(old, "No trainer", as_at=date(2026, 5, 1), **AS)
    old.refresh_from_db()
    roll = rolled(plan, {old: CARRY})
    assert (roll.state, roll.trouble) == (WorkingState.DONE, "")
    plan.refresh_from_db()
    old.refresh_from_db()
    new = old.carried_to
    assert (plan.state, roll.next_plan, new.plan, new.carried_from) == (
        "rolled_over",
        new.plan,
        new.plan,
        old,
    )
    assert (new.plan.name, new.plan.state, new.plan.follows, new.plan.legend) == (
        "The next plan", "draft", plan, {"On it": "green"},
    )  # fmt: skip
    assert old.state == DeliveryState.SUPERSEDED
    assert old.state_changes.last().reason == f"Carried into {new.reference} of “The next plan”."
    assert (str(new.priority), new.outcome.text, str(new.strand)) == (
        "Priority 2: Neglect",
        "Seen sooner",
        "2a Schools",
    )
    assert new.priority.plan == new.plan
    assert [number.text for number in new.numbers.all()] == ["2.11", "3.2"]
    assert [owner.agency for owner in new.owners.all()] == [agency]
    assert [(t.raw, t.reason) for t in new.timescales.all()] == [
        ("By 2026-03-31", ""),
        ("By September", "Staff left"),
    ]
    assert (new.current_slips, new.current_due_on, new.current_delivery_rating, new.current_update_text) == (
        1, date(2026, 9, 30), "amber", "Two schools done.",
    )  # fmt: skip
    assert (new.current_blocked_reason, new.evidence.get().text, new.opened_on) == (
        "No trainer",
        "14 of 20",
        TODAY,
    )
    facts, before = facts_of([new], TODAY)[new.pk], facts_of([old], date(2026, 6, 14))[old.pk]
    assert (facts.last_update_on, facts.delivery.as_at, facts.state_since) == (
        before.last_update_on, before.delivery.as_at, before.state_since,
    )  # fmt: skip


def asked_about(plan: Plan, **given: Any) -> Action:
    """An action with a question about its first update, and somebody's word that it is done."""
    action = make_action(plan, **given)
    first = services.record_update(action, "One school.", as_at=date(2026, 6, 2), **AS)
    services.record_update(action, "Two schools.", as_at=date(2026, 6, 3), **AS)
    services.return_update(first, "Which one?", as_at=date(2026, 6, 4), **AS)
    services.record_evidence(action, EvidenceQuarter.AUDIT, "14 of 20", dated_on=date(2026, 6, 4), **AS)
    services.claim_completion(action, "All of them", as_at=date(2026, 6, 5), said_by="Ola", **AS)
    return action


def waiting(action: Action) -> tuple[list[str], list[str]]:
    """The questions and the words that it is done that wait for somebody."""
    questions = action.questions.filter(answered_on=None).values_list("text", flat=True)
    claims = action.claims.filter(result=ClaimResult.WAITING).values_list("text", flat=True)
    return list(questions), list(claims)


def test_what_waits_for_an_answer_waits_at_the_action_that_takes_over() -> None:
    plan = in_force()
    old = asked_about(plan, numbers=["1"])
    quiet = make_action(plan, numbers=["2"])
    rolled(plan, {old: CARRY, quiet: CARRY})
    old.refresh_from_db()
    new = old.carried_to
    assert waiting(new) == (["Which one?"], ["All of them"])
    question, claim = new.questions.get(), new.claims.get()
    assert (question.update.action, question.update.text) == (new, "One school.")
    assert [update.text for update in new.updates.order_by("pk")] == ["One school.", "Two schools."]
    assert new.current_update_text == "Two schools."
    assert (claim.said_by, claim.entered_by_label, claim.as_at) == ("Ola", BY.label, date(2026, 6, 5))
    told = f"Carried into {new.reference} of “The next plan”. What waits here waits there."
    assert waiting(old) == ([], [])
    assert (old.questions.get().closed_because, old.claims.get().reason) == (told, told)
    assert old.claims.get().result == ClaimResult.WITHDRAWN
    history = [(event.words, event.detail) for event in events(told_of(old))]
    assert ("Question closed", told) in history
    assert waiting(Action.objects.get(carried_from=quiet)) == ([], [])
    with pytest.raises(Unacceptable, match="a second person confirms it"):
        services.confirm_completion(claim, **AS)
    services.confirm_completion(claim, by=SECOND, now=NOW)
    services.record_update(new, "Ash Tree.", as_at=TODAY, answers=True, **AS)
    assert waiting(new) == ([], [])
    new.refresh_from_db()
    assert new.state == DeliveryState.COMPLETE


def test_a_word_that_was_returned_is_asked_for_again() -> None:
    plan = in_force()
    old = asked_about(plan)
    services.return_claim(old.claims.get(), "The third is missing", by=SECOND, now=NOW)
    rolled(plan, {old: CARRY})
    old.refresh_from_db()
    claim = facts_of([old.carried_to], TODAY)[old.carried_to.pk].claim
    assert claim
    assert (claim.is_returned, claim.reason) == (True, "The third is missing")


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        (Fate.CLOSE, "The action was closed with its plan. No money"),
        (Fate.LEAVE, "The action stays in a plan that was rolled over. No money"),
    ],
)
def test_nobody_is_asked_about_an_action_that_stays_behind_and_why_is_told(fate: Fate, told: str) -> None:
    plan = in_force()
    old = asked_about(plan)
    rolled(plan, {old: FateGiven(fate, "No money")})
    assert waiting(old) == ([], [])
    assert (old.questions.get().closed_because, old.claims.get().reason) == (told, told)


def test_themes_and_files_of_evidence_go_with_the_action() -> None:
    plan = in_force()
    old = make_action(plan)
    ThemeMark.objects.create(action=old, theme="neglect")
    file = SimpleUploadedFile("audit.txt", b"14 of 20 files", "text/plain")
    services.record_evidence(old, EvidenceQuarter.AUDIT, "14 of 20", dated_on=TODAY, files=[file], **AS)
    rolled(plan, {old: CARRY})
    new = Action.objects.get(carried_from=old)
    assert [mark.theme for mark in new.theme_marks.all()] == ["neglect"]
    kept, again = old.evidence.get().files.get(), new.evidence.get().files.get()
    assert (again.document, again.pk != kept.pk) == (kept.document, True)


def test_each_action_has_the_fate_chosen_for_it() -> None:
    plan = in_force()
    carried, closed, left, done = (make_action(plan, numbers=[f"1.{n}"]) for n in range(4))
    complete(done, TODAY)
    why = FateGiven(Fate.CLOSE, "The law changed"), FateGiven(Fate.LEAVE, "Ends in July anyway")
    roll = rolled(plan, {carried: CARRY, closed: why[0], left: why[1], done: CARRY})
    states = dict(plan.actions.values_list("pk", "state"))
    assert [states[a.pk] for a in (carried, closed, left, done)] == [
        "superseded", "closed_other", "not_started", "superseded",
    ]  # fmt: skip
    assert closed.state_changes.last().reason == "The law changed"
    assert Entry.objects.get(type="plans.action_left").reason == "Ends in July anyway"
    again = Action.objects.get(carried_from=done)
    # Complete is not embedded: it is still to be shown, so it goes on in the next plan as complete.
    assert (again.state, again.state_changes.get().as_at, again.plan) == ("complete", TODAY, roll.next_plan)
    assert plan.changes.last().reason == (
        "“The next plan” takes over. Unfinished actions: 2 carried, 1 closed, 1 left here."
    )


def test_those_who_waited_for_a_carried_action_wait_for_the_one_that_takes_over() -> None:
    plan, elsewhere = in_force(), make_plan(name="Another plan")
    first, second, outsider = make_action(plan), make_action(plan), make_action(elsewhere)
    services.add_dependency(second, first, as_at=TODAY, reason="In turn", **AS)
    services.add_dependency(outsider, first, as_at=TODAY, **AS)
    rolled(plan, {first: CARRY, second: CARRY})
    one, two = (Action.objects.get(carried_from=action) for action in (first, second))
    standing = {(d.action, d.needs) for d in Dependency.objects.filter(ended_on=None)}
    assert {(two, one), (outsider, one)} <= standing
    assert (outsider, first) not in standing


def test_places_in_other_plans_go_with_the_action() -> None:
    plan, other = in_force(), make_plan(name="Another plan")
    own, guest = make_action(plan), make_action(other)
    stamped = {"as_at": TODAY, "recorded_at": NOW, "entered_by_label": "A test"}
    Placement.objects.create(action=own, plan=other, number="7", **stamped)
    Placement.objects.create(action=guest, plan=plan, number="9", **stamped)
    roll = rolled(plan, {own: CARRY})
    made = {(p.action, p.plan, p.number) for p in Placement.objects.filter(recorded_at=NOW)}
    assert {(own.carried_to, other, "7"), (guest, roll.next_plan, "9")} <= made


def test_a_plan_that_is_there_already_takes_over_with_its_own_priorities() -> None:
    plan, ready = in_force(), make_plan(name="Ready")
    old = services.add_priority(plan, number="1", title="As it was", **AS)
    own = services.add_priority(ready, number="1", title="As it will be", **AS)
    action = make_action(plan, priority=old)
    rolled(plan, {action: CARRY}, next_plan=ready, next_name="")
    ready.refresh_from_db()
    assert (ready.follows, ready.actions.get().priority) == (plan, own)


def test_nothing_is_rolled_over_while_an_action_is_undecided() -> None:
    plan = in_force()
    make_action(plan)
    roll = begun(plan)
    with pytest.raises(Unacceptable, match="1 action is not decided yet"):
        finish_roll_over(roll, roll.version, **AS)
    roll.refresh_from_db()
    assert (roll.state, counts_of(roll).undecided) == (WorkingState.CHOOSING, 1)


def test_an_action_added_meanwhile_stops_the_roll_over_whole() -> None:
    plan = in_force()
    action = make_action(plan)
    roll = begun(plan)
    roll = choose_fates(roll, roll.version, {action.pk: CARRY}, **AS)
    roll = finish_roll_over(roll, roll.version, **AS)
    make_action(plan, text="Come late")
    roll = carry_out(roll, **AS)
    plan.refresh_from_db()
    assert (roll.state, roll.trouble, plan.state, Plan.objects.count()) == (
        "choosing", "1 action has come to the plan since you chose. Decide on them, and roll it over again.",
        "in_force", 1,
    )  # fmt: skip


def test_what_stands_against_one_action_leaves_all_as_they_were() -> None:
    plan = in_force()
    good, bad = make_action(plan), make_action(plan)
    roll = begun(plan, as_at=date(2026, 6, 10))
    roll = choose_fates(roll, roll.version, {good.pk: CARRY, bad.pk: FateGiven(Fate.CLOSE, "No more")}, **AS)
    services.change_state(bad, DeliveryState.IN_PROGRESS, as_at=TODAY, **AS)
    roll = carry_out(finish_roll_over(roll, roll.version, **AS), **AS)
    good.refresh_from_db()
    assert (roll.state, good.state, Plan.objects.count(), roll.next_plan) == (
        "choosing",
        "not_started",
        1,
        None,
    )
    assert roll.trouble.startswith(f"{bad.reference}: The last change of state is of 15 June 2026.")


def test_the_job_does_it_once_however_often_it_runs() -> None:
    plan = in_force()
    action = make_action(plan)
    roll = begun(plan)
    roll = choose_fates(roll, roll.version, {action.pk: CARRY}, **AS)
    finish_roll_over(roll, roll.version, **AS)
    run_all()
    roll = carry_out(RollOver.objects.get(pk=roll.pk), **AS)
    assert (roll.state, Action.objects.count(), Plan.objects.count()) == ("done", 2, 2)


def test_a_reason_is_needed_for_what_is_not_carried_and_complete_is_never_closed() -> None:
    plan = in_force()
    open_one, done = make_action(plan), make_action(plan)
    complete(done, TODAY)
    roll = begun(plan)
    with pytest.raises(Unacceptable) as refused:
        choose_fates(
            roll,
            roll.version,
            {open_one.pk: FateGiven(Fate.LEAVE), done.pk: FateGiven(Fate.CLOSE, "So")},
            **AS,
        )
    assert set(refused.value.problems) == {f"reason-{open_one.pk}", f"fate-{done.pk}"}


def test_two_people_choose_at_once_and_the_second_is_told() -> None:
    plan = in_force()
    action = make_action(plan)
    roll = begun(plan)
    choose_fates(roll, roll.version, {action.pk: CARRY}, **AS)
    with pytest.raises(StaleRecord):
        choose_fates(roll, roll.version, {action.pk: FateGiven(Fate.LEAVE, "No")}, **AS)
    assert counts_of(roll).carry == 1
    with pytest.raises(Unacceptable, match="Somebody has begun"):
        begun(plan)


def test_a_roll_over_is_given_up_and_begun_anew() -> None:
    plan = in_force()
    roll = begun(plan)
    roll = give_up_roll_over(roll, roll.version, **AS)
    assert (roll.state, roll_over_of(plan)) == ("given_up", None)
    with pytest.raises(StaleRecord):
        finish_roll_over(roll, roll.version, **AS)
    assert begun(plan).state == "choosing"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"next_name": " "}, "next_name"),
        ({"as_at": date(2026, 7, 1)}, "as_at"),
        ({"starts_on": TODAY, "ends_on": date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_what_cannot_be_begun_says_why(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        begun(in_force(), **given)
    assert list(refused.value.problems) == [field]


def test_only_a_plan_in_force_is_rolled_over_and_never_into_itself_or_one_that_ended() -> None:
    plan, ended = in_force(), make_plan(name="Ended", state=PlanState.CLOSED)
    for other in (plan, ended):
        with pytest.raises(Unacceptable) as refused:
            begun(plan, next_plan=other)
        assert list(refused.value.problems) == ["next_plan"]
    with pytest.raises(Unacceptable, match="in force"):
        begun(make_plan(name="A draft"))
