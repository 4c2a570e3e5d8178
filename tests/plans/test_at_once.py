"""Several people at once: on PostgreSQL, where they truly are (SQLite lets one write after the other)."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import services
from sightline.plans.choices import DeliveryState, EvidenceQuarter
from sightline.plans.models import Action, CompletionClaim, Dependency, Plan, Question, StateChange, Update
from sightline.plans.services.references import next_references
from tests.at_once import AT_ONCE, at_once
from tests.plans.making import BY, NOW, SECOND, TODAY, make_action, make_plan

pytestmark = AT_ONCE
MANY = 8


def test_no_reference_is_given_out_twice() -> None:
    next_references()
    flat: list[str] = []
    at_once(lambda number: flat.extend(next_references(3)), MANY)
    assert sorted(flat) == [f"SL-{number:05d}" for number in range(2, 2 + 3 * MANY)]


def test_no_two_new_actions_take_the_same_place() -> None:
    plan = make_plan()
    at_once(lambda number: make_action(Plan.objects.get(pk=plan.pk)), MANY)
    assert sorted(plan.actions.values_list("order", flat=True)) == list(range(MANY))


def test_every_update_counts_and_the_list_shows_the_last() -> None:
    action = make_action(make_plan())

    def say(number: int) -> object:
        mine = Action.objects.get(pk=action.pk)
        return services.record_update(
            mine, f"Update {number}", as_at=TODAY - timedelta(days=number), by=BY, now=NOW
        )

    assert len(at_once(say, MANY)) == MANY
    action.refresh_from_db()
    assert (action.updates.count(), action.current_update_on, action.current_update_text) == (
        MANY,
        TODAY,
        "Update 0",
    )


def shown_action() -> Action:
    action = make_action(make_plan())
    services.record_evidence(action, EvidenceQuarter.DATA, "Moved", dated_on=TODAY, by=BY, now=NOW)
    return action


def test_only_one_of_several_says_that_an_action_is_done() -> None:
    action = shown_action()

    def claim(number: int) -> object:
        mine = Action.objects.get(pk=action.pk)
        return services.claim_completion(mine, "All", as_at=TODAY, by=BY, now=NOW)

    got = at_once(claim, MANY)
    assert sum(isinstance(result, CompletionClaim) for result in got) == 1
    assert sum(isinstance(result, Unacceptable) for result in got) == MANY - 1


def test_only_one_of_several_confirms_it() -> None:
    made = services.claim_completion(shown_action(), "All", as_at=TODAY, by=BY, now=NOW)

    def confirm(number: int) -> object:
        mine = CompletionClaim.objects.select_related("action__plan__group").get(pk=made.pk)
        return services.confirm_completion(mine, by=SECOND, now=NOW)

    got = at_once(confirm, MANY)
    assert sum(isinstance(result, CompletionClaim) for result in got) == 1
    assert sum(isinstance(result, StaleRecord) for result in got) == MANY - 1
    assert StateChange.objects.filter(to_state=DeliveryState.COMPLETE).count() == 1


def test_only_one_of_several_asks_about_an_update() -> None:
    update = services.record_update(make_action(make_plan()), "Begun", as_at=TODAY, by=BY, now=NOW)

    def ask(number: int) -> object:
        mine = Update.objects.select_related("action__plan__group").get(pk=update.pk)
        return services.return_update(mine, f"Question {number}", as_at=TODAY, by=SECOND, now=NOW)

    got = at_once(ask, MANY)
    assert sum(isinstance(result, Question) for result in got) == 1
    assert sum(isinstance(result, Unacceptable) for result in got) == MANY - 1


def test_only_one_of_several_edits_the_version_they_all_read() -> None:
    action = make_action(make_plan())
    copies = [Action.objects.get(pk=action.pk) for _ in range(MANY)]

    def edit(number: int) -> object:
        return services.edit_action(copies[number], 1, {"text": f"Words of {number}"}, by=BY, now=NOW)

    got = at_once(edit, MANY)
    assert sum(isinstance(result, StaleRecord) for result in got) == MANY - 1
    action.refresh_from_db()
    assert action.version == 2


def test_opposite_dependencies_make_no_circle() -> None:
    plan = make_plan()
    ring = [make_action(plan, text=f"Action {number}") for number in range(2)]

    def wait(number: int) -> object:
        one, other = ring[number % 2], ring[(number + 1) % 2]
        mine, needed = Action.objects.get(pk=one.pk), Action.objects.get(pk=other.pk)
        return services.add_dependency(mine, needed, as_at=TODAY, by=BY, now=NOW)

    got = at_once(wait, MANY)
    assert sum(isinstance(result, Dependency) for result in got) == 1
    assert sum(isinstance(result, Unacceptable) for result in got) == MANY - 1


def test_a_ring_of_many_is_closed_by_nobody() -> None:
    plan = make_plan()
    ring = [make_action(plan, text=f"Action {number}") for number in range(MANY)]

    def wait(number: int) -> object:
        mine = Action.objects.get(pk=ring[number].pk)
        needed = Action.objects.get(pk=ring[(number + 1) % MANY].pk)
        return services.add_dependency(mine, needed, as_at=TODAY, by=BY, now=NOW)

    got = at_once(wait, MANY)
    made = sum(isinstance(result, Dependency) for result in got)
    assert 1 <= made < MANY
    assert made + sum(isinstance(result, Unacceptable) for result in got) == MANY
    assert connection.vendor == "postgresql"
